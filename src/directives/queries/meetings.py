"""Meetings as they were recorded: what was said, and which directives follow from it."""

from collections.abc import Sequence
from datetime import date

from directives.domain.directive.state import DirectiveState
from directives.domain.errors import UnknownReference
from directives.domain.meeting import MEETING, MeetingRecorded, Statement
from directives.domain.values import Model, Text
from directives.projections.read_models import ReadModels


class StatementView(Statement):
    """A statement, and the directives that follow from it; from a goal none does."""

    directives: tuple[str, ...]


class MeetingView(Model):
    """A meeting as it was recorded."""

    meeting: str
    held_on: date
    title: Text
    statements: tuple[StatementView, ...]


def meeting_views(models: ReadModels) -> list[MeetingView]:
    """The meetings by their ids."""
    directives = models.states.directives()
    return [_view(state.recorded, directives) for state in models.states.meetings() if state.recorded is not None]


def one_meeting(models: ReadModels, meeting_id: str) -> MeetingView:
    """The meeting of that id.

    Raises:
        UnknownReference: there is none.
    """
    recorded = models.states.of(MEETING, meeting_id)[0].recorded
    if recorded is None:
        raise UnknownReference("meeting: {meeting_id} is unknown: see directives meeting list", meeting_id=meeting_id)
    return _view(recorded, models.states.directives())


def _view(recorded: MeetingRecorded, directives: Sequence[DirectiveState]) -> MeetingView:
    mine = [each for each in directives if each.meeting == recorded.meeting]
    statements = tuple(
        StatementView(**dict(statement), directives=tuple(each.id for each in mine if statement.no in each.statements))
        for statement in recorded.statements
    )
    return MeetingView(meeting=recorded.meeting, held_on=recorded.held_on, title=recorded.title, statements=statements)
