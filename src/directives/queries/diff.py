"""What changed between two days: what was said of tasks on the evening of the one, and on that of the other."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import Field

from directives.domain.errors import InvalidInput
from directives.domain.event import RecordedEvent
from directives.domain.task.state import Stage, is_task_stream, split_task
from directives.domain.values import KnownMoment, Model, Text, day_of, end_of, utc_text
from directives.i18n.message import Lang
from directives.projections.read_models import ReadModels
from directives.queries.earlier import Days, earlier
from directives.queries.history import LogEntry, log_entries, narrator_of
from directives.queries.log import Asked, of_subject
from directives.queries.selection import Filter
from directives.queries.status import Status, status
from directives.queries.task_views import TaskView
from directives.queries.tasks import Page, owed_at
from directives.store.event_store import EventStore
from directives.store.newest import Wanted
from directives.store.session import Session


class TaskThen(Model):
    """How a task stood on an evening."""

    state: Stage
    due: date
    overdue: bool
    on_time: bool | None
    submitted_at: KnownMoment | None
    verified_at: KnownMoment | None
    assignee: str | None


class TaskDifference(Model):
    """A task that changed, became owed (``joined``) or stopped being owed (``left``). JSON has no names.

    What only the days have done to it, that it is overdue by now, is no change.
    """

    task: str
    directive: str
    unit: str
    level: str
    change: Literal["changed", "joined", "left"]
    before: TaskThen | None
    after: TaskThen | None
    unit_name: Text = Field(exclude=True)


class CountsDifference(Model):
    """The totals of a directive at a level before and after; None where nothing was owed. JSON has no names."""

    directive: str
    level: str
    before: Status | None
    after: Status | None
    level_name: Text = Field(exclude=True)


class Difference(Model):
    """What changed from the evening of a day to that of another, as far as was known on each.

    Attributes:
        counts: the totals, by directive and level.
        tasks: the tasks that changed, joined or left, by directive, level and place.
        written_later: what was written down in between, and is dated on the first day or before.
    """

    unit: str
    from_day: date
    to_day: date
    counts: tuple[CountsDifference, ...]
    tasks: tuple[TaskDifference, ...]
    written_later: tuple[LogEntry, ...]


class _Said(NamedTuple):
    """What is said of an evening."""

    counts: Mapping[tuple[str, str], Status]
    tasks: Mapping[str, TaskView]
    known: int


def diff(
    store: EventStore, session: Session, days: tuple[date, date], chosen: Filter, now: datetime, lang: Lang
) -> Difference:
    """What changed from the evening of the first of ``days`` to that of the second; one that has not ended is now.

    Raises:
        InvalidInput: the first day has not ended, or is not before the second.
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
    """
    models = ReadModels(session)
    today, (first, last) = day_of(now, models.zone), days
    if first >= last:
        raise InvalidInput("to: {last} is not after {first}: name a later day", last=last, first=first)
    if first >= today:
        raise InvalidInput("from: {day} has not ended: name an earlier day", day=first)
    before, after = (_said(store, models, day, chosen, now) for day in (first, last))
    later = _written_later(store, models, chosen, first, (before.known, after.known))
    return Difference(
        unit=chosen.unit or models.units.top().code,
        from_day=first,
        to_day=min(last, today),
        counts=tuple(_counts(before.counts, after.counts)),
        tasks=tuple(_tasks(before.tasks, after.tasks)),
        written_later=tuple(log_entries(later, narrator_of(models, lang, later))),
    )


def _said(store: EventStore, models: ReadModels, day: date, chosen: Filter, now: datetime) -> _Said:
    """What is said of the evening of ``day``, as far as was known then."""
    days = Days(day, day).ended(day_of(now, models.zone))
    if days is None:
        return _answers(models, chosen, now, now)
    with earlier(store, models.session, days, now, models.zone, chosen) as asked:
        return _answers(asked.models, chosen, asked.now, now)


def _answers(models: ReadModels, chosen: Filter, asked: datetime, now: datetime) -> _Said:
    counts = {(row.directive, row.level): row for row in status(models, chosen, asked, now)}
    return _Said(counts, {view.task: view for view in owed_at(models, chosen, asked, Page())}, models.known)


def _counts(
    before: Mapping[tuple[str, str], Status], after: Mapping[tuple[str, str], Status]
) -> Iterator[CountsDifference]:
    for directive, level in {**after, **before}:
        then, now = before.get((directive, level)), after.get((directive, level))
        some = now or then
        assert some is not None, "the key is from one of them"
        yield CountsDifference(directive=directive, level=level, before=then, after=now, level_name=some.level_name)


def _tasks(before: Mapping[str, TaskView], after: Mapping[str, TaskView]) -> Iterator[TaskDifference]:
    for task, view in {**after, **before}.items():
        then, now = _then(before.get(task)), _then(after.get(task))
        if then is None or now is None or _on_record(then) != _on_record(now):
            change = "joined" if then is None else "left" if now is None else "changed"
            about = {"task": task, "directive": view.directive, "unit": view.unit, "level": view.level}
            yield TaskDifference.of_valid(
                {**about, "change": change, "before": then, "after": now, "unit_name": view.unit_name}
            )


def _then(view: TaskView | None) -> TaskThen | None:
    if view is None:
        return None
    return TaskThen.of_valid({name: getattr(view, name) for name in TaskThen.model_fields})


def _on_record(task: TaskThen) -> TaskThen:
    """A task without what the days alone do to it."""
    return task.changed(overdue=False)


def _written_later(
    store: EventStore, models: ReadModels, chosen: Filter, first: date, known: tuple[int, int]
) -> list[RecordedEvent]:
    """What was recorded between two positions, and had happened by the end of a day."""
    wanted = Wanted(known[0], known[1] + 1, occurred_by=utc_text(end_of(first, models.zone)))
    asked = Asked(unit=chosen.unit, directive=chosen.directive)
    events = store.newest(models.session, of_subject(models, asked, wanted), None)
    if chosen.level is None:
        return events
    owing = {event.stream: split_task(event.stream)[1] for event in events if is_task_stream(event.stream)}
    of_level = {unit.code for unit in models.units.of_codes(owing.values()) if unit.level == chosen.level}
    return [event for event in events if owing.get(event.stream) in of_level]
