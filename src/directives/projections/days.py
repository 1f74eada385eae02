"""On how many units at or below each unit a day of a daily record is covered."""

from collections import Counter
from datetime import date

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.task.state import TaskState
from directives.projections.change import Change, days_counted
from directives.projections.sums import Sums
from directives.projections.units import Shift, UnitRow, under
from directives.store.session import Session
from directives.store.table import Table

DAYS = Table(
    "days",
    (
        "directive TEXT NOT NULL",
        "level TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "day TEXT NOT NULL",
        "units INTEGER NOT NULL",
    ),
    key=4,
)


class Days:
    """The table of days."""

    def __init__(self, session: Session) -> None:
        self._cursor = session.cursor
        self._sums = Sums(session, DAYS)

    def of(self, directive: str, level: str, unit: str, first: date, last: date) -> Counter[date]:
        """How many units of ``level`` at or below ``unit`` covered each day from ``first`` to ``last``."""
        rows = self._cursor.execute(
            "SELECT day, units FROM days WHERE directive = ? AND level = ? AND unit = ? AND day BETWEEN ? AND ?",
            (directive, level, unit, first.isoformat(), last.isoformat()),
        )
        return Counter({date.fromisoformat(row["day"]): row["units"] for row in rows})

    def of_each(self, directive: str, level: str, root: UnitRow, first: date, last: date) -> dict[str, list[date]]:
        """The days that each unit of ``level`` at or below ``root`` covered, of those that covered any."""
        days_by_unit: dict[str, list[date]] = {}
        for row in self._cursor.execute(
            """SELECT unit, day FROM units CROSS JOIN days
            WHERE units.level = ? AND path >= ? AND path < ?
            AND directive = ? AND days.level = ? AND unit = units.code AND day BETWEEN ? AND ? ORDER BY path, day""",
            (level, *under(root.path), directive, level, first.isoformat(), last.isoformat()),
        ):
            days_by_unit.setdefault(row["unit"], []).append(date.fromisoformat(row["day"]))
        return days_by_unit

    def apply(self, change: Change) -> None:
        """Count the days that are covered now; a task that is waived is in none."""
        if change.kind.window is None or change.unit.retired:
            return
        for step in change.steps:
            if step.days:
                self._sums.add(change.directive.id, change.unit.level, change.unit.lineage, step.days)

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit from the units above it, and bring it to others."""
        self._sums.moved(shift)

    def restored(self, directive: DirectiveState, unit: UnitRow, task: TaskState) -> None:
        """Count the days that a unit covered which is there again."""
        kind = kind_or_absent(directive.kind)
        if kind.window is not None:
            days = {day.isoformat(): 1 for day in days_counted(kind, task)}
            self._sums.add(directive.id, unit.level, unit.lineage, days)

    def flush(self) -> None:
        """Write what was counted."""
        self._sums.flush()
