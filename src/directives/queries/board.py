"""How the units of a level stand: a row a unit, a column a directive."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import Field

from directives.domain.directive.state import Assignment, DirectiveState, due_of
from directives.domain.errors import InvalidInput, UnknownUnit
from directives.domain.task.judgement import as_verified
from directives.domain.task.state import DONE_OR_WAITING
from directives.domain.values import Model, Text, day_of
from directives.projections.owed_tasks import STILL_UNDONE, OwedTask
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow, lineage_of, under
from directives.queries.selection import Filter, Selected, select

CellState = Literal["due", "overdue", "waiting", "returned", "verified", "waived", "below"]
"""How a cell stands: the unit's own task; or ``below``, where only units below it owe one."""
BoardOrder = Literal["trouble", "tree"]
"""The order of rows: those in trouble first, or as the organisation has them."""


class BoardNumbers(Model):
    """Tasks, counted: of a cell, or of a column.

    ``done`` are those verified, ``waiting`` those that wait for an answer; these are never ``overdue``.
    """

    expected: int
    done: int
    waived: int
    waiting: int
    returned: int
    overdue: int


class BoardCell(BoardNumbers):
    """How one directive stands at one unit.

    Attributes:
        state: how the unit's own task stands; ``below`` where only units below it owe one.
        day: the due day of one that is due or overdue; the day since which one waits, on which one was returned or
            verified; None of others. Of ``below``, the earliest due day of what is overdue.
        days_left: days until the due day, of what is to be done; below zero once that has passed.
    """

    state: CellState
    day: date | None
    days_left: int | None


class BoardColumn(BoardNumbers):
    """A directive, with the totals of all rows; the title is left out of JSON."""

    directive: str
    kind: str
    title: Text = Field(exclude=True)


class BoardRow(Model):
    """A unit, with its cells by directive; one that owes nothing, and has nobody below that does, has none."""

    unit: str
    cells: dict[str, BoardCell]
    name: Text = Field(exclude=True)


class Board(Model):
    """The units of a level at or below ``unit``, on ``day``; ``number`` is how many there are on all pages."""

    unit: str
    level: str
    day: date
    number: int
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    level_name: Text = Field(exclude=True)


class BoardPage(NamedTuple):
    """Which rows and columns are shown: those ``after`` a unit, ``limit`` of them; of some directives, or of all."""

    order: BoardOrder = "trouble"
    directives: Collection[str] = ()
    after: str | None = None
    limit: int | None = None


def board(models: ReadModels, unit: str | None, level: str | None, now: datetime, page: BoardPage) -> Board:
    """How the units of ``level`` at or below ``unit`` stand; by default the next level below the top unit.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
        InvalidInput: the level is above the unit.
    """
    organisation = models.states.organisation()
    root = models.units.top() if unit is None else models.units.live(unit)
    level = _level_of(models, root, level)
    today, units = day_of(now, organisation.zone), models.units.of_level(level, root.path)
    columns = dict[str, _Column]()
    for directive in dict.fromkeys(page.directives) or [None]:
        for selected in select(models, Filter(directive, root.code)):
            state = selected.directive
            column = columns.setdefault(state.id, _Column(models, state, level, units, today))
            column.add(selected)
    cells = {name: column.cells() for name, column in columns.items()}
    rows = [_row(each, {name: of[each.code] for name, of in cells.items() if each.code in of}) for each in units]
    if page.order == "trouble":
        rows.sort(key=_trouble)
    return Board(
        unit=root.code,
        level=level,
        day=today,
        number=len(rows),
        columns=tuple(columns[name].total(of.values()) for name, of in cells.items() if of or page.directives),
        rows=tuple(_paged(rows, page)),
        level_name=organisation.level(level).name,
    )


def _level_of(models: ReadModels, root: UnitRow, level: str | None) -> str:
    """The level that is asked for; by default the next one below a unit that has units.

    Raises:
        UnknownLevel: there is none.
        InvalidInput: it is above the unit.
    """
    organisation = models.states.organisation()
    ranks = organisation.ranks
    if level is None:
        counts = models.unit_counts.counts(root.code)
        below = [each for each in ranks if ranks[each] > ranks[root.level] and counts[each]]
        return below[0] if below else root.level
    if ranks[organisation.level(level).code] < ranks[root.level]:
        raise InvalidInput("level: {level} is above {unit}: name a level below it", level=level, unit=root.code)
    return level


def _row(unit: UnitRow, cells: dict[str, BoardCell]) -> BoardRow:
    return BoardRow.of_valid({"unit": unit.code, "cells": cells, "name": unit.name})


def _trouble(row: BoardRow) -> tuple[int, ...]:
    """What comes first: more overdue cells, more days late, more returned, fewer days left."""
    cells = row.cells.values()
    late = [-cell.days_left for cell in cells if cell.overdue and cell.days_left is not None]
    left = [cell.days_left for cell in cells if not cell.overdue and cell.days_left is not None]
    returned = sum(1 for cell in cells if cell.returned)
    return (-len(late), -sum(late), -returned, min(left, default=MOST_DAYS))


MOST_DAYS = 10**6
"""More days than any task has left."""


def _paged(rows: Sequence[BoardRow], page: BoardPage) -> Sequence[BoardRow]:
    if page.after is not None:
        reached = next((n for n, row in enumerate(rows, start=1) if row.unit == page.after), None)
        if reached is None:
            raise UnknownUnit("after: {unit} is not on the board: name the last unit of a page", unit=page.after)
        rows = rows[reached:]
    return rows if page.limit is None else rows[: page.limit]


@dataclass
class _Below:
    """What units below a row owe, added up; and the due days of what is overdue."""

    numbers: Counter[str] = field(default_factory=Counter[str])
    overdue_since: list[date] = field(default_factory=list[date])
    due: list[date] = field(default_factory=list[date])


class _Column:
    """A directive at the units of a level: what they owe themselves, and what units below them owe."""

    def __init__(
        self, models: ReadModels, directive: DirectiveState, level: str, units: Sequence[UnitRow], today: date
    ) -> None:
        self._models, self._directive, self._level, self._today = models, directive, level, today
        self._units = {unit.code: unit for unit in units}
        self._own: list[tuple[Assignment, OwedTask]] = []
        self._below: dict[str, _Below] = {}

    def add(self, selected: Selected) -> None:
        """Add what an assignment makes the rows, or units below them, owe."""
        _, assignment, root = selected
        ranks, models = self._models.states.organisation().ranks, self._models
        if assignment.level == self._level:
            tasks = models.owed_tasks.between(self._directive.id, assignment, under(root.path))
            self._own += ((assignment, task) for task in tasks)
        elif ranks[assignment.level] > ranks[self._level]:
            self._add_below(assignment, root)

    def _add_below(self, assignment: Assignment, root: UnitRow) -> None:
        models, name, level = self._models, self._directive.id, assignment.level
        above = [code for code in root.lineage if code in self._units]
        if above:  # the scope lies below a row, or is one
            rows, counts = above[-1:], {above[-1]: models.unit_counts.count(root.code, level)}
            tallies: Mapping[str, Counter[str]] = {above[-1]: models.tallies.of(name, level, root)}
        else:
            rows = [code for code, unit in self._units.items() if unit.path.startswith(root.path)]
            counts = models.unit_counts.of_units(rows, level)
            tallies = models.tallies.of_units(name, level, rows)
        undone = Counter[str]()
        for code in rows:
            tally = as_verified(tallies.get(code, Counter[str]()))
            expected = counts[code] if assignment.expected is None else tally.total()
            if expected:
                below = self._below.setdefault(code, _Below())
                below.numbers.update(expected=expected, done=tally["on_time"] + tally["late"])
                below.numbers.update({state: tally[state] for state in ("waived", "submitted", "returned")})
                undone[code] = expected - sum(tally[state] for state in DONE_OR_WAITING)
        self._add_due(assignment, root, +undone)

    def _add_due(self, assignment: Assignment, root: UnitRow, undone: Counter[str]) -> None:
        """Count what is overdue of what is ``undone`` below each row, and keep the due days of all of it."""
        due = {code: Counter({assignment.due: number}) for code, number in undone.items()}
        for task in self._later(assignment, root) if undone else ():
            for code in due.keys() & lineage_of(task.path):
                due[code].update({assignment.due: -1, self._due(assignment, task): 1})
        for code, days in due.items():
            for day, number in (+days).items():
                if self._today > day:
                    self._below[code].numbers["overdue"] += number
                    self._below[code].overdue_since.append(day)
                else:
                    self._below[code].due.append(day)

    def _later(self, assignment: Assignment, root: UnitRow) -> list[OwedTask]:
        """The undone tasks that have longer than their level, or had."""
        return self._models.owed_tasks.due_later(self._directive, assignment, under(root.path), STILL_UNDONE)

    def _due(self, assignment: Assignment, task: OwedTask) -> date:
        return due_of(self._directive, assignment, task.came, task.came_on, task.due)

    def cells(self) -> dict[str, BoardCell]:
        """The cell of each unit that has one."""
        below = {code: self._cell_below(each) for code, each in self._below.items()}
        return below | {task.unit: self._own_cell(assignment, task) for assignment, task in self._own}

    def _cell_below(self, below: _Below) -> BoardCell:
        numbers = below.numbers
        day = min(below.overdue_since or below.due, default=None)
        return BoardCell.of_valid(
            {
                "expected": numbers["expected"],
                "done": numbers["done"],
                "waived": numbers["waived"],
                "waiting": numbers["submitted"],
                "returned": numbers["returned"],
                "overdue": numbers["overdue"],
                "state": "below",
                "day": day if below.overdue_since else None,
                "days_left": None if day is None else (day - self._today).days,
            }
        )

    def _own_cell(self, assignment: Assignment, task: OwedTask) -> BoardCell:
        due, stage = self._due(assignment, task), task.stage
        to_do = stage not in ("submitted", "verified", "waived")
        overdue = to_do and self._today > due
        state: CellState = "overdue" if overdue else _STATES.get(stage, "due")
        return BoardCell.of_valid(
            {
                "expected": 1,
                "done": int(stage == "verified"),
                "waived": int(stage == "waived"),
                "waiting": int(stage == "submitted"),
                "returned": int(stage == "returned"),
                "overdue": int(overdue),
                "state": state,
                "day": due if state in ("due", "overdue") else self._day_of(task, state),
                "days_left": (due - self._today).days if to_do else None,
            }
        )

    def _day_of(self, task: OwedTask, state: CellState) -> date | None:
        """Since when one waits, or when one was returned or verified."""
        since = {"waiting": task.written_at, "verified": task.answered_at, "returned": task.answered_at}.get(state)
        return None if since is None else day_of(datetime.fromisoformat(since), self._models.zone)

    def total(self, cells: Iterable[BoardCell]) -> BoardColumn:
        """The directive, with the numbers of all its cells."""
        cells = [*cells]
        numbers = {name: sum(getattr(cell, name) for cell in cells) for name in BoardNumbers.model_fields}
        directive = self._directive
        about = {"directive": directive.id, "kind": directive.kind, "title": directive.title}
        return BoardColumn.of_valid({**numbers, **about})


_STATES: Mapping[str, CellState] = {
    "submitted": "waiting",
    "returned": "returned",
    "verified": "verified",
    "waived": "waived",
}
"""How a cell stands by the stage of the task, where that is not due."""
