"""What kinds of directives count about their work, added up over the units below each unit."""

from collections import Counter
from collections.abc import Mapping

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.task.state import TaskState
from directives.projections.change import Change
from directives.projections.sums import Sums
from directives.projections.units import Shift, UnitRow
from directives.store.session import Session
from directives.store.table import Table

WORK_COUNTS = Table(
    "work_counts",
    (
        "directive TEXT NOT NULL",
        "level TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "name TEXT NOT NULL",
        "count INTEGER NOT NULL",
    ),
    key=4,
)


class WorkCounts:
    """The table of numbers of the work."""

    def __init__(self, session: Session) -> None:
        self._cursor = session.cursor
        self._sums = Sums(session, WORK_COUNTS)

    def of(self, directive: str, level: str, unit: str) -> Counter[str]:
        """The numbers, added up over the units of ``level`` at or below ``unit``; as they were flushed last."""
        rows = self._cursor.execute(
            "SELECT name, count FROM work_counts WHERE directive = ? AND level = ? AND unit = ?",
            (directive, level, unit),
        )
        return Counter({row["name"]: row["count"] for row in rows})

    def apply(self, change: Change) -> None:
        """Replace the former counts of the work by the present ones."""
        before, after = change.before, change.after
        if not change.kind.counts_work or (after.work, after.revision) == (before.work, before.revision):
            return
        now, then = change.counted(after), change.counted(before)
        if now == then or change.unit.retired:
            return
        counted = Counter(now)
        counted.subtract(then)
        self._sums.add(change.directive.id, change.unit.level, change.unit.lineage, counted)

    def amended(
        self, directive: DirectiveState, unit: UnitRow, before: Mapping[str, int], now: Mapping[str, int]
    ) -> None:
        """Count the work of an open task by the parameters that hold now instead of those before."""
        counted = Counter(now)
        counted.subtract(before)
        if not unit.retired:
            self._sums.add(directive.id, unit.level, unit.lineage, counted)

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit from the units above it, and bring it to others."""
        self._sums.moved(shift)

    def restored(self, directive: DirectiveState, unit: UnitRow, task: TaskState) -> None:
        """Count the work of a unit that is there again."""
        counted = kind_or_absent(directive.kind).counts(task.work, directive.terms_of(task.revision))
        self._sums.add(directive.id, unit.level, unit.lineage, counted)

    def flush(self) -> None:
        """Write what was counted."""
        self._sums.flush()
