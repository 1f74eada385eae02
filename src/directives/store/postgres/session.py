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
from directives.store.session import Session, Values
from directives.store.table import Table

MANY = 50
"""Rows from which on they come into a table by COPY."""
_MUCH = 20_000
"""Rows that a table grows by in one transaction, from which on the server is to look it over."""
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
        self._grown = Counter[str]()
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
        self._grown[table.name] += len(given)
        if new and len(given) >= MANY:
            self.cursor.copy(_copy(table), [_COPIED[each] for each in types_of(table)], given)
        elif given:
            self._together(_insert(table) if new else f"{_insert(table)} ON CONFLICT DO NOTHING", given)

    def replace(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows in the place of those of the same key."""
        self._together(_replace(table), [*rows])

    def add(self, table: Table, rows: Iterable[Values]) -> None:
        """Add the last column of each row to that of the row of the same key."""
        self._together(_add(table), [*rows])

    def delete(self, table: Table, keys: Iterable[Values], where: str = "") -> None:
        """Delete the rows of these keys; those alone that meet a condition."""
        self._together(f"{_delete(table)} AND {where}" if where else _delete(table), [*keys])

    def look_over(self) -> None:
        """Have the server look over tables that grew by much, before anybody asks: it would do so a minute later."""
        for name, number in self._grown.items():
            if number >= _MUCH:
                self.cursor.execute(f"ANALYZE {name}")

    def _together(self, statement: str, rows: Sequence[Values]) -> None:
        """Carry out for all rows at once, a column a parameter."""
        if rows:
            self.cursor.execute(statement, [[*column] for column in zip(*rows, strict=True)])


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
def _insert(table: Table) -> str:
    return f"INSERT INTO {table.name} SELECT * FROM unnest({_given(table, len(table.columns))}) AS given"


@cache
def _replace(table: Table) -> str:
    others = ", ".join(f"{name} = excluded.{name}" for name in table.names[table.key :])
    return f"{_insert(table)} ON CONFLICT ({', '.join(table.names_of_key)}) DO UPDATE SET {others}"


@cache
def _add(table: Table) -> str:
    number, key = table.names[-1], ", ".join(table.names_of_key)
    return f"{_insert(table)} ON CONFLICT ({key}) DO UPDATE SET {number} = {table.name}.{number} + excluded.{number}"


@cache
def _delete(table: Table) -> str:
    names = ", ".join(f"gone_{name}" for name in table.names_of_key)
    alike = " AND ".join(f"{table.name}.{name} = gone_{name}" for name in table.names_of_key)
    return f"DELETE FROM {table.name} USING unnest({_given(table, table.key)}) AS gone ({names}) WHERE {alike}"
