"""What is owed as of a day, as far as it was known on another: a plain fold of the log, from the definition alone.

*As of T, known at K* is each stream folded by itself, in log order, of the events recorded by the end of K that had
happened by the end of T. Nothing is looked up and nothing is kept: it is slow, and easy to check against the rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from directives import RecordedEvent, day_of, kinds
from directives.domain.directive.events import Issued
from directives.domain.directive.state import DIRECTIVE, Assignment, DirectiveState
from directives.domain.event import TakingBack
from directives.domain.organisation.events import Founded, Moved, Registered, Restored, Retired
from directives.domain.task import events as of_tasks
from directives.domain.task.events import (
    Acknowledged,
    DayRescheduled,
    Extended,
    Reassigned,
    Reopened,
    Returned,
    Struck,
    Submitted,
    Verified,
    Waived,
)

TO_DO = ("assigned", "acknowledged", "returned")
"""The stages in which a unit has something to do, so that it can be overdue."""
Key = tuple[str, str]


@dataclass
class Numbers:
    """What a row of a status counts; ``work`` is what the kind counts, over all that is owed."""

    expected: int = 0
    acknowledged: int = 0
    waiting: int = 0
    returned: int = 0
    waived: int = 0
    on_time: int = 0
    late: int = 0
    on_time_by_date: int = 0
    overdue: int = 0
    work: Counter[str] = field(default_factory=Counter)


@dataclass
class Fold:
    """The events of a stream that count, in log order, and the others that had happened, which were taken back."""

    events: Sequence[RecordedEvent]
    gone: Sequence[RecordedEvent]

    @property
    def in_log_order(self) -> Iterator[tuple[RecordedEvent, bool]]:
        """All of them, each with whether it counts."""
        counting = {event.position for event in self.events}
        both = sorted((*self.events, *self.gone), key=lambda event: event.position)
        return ((event, event.position in counting) for event in both)


@dataclass
class UnitThen:
    """A unit; ``there`` says whether its registration had happened.

    ``registered`` is the position of that; ``came`` the position, and ``came_on`` the day, of it or of the restoration.
    """

    code: str
    level: str
    parent: str | None
    registered: int
    came: int
    came_on: date
    there: bool
    retired: bool = False


@dataclass
class TaskThen:
    """How a task stands; ``begun`` says whether it has an event at all.

    ``closed_by`` is the position of the event that closed it; ``work`` what its kind keeps of the work.
    """

    begun: bool = False
    stage: str = "assigned"
    waived_from: str = "assigned"
    own_day: date | None = None
    assignee: str | None = None
    made_on: date | None = None
    written_on: date | None = None
    submitted_due: date | None = None
    verified_due: date | None = None
    judged_on_time: bool = False
    closed_by: int | None = None
    work: dict[str, Any] = field(default_factory=dict)


@dataclass
class Owed:
    """What a unit owes, by which assignment, and until when."""

    directive: str
    unit: str
    assignment: Assignment
    task: TaskThen
    due: date
    overdue: bool


class Then:
    """What the log says as of a day, as far as it was known on another."""

    def __init__(
        self, events: Iterable[RecordedEvent], zone: str, at: date | None, known: date | None, today: date
    ) -> None:
        """Fold the log.

        Args:
            events: the whole log.
            zone: the time zone in which days end.
            at: the day as of which is asked; None is now, or ``known``, where that is given.
            known: the day by whose end it was recorded; None is now.
            today: the present day; a day of today or later stands for the whole log.
        """
        self.zone, self.today = zone, today
        at = known if at is None else at
        self.day = today if at is None else min(at, today)
        """The day by which it is judged what is overdue."""
        self._at = at if at is not None and at < today else None
        recorded = [event for event in events if known is None or known >= today or self._day(event, True) <= known]
        self._streams: dict[str, list[RecordedEvent]] = {}
        for event in recorded:
            self._streams.setdefault(event.stream, []).append(event)
        self._ranks = self._levels()
        self.units = {unit.code: unit for unit in map(self._unit, self._named("unit"))}
        self.directives = {state.id: state for state in map(self._directive, self._named("directive")) if state.id}
        self.owed = [*self._all_owed()]

    # What the definition asks for.

    def status(self, unit: str | None = None) -> dict[Key, Numbers]:
        """The numbers of each directive and level: of everything, or of what lies at or below ``unit``.

        A level that nobody owes has a row too, but at a unit that was retired or not there. One that was not known
        yet has none.
        """
        if unit is not None and unit not in self.units:
            return {}
        if unit is not None and (self.units[unit].retired or not self._ever_there(self.units[unit])):
            return {}
        counted = {
            (state.id, each.level): Numbers()
            for state in self.directives.values()
            for each in self._assignments(state)
            if self._asked(each, unit) and (unit is None or self._there(self.units[unit], each))
        }
        for owed in self._owed_below(unit):
            if self._asked(owed.assignment, unit):
                self._count(counted.setdefault((owed.directive, owed.assignment.level), Numbers()), owed)
        return counted

    def tasks(self, unit: str | None = None) -> dict[Key, tuple[str, date, bool]]:
        """The stage of each task that is owed at or below ``unit``, its day, and whether it is overdue."""
        return {
            (owed.directive, owed.unit): (owed.task.stage, owed.due, owed.overdue) for owed in self._owed_below(unit)
        }

    def waiting(self) -> set[Key]:
        """The directives and units of the tasks that wait for an answer."""
        return {(owed.directive, owed.unit) for owed in self.owed if owed.task.stage == "submitted"}

    def covered(self, directive: str, level: str, unit: str | None = None) -> Counter[date]:
        """How many units covered each day of the window that the directive has; none whose task was waived."""
        days = Counter[date]()
        if directive not in self.directives:
            return days
        state = self.directives[directive]
        kind = kinds()[state.kind]
        for owed in self._owed_below(unit):
            asked = (owed.directive, owed.assignment.level) == (directive, level) and self._asked(owed.assignment, unit)
            if asked and owed.task.stage != "waived" and kind.window is not None:
                first, last = kind.window(state.parameters)
                days.update(day for day in kind.covered(owed.task.work) if first <= day <= last)
        return days

    def tree(self) -> dict[str, str | None]:
        """The units that were there, each with the one above it."""
        return {unit.code: unit.parent for unit in self.units.values() if unit.there and not unit.retired}

    # Streams.

    def _day(self, event: RecordedEvent, recorded: bool = False) -> date:
        return day_of(event.recorded_at if recorded else event.occurred_at, self.zone)

    def _happened(self, event: RecordedEvent) -> bool:
        return self._at is None or self._day(event) <= self._at

    def _named(self, aggregate: str) -> list[str]:
        return [stream for stream in self._streams if stream.startswith(f"{aggregate}/")]

    def _fold(self, stream: str) -> Fold:
        """A strike holds for every T once it is known; all else that takes back from its own moment."""
        held = [each for each in self._streams.get(stream, ()) if self._happened(each) or isinstance(each.data, Struck)]
        gone = set[int]()
        for event in reversed(held):
            if isinstance(event.data, TakingBack) and event.position not in gone:
                gone.update(event.data.takes_back)
        return Fold(
            [each for each in held if each.position not in gone], [each for each in held if each.position in gone]
        )

    # Units.

    def _levels(self) -> dict[str, int]:
        founded = [each.data for each in self._streams.get("organisation", ()) if isinstance(each.data, Founded)]
        return {level.code: rank for each in founded for rank, level in enumerate(each.levels)}

    def _unit(self, stream: str) -> UnitThen:
        """A unit whose registration had not happened has its place all the same, for who asks whether it was there."""
        registration = next(each for each in self._streams[stream] if isinstance(each.data, Registered))
        joined, position = registration.data, registration.position
        unit = UnitThen(
            code=joined.code,
            level=joined.level,
            parent=joined.parent,
            registered=position,
            came=position,
            came_on=self._day(registration),
            there=self._happened(registration),
        )
        for event in self._fold(stream).events:
            match event.data:
                case Moved(parent=parent):
                    unit.parent = parent
                case Restored(parent=parent):
                    unit.parent, unit.came, unit.came_on = parent, event.position, self._day(event)
                case Retired():
                    unit.retired = True
                case _:
                    pass
        return unit

    def _lineage(self, code: str | None) -> list[str]:
        """The unit and those above it, retired ones too."""
        found = list[str]()
        while code is not None:
            found.append(code)
            code = self.units[code].parent
        return found

    # Directives.

    def _directive(self, stream: str) -> DirectiveState:
        """Its `evolve` knows itself what a reinstatement takes back, and gives the day that came with it."""
        held = [event for event in self._streams[stream] if self._happened(event)]
        state = DIRECTIVE.initial
        if not any(isinstance(event.data, Issued) for event in held):
            return state
        for event in held:
            state = DIRECTIVE.evolve(state, event)
        return state

    def _assignments(self, state: DirectiveState) -> list[Assignment]:
        """Those by which something is owed: a scope that was retired owes nothing."""
        return [each for each in state.in_force if not self.units[each.scope].retired]

    def _asked(self, assignment: Assignment, unit: str | None) -> bool:
        """Whether the scope lies at or below ``unit``, or this at or below the scope, and not below the level."""
        if unit is None or unit in self._lineage(assignment.scope):
            return True
        below_level = self._ranks[self.units[unit].level] > self._ranks[assignment.level]
        return assignment.scope in self._lineage(unit) and not below_level

    @staticmethod
    def _terms(state: DirectiveState, task: TaskThen) -> Mapping[str, Any]:
        """The parameters that hold; for a closed task those of the revision by which it was closed."""
        return state.terms_of(None if task.closed_by is None else state.revision_at(task.closed_by))

    # Tasks.

    def _task(self, state: DirectiveState, unit: str) -> TaskThen:
        fold, task = self._fold(f"task/{state.id}/{unit}"), TaskThen()
        task.begun = any(map(self._happened, fold.events))
        for event in fold.events:
            self._evolve(task, event, unit)
        task.work = _work(state.kind, fold)
        return task

    def _evolve(self, task: TaskThen, event: RecordedEvent, unit: str) -> None:
        match event.data:
            case Acknowledged():
                task.stage = "acknowledged" if task.stage == "assigned" else task.stage
            case Submitted(due=due):
                task.stage, task.submitted_due = "submitted", due
                task.made_on, task.written_on = self._day(event), self._day(event, True)
            case Returned(due=due):
                task.stage, task.own_day = "returned", due or task.own_day
            case Verified(due=due, on_time=on_time):
                task.stage, task.verified_due, task.closed_by = "verified", due, event.position
                task.judged_on_time = on_time
            case Waived():
                task.waived_from = task.waived_from if task.stage == "waived" else task.stage
                task.stage, task.closed_by = "waived", event.position
            case Reopened():
                task.stage = task.waived_from if task.stage == "waived" else "returned"
                task.closed_by = task.verified_due = None
            case Extended(due=due) | DayRescheduled(due=due):
                task.own_day = due
            case Reassigned(unit=assignee):
                task.assignee = None if assignee == unit else assignee
            case _ if not _of_life_cycle(event):
                task.stage = "acknowledged" if task.stage == "assigned" else task.stage
            case _:
                pass

    # What is owed.

    def _all_owed(self) -> Iterator[Owed]:
        for state in self.directives.values():
            for unit in self.units.values():
                if owed := self._owed(state, unit):
                    yield owed

    @staticmethod
    def _there(unit: UnitThen, assignment: Assignment) -> bool:
        """Whether the unit was there for the assignment: who was registered before it in the log was, in any case."""
        return not unit.retired and (unit.there or unit.registered < assignment.position)

    def _ever_there(self, unit: UnitThen) -> bool:
        """Whether the unit was there, or was for some order."""
        orders = [each.position for state in self.directives.values() for each in state.assignments]
        return unit.there or unit.registered < max(orders, default=0)

    def _owed(self, state: DirectiveState, unit: UnitThen) -> Owed | None:
        """By the first assignment that covers the unit and is open; or completed, if the unit has begun."""
        lineage = self._lineage(unit.code)
        covering = [each for each in self._assignments(state) if each.level == unit.level and each.scope in lineage]
        there = [each for each in covering if self._there(unit, each)]
        if not there:
            return None
        task = self._task(state, unit.code)
        for assignment in there:
            if assignment.expected is None or task.begun:
                due = self._due(state, unit, assignment, task)
                overdue = task.stage in TO_DO and due < self.day
                return Owed(state.id, unit.code, assignment, task, due, overdue)
        return None

    def _due(self, state: DirectiveState, unit: UnitThen, assignment: Assignment, task: TaskThen) -> date:
        """The latest of the level's day, the task's own, and the day and grace of a unit that came after the order."""
        days = [assignment.due]
        if task.own_day is not None:
            days.append(task.own_day)
        if unit.came > assignment.position:
            days.append(unit.came_on + timedelta(days=state.grace_days))
        return max(days)

    def _owed_below(self, unit: str | None) -> Iterator[Owed]:
        return (owed for owed in self.owed if unit is None or unit in self._lineage(owed.unit))

    def _count(self, numbers: Numbers, owed: Owed) -> None:
        task, state = owed.task, self.directives[owed.directive]
        numbers.expected += 1
        numbers.overdue += owed.overdue
        match task.stage:
            case "acknowledged":
                numbers.acknowledged += 1
            case "submitted":
                numbers.waiting += 1
            case "returned":
                numbers.returned += 1
            case "waived":
                numbers.waived += 1
            case "verified":
                self._judge(numbers, owed)
            case _:
                pass
        numbers.work.update(_counted(state.kind, task, self._terms(state, task)))

    def _judge(self, numbers: Numbers, owed: Owed) -> None:
        """On time by the day of the task when it was made, or when it was verified, or by that of its level.

        One that was verified before its submission was recalled, the taking back of which comes later, is judged as it
        was then.
        """
        task = owed.task
        if task.made_on is None or task.written_on is None:
            numbers.on_time += task.judged_on_time
            numbers.late += not task.judged_on_time
            return
        until = max(day for day in (task.submitted_due, task.verified_due, owed.assignment.due) if day is not None)
        if task.made_on > until:
            numbers.late += 1
            return
        numbers.on_time += 1
        numbers.on_time_by_date += until < task.written_on <= self.today


def _of_life_cycle(event: RecordedEvent) -> bool:
    """Whether the event is one that tasks of all kinds have; any other is work of a kind."""
    return type(event.data).__module__ == of_tasks.__name__


def _work(kind: str, fold: Fold) -> dict[str, Any]:
    """What the kind keeps of the work; nothing where it cannot take these events without the others."""
    work: dict[str, Any] = {}
    of_kind = kinds()[kind]
    try:
        for event, counts in fold.in_log_order:
            if not _of_life_cycle(event):
                work = (of_kind.evolve if counts else of_kind.numbered)(work, event)
    except Exception:  # whatever a kind raises
        return {}
    return work


def _counted(kind: str, task: TaskThen, terms: Mapping[str, Any]) -> Mapping[str, int]:
    return kinds()[kind].counts(task.work, terms)
