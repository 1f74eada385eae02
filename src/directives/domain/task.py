"""Task: one directive at one unit; the life cycle that all kinds share."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, JsonValue

from directives.domain.command import Command
from directives.domain.errors import (
    AlreadySubmitted,
    InvalidInput,
    NotEntitled,
    NotSubmitted,
    OutOfOrder,
    SelfVerification,
    TaskClosed,
    UnknownTask,
)
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_above, require_at_or_above, require_own, unit_of
from directives.domain.values import Code, Day, Line, Model, Moment, Text, day_of, printable
from directives.i18n.message import Message

Stage = Literal["assigned", "acknowledged", "submitted", "returned", "verified", "waived", "withdrawn"]
"""How a task stands; one is ``withdrawn`` with its directive, whatever it was."""


def stream(directive: str, unit: str) -> str:
    """The stream of a directive's task at a unit."""
    return f"task/{directive}/{unit}"


_STREAM = re.compile(r"task/[^/]+/[^/]+")


def is_stream(name: str) -> bool:
    """Whether ``name`` is that of the stream of a task."""
    return _STREAM.fullmatch(name) is not None


def split(task: str) -> tuple[str, str]:
    """The directive and the unit of a task's id, ``written-report/JH-PC08``.

    Raises:
        UnknownTask: it is none.
    """
    parts = task.removeprefix("task/").split("/")
    if len(parts) != 2 or not all(parts):
        raise UnknownTask(
            "task: {task} is unknown: write DIRECTIVE/UNIT, as directives task list shows them", task=task
        )
    return parts[0], parts[1]


class Order(NamedTuple):
    """What a directive asks of one unit: what the decisions about its task need.

    ``lineage`` has the codes from the top unit down to it, ``assignee`` is the unit whose offices do the task (itself,
    unless it was reassigned), ``owed_from`` is when that began.
    """

    task: str
    lineage: tuple[str, ...]
    assignee: str
    level: str
    due: date
    owed_from: datetime
    zone: str
    parameters: Mapping[str, JsonValue]


# Events. Names, versions and fields are the storage format.


class Acknowledged(Event):
    """The unit knows of the task."""

    NAME: ClassVar[str] = "Acknowledged"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} acknowledged the task", hi="{office} ने कार्य की पावती दी")


class Submitted(Event):
    """The unit says that it has done the task; ``figures`` are what it is judged by."""

    NAME: ClassVar[str] = "Submitted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} submitted the task as done", hi="{office} ने कार्य की पूर्णता प्रस्तुत की")
    submission: int
    figures: dict[str, JsonValue]


class Returned(Event):
    """An office above did not accept the submission."""

    NAME: ClassVar[str] = "Returned"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} returned it: {reason}", hi="{office} ने कारण सहित लौटाया: {reason}")
    submission: int
    reason: Line


class Verified(Event):
    """An office above accepted the submission, which was on time if it was made by the end of the day ``due``."""

    NAME: ClassVar[str] = "Verified"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} verified the submission, made {on_time}", hi="{office} ने {on_time} हुई प्रस्तुति सत्यापित की"
    )
    submission: int
    due: date
    on_time: bool


class Waived(Event):
    """An office above asks for the task no more; it counts neither as done nor as overdue."""

    NAME: ClassVar[str] = "Waived"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} waived the task: {reason}", hi="{office} ने कार्य से छूट दी: {reason}")
    reason: Line


class Extended(Event):
    """An office above gave the unit until the end of the day ``due``."""

    NAME: ClassVar[str] = "Extended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} extended the task to {due}: {reason}", hi="{office} ने कार्य को {due} तक समय-विस्तार दिया: {reason}"
    )
    due: Day
    reason: Line


class Reassigned(Event):
    """Offices of ``unit`` do the task from now on; it counts where it did."""

    NAME: ClassVar[str] = "Reassigned"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reassigned the task to {unit}: {reason}", hi="{office} ने कार्य {unit} को पुनः सौंपा: {reason}"
    )
    unit: Code
    reason: Line


class Reopened(Event):
    """The task is owed again: a verified submission is accepted no more, a waiver does not hold."""

    NAME: ClassVar[str] = "Reopened"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} reopened the task: {reason}", hi="{office} ने कार्य पुनः खोला: {reason}")
    reason: Line


class TaskState(Model):
    """A task as its events tell it; ``work`` is kept by its kind, ``worked_at`` is the latest moment of it.

    ``revision`` is that of the directive by which it was closed, None while it is open. ``due`` is its own day, where
    it was extended, ``assignee`` the unit to which it was reassigned, ``waived_from`` how it stood when it was waived.
    """

    stage: Stage = "assigned"
    due: Day | None = None
    assignee: str | None = None
    waived_from: Stage | None = None
    revision: int | None = None
    submission: int = 0
    submitted_at: Moment | None = None
    submitted_by: str | None = None
    submitted_for: str | None = None
    worked_at: Moment | None = None
    answered_at: Moment | None = None
    verified_at: Moment | None = None
    on_time: bool | None = None
    work: dict[str, JsonValue] = Field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether nothing more is owed."""
        return self.stage in ("verified", "waived")

    @property
    def tally(self) -> str:
        """The state under which the task is counted: verified ones as on time or late."""
        return self.stage if self.stage != "verified" else "on_time" if self.on_time else "late"


CLOSED = ("on_time", "late", "waived")
"""The states under which tasks are counted of which nothing more is owed, see `TaskState.tally`."""
NO_TASK = TaskState.model_construct()
"""A task about which nothing was done yet."""


def evolve(state: TaskState, event: RecordedEvent) -> TaskState:
    """The task after ``event``; a kind's work acknowledges."""
    at = event.occurred_at
    match event.data:
        case Submitted(submission=submission):
            change = {"stage": "submitted", "submission": submission, "submitted_at": at}
            change |= {"submitted_by": event.actor, "submitted_for": event.office}
        case Returned():
            change = {"stage": "returned", "answered_at": at}
        case Verified(on_time=on_time):
            change = {"stage": "verified", "answered_at": at, "verified_at": at, "on_time": on_time}
        case Waived():
            change = {"stage": "waived", "answered_at": at, "waived_from": state.stage}
        case Reopened() if state.stage == "waived":
            change = {"stage": state.waived_from, "answered_at": at, "waived_from": None}
        case Reopened():
            change = {"stage": "returned", "answered_at": at, "verified_at": None, "on_time": None}
        case Extended(due=due):
            change = {"due": due}
        case Reassigned(unit=unit):
            change = {"assignee": unit}
        case _:
            change = {"stage": "acknowledged"} if state.stage == "assigned" else {}
            if not isinstance(event.data, Acknowledged):
                change |= {"worked_at": max(at, state.worked_at or at)}
    return state.changed(**change) if change else state


# Commands and decisions.


TaskId = Annotated[str, printable(Message("DIRECTIVE/UNIT, as directives task list shows it"))]


class TaskCommand(Command):
    """What is done about one task, ``DIRECTIVE/UNIT``."""

    task: TaskId = Field(description="The task, DIRECTIVE/UNIT: written-report/JH-PC08.")


class AcknowledgeTask(TaskCommand):
    """Say that the unit knows of the task."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "acknowledge"


class SubmitTask(TaskCommand):
    """Say that the task is done; its kind tells whether what was asked for is there."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "submit"


class ReturnTask(TaskCommand):
    """Give a submission back with a reason."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "return"
    reason: Line = Field(description="Why it is not accepted.")


class VerifyTask(TaskCommand):
    """Accept a submission."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "verify"


class WaiveTask(TaskCommand):
    """Ask for the task no more."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "waive"
    reason: Line = Field(description="Why.")


class ExtendTask(TaskCommand):
    """Give a unit more time for its task than its level has."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "extend"
    due: Day = Field(description="The new due day: 2023-11-30.")
    reason: Line = Field(description="Why.")


class ReassignTask(TaskCommand):
    """Let the offices of another unit do a task; it counts where it did."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "reassign"
    unit: Code = Field(description="The code of the unit whose offices do it from now on.")
    reason: Line = Field(description="Why.")


class ReopenTask(TaskCommand):
    """Ask again for a task that was verified or waived."""

    NOUN: ClassVar[str] = "task"
    VERB: ClassVar[str] = "reopen"
    reason: Line = Field(description="Why.")


def acknowledge(command: AcknowledgeTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the unit knows of its task; nothing when it has shown so before.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`.
    """
    require_own_act(command, order, at)
    return (Acknowledged(),) if state.stage == "assigned" else ()


def require_own_act(command: TaskCommand, order: Order, at: datetime) -> None:
    """The unit itself, or the one that its task was reassigned to, may act, from the moment of the order on.

    Raises:
        NotEntitled: the office is of another unit.
        OutOfOrder: dated before the directive was issued.
    """
    if order.assignee != order.lineage[-1] and unit_of(command.office) != order.assignee:
        raise NotEntitled(
            "office {office} cannot act for {task}, which was reassigned to {assignee}: "
            "an office of that unit must, role@{assignee}, or directives task reassign changes it",
            office=command.office,
            task=order.task,
            assignee=order.assignee,
        )
    require_own(command.office, order.assignee)
    _require_after(at, order.owed_from, order, Message("it was owed"))


def require_open(state: TaskState, order: Order) -> None:
    """Something must still be owed, and no submission be waiting.

    Raises:
        TaskClosed: the task is verified.
        AlreadySubmitted: it waits for verification.
    """
    if state.closed:
        raise TaskClosed("task: {task} is {stage}: nothing more is owed", task=order.task, stage=_stage(state))
    if state.stage == "submitted":
        raise AlreadySubmitted(
            "task: {task} is submitted and waits for verification by an office above", task=order.task
        )


def submit(state: TaskState, order: Order, figures: dict[str, JsonValue], at: datetime) -> Submitted:
    """Decide that the task is submitted, to be judged by ``figures``.

    Raises:
        TaskClosed, AlreadySubmitted: see `require_open`.
        OutOfOrder: dated before the work on record, or before the last submission was returned.
    """
    require_open(state, order)
    _require_after(at, state.worked_at, order, Message("the work on record was done"))
    _require_after(at, state.answered_at, order, Message("it was returned"))
    return Submitted(submission=state.submission + 1, figures=figures)


def give_back(command: ReturnTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the submission is returned.

    Raises:
        NotEntitled, TaskClosed, NotSubmitted, SelfVerification, OutOfOrder: see `_require_answer`.
    """
    _require_answer(command, state, order, at, Message("return"))
    return (Returned(submission=state.submission, reason=command.reason),)


def verify(command: VerifyTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the submission is accepted: on time by the day of the submission, not of the verification.

    Raises:
        NotEntitled, TaskClosed, NotSubmitted, SelfVerification, OutOfOrder: see `_require_answer`.
    """
    submitted_at = _require_answer(command, state, order, at, Message("verify"))
    on_time = day_of(submitted_at, order.zone) <= order.due
    return (Verified(submission=state.submission, due=order.due, on_time=on_time),)


def waive(command: WaiveTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the task is asked for no more; nothing when it was waived before.

    Raises:
        NotEntitled: the office is not above the unit.
        TaskClosed: it is verified.
        SelfVerification: the actor submitted it.
        OutOfOrder: dated before the order or the submission.
    """
    require_above(command.office, order.lineage, Message("waive"))
    if state.stage == "waived":
        return ()
    if state.closed:
        raise TaskClosed("task: {task} is {stage}: there is nothing to waive", task=order.task, stage=_stage(state))
    _require_another(command, state, order, Message("waive"))
    _require_after(at, order.owed_from, order, Message("it was owed"))
    _require_after(at, state.submitted_at, order, Message("it was submitted"))
    return (Waived(reason=command.reason),)


def extend(command: ExtendTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the unit has longer; nothing when it has until that day already.

    Raises:
        NotEntitled: the office is not above the unit.
        TaskClosed: nothing is owed.
        InvalidInput: the day is not after the one that holds, or lies before the day of the extension.
        OutOfOrder: dated before the order.
    """
    _require_change(command, state, order, at, Message("extend"))
    if command.due == order.due:
        return ()
    if command.due < max(order.due, day_of(at, order.zone)):
        raise InvalidInput(
            "due: {due} gives {task} no more time: it is due {standing}, and the extension is of {today}: "
            "name a later day",
            due=command.due,
            task=order.task,
            standing=order.due,
            today=day_of(at, order.zone),
        )
    return (Extended(due=command.due, reason=command.reason),)


def reassign(
    command: ReassignTask, state: TaskState, order: Order, at: datetime, assignee: Sequence[str]
) -> tuple[Event, ...]:
    """Decide that the offices of another unit do the task; nothing when they do already.

    Args:
        assignee: the codes from the top unit down to that unit.

    Raises:
        NotEntitled: the office is not above the unit that owes it, or neither of the other one nor above that.
        TaskClosed: nothing is owed.
        OutOfOrder: dated before the order.
    """
    _require_change(command, state, order, at, Message("reassign"))
    require_at_or_above(command.office, assignee, Message("reassign a task"))
    if command.unit == order.assignee:
        return ()
    return (Reassigned(unit=command.unit, reason=command.reason),)


def reopen(command: ReopenTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the task is owed again; nothing when it is open.

    Raises:
        NotEntitled: the office is not above the unit.
        OutOfOrder: dated before it was verified or waived.
    """
    require_above(command.office, order.lineage, Message("reopen"))
    if not state.closed:
        return ()
    _require_after(at, state.answered_at, order, Message("it was {stage}", stage=_stage(state)))
    return (Reopened(reason=command.reason),)


def _require_change(command: TaskCommand, state: TaskState, order: Order, at: datetime, deed: Message) -> None:
    """An office above may change an open task from the moment of the order on."""
    require_above(command.office, order.lineage, deed)
    if state.closed:
        raise TaskClosed(
            "task: {task} is {stage}: reopen it before you {deed} it",
            task=order.task,
            stage=_stage(state),
            deed=deed,
        )
    _require_after(at, order.owed_from, order, Message("it was owed"))


def _require_answer(command: TaskCommand, state: TaskState, order: Order, at: datetime, deed: Message) -> datetime:
    """An office above may answer a submission that is not its actor's own; returns when that was made."""
    require_above(command.office, order.lineage, deed)
    if state.closed:
        raise TaskClosed("task: {task} is {stage} already", task=order.task, stage=_stage(state))
    if state.stage != "submitted" or state.submitted_at is None:
        raise NotSubmitted(
            "task: {task} is {stage}: there is no submission to {deed}",
            task=order.task,
            stage=_stage(state),
            deed=deed,
        )
    _require_another(command, state, order, deed)
    _require_after(at, state.submitted_at, order, Message("it was submitted"))
    return state.submitted_at


def _require_another(command: TaskCommand, state: TaskState, order: Order, deed: Message) -> None:
    same_office = command.office == state.submitted_for
    unnamed = command.office in (command.acting, state.submitted_by)
    if command.acting == state.submitted_by or (same_office and unnamed):
        raise SelfVerification(
            "actor: {acting} cannot {deed} {task}, which {submitted_by} submitted: another must",
            acting=command.acting,
            deed=deed,
            task=order.task,
            submitted_by=state.submitted_by,
        )


def _stage(state: TaskState) -> Message:
    return Message(state.stage)


def _require_after(at: datetime, before: datetime | None, order: Order, what: Message) -> None:
    if before is not None and at < before:
        raise OutOfOrder(
            "at: {at} lies before {what} ({before}): {task} needs a later moment",
            at=at.isoformat(),
            what=what,
            before=before.isoformat(),
            task=order.task,
        )


def life_cycle() -> tuple[type[TaskCommand], ...]:
    """The commands that tasks of every kind share."""
    return (
        AcknowledgeTask,
        SubmitTask,
        ReturnTask,
        VerifyTask,
        WaiveTask,
        ExtendTask,
        ReassignTask,
        ReopenTask,
    )
