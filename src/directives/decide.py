"""Which decision a command goes to: read the states that it needs, decide, record."""

from directives.model import units
from directives.model.command import Command
from directives.model.errors import InvalidInput
from directives.model.units import FoundOrganisation
from directives.store.tables import as_unit
from directives.store.unit_of_work import UnitOfWork


def decide(command: Command, work: UnitOfWork) -> None:
    """Carry ``command`` out inside ``work``."""
    match command:
        case FoundOrganisation():
            _found(command, work)
        case _:
            raise InvalidInput(f"command: {type(command).__name__} is none that a tracker carries out")


def _found(command: FoundOrganisation, work: UnitOfWork) -> None:
    state, version = work.tables.state(units.STREAM, units.OrganisationState())
    founded, joining = units.found(command, state, [as_unit(row) for row in work.tables.units_under("")])
    if founded is not None:
        work.record(units.STREAM, version, [founded])
    for unit in joining:
        work.record(f"unit/{unit.code}", 0, [unit])
