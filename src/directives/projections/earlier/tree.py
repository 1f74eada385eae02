"""The units as they stood: those that moved, retired or were restored since, where they were; without those to come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from directives.domain.directive.state import Assignment
from directives.domain.errors import UnknownUnit
from directives.domain.organisation.events import AttributesChanged, Registered, Renamed
from directives.domain.organisation.state import UNIT
from directives.domain.organisation.units import Unit
from directives.projections.earlier.as_of import AsOf, Read
from directives.projections.unit_counts import UnitCounts
from directives.projections.unit_places import Placed, UnitPlaces
from directives.projections.units import RETIRED, UnitRow, Units
from directives.store.session import Session

NOT_ALL = 0
"""What is expected of an open assignment for which not all units of its level were there: as many as have a row."""


class _Stood(NamedTuple):
    """Where a unit stood; ``retirements`` are the positions of those that nothing has taken back."""

    parent: str | None
    retirements: frozenset[int] = frozenset()
    restored: int | None = None
    restored_on: date | None = None

    @property
    def retired(self) -> bool:
        """Whether it had retired."""
        return bool(self.retirements)

    def after(self, placed: Placed) -> "_Stood":
        """The same after an event."""
        match placed.name:
            case "Retired":
                return self._replace(retirements=self.retirements | {placed.position})
            case "Restored":
                left = frozenset(each for each in self.retirements if each != placed.takes_back)
                return _Stood(placed.parent, left, placed.position, placed.day)
            case _:
                return self._replace(parent=placed.parent)


class Tree:
    """The tree as it stood.

    Attributes:
        rows: the units that stand otherwise today, as they stood; of one that had retired, or was yet to come, the path
            says that it counts nowhere.
        today: the same units, as they stand.
        ghosts: those that were registered before the last order, and of which the registration is dated later: they
            were there for the orders after it alone.
    """

    def __init__(self, session: Session, as_of: AsOf, levels: Sequence[str], orders: Sequence[int]) -> None:
        """The tree of these ``levels``; ``orders`` are the positions of the assignments that count."""
        self._units, self._as_of = Units(session), as_of
        self._first, self._last = min(orders, default=0), max(orders, default=0)
        self._stood = dict(self._standings(UnitPlaces(session).all()))
        self._lineages: dict[str, tuple[str, ...]] = {}
        self.today = self._otherwise()
        self.today |= {unit.code: unit for unit in self._to_come(levels)}
        self.rows = {code: self._row(unit) for code, unit in self.today.items()}
        self.ghosts = [self.row(unit) for unit in self._ghosts(levels)]

    def _standings(self, places: Iterator[Placed]) -> Iterator[tuple[str, _Stood]]:
        for code, placed in groupby(places, attrgetter("unit")):
            registered, *later = placed
            stood = _Stood(registered.parent)
            for each in later:
                if self._as_of.happened(each.position, each.occurred_at):
                    stood = stood.after(each)
            yield code, stood

    def _otherwise(self) -> dict[str, UnitRow]:
        """The units that stand otherwise today, by themselves or with one above them."""
        found, moved = dict[str, UnitRow](), list[UnitRow]()
        for unit in self._units.of_codes(self._stood):
            stood = self._stood[unit.code]
            if (unit.parent, unit.retired, unit.restored) != (stood.parent, stood.retired, stood.restored):
                found[unit.code] = unit
            if unit.parent != stood.parent and not unit.retired:
                moved.append(unit)
        for unit in moved:
            found.update((each.code, each) for each in self._units.under(unit.path))
        return found

    def _to_come(self, levels: Sequence[str]) -> list[UnitRow]:
        """The units that were yet to come; where nothing was ordered yet nobody counts them."""
        if not self._last:
            return []
        after = self._as_of.known if self._as_of.at is None else min(self._as_of.known, self._last)
        return [unit for unit in self._units.registered_after(levels, after) if not self.was_there(unit)]

    def _ghosts(self, levels: Sequence[str]) -> list[UnitRow]:
        if self._as_of.at is None or self._first == self._last:
            return []
        later = self._units.registered_after(levels, self._first)
        return [unit for unit in later if unit.joined > self._as_of.day and self.was_there(unit)]

    def absent_for(self, assignment: Assignment) -> list[UnitRow]:
        """The units of its level that were there for a later order alone."""
        return [
            ghost
            for ghost in self.ghosts
            if ghost.level == assignment.level and ghost.position > assignment.position and not ghost.retired
        ]

    def was_there(self, unit: UnitRow) -> bool:
        """Whether a unit was registered, for some order at least."""
        at, known, day = self._as_of
        return unit.position <= known and (at is None or unit.joined <= day or unit.position < self._last)

    def _row(self, unit: UnitRow) -> UnitRow:
        """A unit as it stood."""
        stood = self._stood.get(unit.code, _Stood(unit.parent))
        path = "".join(f"{code}/" for code in self.lineage(unit.code))
        gone = stood.retired or not self.was_there(unit)
        return unit._replace(
            parent=stood.parent,
            path=RETIRED + path if gone else path,
            restored=stood.restored,
            restored_on=stood.restored_on,
        )

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes from the top unit down to a unit, as it stood."""
        if code not in self._lineages:
            parent = self._stood[code].parent if code in self._stood else self._units.unit(code).parent
            self._lineages[code] = (*(() if parent is None else self.lineage(parent)), code)
        return self._lineages[code]

    def now(self, unit: UnitRow) -> UnitRow:
        """A unit as it stands, of how it stood; below one that is retired nobody stands."""
        today = self.today.get(unit.code, unit)
        return today._replace(path=today.path.removeprefix(RETIRED))

    def row(self, unit: UnitRow) -> UnitRow:
        """A unit as it stood, of how it stands."""
        return self.rows.get(unit.code, unit)


def named_then(units: Iterable[UnitRow], read: Read, as_of: AsOf) -> dict[str, UnitRow]:
    """``units`` with the names and attributes that they had, by their codes."""
    rows = {UNIT.stream(unit.code): unit for unit in units}
    for event in filter(as_of.holds, read(rows)):
        match event.data:
            case Registered(name=name, attributes=attributes):
                change = {"name": name, "attributes": attributes}
            case Renamed(name=name):
                change = {"name": name}
            case AttributesChanged(attributes=attributes):
                change = {"attributes": attributes}
            case _:
                continue
        rows[event.stream] = rows[event.stream]._replace(**change)
    return {unit.code: unit for unit in rows.values()}


def units_there(tree: Tree, today: Units, read: Read, as_of: AsOf) -> Iterator[Unit]:
    """The units that were there, each before those under it, with the names that they bore."""
    rows = [tree.row(unit) for unit in (*today.under(""), *today.under(RETIRED))]
    there = sorted((unit for unit in rows if not unit.retired and tree.was_there(unit)), key=attrgetter("path"))
    changed = named_then((unit for unit in there if unit.version > 1), read, as_of)
    return (changed.get(unit.code, unit).unit for unit in there)


def _nothing() -> None:
    pass


class EarlierUnits(Units):
    """The units as they stood; what looks a single one up knows all of them."""

    def __init__(self, session: Session, tree: Tree) -> None:
        super().__init__(session)
        self.tree = tree
        self.prepare_tables: Callable[[], None] = _nothing
        self._today = Units(session, stored=True)

    def prepare(self) -> None:
        """Let other queries find the table as it is read here."""
        self.prepare_tables()

    def under(self, path: str) -> Iterator[UnitRow]:
        """The units that stood at or below ``path``, each before those under it."""
        self.prepare()
        return super().under(path)

    def of_level(self, level: str, path: str) -> list[UnitRow]:
        """The units of a level that stood at or below ``path``, in the order of their paths."""
        self.prepare()
        return [unit for unit in super().of_level(level, path) if self.tree.was_there(unit)]

    def children(self, unit: UnitRow) -> list[UnitRow]:
        """The units that reported to ``unit``, in the order of their paths."""
        self.prepare()
        return super().children(unit)

    def unit(self, code: str) -> UnitRow:
        """The unit of that code as it stood; one that was yet to come is like one that had retired.

        Raises:
            UnknownUnit: there is none, to this day.
        """
        return self.tree.row(self._today.unit(code))

    def of_codes(self, codes: Iterable[str]) -> list[UnitRow]:
        """The units with these codes; unknown codes are skipped."""
        return [*map(self.tree.row, self._today.of_codes(codes))]

    def there_for(self, unit: UnitRow, position: int) -> bool:
        """Whether a unit was there for an order at a position."""
        return unit.position < position or all(unit.code != ghost.code for ghost in self.tree.ghosts)

    def came_after(self, level: str, position: int, day: date) -> list[UnitRow]:
        """The units of a level that came, or came back, after a position and since a day."""
        rows = [*self._today.registered_after([level], position), *self._today.restored_after(level, position)]
        came = (self.tree.row(unit) for unit in rows)
        there = (unit for unit in (*came, *self.tree.rows.values()) if unit.level == level and not unit.retired)
        return [unit for unit in there if unit.came > position and unit.came_on >= day]

    def top(self) -> UnitRow:
        """The top unit of the organisation."""
        return self._today.top()

    def live(self, code: str) -> UnitRow:
        """The unit of that code.

        Raises:
            UnknownUnit: there is none.
            UnitRetired: it was no more.
        """
        unit = self.unit(code)
        if not self.tree.was_there(unit):
            raise UnknownUnit("unit: {code} did not exist on that day: name another one, or a later day", code=code)
        return super().live(code)


class EarlierUnitCounts(UnitCounts):
    """How many units of each level were at or below each unit: those of today, with what changed since."""

    def __init__(self, session: Session, tree: Tree) -> None:
        super().__init__(session)
        self._changes: dict[str, Counter[str]] = {}
        for unit in tree.today.values():
            self._add(unit, -1)
        for unit in tree.rows.values():
            self._add(unit, 1)

    def _add(self, unit: UnitRow, number: int) -> None:
        if not unit.retired:
            for code in unit.lineage:
                self._changes.setdefault(code, Counter())[unit.level] += number

    def count(self, unit: str, level: str) -> int:
        """How many units of ``level`` were at or below ``unit``."""
        return super().count(unit, level) + self._changes.get(unit, _NONE)[level]

    def counts(self, unit: str) -> Counter[str]:
        """How many units of each level were at or below ``unit``."""
        counts = super().counts(unit)
        counts.update(self._changes.get(unit, _NONE))
        return counts

    def of_units(self, units: Iterable[str], level: str) -> Counter[str]:
        """As `count`, of several units at once."""
        codes = [*units]
        counts = super().of_units(codes, level)
        counts.update({code: self._changes[code][level] for code in codes if code in self._changes})
        return counts


_NONE: Counter[str] = Counter()
