"""Personal data: what is known of a person is sealed under a key of that person's own before it is recorded.

A decision says what is to be recorded, `Unsealed`; the transaction seals it, so that no event, table or log ever holds
it in the clear. To erase is to destroy the key: what is recorded stays as it is, and nobody can read it any more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import ClassVar

from pydantic import Field

from directives.domain.aggregate import Aggregate
from directives.domain.command import Command
from directives.domain.errors import PersonForgotten
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_at_or_above
from directives.domain.personal import PersonId, Sealed, Unsealed, holding, values_in
from directives.domain.values import Line, Model, Text
from directives.i18n.message import Message


@cache
def may_hold_personal(event_class: type[Event]) -> bool:
    """Whether events of that class have a place for a personal value."""
    return bool(holding(event_class))


def personal_in(event: Event) -> dict[str, Sealed | Unsealed]:
    """The personal values that ``event`` holds, by their paths."""
    if not may_hold_personal(type(event)):
        return {}
    return {path: value for path, value in values_in(event) if isinstance(value, Sealed | Unsealed)}


def sealed_in(event: Event) -> dict[str, Sealed]:
    """Those that are sealed."""
    return {path: value for path, value in personal_in(event).items() if isinstance(value, Sealed)}


def told_of(event: Event, person: str) -> dict[str, tuple[str, Sealed]]:
    """The sealed values that ``event`` holds of a person, with their paths, by the names that people know them by.

    That is the name of the field, wherever it stands: ``phone`` for ``members.3.phone``. Where an event has two such
    of one person, it is where each stands too: ``home.phone``, or else the whole path.
    """
    own = {path: value for path, value in sealed_in(event).items() if value.person == person}
    names = {path: path.rpartition(".")[2] for path in own}
    for longer in (_without_numbers, str):
        often = Counter(names.values())
        names = {path: name if often[name] == 1 else longer(path) for path, name in names.items()}
    return {name: (path, own[path]) for path, name in names.items()}


def _without_numbers(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdecimal())


# Events. Names, versions and fields are the storage format.


class PersonErased(Event):
    """The person's data can no longer be decrypted: the key is destroyed; the record stays, sealed."""

    NAME: ClassVar[str] = "PersonErased"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} erased the personal data of {person}: {reason}",
        hi="{office} ने {person} का व्यक्तिगत डेटा मिटाया: {reason}",
    )
    person: PersonId
    reason: Line


# State.


class Kept(Model):
    """A sealed value, and the stream and the path to which it is bound; no path where it is the name of the field."""

    stream: str
    box: str
    path: str | None = Field(default=None, exclude_if=lambda path: path is None)


class PersonState(Model):
    """A person: the last sealed value of each field, and whether they were erased."""

    person: str = ""
    fields: dict[str, Kept] = Field(default_factory=dict)
    erased: bool = False


def _kept(event: RecordedEvent, person: str) -> dict[str, Kept]:
    """What ``event`` says of a person."""
    return {
        name: Kept(stream=event.stream, box=value.box, path=None if path == name else path)
        for name, (path, value) in told_of(event.data, person).items()
    }


def evolve(state: PersonState, event: RecordedEvent) -> PersonState:
    """The person after an event of their own stream."""
    if isinstance(event.data, PersonErased):
        return state.model_copy(update={"person": event.data.person, "erased": True})
    return state


def told(state: PersonState, person: str, event: RecordedEvent) -> PersonState:
    """The person after an event that names them."""
    return PersonState(person=person, fields=state.fields | _kept(event, person), erased=state.erased)


def without(state: PersonState, gone: RecordedEvent, standing: Iterable[RecordedEvent]) -> PersonState:
    """The person after ``gone`` was taken back: known by what stands of the same stream.

    What was sealed stays sealed, and readable to whoever has the key, till the person is erased.
    """
    fields = dict(state.fields)
    for name, kept in _kept(gone, state.person).items():
        if fields.get(name) != kept:
            continue
        del fields[name]
        for event in standing:
            other = _kept(event, state.person).get(name)
            if other is not None:
                fields[name] = other
    return state.model_copy(update={"fields": fields})


PERSON = Aggregate("person", PersonState.model_construct(), evolve)


# Commands and decisions.


class ErasePerson(Command):
    """Destroy the key under which what is known of a person is sealed."""

    NOUN: ClassVar[str] = "person"
    VERB: ClassVar[str] = "forget"
    person: PersonId
    reason: Line


def erase(command: ErasePerson, state: PersonState, lineage: Sequence[str]) -> tuple[Event, ...]:
    """Decide that a person is erased; nothing when they are.

    Args:
        lineage: the codes from the top unit down to the one that knows the person.

    Raises:
        NotEntitled: the office is neither of that unit nor above it.
    """
    require_at_or_above(command.office, lineage, Message("erase personal data"))
    return () if state.erased else (PersonErased(person=command.person, reason=command.reason),)


def require_remembered(state: PersonState) -> None:
    """A person who was erased is not recorded again under the same code.

    Raises:
        PersonForgotten: they were.
    """
    if state.erased:
        raise PersonForgotten("person: {person} was erased: give this one another code", person=state.person)
