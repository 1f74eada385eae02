"""The event store: eventsourcing's Application over our recorder and mapper."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import cast

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, Mapper, StoredEvent
from eventsourcing.utils import Environment, EnvType

from directives.domain.event import RecordedEvent
from directives.store.keys import Keys
from directives.store.mapper import EventMapper
from directives.store.newest import Sql, Wanted
from directives.store.recorder import Recorder
from directives.store.session import Session

PAGE = 1000
"""Events that are read together."""


class EventStore(Application[str]):
    """The event log of one store, by its recorder.

    Only ``env`` configures it: the library would lay the whole process environment underneath, and an embedder's
    ``COMPRESSOR_TOPIC`` would change the bytes that are stored here.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._of_ours = recorder
        super().__init__(env={"PERSISTENCE_MODULE": "eventsourcing.popo"})

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """``env``, and nothing of the process environment."""
        return Environment(name, env)

    def construct_mapper(self) -> Mapper[str]:
        """Our mapper."""
        return EventMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        """Our recorder."""
        return self._of_ours

    @property
    def event_log(self) -> Recorder:
        """Our recorder."""
        return self._of_ours

    @property
    def keys(self) -> Keys:
        """The keys of persons."""
        return self.event_log.keys

    def writing(self) -> AbstractContextManager[Session]:
        """A write transaction, see `Recorder.writing`."""
        return self.event_log.writing()

    def reading(self) -> AbstractContextManager[Session]:
        """A snapshot, see `Recorder.reading`."""
        return self.event_log.reading()

    def after(self, position: int, topics: Sequence[str] = ()) -> Iterator[RecordedEvent]:
        """The events that follow ``position``, in log order; all, or those of ``topics``."""
        while page := self.event_log.select_notifications(position, PAGE, topics=topics, inclusive_of_start=False):
            yield from map(self.event, page)
            position = page[-1].id

    def stream(self, session: Session, name: str) -> list[RecordedEvent]:
        """The events of one stream, in order."""
        return [*map(self.event, self.event_log.of_stream(session, name))]

    def between(self, session: Session, first: int, last: int) -> list[RecordedEvent]:
        """The events from position ``first`` to ``last``."""
        return [*map(self.event, self.event_log.between(session, first, last))]

    def of_streams(
        self, session: Session, streams: Sql, after: int, limit: int | None, topics: Sequence[str] = ()
    ) -> list[RecordedEvent]:
        """The events after a position of the streams that a query gives, in log order; all, or those of ``topics``."""
        return [*map(self.event, self.event_log.of_streams(session, streams, after, limit, topics))]

    def with_part(self, session: Session, topics: Sequence[str], part: bytes) -> list[RecordedEvent]:
        """The events of ``topics`` that are stored with ``part`` in them, in log order."""
        return [*map(self.event, self.event_log.with_part(session, topics, part))]

    def newest(self, session: Session, wanted: Wanted, limit: int | None) -> list[RecordedEvent]:
        """The newest of the events that are wanted, in log order."""
        return [*map(self.event, reversed(self.event_log.newest(session, wanted, limit)))]

    def all(self, session: Session) -> Iterator[RecordedEvent]:
        """All events, in log order."""
        return map(self.event, self.event_log.all(session))

    def event(self, stored: StoredEvent) -> RecordedEvent:
        """The event of a row of the log."""
        return cast(EventMapper, self.mapper).to_domain_event(stored)

    def close(self) -> None:
        """Close all connections."""
        self.event_log.close()
        super().close()
