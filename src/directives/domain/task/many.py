"""Commands on many tasks at once: one act for all of them, or for none."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from directives.domain.command import Command
from directives.domain.task.commands import (
    AcknowledgeTask,
    ExtendTask,
    ReturnTask,
    TaskCommand,
    TaskId,
    VerifyTask,
    WaiveTask,
)
from directives.domain.values import Code, Count, Day, Line, Model
from directives.i18n.message import NotAllowed

MOST = 10_000
"""The most tasks of one command."""
TaskAct = Literal["acknowledge", "return", "verify", "waive", "extend"]
"""What can be done to many tasks at once, by the verb of the command on one."""


class SeenTask(Model):
    """A task as it was looked at before somebody acted on it."""

    task: Annotated[TaskId, AfterValidator(lambda task: task.removeprefix("task/"))] = Field(
        description="The task, DIRECTIVE/UNIT: written-report/JH-PC08."
    )
    submission: Count | None = Field(
        default=None,
        description="The number of its last submission at that time, 0 if there was none. The command is refused if "
        "the task was submitted since. Without it, that is not checked.",
        exclude_if=lambda number: number is None,
    )


def _each_once(tasks: tuple[SeenTask, ...]) -> tuple[SeenTask, ...]:
    twice = [task for task, number in Counter(each.task for each in tasks).items() if number > 1]
    if twice:
        raise NotAllowed("name {task} once", task=twice[0])
    return tasks


class TasksCommand(Command):
    """One act on many tasks, by one office under one command id."""

    EACH: ClassVar[type[TaskCommand]]
    MOST: ClassVar[int] = MOST
    NOUN: ClassVar[str] = "tasks"
    tasks: Annotated[tuple[SeenTask, ...], Field(min_length=1, max_length=MOST), AfterValidator(_each_once)] = Field(
        description="The tasks, each once."
    )

    def on_each(self) -> Iterator[tuple[SeenTask, TaskCommand]]:
        """Each task with the command on it alone."""
        shared = {name: value for name, value in self if name != "tasks"}
        for seen in self.tasks:
            yield seen, self.EACH.of_valid(shared | {"task": seen.task})


class AcknowledgeTasks(TasksCommand):
    """Say that the unit knows of its tasks."""

    EACH = AcknowledgeTask
    VERB: ClassVar[str] = "acknowledge"
    on_behalf_of: Code | None = Field(
        default=None,
        description="Record it for this unit, which does the tasks, as an office above it.",
        exclude_if=lambda unit: unit is None,
    )


class ReturnTasks(TasksCommand):
    """Give submissions back with a reason, and with time to correct them."""

    EACH = ReturnTask
    VERB: ClassVar[str] = "return"
    reason: Line = Field(description="Why they are not accepted.")
    due: Day | None = Field(
        default=None, description="Give time until this day: 2023-11-30.", exclude_if=lambda day: day is None
    )


class VerifyTasks(TasksCommand):
    """Accept submissions."""

    EACH = VerifyTask
    VERB: ClassVar[str] = "verify"


class WaiveTasks(TasksCommand):
    """Waive the tasks."""

    EACH = WaiveTask
    VERB: ClassVar[str] = "waive"
    reason: Line = Field(description="Why.")


class ExtendTasks(TasksCommand):
    """Give units more time for their tasks than their levels have."""

    EACH = ExtendTask
    VERB: ClassVar[str] = "extend"
    due: Day = Field(description="The new due day: 2023-11-30.")
    reason: Line = Field(description="Why.")
