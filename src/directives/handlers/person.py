"""Persons: erased by destroying their keys."""

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.domain.person import PERSON, ErasePerson, erase
from directives.domain.personal import unit_of_person
from directives.handlers.registry import handles
from directives.handlers.unit_of_work import UnitOfWork


def destroy_key(command: ErasePerson, uow: UnitOfWork) -> None:
    """Destroy the key of a person of whom the log has that they are erased.

    Raises:
        StoreUnusable: it cannot be destroyed now; what is recorded stands.
    """
    try:
        uow.keys.destroy([command.person])
    except (StoreUnusable, StoreBusy) as error:
        values = error.message.values
        raise StoreUnusable(
            "person: the erasure of {person} is recorded, but the key is not destroyed yet ({path}: "
            "{said}): fix that and run it again, or the next command that records something destroys "
            "it",
            person=command.person,
            path=values.get("path", "keys"),
            said=values.get("said", values.get("what", error.message)),
        ) from error


@handles(ErasePerson, after_commit=destroy_key)
def erase_person(command: ErasePerson, uow: UnitOfWork) -> None:
    """Record that a person is erased; the key is destroyed once that is committed."""
    state, version = uow.models.states.person(command.person)
    lineage = uow.models.units.unit(unit_of_person(command.person)).lineage
    uow.record(PERSON.stream(command.person), version, erase(command, state, lineage))
