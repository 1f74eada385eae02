"""Tasks, a page at a time: found from the top down, only where the totals say that some exist."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Literal, NamedTuple

from directives.domain.directive.state import DirectiveState, due_of, owed_in_force
from directives.domain.errors import InvalidInput, UnknownTask
from directives.domain.task.judgement import as_verified
from directives.domain.task.state import DONE_OR_WAITING, Stage, split_task
from directives.domain.values import day_of
from directives.projections.owed_tasks import STILL_UNDONE, OwedTask, due_with_its_level, in_stages
from directives.projections.read_models import ReadModels
from directives.projections.units import RETIRED, UnitRow, just, under
from directives.queries.selection import Filter, Selected, reassigned_to, select
from directives.queries.task_views import TO_DO, TaskView, task_view

FEW = 200
"""Where no more units than these are below a unit, they are looked at one by one."""
By = Literal["directive", "level", "unit", "due"]
"""In which order tasks are listed: by directive and level, by level and directive, by unit, or by due day."""


class Page(NamedTuple):
    """Which tasks are listed, and in which order.

    Attributes:
        states: those in one of these states; all, where none is named.
        overdue: only those that are overdue.
        until: only those that are due on this day or before.
        itself: only those that the unit which was asked for does itself.
        by: their order.
        after: only those after this task, ``TASK``; by due day after ``TASK@DAY`` too, which stays when that changes.
    """

    states: Collection[Stage] = ()
    overdue: bool = False
    until: date | None = None
    itself: bool = False
    by: By = "directive"
    after: str | None = None

    @property
    def undone(self) -> bool:
        """Whether only tasks are listed that the unit has still to do."""
        return self.overdue or (bool(self.states) and {*self.states} <= {*TO_DO})


_Key = tuple[date | str | int, ...]
"""The place of a task in a list."""
_Order = Callable[[DirectiveState, int, str, date], _Key]
ORDERS: dict[By, _Order] = {
    "directive": lambda directive, rank, path, _: (directive.position, rank, path),
    "level": lambda directive, rank, path, _: (rank, directive.position, path),
    "unit": lambda directive, rank, path, _: (path, directive.position, rank),
    "due": lambda directive, rank, path, due: (due, directive.position, rank, path),
}


NOTHING = RETIRED
"""A path after which no unit stands that is not retired."""


class Found(NamedTuple):
    """A task that is listed: its place, the order by which it is owed, its due day, and whether that was withdrawn."""

    key: _Key
    selected: Selected
    task: OwedTask
    due: date
    withdrawn: bool


class _Part(NamedTuple):
    """An assignment where it counts, and the path after which its tasks are listed."""

    selected: Selected
    withdrawn: bool
    after: str


def tasks(
    models: ReadModels, chosen: Filter, now: datetime, page: Page, limit: int | None = None
) -> Iterator[TaskView]:
    """The tasks that were asked for, in the order of the page; ``limit`` of them at most.

    A reassigned task is listed where it is done: at the unit that does it, and at those above that.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
        UnknownTask: there is no task to go on after.
        InvalidInput: what stands behind ``@`` is no day.
    """
    return map(View(models, now), islice(_List(models, chosen, now, page).done_there(), limit))


def owed_at(models: ReadModels, chosen: Filter, now: datetime, page: Page) -> Iterator[TaskView]:
    """As `tasks`, of the units that owe them, whoever does them."""
    return map(View(models, now), _List(models, chosen, now, page).owed_there())


class View:
    """Tells tasks that were found as they are listed."""

    def __init__(self, models: ReadModels, now: datetime) -> None:
        self._organisation = models.states.organisation()
        self._today = day_of(now, self._organisation.zone)

    def __call__(self, found: Found) -> TaskView:
        """The view of one."""
        directive, assignment, _ = found.selected
        level = self._organisation.level(assignment.level)
        return task_view(directive, assignment, level, found.task, self._today, withdrawn=found.withdrawn)


class _List:
    """A list of tasks that was asked for."""

    def __init__(self, models: ReadModels, chosen: Filter, now: datetime, page: Page) -> None:
        self._models, self._chosen, self._page = models, chosen, page
        organisation = models.states.organisation()
        self._ranks, self._today = organisation.ranks, day_of(now, organisation.zone)
        self._reached = None if page.after is None else self._reached_by(page.after)

    def done_there(self) -> Iterator[Found]:
        """The tasks that units at or below the one that was asked for do; withdrawn ones are where they were owed."""
        if self._chosen.unit is None:
            return self.owed_there()
        path = self._models.units.unit(self._chosen.unit).path
        paths = just(path) if self._page.itself else under(path)
        there = (found for found in self.owed_there() if found.withdrawn or found.task.is_done_within(paths))
        return merge(there, self._owed_elsewhere(), key=itemgetter(0))

    def owed_there(self) -> Iterator[Found]:
        """The tasks that units at or below the one that was asked for owe."""
        parts = sorted(self._parts(), key=self._group)
        if self._page.by in ("unit", "due"):
            return self._merged(parts)
        return chain.from_iterable(self._merged([*group]) for _, group in groupby(parts, key=self._group))

    def _group(self, part: _Part) -> _Key:
        """The directive and the level of a part, in the order of the list."""
        order = ORDERS["level" if self._page.by == "level" else "directive"]
        directive, assignment, _ = part.selected
        return order(directive, self._ranks[assignment.level], "", date.min)[:2]

    def _merged(self, parts: list[_Part]) -> Iterator[Found]:
        """The tasks of several parts, in their order; each once, though a unit can have been withdrawn twice."""
        if not any(part.withdrawn for part in parts):
            # Scopes of a level never overlap, and stand in the order of their paths.
            streams = map(self._of_part, parts)
            sequence = self._page.by in ("directive", "level")
            yield from chain.from_iterable(streams) if sequence else merge(*streams, key=itemgetter(0))
            return
        for _, same in groupby(merge(*map(self._of_part, parts), key=itemgetter(0)), key=itemgetter(0)):
            yield next(same)

    def _parts(self) -> Iterator[_Part]:
        """The parts of the list that come after the task to go on after."""
        chosen, states = self._chosen, {*self._page.states}
        if self._page.itself and chosen.unit is not None:
            level = self._models.units.unit(chosen.unit).level
            if chosen.level not in (None, level):
                return
            chosen = chosen._replace(level=level)
        for withdrawn in (False, True):
            if (withdrawn and "withdrawn" not in states) or (not withdrawn and states == {"withdrawn"}):
                continue
            for selected in select(self._models, chosen, withdrawn=withdrawn):
                after = self._after(selected)
                if after is not None:
                    yield _Part(selected, withdrawn, after)

    def _after(self, selected: Selected) -> str | None:
        """The path after which tasks of an assignment are listed; None where all of them come before.

        By due day it is that of those that are due with their level; the others are few, and looked at one by one.
        """
        if self._reached is None:
            return ""
        directive, assignment, _ = selected
        rank = self._ranks[assignment.level]
        if self._page.by == "unit":
            return str(self._reached[0])[:-1]  # before the path itself: another directive may still be to come there
        *group, path = ORDERS[self._page.by](directive, rank, "", assignment.due)
        *reached, path = self._reached
        if group == reached:
            return str(path)
        if self._page.by == "due":
            return NOTHING if group < reached else ""
        return None if group < reached else ""

    def _of_part(self, part: _Part) -> Iterator[Found]:
        directive, assignment, _ = part.selected
        if self._page.overdue and self._today <= assignment.due:
            return  # none of them can be overdue yet
        if self._page.until is not None and self._page.until < assignment.due:
            return  # nor due
        if self._page.by != "due" or part.withdrawn:
            found = (self._found(part, task) for task in self._owed(part))
            # Only a few were withdrawn, so that they can all be put in their order.
            yield from (
                sorted(filter(self._wanted, found), key=itemgetter(0))
                if part.withdrawn
                else filter(self._wanted, found)
            )
            return
        later = self._models.owed_tasks.due_later(directive, assignment, under(part.selected.root.path), self._where)
        own_day = sorted((self._found(part, task) for task in later), key=itemgetter(0))
        levels_day = (self._found(part, task) for task in self._owed(part))
        yield from filter(self._wanted, merge(levels_day, own_day, key=itemgetter(0)))

    def _found(self, part: _Part, task: OwedTask) -> Found:
        return self._placed(part.selected, task, withdrawn=part.withdrawn)

    def _placed(self, selected: Selected, task: OwedTask, *, withdrawn: bool = False) -> Found:
        directive, assignment, _ = selected
        due = due_of(directive, assignment, task.came, task.came_on, task.due)
        key = ORDERS[self._page.by](directive, self._ranks[assignment.level], task.path, due)
        return Found(key, selected, task, due, withdrawn)

    def _wanted(self, found: Found) -> bool:
        """Whether a task in one of the states is listed, by its due day and its place."""
        page = self._page
        if self._reached is not None and found.key <= self._reached:
            return False
        if not page.overdue and page.until is None:
            return True
        if page.overdue and not (self._today > found.due and not found.withdrawn and found.task.stage in TO_DO):
            return False
        return page.until is None or found.due <= page.until

    def _owed_elsewhere(self) -> list[Found]:
        """The tasks of other units that were reassigned to units at or below the one that was asked for."""
        found = [
            self._placed(selected, task)
            for selected, task in reassigned_to(self._models, self._chosen, itself=self._page.itself)
            if not self._page.states or task.stage in self._page.states
        ]
        return sorted(filter(self._wanted, found), key=itemgetter(0))

    def _reached_by(self, after: str) -> _Key:
        """The place of the task to go on after.

        Raises:
            UnknownTask, UnknownDirective, UnknownUnit: there is none.
            InvalidInput: what stands behind ``@`` is no day.
        """
        models = self._models
        task, _, day = after.partition("@")
        directive_id, code = split_task(task)
        unit, directive = models.units.unit(code), models.states.directive(directive_id)[0]
        due = date.min
        if self._page.by == "due":
            due = _day(day) if day else self._due_now(directive, unit)
        return ORDERS[self._page.by](directive, self._ranks[unit.level], unit.path.removeprefix(RETIRED), due)

    def _due_now(self, directive: DirectiveState, unit: UnitRow) -> date:
        assignment = owed_in_force(directive, unit.level, unit.lineage)
        if assignment is not None:
            for task in self._models.owed_tasks.between(directive.id, assignment, under(unit.path)):
                return due_of(directive, assignment, task.came, task.came_on, task.due)
        raise UnknownTask(
            "task: {directive}/{unit} is no longer owed: continue after another", directive=directive.id, unit=unit.code
        )

    @property
    def _where(self) -> str:
        states = [state for state in self._page.states if state != "withdrawn"]
        return (in_stages(states) if states else "") + (STILL_UNDONE if self._page.overdue else "")

    def _owed(self, part: _Part) -> Iterator[OwedTask]:
        """The units of a part with their tasks, by their paths; by due day, those that are due with their level."""
        directive, assignment, root = part.selected
        owed = self._models.owed_tasks
        if part.withdrawn:
            owed_anew = {each.scope for each in directive.in_force if each.level == assignment.level}
            rows = owed.between(directive.id, assignment, under(root.path), after=part.after)
            yield from (row for row in rows if owed_anew.isdisjoint(row.path.split("/")))
            return
        where = self._where
        if self._page.by == "due":
            where += due_with_its_level(directive, assignment)
        if not self._where:
            yield from owed.between(directive.id, assignment, under(root.path), after=part.after, where=where)
            return
        count = self._models.unit_counts.count(root.code, assignment.level)
        for paths in self._where_some_are(part, root, count):
            yield from owed.between(directive.id, assignment, paths, after=part.after, where=where)

    def _where_some_are(self, part: _Part, root: UnitRow, count: int) -> Iterator[tuple[str, str]]:
        """Ranges of paths at or below ``root``, in their order, in which the totals have tasks that are wanted.

        Args:
            count: how many units of the level are at or below ``root``.
        """
        directive, assignment, _ = part.selected
        level, models = assignment.level, self._models
        if root.level == level or count <= FEW:
            yield under(root.path)
            return
        below = [unit for unit in models.units.children(root) if under(unit.path)[1] > part.after]
        codes = [unit.code for unit in below]
        counts = models.unit_counts.of_units(codes, level)
        tallies = models.tallies.of_units(directive.id, level, codes)
        for unit in below:
            tally = as_verified(tallies.get(unit.code, Counter[str]()))
            expected = counts[unit.code] if assignment.expected is None else tally.total()
            if unit.level == level or _wanted(self._page, tally, expected):
                yield from self._where_some_are(part, unit, counts[unit.code])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("after: {day} is not a day: write TASK, or TASK@DAY as shown", day=repr(text)) from error


def _wanted(page: Page, tally: Counter[str], expected: int) -> int:
    """The number of tasks that are wanted, or, of overdue ones, that may be: those that are undone."""
    undone = expected - sum(tally[state] for state in DONE_OR_WAITING)
    if page.overdue or not page.states:
        return undone
    numbers = {
        "verified": tally["on_time"] + tally["late"],
        "assigned": expected - tally.total() + tally["assigned"],
    }
    return sum(numbers.get(state, tally[state]) for state in page.states)
