"""eventsourcing's SQLite recorder with a log table of ours, immediate write transactions and errors of ours."""

import os
import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder
from pydantic_core import from_json

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.i18n.message import Message, tripped_over
from directives.store.connections import ReadingPool, WritingPool, writable
from directives.store.database_file import is_there
from directives.store.dialect import as_list, listed
from directives.store.keys import Keys
from directives.store.mapper import Row, unreadable
from directives.store.newest import Sql, Wanted, newest
from directives.store.session import Session
from directives.store.table import Table

STORED_EVENTS = Table(
    "stored_events",
    (
        "position INTEGER NOT NULL",
        "originator_id TEXT NOT NULL",
        "originator_version INTEGER NOT NULL",
        "topic TEXT NOT NULL",
        "state BLOB NOT NULL",
    ),
    key=1,
)
"""The columns of the log; `LOG` creates it."""
LOG = """CREATE TABLE IF NOT EXISTS stored_events (
    position INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"""
"""The log; the position is a declared key, so that SQLite never renumbers it."""
_SELECT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "


class LastEvent(NamedTuple):
    """The position of the newest event, and when it was recorded."""

    position: int
    recorded_at: datetime


class Recorder(SQLiteApplicationRecorder):
    """The log, and the transactions in which the tables beside it are written.

    The ``keys`` that a transaction makes are durable before it commits. ``changed`` tells whether any of those
    that were committed changed anything.
    """

    keys: Keys
    changed = False
    _path: Path | None = None
    _file: os.stat_result | None = None
    _readers: ReadingPool | None = None
    _process = 0

    def use(self, path: Path | None, keys: Keys, lock_timeout: float) -> None:
        """Use that file (None: one in memory) with those keys, and wait so many seconds for a lock."""
        pool = self.datastore.pool = WritingPool(db_name=self.datastore.pool.db_name)
        pool.seconds = lock_timeout
        self.keys = keys
        self._path = path
        self._file = path.stat() if path is not None and path.exists() else None
        self._readers = None if path is None else ReadingPool(path, lock_timeout)
        self._process = os.getpid()

    def close(self) -> None:
        """Close the readers; the library closes its own pool last, which empties the write-ahead log into the file."""
        if self._readers is not None:
            self._readers.close()
        self.keys.close()

    def create(self, statements: Iterable[str]) -> None:
        """Create the log, and the tables beside it by ``statements``, in one transaction."""
        with self.writing() as session:
            for statement in (LOG, *statements):
                session.cursor.execute(statement)

    @contextmanager
    def writing(self) -> Generator[Session]:
        """One immediate transaction: nobody else writes from here to the commit. Any error rolls it back."""
        self._require_own_process()
        self.require_writable()
        with errors_of_ours(), self.datastore.get_connection(commit=True) as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            self._require_there()
            self.keys.begin()
            self.keys.finish_erasing(partial(_erased, cursor))
            session, before = Session(cursor), cursor.connection.total_changes
            try:
                yield session
                self.keys.write()
                connection.commit()
                self.changed = self.changed or cursor.connection.total_changes > before
            except BaseException:
                connection.rollback()
                raise
        session.committed()

    def vacuum(self) -> None:
        """Write the file anew from what is in its tables: pages that belong to none are gone."""
        with errors_of_ours(), self.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
            cursor.execute("VACUUM")

    @contextmanager
    def reading(self) -> Generator[Session]:
        """One snapshot of the store."""
        self._require_own_process()
        with errors_of_ours(), self._reader() as connection:
            connection.execute("BEGIN")
            try:
                yield Session(connection.cursor())
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                raise StoreUnusable(
                    "store: the read models do not fit together ({said}): run directives doctor; if "
                    "it finds nothing, this is an internal error",
                    said=tripped_over(error),
                ) from error
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
        """A connection to a store in memory: the library's pool keeps readers and the writer apart."""
        with self.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
            yield cursor.connection

    @property
    def opened_here(self) -> bool:
        """Whether this process opened the store, and not one that it was forked from."""
        return os.getpid() == self._process

    def _require_own_process(self) -> None:
        if not self.opened_here:
            raise StoreUnusable("store: it was opened by another process: open it again in this one")

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

    def append(self, session: Session, rows: Iterable[Row]) -> None:
        """Write ``rows`` of the log at the positions that they carry."""
        session.cursor.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", rows)

    def count(self, session: Session) -> int:
        """How many events there are."""
        return session.cursor.execute("SELECT count(*) FROM stored_events").fetchone()[0]

    def last_position(self, session: Session) -> int:
        """The position of the newest event; 0 where there is none."""
        return session.cursor.execute("SELECT max(position) FROM stored_events").fetchone()[0] or 0

    def erased(self, session: Session) -> list[str]:
        """The persons of whom the log has that they are erased."""
        return _erased(session.cursor)

    def last_event(self, session: Session) -> LastEvent | None:
        """The newest event."""
        row = session.cursor.execute("SELECT position, state FROM stored_events ORDER BY position DESC LIMIT 1")
        last = row.fetchone()
        if last is None:
            return None
        try:
            return LastEvent(last["position"], _recorded_at(last["state"]))
        except (ValueError, TypeError, KeyError) as error:
            raise unreadable(last["position"], tripped_over(error)) from error

    def position_by(self, session: Session, moment: datetime) -> int:
        """The position of the last event that was recorded by ``moment``; 0 where there is none."""
        low, high = 0, self.last_position(session)
        while low < high:
            middle = (low + high + 1) // 2
            row = session.cursor.execute("SELECT state FROM stored_events WHERE position = ?", (middle,)).fetchone()
            if _recorded_at(row["state"]) <= moment:
                low = middle
            else:
                high = middle - 1
        return low

    def between(self, session: Session, first: int, last: int) -> list[Notification]:
        """The events from position ``first`` to ``last``."""
        session.cursor.execute(_SELECT + "WHERE position BETWEEN ? AND ? ORDER BY position", (first, last))
        return [_notification(row) for row in session.cursor.fetchall()]

    def all(self, session: Session) -> Iterator[Notification]:
        """All events, in log order, whatever positions they have."""
        for position, stream, version, topic, state in session.another_cursor().execute(_SELECT + "ORDER BY position"):
            yield Notification(id=position, originator_id=stream, originator_version=version, topic=topic, state=state)

    def of_stream(self, session: Session, stream: str) -> list[Notification]:
        """The events of one stream, in order."""
        session.cursor.execute(_SELECT + "WHERE originator_id = ? ORDER BY originator_version", (stream,))
        return [_notification(row) for row in session.cursor.fetchall()]

    def of_streams(
        self, session: Session, streams: Sql, after: int, limit: int | None, topics: Sequence[str] = ()
    ) -> list[Notification]:
        """The events after a position of the streams that a query gives, in log order; all, or those of ``topics``."""
        of_topics = f"AND topic IN (SELECT value FROM {listed('topics')})" if topics else ""
        session.cursor.execute(
            f"""WITH wanted (stream) AS ({streams.text})
            SELECT position, originator_id, originator_version, topic, state
            FROM wanted CROSS JOIN stored_events WHERE originator_id = stream
            AND position > :after {of_topics} ORDER BY position LIMIT :limit""",
            {**streams.values, "after": after, "limit": _or(limit, _ALL), "topics": as_list(topics)},
        )
        return [_notification(row) for row in session.cursor.fetchall()]

    def with_part(self, session: Session, topics: Sequence[str], part: bytes) -> list[Notification]:
        """The events of ``topics`` that are stored with ``part`` in them, in log order."""
        session.cursor.execute(
            f"""{_SELECT} WHERE topic IN (SELECT value FROM {listed("topics")}) AND instr(state, :part)
            ORDER BY position""",
            {"topics": as_list(topics), "part": part},
        )
        return [_notification(row) for row in session.cursor.fetchall()]

    def newest(self, session: Session, wanted: Wanted, limit: int | None) -> list[Notification]:
        """The newest of the events that are wanted, the newest first."""
        query = newest(session, wanted, _or(limit, _ALL))
        session.cursor.execute(query.text, query.values)
        return [_notification(row) for row in session.cursor.fetchall()]

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """Refuse: the read models would not have what was written past them."""
        raise StoreUnusable("store: only commands write events: execute one")

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream, with their positions."""
        statement = _SELECT + (
            "WHERE originator_id = ? AND originator_version > ? AND originator_version <= ? "
            f"ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT ?"
        )
        params = (str(originator_id), gt or 0, _or(lte, _ALL), _or(limit, _ALL))
        return self._selected(statement, params)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events in log order, from ``start`` to ``stop``."""
        first = (start or 0) + (0 if inclusive_of_start else 1)
        wanted = f"AND topic IN ({','.join('?' * len(topics))}) " if topics else ""
        statement = _SELECT + f"WHERE position >= ? AND position <= ? {wanted}ORDER BY position LIMIT ?"
        return self._selected(statement, (first, _or(stop, _ALL), *topics, limit))

    def _selected(self, statement: str, params: Sequence[Any]) -> list[Notification]:
        with self.reading() as session:
            session.cursor.execute(statement, params)
            return [_notification(row) for row in session.cursor.fetchall()]


_ALL = 2**62
"""A number above all positions and versions."""


def _erased(cursor: sqlite3.Cursor) -> list[str]:
    """The persons of whom the log has that they are erased: only those have a stream of their own."""
    if cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'stored_events'").fetchone() is None:
        return []
    rows = cursor.execute(
        "SELECT originator_id FROM stored_events WHERE originator_id >= 'person/' AND originator_id < 'person0' "
        "AND topic LIKE 'PersonErased.%'"
    )
    return [row["originator_id"].removeprefix("person/") for row in rows]


def _recorded_at(state: bytes) -> datetime:
    return datetime.fromisoformat(from_json(state)["recorded_at"])


def _notification(row: sqlite3.Row) -> Notification:
    return Notification(
        id=row["position"],
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=row["state"],
    )


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


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
