"""The keys of persons, in a schema of their own of the same database: ``SCHEMA_keys``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.store.keys import Keys
from directives.store.postgres.address import Address
from directives.store.postgres.catalogue import PERSONS_KEYS
from directives.store.postgres.connections import Connections
from directives.store.postgres.cursor import PostgresCursor
from directives.store.postgres.dialect import PostgresDialect
from directives.store.postgres.errors import errors_of_ours
from directives.store.private_files import Fault
from directives.store.session import Session

if TYPE_CHECKING:
    from directives.store.session import Cursor

_PATIENCE = 2000
"""Milliseconds for which readers of the keys are waited for; who comes after them waits as long."""


class KeysTable(Keys):
    """The keys of one store; those that a transaction makes are committed with it."""

    def __init__(self, address: Address, connections: Connections) -> None:
        super().__init__()
        self._address, self._connections = address, connections
        self._table = f"{address.keys}.{PERSONS_KEYS.name}"
        self._looked_through = self._there = False

    @property
    def statements(self) -> tuple[str, ...]:
        """The statements that create the schema and the table."""
        create = PostgresDialect(self._address.keys).create(PERSONS_KEYS)
        return (
            f"CREATE SCHEMA IF NOT EXISTS {self._address.keys}",
            create.replace(f" {PERSONS_KEYS.name} ", f" {self._table} ", 1),
        )

    def close(self) -> None:
        """Nothing is held."""

    def of(self, persons: Iterable[str]) -> dict[str, bytes]:
        """The keys of ``persons``."""
        wanted = [*persons]
        if not wanted:
            return {}
        with errors_of_ours(self._address), self._connections.connection() as connection:
            return self._found(PostgresCursor(connection), wanted)

    def all(self) -> dict[str, bytes]:
        """The keys of all persons."""
        with errors_of_ours(self._address), self._connections.connection() as connection:
            cursor = PostgresCursor(connection, named=False)
            return dict(cursor.execute(f"SELECT person, key FROM {self._table}")) if self._are_there(cursor) else {}

    def _are_there(self, cursor: Cursor) -> bool:
        """Whether there is a table of keys; a store that was restored without it has none until one is needed."""
        if not self._there:
            row = cursor.execute("SELECT to_regclass(?) IS NOT NULL AS there", (self._table,)).fetchone()
            self._there = bool(row[0])
        return self._there

    def _found(self, cursor: Cursor, persons: Sequence[str]) -> dict[str, bytes]:
        if not self._are_there(cursor):
            return {}
        query = f"SELECT person, key FROM {self._table} WHERE person = ANY(CAST(? AS text[]))"
        return {row["person"]: row["key"] for row in cursor.execute(query, ([*persons],))}

    def _looked_up(self, session: Session, persons: Sequence[str]) -> Mapping[str, bytes]:
        return self._found(session.cursor, persons)

    def _keep(self, session: Session, new: Mapping[str, bytes]) -> None:
        if not self._are_there(session.cursor):
            for statement in self.statements:
                session.cursor.execute(statement)
        session.cursor.execute(
            f"INSERT INTO {self._table} SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS bytea[])) AS given",
            ([*new], [*new.values()]),
        )

    def destroy(self, persons: Collection[str]) -> None:
        """Destroy keys: the table is written anew without them, so that none is left in its pages.

        What was deleted is left out also while others see an earlier state, for which VACUUM (FULL) would keep it.
        """
        with errors_of_ours(self._address), self._connections.connection() as connection:
            there = self._are_there(PostgresCursor(connection))
        if there:
            self._destroy(persons, _PATIENCE)

    def _destroy(self, persons: Collection[str], patience: int) -> None:
        looked_through, self._looked_through = self._looked_through, False  # what fails, the next transaction does
        begin = f"BEGIN; SET LOCAL lock_timeout = {patience}; LOCK TABLE {self._table} IN ACCESS EXCLUSIVE MODE"
        with errors_of_ours(self._address), self._connections.begun(begin) as connection:
            cursor = PostgresCursor(connection)
            cursor.execute(f"DELETE FROM {self._table} WHERE person = ANY(CAST(? AS text[]))", ([*persons],))
            cursor.execute(f"ALTER TABLE {self._table} ALTER COLUMN key TYPE bytea USING key || ''")
            connection.commit()
        self._looked_through = looked_through

    def finish_erasing(self, erased: Callable[[], Collection[str]]) -> None:
        """Destroy the keys that outlived the erasure of their persons, once; not while somebody reads the keys."""
        if self._looked_through:
            return
        with suppress(StoreUnusable, StoreBusy):
            left = self.of(erased())
            if left:
                self._destroy(left, 1)
            self._looked_through = True

    @property
    def file_not_here(self) -> Path | None:
        """None: they stand in the database."""
        return None

    def fault(self) -> tuple[Path, Fault] | None:
        """None: the database lets in whom it may."""
        return None
