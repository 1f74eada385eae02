"""How each task stood from when on, for questions about an earlier day."""

import json
from collections.abc import Mapping

from directives.domain.directive.state import DirectiveState
from directives.domain.event import RecordedEvent
from directives.domain.task.state import TaskState
from directives.domain.values import utc_text
from directives.projections.change import Change, Step
from directives.projections.days import days_changed
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
        "written_at TEXT",
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
        self._cursor = session.cursor
        self._pending: list[Row] = []

    def apply(self, change: Change) -> None:
        """Note how the task stood from each event on that changed what is noted."""
        for step in change.steps:
            days = {day.isoformat(): number for day, number in days_changed(change.kind, step)}
            numbers = _numbers(change, step.after)
            if step.event.version == 1 or days or _changed(step) or numbers != _numbers(change, step.before):
                self._note(change.directive.id, change.unit, step.event, step.after, numbers, days)

    def amended(
        self,
        directive: DirectiveState,
        unit: UnitRow,
        event: RecordedEvent,
        task: TaskState,
        numbers: Mapping[str, int],
    ) -> None:
        """Note that the work of a task counts otherwise from an amendment of its directive on."""
        self._note(directive.id, unit, event, task, numbers, {})

    def _note(
        self,
        directive: str,
        unit: UnitRow,
        event: RecordedEvent,
        task: TaskState,
        numbers: Mapping[str, int],
        days: Mapping[str, int],
    ) -> None:
        place = (directive, unit.level, unit.code, event.position, utc_text(event.occurred_at))
        self._pending.append((*place, *noted(task), _text(numbers) if any(numbers.values()) else None, _text(days)))

    def flush(self) -> None:
        """Write what was noted."""
        if self._pending:
            self._cursor.executemany(ACTS.insert, self._pending)
            self._pending.clear()


def noted(task: TaskState) -> Row:
    """What is noted of a task: the columns from ``tally`` to ``answered_at``."""
    submitted, written, answered = task.submitted_at, task.written_at, task.answered_at
    return (
        task.tally,
        None if task.due is None else task.due.isoformat(),
        task.assignee,
        None if submitted is None else utc_text(submitted),
        None if written is None else utc_text(written),
        None if answered is None else utc_text(answered),
    )


def _changed(step: Step) -> bool:
    before, after = step.before, step.after
    return _of(before) != _of(after)


def _of(task: TaskState) -> tuple[object, ...]:
    return (task.tally, task.due, task.assignee, task.submitted_at, task.written_at, task.answered_at)


def _numbers(change: Change, task: TaskState) -> Mapping[str, int]:
    return change.counted(task) if change.kind.counts_work else {}


def _text(numbers: Mapping[str, int]) -> str | None:
    return json.dumps(numbers, separators=(",", ":")) if numbers else None
