"""Tasks on which an office may want to act at once, each as it is seen before the act."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from pydantic import Field

from directives.domain.directive.state import due_of
from directives.domain.task.many import SeenTask, TaskAct
from directives.domain.task.state import TASK, Stage, TaskState, split_task
from directives.domain.values import KnownMoment, Model
from directives.projections.read_models import ReadModels
from directives.queries.selection import Filter
from directives.queries.task_views import TO_DO, TaskView
from directives.queries.tasks import Page, owed_at
from directives.queries.tasks import tasks as done_at

STATES: dict[TaskAct, tuple[Stage, ...]] = {
    "acknowledge": ("assigned",),
    "return": ("submitted",),
    "verify": ("submitted",),
    "waive": TO_DO,
    "extend": TO_DO,
}
"""How a task stands that is chosen for each act."""


class TaskToActOn(Model):
    """A task on which an office may act.

    Attributes:
        submission: the number of its last submission, 0 if there is none.
        written_at: when that was written down.
        same_document: tasks of other units for which a document of this one was handed in too, ten at most.
        assignee: the unit to which it was reassigned.
    """

    task: str
    unit: str
    state: Stage
    due: date
    submission: int
    submitted_at: KnownMoment | None
    written_at: KnownMoment | None
    same_document: tuple[str, ...] = Field(default=(), exclude_if=lambda tasks: not tasks)
    assignee: str | None = Field(default=None, exclude_if=lambda unit: unit is None)

    @property
    def seen(self) -> SeenTask:
        """The task with the submission that was looked at, for the command."""
        return SeenTask(task=self.task, submission=self.submission)


def to_act_on(models: ReadModels, act: TaskAct, unit: str, chosen: Filter, now: datetime) -> list[TaskToActOn]:
    """The tasks at or below the unit that is asked for, by default ``unit``, on which an office of that may act so.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
    """
    page, chosen = Page(STATES[act]), chosen if chosen.unit else chosen._replace(unit=unit)
    views = _done_by(models, unit, chosen, now, page) if act == "acknowledge" else owed_at(models, chosen, now, page)
    top = models.units.top().code
    own = act == "acknowledge" or unit == top  # of the top unit's task an office of its own decides
    return named(models, [view.task for view in views if own or view.unit != unit])


def _done_by(models: ReadModels, unit: str, chosen: Filter, now: datetime, page: Page) -> Iterator[TaskView]:
    """The tasks that ``unit`` does itself."""
    within = chosen.unit is None or models.units.unit(chosen.unit).code in models.units.unit(unit).lineage
    if not within:
        return
    for view in done_at(models, chosen._replace(unit=unit), now, page._replace(itself=True)):
        if view.assignee in (None, unit):  # else it is in the hands of a unit that was retired
            yield view


def named(models: ReadModels, tasks: Sequence[str]) -> list[TaskToActOn]:
    """These tasks, each once; they are read at once.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: one is not there.
    """
    pairs = [*dict.fromkeys(map(split_task, tasks))]
    models.expect((TASK.stream(*pair) for pair in pairs), ())
    same = models.documents.of_tasks(pair for pair in pairs if _state(models, pair).submission)
    return [_seen(models, pair, same.get(pair, ())) for pair in pairs]


def _state(models: ReadModels, pair: tuple[str, str]) -> TaskState:
    return models.tasks.of(TASK.stream(*pair))[0]


def _seen(models: ReadModels, pair: tuple[str, str], same_document: Iterable[str]) -> TaskToActOn:
    directive, unit, state = models.states.directive(pair[0])[0], models.units.unit(pair[1]), _state(models, pair)
    assignment = models.tasks.owed(directive, unit)
    return TaskToActOn.of_valid(
        {
            "task": "/".join(pair),
            "unit": unit.code,
            "state": state.stage,
            "due": due_of(directive, assignment, unit.came, unit.came_on, state.due),
            "submission": state.submission,
            "submitted_at": state.submitted_at,
            "written_at": state.written_at,
            "same_document": tuple(same_document),
            "assignee": state.assignee,
        }
    )
