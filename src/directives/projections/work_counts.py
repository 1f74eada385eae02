"""What kinds of directives count about their work, added up over the units below each unit."""

from collections import Counter
from collections.abc import Mapping

from directives.directive_kinds.registry import kind_of
from directives.domain.directive.state import DirectiveState
from directives.domain.task.state import TaskState
from directives.projections.change import Change
from directives.projections.sums import Sums
from directives.projections.units import Shift, UnitRow, Units
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

    def __init__(self, session: Session, units: Units) -> None:
        self._cursor, self._units = session.cursor, units
        self._sums = Sums(session, WORK_COUNTS)

    def of(self, directive: str, level: str, unit: str) -> Counter[str]:
        """The numbers, added up over the units of ``level`` at or below ``unit``; as they were flushed last."""
        rows = self._cursor.execute(
            "SELECT name, count FROM work_counts WHERE directive = ? AND level = ? AND unit = ?",
            (directive, level, unit),
        )
        return Counter({row["name"]: row["count"] for row in rows})

    def apply(self, change: Change) -> None:
        """Count the work as it is now, and no more as it was before."""
        before, after, kind, directive = change.before, change.after, change.kind, change.directive
        if not kind.counts_work or (after.work, after.revision) == (before.work, before.revision):
            return
        counted = Counter(kind.counts(after.work, directive.terms_of(after.revision)))
        counted.subtract(kind.counts(before.work, directive.terms_of(before.revision)))
        if not change.unit.retired:
            self._sums.add(directive.id, change.unit.level, change.unit.lineage, counted)

    def amended(self, directive: DirectiveState, open_work: Mapping[str, TaskState]) -> None:
        """Count the work of open tasks, by their units, by the parameters that hold now instead of those before."""
        kind, before, now = kind_of(directive.kind), directive.superseded[-1].parameters, directive.parameters
        for unit in self._units.of_codes(open_work):
            work = open_work[unit.code].work
            counted = Counter(kind.counts(work, now))
            counted.subtract(kind.counts(work, before))
            if not unit.retired:
                self._sums.add(directive.id, unit.level, unit.lineage, counted)

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit from the units above it, and bring it to others."""
        self._sums.moved(shift)

    def restored(self, directive: DirectiveState, unit: UnitRow, task: TaskState) -> None:
        """Count the work of a unit that is there again."""
        counted = kind_of(directive.kind).counts(task.work, directive.terms_of(task.revision))
        self._sums.add(directive.id, unit.level, unit.lineage, counted)

    def flush(self) -> None:
        """Write what was counted."""
        self._sums.flush()
