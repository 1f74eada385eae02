"""All read models together: tables derived from the events, written in the same transaction.

Everything here can be dropped and written again from the events, to the same rows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NoReturn

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.events import Amended
from directives.domain.event import RecordedEvent, standing, taken_back
from directives.domain.organisation.events import AttributesChanged, Moved, Registered, Renamed, Restored, Retired
from directives.domain.organisation.state import UNIT
from directives.domain.organisation.units import Unit
from directives.domain.person import may_hold_personal
from directives.domain.task.state import TASK
from directives.domain.values import Text, day_of
from directives.projections.acts import ACTS, Acts
from directives.projections.change import Past, change_of
from directives.projections.days import DAYS, Days
from directives.projections.documents import DOCUMENTS, Documents
from directives.projections.owed_tasks import OwedTasks
from directives.projections.states import STATES, States
from directives.projections.tallies import TALLIES, Tallies
from directives.projections.tasks import TASKS, Tasks
from directives.projections.unit_counts import UNIT_COUNTS, UnitCounts
from directives.projections.unit_names import UNIT_NAMES, UnitNames
from directives.projections.unit_places import UNIT_PLACES, UnitPlaces
from directives.projections.units import UNITS, Shift, UnitRow, Units
from directives.projections.waiting_tasks import WaitingTasks
from directives.projections.work_counts import WORK_COUNTS, WorkCounts
from directives.store.newest import BEYOND_ALL
from directives.store.session import Session

TABLES = (STATES, UNITS, UNIT_NAMES, UNIT_COUNTS, UNIT_PLACES, TASKS, ACTS, TALLIES, WORK_COUNTS, DAYS, DOCUMENTS)
"""The tables of the read models."""


def _not_read(stream: str) -> NoReturn:
    raise TypeError(f"{stream}: read models that take events in need a way to read the log")


class ReadModels:
    """The read models in one transaction: `apply` takes events in, `flush` writes what they changed."""

    def __init__(self, session: Session, past: Past = _not_read) -> None:
        """Of ``session``; ``past`` reads the events of a stream that are in the log, where any are taken in."""
        self.session = session
        self.past = past
        self._zone = ""
        self.states = States(session)
        self.units = Units(session)
        self.unit_names = UnitNames(session)
        self.unit_counts = UnitCounts(session)
        self.unit_places = UnitPlaces(session)
        self.tasks = Tasks(session)
        self.acts = Acts(session)
        self.tallies = Tallies(session, self.tasks)
        self.work_counts = WorkCounts(session)
        self.days = Days(session)
        self.documents = Documents(session)
        self.owed_tasks = OwedTasks(session)
        self.waiting_tasks = WaitingTasks(session)
        self._of_tasks = (self.tasks, self.acts, self.tallies, self.work_counts, self.days, self.documents)
        self._of_units = (self.unit_counts, self.tallies, self.work_counts, self.days)

    @property
    def day(self) -> date | None:
        """The earlier day of which they tell; None where that is now."""
        return None

    @property
    def known(self) -> int:
        """The position in the log up to which they know it."""
        return BEYOND_ALL

    def holds(self, event: RecordedEvent) -> bool:  # noqa: ARG002
        """Whether an event of the log had happened by then, and was known."""
        return True

    def counts(self, event: RecordedEvent) -> bool:
        """The same; what strikes out another event counts for every day, once it is known."""
        return self.holds(event)

    def names_of(self, codes: Iterable[str]) -> Mapping[str, Text]:  # noqa: ARG002
        """The names that units bore then, of those of ``codes`` that are called otherwise now."""
        return {}

    def all_units(self) -> Iterator[Unit]:
        """The units, each before those under it, with the names that they bore."""
        return (row.unit for row in self.units.under(""))

    @property
    def zone(self) -> str:
        """The IANA time zone in which days end; it never changes.

        Raises:
            UnknownUnit: the store has no organisation yet.
        """
        self._zone = self._zone or self.states.organisation().zone
        return self._zone

    def expect(self, streams: Iterable[str], units: Iterable[str]) -> None:
        """Read at once the states of those of ``streams`` that are of tasks, their units, and other ``units``."""
        self.units.of_codes({*units, *self.tasks.expect(streams)})

    def apply(self, events: Sequence[RecordedEvent]) -> None:
        """Take ``events``, all of one stream, in."""
        if not events:
            return
        prefix = events[0].stream.partition("/")[0]
        if prefix == TASK.prefix:
            self._apply_to_task(events)
        elif prefix == UNIT.prefix:
            for event in events:
                self._apply_to_unit(event)
        else:
            for event in events:
                self.states.apply(event)
                if isinstance(event.data, Amended):
                    self._amended(event)

    def _apply_to_task(self, events: Sequence[RecordedEvent]) -> None:
        stream = events[0].stream
        _, directive, unit = stream.split("/")
        before, _ = self.tasks.of(stream)
        order, row = self.states.directive(directive)[0], self.units.unit(unit)
        change = change_of(order, row, before, events, self.zone, self.past)
        for projection in self._of_tasks:
            projection.apply(change)
        for step in change.steps:
            if may_hold_personal(type(step.event.data)):
                self.states.note_persons(step.event)
            elif step.folded_anew:
                self._strike_persons([*step.read, step.event])

    def _strike_persons(self, events: Sequence[RecordedEvent]) -> None:
        """Know persons of a task by what stands of all its ``events``."""
        gone = taken_back(events)
        struck = [each for each in events if each.position in gone and may_hold_personal(type(each.data))]
        if struck:
            self.states.strike_persons(struck, standing(events))

    def _apply_to_unit(self, event: RecordedEvent) -> None:
        match event.data:
            case Registered() as fact:
                unit = self.units.register(event, fact, self.zone)
                self.unit_names.register(unit)
                self.unit_counts.register(unit)
            case Moved() | Retired() | Restored() | Renamed() | AttributesChanged() as fact:
                self.flush()
                unit = self.units.unit(event.stream.partition("/")[2])
                if isinstance(fact, Moved | Retired | Restored):
                    self.unit_places.apply(event, unit, day_of(event.occurred_at, self.zone))
                if isinstance(fact, Moved):
                    changes = Counter(self.units.unit(fact.parent).lineage)
                    changes.subtract(unit.lineage[:-1])
                    self._shift(unit, changes)
                elif isinstance(fact, Retired):
                    self._shift(unit, Counter(dict.fromkeys(unit.lineage, -1)))
                elif isinstance(fact, Renamed):
                    self.unit_names.renamed(unit, fact.name)
                self.units.change(event, fact, self.zone)
                if isinstance(fact, Restored):
                    self._restored(self.units.unit(unit.code))
                self.flush()  # what is asked next is asked of the sums at other units
            case _:
                raise TypeError(f"{event.name} is no event of a unit")

    def _shift(self, unit: UnitRow, changes: Counter[str]) -> None:
        levels = [*self.unit_counts.counts(unit.code)]
        shift = Shift(unit, changes, levels, [directive.id for directive in self.states.directives()])
        for projection in self._of_units:
            projection.moved(shift)

    def _restored(self, unit: UnitRow) -> None:
        """Count a unit that is there again, and its tasks as they stand."""
        self.unit_counts.register(unit)
        directives = self.states.directives()
        for directive in directives:
            task, version = self.tasks.of(TASK.stream(directive.id, unit.code))
            if version:
                self.tallies.restored(directive.id, unit, task)
                self.work_counts.restored(directive, unit, task)
                self.days.restored(directive, unit, task)

    def _amended(self, event: RecordedEvent) -> None:
        self.flush()
        directive, _ = self.states.directive(event.stream.partition("/")[2])
        kind, then = kind_or_absent(directive.kind), directive.superseded[-1].parameters
        if kind.counts_work and then != directive.parameters:
            self.tasks.amended(directive.id, event.occurred_at)
        open_work = self.tasks.open_work(directive.id) if kind.counts_work else {}
        for unit in self.units.of_codes(open_work):
            task = open_work[unit.code]
            before, now = kind.counts(task.work, then), kind.counts(task.work, directive.parameters)
            if before != now:
                self.work_counts.amended(directive, unit, before, now)
                self.acts.amended(directive, unit, event, task, now)

    def flush(self) -> None:
        """Write what was taken in."""
        for projection in (self.states, self.units, self.unit_names, self.unit_counts, *self._of_tasks):
            projection.flush()
