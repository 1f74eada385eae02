"""A cursor on PostgreSQL that takes what the projections say: ``?`` and ``:name``, and rows by place and by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Self

from psycopg import Connection, RawCursor
from psycopg.pq import Format
from psycopg.rows import RowMaker, tuple_row

_PARAMETER = re.compile(r"'[^']*'|::|(\?)|:(\w+)")
"""A text, which is left as it is; a cast; a parameter by its place, or by its name."""


class Row(tuple[Any, ...]):
    """A row whose values have a place and a name."""

    __slots__ = ()
    _places: Mapping[str, int] = {}

    def keys(self) -> list[str]:
        """The names."""
        return [*self._places]

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self._places[key] if isinstance(key, str) else key)


@lru_cache(1024)
def _named(*names: str) -> type[Row]:
    places = {name: place for place, name in reversed([*enumerate(names)])}
    return type("Row", (Row,), {"__slots__": (), "_places": places})


def row_of_names(cursor: Any) -> RowMaker[Row]:
    """Makes rows with names."""
    result = cursor.pgresult  # its names alone: the driver's descriptions of columns cost more than short answers do
    names = [result.fname(number) or b"" for number in range(result.nfields)] if result is not None else []
    return _named(*(name.decode() for name in names)) if names else Row


class Asked(NamedTuple):
    """A statement as the server takes it, and the names of its parameters, where they have names."""

    text: str
    names: tuple[str, ...]

    def values(self, given: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any]:
        """The values of the parameters, in their order."""
        if not isinstance(given, Mapping):
            return given
        if not self.names:
            return ()
        found = itemgetter(*self.names)(given)
        return found if len(self.names) > 1 else (found,)


@lru_cache(1024)
def translated(statement: str) -> Asked:
    """A statement with ``$1`` and so on in the place of its parameters."""
    names, number = dict[str, int](), 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        if match[1]:
            number += 1
            return f"${number}"
        if match[2]:
            return f"${names.setdefault(match[2], len(names) + 1)}"
        return match[0]

    return Asked(_PARAMETER.sub(numbered, statement), tuple(names))


class PostgresCursor:
    """A cursor of one connection.

    Attributes:
        wrote: whether anything that it carried out changed a row.
    """

    def __init__(self, connection: Connection[Any], *, named: bool = True) -> None:
        self._cursor: RawCursor[Any] = RawCursor(connection, row_factory=row_of_names if named else tuple_row)
        self._cursor.format = Format.BINARY  # of results
        self.wrote = False

    def execute(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Self:
        """Carry a statement out."""
        asked = translated(statement)
        self._cursor.execute(asked.text.encode(), asked.values(parameters))
        result = self._cursor.pgresult
        if result is not None and not result.nfields and self._cursor.rowcount > 0:
            self.wrote = True
        return self

    def fetchone(self) -> Any:
        """The next row; None where there is none."""
        return self._cursor.fetchone()

    def fetchmany(self, size: int = 1000, /) -> list[Any]:
        """The next rows, so many at most."""
        return self._cursor.fetchmany(size)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def copy(self, statement: str, types: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Bring many rows into a table at once."""
        with self._cursor.copy(statement.encode()) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
        self.wrote = True
