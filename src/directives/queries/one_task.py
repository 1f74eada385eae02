"""One task as it stands, and why it is judged as it is."""

from datetime import date, datetime

from pydantic import Field

from directives.domain.directive.events import DeadlineExtended, LevelReinstated, LevelRescheduled, Reinstated
from directives.domain.directive.state import DIRECTIVE, Assignment, last_owed, owed
from directives.domain.errors import UnknownTask
from directives.domain.event import RecordedEvent
from directives.domain.task.state import TASK, split_task
from directives.domain.values import day_of
from directives.projections.read_models import ReadModels
from directives.queries.selection import Filter
from directives.queries.task_views import TaskView
from directives.queries.tasks import Page, owed_at
from directives.store import audit_log
from directives.store.event_store import EventStore


class TaskDetails(TaskView):
    """One task as it stands, and why it is judged as it is.

    Attributes:
        written_down_after: of one that was made in time, and written down later: the day by which it was owed.
        on_time_by: of one that was done on time, the day by which it was: that by which it was owed when it was
            submitted or verified, else the day that its level has now.
        extension: the extension of its level by which one that was late when it was verified is on time.
        same_document: tasks of other units for which a document of this one was handed in too, ten at most.
        newest_act: where the store has an audit log, the position of the newest act.
        checkpoint: the size of the first checkpoint that this act is under; None where it is under none yet.
    """

    written_down_after: date | None = None
    on_time_by: date | None = None
    extension: RecordedEvent | None = None
    same_document: tuple[str, ...] = Field(default=(), exclude_if=lambda tasks: not tasks)
    newest_act: int | None = Field(default=None, exclude_if=lambda position: position is None)
    checkpoint: int | None = Field(default=None, exclude_if=lambda size: size is None)


def one_task(models: ReadModels, store: EventStore, task: str, now: datetime) -> TaskDetails:
    """The task of that id.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: there is none.
    """
    try:
        return _one(models, store, task, now)
    except UnknownTask as error:
        if models.day is None:
            raise
        raise UnknownTask(
            "task: {task_id} was not owed on {day}, as far as was known: name other days, or none",
            task_id=task,
            day=models.day,
        ) from error


def _one(models: ReadModels, store: EventStore, task: str, now: datetime) -> TaskDetails:
    directive_id, code = split_task(task)
    directive, unit = models.states.directive(directive_id)[0], models.units.unit(code)
    ended = not unit.retired and last_owed(directive, unit.level, unit.lineage) in directive.ended
    if not ended:
        models.tasks.owed(directive, unit)
    page = Page(("withdrawn",) if ended else ())
    for view in owed_at(models, Filter(directive_id, code, unit.level), now, page):
        return _with_checkpoint(models, _explained(models, store, view, now))
    raise UnknownTask(
        "task: {task_id} is unknown: {code} joined its level after that was completed", task_id=task, code=code
    )


def _with_checkpoint(models: ReadModels, details: TaskDetails) -> TaskDetails:
    """With what its newest act is under, where the store has an audit log."""
    if audit_log.log_of(models.session) is None or models.day is not None:
        return details
    newest = audit_log.position_of_newest(models.session, TASK.stream(details.directive, details.unit))
    if newest is None:
        return details
    covering = audit_log.Checkpoints(models.session).covering(newest)
    return details.changed(newest_act=newest, checkpoint=covering)


def _explained(models: ReadModels, store: EventStore, view: TaskView, now: datetime) -> TaskDetails:
    """With what an office that looks at a submission should know, and why it is judged as it is."""
    same_document = models.documents.of_task(view.directive, view.unit)
    unknown = {"written_down_after": None, "on_time_by": None, "extension": None}
    unknown |= {"newest_act": None, "checkpoint": None}
    details = TaskDetails.of_valid({**dict(view), "same_document": same_document, **unknown})
    if view.state not in ("submitted", "verified"):
        return details
    state, _ = models.tasks.of(TASK.stream(view.directive, view.unit))
    if state.submitted_at is None or state.written_at is None:  # it was recalled, and taken back on a later day
        return details
    zone = models.zone
    made, written = day_of(state.submitted_at, zone), day_of(state.written_at, zone)
    directive, unit = models.states.directive(view.directive)[0], models.units.unit(view.unit)
    level = owed(directive, unit.level, unit.lineage)
    owed_then = [day for day in (state.submitted_due, state.verified_due) if day is not None]
    latest = max(*owed_then, level.due, *([view.due] if view.state == "submitted" else []))
    if made <= latest < written <= day_of(now, zone):  # one after today is of a clock that was wrong
        details = details.changed(written_down_after=latest)
    if not view.on_time:
        return details
    on_time_by = next((day for day in owed_then if made <= day), None)
    if on_time_by is not None:
        return details.changed(on_time_by=on_time_by)
    return details.changed(on_time_by=level.due, extension=_extension(models, store, directive.id, level, made))


def _extension(
    models: ReadModels, store: EventStore, directive: str, level: Assignment, made: date
) -> RecordedEvent | None:
    """The event since which the day of a level is not before the one on which a submission was made."""
    found = None
    for event in filter(models.holds, store.stream(models.session, DIRECTIVE.stream(directive))):
        due = _given(event, level)
        if due is not None and event.position > level.position:
            found = None if due < made else found or event
    return found


def _given(event: RecordedEvent, level: Assignment) -> date | None:
    """The day that ``event`` gave to an open level, or to all of them."""
    match event.data:
        case (
            DeadlineExtended(level=level.level, scope=level.scope, due=due)
            | LevelRescheduled(level=level.level, scope=level.scope, due=due)
            | LevelReinstated(level=level.level, scope=level.scope, due=due)
            | Reinstated(due=due)
        ):
            return due
        case _:
            return None
