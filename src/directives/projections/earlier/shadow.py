"""Temporary tables of the units and tasks as they stood, which the lists read in the place of those of today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from directives.domain.directive.state import Assignment, DirectiveState, due_of
from directives.domain.task.state import DONE_OR_WAITING
from directives.projections.acts import noted
from directives.projections.earlier.as_of import AsOf
from directives.projections.earlier.folds import Stood
from directives.projections.earlier.rows import NOTED, TASK_ROW, THEN, out_of_order
from directives.projections.earlier.totals import Totals
from directives.projections.earlier.tree import NOT_ALL, EarlierUnits
from directives.projections.owed_tasks import ListedTask, OwedTask, OwedTasks
from directives.projections.tasks import TASKS
from directives.projections.units import UNITS, UnitRow, under, unit_params
from directives.projections.waiting_tasks import Since, WaitingTasks
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table


class Shadow:
    """The tables; the tasks of a directive are written when they are asked for.

    They hold what stood at or below one unit, and what of elsewhere is done there.
    """

    def __init__(
        self,
        session: Session,
        root: UnitRow | None,
        as_of: AsOf,
        directives: Mapping[str, DirectiveState],
        units: EarlierUnits,
        totals: Totals,
    ) -> None:
        self._session, self._cursor, self._dialect, self._as_of = session, session.cursor, session.dialect, as_of
        self._root = None if root is None or root.parent is None else root
        self._directives, self._units, self._totals = directives, units, totals
        self._made = False
        self._filled: set[str] = set()

    def has(self, directives: Iterable[str]) -> None:
        """Let the tables hold the tasks of these directives."""
        wanted = [each for each in directives if each in self._directives and each not in self._filled]
        if not wanted:
            return
        if not self._made:
            self._make()
        for directive in wanted:
            self._fill(self._directives[directive])
        if not self._filled:
            self._index(TASKS)
        self._filled.update(wanted)

    def has_all(self) -> None:
        """Let them hold the tasks of all directives."""
        self.has(self._directives)

    def has_units(self) -> None:
        """Let them hold the units, where those do not stand as they do today."""
        if not self._made and self._units.tree.rows:
            self._make()

    @property
    def _paths(self) -> tuple[str, str]:
        return under("" if self._root is None else self._root.path)

    def _make(self) -> None:
        self._made = True
        tree = self._units.tree
        self._cursor.execute(self._dialect.create_temporary(TASKS))
        if not tree.rows:
            return
        self._cursor.execute(self._dialect.create_temporary(UNITS))
        where, paths = "TRUE", under("")
        if self._root is not None:
            where, paths = "path >= :first AND path < :last", under(tree.now(self._root).path)
        self._cursor.execute(
            f"""INSERT INTO {self._dialect.temporary}units SELECT * FROM {self._dialect.stored}units
            WHERE {where} AND code NOT IN (SELECT value FROM {self._dialect.listed("apart")})""",
            {"first": paths[0], "last": paths[1], "apart": as_list(tree.rows)},
        )
        first, last = self._paths
        there = (unit for unit in tree.rows.values() if self._root is None or first <= unit.path < last)
        self._add_units(there)
        self._index(UNITS)

    def _index(self, table: Table) -> None:
        for statement in self._dialect.create_indexes(table, temporary=True):
            self._cursor.execute(statement)

    def _add_units(self, units: Iterable[UnitRow]) -> None:
        self._session.insert(UNITS, map(unit_params, units), new=False)

    def _fill(self, directive: DirectiveState) -> None:
        """Write the tasks of a directive."""
        there, elsewhere = f"acts.directive = :directive AND {THEN}", list[str]()
        if self._root is None:
            self._add("acts", there, directive.id)
        else:
            of_units = "path >= :first AND path < :last AND acts.level = units.level AND acts.unit = units.code"
            self._add("units CROSS JOIN acts", f"{of_units} AND {there}", directive.id)
            elsewhere = self._totals.rows.done_by(directive.id, self._paths)
            of_others = "units.code = others.value AND acts.level = units.level AND acts.unit = units.code"
            listed = self._dialect.listed("others", "others")
            others = f"{listed} CROSS JOIN {self._dialect.stored}units AS units CROSS JOIN acts"
            self._add(others, f"{of_others} AND {there}", directive.id, elsewhere)
        folded = self._totals.folded_below(directive.id, self._root or self._units.top(), also=tuple(elsewhere))
        self._session.insert(TASKS, (_row(directive.id, code, stood) for code, stood in folded.items()), new=False)
        for assignment in directive.assignments:
            if assignment.expected == NOT_ALL:
                self._add_not_begun(directive.id, assignment)
        if self._units.tree.rows:
            self._add_concerned(directive.id)

    def _add(self, source: str, where: str, directive: str, others: Sequence[str] = ()) -> None:
        """Write the tasks that have rows, but for those that are folded."""
        columns = f"acts.unit AS unit, {NOTED}"
        last = self._dialect.last_of_each(columns, source, where, group="acts.level, acts.unit", order="acts.position")
        paths = self._paths
        self._cursor.execute(
            f"""INSERT INTO {self._dialect.temporary}tasks SELECT {TASK_ROW} FROM ({last}) AS stood
            WHERE unit NOT IN ({out_of_order(self._dialect)}) ON CONFLICT DO NOTHING""",
            {
                "directive": directive,
                "known": self._as_of.known,
                "at": self._as_of.at_text,
                "first": paths[0],
                "last": paths[1],
                "others": as_list(others),
            },
        )

    def _add_not_begun(self, directive: str, assignment: Assignment) -> None:
        """Write a row for each unit that was there for an assignment, where not all of its level were."""
        absent = {unit.code for unit in self._units.tree.absent_for(assignment)}
        scope = self._units.unit(assignment.scope)
        codes = [unit.code for unit in self._units.of_level(assignment.level, scope.path) if unit.code not in absent]
        self._session.insert(TASKS, (_not_begun(directive, code) for code in codes), new=False)

    def _add_concerned(self, directive: str) -> None:
        """Write the units of the tasks of elsewhere, and those that do tasks."""
        rows = self._cursor.execute(
            f"SELECT unit, assignee FROM {self._dialect.temporary}tasks WHERE directive = ? AND assignee IS NOT NULL",
            (directive,),
        ).fetchall()
        self._add_units(self._units.of_codes({code for row in rows for code in row}))


def _row(directive: str, unit: str, stood: Stood) -> tuple[object, ...]:
    tally, due, assignee, submitted, later, answered = noted(stood.task)
    written = later or submitted
    return (directive, unit, 1, "", stood.task.stage, submitted, written, answered, tally, due, assignee, "", 0)


def _not_begun(directive: str, unit: str) -> tuple[object, ...]:
    return (directive, unit, 0, "", "assigned", None, None, None, "assigned", None, None, "", 0)


class EarlierOwedTasks(OwedTasks):
    """As `OwedTasks`, of then."""

    def __init__(self, session: Session, shadow: Shadow, totals: Totals, units: EarlierUnits) -> None:
        super().__init__(session)
        self._shadow, self._totals, self._units = shadow, totals, units

    def between(
        self, directive: str, assignment: Assignment, paths: tuple[str, str], *, after: str = "", where: str = ""
    ) -> Iterator[OwedTask]:
        """The tasks of an assignment whose units' paths are in a range."""
        self._shadow.has([directive])
        return super().between(directive, assignment, paths, after=after, where=where)

    def due_later(
        self, directive: DirectiveState, assignment: Assignment, paths: tuple[str, str], where: str
    ) -> list[OwedTask]:
        """Those whose due day is later than that of their level."""
        self._shadow.has([directive.id])
        return super().due_later(directive, assignment, paths, where)

    def done_by(self, paths: tuple[str, str]) -> list[ListedTask]:
        """The tasks that units with paths in a range do, of units that have none of those."""
        self._shadow.has_all()
        return super().done_by(paths)

    def not_yet_due(self, directive: DirectiveState, assignment: Assignment, root: UnitRow, today: date) -> int:
        """How many undone tasks at or below ``root`` had longer than their level."""
        first, last = under(root.path)
        units = [unit for unit in self._may_have_longer(directive, assignment, today) if first <= unit.path < last]
        stood, number = self._totals.of_units(directive.id, assignment.level, [unit.code for unit in units]), 0
        absent = {unit.code for unit in self._units.tree.absent_for(assignment)}
        for unit in units:
            state, own_day = stood.get(unit.code, ("assigned", None))
            owes = unit.code in stood or (assignment.expected in (None, NOT_ALL) and unit.code not in absent)
            if owes and state not in DONE_OR_WAITING:
                number += due_of(directive, assignment, unit.came, unit.came_on, own_day) >= today
        return number

    def _may_have_longer(self, directive: DirectiveState, assignment: Assignment, today: date) -> list[UnitRow]:
        """The units of the level with a day of their own, or that came later and have grace still."""
        level = assignment.level
        codes = self._totals.rows.with_own_day(directive.id, level)
        came = self._units.came_after(level, assignment.position, today - timedelta(days=directive.grace_days))
        rows = {unit.code: unit for unit in (*self._units.of_codes(codes), *came)}
        return [unit for unit in rows.values() if unit.level == level]


class EarlierWaitingTasks(WaitingTasks):
    """As `WaitingTasks`, of then."""

    def __init__(self, session: Session, shadow: Shadow) -> None:
        super().__init__(session)
        self._shadow = shadow

    def place_of(self, directive: str, unit: str) -> Since:
        """The place of a task."""
        self._shadow.has([directive])
        return super().place_of(directive, unit)

    def of_scope(
        self, directive: str, level: str, scope: UnitRow, within: tuple[str, str], after: Since, limit: int | None
    ) -> list[ListedTask]:
        """The given units of ``level`` at or below ``scope``."""
        self._shadow.has([directive])
        return super().of_scope(directive, level, scope, within, after, limit)

    def all(self, after: Since) -> Iterator[ListedTask]:
        """All of them."""
        self._shadow.has_all()
        return super().all(after)
