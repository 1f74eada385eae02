"""Connections to the database: the library's pool with a cache of statements, and a pool of readers beside it."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from eventsourcing.persistence import ConnectionPoolClosedError, InterfaceError
from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool

from directives.domain.errors import StoreBusy, StoreUnusable

STATEMENTS = 256
"""Statements that a connection keeps compiled; a command uses about forty."""


class WritingPool(SQLiteConnectionPool):
    """The library's pool; it keeps one compiled statement a connection, and takes a lock timeout of 0 for 5 seconds."""

    seconds = 30.0

    def _create_connection(self) -> SQLiteConnection:
        try:
            name = self.db_name if self.is_sqlite_memory_mode else f"file:{quote(self.db_name)}?mode=rw"
            connection = _connected(name, self.seconds)
        except sqlite3.Error as error:
            raise InterfaceError(error) from error
        if not self.is_sqlite_memory_mode and not self.is_journal_mode_wal:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            self.is_journal_mode_wal = True
        return SQLiteConnection(connection, self.max_age)


class ReadingPool:
    """Connections of one process that only read a file, the last one that was put back given out first.

    Each is opened for writing and told to read only: one that is opened read-only and closed last leaves what was
    written in the write-ahead log, and the file without it.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False

    @contextmanager
    def connection(self) -> Generator[sqlite3.Connection]:
        """A connection, which is put back afterwards; where this user cannot write, one for this time alone."""
        with self._lock:
            if self._closed:
                raise ConnectionPoolClosedError
            connection = self._idle.pop() if self._idle else None
        if connection is None and not (_can_write(self._path) and _can_write(self._path.parent)):
            with self._unshared() as unshared:
                yield unshared
            return
        if connection is None:
            connection = _connected(f"{self._name}?mode=rw", self._seconds)
            connection.execute("PRAGMA query_only = 1")
        try:
            yield connection
        finally:
            with self._lock:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    @contextmanager
    def _unshared(self) -> Generator[sqlite3.Connection]:
        """A connection of a user who cannot write.

        It takes the locks that others heed, where it can. It cannot where SQLite would have to make a file for them;
        with no log beside the file, SQLite then reads it without any lock.

        Raises:
            StoreBusy: another user wrote meanwhile, so that what was read is of no moment.
            StoreUnusable: a log is beside the file, which only somebody who may write can take in.
        """
        connection, before = self._opened()
        with closing(connection):
            if before is None:
                yield connection
                return
            try:
                yield connection
            except sqlite3.Error:
                self._require_as_before(before)
                raise
        self._require_as_before(before)

    def _opened(self) -> tuple[sqlite3.Connection, tuple[bool, int, int] | None]:
        """A connection that takes locks; or one that takes none, and how the file stood that it reads.

        Where a log came beside the file meanwhile, it is asked again.
        """
        for _ in range(5):
            before = self._mark()
            locked = self._with_locks(log=before[0])
            if locked is not None:
                return locked, None
            connection = _connected(f"{self._name}?mode=ro&immutable=1", self._seconds)
            if self._mark() == before:
                return connection, before
            connection.close()
        raise _written_meanwhile()

    def _with_locks(self, *, log: bool) -> sqlite3.Connection | None:
        """A connection that takes locks; None where there is no log, and a file would have to be made for them."""
        if not log and _can_write(self._path.parent):
            return None  # SQLite would make it, and leave it there as this user's own
        connection = _connected(f"{self._name}?mode=ro", self._seconds)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if not log:
                return None
            raise StoreUnusable(
                "store: {path} was not closed by its last writer: a user who may write closes it with any question",
                path=self._path,
            ) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _require_as_before(self, mark: tuple[bool, int, int]) -> None:
        if self._mark() != mark:
            raise _written_meanwhile()

    def _mark(self) -> tuple[bool, int, int]:
        """Whether a log with something in it is beside the file, when the file was written last, and its size."""
        try:
            log = Path(f"{self._path}-wal").stat().st_size > 0
        except OSError:
            log = False
        try:
            file = self._path.stat()
        except OSError:  # what is wrong with it is told by the database, which opens it next
            return log, 0, 0
        return log, file.st_mtime_ns, file.st_size

    @property
    def _name(self) -> str:
        return f"file:{quote(str(self._path))}"

    def close(self) -> None:
        """Close those that are not in use; the others are closed when they are put back."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()


def _written_meanwhile() -> StoreBusy:
    return StoreBusy("store: another user wrote to it while it was read: ask again")


def writable(path: Path) -> bool:
    """Whether this user may write to a store: to its file, and to its log, or the folder in which that is made."""
    if not _can_write(path):
        return False
    return _can_write(path.parent) or all(_can_write(Path(f"{path}{suffix}")) for suffix in ("-wal", "-shm"))


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _connected(name: str, seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name,
        uri=True,
        timeout=seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    connection.row_factory = sqlite3.Row
    return connection
