"""All read models as they stood."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import attrgetter

from directives.domain.directive.state import DIRECTIVE, Assignment, DirectiveState
from directives.domain.event import RecordedEvent
from directives.domain.organisation.units import Unit
from directives.domain.task.state import TASK, TaskState, split_task
from directives.domain.values import Text
from directives.projections.days import Days
from directives.projections.documents import Documents
from directives.projections.earlier.as_of import AsOf, Read
from directives.projections.earlier.folds import Folds
from directives.projections.earlier.rows import Rows
from directives.projections.earlier.shadow import EarlierOwedTasks, EarlierWaitingTasks, Shadow
from directives.projections.earlier.totals import Totals
from directives.projections.earlier.tree import NOT_ALL, EarlierUnitCounts, EarlierUnits, Tree, named_then, units_there
from directives.projections.read_models import ReadModels
from directives.projections.states import States
from directives.projections.tallies import Tallies
from directives.projections.tasks import Tasks
from directives.projections.units import RETIRED, UnitRow, Units, lineage_of
from directives.projections.work_counts import WorkCounts
from directives.store.session import Session


class EarlierStates(States):
    """As `States`; the directives are of then."""

    def __init__(self, session: Session, stood: Mapping[str, DirectiveState]) -> None:
        super().__init__(session)
        self._stood = stood

    def directive(self, directive_id: str) -> tuple[DirectiveState, int]:
        """The directive of that id; one that had not been issued asked for nothing.

        Raises:
            UnknownDirective: there is none, to this day.
        """
        today, version = super().directive(directive_id)
        if directive_id in self._stood:
            return self._stood[directive_id], version
        known = {"id": today.id, "kind": today.kind, "title": today.title, "position": today.position}
        return DIRECTIVE.initial.model_copy(update=known), 0

    def directives(self) -> list[DirectiveState]:
        """All directives that had been issued, in the order of their issue."""
        return sorted(self._stood.values(), key=lambda state: state.position)


class EarlierTasks(Tasks):
    """As `Tasks`, of then: each state is folded from the events."""

    def __init__(self, session: Session, states: EarlierStates, folds: Folds, shadow: Shadow, tree: Tree) -> None:
        super().__init__(session)
        self._states, self._folds, self._shadow, self._tree = states, folds, shadow, tree

    def _owes(self, assignment: Assignment, directive: DirectiveState, unit: UnitRow) -> bool:
        """As for today; where not all of a level were there for an order, those that were owe by it."""
        if assignment.expected == NOT_ALL:
            return all(absent.code != unit.code for absent in self._tree.absent_for(assignment))
        return super()._owes(assignment, directive, unit)

    def of(self, stream: str) -> tuple[TaskState, int]:
        """The state of the task of a stream, and how many of its events had happened."""
        directive, unit = split_task(stream)
        stood = self._folds.of(self._states.directive(directive)[0], unit)
        return (stood.task, stood.begun) if stood.begun else (TASK.initial, 0)

    def expect(self, streams: Iterable[str]) -> list[str]:
        """Nothing is read before it is asked for."""
        return [split_task(stream)[1] for stream in streams]

    def tally(self, directive: str, unit: str) -> str | None:
        """The state under which the task is counted; None before anything happened."""
        self._shadow.has([directive])
        return super().tally(directive, unit)


class EarlierTallies(Tallies):
    """As `Tallies`, of then."""

    def __init__(
        self, session: Session, tasks: Tasks, totals: Totals, states: EarlierStates, units: EarlierUnits, shadow: Shadow
    ) -> None:
        super().__init__(session, tasks)
        self._totals, self._states, self._units, self._shadow = totals, states, units, shadow
        self._above: dict[tuple[str, str], dict[str, Counter[str]]] = {}

    def of(self, directive: str, level: str, unit: UnitRow) -> Counter[str]:
        """The tally of the units of ``level`` at or below ``unit``."""
        return self._totals.tally(directive, level, unit)

    def of_levels(self, directive: str, unit: str, levels: Iterable[str]) -> dict[str, dict[str, int]]:
        """The tally of each of ``levels`` that is owed by some unit."""
        asked = {each.level for each in self._states.directive(directive)[0].assignments}
        root = self._units.unit(unit)
        return {level: self.of(directive, level, root) for level in levels if level in asked}

    def of_units(self, directive: str, level: str, units: Iterable[str]) -> dict[str, Counter[str]]:
        """The tally at each of ``units``, which are above ``level``."""
        key = (directive, level)
        if key not in self._above:
            self._shadow.has([directive])
            self._above[key] = self._sums_above(directive, level)
        return {unit: self._above[key][unit] for unit in units if unit in self._above[key]}

    def _sums_above(self, directive: str, level: str) -> dict[str, Counter[str]]:
        sums: dict[str, Counter[str]] = {}
        for row in self._cursor.execute(
            """SELECT substr(path, 1, length(path) - length(code) - 1) AS above, tally, count(*) AS number
            FROM tasks CROSS JOIN units WHERE directive = ? AND code = unit AND level = ? AND path < ? GROUP BY 1, 2""",
            (directive, level, RETIRED),
        ).fetchall():
            for unit in lineage_of(row["above"]):
                sums.setdefault(unit, Counter())[row["tally"]] += row["number"]
        return sums


class EarlierWorkCounts(WorkCounts):
    """As `WorkCounts`, of then."""

    def __init__(self, session: Session, totals: Totals, units: EarlierUnits) -> None:
        super().__init__(session)
        self._totals, self._units = totals, units

    def of(self, directive: str, level: str, unit: str) -> Counter[str]:
        """The numbers, added up over the units of ``level`` at or below ``unit``."""
        return self._totals.work(directive, level, self._units.unit(unit))


class EarlierDays(Days):
    """As `Days`, of then."""

    def __init__(self, session: Session, totals: Totals, units: EarlierUnits) -> None:
        super().__init__(session)
        self._totals, self._units = totals, units

    def of(self, directive: str, level: str, unit: str, first: date, last: date) -> Counter[date]:
        """How many units of ``level`` at or below ``unit`` covered each day from ``first`` to ``last``."""
        days = self._totals.days(directive, level, self._units.unit(unit))
        return Counter({day: number for day, number in days.items() if first <= day <= last})

    def of_each(self, directive: str, level: str, root: UnitRow, first: date, last: date) -> dict[str, list[date]]:
        """The days that each unit of ``level`` at or below ``root`` covered, of those that covered any."""
        by_unit = self._totals.days_of_each(directive, level, root)
        return {unit: [day for day in sorted(days) if first <= day <= last] for unit, days in by_unit.items()}


class EarlierModels(ReadModels):
    """All of them; they are read, and take nothing in."""

    def __init__(self, session: Session, read: Read, as_of: AsOf, directive: str | None, unit: str | None) -> None:
        """As of a moment.

        Args:
            read: reads the events of streams that were recorded by then.
            directive: the only one that is asked about.
            unit: the unit at or below which alone tasks are listed.
        """
        super().__init__(session)
        organisation = self.states.organisation()
        zone, levels = organisation.zone, [level.code for level in organisation.levels]
        self._as_of, self._read, self._levels = as_of, read, levels
        stood = _directives(self.states, read, as_of, directive)
        orders = [each.position for state in stood.values() for each in state.assignments]
        tree = Tree(session, as_of, levels, orders)
        self.units = units = EarlierUnits(session, tree)
        self.unit_counts = counts = EarlierUnitCounts(session, tree)
        stood = {name: _owed(state, units) for name, state in stood.items()}
        self.states = states = EarlierStates(session, stood)
        self.folds = Folds(read, as_of, zone)
        totals = Totals(stood, units, counts, Rows(session, as_of), self.folds)
        root = None if unit is None else units.unit(unit)
        self.shadow = Shadow(session, root, as_of, stood, units, totals)
        self.tasks = EarlierTasks(session, states, self.folds, self.shadow, tree)
        self.tallies = EarlierTallies(session, self.tasks, totals, states, units, self.shadow)
        self.work_counts = EarlierWorkCounts(session, totals, units)
        self.days = EarlierDays(session, totals, units)
        self.owed_tasks = EarlierOwedTasks(session, self.shadow, totals, units)
        self.waiting_tasks = EarlierWaitingTasks(session, self.shadow)
        self.documents = EarlierDocuments(session)
        units.prepare_tables = self.shadow.has_units

    @property
    def day(self) -> date:
        """The day of which they tell."""
        return self._as_of.day

    @property
    def known(self) -> int:
        """The position in the log up to which they know it."""
        return self._as_of.known

    def holds(self, event: RecordedEvent) -> bool:
        """Whether an event had happened by then, and was known."""
        return self._as_of.holds(event)

    def counts(self, event: RecordedEvent) -> bool:
        """The same; what strikes out another event counts for every day, once it is known."""
        return self._as_of.counts(event)

    def names_of(self, codes: Iterable[str]) -> dict[str, Text]:
        """The names that units bore, of those of ``codes`` that are called otherwise now."""
        changed = [unit for unit in self.units.of_codes(codes) if unit.version > 1]
        then = named_then(changed, self._read, self._as_of)
        return {unit.code: then[unit.code].name for unit in changed if then[unit.code].name != unit.name}

    def all_units(self) -> Iterator[Unit]:
        """The units that were there, each before those under it, with the names that they bore."""
        tree = Tree(self.session, self._as_of, self._levels, ())
        return units_there(tree, Units(self.session, stored=True), self._read, self._as_of)


class EarlierDocuments(Documents):
    """That a same document was handed in elsewhere is told of today alone."""

    def of_each(self, tasks: Iterable[tuple[str, str]]) -> dict[tuple[str, str, str], tuple[str, ...]]:  # noqa: ARG002
        """None."""
        return {}

    def of_task(self, directive: str, unit: str) -> tuple[str, ...]:  # noqa: ARG002
        """None."""
        return ()


@contextmanager
def earlier_models(
    session: Session, read: Read, as_of: AsOf, directive: str | None = None, unit: str | None = None
) -> Generator[EarlierModels]:
    """The read models as of a moment, see `EarlierModels`; what they keep is gone at the end."""
    with session.temporary_tables():
        yield EarlierModels(session, read, as_of, directive, unit)


def _directives(states: States, read: Read, as_of: AsOf, directive: str | None) -> dict[str, DirectiveState]:
    """The directives that had been issued, as they stood."""
    asked = [each.id for each in states.directives()] if directive is None else [states.directive(directive)[0].id]
    stood = dict[str, DirectiveState]()
    events = sorted(read(map(DIRECTIVE.stream, asked)), key=attrgetter("stream"))
    for _, own in groupby(events, attrgetter("stream")):
        state = DIRECTIVE.initial
        for event in filter(as_of.holds, own):
            state = DIRECTIVE.evolve(state, event)
        if state.id:
            stood[state.id] = state
    return stood


def _owed(state: DirectiveState, units: EarlierUnits) -> DirectiveState:
    """A directive of which each unit owes a task once, and those alone that were there for the order.

    By acts written down later, scopes of a level can lie under one another on an earlier day: the outer one holds.
    """
    scopes = {each.scope: units.unit(each.scope) for each in state.assignments}
    live = {(each.level, each.scope) for each in state.assignments if not scopes[each.scope].retired}
    kept = dict[tuple[str, str], Assignment]()
    for each in state.assignments:
        above = scopes[each.scope].lineage[:-1]
        if not any((each.level, scope) in live for scope in above):
            kept.setdefault((each.level, each.scope), each)
    assignments = tuple(
        each.model_copy(update={"expected": NOT_ALL}) if each.expected is None and units.tree.absent_for(each) else each
        for each in kept.values()
    )
    return state if assignments == state.assignments else state.model_copy(update={"assignments": assignments})
