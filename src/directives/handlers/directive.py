"""Directives: issued, assigned, amended, extended, rescheduled, reopened, withdrawn and reinstated."""

from collections.abc import Sequence
from datetime import date

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import distribution_of, kind_of, kind_that_records
from directives.domain.directive import decisions, taking_back
from directives.domain.directive.commands import (
    AmendDirective,
    AssignToLevel,
    AssignToUnits,
    ExtendDirective,
    IssueDirective,
    ReinstateDirective,
    ReopenLevel,
    RescheduleDirective,
    WithdrawDirective,
)
from directives.domain.directive.requirements import require_in_force, require_in_order, require_issued
from directives.domain.directive.state import DIRECTIVE, DirectiveState, owed, was_assigned
from directives.domain.directive.taking_back import Again
from directives.domain.errors import InvalidInput
from directives.domain.event import Event
from directives.domain.office import unit_of
from directives.domain.organisation.state import OrganisationState
from directives.domain.values import day_of
from directives.handlers.registry import handles
from directives.handlers.settlement import finish_directive, live_lineages, settle_assignment, settle_directive
from directives.handlers.unit_of_work import UnitOfWork
from directives.projections.units import UnitRow


@handles(IssueDirective)
def issue(command: IssueDirective, uow: UnitOfWork) -> None:
    """Issue a directive; one that was withdrawn is reinstated instead."""
    require_in_force(uow.models.states.of(DIRECTIVE, command.directive)[0])
    issue_again(command, uow)


def issue_again(command: IssueDirective, uow: UnitOfWork) -> None:
    """Issue a directive, with the parameters as its kind reads them; one that was issued so is left as it stands."""
    kind = kind_of(command.kind)
    parameters = kind.read_parameters(command.directive, command.parameters)
    state, version = uow.models.states.of(DIRECTIVE, command.directive)
    facts = decisions.issue(command, _as_today(state, kind), parameters, distribution_of(kind.name))
    uow.record(DIRECTIVE.stream(command.directive), version, facts)


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


@handles(AssignToLevel)
def assign(command: AssignToLevel, uow: UnitOfWork) -> None:
    """Assign a directive to a level in a scope; the level is completed at once where all had done their tasks."""
    models = uow.models
    state, version = models.states.directive(command.directive)
    if not was_assigned(state, command.level, command.scope, command.due):
        _require_below(models.states.organisation(), command.level, models.units.live(command.scope))
    require_issued(state, uow.occurred_at, uow.now, uow.models.zone)
    lineages = live_lineages(state, models) | {command.scope: models.units.unit(command.scope).lineage}
    facts = decisions.assign(command, state, lineages, _today(uow))
    uow.record(DIRECTIVE.stream(state.id), version, facts)
    if facts:
        assigned, _ = models.states.directive(state.id)
        settle_assignment(state.id, owed(assigned, command.level, lineages[command.scope]), uow, "")


@handles(AssignToUnits)
def assign_to_units(command: AssignToUnits, uow: UnitOfWork) -> None:
    """Assign a directive to a few units by name."""
    models = uow.models
    state, version = models.states.directive(command.directive)
    require_issued(state, uow.occurred_at, uow.now, uow.models.zone)
    levels = {code: models.units.live(code).level for code in command.units}
    lineages = live_lineages(state, models) | {code: models.units.unit(code).lineage for code in levels}
    facts = decisions.assign_to_units(command, state, levels, lineages, _today(uow))
    uow.record(DIRECTIVE.stream(state.id), version, facts)
    for code in levels if facts else ():
        assigned, _ = models.states.directive(state.id)
        settle_assignment(state.id, owed(assigned, levels[code], lineages[code]), uow, "")


def _require_below(organisation: OrganisationState, level: str, scope: UnitRow) -> None:
    codes = [each.code for each in organisation.levels]
    if codes.index(organisation.level(level).code) < codes.index(scope.level):
        raise InvalidInput(
            "scope: {code} is of the level {level}, and {asked} is above it: name a unit above",
            code=scope.code,
            level=scope.level,
            asked=level,
        )


@handles(AmendDirective)
def amend(command: AmendDirective, uow: UnitOfWork) -> None:
    """Amend the terms of a directive."""
    state, issuer = _to_change(command.directive, None, None, uow)
    parameters = kind_that_records(state).read_parameters(state.id, {**state.parameters, **command.parameters})
    _record(decisions.amend(command, state, issuer, parameters), state, uow)


@handles(ExtendDirective)
def extend(command: ExtendDirective, uow: UnitOfWork) -> None:
    """Extend a level in its scope, or all open ones."""
    state, issuer = _to_change(command.directive, command.level, command.scope, uow)
    _record(decisions.extend(command, state, issuer, _today(uow)), state, uow)


@handles(ReopenLevel)
def reopen(command: ReopenLevel, uow: UnitOfWork) -> None:
    """Reopen a completed level."""
    models = uow.models
    state, issuer = _to_change(command.directive, command.level, command.scope, uow)
    count = models.unit_counts.count(command.scope, command.level)
    tally = models.tallies.of(state.id, command.level, models.units.unit(command.scope))
    _record(decisions.reopen(command, state, issuer, count, tally), state, uow)


@handles(WithdrawDirective)
def withdraw(command: WithdrawDirective, uow: UnitOfWork) -> None:
    """Withdraw a directive, or a level of it."""
    state, issuer = _to_change(command.directive, command.level, command.scope, uow)
    _record(decisions.withdraw(command, state, issuer), state, uow)


@handles(ReinstateDirective)
def reinstate(command: ReinstateDirective, uow: UnitOfWork) -> None:
    """Reinstate a withdrawn directive, or a level of it; settled as after a move."""
    state, issuer = _to_change(command.directive, None, None, uow)
    lineages = live_lineages(state, uow.models)
    if command.scope is not None:
        scope = uow.models.units.unit(command.scope)
        lineages[scope.code] = () if scope.retired else scope.lineage
    zone = uow.models.zone
    events = uow.models.past(DIRECTIVE.stream(state.id))
    again = Again(events, issuer, lineages, uow.occurred_at, uow.now, day_of(uow.now, zone), zone)
    facts = taking_back.reinstate(command, state, again)
    uow.record(DIRECTIVE.stream(state.id), uow.models.states.directive(state.id)[1], facts)
    if facts:
        settle_directive(state.id, uow, command.reason)


@handles(RescheduleDirective)
def reschedule(command: RescheduleDirective, uow: UnitOfWork) -> None:
    """Set the due day of a level in its scope, or of all open ones, right."""
    state, issuer = _to_change(command.directive, command.level, command.scope, uow)
    today = day_of(uow.now, uow.models.zone)
    _record(taking_back.reschedule(command, state, issuer, today), state, uow)


def _to_change(
    directive: str, level: str | None, scope: str | None, uow: UnitOfWork
) -> tuple[DirectiveState, Sequence[str]]:
    """The directive that is to be changed, and the codes from the top unit down to the one that issued it.

    Raises:
        OutOfOrder: the change is dated before the issue, or before the last change of the same.
    """
    state, _ = uow.models.states.directive(directive)
    require_issued(state, uow.occurred_at, uow.now, uow.models.zone)
    issuer = uow.models.units.unit(unit_of(state.issued_by)).lineage
    require_in_order(state, level, scope, uow.occurred_at, uow.now, uow.models.zone)
    return state, issuer


def _record(facts: Sequence[Event], state: DirectiveState, uow: UnitOfWork) -> None:
    _, version = uow.models.states.directive(state.id)
    uow.record(DIRECTIVE.stream(state.id), version, facts)
    if facts:
        finish_directive(state.id, uow)


def _today(uow: UnitOfWork) -> date:
    return day_of(uow.occurred_at, uow.models.zone)
