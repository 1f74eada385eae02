"""One transaction."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from directives.store.dialect import Dialect
from directives.store.table import Table

if TYPE_CHECKING:
    from directives.store.catalogue import Catalogue

Values = Sequence[Any]
"""The values of the columns of a row, in their order."""


class Cursor(Protocol):
    """What is asked of a database, and what it answers: rows, whose values have a place and a name."""

    def execute(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Self:
        """Carry a statement out; its parameters are ``?`` in their order, or ``:name``."""
        ...

    def fetchone(self) -> Any:
        """The next row; None where there is none."""
        ...

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """The next rows, so many at most."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Session(ABC):
    """One transaction: what store and projections read and write through.

    Attributes:
        cursor: that of the database; used in ``store`` and ``projections`` only.
        dialect: what this database says otherwise than another.
        errors: what the driver raises.
    """

    dialect: Dialect
    errors: ClassVar[tuple[type[Exception], ...]]

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self._after_commit: list[Callable[[], object]] = []

    @abstractmethod
    def another_cursor(self) -> Cursor:
        """A cursor of its own on the same transaction, for rows as plain tuples."""

    @abstractmethod
    def streamed(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer of any length as plain tuples, read bit by bit while other things are asked."""

    @abstractmethod
    def temporary_tables(self) -> AbstractContextManager[None]:
        """Lets temporary tables be made, also where nothing else may be written; they are gone at the end."""

    @abstractmethod
    def insert(self, table: Table, rows: Iterable[Values], *, new: bool = True) -> None:
        """Insert rows, which are all new; or those alone whose key is not there yet."""

    @abstractmethod
    def replace(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows in the place of those of the same key; no two of them have one key."""

    @abstractmethod
    def add(self, table: Table, rows: Iterable[Values]) -> None:
        """Add the last column of each row to that of the row of the same key; no two of them have one key."""

    @abstractmethod
    def delete(self, table: Table, keys: Iterable[Values], where: str = "") -> None:
        """Delete the rows of these keys; those alone that meet a condition."""

    @property
    @abstractmethod
    def catalogue(self) -> "Catalogue":
        """What the database knows of its tables."""

    @abstractmethod
    def is_busy(self, error: Exception) -> bool:
        """Whether an error of the driver says that the database cannot be asked now, and nothing of what is stored."""

    @abstractmethod
    def is_damage(self, error: Exception) -> bool:
        """Whether an error of the driver tells of damage to what is stored."""

    def after_commit(self, deed: Callable[[], object]) -> None:
        """Have ``deed`` done once the transaction is committed; one that is rolled back does nothing of it."""
        self._after_commit.append(deed)

    def committed(self) -> None:
        """Do what was to be done after the commit."""
        for deed in self._after_commit:
            deed()

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """A part of the transaction that an error takes back, and nothing else with it."""
        self.cursor.execute("SAVEPOINT part")
        waiting = len(self._after_commit)
        try:
            yield
        except BaseException:
            with suppress(*self.errors):  # of some errors the database rolls all back by itself
                self.cursor.execute("ROLLBACK TO part")
                self.cursor.execute("RELEASE part")
            del self._after_commit[waiting:]
            raise
        self.cursor.execute("RELEASE part")


@cache
def replacing(table: Table) -> str:
    """What is said behind an insertion that takes the place of a row of the same key."""
    others = ", ".join(f"{name} = excluded.{name}" for name in table.names[table.key :])
    return f" ON CONFLICT ({', '.join(table.names_of_key)}) DO UPDATE SET {others}"


@cache
def adding(table: Table) -> str:
    """What is said behind an insertion that adds its last column to that of a row of the same key."""
    number, key = table.names[-1], ", ".join(table.names_of_key)
    return f" ON CONFLICT ({key}) DO UPDATE SET {number} = {table.name}.{number} + excluded.{number}"
