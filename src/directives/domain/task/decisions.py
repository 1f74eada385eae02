"""Decisions about a task: the life cycle that all kinds share."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import JsonValue

from directives.domain.errors import (
    AlreadySubmitted,
    DatedTooFarBack,
    InvalidInput,
    NotEntitled,
    NotSubmitted,
    OutOfOrder,
    SelfVerification,
    TaskClosed,
)
from directives.domain.event import Event
from directives.domain.office import require_above, require_at_or_above, require_own, same_actor, unit_of
from directives.domain.task.commands import (
    AcknowledgeTask,
    ExtendTask,
    OwnAct,
    ReassignTask,
    ReopenTask,
    ReturnTask,
    TaskCommand,
    VerifyTask,
    WaiveTask,
)
from directives.domain.task.events import (
    Acknowledged,
    Extended,
    Reassigned,
    Reopened,
    Returned,
    Submitted,
    Verified,
    Waived,
)
from directives.domain.task.state import Order, TaskState
from directives.domain.values import day_of
from directives.i18n.message import Message, MomentIn


def acknowledge(command: AcknowledgeTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the unit knows of its task; nothing when it has shown so before.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`.
    """
    require_own_act(command, order, at)
    return (Acknowledged(),) if state.stage == "assigned" else ()


def require_own_act(command: TaskCommand, order: Order, at: datetime) -> None:
    """The unit itself, or the one that its task was reassigned to, may act, from the moment of the order on.

    An office above may act on behalf of that unit; it may also date what was done further back.

    Raises:
        NotEntitled: the office is of another unit, or not above the one on whose behalf it acts.
        DatedTooFarBack: further than the directive lets the offices of the unit date it.
        OutOfOrder: dated before the directive was issued.
    """
    if isinstance(command, OwnAct) and command.on_behalf_of is not None:
        _require_on_behalf(command.office, command.on_behalf_of, order)
    else:
        _require_own_office(command, order)
        require_recent(at, order)
    require_after(at, order.owed_from, order, Message("it was owed"), "before-owed")


def _require_on_behalf(office: str, unit: str, order: Order) -> None:
    if unit != order.assignee:
        raise NotEntitled(
            "for: {task} is done by {assignee}, not by {unit}: write --for {assignee}",
            task=order.task,
            assignee=order.assignee,
            unit=unit,
        )
    if unit_of(office) not in order.doing[:-1]:
        ways = ", ".join(f"role@{code}" for code in order.doing[:-1]) or Message("none is")
        raise NotEntitled(
            "office {office} cannot act for {unit}: an office above it must ({ways})",
            reason="not-above",
            office=office,
            unit=unit,
            ways=ways,
        )


def require_recent(at: datetime, order: Order) -> None:
    """An act of the unit's own is not dated further back than the directive lets it.

    Raises:
        DatedTooFarBack: it is.
    """
    day = day_of(at, order.zone)
    if order.earliest is not None and day < order.earliest:
        raise DatedTooFarBack(
            "at: {day} is too far back for {task}: the directive lets its units date what they did on {earliest} "
            "or later; an office above records it with --for {unit}",
            reason="too-far-back",
            day=day,
            task=order.task,
            earliest=order.earliest,
            unit=order.assignee,
        )


def _require_own_office(command: TaskCommand, order: Order) -> None:
    if order.assignee != order.lineage[-1] and unit_of(command.office) != order.assignee:
        raise NotEntitled(
            "office {office} cannot act for {task}, which was reassigned to {assignee}: an office of "
            "that unit must, role@{assignee}, or change that with directives task reassign",
            reason="not-own-unit",
            office=command.office,
            task=order.task,
            assignee=order.assignee,
            unit=order.assignee,
        )
    require_own(command.office, order.assignee)


def require_open(state: TaskState, order: Order) -> None:
    """Something must still be owed, and no submission be waiting.

    Raises:
        TaskClosed: the task is verified.
        AlreadySubmitted: it waits for verification.
    """
    if state.closed:
        raise TaskClosed(
            "task: {task} is {stage}: nothing more is owed", reason="closed", task=order.task, stage=stage_of(state)
        )
    if state.stage == "submitted":
        raise AlreadySubmitted(
            "task: {task} is submitted and waits for verification by an office above", reason="waits", task=order.task
        )


def submit(state: TaskState, order: Order, figures: dict[str, JsonValue], at: datetime) -> Submitted:
    """Decide that the task is submitted, to be judged by ``figures``.

    Raises:
        TaskClosed, AlreadySubmitted: see `require_open`.
        OutOfOrder: dated before the work on record, or before the last submission was returned.
    """
    require_open(state, order)
    require_after(at, state.worked_at, order, Message("the work on record was done"))
    require_after(at, state.answered_at, order, Message("it was returned"))
    return Submitted.of_valid({"submission": state.submission + 1, "figures": figures, "due": order.due})


def give_back(command: ReturnTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the submission is returned, with time to correct it where a day is given.

    Raises:
        NotEntitled, TaskClosed, NotSubmitted, SelfVerification, OutOfOrder: see `_require_answer`.
        InvalidInput: the day is before the one that holds, or before the day of the return.
    """
    _require_answer(command, state, order, at, Message("return"))
    if command.due is not None:
        _require_time(command.due, order, at)
    return (Returned(submission=state.submission, reason=command.reason, due=command.due),)


def verify(command: VerifyTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the submission is accepted: on time by the day on which it was made, not verified.

    The later day counts of those by which the task was owed when it was submitted, and by which it is now.

    Raises:
        NotEntitled, TaskClosed, NotSubmitted, SelfVerification, OutOfOrder: see `_require_answer`.
    """
    submitted_at = _require_answer(command, state, order, at, Message("verify"))
    on_time = day_of(submitted_at, order.zone) <= max(order.due, state.submitted_due or order.due)
    return (Verified.of_valid({"submission": state.submission, "due": order.due, "on_time": on_time}),)


def waive(command: WaiveTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the task is waived; nothing when it was waived before.

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
        raise TaskClosed("task: {task} is {stage}: there is nothing to waive", task=order.task, stage=stage_of(state))
    require_another(command, state, order, Message("waive"))
    require_after(at, order.owed_from, order, Message("it was owed"), "before-owed")
    require_after(at, state.submitted_at, order, Message("it was submitted"), "before-submitted")
    return (Waived(reason=command.reason),)


def extend(command: ExtendTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the unit has longer; nothing when it has until that day already.

    Raises:
        NotEntitled: the office is not above the unit.
        TaskClosed: nothing is owed.
        InvalidInput: the day is not after the one that holds, or is before the day of the extension.
        OutOfOrder: dated before the order.
    """
    require_change(command, state, order, at, Message("extend"))
    if command.due == order.due:
        return ()
    _require_time(command.due, order, at)
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
    require_change(command, state, order, at, Message("reassign"))
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
    require_after(at, state.answered_at, order, Message("it was {stage}", stage=stage_of(state)))
    return (Reopened(reason=command.reason),)


def _require_time(due: date, order: Order, at: datetime) -> None:
    """A day that is given is neither before the one that holds nor before the day on which it is given."""
    today = day_of(at, order.zone)
    if due < max(order.due, today):
        raise InvalidInput(
            "due: {due} gives {task} no more time: it is due {standing}, and time is given on {today}: "
            "name a later day",
            reason="no-more-time",
            due=due,
            task=order.task,
            standing=order.due,
            today=today,
        )


def require_change(command: TaskCommand, state: TaskState, order: Order, at: datetime, deed: Message) -> None:
    """An office above may change an open task from the moment of the order on.

    Raises:
        NotEntitled: the office is not above the unit.
        TaskClosed: nothing is owed.
        OutOfOrder: dated before the order.
    """
    require_above(command.office, order.lineage, deed)
    if state.closed:
        raise TaskClosed(
            "task: {task} is {stage}: reopen it before you {deed} it",
            reason="closed",
            task=order.task,
            stage=stage_of(state),
            deed=deed,
        )
    require_after(at, order.owed_from, order, Message("it was owed"), "before-owed")


def _require_answer(command: TaskCommand, state: TaskState, order: Order, at: datetime, deed: Message) -> datetime:
    """An office above may answer a submission that is not its actor's own; returns when that was made."""
    require_above(command.office, order.lineage, deed)
    if state.closed:
        raise TaskClosed("task: {task} is {stage} already", reason="closed", task=order.task, stage=stage_of(state))
    if state.stage != "submitted" or state.submitted_at is None:
        raise NotSubmitted(
            "task: {task} is {stage}: there is no submission to {deed}",
            reason="nothing-submitted",
            task=order.task,
            stage=stage_of(state),
            deed=deed,
        )
    require_another(command, state, order, deed)
    require_after(at, state.submitted_at, order, Message("it was submitted"), "before-submitted")
    return state.submitted_at


def require_another(command: TaskCommand, state: TaskState, order: Order, deed: Message) -> None:
    """The actor must not be the one that submitted the task.

    Raises:
        SelfVerification: it is.
    """
    submitted_by, office = state.submitted_by or "", command.office
    unnamed = same_actor(office, command.acting) or same_actor(office, submitted_by)
    if same_actor(command.acting, submitted_by) or (office == state.submitted_for and unnamed):
        raise SelfVerification(
            "actor: {acting} cannot {deed} {task}, which {submitted_by} submitted: another must",
            reason="self-verification",
            acting=command.acting,
            deed=deed,
            task=order.task,
            submitted_by=state.submitted_by,
        )


def stage_of(state: TaskState) -> Message:
    """The word for how the task stands."""
    return Message(state.stage)


def require_after(
    at: datetime, before: datetime | None, order: Order, what: Message, reason: str | None = None
) -> None:
    """What is done at ``at`` must not lie before ``what`` it follows; unless that is after now, by error.

    Raises:
        OutOfOrder: it does.
    """
    if before is not None and at < before <= order.now:
        raise OutOfOrder(
            "at: {at} is before {what} ({before}): {task} needs a later moment",
            reason=reason,
            at=MomentIn(at, order.zone),
            what=what,
            before=MomentIn(before, order.zone),
            task=order.task,
        )
