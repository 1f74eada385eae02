"""Sums at every unit over all units below it: what tables of totals have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from directives.projections.units import Shift
from directives.store.dialect import as_list, listed
from directives.store.session import Session
from directives.store.table import Table


class _Statements(NamedTuple):
    """What is said to the database about a table of sums."""

    add: str
    drop: str
    at: str


@cache
def _statements(table: Table) -> _Statements:
    name, number = table.names[3:]
    return _Statements(
        add=f"{table.insert} ON CONFLICT (directive, level, unit, {name}) "
        f"DO UPDATE SET {number} = {table.name}.{number} + excluded.{number}",
        drop=f"DELETE FROM {table.name} WHERE directive = ? AND level = ? AND unit = ? AND {name} = ? AND {number} = 0",
        at=f"""SELECT directive, level, {name} AS name, {number} AS number
            FROM {listed("directives", "directives")} CROSS JOIN {listed("levels", "levels")} CROSS JOIN {table.name}
            WHERE directive = directives.value AND level = levels.value AND unit = :unit""",
    )


class Sums:
    """A table of numbers by directive, level, unit, and the name of what is counted; those of zero have no row.

    What is added is kept in memory until `flush`.
    """

    def __init__(self, session: Session, table: Table) -> None:
        self._cursor, self._statements = session.cursor, _statements(table)
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
        for row in self._cursor.execute(self._statements.at, values).fetchall():
            for above, change in shift.changes.items():
                self._pending[row["directive"], row["level"], above, row["name"]] += change * row["number"]

    def flush(self) -> None:
        """Write what was added."""
        if not self._pending:
            return
        added = [(*key, number) for key, number in self._pending.items() if number]
        lessened = [key for key, number in self._pending.items() if number < 0]
        self._cursor.executemany(self._statements.add, added)
        if lessened:
            self._cursor.executemany(self._statements.drop, lessened)
        self._pending.clear()
