"""Totals as of a moment: of the rows that had been written, and of the tasks that are folded."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import Assignment, DirectiveState
from directives.domain.task.judgement import stage_of
from directives.projections.earlier.folds import Folds, Stood
from directives.projections.earlier.rows import Among, Rows
from directives.projections.earlier.tree import NOT_ALL, EarlierUnitCounts, EarlierUnits
from directives.projections.units import UnitRow, under

Folded = Mapping[str, Stood]
"""Tasks that were folded, by their units."""


class Totals:
    """What is added up over the units of a level at or below a unit, as they stood; each is asked for once."""

    def __init__(
        self,
        directives: Mapping[str, DirectiveState],
        units: EarlierUnits,
        counts: EarlierUnitCounts,
        rows: Rows,
        folds: Folds,
    ) -> None:
        self._directives, self._units, self._counts, self._folds = directives, units, counts, folds
        self.rows = rows
        self._folded: dict[str, dict[str, Stood]] = {}
        self._out_of_order: dict[tuple[str, str, tuple[str, ...]], dict[str, str]] = {}
        self._found: dict[tuple[str, str, str], tuple[Counter[str], Counter[str]]] = {}

    def folded_below(
        self, directive: str, root: UnitRow, level: str | None = None, also: tuple[str, ...] = ()
    ) -> Folded:
        """The tasks whose events are out of order, of units at or below ``root`` (of ``level``) and of others.

        Those that had begun, by their units; each is folded once.
        """
        key = (directive, root.code, also)
        if key not in self._out_of_order:
            tree, (first, last) = self._units.tree, under(root.path)
            others = [code for code, unit in tree.rows.items() if first <= unit.path < last]
            codes = self.rows.out_of_order(directive, tree.now(root), tree.rows, {*others, *also})
            self._out_of_order[key] = codes
        levels = self._out_of_order[key]
        return self._fold(directive, [code for code, each in levels.items() if level in (None, each)])

    def _fold(self, directive: str, codes: Sequence[str]) -> Folded:
        held = self._folded.setdefault(directive, {})
        new = [code for code in codes if code not in held]
        if new:
            held.update(self._folds.of_units(self._directives[directive], new))
        return {code: held[code] for code in codes if held[code].begun}

    def tally(self, directive: str, level: str, root: UnitRow) -> Counter[str]:
        """How many tasks stood under which tally."""
        return self._totals(directive, level, root)[0]

    def work(self, directive: str, level: str, root: UnitRow) -> Counter[str]:
        """The numbers that the kind counts."""
        return self._totals(directive, level, root)[1]

    def _totals(self, directive: str, level: str, root: UnitRow) -> tuple[Counter[str], Counter[str]]:
        key = (directive, level, root.code)
        if key not in self._found:
            self._found[key] = self._read(directive, level, root)
        return self._found[key]

    def _read(self, directive: str, level: str, root: UnitRow) -> tuple[Counter[str], Counter[str]]:
        counts_work = kind_or_absent(self._directives[directive].kind).counts_work
        tally, work = Counter[str](), Counter[str]()
        rows = self.rows.tallied(directive, self.among(level, root), numbers=counts_work)
        for (state, numbers), number in rows.items():
            tally[state] += number
            for name, each in json.loads(numbers).items() if numbers else ():
                work[name] += each * number
        for stood in self.folded_below(directive, root, level).values():
            tally[stood.task.tally] += 1
            work.update(stood.numbers)
        assignment = _covering(self._directives[directive], level, root)
        if assignment is not None and assignment.expected == NOT_ALL:
            tally["assigned"] += self.owing(assignment, root) - tally.total()
        return tally, work

    def of_units(self, directive: str, level: str, units: Sequence[str]) -> dict[str, tuple[str, date | None]]:
        """The state and the own due day of the task of each of ``units`` of a level that had begun."""
        stood = {
            unit: (stage_of(tally), None if due is None else date.fromisoformat(due))
            for unit, (tally, due) in self.rows.last(directive, level, units).items()
        }
        folded = self._fold(directive, [*self.rows.out_of_order_of(directive, units)])
        return stood | {unit: (stage_of(each.task.tally), each.task.due) for unit, each in folded.items()}

    def days(self, directive: str, level: str, root: UnitRow) -> Counter[date]:
        """How many units covered each day of a daily record."""
        covered = self.rows.covered(directive, self.among(level, root))
        for stood in self.folded_below(directive, root, level).values():
            covered.update(stood.days)
        return covered

    def days_of_each(self, directive: str, level: str, root: UnitRow) -> dict[str, Counter[date]]:
        """The days that each unit covered, of those that covered any."""
        covered: dict[str, Counter[date]] = {}
        for unit, days in self.rows.days_of_each(directive, self.among(level, root)):
            added = {date.fromisoformat(day): number for day, number in days.items()}
            covered.setdefault(unit, Counter()).update(added)
        for unit, stood in self.folded_below(directive, root, level).items():
            covered[unit] = Counter(stood.days)
        return {unit: +days for unit, days in covered.items()}

    def among(self, level: str, root: UnitRow) -> Among:
        """The units of ``level`` that stood at or below ``root``."""
        tree, (first, last) = self._units.tree, under(root.path)
        others = [unit.code for unit in tree.rows.values() if unit.level == level and first <= unit.path < last]
        return Among(level, tree.now(root), tree.rows, others)

    def owing(self, assignment: Assignment, root: UnitRow) -> int:
        """How many units at or below ``root`` were there for an assignment."""
        first, last = under(root.path)
        absent = [ghost for ghost in self._units.tree.absent_for(assignment) if first <= ghost.path < last]
        return self._counts.count(root.code, assignment.level) - len(absent)


def _covering(directive: DirectiveState, level: str, root: UnitRow) -> Assignment | None:
    """The assignment of ``level`` that counts at ``root``: its scope, or a unit below that."""
    found = (each for each in directive.assignments if each.level == level and each.scope in root.lineage)
    return next(found, None)
