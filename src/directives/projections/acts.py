"""How each task stood from when on, for questions about an earlier day."""

import json
from collections.abc import Mapping
from functools import lru_cache

from directives.domain.directive.state import DirectiveState
from directives.domain.event import RecordedEvent
from directives.domain.task.state import TaskState
from directives.domain.values import utc_text
from directives.projections.change import Change
from directives.projections.units import UnitRow
from directives.store.session import Session
from directives.store.table import Index, Table

ACTS = Table(
    "acts",
    (
        "directive TEXT NOT NULL",
        "level TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "position INTEGER NOT NULL",
        "occurred_at TEXT NOT NULL",
        "tally TEXT NOT NULL",
        "due TEXT",
        "assignee TEXT",
        "submitted_at TEXT",
        "recorded_later TEXT",
        "answered_at TEXT",
        "numbers TEXT",
        "days TEXT",
    ),
    key=4,
    indexes=(
        Index("acts_extended", "directive, level, unit", "due IS NOT NULL"),
        Index("acts_reassigned", "directive, assignee, unit", "assignee IS NOT NULL"),
    ),
)
"""A row is written whenever what it holds changed: the task as it stood, the numbers of its work, and days covered.

Of a task whose events stand in the order in which they happened, the last row of those that had happened is right.
"""

Row = tuple[str | int | None, ...]


class Acts:
    """The table of acts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pending: list[Row] = []

    def apply(self, change: Change) -> None:
        """Note how the task stood from each event on that changed what is noted."""
        kind = change.kind
        for step in change.steps:
            numbers = change.counted(step.after) if kind.counts_work else _NONE
            if (
                step.event.version == 1
                or step.days
                or _changed(step.before, step.after)
                or (kind.counts_work and numbers != change.counted(step.before))
            ):
                self._note(change.directive.id, change.unit, step.event, step.after, numbers, step.days)

    def amended(
        self,
        directive: DirectiveState,
        unit: UnitRow,
        event: RecordedEvent,
        task: TaskState,
        numbers: Mapping[str, int],
    ) -> None:
        """Note that the work of a task counts otherwise from an amendment of its directive on."""
        self._note(directive.id, unit, event, task, numbers, _NONE)

    def _note(
        self,
        directive: str,
        unit: UnitRow,
        event: RecordedEvent,
        task: TaskState,
        numbers: Mapping[str, int],
        days: Mapping[str, int],
    ) -> None:
        told = _text((*numbers.items(),)) if numbers and any(numbers.values()) else None
        covered = _text((*days.items(),)) if days else None
        at = utc_text(event.occurred_at)
        self._pending.append((directive, unit.level, unit.code, event.position, at, *noted(task), told, covered))

    def flush(self) -> None:
        """Write what was noted."""
        if self._pending:
            self._session.insert(ACTS, self._pending)
            self._pending.clear()


_NONE: Mapping[str, int] = {}


def noted(task: TaskState) -> Row:
    """What is noted of a task: the columns from ``tally`` to ``answered_at``; see `WRITTEN_AT`."""
    submitted, later, answered = task.submitted_at, task.recorded_later, task.answered_at
    return (
        task.tally,
        None if task.due is None else task.due.isoformat(),
        task.assignee,
        None if submitted is None else utc_text(submitted),
        None if later is None else utc_text(later),
        None if answered is None else utc_text(answered),
    )


WRITTEN_AT = "coalesce(recorded_later, submitted_at)"
"""When the last submission was written down, of a row of the acts: mostly when it was made."""


def _changed(before: TaskState, after: TaskState) -> bool:
    return (
        before.stage != after.stage
        or before.counted != after.counted
        or before.due != after.due
        or before.assignee != after.assignee
        or before.submitted_at != after.submitted_at
        or before.recorded_later != after.recorded_later
        or before.answered_at != after.answered_at
    )


_written = json.JSONEncoder(separators=(",", ":")).encode


@lru_cache(1024)  # in bulk, many have the same
def _text(numbers: tuple[tuple[str, int], ...]) -> str:
    return _written(dict(numbers))
