"""Meetings: recorded with the directives that they gave."""

from directives.domain.directive.commands import IssueDirective
from directives.domain.directive.state import has_ended
from directives.domain.meeting import MEETING, RecordMeeting, commands_of, moment_of, record
from directives.domain.office import unit_of
from directives.domain.values import day_of
from directives.handlers.directive import assign, issue_again
from directives.handlers.registry import handles
from directives.handlers.unit_of_work import UnitOfWork


@handles(RecordMeeting)
def record_meeting(command: RecordMeeting, uow: UnitOfWork) -> None:
    """Record a meeting, its directives, and who owes them; dated, unless told otherwise, the day that it was held."""
    models, minutes = uow.models, command.minutes
    zone = models.zone
    if command.occurred_at is None:
        uow.occurred_at = min(moment_of(minutes, zone), uow.now)
    state, version = models.states.of(MEETING, minutes.id)
    uow.record(MEETING.stream(minutes.id), version, record(command, state, day_of(uow.now, zone)))
    top = models.units.unit(unit_of(command.office)).lineage[0]
    for follow_up in commands_of(command, uow.occurred_at, top):
        if isinstance(follow_up, IssueDirective):
            issue_again(follow_up, uow)  # what was withdrawn stays so
            continue
        directive, _ = models.states.directive(follow_up.directive)
        if not directive.withdrawn and not has_ended(directive, follow_up.level, follow_up.scope):
            assign(follow_up, uow)
