"""Persons: who they are, as far as the keys of this store tell."""

from collections.abc import Iterator, Sequence
from typing import Literal

from directives.domain.person import PersonState, unit_of_person
from directives.domain.values import Model, Text
from directives.projections.read_models import ReadModels
from directives.store.keys import Keys, opened


class PersonView(Model):
    """A person whom a unit knows by a code.

    ``state`` is ``known``, ``erased``, or ``unreadable`` where the key is lost or a value was altered; only of a known
    one are name and telephone number there.
    """

    person: str
    unit: str
    unit_name: Text
    state: Literal["known", "erased", "unreadable"]
    name: str | None
    phone: str | None


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
            state="erased" if state.erased else "unreadable" if lost else "known",
            name=known.get("name"),
            phone=known.get("phone"),
        )


def fields_of(state: PersonState, key: bytes | None) -> dict[str, str | None]:
    """The values of a person under ``key``; None for one that it does not open."""
    return {name: opened(kept.box, key, state.person, kept.stream, name) for name, kept in state.fields.items()}
