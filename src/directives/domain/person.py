"""Personal data: what is known of a person is sealed under a key of that person's own before it is recorded.

A decision says what is to be recorded, `Unsealed`; the transaction seals it, so that no event, table or log ever holds
it in the clear. To erase is to destroy the key: what is recorded stays as it is, and nobody can read it any more.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, SecretStr, StringConstraints, model_serializer
from pydantic.json_schema import SkipJsonSchema

from directives.domain.aggregate import Aggregate
from directives.domain.command import Command
from directives.domain.errors import PersonForgotten
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_at_or_above
from directives.domain.values import Line, Model, Text, fields_of_type, matching, nfc
from directives.i18n.message import HiddenValue, Message
from directives.i18n.notation import plain_digits, stays_on_line

_CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
PersonId = Annotated[str, matching(f"{_CODE}/{_CODE}", Message("UNIT/CODE, as directives person list shows it"), 130)]
"""A person: the unit that found them, and the unit's own code for them."""


def person_of(unit: str, code: str) -> str:
    """The id of the person that ``unit`` knows by ``code``."""
    return f"{unit}/{code}"


def unit_of_person(person: str) -> str:
    """The code of the unit that knows the person."""
    return person.partition("/")[0]


def _name(value: object) -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    text = nfc(value).strip() if isinstance(value, str) else ""
    if not 1 <= len(text) <= 200 or not all(map(stays_on_line, text)):
        raise HiddenValue("write a text of one line, at most 200 characters, without control characters")
    return text


def _phone(value: object) -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    digits = re.sub(r"[\s().-]", "", plain_digits(value)) if isinstance(value, str) else ""
    if not re.fullmatch(r"\+?[0-9]{6,15}", digits):
        raise HiddenValue("write 6 to 15 digits, with + before the country's")
    return digits


PersonName = Annotated[SecretStr, BeforeValidator(_name)]
"""The name of a person, which no text or log of a command shows."""
Phone = Annotated[SecretStr, BeforeValidator(_phone)]
"""A telephone number (ITU-T E.164: at most 15 digits), in the digits of any script."""


class Sealed(Model):
    """A personal value as it is recorded: nonce and ciphertext of an AEAD in Base64 (RFC 4648), bound to its place."""

    person: PersonId
    box: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+=*$")]


class Unsealed(Model):
    """A personal value that is to be recorded; as such it cannot be written anywhere."""

    person: PersonId
    text: SecretStr

    @model_serializer
    def _refuse(self) -> str:
        raise TypeError("a personal value is sealed before it is written")


Personal = Sealed | SkipJsonSchema[Unsealed]
"""A field of an event that holds a personal value."""


@cache
def may_hold_personal(event_class: type[Event]) -> bool:
    """Whether events of that class have a field for a personal value."""
    return bool(fields_of_type(event_class, Sealed))


def personal_in(event: Event) -> dict[str, Sealed | Unsealed]:
    """The personal values that ``event`` holds, by the names of their fields."""
    if not may_hold_personal(type(event)):
        return {}
    values = {name: getattr(event, name) for name in fields_of_type(type(event), Sealed)}
    return {name: value for name, value in values.items() if value is not None}


def sealed_in(event: Event) -> dict[str, Sealed]:
    """Those that are sealed."""
    return {name: value for name, value in personal_in(event).items() if isinstance(value, Sealed)}


# Events. Names, versions and fields are the storage format.


class PersonErased(Event):
    """What is known of the person can be read no more: the key is destroyed; what was recorded stays, sealed."""

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
    """A sealed value, and the stream to which it is bound."""

    stream: str
    box: str


class PersonState(Model):
    """A person: the last sealed value of each field, and whether they were erased."""

    person: str = ""
    fields: dict[str, Kept] = Field(default_factory=dict)
    erased: bool = False


def evolve(state: PersonState, event: RecordedEvent) -> PersonState:
    """The person after ``event``: one of their own stream, or one that names them."""
    if isinstance(event.data, PersonErased):
        return state.model_copy(update={"person": event.data.person, "erased": True})
    sealed = sealed_in(event.data)
    if not sealed:
        return state
    kept = {name: Kept(stream=event.stream, box=value.box) for name, value in sealed.items()}
    person = next(iter(sealed.values())).person
    return PersonState(person=person, fields=state.fields | kept, erased=state.erased)


def without(state: PersonState, gone: RecordedEvent, standing: Iterable[RecordedEvent]) -> PersonState:
    """The person after ``gone`` was taken back: known by what stands of the same stream.

    What was sealed stays sealed, and readable to whoever has the key, till the person is erased.
    """
    fields = dict(state.fields)
    for name, value in sealed_in(gone.data).items():
        if fields.get(name) != Kept(stream=gone.stream, box=value.box):
            continue
        del fields[name]
        for event in standing:
            other = sealed_in(event.data).get(name)
            if other is not None and other.person == state.person:
                fields[name] = Kept(stream=event.stream, box=other.box)
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
