"""The log in a schema of PostgreSQL: who writes holds its lock from before the first read to the commit."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial

from directives.domain.errors import StoreUnusable
from directives.store.keys import Keys
from directives.store.postgres.address import Address
from directives.store.postgres.connections import IDLE_SECONDS, Connections
from directives.store.postgres.errors import errors_of_ours
from directives.store.postgres.session import PostgresSession
from directives.store.recorder import Recorder, erased, misfits_told
from directives.store.table import STORED_EVENTS


class PostgresRecorder(Recorder):
    """The log in a schema.

    The lock is a statement of its own, before any that reads, and the isolation is READ COMMITTED: each statement sees
    all that was committed before the lock was given, and positions have no gaps.
    """

    def __init__(self, address: Address, connections: Connections, keys: Keys) -> None:
        self._address, self._connections = address, connections
        self.keys = keys
        self.process = os.getpid()

    def close(self) -> None:
        """Close all connections."""
        with errors_of_ours(self._address):
            self._connections.close()

    @contextmanager
    def writing(self) -> Generator[PostgresSession]:
        """One transaction under the lock of the store. Any error rolls it back."""
        with self.locked() as session:
            self.keys.begin(session)
            self.keys.finish_erasing(partial(self._erased, session))
            yield session
            self.keys.write()
            session.look_over()
            session.connection.commit()
            self.changed = self.changed or session.cursor.wrote
        session.committed()

    @contextmanager
    def locked(self) -> Generator[PostgresSession]:
        """A transaction under the lock, also of a store that is not there yet; rolled back unless it was committed."""
        self.require_own_process()
        begin = (
            f"BEGIN; SET LOCAL idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; "
            f"SELECT pg_advisory_xact_lock({self._address.lock})"
        )
        with errors_of_ours(self._address), self._connections.begun(begin) as connection:
            yield PostgresSession(connection, self._address)

    def _erased(self, session: PostgresSession) -> list[str]:
        return erased(session) if session.catalogue.has(STORED_EVENTS) else []

    @contextmanager
    def reading(self) -> Generator[PostgresSession]:
        """One snapshot of the store; it ends by a commit, since a rollback would forget what was prepared."""
        self.require_own_process()
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ"
        with errors_of_ours(self._address), self._connections.begun(begin) as connection:
            with misfits_told():
                yield PostgresSession(connection, self._address)
            connection.commit()

    def vacuum(self) -> None:
        """A server does it by itself."""

    @property
    def may_write(self) -> bool:
        """Whether this user may write to the store."""
        with errors_of_ours(self._address), self._connections.connection() as connection:
            row = connection.execute(
                b"SELECT NOT CAST(current_setting('transaction_read_only') AS bool)"
                b" AND coalesce(has_table_privilege(to_regclass(%s), 'INSERT'), true)",
                (STORED_EVENTS.name,),
            ).fetchone()
            return row is not None and row[0]

    def require_writable(self) -> None:
        """Look whether this user may write."""
        if not self.may_write:
            raise StoreUnusable("store: it is read-only: let this user write to its tables")
