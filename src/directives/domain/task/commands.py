"""Commands on tasks: the life cycle that all kinds share."""

import sys
from typing import Annotated, ClassVar

from pydantic import Field

from directives.domain.command import Command, commands_in
from directives.domain.values import Code, Count, Day, Line, printable
from directives.i18n.message import Message

TaskId = Annotated[str, printable(Message("DIRECTIVE/UNIT, as in directives task list"))]


class TaskCommand(Command):
    """What is done about one task, ``DIRECTIVE/UNIT``."""

    ABOUT: ClassVar[str] = ""
    """What the help of its noun begins with; one command of a noun says so, in the line after it."""
    EXAMPLE: ClassVar[str] = ""
    """How it is written on a command line, after its noun and verb: what its help shows."""
    task: TaskId = Field(description="The task, DIRECTIVE/UNIT: written-report/JH-PC08.")


class OwnAct(TaskCommand):
    """What a unit does about its task: an office of the unit records it, or one above, for the unit."""

    on_behalf_of: Code | None = Field(
        default=None,
        description="Record it for this unit, which does the task, as an office above it.",
        exclude_if=lambda unit: unit is None,  # as commands were before there was one
    )


class AcknowledgeTask(OwnAct):
    """Acknowledge the task: the unit knows of it."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "acknowledge"
    EXAMPLE: ClassVar[str] = "written-report/JH-PC11"


class SubmitTask(OwnAct):
    """Submit the task as done; its kind checks that what was asked for is there."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "submit"
    EXAMPLE: ClassVar[str] = "social-groups/JH-PC11"


class ReturnTask(TaskCommand):
    """Return a submission with a reason, and with time to correct it."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "return"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --reason "page 2 is missing"'
    reason: Line = Field(description="Why it is not accepted.")
    due: Day | None = Field(
        default=None,
        description="Give time until this day: 2023-11-30.",
        exclude_if=lambda day: day is None,  # as commands were before there was one
    )


class VerifyTask(TaskCommand):
    """Accept a submission."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "verify"
    EXAMPLE: ClassVar[str] = "written-report/JH-PC11"


class WaiveTask(TaskCommand):
    """Waive the task: it is no longer owed."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "waive"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --reason "no office-bearer since 1 November"'
    reason: Line = Field(description="Why.")


class ExtendTask(TaskCommand):
    """Give one unit more time for its task than its level has."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "extend"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --due 2023-11-30 --reason "by-election"'
    due: Day = Field(description="The new due day: 2023-11-30.")
    reason: Line = Field(description="Why.")


class ReassignTask(TaskCommand):
    """Reassign a task to the offices of another unit; it still counts for the unit that owes it."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "reassign"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --unit JH-PC08 --reason "post is vacant"'
    unit: Code = Field(description="The unit whose offices do it from now on.")
    reason: Line = Field(description="Why.")


class ReopenTask(TaskCommand):
    """Reopen a task that was verified or waived; it is owed again."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "reopen"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --reason "wrong month"'
    reason: Line = Field(description="Why.")


class RescheduleTask(TaskCommand):
    """Correct the task's own due day; an earlier day is allowed, but not before today or the due day of its level."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "reschedule"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --due 2023-11-10 --reason "wrong date typed"'
    due: Day = Field(description="The right due day: 2023-11-30.")
    reason: Line = Field(description="Why.")


class TakeBackTask(TaskCommand):
    """Take back the last decision about a task: its verification, return, waiver or reopening."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "take-back"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --reason "returned the wrong one"'
    reason: Line = Field(description="Why.")


class RecallTask(TaskCommand):
    """Recall a submission of the unit that waits for an answer, with what was recorded with it."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "recall"
    EXAMPLE: ClassVar[str] = 'written-report/JH-PC11 --reason "wrong file"'
    reason: Line = Field(description="Why.")


class StrikeEvent(TaskCommand):
    """Strike out a wrong record of work: it no longer counts, and stays on record."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "strike"
    EXAMPLE: ClassVar[str] = 'social-groups/JH-PC11 --event 120 --reason "posted twice"'
    event: Count = Field(description="The number of the entry, from directives history --numbers: 123.")
    reason: Line = Field(description="Why.")


UNDOING = (TakeBackTask, RecallTask, StrikeEvent)
"""The commands that take events of a task back."""


def life_cycle() -> tuple[type[TaskCommand], ...]:
    """The commands that tasks of every kind share."""
    return tuple(each for each in commands_in(sys.modules[__name__]) if issubclass(each, TaskCommand))
