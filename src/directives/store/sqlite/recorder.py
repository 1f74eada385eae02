"""The log in a file or in memory: immediate write transactions, snapshots for those who read, and errors of ours."""

import os
import re
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from eventsourcing.domain import EventSourcingError
from eventsourcing.sqlite import SQLiteConnection

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.i18n.message import Message
from directives.store.catalogue import FORMAT
from directives.store.keys import Keys
from directives.store.recorder import Recorder, erased, misfits_told
from directives.store.sqlite.catalogue import SqliteCatalogue, statements
from directives.store.sqlite.connections import ReadingPool, WritingPool, writable
from directives.store.sqlite.database_file import is_there, mark, memory_database
from directives.store.sqlite.session import SqliteSession
from directives.store.table import STORED_EVENTS, Table


class SqliteRecorder(Recorder):
    """The log in a file, or in memory."""

    def __init__(self, path: Path | None, keys: Keys, lock_timeout: float) -> None:
        """Of that file (None: one in memory) with those keys; waits so many seconds for a lock."""
        self._pool = WritingPool(db_name=memory_database() if path is None else str(path))
        self._pool.seconds = lock_timeout
        self.keys = keys
        self._path = path
        self._file = path.stat() if path is not None and path.exists() else None
        self._readers = None if path is None else ReadingPool(path, lock_timeout)
        self.process = os.getpid()

    def close(self) -> None:
        """Close the readers, and the pool of writers last, which empties the write-ahead log into the file."""
        if self._readers is not None:
            self._readers.close()
        self.keys.close()
        self._pool.close()

    def create(self, tables: Sequence[Table], version: int = FORMAT) -> None:
        """Create the log, and ``tables`` beside it with their indexes, in one transaction; what is there stays.

        Args:
            version: what is noted as the format.
        """
        with self.writing() as session:
            for statement in statements(tables):
                session.cursor.execute(statement)
            if self._path is None:
                mark(session.cursor)
            if version != session.catalogue.format:
                session.catalogue.set_format(version)

    @contextmanager
    def writing(self) -> Generator[SqliteSession]:
        """One immediate transaction: nobody else writes from here to the commit. Any error rolls it back."""
        self.require_own_process()
        self.require_writable()
        with errors_of_ours(), self._connection(writer=True) as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            self._require_there()
            session, before = SqliteSession(cursor), cursor.connection.total_changes
            self.keys.begin(session)
            self.keys.finish_erasing(partial(_erased, session))
            try:
                yield session
                self.keys.write()
                connection.commit()
                self.changed = self.changed or cursor.connection.total_changes > before
            except BaseException:
                connection.rollback()
                raise
        session.committed()

    @contextmanager
    def _connection(self, *, writer: bool) -> Generator[SQLiteConnection]:
        """A connection of the library's pool, which keeps readers and the writer of a store in memory apart."""
        connection = self._pool.get_connection(is_writer=writer)
        try:
            yield connection
        finally:
            self._pool.put_connection(connection)

    def vacuum(self) -> None:
        """Write the file anew from what is in its tables: pages that belong to none are gone."""
        with errors_of_ours(), self._connection(writer=False) as connection, connection.cursor() as cursor:
            cursor.execute("VACUUM")

    @contextmanager
    def reading(self) -> Generator[SqliteSession]:
        """One snapshot of the store."""
        self.require_own_process()
        with errors_of_ours(), self._reader() as connection:
            connection.execute("BEGIN")
            try:
                with misfits_told():
                    yield SqliteSession(connection.cursor())
            finally:
                # Nothing was written. In memory, to roll back would stop what other threads read of a changed schema.
                try:
                    connection.commit()
                except sqlite3.Error:
                    connection.rollback()

    def _reader(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._shared_reader() if self._readers is None else self._readers.connection()

    @contextmanager
    def _shared_reader(self) -> Generator[sqlite3.Connection]:
        """A connection to a store in memory."""
        with self._connection(writer=False) as connection, connection.cursor() as cursor:
            yield cursor.connection

    @property
    def may_write(self) -> bool:
        """Whether this user may write to the store."""
        return self._path is None or not self._path.exists() or writable(self._path)

    def require_writable(self) -> None:
        """Look whether this user may write, before SQLite makes files that stay behind.

        Raises:
            StoreUnusable: they may only read.
        """
        if not self.may_write:
            raise StoreUnusable("store: it is read-only: let this user write to the file and its folder")

    def _require_there(self) -> None:
        """Whoever writes to a file that is no longer there, or another by now, would write in vain."""
        if self._path is not None and self._file is not None and not is_there(self._path, self._file):
            raise StoreUnusable(
                "store: {path} was removed, or replaced, after it was opened: open it again", path=self._path
            )


def _erased(session: SqliteSession) -> list[str]:
    """Those who are erased; nobody where the log is missing."""
    return erased(session) if SqliteCatalogue(session).has(STORED_EVENTS) else []


_WAYS_OUT = {
    sqlite3.SQLITE_FULL: Message("the disk is full: free some space and try again"),
    sqlite3.SQLITE_READONLY: Message("the store is read-only: let this user write to the file and its folder"),
    sqlite3.SQLITE_IOERR: Message("the disk cannot be read or written: look at its space, its limits and its health"),
    sqlite3.SQLITE_CORRUPT: Message("the file is damaged: see directives doctor, or restore it from a backup"),
}
"""What to do about SQLite's primary result codes (https://www.sqlite.org/rescode.html)."""


_LACKS = re.compile("^no such (table|index|column):")


@contextmanager
def errors_of_ours() -> Generator[None]:
    """Turn the driver's and the library's errors into ours."""
    try:
        yield
    except (sqlite3.Error, EventSourcingError, TimeoutError) as error:
        message = str(error) or type(error).__name__
        if "locked" in message or "busy" in message or isinstance(error, TimeoutError):
            raise StoreBusy("store: another process holds it: try again") from error
        way_out = _WAYS_OUT.get(_code(error))
        if way_out is None and message == f"no such table: {STORED_EVENTS.name}":
            way_out = Message("the table of events is missing: restore it from a backup")
        if way_out is None and _LACKS.search(message):
            way_out = Message("the file lacks a part of the store: recreate it with directives rebuild")
        if way_out is None:
            raise StoreUnusable("store: cannot be used: {said}", said=message) from error
        raise StoreUnusable("store: {way_out} ({said})", way_out=way_out, said=message) from error


def _code(error: BaseException | None) -> int:
    """SQLite's primary result code, of the error or of the one that caused it; 0 where there is none."""
    while error is not None:
        if isinstance(error, sqlite3.Error) and hasattr(error, "sqlite_errorcode"):
            return error.sqlite_errorcode & 0xFF
        error = error.__cause__
    return 0
