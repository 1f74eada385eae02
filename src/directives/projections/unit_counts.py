"""How many units of each level are at or below each unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from directives.projections.units import Shift, UnitRow, lineage_of
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table

UNIT_COUNTS = Table("unit_counts", ("unit TEXT NOT NULL", "level TEXT NOT NULL", "count INTEGER NOT NULL"), key=2)


class UnitCounts:
    """The table of counts."""

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor
        self._pending: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._held: dict[tuple[str, str], int] = {}

    def count(self, unit: str, level: str) -> int:
        """How many units of ``level`` are at or below ``unit``."""
        key = (unit, level)
        if key not in self._held:
            row = self._cursor.execute("SELECT count FROM unit_counts WHERE unit = ? AND level = ?", key).fetchone()
            self._held[key] = (0 if row is None else row["count"]) + self._pending.get(key, 0)
        return self._held[key]

    def counts(self, unit: str) -> Counter[str]:
        """How many units of each level are at or below ``unit``, as they were flushed last."""
        rows = self._cursor.execute("SELECT level, count FROM unit_counts WHERE unit = ?", (unit,))
        return Counter({row["level"]: row["count"] for row in rows})

    def of_units(self, units: Iterable[str], level: str) -> Counter[str]:
        """As `count`, of several units at once, as they were flushed last."""
        rows = self._cursor.execute(
            f"""SELECT unit, count FROM {self._session.dialect.listed()} CROSS JOIN unit_counts
            WHERE unit = listed.value AND level = ?""",
            (as_list(units), level),
        )
        return Counter({row["unit"]: row["count"] for row in rows})

    def below(self, unit: str) -> int:
        """How many units are below ``unit``."""
        return self.counts(unit).total() - 1

    def register(self, unit: UnitRow) -> None:
        """Count a unit at itself and at all above it."""
        above = lineage_of(unit.path[: -len(unit.code) - 1])  # which its siblings share, and is known by then
        for code in (*above, unit.code):
            self._pending[code, unit.level] += 1
            if self._held and (code, unit.level) in self._held:
                self._held[code, unit.level] += 1

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit from the units above it, and bring it to others."""
        for level, count in self.counts(shift.unit.code).items():
            for above, change in shift.changes.items():
                self._pending[above, level] += change * count
        self._held.clear()

    def flush(self) -> None:
        """Write what was counted."""
        if not self._pending:
            return
        self._session.add(UNIT_COUNTS, [(*key, count) for key, count in self._pending.items() if count])
        lessened = [key for key, count in self._pending.items() if count < 0]
        if lessened:
            self._session.delete(UNIT_COUNTS, lessened, "count = 0")
        self._pending.clear()
