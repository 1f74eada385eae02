"""Tasks one by one, a page at a time: found from the top down, and only where the totals say that there are some."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from pydantic import Field

from directives.domain.directive.events import DeadlineExtended
from directives.domain.directive.state import (
    DIRECTIVE,
    Assignment,
    DirectiveState,
    due_of,
    last_owed,
    owed,
)
from directives.domain.errors import UnknownTask
from directives.domain.event import RecordedEvent
from directives.domain.organisation.units import Level
from directives.domain.task.judgement import as_verified, judged_as
from directives.domain.task.state import DONE_OR_WAITING, TASK, Stage, split_task
from directives.domain.values import KnownMoment, Model, Text, day_of
from directives.projections.owed_tasks import STILL_UNDONE, OwedTask, in_stage
from directives.projections.read_models import ReadModels
from directives.projections.units import RETIRED, UnitRow, under
from directives.queries.selection import Filter, Selected, reassigned_to, select
from directives.store import audit_log
from directives.store.event_store import EventStore

FEW = 64
"""Where no more units than these are below a unit, they are looked at one by one."""
ENDED = ("verified", "waived", "withdrawn")
"""The stages in which nothing is owed."""


class TaskView(Model):
    """One task as it stands; the names are left out of JSON.

    Attributes:
        on_time: of a verified one, whether it was done on time, by the day that its level has now.
        submitted_at: when the last submission was made.
        written_at: when that was written down.
        assignee: the unit to which it was reassigned.
    """

    task: str
    directive: str
    kind: str
    unit: str
    level: str
    state: Stage
    due: date
    overdue: bool
    on_time: bool | None
    submitted_at: KnownMoment | None
    written_at: KnownMoment | None
    verified_at: KnownMoment | None
    assignee: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    assignee_name: Text | None = Field(exclude=True)
    unit_name: Text = Field(exclude=True)
    level_name: Text = Field(exclude=True)
    title: Text = Field(exclude=True)

    @property
    def place(self) -> str:
        """What says where the next page begins: the task."""
        return self.task


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


class Page(NamedTuple):
    """Which tasks are listed: those in a state, those that are overdue, or all; and those ``after`` a task."""

    state: Stage | None = None
    overdue: bool = False
    after: str | None = None


class _Part(NamedTuple):
    """An assignment where it counts, and the path after which its tasks are listed."""

    selected: Selected
    after: str


class _Place(NamedTuple):
    """Where a task stands in a list: by directive, level and path."""

    directive: int
    level: int
    path: str


def tasks(
    models: ReadModels, chosen: Filter, now: datetime, page: Page, limit: int | None = None
) -> Iterator[TaskView]:
    """The tasks that were asked for, by directive, level and path; ``limit`` of them at most.

    A reassigned task is listed where it is done: at the unit that does it, and at those above that.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
        UnknownTask: there is no task to go on after.
    """
    parts = _parts(models, chosen, page)
    if page.state == "withdrawn":
        views = _once(view for part in parts for _, view in _views(models, part, now, page))
    elif chosen.unit is None:
        views = (view for part in parts for _, view in _views(models, part, now, page))
    else:
        done_there = _done_there(models, parts, under(models.units.unit(chosen.unit).path), now, page)
        listed = merge(done_there, _owed_elsewhere(models, chosen, now, page), key=itemgetter(0))
        views = (view for _, view in listed)
    return islice(views, limit)


_Placed = tuple[_Place, TaskView]


def _done_there(
    models: ReadModels, parts: Iterator[_Part], paths: tuple[str, str], now: datetime, page: Page
) -> Iterator[_Placed]:
    """The tasks of units with paths in a range that units with such paths do, too."""
    ranks = models.states.organisation().ranks
    for part in parts:
        directive, assignment, _ = part.selected
        for task, view in _views(models, part, now, page):
            if task.is_done_within(paths):
                yield _Place(directive.position, ranks[assignment.level], task.path), view


def _owed_elsewhere(models: ReadModels, chosen: Filter, now: datetime, page: Page) -> list[_Placed]:
    """The tasks of other units that were reassigned to units at or below the one that was asked for."""
    organisation, found = models.states.organisation(), list[_Placed]()
    ranks, today = organisation.ranks, day_of(now, organisation.zone)
    reached = None if page.after is None else _place_of(models, page.after)
    for (directive, assignment, _), task in reassigned_to(models, chosen):
        place = _Place(directive.position, ranks[assignment.level], task.path)
        if page.state in (None, task.stage) and (reached is None or place > reached):
            view = _listed(directive, assignment, organisation.level(assignment.level), task, today, page)
            if view is not None:
                found.append((place, view))
    return sorted(found, key=itemgetter(0))


def _place_of(models: ReadModels, task: str) -> _Place:
    """The place of a task in a list.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: there is none.
    """
    directive, code = split_task(task)
    unit, last = models.units.unit(code), models.states.directive(directive)[0]
    return _Place(last.position, models.states.organisation().ranks[unit.level], unit.path.removeprefix(RETIRED))


def _once(views: Iterator[TaskView]) -> Iterator[TaskView]:
    """Each task once: a unit can have been withdrawn from several scopes, one after the other."""
    seen = set[str]()
    for view in views:
        if view.task not in seen:
            seen.add(view.task)
            yield view


def one_task(models: ReadModels, store: EventStore, task: str, now: datetime) -> TaskDetails:
    """The task of that id.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: there is none.
    """
    directive_id, code = split_task(task)
    directive, unit = models.states.directive(directive_id)[0], models.units.unit(code)
    ended = not unit.retired and last_owed(directive, unit.level, unit.lineage) in directive.ended
    if not ended:
        models.tasks.owed(directive, unit)
    page = Page("withdrawn" if ended else None)
    parts = _parts(models, Filter(directive_id, code, unit.level), page)
    for _, view in (each for part in parts for each in _views(models, part, now, page)):
        return _with_checkpoint(models, _explained(models, store, view, now))
    raise UnknownTask(
        "task: {task_id} is unknown: {code} came to its level after that was completed", task_id=task, code=code
    )


def _with_checkpoint(models: ReadModels, details: TaskDetails) -> TaskDetails:
    """With what its newest act is under, where the store has an audit log."""
    if audit_log.log_of(models.session) is None:
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
    assert state.submitted_at is not None, "it was submitted"
    assert state.written_at is not None, "and so was written down"
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
    """The first extension of a level, since it was assigned, that reached the day on which a submission was made."""
    for event in store.stream(models.session, DIRECTIVE.stream(directive)):
        match event.data:
            case DeadlineExtended(level=level.level, scope=level.scope, due=due) if due >= made:
                if event.position > level.position:
                    return event
            case _:
                continue
    return None


def _parts(models: ReadModels, chosen: Filter, page: Page) -> Iterator[_Part]:
    """The parts of the list that come after the task to go on after."""
    selection, ranks = select(models, chosen, withdrawn=page.state == "withdrawn"), models.states.organisation().ranks
    if page.after is None:
        yield from (_Part(selected, after="") for selected in selection)
        return
    reached = _place_of(models, page.after)
    for selected in selection:
        here = (selected.directive.position, ranks[selected.assignment.level])
        if here >= reached[:2]:
            yield _Part(selected, after=reached.path if here == reached[:2] else "")


def _views(models: ReadModels, part: _Part, now: datetime, page: Page) -> Iterator[tuple[OwedTask, TaskView]]:
    directive, assignment, _ = part.selected
    organisation = models.states.organisation()
    today, level = day_of(now, organisation.zone), organisation.level(assignment.level)
    if page.overdue and today <= assignment.due:
        return  # none of them can be overdue yet
    for task in _owed(models, part, page):
        view = _listed(directive, assignment, level, task, today, page)
        if view is not None:
            yield task, view


def _listed(
    directive: DirectiveState, assignment: Assignment, level: Level, task: OwedTask, today: date, page: Page
) -> TaskView | None:
    """A task as it is listed; None where only overdue ones are, and it is not."""
    stage = "withdrawn" if page.state == "withdrawn" else task.stage
    due = due_of(directive, assignment, task.position, task.joined, task.due)
    overdue = today > due and stage not in (*ENDED, "submitted")
    if page.overdue and not overdue:
        return None
    on_time = judged_as(task.tally, assignment.due) == "on_time" if stage == "verified" else None
    return _view(directive, level, task, {"state": stage, "due": due, "overdue": overdue, "on_time": on_time})


def _view(directive: DirectiveState, level: Level, task: OwedTask, stands: Mapping[str, object]) -> TaskView:
    return TaskView.model_validate(
        {
            "task": f"{directive.id}/{task.unit}",
            "directive": directive.id,
            "kind": directive.kind,
            "unit": task.unit,
            "level": level.code,
            **stands,
            "submitted_at": task.submitted_at,
            "written_at": task.written_at,
            "verified_at": task.verified_at,
            "assignee": task.assignee,
            "assignee_name": None if task.doing is None else task.doing.name,
            "unit_name": task.name,
            "level_name": level.name,
            "title": directive.title,
        }
    )


def _owed(models: ReadModels, part: _Part, page: Page) -> Iterator[OwedTask]:
    """The units of a part with their tasks, in the order of their paths."""
    directive, assignment, root = part.selected
    owed = models.owed_tasks
    if page.state == "withdrawn":
        owed_anew = {each.scope for each in directive.in_force if each.level == assignment.level}
        rows = owed.between(directive.id, assignment, under(root.path), after=part.after)
        yield from (row for row in rows if owed_anew.isdisjoint(row.path.split("/")))
    elif page.state is None and not page.overdue:
        yield from owed.between(directive.id, assignment, under(root.path), after=part.after)
    else:
        where = (in_stage(page.state) if page.state else "") + (STILL_UNDONE if page.overdue else "")
        count = models.unit_counts.count(root.code, assignment.level)
        for paths in _where_some_are(models, part, root, count, page):
            yield from owed.between(directive.id, assignment, paths, after=part.after, where=where)


def _where_some_are(
    models: ReadModels, part: _Part, root: UnitRow, count: int, page: Page
) -> Iterator[tuple[str, str]]:
    """Ranges of paths at or below ``root``, in their order, in which the totals have tasks that are wanted.

    Args:
        count: how many units of the level are at or below ``root``.
    """
    directive, assignment, _ = part.selected
    level = assignment.level
    if root.level == level or count <= FEW:
        yield under(root.path)
        return
    below = [unit for unit in models.units.children(root) if under(unit.path)[1] > part.after]
    codes = [unit.code for unit in below]
    counts = models.unit_counts.of_units(codes, level)
    tallies = models.tallies.of_units(directive.id, level, codes)
    for unit in below:
        tally = as_verified(tallies.get(unit.code, Counter[str]()))
        expected = counts[unit.code] if assignment.expected is None else tally.total()
        if unit.level == level or _wanted(page, tally, expected):
            yield from _where_some_are(models, part, unit, counts[unit.code], page)


def _wanted(page: Page, tally: Counter[str], expected: int) -> int:
    """The number of tasks that are wanted, or, of overdue ones, that may be: those that are undone."""
    if page.state == "verified":
        return tally["on_time"] + tally["late"]
    if page.state == "assigned":
        return expected - tally.total() + tally["assigned"]
    if page.state is not None:
        return tally[page.state]
    return expected - sum(tally[state] for state in DONE_OR_WAITING)
