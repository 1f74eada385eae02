"""A task as it is told in lists."""

from datetime import date

from pydantic import Field

from directives.domain.directive.state import Assignment, DirectiveState, due_of
from directives.domain.organisation.units import Level
from directives.domain.task.judgement import judged_as
from directives.domain.task.state import Stage
from directives.domain.values import KnownMoment, Model, Text
from directives.projections.owed_tasks import OwedTask

ENDED = ("verified", "waived", "withdrawn")
"""The stages in which nothing is owed."""
TO_DO: tuple[Stage, ...] = ("assigned", "acknowledged", "returned")
"""Those in which the unit has still to act."""


class TaskView(Model):
    """One task as it stands; the names are left out of JSON.

    Attributes:
        days_left: of one that the unit has still to do, the days until the due day; below zero once that has passed.
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
    days_left: int | None = None
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

    @property
    def place_by_due(self) -> str:
        """The same where tasks are listed by due day, also when that changed meanwhile: ``TASK@DAY``."""
        return f"{self.task}@{self.due}"


def task_view(  # longer than others: a view has many fields
    directive: DirectiveState,
    assignment: Assignment,
    level: Level,
    task: OwedTask,
    today: date,
    *,
    withdrawn: bool = False,
) -> TaskView:
    """The task of a unit, as it stands on ``today``."""
    stage = "withdrawn" if withdrawn else task.stage
    due = due_of(directive, assignment, task.came, task.came_on, task.due)
    return TaskView.model_validate(
        {
            "task": f"{directive.id}/{task.unit}",
            "directive": directive.id,
            "kind": directive.kind,
            "unit": task.unit,
            "level": level.code,
            "state": stage,
            "due": due,
            "overdue": today > due and stage in TO_DO,
            "days_left": (due - today).days if stage in TO_DO else None,
            "on_time": judged_as(task.tally, assignment.due) == "on_time" if stage == "verified" else None,
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
