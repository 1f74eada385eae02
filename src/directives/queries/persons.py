"""Persons: who they are, as far as the keys of this store tell."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic_core import to_json

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.errors import UnknownKind
from directives.domain.event import EVENTS, RecordedEvent, taken_back
from directives.domain.person import PersonState, may_hold_personal, told_of
from directives.domain.personal import kind_of_person, unit_of_person
from directives.domain.values import Model, Moment, Text, day_of
from directives.projections.read_models import ReadModels
from directives.store.event_store import EventStore
from directives.store.keys import Keys, opened


class PersonView(Model):
    """A person whom a unit knows by a code.

    ``state`` is ``known``, ``erased``, or ``unreadable`` where the key is lost or a value was altered; only of a known
    one are the values there. ``fields`` are all that were sealed, by their names; name and telephone number are among
    them.
    """

    person: str
    unit: str
    unit_name: Text
    kind: str
    state: Literal["known", "erased", "unreadable"]
    name: str | None
    phone: str | None
    fields: dict[str, str | None]


class ToldOfPerson(Model):
    """A value that an event told of a person; none where the key is gone or is not the one.

    Attributes:
        field: its name.
        position: the event that told it.
        event: the name of that event.
        stream: where that event stands: ``task/DIRECTIVE/UNIT``.
        day: the day on which it happened.
        recorded_at: when it was recorded.
        taken_back: whether that event was taken back: the value is still there.
    """

    field: str
    value: str | None
    position: int
    event: str
    stream: str
    day: date
    recorded_at: Moment
    taken_back: bool


class PersonExport(PersonView):
    """A person with all that was ever told of them, in the order in which it was recorded."""

    told: tuple[ToldOfPerson, ...]


def persons(models: ReadModels, keys: Keys, states: Sequence[PersonState]) -> Iterator[PersonView]:
    """What the store knows of persons, by their ``states``."""
    held = keys.of(state.person for state in states)
    for state in states:
        unit = unit_of_person(state.person)
        known = {} if state.erased else fields_of(state, held.get(state.person))
        lost = None in known.values()
        yield PersonView(
            person=state.person,
            unit=unit,
            unit_name=models.units.unit(unit).name,
            kind=kind_of_person(state.person),
            state="erased" if state.erased else "unreadable" if lost else "known",
            name=known.get("name"),
            phone=known.get("phone"),
            fields=known,
        )


def fields_of(state: PersonState, key: bytes | None) -> dict[str, str | None]:
    """The values of a person under ``key``; None for one that it does not open."""
    return {
        name: opened(kept.box, key, state.person, kept.stream, kept.path or name) for name, kept in state.fields.items()
    }


def export(models: ReadModels, store: EventStore, state: PersonState) -> PersonExport:
    """All that is known of a person, with the events that told it.

    Raises:
        UnknownKind: only a kind that is not installed can tell those.
    """
    kind = kind_of_person(state.person)
    if not kind_or_absent(kind).installed:
        raise UnknownKind(
            "person: only the kind {kind} can tell all about {person}, and it is not installed: install it",
            kind=kind,
            person=state.person,
        )
    (view,) = persons(models, store.keys, [state])
    key = None if state.erased else store.keys.of([state.person]).get(state.person)
    topics = [topic for topic, each in EVENTS.items() if may_hold_personal(each)]
    events = store.with_part(models.session, topics, b'"person":%b' % to_json(state.person))
    gone = {position for stream in {each.stream for each in events} for position in _gone(models, store, stream)}
    told = [each for event in events for each in _told(event, state.person, key, models.zone, gone)]
    return PersonExport(**dict(view), told=tuple(told))


def _gone(models: ReadModels, store: EventStore, stream: str) -> set[int]:
    return taken_back(store.stream(models.session, stream))


def _told(event: RecordedEvent, person: str, key: bytes | None, zone: str, gone: set[int]) -> Iterator[ToldOfPerson]:
    for name, (path, value) in told_of(event.data, person).items():
        yield ToldOfPerson(
            field=name,
            value=opened(value.box, key, person, event.stream, path),
            position=event.position,
            event=event.name,
            stream=event.stream,
            day=day_of(event.occurred_at, zone),
            recorded_at=event.recorded_at,
            taken_back=event.position in gone,
        )
