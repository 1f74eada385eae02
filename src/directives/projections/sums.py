"""Sums at every unit over all units below it: what tables of totals have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from directives.projections.units import Shift
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table


class Sums:
    """A table of numbers by directive, level, unit, and the name of what is counted; those of zero have no row.

    What is added is kept in memory until `flush`.
    """

    def __init__(self, session: Session, table: Table) -> None:
        self._session, self._table = session, table
        self._pending: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)

    def add(self, directive: str, level: str, units: Iterable[str], numbers: Mapping[str, int]) -> None:
        """Add ``numbers``, by their names, to the sums at ``units``."""
        for name, number in numbers.items():
            for unit in units if number else ():
                self._pending[directive, level, unit, name] += number

    def moved(self, shift: Shift) -> None:
        """Take what is counted at a unit from the units above it, and bring it to others."""
        values = {
            "directives": as_list(shift.directives),
            "levels": as_list(shift.levels),
            "unit": shift.unit.code,
        }
        name, number = self._table.names[3:]
        listed = self._session.dialect.listed
        query = f"""SELECT directive, level, {name} AS name, {number} AS number
            FROM {listed("directives", "directives")} CROSS JOIN {listed("levels", "levels")}
            CROSS JOIN {self._table.name}
            WHERE directive = directives.value AND level = levels.value AND unit = :unit"""
        for row in self._session.cursor.execute(query, values).fetchall():
            for above, change in shift.changes.items():
                self._pending[row["directive"], row["level"], above, row["name"]] += change * row["number"]

    def flush(self) -> None:
        """Write what was added."""
        if not self._pending:
            return
        added = [(*key, number) for key, number in self._pending.items() if number]
        lessened = [key for key, number in self._pending.items() if number < 0]
        self._session.add(self._table, added)
        if lessened:
            self._session.delete(self._table, lessened, f"{self._table.names[-1]} = 0")
        self._pending.clear()
