"""One transaction on SQLite."""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from directives.store.session import Session, Values, adding, replacing
from directives.store.sqlite.catalogue import SqliteCatalogue
from directives.store.sqlite.dialect import SQLITE
from directives.store.table import Table


class SqliteSession(Session):
    """One transaction."""

    dialect = SQLITE
    errors = (sqlite3.Error,)
    cursor: sqlite3.Cursor

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        super().__init__(cursor)

    def another_cursor(self) -> sqlite3.Cursor:
        """A cursor of its own on the same transaction, for rows as plain tuples."""
        cursor = self.cursor.connection.cursor()
        cursor.row_factory = None
        return cursor

    def streamed(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer of any length as plain tuples, read bit by bit."""
        return self.another_cursor().execute(statement, parameters)

    @contextmanager
    def temporary_tables(self) -> Generator[None]:
        """Lets temporary tables be made, also where nothing else may be written; they are gone at the end.

        They are dropped, and not rolled back: in memory that would stop what other threads read.
        """
        only_read = self.cursor.execute("PRAGMA query_only").fetchone()[0]
        self.cursor.execute("PRAGMA query_only = 0")
        try:
            yield
        finally:
            made = self.cursor.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'").fetchall()
            for row in made:
                self.cursor.execute(f"DROP TABLE temp.{row['name']}")
            self.cursor.execute(f"PRAGMA query_only = {only_read}")

    @property
    def catalogue(self) -> SqliteCatalogue:
        """What SQLite knows of its tables."""
        return SqliteCatalogue(self)

    def is_busy(self, error: Exception) -> bool:
        """Whether another process holds the store."""
        return isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "busy" in str(error))

    def is_damage(self, error: Exception) -> bool:
        """Whether the file is damaged."""
        return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)

    def insert(self, table: Table, rows: Iterable[Values], *, new: bool = True) -> None:
        """Insert rows, which are all new; or those alone whose key is not there yet."""
        self.cursor.executemany(_insert(table) if new else f"{_insert(table)} ON CONFLICT DO NOTHING", rows)

    def replace(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows in the place of those of the same key."""
        self.cursor.executemany(_insert(table) + replacing(table), rows)

    def add(self, table: Table, rows: Iterable[Values]) -> None:
        """Add the last column of each row to that of the row of the same key."""
        self.cursor.executemany(_insert(table) + adding(table), rows)

    def delete(self, table: Table, keys: Iterable[Values], where: str = "") -> None:
        """Delete the rows of these keys; those alone that meet a condition."""
        self.cursor.executemany(f"{_delete(table)} AND {where}" if where else _delete(table), keys)


@cache
def _insert(table: Table) -> str:
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"


@cache
def _delete(table: Table) -> str:
    return f"DELETE FROM {table.name} WHERE {' AND '.join(f'{name} = ?' for name in table.names_of_key)}"
