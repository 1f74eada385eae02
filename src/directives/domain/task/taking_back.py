"""Decisions that take back what was recorded about a task; it stays on record, and no longer counts."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from directives.domain.errors import InvalidInput, NotEntitled, NothingToTakeBack, NotSubmitted, UnknownEntry
from directives.domain.event import Event, RecordedEvent, standing, taken_back
from directives.domain.office import require_above, require_at_or_above, unit_of
from directives.domain.task.commands import RecallTask, RescheduleTask, StrikeEvent, TakeBackTask
from directives.domain.task.decisions import require_after, require_another, require_change, require_recent, stage_of
from directives.domain.task.events import (
    Answer,
    DayRescheduled,
    Recalled,
    Reopened,
    Returned,
    Struck,
    Submitted,
    TakenBack,
    Verified,
    Waived,
)
from directives.domain.task.state import Order, TaskState
from directives.domain.values import day_of
from directives.i18n.message import Listed, Message

ANSWERS: dict[type[Event], Answer] = {
    Verified: "verification",
    Returned: "return",
    Waived: "waiver",
    Reopened: "reopening",
}
"""The decisions of offices above that are taken back, by the events that record them."""
Lacks = Callable[[Sequence[RecordedEvent]], Sequence[Message]]
"""What the submission that holds by the given events lacks by its terms, where they end in one that holds."""


def take_back(
    command: TakeBackTask,
    events: Sequence[RecordedEvent],
    state: TaskState,
    order: Order,
    at: datetime,
    lacks: Lacks,
) -> tuple[Event, ...]:
    """Decide that the last decision about the task does not hold; never quietly: once more would go one deeper.

    Args:
        events: all of the task.
        lacks: what the submission lacks that holds by some of them.

    Raises:
        NotEntitled: the office is not above the unit, or is below the one whose office decided.
        NothingToTakeBack: the task is neither verified nor returned nor waived; or a submission would hold again of
            which something was struck out since.
        SelfVerification: the actor submitted it.
        OutOfOrder: dated before the decision.
    """
    require_above(command.office, order.lineage, Message("take back a decision about"))
    decided = [event for event in standing(events) if type(event.data) in ANSWERS]
    if state.stage not in ("verified", "returned", "waived") or not decided:
        raise NothingToTakeBack(
            "task: {task} is {stage}: there is no verification, return, waiver or reopening to take "
            "back; take back a submission with directives task recall, and a record of work with task"
            " strike",
            reason="nothing-to-take-back",
            task=order.task,
            stage=stage_of(state),
        )
    last, what = decided[-1], ANSWERS[type(decided[-1].data)]
    _require_as_high(command, last, order)
    require_another(command, state, order, Message("take back a decision about"))
    require_after(at, last.occurred_at, order, Message("what it takes back"), "before-taken-back")
    _require_whole(last, events, state, order, lacks)
    return (TakenBack(takes_back=(last.position,), what=what, reason=command.reason),)


def _require_as_high(command: TakeBackTask, decided: RecordedEvent, order: Order) -> None:
    """An office at the unit whose office decided, or above that; where it is above the task no more, any above."""
    above, decider = order.lineage[:-1] or order.lineage, unit_of(decided.office)
    if decider in above and unit_of(command.office) not in above[: above.index(decider) + 1]:
        raise NotEntitled(
            "office {office} cannot take back what {decider} decided about the task of {unit}: "
            "an office there or above must ({ways})",
            reason="not-there-or-above",
            office=command.office,
            decider=decided.office,
            unit=order.lineage[-1],
            ways=", ".join(f"role@{code}" for code in above[: above.index(decider) + 1]),
        )


def _require_whole(
    last: RecordedEvent, events: Sequence[RecordedEvent], state: TaskState, order: Order, lacks: Lacks
) -> None:
    """A submission that holds again without the last decision has still what it was judged by."""
    if not any(isinstance(event.data, Struck) for event in events):
        return
    lacking = lacks([event for event in standing(events) if event.position != last.position])
    if lacking:
        raise NothingToTakeBack(
            "task: submission {submission} of {task} does not hold without what was struck out since: {lacking}: "
            "the unit submits again",
            reason="carries-submission",
            submission=state.submission,
            task=order.task,
            lacking=Listed(*lacking, between="; "),
        )


def recall(
    command: RecallTask, events: Sequence[RecordedEvent], state: TaskState, order: Order, at: datetime
) -> tuple[Event, ...]:
    """Decide that the submission that waits was none, nor what was recorded with it.

    Args:
        events: all of the task.

    Raises:
        NotEntitled: the office is neither of the unit that does the task, nor the one that submitted it.
        NotSubmitted: no submission waits.
        DatedTooFarBack: further than the directive lets the offices of the unit date it.
        OutOfOrder: dated before the submission.
    """
    own = unit_of(command.office) == order.assignee
    if not own and command.office != state.submitted_for:
        raise NotEntitled(
            "office {office} cannot recall the submission of {task}: an office of {unit} must, role@{unit}",
            reason="not-own-unit",
            office=command.office,
            task=order.task,
            unit=order.assignee,
        )
    if state.stage != "submitted":
        raise NotSubmitted(
            "task: {task} is {stage}: there is no submission to {deed}",
            reason="nothing-submitted",
            task=order.task,
            stage=stage_of(state),
            deed=Message("recall"),
        )
    if own:
        require_recent(at, order)
    require_after(at, state.submitted_at, order, Message("it was submitted"), "before-submitted")
    submission = [event for event in standing(events) if isinstance(event.data, Submitted)][-1]
    gone = tuple(each.position for each in standing(events) if each.command_id == submission.command_id)
    return (Recalled(takes_back=gone, submission=state.submission, reason=command.reason),)


def strike(
    command: StrikeEvent,
    events: Sequence[RecordedEvent],
    state: TaskState,
    order: Order,
    at: datetime,
    lacks: Lacks,
) -> tuple[Event, ...]:
    """Decide that a record of work no longer counts; nothing when it was taken back before.

    Args:
        events: all of the task.
        lacks: what the submission lacks that holds by some of them.

    Raises:
        NotEntitled: the office is neither of the unit that does or owes the task, nor above.
        UnknownEntry: the event is none of the task.
        NothingToTakeBack: it is no work, was recorded by a submission, or a submission that holds rests on it.
        DatedTooFarBack: further than the directive lets the offices of the unit date it.
        OutOfOrder: dated before the work.
    """
    if unit_of(command.office) not in order.lineage:
        require_at_or_above(command.office, order.doing, Message("strike an entry"))
    if command.event in taken_back(events):
        return ()
    struck = _work(command.event, events, order)
    if unit_of(command.office) == order.assignee:
        require_recent(at, order)
    require_after(at, struck.occurred_at, order, Message("what it takes back"), "before-taken-back")
    _require_no_submission(struck, events, state, order, lacks)
    return (Struck(takes_back=(struck.position,), reason=command.reason),)


def _work(position: int, events: Sequence[RecordedEvent], order: Order) -> RecordedEvent:
    """The record of work at that position."""
    named = next((event for event in events if event.position == position), None)
    if named is None:
        raise UnknownEntry(
            "event: {event} is not a record of work of {task}: directives history {task} --numbers "
            "shows those that are",
            event=str(position),
            task=order.task,
        )
    if type(named.data).__module__ == Submitted.__module__:
        raise NothingToTakeBack(
            "event: {event} of {task} is not a record of work: take a decision back with directives "
            "task take-back, and a submission with task recall",
            reason="no-work",
            event=str(position),
            task=order.task,
        )
    submitted = [each.data for each in events if isinstance(each.data, Submitted) and _together(each, named)]
    if submitted:
        raise NothingToTakeBack(
            "event: {event} of {task} was recorded with submission {submission}: recall both with "
            "directives task recall while it waits",
            reason="part-of-submission",
            event=str(position),
            task=order.task,
            submission=submitted[0].submission,
        )
    return named


def _together(one: RecordedEvent, other: RecordedEvent) -> bool:
    return one.command_id == other.command_id


def _require_no_submission(
    struck: RecordedEvent, events: Sequence[RecordedEvent], state: TaskState, order: Order, lacks: Lacks
) -> None:
    """No submission that waits or is accepted may rest on the event."""
    submissions = [event.position for event in standing(events) if isinstance(event.data, Submitted)]
    if not submissions or submissions[-1] < struck.position:
        return
    lacking = lacks([event for event in standing(events) if event.position != struck.position])
    if lacking:
        raise NothingToTakeBack(
            "event: {event} of {task} carries submission {submission}: without it {lacking}: "
            "return the submission, recall it or take its verification back first",
            reason="carries-submission",
            event=str(struck.position),
            task=order.task,
            submission=state.submission,
            lacking=Listed(*lacking, between="; "),
        )


def reschedule(
    command: RescheduleTask, state: TaskState, order: Order, at: datetime, level_due: date
) -> tuple[Event, ...]:
    """Decide that the task has another day of its own, an earlier one too; nothing when it is due then.

    Args:
        level_due: the day by which the unit would owe it without one of its own.

    Raises:
        NotEntitled: the office is not above the unit.
        TaskClosed: nothing is owed.
        InvalidInput: the day is before today, or before that of its level.
        OutOfOrder: dated before the order.
    """
    require_change(command, state, order, at, Message("reschedule"))
    if command.due == order.due:
        return ()
    today = day_of(order.now, order.zone)
    if command.due < max(level_due, today):
        raise InvalidInput(
            "due: {due} is too early for {task}: its level is due {level_due}, and today is {today}: "
            "name the later of both, or a day after",
            reason="no-earlier",
            due=command.due,
            task=order.task,
            level_due=level_due,
            today=today,
        )
    return (DayRescheduled(due=command.due, reason=command.reason),)
