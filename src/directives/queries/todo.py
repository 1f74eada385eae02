"""What a unit owes: the tasks that its offices have still to do, and what each of them lacks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from directives.directive_kinds.kind import Lack
from directives.directive_kinds.registry import kind_or_absent
from directives.domain.task.commands import ReassignTask, SubmitTask
from directives.domain.task.state import TASK
from directives.domain.values import Model
from directives.i18n.message import Message
from directives.projections.read_models import ReadModels
from directives.queries.selection import Filter
from directives.queries.task_views import TaskView
from directives.queries.tasks import Page, tasks


class Lacking(Model):
    """Something of which too little is on record, see `Lack`; the message is left out of JSON."""

    what: str
    have: int
    wanted: int
    deed: str
    fields: Mapping[str, str]
    message: Any = Field(exclude=True)

    def told(self) -> Message:
        """The same for people."""
        return self.message


class TodoTask(TaskView):
    """A task that a unit has still to do.

    Attributes:
        lacking: all that is to be done before it can be submitted.
        deed: the noun and the verb of the command to use next, ``report submit``; empty where its kind is not there.
        fields: values of that command that are known.
    """

    lacking: tuple[Lacking, ...]
    deed: str
    fields: Mapping[str, str]


def todo(models: ReadModels, chosen: Filter, now: datetime, page: Page, limit: int | None = None) -> list[TodoTask]:
    """The open tasks that were asked for, each with what it lacks.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel, UnknownTask: what was asked for does not exist.
    """
    return with_lacking(models, [*tasks(models, chosen, now, page, limit)])


def with_lacking(models: ReadModels, views: list[TaskView]) -> list[TodoTask]:
    """``views`` of open tasks, each with what it lacks; the states are read at once."""
    streams = {view.task: TASK.stream(view.directive, view.unit) for view in views}
    models.tasks.expect(streams.values())
    found = list[TodoTask]()
    for view in views:
        directive, (state, _) = models.states.directive(view.directive)[0], models.tasks.of(streams[view.task])
        lacks = _in_hands_of_retired(models, view) or kind_or_absent(view.kind).lacking(
            state.work, directive.parameters
        )
        lacking = tuple(map(lacking_of, lacks))
        deed, fields = (lacks[0].deed, lacks[0].fields) if lacks else (SubmitTask.deed(), dict[str, str]())
        found.append(TodoTask.of_valid({**dict(view), "lacking": lacking, "deed": deed, "fields": fields}))
    return found


def _in_hands_of_retired(models: ReadModels, view: TaskView) -> list[Lack]:
    """That another unit must do a task whose assignee was retired; nothing where that is not so."""
    if view.assignee is None or not models.units.unit(view.assignee).retired:
        return []
    message = Message("{unit} should do it but was retired: an office above must reassign it", unit=view.assignee)
    return [Lack("assignee", 0, 1, message, ReassignTask.deed())]


def lacking_of(lack: Lack) -> Lacking:
    """A lack as it is told."""
    return Lacking(
        what=lack.what, have=lack.have, wanted=lack.wanted, deed=lack.deed, fields=lack.fields, message=lack.message
    )
