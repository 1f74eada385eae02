"""One transaction on PostgreSQL."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import Connection, RawServerCursor
from psycopg.pq import ExecStatus

from directives.store.postgres import errors
from directives.store.postgres.address import Address
from directives.store.postgres.catalogue import PostgresCatalogue
from directives.store.postgres.cursor import PostgresCursor, translated
from directives.store.postgres.dialect import ARRAYS, PostgresDialect, types_of
from directives.store.session import Session, Values, adding, replacing
from directives.store.table import Table

FEW = 12
"""Rows up to which they are given value by value: the driver is slow with columns."""
MANY = 50
"""Rows from which on they come into a table by COPY."""
_MUCH = 1_000
"""Rows of a table that are changed in one transaction, from which on the server is to look it over."""
_TOGETHER = 2000
"""Rows that are fetched together of a long answer."""
_COPIED = {"TEXT": "text", "INTEGER": "int8", "BLOB": "bytea"}


class PostgresSession(Session):
    """One transaction."""

    errors = (psycopg.Error,)
    cursor: PostgresCursor

    def __init__(self, connection: Connection[Any], address: Address) -> None:
        super().__init__(PostgresCursor(connection))
        self.connection, self.address = connection, address
        self._changed = Counter[str]()
        self.dialect = _dialect(address.schema)

    @property
    def catalogue(self) -> PostgresCatalogue:
        """What PostgreSQL knows of its tables."""
        return PostgresCatalogue(self, self.address)

    def another_cursor(self) -> PostgresCursor:
        """A cursor of its own on the same transaction, for rows as plain tuples."""
        return PostgresCursor(self.connection, named=False)

    def streamed(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer of any length as plain tuples, read bit by bit: by a cursor of the server."""
        asked = translated(statement)
        with RawServerCursor(self.connection, f"rows_{uuid4().hex}") as cursor:
            cursor.itersize = _TOGETHER
            cursor.execute(asked.text.encode(), asked.values(parameters), binary=True)
            yield from cursor

    @contextmanager
    def temporary_tables(self) -> Generator[None]:
        """Lets temporary tables be made; they are gone at the end, unless an error ended the transaction."""
        yield
        rows = self.cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'"
        )
        made = ", ".join(f"pg_temp.{row['relname']}" for row in rows.fetchall())
        if made:  # past the driver, which would forget all that was prepared: the server plans it anew by itself
            dropped = self.connection.pgconn.exec_(f"DROP TABLE {made}".encode())
            if dropped.status != ExecStatus.COMMAND_OK:
                raise psycopg.errors.error_from_result(dropped)

    def is_busy(self, error: Exception) -> bool:
        """Whether the server cannot be asked now."""
        return errors.is_busy(error)

    def is_damage(self, error: Exception) -> bool:
        """Whether what is stored is damaged."""
        return isinstance(error, psycopg.Error) and error.sqlstate in errors.DAMAGE

    def insert(self, table: Table, rows: Iterable[Values], *, new: bool = True) -> None:
        """Insert rows, which are all new; or those alone whose key is not there yet."""
        given = [*rows]
        if new and len(given) >= MANY:
            self._changed[table.name] += len(given)
            self.cursor.copy(_copy(table), [_COPIED[each] for each in types_of(table)], given)
        else:
            self._insert(table, given, "" if new else " ON CONFLICT DO NOTHING")

    def replace(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows in the place of those of the same key."""
        self._insert(table, [*rows], replacing(table))

    def add(self, table: Table, rows: Iterable[Values]) -> None:
        """Add the last column of each row to that of the row of the same key."""
        self._insert(table, [*rows], adding(table))

    def _insert(self, table: Table, rows: Sequence[Values], otherwise: str) -> None:
        """Insert rows by one statement: few of them value by value, many a column a parameter."""
        self._changed[table.name] += len(rows)
        if rows and len(rows) <= FEW:
            self.cursor.execute(_few(table, len(rows)) + otherwise, [value for row in rows for value in row])
        elif rows:
            self.cursor.execute(_many(table) + otherwise, _columns(rows))

    def delete(self, table: Table, keys: Iterable[Values], where: str = "") -> None:
        """Delete the rows of these keys; those alone that meet a condition."""
        given = [*keys]
        if given:
            self.cursor.execute(f"{_delete(table)} AND {where}" if where else _delete(table), _columns(given))

    def look_over(self) -> None:
        """Have the server look over tables of which much was changed, before anybody asks: it would a minute later."""
        for name, number in self._changed.items():
            if number >= _MUCH and self._was_little(name, number):
                self.cursor.execute(f"ANALYZE {name}")

    def _was_little(self, table: str, number: int) -> bool:
        """Whether so many rows are as many as the server knows of, or more; of a new table it knows none."""
        known = self.cursor.execute("SELECT reltuples FROM pg_class WHERE oid = CAST(? AS regclass)", (table,))
        return number >= known.fetchone()[0]


@cache
def _dialect(schema: str) -> PostgresDialect:
    return PostgresDialect(schema)


def _given(table: Table, columns: int) -> str:
    """The rows whose columns are the parameters."""
    return ", ".join(f"CAST(? AS {ARRAYS[each]})" for each in types_of(table)[:columns])


@cache
def _copy(table: Table) -> str:
    return f"COPY {table.name} FROM STDIN (FORMAT BINARY)"


@cache
def _few(table: Table, number: int) -> str:
    row = f"({', '.join('?' * len(table.columns))})"
    return f"INSERT INTO {table.name} VALUES {', '.join([row] * number)}"


@cache
def _many(table: Table) -> str:
    return f"INSERT INTO {table.name} SELECT * FROM unnest({_given(table, len(table.columns))}) AS given"


def _columns(rows: Sequence[Values]) -> list[list[Any]]:
    return [[*column] for column in zip(*rows, strict=True)]


@cache
def _delete(table: Table) -> str:
    names = ", ".join(f"gone_{name}" for name in table.names_of_key)
    alike = " AND ".join(f"{table.name}.{name} = gone_{name}" for name in table.names_of_key)
    return f"DELETE FROM {table.name} USING unnest({_given(table, table.key)}) AS gone ({names}) WHERE {alike}"
