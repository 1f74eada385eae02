"""eventsourcing's SQLite recorder with a log table of ours, immediate write transactions and errors of ours."""

import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.i18n.message import Message
from directives.store.keys import Keys
from directives.store.mapper import Row

_LOG = """CREATE TABLE IF NOT EXISTS stored_events (
    position INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"""
_SELECT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "


class Recorder(SQLiteApplicationRecorder):
    """The log, with the tables that are written in its transactions.

    The position is a declared key, so that SQLite never renumbers it. The ``keys`` that a transaction makes are durable
    before it commits.
    """

    keys: Keys

    def create(self, statements: Iterable[str]) -> None:
        """Create the log, and the tables beside it by ``statements``, in one transaction."""
        with self.writing() as cursor:
            for statement in (_LOG, *statements):
                cursor.execute(statement)

    @contextmanager
    def writing(self) -> Generator[sqlite3.Cursor]:
        """One immediate transaction: nobody else writes from here to the commit. Any error rolls it back."""
        with errors_of_ours(), self.datastore.get_connection(commit=True) as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            self.keys.begin()
            try:
                yield cursor
                self.keys.write()
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def reading(self) -> Generator[sqlite3.Cursor]:
        """One snapshot of the store."""
        with errors_of_ours(), self.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
            finally:
                connection.rollback()

    def append(self, cursor: sqlite3.Cursor, rows: Iterable[Row]) -> None:
        """Write ``rows`` of the log at the positions that they carry, inside the transaction of ``cursor``."""
        cursor.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", rows)

    def last_event(self, cursor: sqlite3.Cursor) -> tuple[int, str] | None:
        """The position of the newest event, and when it was recorded, inside the transaction of ``cursor``."""
        cursor.execute(
            "SELECT position, json_extract(CAST(state AS TEXT), '$.recorded_at') AS recorded_at "
            "FROM stored_events ORDER BY position DESC LIMIT 1"
        )
        row = cursor.fetchone()
        return None if row is None else (row["position"], row["recorded_at"])

    def between(self, cursor: sqlite3.Cursor, first: int, last: int) -> list[Notification]:
        """The events from position ``first`` to ``last``, inside the transaction of ``cursor``."""
        cursor.execute(_SELECT + "WHERE position BETWEEN ? AND ? ORDER BY position", (first, last))
        return [_notification(row) for row in cursor.fetchall()]

    def of_streams(
        self, cursor: sqlite3.Cursor, streams: str, values: Mapping[str, str], after: int, limit: int | None
    ) -> list[Notification]:
        """The events after a position of the streams that a query gives, in log order, inside a transaction."""
        cursor.execute(
            f"""WITH wanted (stream) AS ({streams})
            SELECT position, originator_id, originator_version, topic, state
            FROM wanted CROSS JOIN stored_events ON originator_id = stream
            WHERE position > :after ORDER BY position LIMIT :limit""",
            {**values, "after": after, "limit": _or(limit, -1)},
        )
        return [_notification(row) for row in cursor.fetchall()]

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
        params = (str(originator_id), gt or 0, _or(lte, 2**62), _or(limit, -1))
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
        return self._selected(statement, (first, _or(stop, 2**62), *topics, limit))

    def _selected(self, statement: str, params: Sequence[Any]) -> list[Notification]:
        with self.reading() as cursor:
            cursor.execute(statement, params)
            return [_notification(row) for row in cursor.fetchall()]


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
    sqlite3.SQLITE_READONLY: Message("it is read-only: let this user write to the file and to its folder"),
    sqlite3.SQLITE_IOERR: Message("the disk cannot be read or written: look at its space, its limits and its health"),
    sqlite3.SQLITE_CORRUPT: Message("the file is damaged: directives doctor tells more; restore it from a copy"),
}
"""What to do about SQLite's primary result codes (https://www.sqlite.org/rescode.html)."""


@contextmanager
def errors_of_ours() -> Generator[None]:
    """Turn the driver's and the library's errors into ours."""
    try:
        yield
    except (sqlite3.Error, EventSourcingError, TimeoutError) as error:
        said = str(error) or type(error).__name__
        if "locked" in said or "busy" in said or isinstance(error, TimeoutError):
            raise StoreBusy("store: another process has held it for too long: try again") from error
        way_out = _WAYS_OUT.get(_code(error))
        if way_out is None:
            raise StoreUnusable("store: cannot be used: {said}", said=said) from error
        raise StoreUnusable("store: {way_out} ({said})", way_out=way_out, said=said) from error


def _code(error: BaseException | None) -> int:
    """SQLite's primary result code, of the error or of the one that caused it; 0 where there is none."""
    while error is not None:
        if isinstance(error, sqlite3.Error) and hasattr(error, "sqlite_errorcode"):
            return error.sqlite_errorcode & 0xFF
        error = error.__cause__
    return 0
