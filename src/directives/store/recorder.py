"""The log of events: what is asked of it, and the transactions in which it and the tables beside it are written."""

import os
from abc import abstractmethod
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription
from pydantic_core import from_json

from directives.domain.errors import StoreUnusable
from directives.i18n.message import tripped_over
from directives.store.dialect import as_list
from directives.store.keys import Keys
from directives.store.mapper import Row, unreadable
from directives.store.newest import Sql, Wanted, newest
from directives.store.session import Session
from directives.store.table import STORED_EVENTS

_SELECT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "


class LastEvent(NamedTuple):
    """The position of the newest event, and when it was recorded."""

    position: int
    recorded_at: datetime


class Recorder(ApplicationRecorder):
    """The log, and the transactions in which the tables beside it are written.

    The ``keys`` that a transaction makes are durable before it commits. ``changed`` tells whether any of those
    that were committed changed anything.
    """

    keys: Keys
    changed = False
    process = 0

    @abstractmethod
    def writing(self) -> AbstractContextManager[Session]:
        """One transaction in which nobody else writes, from here to the commit. Any error rolls it back."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Session]:
        """One snapshot of the store."""

    @abstractmethod
    def close(self) -> None:
        """Close all connections."""

    @abstractmethod
    def vacuum(self) -> None:
        """Write the store anew from what is in its tables."""

    @property
    @abstractmethod
    def may_write(self) -> bool:
        """Whether this user may write to the store."""

    @abstractmethod
    def require_writable(self) -> None:
        """Look whether this user may write.

        Raises:
            StoreUnusable: they may only read.
        """

    @property
    def opened_here(self) -> bool:
        """Whether this process opened the store, and not one that it was forked from."""
        return os.getpid() == self.process

    def require_own_process(self) -> None:
        """Raises `StoreUnusable` where another process opened the store."""
        if not self.opened_here:
            raise StoreUnusable("store: it was opened by another process: open it again in this one")

    def append(self, session: Session, rows: Iterable[Row]) -> None:
        """Write ``rows`` of the log at the positions that they carry."""
        session.insert(STORED_EVENTS, rows)

    def count(self, session: Session) -> int:
        """How many events there are."""
        return session.cursor.execute("SELECT count(*) FROM stored_events").fetchone()[0]

    def last_position(self, session: Session) -> int:
        """The position of the newest event; 0 where there is none."""
        return session.cursor.execute("SELECT max(position) FROM stored_events").fetchone()[0] or 0

    def erased(self, session: Session) -> list[str]:
        """The persons of whom the log has that they are erased."""
        return erased(session)

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
        for position, stream, version, topic, state in session.streamed(_SELECT + "ORDER BY position"):
            yield Notification(id=position, originator_id=stream, originator_version=version, topic=topic, state=state)

    def of_stream(self, session: Session, stream: str) -> list[Notification]:
        """The events of one stream, in order."""
        session.cursor.execute(_SELECT + "WHERE originator_id = ? ORDER BY originator_version", (stream,))
        return [_notification(row) for row in session.cursor.fetchall()]

    def of_streams(
        self, session: Session, streams: Sql, after: int, limit: int | None, topics: Sequence[str] = ()
    ) -> list[Notification]:
        """The events after a position of the streams that a query gives, in log order; all, or those of ``topics``."""
        of_topics = f"AND topic IN (SELECT value FROM {session.dialect.listed('topics')})" if topics else ""
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
            f"""{_SELECT} WHERE topic IN (SELECT value FROM {session.dialect.listed("topics")})
            AND {session.dialect.place_of(":part", "state")} > 0
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

    def max_notification_id(self) -> int | None:
        """The position of the newest event; None where there is none."""
        with self.reading() as session:
            return self.last_position(session) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Events are followed by their positions, see `directives.Tracker.events`."""
        raise NotImplementedError("events are followed by their positions: see docs/how-to/follow-events.md")


_ALL = 2**62
"""A number above all positions and versions."""


@contextmanager
def misfits_told() -> Generator[None]:
    """Tell of rows of the read models that do not fit together."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise StoreUnusable(
            "store: the read models do not fit together ({said}): run directives doctor; if "
            "it finds nothing, this is an internal error",
            said=tripped_over(error),
        ) from error


def erased(session: Session) -> list[str]:
    """The persons of whom the log has that they are erased: only those have a stream of their own."""
    rows = session.cursor.execute(
        "SELECT originator_id FROM stored_events WHERE originator_id >= 'person/' AND originator_id < 'person0' "
        "AND topic LIKE 'PersonErased.%'"
    )
    return [row["originator_id"].removeprefix("person/") for row in rows]


def _recorded_at(state: bytes) -> datetime:
    return datetime.fromisoformat(from_json(state)["recorded_at"])


def _notification(row: Any) -> Notification:
    return Notification(
        id=row["position"],
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=row["state"],
    )


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
