"""How many tasks of a directive at or below each unit are in which state; those that never acted are in none."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from directives.domain.task.state import TaskState
from directives.projections.change import Change
from directives.projections.sums import Sums
from directives.projections.tasks import Tasks
from directives.projections.units import Shift, UnitRow, lineage_of
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table

TALLIES = Table(
    "tallies",
    (
        "directive TEXT NOT NULL",
        "level TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "state TEXT NOT NULL",
        "count INTEGER NOT NULL",
    ),
    key=4,
)


class Tallies:
    """The table of tallies; a unit's own task is counted above it, and read where it stands.

    What was read is held, and what changes is added to it, until `flush`.
    """

    def __init__(self, session: Session, tasks: Tasks) -> None:
        self._session, self._cursor, self._tasks = session, session.cursor, tasks
        self._sums = Sums(session, TALLIES)
        self._pending: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)  # by the path of the unit above
        self._held: dict[tuple[str, str], dict[str, Counter[str]]] = {}

    def of(self, directive: str, level: str, unit: UnitRow) -> Counter[str]:
        """The tally of the units of ``level`` at or below ``unit``; it is read, not changed."""
        if unit.level == level:
            state = self._tasks.tally(directive, unit.code)
            return Counter[str]() if state is None else Counter([state])
        held = self._held.setdefault((directive, level), {})
        if unit.code not in held:
            held[unit.code] = self._read(directive, level, unit.code)
        return held[unit.code]

    def _read(self, directive: str, level: str, unit: str) -> Counter[str]:
        rows = self._cursor.execute(
            "SELECT state, count FROM tallies WHERE directive = ? AND level = ? AND unit = ?", (directive, level, unit)
        )
        tally = Counter({row["state"]: row["count"] for row in rows})
        for (of, at, path, state), number in self._pending.items():
            if (of, at) == (directive, level) and unit in lineage_of(path):
                tally[state] += number
        return tally

    def of_levels(self, directive: str, unit: str, levels: Iterable[str]) -> dict[str, dict[str, int]]:
        """The tally of each of ``levels`` that is below that of ``unit``; as they were flushed last."""
        by_level: dict[str, dict[str, int]] = {}
        for row in self._cursor.execute(
            f"""SELECT level, state, count FROM {self._session.dialect.listed()} CROSS JOIN tallies
            WHERE directive = ? AND level = listed.value AND unit = ?""",
            (as_list(levels), directive, unit),
        ):
            by_level.setdefault(row["level"], {})[row["state"]] = row["count"]
        return by_level

    def of_units(self, directive: str, level: str, units: Iterable[str]) -> dict[str, Counter[str]]:
        """The tally at each of ``units``, which are above ``level``; as they were flushed last."""
        by_unit: dict[str, Counter[str]] = {}
        for row in self._cursor.execute(
            f"""SELECT unit, state, count FROM {self._session.dialect.listed()} CROSS JOIN tallies
            WHERE directive = ? AND level = ? AND unit = listed.value""",
            (as_list(units), directive, level),
        ):
            by_unit.setdefault(row["unit"], Counter())[row["state"]] = row["count"]
        return by_unit

    def apply(self, change: Change) -> None:
        """Replace the former counts of the task by the present ones."""
        unit, now = change.unit, change.after.tally
        then = None if change.first else change.before.tally
        if now == then or unit.retired:
            return
        directive, level, above = change.directive.id, unit.level, unit.path[: -len(unit.code) - 1]
        self._pending[directive, level, above, now] += 1
        if then is not None:
            self._pending[directive, level, above, then] -= 1
        for scope, tally in self._held.get((directive, level), {}).items():
            if scope in lineage_of(above):
                tally[now] += 1
                if then is not None:
                    tally[then] -= 1

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit, and its own tasks, from the units above it, and bring it to others."""
        self._sums.moved(shift)
        for directive, state in self._tasks.tallies_of(shift.unit.code, shift.directives).items():
            for above, change in shift.changes.items():
                if above != shift.unit.code:
                    self._sums.add(directive, shift.unit.level, [above], {state: change})

    def restored(self, directive: str, unit: UnitRow, task: TaskState) -> None:
        """Count the task of a unit that is there again."""
        self._sums.add(directive, unit.level, unit.lineage[:-1], {task.tally: 1})

    def flush(self) -> None:
        """Write what was counted."""
        for (directive, level, path, state), number in self._pending.items():
            self._sums.add(directive, level, lineage_of(path), {state: number})
        self._pending.clear()
        self._held.clear()
        self._sums.flush()
