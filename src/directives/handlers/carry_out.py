"""The way of a command through its transaction."""

from datetime import datetime

from directives.domain.command import Command
from directives.domain.errors import UnitRetired, UnknownUnit
from directives.domain.event import RecordedEvent
from directives.domain.office import unit_of
from directives.handlers.registry import Handle, handler_of
from directives.handlers.unit_of_work import Transaction, UnitOfWork
from directives.projections.units import Units


def carry_out(transaction: Transaction, command: Command, now: datetime) -> list[RecordedEvent]:
    """Carry ``command`` out in ``transaction``, and return the events that it causes.

    1. The handler of its class is found.
    2. The office that acts must be at a unit of the organisation that is not retired.
    3. The handler reads the states, decides, and records the facts; the read models take them in.
    4. The command is remembered with its events, and what is to follow the commit is noted.

    Raises:
        DirectivesError: whatever the decision says.
    """
    handler = handler_of(type(command))
    uow = UnitOfWork(transaction, command, now)
    if handler.needs_office:
        _require_office(command, uow.models.units)
    handler.handle(command, uow)
    transaction.remember(command, uow.events)
    if handler.after_commit is not None:
        _note(handler.after_commit, command, uow)
    return uow.events


def was_carried_out(transaction: Transaction, command: Command, now: datetime, former: Command | None = None) -> bool:
    """Whether ``command`` was carried out before; what is to follow its commit is then noted again.

    Args:
        former: the same command under the id that an earlier version gave it, if there is one.

    Raises:
        CommandIdReused: its id was used for another command.
    """
    if not transaction.repeats(command, former):
        return False
    after_commit = handler_of(type(command)).after_commit
    if after_commit is not None:
        _note(after_commit, command, UnitOfWork(transaction, command, now))
    return True


def _note(after_commit: Handle, command: Command, uow: UnitOfWork) -> None:
    uow.after_commit(lambda: after_commit(command, uow))


def _require_office(command: Command, units: Units) -> None:
    code = unit_of(command.office)
    try:
        unit = units.unit(code)
    except UnknownUnit:
        raise UnknownUnit(
            "office: {office} is at {code}, which is not a unit: name role@UNIT",
            reason="unknown-unit",
            office=command.office,
            code=code,
        ) from None
    if unit.retired:
        raise UnitRetired(
            "office: {office} is at {code}, which was retired: another office must act",
            office=command.office,
            code=code,
        )
