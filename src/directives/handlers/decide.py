"""Which decision a command goes to: read the states that it needs, decide, record."""

from collections.abc import Iterable
from datetime import datetime

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import kind_of
from directives.domain import directive, meeting, orders, task
from directives.domain import organisation as units
from directives.domain import person as personal
from directives.domain.command import Command
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.errors import InvalidInput, UnitRetired, UnknownUnit
from directives.domain.event import Event, RecordedEvent
from directives.domain.meeting import MeetingState, RecordMeeting
from directives.domain.office import unit_of
from directives.domain.orders import (
    AmendDirective,
    AssignToLevel,
    AssignToUnits,
    ExtendDirective,
    IssueDirective,
    ReopenLevel,
    WithdrawDirective,
)
from directives.domain.organisation import (
    FoundOrganisation,
    Moved,
    MoveUnit,
    OrganisationState,
    Registered,
    RegisterUnits,
    RenameUnit,
    Retired,
    RetireUnit,
)
from directives.domain.person import ErasePerson, PersonState
from directives.domain.task import (
    AcknowledgeTask,
    ExtendTask,
    Order,
    ReassignTask,
    ReopenTask,
    ReturnTask,
    SubmitTask,
    TaskCommand,
    TaskState,
    VerifyTask,
    WaiveTask,
)
from directives.domain.values import day_of, start_of
from directives.handlers.unit_of_work import Transaction, UnitOfWork
from directives.projections.tables import Tables, UnitRow, as_unit


def decided(transaction: Transaction, command: Command, now: datetime) -> list[RecordedEvent]:
    """Carry ``command`` out in ``transaction``, and return the events that it caused."""
    work = UnitOfWork(transaction, command, now)
    decide(command, work)
    work.finish()
    return work.events


def decide(command: Command, work: UnitOfWork) -> None:
    """Carry ``command`` out inside ``work``."""
    if isinstance(command, FoundOrganisation):
        _found(command, work)
        return
    _require_office(command, work.tables)
    match command:
        case TaskCommand():
            _act(command, work)
        case RegisterUnits():
            _register(command, work)
        case RenameUnit() | MoveUnit() | RetireUnit():
            _change_unit(command, work)
        case RecordMeeting():
            _record(command, work)
        case IssueDirective():
            _issue(command, work)
        case AssignToLevel():
            _assign(command, work)
        case AssignToUnits():
            _assign_to_units(command, work)
        case ErasePerson():
            _erase(command, work)
        case WithdrawDirective() | ExtendDirective() | ReopenLevel() | AmendDirective():
            _change(command, work)
        case _:
            raise InvalidInput("command: {name} is none that a tracker carries out", name=type(command).__name__)


def _require_office(command: Command, tables: Tables) -> None:
    code = unit_of(command.office)
    try:
        unit = tables.unit(code)
    except UnknownUnit:
        raise UnknownUnit(
            "office: {office} is at {code}, which is no unit: name role@UNIT", office=command.office, code=code
        ) from None
    if unit.retired:
        raise UnitRetired(
            "office: {office} is at {code}, which was retired: another office must act",
            office=command.office,
            code=code,
        )


def _found(command: FoundOrganisation, work: UnitOfWork) -> None:
    state, version = work.tables.state(units.STREAM, units.OrganisationState())
    tables = work.tables
    rows = tables.units_of(unit.code for unit in command.units) if command.more_follow else tables.units_under("")
    founded, joining = units.found(command, state, [as_unit(row) for row in rows])
    if founded is not None:
        work.record(units.STREAM, version, [founded])
    _join(joining, work)


def _join(joining: Iterable[Registered], work: UnitOfWork) -> None:
    for unit in joining:
        work.record(units.stream(unit.code), 0, [unit])


def _register(command: RegisterUnits, work: UnitOfWork) -> None:
    tables = work.tables
    named = {code for unit in command.units for code in (unit.code, unit.parent) if code is not None}
    rows = {row.code: row for row in tables.units_of({*named, tables.top().code})}
    parents = {row.parent for row in rows.values() if row.parent is not None}
    rows |= {row.code: row for row in tables.units_of(parents)}
    if command.retire_missing:
        rows |= {row.code: row for row in tables.units_under("")}
    retired = {code for code, row in rows.items() if row.retired}
    standing = {code: as_unit(row) for code, row in rows.items() if code not in retired}
    lineages = {code: row.lineage for code, row in rows.items()}
    changes = units.register(command, tables.organisation(), standing, lineages, retired)
    for code, fact in changes:
        work.record(units.stream(code), 0 if isinstance(fact, Registered) else tables.unit(code).version, [fact])
    if any(isinstance(fact, Moved | Retired) for _, fact in changes):
        _settle_all(work, command.reason)


def _change_unit(command: RenameUnit | MoveUnit | RetireUnit, work: UnitOfWork) -> None:
    tables = work.tables
    row = tables.live_unit(command.code)
    unit, stream = as_unit(row), units.stream(row.code)
    units.require_joined(row.code, row.joined, day_of(work.occurred_at, tables.organisation().zone))
    match command:
        case RenameUnit():
            work.record(stream, row.version, units.rename(command, unit, row.lineage))
            return
        case MoveUnit():
            parent = tables.live_unit(command.parent)
            lineages = {row.code: row.lineage, parent.code: parent.lineage}
            facts = units.move(command, tables.organisation(), unit, as_unit(parent), lineages)
        case RetireUnit():
            facts = units.retire(command, unit, row.lineage, tables.below(row))
    work.record(stream, row.version, facts)
    if facts:
        _settle_all(work, command.reason)


def _settle_all(work: UnitOfWork, reason: str) -> None:
    """After units moved or retired: fold scopes that lie under others now, complete and reopen levels as they stand."""
    tables = work.tables
    for each in tables.directives():
        if each.withdrawn or not each.assignments:
            continue
        stream = directive.stream(each.id)
        lineages = _live_lineages(each, tables)
        at = directive.moment_of_issue(each)
        work.record(stream, tables.directive(each.id)[1], directive.fold(each, lineages, reason), not_before=at)
        for assignment in tables.directive(each.id)[0].assignments:
            _settle(each.id, assignment, work, reason)
        _finish(each.id, work)


def _live_lineages(state: DirectiveState, tables: Tables) -> dict[str, tuple[str, ...]]:
    """The codes from the top unit down to each scope of the directive; none of one that was retired."""
    rows = tables.units_of({each.scope for each in state.assignments})
    return {row.code: () if row.retired else row.lineage for row in rows}


def _record(command: RecordMeeting, work: UnitOfWork) -> None:
    """The meeting, its directives, and who owes them; dated, unless told otherwise, the day that it was held."""
    minutes, zone = command.minutes, work.tables.organisation().zone
    if command.occurred_at is None:
        work.occurred_at = min(meeting.moment_of(minutes, zone), work.now)
    stream = meeting.stream(minutes.id)
    state, version = work.tables.state(stream, MeetingState())
    work.record(stream, version, meeting.record(command, state, day_of(work.now, zone)))
    top = work.tables.unit(unit_of(command.office)).lineage[0]
    for order in meeting.orders(command, work.occurred_at, top):
        if isinstance(order, IssueDirective):
            _issue(order, work)
        elif not directive.has_ended(work.tables.directive(order.directive)[0], order.level, order.scope):
            _assign(order, work)


def _issue(command: IssueDirective, work: UnitOfWork) -> None:
    kind = kind_of(command.kind)
    parameters = kind.read_parameters(command.directive, command.parameters)
    stream = directive.stream(command.directive)
    state, version = work.tables.state(stream, DirectiveState())
    work.record(stream, version, orders.issue(command, _as_today(state, kind), parameters))


def _as_today(state: DirectiveState, kind: Kind) -> DirectiveState:
    """A directive with the parameters that its kind had not yet when it was issued, by their defaults."""
    if state.kind != kind.name:
        return state
    superseded = [
        each.model_copy(update={"parameters": kind.read_parameters(state.id, each.parameters)})
        for each in state.superseded
    ]
    parameters = kind.read_parameters(state.id, state.parameters)
    return state.model_copy(update={"parameters": parameters, "superseded": tuple(superseded)})


def _assign(command: AssignToLevel, work: UnitOfWork) -> None:
    tables = work.tables
    state, version = tables.directive(command.directive)
    organisation = tables.organisation()
    if not directive.was_ordered(state, command.level, command.scope, command.due):
        _require_below(organisation, command.level, tables.live_unit(command.scope))
    directive.require_issued(state, work.occurred_at)
    lineages = _live_lineages(state, tables) | {command.scope: tables.unit(command.scope).lineage}
    today = day_of(work.occurred_at, organisation.zone)
    facts = orders.assign(command, state, lineages, today)
    work.record(directive.stream(state.id), version, facts)
    if facts:
        assigned, _ = tables.directive(state.id)
        _settle(state.id, directive.owed(assigned, command.level, lineages[command.scope]), work, "")


def _assign_to_units(command: AssignToUnits, work: UnitOfWork) -> None:
    tables = work.tables
    state, version = tables.directive(command.directive)
    directive.require_issued(state, work.occurred_at)
    levels = {code: tables.live_unit(code).level for code in command.units}
    lineages = _live_lineages(state, tables) | {code: tables.unit(code).lineage for code in levels}
    today = day_of(work.occurred_at, tables.organisation().zone)
    facts = orders.assign_to_units(command, state, levels, lineages, today)
    work.record(directive.stream(state.id), version, facts)
    for code in levels if facts else ():
        assigned, _ = tables.directive(state.id)
        _settle(state.id, directive.owed(assigned, levels[code], lineages[code]), work, "")


def _require_below(organisation: OrganisationState, level: str, scope: UnitRow) -> None:
    codes = [each.code for each in organisation.levels]
    if codes.index(organisation.level(level).code) < codes.index(scope.level):
        raise InvalidInput(
            "scope: {code} is of the level {level}, and {asked} lies above: name a unit above",
            code=scope.code,
            level=scope.level,
            asked=level,
        )


def _change(command: WithdrawDirective | ExtendDirective | ReopenLevel | AmendDirective, work: UnitOfWork) -> None:
    """What an office of the unit that issued a directive, or above, does about it."""
    tables = work.tables
    state, version = tables.directive(command.directive)
    directive.require_issued(state, work.occurred_at)
    issuer = tables.unit(unit_of(state.issued_by)).lineage
    directive.require_in_order(
        state, getattr(command, "level", None), getattr(command, "scope", None), work.occurred_at
    )
    match command:
        case WithdrawDirective():
            facts = orders.withdraw(command, state, issuer)
        case ExtendDirective():
            facts = orders.extend(command, state, issuer, day_of(work.occurred_at, tables.organisation().zone))
        case ReopenLevel(level=level, scope=scope):
            count, tally = tables.count(scope, level), tables.tally(state.id, level, scope)
            facts = orders.reopen(command, state, issuer, count, tally)
        case AmendDirective():
            asked = {**state.parameters, **command.parameters}
            parameters = kind_of(state.kind).read_parameters(state.id, asked)
            facts = orders.amend(command, state, issuer, parameters)
    work.record(directive.stream(state.id), version, facts)
    if facts:
        _finish(state.id, work)


def _act(command: TaskCommand, work: UnitOfWork) -> None:
    tables = work.tables
    directive_id, code = task.split(command.task)
    state, _ = tables.directive(directive_id)
    kind_of(state.kind)  # one that is not installed is refused before anything is recorded
    order = order_of(tables, state, code)
    directive.require_standing(state)
    stream = task.stream(directive_id, code)
    standing, version = tables.state(stream, task.NO_TASK)
    facts = _task_facts(command, state, standing, order, work)
    _require_remembered(facts, tables)
    work.record(stream, version, facts)
    if tables.state(stream, standing)[0].closed != standing.closed:
        _settle(state.id, directive.owed(state, order.level, order.lineage), work, getattr(command, "reason", ""))


def _require_remembered(facts: Iterable[Event], tables: Tables) -> None:
    for fact in facts:
        for value in personal.personal_in(fact).values():
            personal.require_remembered(tables.state(personal.stream(value.person), PersonState())[0])


def _erase(command: ErasePerson, work: UnitOfWork) -> None:
    state, version = work.tables.person(command.person)
    lineage = work.tables.unit(personal.unit_of_person(command.person)).lineage
    work.record(personal.stream(command.person), version, personal.erase(command, state, lineage))


def _task_facts(
    command: TaskCommand, state: DirectiveState, standing: TaskState, order: Order, work: UnitOfWork
) -> tuple[Event, ...]:
    match command:
        case AcknowledgeTask():
            return task.acknowledge(command, standing, order, work.occurred_at)
        case SubmitTask():
            return kind_of(state.kind).submission(command, standing, order, work.occurred_at)
        case ReturnTask():
            return task.give_back(command, standing, order, work.occurred_at)
        case VerifyTask():
            return task.verify(command, standing, order, work.occurred_at)
        case WaiveTask():
            return task.waive(command, standing, order, work.occurred_at)
        case ExtendTask():
            return task.extend(command, standing, order, work.occurred_at)
        case ReassignTask():
            assignee = work.tables.live_unit(command.unit).lineage
            return task.reassign(command, standing, order, work.occurred_at, assignee)
        case ReopenTask():
            return task.reopen(command, standing, order, work.occurred_at)
        case _:
            directive.require_open(state)
            return kind_of(state.kind).work(command, standing, order, work.occurred_at)


def order_of(tables: Tables, state: DirectiveState, code: str) -> Order:
    """What the directive asks of the unit of that code.

    Raises:
        UnknownUnit: there is no such unit.
        UnknownTask: the unit owes it nothing.
    """
    unit, zone = tables.unit(code), tables.organisation().zone
    assignment, standing = tables.owed(state, unit), tables.state(task.stream(state.id, code), task.NO_TASK)[0]
    issued = directive.moment_of_issue(state)
    owed_from = max(issued, assignment.ordered_at or issued)
    if unit.place > assignment.position:
        owed_from = max(owed_from, start_of(unit.joined, zone))
    return Order(
        task=f"{state.id}/{code}",
        lineage=unit.lineage,
        assignee=standing.assignee or code,
        level=unit.level,
        due=directive.due_of(state, assignment, unit.place, unit.joined, standing.due),
        owed_from=owed_from,
        zone=zone,
        parameters=state.terms_of(standing.revision),
    )


def _settle(directive_id: str, assignment: Assignment, work: UnitOfWork, reason: str) -> None:
    """Complete the level, or reopen it for ``reason``, as its tasks stand."""
    state, version = work.tables.directive(directive_id)
    if (assignment.expected is None) == (work.tables.still_open(state, assignment) > 0):
        return
    work.tables.flush()
    tally = work.tables.tally(directive_id, assignment.level, assignment.scope)
    count = work.tables.count(assignment.scope, assignment.level)
    facts = directive.settle(assignment, count, tally, reason)
    work.record(directive.stream(directive_id), version, facts, not_before=directive.moment_of_issue(state))
    if facts:
        _finish(directive_id, work)


def _finish(directive_id: str, work: UnitOfWork) -> None:
    """Complete the directive, when each of its levels is."""
    state, version = work.tables.directive(directive_id)
    facts = directive.finish(state)
    work.record(directive.stream(directive_id), version, facts, not_before=directive.moment_of_issue(state))
