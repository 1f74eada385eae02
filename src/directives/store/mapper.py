"""Between our events and the rows of the log: readable UTF-8 JSON, by pydantic alone."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from directives.domain.errors import NewerStore, StoreUnusable
from directives.domain.event import EVENTS, Event, Opaque, RecordedEvent, opaque
from directives.domain.task.state import is_task_stream
from directives.domain.values import Moment, utc_text

Row = tuple[int, str, int, str, bytes]
"""A row of the log: position, stream, version, topic, and the rest of a `RecordedEvent` as JSON."""


def row_of(event: RecordedEvent) -> Row:
    """The row of ``event``."""
    data = event.data
    envelope = _envelope(
        event.occurred_at,
        event.recorded_at,
        event.actor,
        event.office,
        event.source,
        event.command_id,
        event.on_behalf_of,
    )
    state = b'%b,"data":%b}' % (envelope, data.__pydantic_serializer__.to_json(data))
    return event.position, event.stream, event.version, data.topic(), state


@lru_cache(16)  # events of one command have one envelope
def _envelope(
    occurred_at: datetime,
    recorded_at: datetime,
    actor: str,
    office: str,
    source: str,
    command_id: str,
    on_behalf_of: str | None,
) -> bytes:
    texts = {"actor": actor, "office": office, "source": source, "command_id": command_id}
    if on_behalf_of is not None:
        texts["on_behalf_of"] = on_behalf_of
    return to_json({"occurred_at": utc_text(occurred_at), "recorded_at": utc_text(recorded_at), **texts})[:-1]


OCCURRED_AT = len(b'{"occurred_at":"') + 1
"""Where in the bytes of a row the moment begins at which the event happened, from 1."""
ACTOR_AT = len(b'{"occurred_at":"","recorded_at":"",') + 2 * len(utc_text(datetime.now(UTC))) + 1
"""The byte, from 1, at which the actor begins in each row: all moments have one length."""


def actor_bytes(actor: str) -> bytes:
    """What stands at `ACTOR_AT` in the rows of that actor."""
    return b'"actor":%b,' % to_json(actor)


def office_bytes(office: str) -> tuple[bytes, bytes]:
    """What comes after the actor in the rows of that office: how it begins in each row, and how it goes on.

    A text holds no quotation mark without a backslash before it, so that the first is nowhere in an actor.
    """
    return b'","office":', to_json(office) + b","


class EventMapper(Mapper[str]):
    """Stores a `RecordedEvent` as JSON; what the columns hold (position, stream, version, topic) is not repeated."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> Notification:
        """The row of ``domain_event``, which must be a `RecordedEvent`."""
        assert isinstance(domain_event, RecordedEvent)
        position, stream, version, topic, state = row_of(domain_event)
        return Notification(id=position, originator_id=stream, originator_version=version, topic=topic, state=state)

    def to_domain_event(self, stored_event: StoredEvent) -> RecordedEvent:
        """The event of a row.

        Raises:
            NewerStore: an event that this version of the library does not know.
            StoreUnusable: what is stored is no event of that name and version.
        """
        assert isinstance(stored_event, Notification)
        if not isinstance(cast(object, stored_event.topic), str):
            raise unreadable(stored_event.id, "it has no name")
        event_class = EVENTS.get(stored_event.topic) or _opaque(stored_event)
        if event_class is None:
            raise NewerStore(
                "event {topic} at {id} is unknown: use a newer version of directives",
                topic=stored_event.topic,
                id=stored_event.id,
            )
        try:
            return _read(stored_event, event_class)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise unreadable(stored_event.id, " ".join(str(error).split())[:120]) from error


def unreadable(position: int, said: str) -> StoreUnusable:
    """That what is stored at a position is no event."""
    return StoreUnusable(
        "store: the event at position {id} cannot be read ({said}): restore it from a backup", id=position, said=said
    )


def event_of(row: Row) -> RecordedEvent:
    """The event of a row of the log, wherever it was kept.

    Raises:
        StoreError: it is none that this version of the library knows.
    """
    position, stream, version, topic, state = row
    stored = Notification(id=position, originator_id=stream, originator_version=version, topic=topic, state=state)
    return EventMapper().to_domain_event(stored)


def _opaque(stored: Notification) -> type[Opaque] | None:
    """How an event of a task is read whose kind is not installed.

    Nor is it where its version of that event is missing. Not so one of this library: a newer version knows it.
    """
    found = opaque(stored.topic) if is_task_stream(str(stored.originator_id)) else None
    ours = {each.NAME for each in EVENTS.values() if each.is_ours()}
    return None if found is None or found.NAME in ours else found


def _read(stored: Notification, event_class: type[Event]) -> RecordedEvent:
    state: dict[str, Any] = from_json(stored.state)
    held = state.pop("data")
    data = event_class.model_validate({"content": held} if issubclass(event_class, Opaque) else held).upcast()
    occurred_at, recorded_at = _moment(state.pop("occurred_at")), _moment(state.pop("recorded_at"))
    if state.keys() - {_OPTIONAL} != _TEXTS or not all(isinstance(text, str) for text in state.values()):
        raise ValueError(f"its envelope has {', '.join(state)}, and not just texts for {', '.join(sorted(_TEXTS))}")
    return RecordedEvent.of_valid(
        {
            "position": stored.id,
            "stream": str(stored.originator_id),
            "version": stored.originator_version,
            "name": event_class.NAME,
            "occurred_at": occurred_at,
            "recorded_at": recorded_at,
            _OPTIONAL: None,
            **state,
            "data": data,
        }
    )


_TEXTS = {"actor", "office", "source", "command_id"}
_OPTIONAL = "on_behalf_of"
_MOMENT = TypeAdapter[datetime](Moment)


@lru_cache(1024)  # many events were recorded at one moment
def _moment(text: str) -> datetime:
    return _MOMENT.validate_python(text)
