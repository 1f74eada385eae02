"""Meetings as they were recorded: what was said, and which directives follow from it."""

from datetime import date

from directives.model.errors import UnknownReference
from directives.model.meeting import MeetingState, Statement
from directives.model.values import Model, Text
from directives.store.tables import Tables


class StatementView(Statement):
    """A statement, and the directives that follow from it; from a goal none does."""

    directives: tuple[str, ...]


class MeetingView(Model):
    """A meeting as it was recorded."""

    meeting: str
    held_on: date
    title: Text
    statements: tuple[StatementView, ...]


def meeting_views(tables: Tables, meeting_id: str | None = None) -> list[MeetingView]:
    """The meetings by their ids, or the one of that id.

    Raises:
        UnknownReference: there is no meeting of that id.
    """
    found = [view for state in tables.meetings() for view in _views(tables, state)]
    wanted = [view for view in found if meeting_id in (None, view.meeting)]
    if meeting_id is not None and not wanted:
        raise UnknownReference(f"meeting: {meeting_id} is unknown: directives meeting list shows those recorded")
    return wanted


def _views(tables: Tables, state: MeetingState) -> list[MeetingView]:
    if state.recorded is None:
        return []
    recorded = state.recorded
    given = [each for each in tables.directives() if each.meeting == recorded.meeting]
    statements = tuple(
        StatementView(**dict(said), directives=tuple(each.id for each in given if said.no in each.statements))
        for said in recorded.statements
    )
    return [
        MeetingView(meeting=recorded.meeting, held_on=recorded.held_on, title=recorded.title, statements=statements)
    ]
