"""What follows from how tasks stand: levels and directives are completed, or open again."""

from datetime import datetime

from directives.domain.directive.completion import absorb, finish, settle
from directives.domain.directive.events import LevelCompleted, LevelReinstated
from directives.domain.directive.state import DIRECTIVE, Assignment, DirectiveState, moment_of_issue
from directives.domain.directive.taking_back import withdrawals
from directives.domain.event import RecordedEvent
from directives.domain.task.judgement import judged
from directives.domain.task.state import TASK
from directives.handlers.unit_of_work import UnitOfWork
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow


def settle_assignment(directive_id: str, assignment: Assignment, uow: UnitOfWork, reason: str) -> None:
    """Complete the level, or reopen it for ``reason``, as its tasks stand; and the directive with it."""
    models = uow.models
    scope = models.units.unit(assignment.scope)
    tally = models.tallies.of(directive_id, assignment.level, scope)
    count = models.unit_counts.count(scope.code, assignment.level)
    if assignment.expected is None and tally.total() < count:
        return  # some unit has not even begun
    facts = settle(assignment, count, judged(tally, assignment.due), reason)
    if not facts:
        return
    state, version = models.states.directive(directive_id)
    completes = any(isinstance(fact, LevelCompleted) for fact in facts)
    rests_on = _last_answer(directive_id, assignment, scope, models) if completes else None
    issued = moment_of_issue(state)
    uow.record(DIRECTIVE.stream(directive_id), version, facts, not_before=max(issued, rests_on or issued))
    finish_directive(directive_id, uow)


def _last_answer(directive: str, assignment: Assignment, scope: UnitRow, models: ReadModels) -> datetime | None:
    """When the last of the answers was given by which a level is completed: no earlier day may show it completed."""
    if scope.level == assignment.level:
        return models.tasks.of(TASK.stream(directive, scope.code))[0].answered_at
    models.flush()
    return models.tasks.last_answer(directive, assignment.level, scope)


def finish_directive(directive_id: str, uow: UnitOfWork) -> None:
    """Complete the directive, when each of its levels is."""
    state, version = uow.models.states.directive(directive_id)
    facts, issued = finish(state), moment_of_issue(state)
    not_before = max([issued, *(each.changed_at or issued for each in state.assignments)]) if facts else None
    uow.record(DIRECTIVE.stream(directive_id), version, facts, not_before=not_before)


def settle_all(uow: UnitOfWork, reason: str) -> None:
    """After units moved or retired: absorb scopes that lie under others now, complete and reopen levels."""
    for directive in uow.models.states.directives():
        if not directive.withdrawn and directive.assignments:
            settle_directive(directive.id, uow, reason)


def reinstate_levels(uow: UnitOfWork, scope: str, retirement: RecordedEvent, reason: str) -> None:
    """Let the levels of a scope that is there again be owed again, which were withdrawn when it retired."""
    for directive in uow.models.states.directives():
        if not any(each.scope == scope for each in directive.withdrawn_levels):
            continue
        stream = DIRECTIVE.stream(directive.id)
        facts = [
            LevelReinstated(takes_back=(event.position,), level=level, scope=scope, due=None, reason=reason)
            for (level, of), event in withdrawals(uow.models.past(stream)).items()
            if of == scope and event.position > retirement.position  # by that command, or when it was settled later
        ]
        uow.record(stream, uow.models.states.directive(directive.id)[1], facts)


def settle_directive(directive_id: str, uow: UnitOfWork, reason: str) -> None:
    """As `settle_all`, of one directive."""
    states = uow.models.states
    directive, version = states.directive(directive_id)
    facts = absorb(directive, live_lineages(directive, uow.models), reason)
    uow.record(DIRECTIVE.stream(directive.id), version, facts, not_before=moment_of_issue(directive))
    for assignment in states.directive(directive.id)[0].assignments:
        settle_assignment(directive.id, assignment, uow, reason)
    finish_directive(directive.id, uow)


def live_lineages(directive: DirectiveState, models: ReadModels) -> dict[str, tuple[str, ...]]:
    """The codes from the top unit down to each scope of the directive; none of one that was retired."""
    rows = models.units.of_codes({each.scope for each in directive.assignments})
    return {row.code: () if row.retired else row.lineage for row in rows}
