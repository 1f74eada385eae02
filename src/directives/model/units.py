"""The organisation: its levels and units, the party's own chain of reporting, as data."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from directives.model.command import Command
from directives.model.errors import AlreadyRecorded, InvalidOrganisation, UnknownLevel
from directives.model.event import Event, RecordedEvent
from directives.model.offices import require_at_or_above
from directives.model.values import Code, Line, Model, Slug, Text, known_zone

STREAM = "organisation"
Zone = Annotated[str, AfterValidator(known_zone)]
"""An IANA time zone; days end at midnight there."""


def stream(code: str) -> str:
    """The stream of the unit of that code."""
    return f"unit/{code}"


class Level(Model):
    """One rung of the organisation; the order of the levels is the order of command."""

    code: Slug
    name: Text


LEVELS = (
    Level(code="state", name=Text(en="state", hi="प्रदेश")),
    Level(code="lok_sabha", name=Text(en="Lok Sabha", hi="लोकसभा")),
    Level(code="vidhan_sabha", name=Text(en="Vidhan Sabha", hi="विधानसभा")),
    Level(code="block", name=Text(en="block", hi="प्रखंड")),
    Level(code="panchayat", name=Text(en="panchayat", hi="पंचायत")),
    Level(code="booth", name=Text(en="booth", hi="बूथ")),
)
"""The usual levels, from the top; an organisation may name its own."""


class Unit(Model):
    """A unit as an organisation file gives it."""

    code: Code
    parent: Code | None = None
    level: Slug
    name: Text
    attributes: dict[str, Line] = Field(default_factory=dict)


# Events. Names, versions and fields are the storage format.


class Founded(Event):
    """The store was set up for an organisation of these levels, whose days end at midnight of ``zone``."""

    NAME: ClassVar[str] = "Founded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} set the organisation up", hi="{office} ने संगठन दर्ज किया")
    levels: tuple[Level, ...]
    zone: Zone


class Registered(Event):
    """A unit joined the organisation."""

    NAME: ClassVar[str] = "Registered"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} registered the {level} unit {name}", hi="{office} ने {level} इकाई {name} दर्ज की"
    )
    code: Code
    parent: Code | None
    level: Slug
    name: Text
    attributes: dict[str, Line]


class OrganisationState(Model):
    """What the next decision about the organisation needs."""

    levels: tuple[Level, ...] = ()
    zone: str = ""

    def level(self, code: str) -> Level:
        """The level of that code.

        Raises:
            UnknownLevel: there is none.
        """
        for level in self.levels:
            if level.code == code:
                return level
        raise UnknownLevel(f"level: {code} is unknown: use one of {', '.join(level.code for level in self.levels)}")


class FoundOrganisation(Command):
    """Set up an empty store: the levels, the units and the time zone."""

    NOUN: ClassVar[str] = "organisation"
    VERB: ClassVar[str] = "found"
    levels: tuple[Level, ...] = LEVELS
    units: tuple[Unit, ...]
    zone: Zone = "Asia/Kolkata"


class RegisterUnits(Command):
    """Register units that join the organisation."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "import"
    units: tuple[Unit, ...]


def evolve(state: OrganisationState, event: RecordedEvent) -> OrganisationState:
    """The organisation after ``event``."""
    match event.data:
        case Founded(levels=levels, zone=zone):
            return OrganisationState(levels=levels, zone=zone)
        case _:
            return state


def found(
    command: FoundOrganisation, state: OrganisationState, standing: Sequence[Unit]
) -> tuple[Founded | None, tuple[Registered, ...]]:
    """Decide that the organisation is set up; nothing when just this one stands already.

    Args:
        standing: the units that the store has.

    Raises:
        AlreadyRecorded: the store holds another organisation.
        InvalidOrganisation: the units are no tree of these levels.
    """
    ordered = checked(command.units, command.levels)
    wanted = OrganisationState(levels=command.levels, zone=command.zone)
    if not state.levels:
        return Founded(levels=command.levels, zone=command.zone), tuple(Registered(**dict(unit)) for unit in ordered)
    if state == wanted and {unit.code: unit for unit in standing} == {unit.code: unit for unit in ordered}:
        return None, ()
    raise AlreadyRecorded(
        "organisation: the store was set up with another organisation, levels or zone: name another store with --db"
    )


def register(
    command: RegisterUnits,
    state: OrganisationState,
    standing: Mapping[str, Unit],
    lineages: Mapping[str, Sequence[str]],
) -> tuple[Registered, ...]:
    """Decide that the units that the store lacks join it; nothing when it has them all.

    Args:
        standing: the top unit, and those of the units and of their parents that the store has.
        lineages: the codes from the top unit down to each of those.

    Raises:
        AlreadyRecorded: the store has such a unit with another name, level, parent or attributes.
        InvalidOrganisation: with them the organisation is no tree of its levels.
        NotEntitled: the office is neither of the unit that one joins nor above it.
    """
    for unit in command.units:
        if standing.get(unit.code, unit) != unit:
            raise AlreadyRecorded(f"code: {unit.code} is registered with {_difference(standing[unit.code], unit)}")
    ordered = checked(command.units, state.levels, standing)
    for parent in dict.fromkeys(unit.parent for unit in ordered):
        if parent is not None and parent in standing:
            require_at_or_above(command.office, lineages[parent], "register units")
    return tuple(Registered(**dict(unit)) for unit in ordered)


def _difference(stands: Unit, wanted: Unit) -> str:
    names = ("parent", "level", "name", "attributes")
    name = next(name for name in names if getattr(stands, name) != getattr(wanted, name))
    return f"another {name}: leave it as it is, or give the new unit a code of its own"


def checked(
    units: Sequence[Unit], levels: Sequence[Level], standing: Mapping[str, Unit] | None = None
) -> tuple[Unit, ...]:
    """Those of ``units`` that are not ``standing``, in depth-first order: each before those under it.

    Raises:
        InvalidOrganisation: a unit twice, an unknown level, an orphan, a cycle, a level that is not below the
            parent's, or not exactly one top unit.
    """
    standing = standing or {}
    by_code = {**standing, **_by_code(units)}
    new = [unit for unit in units if unit.code not in standing]
    _check_levels(levels)
    ranks = {level.code: rank for rank, level in enumerate(levels)}
    for unit in new:
        _check_known(unit, by_code, ranks)
    tops = [unit.code for unit in by_code.values() if unit.parent is None]
    if not units:
        raise InvalidOrganisation("code: there is no unit: at least one is needed")
    ordered = tuple(depth_first(new, standing))
    if len(ordered) != len(new):
        raise InvalidOrganisation(_cycle({unit.code: unit for unit in new}, ordered))
    if len(tops) != 1:
        raise InvalidOrganisation(f"parent: {', '.join(tops[:3])} have none: exactly one top unit is needed")
    for unit in ordered:
        if unit.parent is not None and ranks[by_code[unit.parent].level] >= ranks[unit.level]:
            raise InvalidOrganisation(
                f"level: {unit.code} ({unit.level}) cannot report to {unit.parent} ({by_code[unit.parent].level}): "
                f"give it a parent of a level above"
            )
    return ordered


def _check_levels(levels: Sequence[Level]) -> None:
    codes = [level.code for level in levels]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InvalidOrganisation(f"levels: {twice} is there twice: name each level once")


def _by_code(units: Iterable[Unit]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.code in found:
            raise InvalidOrganisation(f"code: {unit.code} is there twice: give each unit a code of its own")
        found[unit.code] = unit
    return found


def _check_known(unit: Unit, by_code: Mapping[str, Unit], ranks: Mapping[str, int]) -> None:
    if unit.level not in ranks:
        raise InvalidOrganisation(f"level: {unit.level} of {unit.code} is unknown: use one of {', '.join(ranks)}")
    if unit.parent is not None and unit.parent not in by_code:
        raise InvalidOrganisation(f"parent: {unit.parent} of {unit.code} is not there: add that unit or correct it")


def _cycle(by_code: Mapping[str, Unit], reached: Iterable[Unit]) -> str:
    waiting = by_code.keys() - {unit.code for unit in reached}
    code, seen = min(waiting), list[str]()
    while code not in seen:
        seen.append(code)
        code = by_code[code].parent or ""
    ring = [*seen[seen.index(code) :], code]
    return f"parent: {' reports to '.join(ring)}: a unit cannot report to itself or to one under it"


def depth_first(units: Iterable[Unit], standing: Container[str | None] = ()) -> Iterator[Unit]:
    """The units that hang on a top unit or a ``standing`` one, each before those under it, siblings as given."""
    children: dict[str | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(None if unit.parent in standing else unit.parent, []).append(unit)
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting.extend(reversed(children.get(unit.code, [])))
