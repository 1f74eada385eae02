"""What a database knows of its tables: whether they are as this version makes them, and how they are put right."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Literal, NamedTuple

from directives.domain.errors import StoreUnusable
from directives.i18n.message import Message
from directives.store.session import Session
from directives.store.table import Table

FORMAT = 14
"""The version of the stored format."""
UNFINISHED = 0x7FFF_FFFF
"""What stands in its place while a store is copied there."""


NOTHING = Message("")


class Unlike(NamedTuple):
    """A thing of the schema that is not as this version makes it.

    Attributes:
        how: ``missing`` and ``different`` are things of ours; ``added`` is a thing of somebody else.
        kind: ``table``, ``index``, ``trigger`` or ``view``; on a server also ``rule``,
            ``sequence``, ``function`` or ``operator``.
        table: the table on which it is.
    """

    how: Literal["missing", "added", "different"]
    kind: str
    name: str
    table: str

    @property
    def ours(self) -> bool:
        """Whether this version makes such a thing."""
        return self.how != "added"

    @property
    def told(self) -> Message:
        """It, in a sentence."""
        values = {"kind": self.kind, "name": self.name}
        if self.how == "missing":
            return Message("the {kind} {name} is missing", **values)
        if self.how == "added":
            return Message("the {kind} {name} was added", **values)
        return Message("the {kind} {name} is defined differently", **values)


class Ill(NamedTuple):
    """What is wrong with the form of a table and of its indexes.

    Attributes:
        lost: it is missing, or defined differently.
        damaged: the database says that it, or an index of it, is damaged.
    """

    lost: bool
    damaged: bool


def ill_tables(tables: Sequence[Table], found: Sequence[Unlike], damaged: Collection[str]) -> dict[str, Ill]:
    """The tables of ours that are not well, by their names, with what is wrong with each.

    Args:
        found: what of the schema is not as it should be.
        damaged: the tables in which the database finds a fault.

    Raises:
        StoreUnusable: a thing of somebody else has the name of a table.
    """
    ours = {table.name for table in tables}
    for each in found:
        if each.how == "added" and each.kind != "table" and each.name in ours:
            raise StoreUnusable(
                "store: the {kind} {name} has the name of a table of the store: give it another name",
                kind=each.kind,
                name=each.name,
            )
    lost = {each.name for each in found if each.ours and each.kind == "table"}
    names = {each.table for each in found if each.ours} | set(damaged)
    return {name: Ill(name in lost, name in damaged) for name in sorted(names)}


class Health(NamedTuple):
    """What the database says of what it stores, as a finding of `doctor`.

    Attributes:
        check: ``file`` or ``server``.
        state: ``wrong`` where something is damaged; ``look`` where somebody should look after it.
    """

    check: str
    state: Literal["ok", "look", "wrong"]
    found: Message
    what_to_do: Message = NOTHING


class Catalogue(ABC):
    """The schema of a store, in one transaction."""

    _past_indexes: ClassVar[str] = ""
    """What is said behind a table whose rows are to be read without its indexes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    @abstractmethod
    def format(self) -> int:
        """The version of the stored format."""

    @abstractmethod
    def set_format(self, version: int) -> None:
        """Note the version of the stored format."""

    @property
    @abstractmethod
    def is_marked(self) -> bool:
        """Whether the store has the marks of one of this format."""

    @abstractmethod
    def has(self, table: Table) -> bool:
        """Whether there is such a table."""

    @abstractmethod
    def health(self) -> Health:
        """What the database says of what it stores; it may take as long as it takes to read all of it."""

    @abstractmethod
    def damage(self) -> str | None:
        """What is wrong with what is stored, by the database's own check; None where it is whole."""

    @abstractmethod
    def damaged_among(self, tables: Sequence[Table]) -> set[str]:
        """The tables in which, or in whose indexes, the database finds a fault, by their names."""

    @abstractmethod
    def unlike(self, tables: Sequence[Table]) -> list[Unlike]:
        """What of the schema is not as the log and ``tables`` are made: tables, indexes, triggers and views."""

    def mistyped(self, tables: Sequence[Table]) -> Iterator[Message]:
        """What is stored as another type than its column has, the first row of each table, which no check can read."""
        for table in tables:
            wrong = self._session.dialect.of_other_types(table)
            row = self._session.cursor.execute(
                f"SELECT {table.names[0]} FROM {table.name} WHERE {wrong} LIMIT 1"
            ).fetchone()
            if row is not None:
                yield Message("{table} {key}: wrong column type", table=table.name, key=row[0])

    @abstractmethod
    def foreign_aside(self, found: Sequence[Unlike], ill: Mapping[str, Ill]) -> AbstractContextManager[None]:
        """Let triggers, views and indexes of somebody else be gone for a while: none is in the way, and none is lost.

        Raises:
            StoreUnusable: one of them does not fit the tables as they should be.
        """

    @abstractmethod
    def bring_to_form(self, table: Table) -> None:
        """Give a table that stands the form that a new one has, row by row as it was."""

    def copied_anew(self, table: Table, *, damaged: bool = False) -> None:
        """Make a table anew with the rows that it has.

        Raises:
            StoreUnusable: it has not the columns that it should have.
        """
        has = self._columns_of(table)
        for name, column in zip(table.names, table.columns, strict=True):
            if name not in has and column.endswith("NOT NULL"):
                raise StoreUnusable(
                    "store: the table {table} has no column {column}: restore it from a backup",
                    table=table.name,
                    column=name,
                )
        self.set_aside(table)
        names = ", ".join(name for name in table.names if name in has)
        source = aside(table) + (self._past_indexes if damaged else "")
        self._session.cursor.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {source}")
        self.drop_aside(table, damaged=damaged)

    @abstractmethod
    def _columns_of(self, table: Table) -> set[str]:
        """The names of the columns that a table has."""

    @abstractmethod
    def set_aside(self, table: Table) -> None:
        """Rename a table, to compare it with the one that replaces it, which is created."""

    @abstractmethod
    def drop_aside(self, table: Table, *, damaged: bool = False) -> None:
        """Drop a table that was set aside."""

    @abstractmethod
    def drop_indexes(self, table: Table, *, damaged: bool) -> None:
        """Drop the indexes of a read model before it is recreated."""


def aside(table: Table) -> str:
    """The name of a table while it is set aside."""
    return f"directives_before_{table.name}"


Made = Mapping[tuple[str, str], tuple[str, Any]]
"""What is in a schema, by kind and name: the table on which it is, and how it is defined."""


def differences(wanted: Made, stands: Made) -> list[Unlike]:
    """What of a schema is not as it is wanted."""
    found = [
        Unlike("different" if key in stands else "missing", *key, what[0])
        for key, what in wanted.items()
        if stands.get(key) != what
    ]
    return found + [Unlike("added", *key, what[0]) for key, what in stands.items() if key not in wanted]


def unfit(kind: str, name: str, said: str) -> StoreUnusable:
    """That a thing of somebody else cannot be put back on the tables as they should be."""
    return StoreUnusable(
        "store: the {kind} {name}, which was added, does not fit the store ({said}): remove it",
        kind=kind,
        name=name,
        said=said,
    )
