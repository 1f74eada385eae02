"""How directives stood: as it was true at a moment, as far as it was known at a moment.

What happened by then, and was recorded by then, is what counts. The few events of a directive are taken in anew; tasks
are told by the table of acts; the units by their counts of today, less those that joined later, and with those that
moved or retired later where they were.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from directives.domain.directive.state import DIRECTIVE, Assignment, DirectiveState, due_of
from directives.domain.organisation.events import Moved, Restored, Retired
from directives.domain.organisation.state import UNIT
from directives.domain.task.judgement import as_verified, stage_of
from directives.domain.task.state import CLOSED
from directives.domain.values import day_of, start_of
from directives.projections.acts import AsOf
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow, lineage_of
from directives.queries.selection import Filter
from directives.queries.status import Row, Status, status_of
from directives.store.event_store import EventStore

MANY = 10_000
"""Of more units than these, where no more of them changed since, the totals of today are corrected."""


def end_of(day: date, zone: str) -> datetime:
    """The last moment of ``day`` in ``zone``."""
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def as_of_moments(store: EventStore, models: ReadModels, at: datetime, known_at: datetime | None) -> AsOf:
    """What happened by ``at``, of what was recorded by ``known_at``; of all, without it."""
    log, session = store.event_log, models.session
    if known_at is not None:
        return AsOf(at, log.position_by(session, known_at))
    last = log.last_event(session)
    return AsOf(at, 0 if last is None else last.position)


def status_as_of(store: EventStore, models: ReadModels, chosen: Filter, as_of: AsOf) -> list[Status]:
    """The totals of every directive and level that was asked for, as they were; without what kinds count.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist today.
    """
    organisation, units = models.states.organisation(), models.units
    if chosen.level is not None:
        organisation.level(chosen.level)
    ranks = organisation.ranks
    unit = None if chosen.unit is None else units.unit(chosen.unit)
    parents = _parents(store, models, as_of)
    happened = store.event_log.position_by(models.session, as_of.at)
    rows: dict[tuple[str, str], Row] = {}
    totals: dict[tuple[str, str], Counter[str]] = {}
    for directive in _directives(store, models, chosen, as_of):
        for assignment in sorted(directive.in_force, key=lambda each: ranks[each.level]):
            level, key = assignment.level, (directive.id, assignment.level)
            tree = _Tree(models, as_of, assignment.position, parents)
            root = tree.counts_at(units.unit(assignment.scope), unit)
            if root is None or ranks[level] < ranks[root.level] or chosen.level not in (None, level):
                continue
            rows[key] = Row(directive.id, directive.kind, organisation.level(level), chosen.unit)
            counting = _Counting(models, as_of, directive, assignment, happened)
            totals.setdefault(key, Counter()).update(counting.over(tree.parts(root)))
    return [status_of(rows[key], numbers, {}) for key, numbers in totals.items()]


def _directives(store: EventStore, models: ReadModels, chosen: Filter, as_of: AsOf) -> Iterator[DirectiveState]:
    """The directives that had been issued, as they stood."""
    states = models.states
    today = states.directives() if chosen.directive is None else [states.directive(chosen.directive)[0]]
    for directive in today:
        state = DIRECTIVE.initial
        for event in filter(as_of.holds, store.stream(models.session, DIRECTIVE.stream(directive.id))):
            state = DIRECTIVE.evolve(state, event)
        if state.id:
            yield state


def _parents(store: EventStore, models: ReadModels, as_of: AsOf) -> dict[str, str | None]:
    """The parents of the units that were not where they are today; none of those that had retired."""
    parents: dict[str, str | None] = {}
    for now in models.units.changed():
        parent, retired = None, False
        for event in store.stream(models.session, UNIT.stream(now.code)):
            if event.version == 1 or (isinstance(event.data, Moved | Restored) and as_of.holds(event)):
                parent = getattr(event.data, "parent", None)
            if isinstance(event.data, Retired | Restored) and as_of.holds(event):
                retired = isinstance(event.data, Retired)
        if retired:
            parents[now.code] = None
        elif now.retired or parent != now.parent:
            parents[now.code] = parent
    return parents


class Part(NamedTuple):
    """Some of the units of a level: those whose paths of today lie in a range, to be added or taken off."""

    root: UnitRow
    sign: int


class _Tree:
    """The units as they stood for an assignment at ``position``: those that were registered before it were there."""

    def __init__(self, models: ReadModels, as_of: AsOf, position: int, parents: dict[str, str | None]) -> None:
        self._units, self._as_of, self._position, self._parents = models.units, as_of, position, parents
        self._day = day_of(as_of.at, models.zone)

    def lineage(self, unit: UnitRow) -> tuple[str, ...]:
        """The codes from the top unit down to a unit, as it stood; none of one that had retired, or had not joined."""
        if not self._had_joined(unit):
            return ()
        codes = lineage_of(unit.path)
        for index in range(len(codes) - 1, -1, -1):
            if codes[index] in self._parents:
                parent = self._parents[codes[index]]
                return () if parent is None else (*self.lineage(self._units.unit(parent)), *codes[index:])
        return codes

    def _had_joined(self, unit: UnitRow) -> bool:
        by_then = unit.position < self._position or unit.joined <= self._day
        return unit.position <= self._as_of.known and by_then

    def counts_at(self, scope: UnitRow, unit: UnitRow | None) -> UnitRow | None:
        """The unit at which an assignment counts, as `selection.select` has it; None where it counts nowhere."""
        above = self.lineage(scope)
        if not above:
            return None
        if unit is None or unit.code in above:
            return scope
        return unit if scope.code in self.lineage(unit) else None

    def parts(self, root: UnitRow) -> list[Part]:
        """What makes up the units that were at or below ``root``: those that are there today, and what moved since."""
        parts = [Part(root, 1)]
        for code in self._parents:
            changed = self._units.unit(code)
            was = root.code in self.lineage(changed)
            is_ = not changed.retired and root.code in lineage_of(changed.path)
            if code == root.code or was == is_:
                continue
            parts.append(Part(changed, 1 if was else -1))
            parts += [Part(inner, -1 if was else 1) for inner in self._changed_within(code)]
        return parts

    def _changed_within(self, code: str) -> list[UnitRow]:
        """Units below one that moved which moved by themselves too, and with no such one between."""
        rows = [self._units.unit(each) for each in self._parents if each != code]
        inside = [row for row in rows if not row.retired and code in lineage_of(row.path)]
        return [
            row
            for row in inside
            if next(each for each in reversed(lineage_of(row.path)[:-1]) if each in self._parents) == code
        ]


class _Counting:
    """Counts the tasks of an assignment as they stood.

    Args:
        happened: the position of the last event that was recorded by the moment that is asked about.
    """

    def __init__(
        self,
        models: ReadModels,
        as_of: AsOf,
        directive: DirectiveState,
        assignment: Assignment,
        happened: int,
    ) -> None:
        self._models, self._as_of, self._directive, self._assignment = models, as_of, directive, assignment
        self._since = min(as_of.known, happened)
        self._today = day_of(as_of.at, models.zone)

    def over(self, parts: list[Part]) -> Counter[str]:
        """The numbers of a row of a status, over ``parts``."""
        total = Counter[str]()
        for part in parts:
            numbers = self._stood(part.root)
            numbers["expected"] = self._expected(part.root)
            numbers["later"] += self._with_grace(part.root)
            for name, number in numbers.items():
                total[name] += part.sign * number
        if self._assignment.expected is not None:
            total["expected"] = sum(number for name, number in total.items() if name not in ("expected", "later"))
        open_tasks = total["expected"] - sum(total[name] for name in CLOSED)
        total["overdue"] = open_tasks - total["later"] if self._today > self._assignment.due else 0
        return total

    def _expected(self, root: UnitRow) -> int:
        """The units of the level at or below ``root`` today that had joined; a retired one counts as it was."""
        level = self._assignment.level
        count = int(root.level == level) if root.retired else self._models.unit_counts.count(root.code, level)
        if not count:
            return 0
        return count - self._models.units.not_yet_there(
            level,
            root,
            known=self._as_of.known,
            since=self._since,
            assigned=self._assignment.position,
            day=self._today,
        )

    def _stood(self, root: UnitRow) -> Counter[str]:
        """How many units at or below ``root`` stood in which state; ``later`` are open ones with a later day."""
        directive, level, acts = self._directive.id, self._assignment.level, self._models.acts
        if root.parent is None and self._models.unit_counts.count(root.code, level) > MANY:
            changed = acts.changed_since(directive, level, self._as_of, MANY + 1)
            if len(changed) <= MANY:
                return self._as_today_but_for(changed, root)
        return acts.stood(directive, level, self._as_of, root, self._today)

    def _as_today_but_for(self, changed: list[str], top: UnitRow) -> Counter[str]:
        """As `_stood`, of all units: the totals of today, with those that ``changed`` since as they stood."""
        directive, level, models = self._directive.id, self._assignment.level, self._models
        counted = as_verified(models.tallies.of(directive, level, top))
        counted.subtract(map(stage_of, models.tasks.tallied(directive, changed).values()))
        counted["later"] = models.owed_tasks.extended_beyond(directive, level, self._today, changed)
        for unit in changed:
            act = models.acts.last(directive, level, unit, self._as_of)
            if act is not None:
                counted[act.state] += 1
                counted["later"] += act.open_beyond(self._today)
        return counted

    def _with_grace(self, root: UnitRow) -> int:
        """The open tasks of units that joined late and whose grace ran still, but for those with a later day."""
        directive, assignment, today, number = self._directive, self._assignment, self._today, 0
        units, known = self._models.units, self._as_of.known
        late = {
            unit.code: due_of(directive, assignment, unit.position, unit.joined, None)
            for unit in units.joined_between(assignment.level, root, assignment.position, known, today)
        } | {
            unit.code: due_of(directive, assignment, unit.came, unit.came_on, None)
            for unit in units.restored_between(assignment.level, root, assignment.position, known, today)
        }
        for unit, due in late.items():
            if due >= today:
                act = self._models.acts.last(directive.id, assignment.level, unit, self._as_of)
                number += act is None or (act.state not in CLOSED and not act.open_beyond(today))
        return number
