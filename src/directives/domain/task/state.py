"""The state of a task, as its events tell it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import Field, JsonValue

from directives.domain.aggregate import Aggregate
from directives.domain.errors import (
    UnknownTask,
)
from directives.domain.event import RecordedEvent
from directives.domain.task.events import (
    Acknowledged,
    DayRescheduled,
    Extended,
    Reassigned,
    Recalled,
    Reopened,
    Returned,
    Struck,
    Submitted,
    TakenBack,
    Verified,
    Waived,
)
from directives.domain.values import KnownMoment, Model

Stage = Literal["assigned", "acknowledged", "submitted", "returned", "verified", "waived", "withdrawn"]
"""How a task stands; one is ``withdrawn`` with its directive, whatever it was."""


_STREAM = re.compile(r"task/[^/]+/[^/]+")


def is_task_stream(name: str) -> bool:
    """Whether ``name`` is that of the stream of a task."""
    return _STREAM.fullmatch(name) is not None


def split_task(task: str) -> tuple[str, str]:
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
    unless it was reassigned), ``owed_from`` is when that began. ``now`` is the present moment: what is dated after it,
    by a clock that was wrong, holds nothing up. ``doing`` has the codes from the top unit down to the assignee;
    ``earliest`` is the first day that its offices may give to what they did, if the directive limits that.
    """

    task: str
    lineage: tuple[str, ...]
    assignee: str
    level: str
    due: date
    owed_from: datetime
    zone: str
    parameters: Mapping[str, JsonValue]
    now: datetime
    doing: tuple[str, ...]
    earliest: date | None


class TaskState(Model):
    """A task as its events tell it; ``work`` is kept by its kind, ``worked_at`` is the latest moment of it.

    ``revision`` is that of the directive by which it was closed, None while it is open. ``due`` is its own day, where
    it was extended, ``assignee`` the unit to which it was reassigned, ``waived_from`` how it stood when it was waived.
    ``recorded_later`` is when the last submission was recorded, unless at ``submitted_at``, when it was made;
    ``submitted_due`` is the day by which the task was owed then, ``verified_due`` by which it was owed when it was
    verified, if that is another. ``counted`` is under what a verified one is counted, see `judgement`.
    """

    stage: Stage = "assigned"
    due: date | None = None
    assignee: str | None = None
    waived_from: Stage | None = None
    revision: int | None = None
    submission: int = 0
    submitted_at: KnownMoment | None = None
    recorded_later: KnownMoment | None = None
    submitted_due: date | None = None
    submitted_by: str | None = None
    submitted_for: str | None = None
    worked_at: KnownMoment | None = None
    answered_at: KnownMoment | None = None
    verified_at: KnownMoment | None = None
    verified_due: date | None = None
    on_time: bool | None = None
    counted: str | None = None
    work: dict[str, JsonValue] = Field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether nothing more is owed."""
        return self.stage in ("verified", "waived")

    @property
    def tally(self) -> str:
        """The state under which the task is counted: verified ones as on time or late."""
        return self.counted or self.stage

    @property
    def written_at(self) -> datetime | None:
        """When the last submission was written down."""
        return self.recorded_later or self.submitted_at

    @property
    def owed_until(self) -> date | None:
        """The later of the days by which the task was owed when it was submitted and when it was verified."""
        submitted, verified = self.submitted_due, self.verified_due
        return max(submitted, verified) if submitted and verified else submitted or verified


CLOSED = ("on_time", "late", "waived")
"""The states under which tasks are counted of which nothing more is owed, see `TaskState.tally`."""
DONE_OR_WAITING = (*CLOSED, "submitted")
"""Those in which the unit has nothing to do: where it waits for an answer, it is not late by the delay of others."""


_LIFE_CYCLE = frozenset(
    (
        *(Acknowledged, Submitted, Returned, Verified, Waived, Reopened, Extended, DayRescheduled, Reassigned),
        *(TakenBack, Recalled, Struck),
    )
)


def evolve(state: TaskState, event: RecordedEvent) -> TaskState:
    """The task after ``event``; a kind's work acknowledges."""
    at = event.occurred_at
    if type(event.data) not in _LIFE_CYCLE:  # work of a kind: the most of all events
        change = {"stage": "acknowledged"} if state.stage == "assigned" else {}
        return state.changed(**change, worked_at=max(at, state.worked_at or at))
    match event.data:
        case Submitted(submission=submission, due=due):
            change = {"stage": "submitted", "submission": submission, "submitted_at": at, "submitted_due": due}
            change |= {"submitted_by": event.actor, "submitted_for": event.office}
            change |= {"recorded_later": None if event.recorded_at == at else event.recorded_at}
        case Returned(due=due):
            change = {"stage": "returned", "answered_at": at} | ({} if due is None else {"due": due})
        case Verified(on_time=on_time, due=due):
            change = {"stage": "verified", "answered_at": at, "verified_at": at}
            change |= {"on_time": on_time, "verified_due": None if due == state.submitted_due else due}
        case Waived():
            change = {"stage": "waived", "answered_at": at, "waived_from": state.waived_from or state.stage}
        case Reopened() if state.stage == "waived":
            change = {"stage": state.waived_from, "answered_at": at, "waived_from": None}
        case Reopened():
            change = {"stage": "returned", "answered_at": at}
            change |= dict.fromkeys(("verified_at", "verified_due", "on_time"))
        case Extended(due=due) | DayRescheduled(due=due):
            change = {"due": due}
        case Reassigned(unit=unit):
            change = {"assignee": None if event.stream.endswith(f"/{unit}") else unit}
        case Acknowledged() if state.stage == "assigned":
            change = {"stage": "acknowledged"}
        case _:
            return state
    return state.changed(**change)


def without(state: TaskState, event: RecordedEvent) -> TaskState:
    """The task after ``event``, which was taken back: the number that it gave to a submission is not given again."""
    match event.data:
        case Submitted(submission=submission):
            return state.changed(submission=submission)
        case _:
            return state


TASK = Aggregate("task", TaskState.model_construct(), evolve)
"""The life cycle of a task; its kind adds ``work`` to the state."""
