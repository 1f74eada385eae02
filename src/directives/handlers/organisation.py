"""The organisation: set up, brought up to date with a list, and changed unit by unit; retired units are restored."""

from collections.abc import Iterable

from directives.directive_kinds.registry import kind_or_absent, kind_that_records
from directives.domain.errors import InvalidOrganisation, UnitRetired
from directives.domain.event import standing
from directives.domain.organisation import decisions
from directives.domain.organisation.commands import (
    FoundOrganisation,
    MoveUnit,
    RegisterUnits,
    RenameUnit,
    RestoreUnit,
    RetireUnit,
)
from directives.domain.organisation.decisions import Gone, Present
from directives.domain.organisation.events import Moved, Registered, Restored, Retired
from directives.domain.organisation.state import ORGANISATION, UNIT
from directives.domain.task.state import TASK
from directives.domain.values import day_of
from directives.handlers.registry import handles
from directives.handlers.settlement import reinstate_levels, settle_all
from directives.handlers.unit_of_work import UnitOfWork
from directives.projections.units import UnitRow


@handles(FoundOrganisation, needs_office=False)
def set_up(command: FoundOrganisation, uow: UnitOfWork) -> None:
    """Set the organisation up; its offices act from then on."""
    units = uow.models.units
    state, version = uow.models.states.of(ORGANISATION)
    known = {row.code for row in units.of_codes(unit.code for unit in command.units)}
    founded, joining = decisions.set_up(command, state, units.top().code if state.levels else None, known)
    if founded is not None:
        uow.record(ORGANISATION.stream(), version, [founded])
    _join(joining, uow)


def _join(joining: Iterable[Registered], uow: UnitOfWork) -> None:
    for unit in joining:
        uow.record(UNIT.stream(unit.code), 0, [unit])


@handles(RegisterUnits)
def register(command: RegisterUnits, uow: UnitOfWork) -> None:
    """Bring the organisation up to date with a list of units."""
    units = uow.models.units
    named = {code for unit in command.units for code in (unit.code, unit.parent) if code is not None}
    rows = {row.code: row for row in units.of_codes({*named, units.top().code})}
    parents = {row.parent for row in rows.values() if row.parent is not None}
    rows |= {row.code: row for row in units.of_codes(parents)}
    if command.retire_missing:
        rows |= {row.code: row for row in units.under("")}
    retired = {code: _gone(row, uow) for code, row in rows.items() if row.retired}
    registered = {code: row.unit for code, row in rows.items() if code not in retired}
    lineages = {code: row.lineage for code, row in rows.items()}
    organisation = uow.models.states.organisation()
    changes = decisions.register(command, organisation, registered, lineages, retired, _present(uow))
    _require_kinds((code for code, fact in changes if isinstance(fact, Restored)), uow)
    for code, fact in changes:
        uow.record(UNIT.stream(code), 0 if isinstance(fact, Registered) else units.unit(code).version, [fact])
    for code in (code for code, fact in changes if isinstance(fact, Restored)):
        reinstate_levels(uow, code, retired[code].retirement, command.reason)
    if any(isinstance(fact, Moved | Retired | Restored) for _, fact in changes):
        settle_all(uow, command.reason)


def _require_kinds(restored: Iterable[str], uow: UnitOfWork) -> None:
    """Refuse to restore units about whose tasks something is on record that only a kind can count which is not there.

    Raises:
        UnknownKind: there is such work.
    """
    directives = [each for each in uow.models.states.directives() if not kind_or_absent(each.kind).installed]
    for code in restored if directives else ():
        for directive in directives:
            if uow.models.tasks.of(TASK.stream(directive.id, code))[1]:
                kind_that_records(directive)


def _gone(row: UnitRow, uow: UnitOfWork) -> Gone:
    """A unit that was retired, with the event by which it was."""
    events = standing(uow.models.past(UNIT.stream(row.code)))
    return Gone(row.unit, next(event for event in reversed(events) if isinstance(event.data, Retired)))


def _present(uow: UnitOfWork) -> Present:
    return Present(uow.occurred_at, uow.now, uow.models.zone)


@handles(RenameUnit)
def rename(command: RenameUnit, uow: UnitOfWork) -> None:
    """Rename a unit."""
    row = _unit_to_change(command.code, uow)
    uow.record(UNIT.stream(row.code), row.version, decisions.rename(command, row.unit, row.lineage))


@handles(MoveUnit)
def move(command: MoveUnit, uow: UnitOfWork) -> None:
    """Move a unit, with all below it, under another one; tasks and totals follow."""
    row, parent = _unit_to_change(command.code, uow), uow.models.units.live(command.parent)
    lineages = {row.code: row.lineage, parent.code: parent.lineage}
    facts = decisions.move(command, uow.models.states.organisation(), row.unit, parent.unit, lineages)
    uow.record(UNIT.stream(row.code), row.version, facts)
    if facts:
        settle_all(uow, command.reason)


@handles(RetireUnit)
def retire(command: RetireUnit, uow: UnitOfWork) -> None:
    """Retire a unit that has none below it."""
    row = _unit_to_change(command.code, uow)
    facts = decisions.retire(command, row.unit, row.lineage, uow.models.unit_counts.below(row.code))
    uow.record(UNIT.stream(row.code), row.version, facts)
    settle_all(uow, command.reason)


@handles(RestoreUnit)
def restore(command: RestoreUnit, uow: UnitOfWork) -> None:
    """Restore a retired unit; what was withdrawn with it is owed again."""
    units = uow.models.units
    row = units.unit(command.code)
    if not row.retired:
        return
    parent = _parent_of(row, command.parent, uow)
    gone = _gone(row, uow)
    lineages = {row.code: row.lineage, parent.code: parent.lineage}
    organisation = uow.models.states.organisation()
    facts = decisions.restore(command, organisation, gone, parent.unit, lineages, _present(uow))
    _require_kinds([row.code], uow)
    uow.record(UNIT.stream(row.code), row.version, facts)
    reinstate_levels(uow, row.code, gone.retirement, command.reason)
    settle_all(uow, command.reason)


def _parent_of(row: UnitRow, named: str | None, uow: UnitOfWork) -> UnitRow:
    """The live unit under which one is restored: that which is named, or its parent of before.

    Raises:
        UnitRetired: it is no more.
    """
    code = named or row.parent
    assert code is not None, "the top unit is never retired"
    parent = uow.models.units.unit(code)
    if parent.code == row.code:
        raise InvalidOrganisation("parent: {code} cannot report to itself: name another unit", code=row.code)
    if parent.retired:
        raise UnitRetired(
            "parent: {parent}, to which {code} reports, was retired: restore that first, or name another with --parent",
            parent=parent.code,
            code=row.code,
        )
    return parent


def _unit_to_change(code: str, uow: UnitOfWork) -> UnitRow:
    """The live unit of that code, which had joined by then."""
    row, zone = uow.models.units.live(code), uow.models.zone
    decisions.require_joined(row.code, row.joined, day_of(uow.occurred_at, zone), day_of(uow.now, zone))
    return row
