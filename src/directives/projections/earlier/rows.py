"""How tasks stood, read from the rows that were written after each act: the last one that had happened.

Tasks whose events are out of order are left out here: they are folded from their events.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from directives.projections.acts import WRITTEN_AT
from directives.projections.earlier.as_of import AsOf
from directives.projections.units import RETIRED, UnitRow, under
from directives.store.dialect import Dialect, as_list
from directives.store.session import Session

THEN = "acts.position <= :known AND acts.occurred_at <= :at"
"""The condition that a row had been written, and was known."""
_THEN = f"acts.directive = :directive AND {THEN}"
NOTED = f"acts.tally AS tally, due, assignee, submitted_at, {WRITTEN_AT} AS written_at, answered_at"
"""What is noted of a task, see `directives.projections.acts.noted`."""


TASK_ROW = """:directive, unit, 1, '',
CASE WHEN substr(tally, 1, 7) = 'on_time' OR substr(tally, 1, 4) = 'late' THEN 'verified' ELSE tally END,
submitted_at, written_at, answered_at, tally, due, assignee, '', 0"""
"""The row of a task, as `directives.projections.tasks.TASKS` has it, of what is noted of it."""


def out_of_order(dialect: Dialect) -> str:
    """A query for the units whose tasks have events out of order."""
    return f"""SELECT unit FROM {dialect.stored}tasks {dialect.by_index("tasks_out_of_order")}
    WHERE directive = :directive AND {dialect.is_set("out_of_order")}"""


class Among(NamedTuple):
    """Which units of a level are looked at: those at or below ``root`` today, but for ``apart``, and ``others``."""

    level: str
    root: UnitRow
    apart: Collection[str]
    others: Collection[str]


class Rows:
    """The table of acts, as of a moment."""

    def __init__(self, session: Session, as_of: AsOf) -> None:
        self._cursor, self._dialect = session.cursor, session.dialect
        self._stored, self._listed, self._by_index = self._dialect.stored, self._dialect.listed, self._dialect.by_index
        self._known, self._at = as_of.known, as_of.at_text

    def tallied(self, directive: str, among: Among, *, numbers: bool) -> Counter[tuple[str, str | None]]:
        """How many tasks stood under which tally; and, where ``numbers`` are asked for, with which in JSON."""
        columns = "acts.tally AS tally, acts.numbers AS numbers" if numbers else "acts.tally AS tally, NULL AS numbers"
        found = Counter[tuple[str, str | None]]()
        for source, where, of_these in self._sources(directive, among):
            last = self._dialect.last_of_each(
                f"acts.unit AS unit, {columns}", source, where, group="acts.unit", order="position"
            )
            for row in self._execute(
                f"SELECT tally, numbers, count(*) FROM ({last}) AS stood WHERE {of_these} GROUP BY 1, 2",
                directive,
                among,
            ):
                found[row[0], row[1]] += row[2]
        return found

    def covered(self, directive: str, among: Among) -> Counter[date]:
        """How many units covered each day of a daily record."""
        found = Counter[date]()
        for source, where, of_these in self._sources(directive, among):
            for row in self._execute(
                f"""SELECT days, count(*) FROM (SELECT acts.unit AS unit, days FROM {source} WHERE {where}
                AND days IS NOT NULL) AS stood WHERE {of_these} GROUP BY 1""",
                directive,
                among,
            ):
                for day, number in json.loads(row[0]).items():
                    found[date.fromisoformat(day)] += number * row[1]
        return +found

    def _sources(self, directive: str, among: Among) -> list[tuple[str, str, str]]:
        """From which tables rows are read, by which conditions, and by which on their units."""
        then = f"{_THEN} AND acts.level = :level"
        in_order = self._none_of(out_of_order(self._dialect), directive)
        stay = f"{in_order} AND unit NOT IN (SELECT value FROM {self._listed('apart')})" if among.apart else in_order
        if among.root.parent is None:  # all of them: without a look at each unit
            sources = [("acts", then, f"{stay} AND {self._none_of(self._retired, directive)}")]
        else:
            there = "path >= :first AND path < :last AND units.level = :level AND acts.unit = units.code"
            sources = [(f"{self._stored}units AS units CROSS JOIN acts", f"{there} AND {then}", stay)]
        if among.others:
            sources.append(
                (f"{self._listed('others')} CROSS JOIN acts", f"acts.unit = listed.value AND {then}", in_order)
            )
        return sources

    def _none_of(self, units: str, directive: str) -> str:
        """The condition that a unit is none of those of a query; where that has none, nothing is looked at."""
        some = self._cursor.execute(f"SELECT EXISTS ({units})", {"directive": directive}).fetchone()[0]
        return f"unit NOT IN ({units})" if some else "TRUE"

    @property
    def _retired(self) -> str:
        return f"SELECT code FROM {self._stored}units WHERE path >= '{RETIRED}'"

    def _execute(self, query: str, directive: str, among: Among) -> list[tuple[str, str | None, int]]:
        first, last = under(among.root.path)
        values = {"directive": directive, "level": among.level, "known": self._known, "at": self._at}
        values |= {"first": first, "last": last, "apart": as_list(among.apart), "others": as_list(among.others)}
        return self._cursor.execute(query, values).fetchall()

    def out_of_order(
        self, directive: str, root: UnitRow, apart: Collection[str], others: Collection[str]
    ) -> dict[str, str]:
        """The units whose tasks have events out of order, and their levels.

        Of those below ``root`` today, but for ``apart``, and of others.
        """
        first, last = under(root.path)
        rows = self._cursor.execute(
            f"""SELECT unit, level FROM {self._stored}tasks {self._by_index("tasks_out_of_order")}
            CROSS JOIN {self._stored}units AS units
            WHERE directive = :directive AND {self._dialect.is_set("out_of_order")} AND code = unit
            AND path >= :first AND path < :last AND code NOT IN (SELECT value FROM {self._listed("apart")})""",
            {"directive": directive, "first": first, "last": last, "apart": as_list(apart)},
        )
        return {row[0]: row[1] for row in rows} | self.out_of_order_of(directive, others)

    def out_of_order_of(self, directive: str, codes: Iterable[str]) -> dict[str, str]:
        """The units of ``codes`` whose tasks have events out of order, with their levels."""
        out_of_order = self._dialect.is_set("out_of_order")
        rows = self._cursor.execute(
            f"""SELECT unit, level FROM {self._listed("codes")} CROSS JOIN {self._stored}tasks AS tasks
            CROSS JOIN {self._stored}units AS units
            WHERE directive = :directive AND unit = listed.value AND {out_of_order} AND code = unit""",
            {"directive": directive, "codes": as_list(codes)},
        )
        return {row[0]: row[1] for row in rows}

    def days_of_each(self, directive: str, among: Among) -> Iterator[tuple[str, Mapping[str, int]]]:
        """What was added for which days, unit by unit, again for each of its acts."""
        for source, where, of_these in self._sources(directive, among):
            for unit, days, _ in self._execute(
                f"""SELECT unit, days, 1 FROM (SELECT acts.unit AS unit, days FROM {source} WHERE {where}
                AND days IS NOT NULL) AS stood WHERE {of_these}""",
                directive,
                among,
            ):
                yield unit, json.loads(days or "{}")

    def with_own_day(self, directive: str, level: str) -> list[str]:
        """The units whose tasks ever had a due day of their own."""
        rows = self._cursor.execute(
            f"""SELECT DISTINCT unit FROM acts {self._by_index("acts_extended")}
            WHERE directive = ? AND level = ? AND due IS NOT NULL""",
            (directive, level),
        )
        return [row[0] for row in rows]

    def done_by(self, directive: str, paths: tuple[str, str]) -> list[str]:
        """The units whose tasks were ever reassigned to units with paths in a range."""
        rows = self._cursor.execute(
            f"""SELECT DISTINCT unit FROM acts {self._by_index("acts_reassigned")} CROSS JOIN units
            WHERE directive = ? AND assignee IS NOT NULL AND code = assignee AND path >= ? AND path < ?""",
            (directive, *paths),
        )
        return [row[0] for row in rows]

    def last(self, directive: str, level: str, units: Iterable[str]) -> dict[str, tuple[str, str | None]]:
        """The tally and the own due day of the task of each of ``units`` that has a row and is in order."""
        where = f"{_THEN} AND acts.level = :level AND acts.unit = listed.value"
        columns, source = "acts.unit AS unit, acts.tally AS tally, due", f"{self._listed('units')} CROSS JOIN acts"
        last = self._dialect.last_of_each(columns, source, where, group="acts.unit", order="acts.position")
        rows = self._cursor.execute(
            f"SELECT unit, tally, due FROM ({last}) AS stood WHERE unit NOT IN ({out_of_order(self._dialect)})",
            {"directive": directive, "level": level, "known": self._known, "at": self._at, "units": as_list(units)},
        )
        return {row["unit"]: (row["tally"], row["due"]) for row in rows}
