"""Between our events and the rows of the log: readable UTF-8 JSON, by pydantic alone."""

from typing import Any

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent
from pydantic import ValidationError
from pydantic_core import from_json

from directives.model.errors import NewerStore, StoreUnusable
from directives.model.event import EVENTS, Event, RecordedEvent

IN_COLUMNS = {"position", "stream", "version", "name"}
"""The fields of a `RecordedEvent` that columns hold, and the stored JSON leaves out."""


class EventMapper(Mapper[str]):
    """Stores a `RecordedEvent` as JSON; what the columns hold (position, stream, version, topic) is not repeated."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> Notification:
        """The row of ``domain_event``, which must be a `RecordedEvent`."""
        assert isinstance(domain_event, RecordedEvent)
        return Notification(
            id=domain_event.position,
            originator_id=domain_event.stream,
            originator_version=domain_event.version,
            topic=domain_event.data.topic(),
            state=domain_event.model_dump_json(exclude=IN_COLUMNS).encode(),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> RecordedEvent:
        """The event of a row.

        Raises:
            NewerStore: an event that this version of the library does not know.
            StoreUnusable: what is stored is no event of that name and version.
        """
        assert isinstance(stored_event, Notification)
        event_class = EVENTS.get(stored_event.topic)
        if event_class is None:
            raise NewerStore(
                "event {topic} at {id} is unknown: use a newer version of directives",
                topic=stored_event.topic,
                id=stored_event.id,
            )
        try:
            return _read(stored_event, event_class)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            said = " ".join(str(error).split())[:120]
            raise StoreUnusable(
                "store: the event at position {id} cannot be read ({said}): restore it from a copy",
                id=stored_event.id,
                said=said,
            ) from error


def _read(stored: Notification, event_class: type[Event]) -> RecordedEvent:
    state: dict[str, Any] = from_json(stored.state)
    return RecordedEvent(
        position=stored.id,
        stream=str(stored.originator_id),
        version=stored.originator_version,
        name=event_class.NAME,
        data=event_class.model_validate(state.pop("data")).current(),
        **state,
    )
