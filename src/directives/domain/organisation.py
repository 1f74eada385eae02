"""The organisation: its levels and units, the party's own chain of reporting, as data."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from directives.domain.command import Command
from directives.domain.errors import (
    AlreadyRecorded,
    InvalidOrganisation,
    OutOfOrder,
    UnitRetired,
    UnitsBelow,
    UnknownLevel,
)
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_at_or_above
from directives.domain.values import Code, Line, Model, Slug, Text, known_zone, nfc, same_everywhere
from directives.i18n.message import Message

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
NATION = Level(code="nation", name=Text(en="nation", hi="राष्ट्र"))
NATIONAL_LEVELS = (NATION, *LEVELS)
"""The usual levels of an organisation whose top unit is a nation."""


def levels_for(units: Iterable["Unit"]) -> tuple[Level, ...]:
    """The usual levels of an organisation of these units: with a nation above, where there is one."""
    return NATIONAL_LEVELS if any(unit.level == NATION.code for unit in units) else LEVELS


class Unit(Model):
    """A unit as an organisation file gives it."""

    code: Code
    parent: Code | None = None
    level: Slug
    name: Text
    attributes: dict[Annotated[str, AfterValidator(nfc)], Line] = Field(default_factory=dict)


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


class Renamed(Event):
    """The unit has another name; its code stays."""

    NAME: ClassVar[str] = "Renamed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} renamed {former_name} to {name}", hi="{office} ने {former_name} का नाम {name} किया"
    )
    name: Text
    former_name: Text


class AttributesChanged(Event):
    """The unit has these attributes now."""

    NAME: ClassVar[str] = "AttributesChanged"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} changed what is noted about {unit}: {attributes}",
        hi="{office} ने {unit} का विवरण बदला: {attributes}",
    )
    attributes: dict[str, Line]


class Moved(Event):
    """The unit reports to another one from now on, with all that is below it."""

    NAME: ClassVar[str] = "Moved"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} moved {unit} from {former_parent} to {parent}: {reason}",
        hi="{office} ने {unit} को {former_parent} से हटाकर {parent} में रखा: {reason}",
    )
    parent: Code
    former_parent: Code
    reason: Line


class Retired(Event):
    """The unit is no more: it owes nothing, and its record stays."""

    NAME: ClassVar[str] = "Retired"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} retired {unit}: {reason}", hi="{office} ने {unit} को समाप्त किया: {reason}"
    )
    reason: Line


Change = tuple[str, Registered | Renamed | AttributesChanged | Moved | Retired]
"""The code of a unit, and what happens to it."""


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
        raise UnknownLevel(
            "level: {code} is unknown: use one of {choices}",
            code=code,
            choices=", ".join(level.code for level in self.levels),
        )


class FoundOrganisation(Command):
    """Set up an empty store: the levels, the units and the time zone.

    Where ``more_follow``, these are the first of its units, and others are registered afterwards.
    """

    NOUN: ClassVar[str] = "organisation"
    VERB: ClassVar[str] = "found"
    levels: tuple[Level, ...] = LEVELS
    units: tuple[Unit, ...]
    zone: Annotated[Zone, AfterValidator(same_everywhere)] = "Asia/Kolkata"
    more_follow: bool = Field(default=False, exclude_if=lambda more: not more)


AS_LISTED = "As in the list of units. इकाइयों की सूची के अनुसार।"
"""Why units move or retire that a list moves or lacks, unless another reason is given."""


class RegisterUnits(Command):
    """Bring the organisation up to date with a list of units: those that it lacks join, those that differ change.

    Attributes that the list does not give stay. Units that it lacks stay too, unless ``retire_missing`` says that it
    is the whole organisation. With ``joining_only`` one that differs is refused.
    """

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "import"
    units: tuple[Unit, ...]
    retire_missing: bool = Field(default=False, exclude_if=lambda retire: not retire)  # as commands were before
    joining_only: bool = Field(default=False, exclude_if=lambda joining: not joining)
    reason: Line = Field(default=AS_LISTED, exclude_if=lambda reason: reason == AS_LISTED)


class RenameUnit(Command):
    """Give a unit another name; its code stays."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "rename"
    code: Code
    name: Text


class MoveUnit(Command):
    """Let a unit report to another one, with all that is below it."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "move"
    code: Code
    parent: Code
    reason: Line


class RetireUnit(Command):
    """Let a unit be no more; none may be below it."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "retire"
    code: Code
    reason: Line


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
        standing: the units that the store has; where more follow, those of them that are given.

    Raises:
        AlreadyRecorded: the store holds another organisation.
        InvalidOrganisation: the units are no tree of these levels.
    """
    ordered = checked(command.units, command.levels)
    wanted = OrganisationState(levels=command.levels, zone=command.zone)
    if not state.levels:
        return Founded(levels=command.levels, zone=command.zone), tuple(_joining(unit) for unit in ordered)
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
    retired: Container[str],
) -> tuple[Change, ...]:
    """Decide how the organisation becomes as the list has it; nothing where it is so already.

    Args:
        standing: the top unit, those of the units that the store has, and their parents, as listed and as they
            stand; all of them, where the list is the whole organisation.
        lineages: the codes from the top unit down to each of those.
        retired: those of the codes that were retired.

    Raises:
        AlreadyRecorded: the store has such a unit at another level, or with other content where all are to join.
        UnitRetired: such a unit, or a parent of one, was retired.
        InvalidOrganisation: with them the organisation is no tree of its levels.
        NotEntitled: the office is neither of the unit that one joins, leaves or is named under, nor above it.
    """
    listed = {unit.code: unit for unit in command.units}
    for code in (code for unit in command.units for code in (unit.code, unit.parent)):
        if code is not None and code in retired:
            raise UnitRetired(
                "code: {code} was retired, and codes are given once: leave it out or name another", code=code
            )
    new = checked(command.units, state.levels, standing)
    changes: list[Change] = [(unit.code, _joining(unit)) for unit in new]
    for unit in listed.values():
        if unit.code in standing:
            changes += [(unit.code, fact) for fact in _differences(standing[unit.code], unit, command.reason)]
    if command.joining_only and len(changes) > len(new):
        raise AlreadyRecorded(
            "code: {code} is registered with other content: org rename and org move change it",
            code=changes[len(new)][0],
        )
    if command.retire_missing:
        missing = [unit for code, unit in standing.items() if code not in listed]
        _require_none_below(missing, listed)
        ordered = sorted(missing, key=lambda unit: len(lineages[unit.code]), reverse=True)
        changes += [(unit.code, Retired(reason=command.reason)) for unit in ordered]
    for code in dict.fromkeys(code for change in changes for code in _touched(*change, standing)):
        if code in standing:
            require_at_or_above(command.office, lineages[code], Message("change the units"))
    return tuple(changes)


def _joining(unit: Unit) -> Registered:
    return Registered.of_valid({name: getattr(unit, name) for name in Registered.model_fields})


def _differences(stands: Unit, wanted: Unit, reason: str) -> Iterator[Renamed | AttributesChanged | Moved]:
    if stands.level != wanted.level:
        raise AlreadyRecorded(
            "code: {code} is registered with another level: leave it as it is, or give the new unit a code of its own",
            code=wanted.code,
        )
    if stands.name != wanted.name:
        yield Renamed(name=wanted.name, former_name=stands.name)
    attributes = stands.attributes | wanted.attributes
    if stands.attributes != attributes:
        yield AttributesChanged(attributes=attributes)
    if stands.parent != wanted.parent:
        assert stands.parent is not None, "there is one top unit, before and after"
        assert wanted.parent is not None, "there is one top unit, before and after"
        yield Moved(parent=wanted.parent, former_parent=stands.parent, reason=reason)


def _touched(code: str, fact: Event, standing: Mapping[str, Unit]) -> tuple[str, ...]:
    """The codes of the units at or above which an office must be to bring ``fact`` about."""
    match fact:
        case Registered(parent=str(parent)):
            return (parent,)
        case Moved(parent=parent, former_parent=former):
            return (parent, former)
        case Retired():
            return (standing[code].parent or code,)
        case _:
            return (code,)


def _require_none_below(missing: Iterable[Unit], listed: Mapping[str, Unit]) -> None:
    gone = {unit.code for unit in missing}
    for unit in listed.values():
        if unit.parent in gone:
            raise InvalidOrganisation(
                "parent: {parent} of {code} is not in the list of the whole organisation: add it",
                parent=unit.parent,
                code=unit.code,
            )


def require_joined(code: str, joined: date, today: date) -> None:
    """Raises `OutOfOrder` when ``today`` lies before the day on which the unit joined."""
    if today < joined:
        raise OutOfOrder(
            "at: {today} lies before {code} joined ({joined}): name a later moment",
            today=today,
            code=code,
            joined=joined,
        )


def rename(command: RenameUnit, unit: Unit, lineage: Sequence[str]) -> tuple[Renamed, ...]:
    """Decide that the unit has another name; nothing when it has that name.

    Raises:
        NotEntitled: the office is neither of the unit nor above it.
    """
    require_at_or_above(command.office, lineage, Message("rename the unit"))
    return () if command.name == unit.name else (Renamed(name=command.name, former_name=unit.name),)


def move(
    command: MoveUnit, state: OrganisationState, unit: Unit, parent: Unit, lineages: Mapping[str, Sequence[str]]
) -> tuple[Moved, ...]:
    """Decide that the unit reports to another one; nothing when it does already.

    Args:
        lineages: the codes from the top unit down to the unit, and to the other one.

    Raises:
        InvalidOrganisation: the top unit, or to a unit whose level is not above.
        NotEntitled: the office is not at or above both the unit that it leaves and the one that it joins.
    """
    if unit.parent is None:
        raise InvalidOrganisation("code: {code} is the top unit: it reports to none", code=unit.code)
    for lineage in (lineages[unit.code][:-1], lineages[parent.code]):
        require_at_or_above(command.office, lineage, Message("move the unit"))
    ranks = [level.code for level in state.levels]
    if ranks.index(parent.level) >= ranks.index(unit.level):
        raise InvalidOrganisation(wrong_level(unit, parent))
    if unit.parent == parent.code:
        return ()
    return (Moved(parent=parent.code, former_parent=unit.parent, reason=command.reason),)


def retire(command: RetireUnit, unit: Unit, lineage: Sequence[str], below: int) -> tuple[Retired, ...]:
    """Decide that the unit is no more.

    Args:
        below: how many units are below it.

    Raises:
        InvalidOrganisation: the top unit.
        UnitsBelow: some are.
        NotEntitled: the office is not above it.
    """
    if unit.parent is None:
        raise InvalidOrganisation("code: {code} is the top unit: an organisation has one", code=unit.code)
    require_at_or_above(command.office, lineage[:-1], Message("retire the unit"))
    if below:
        raise UnitsBelow(
            "code: {code} has {below} units below it: move or retire those first", code=unit.code, below=below
        )
    return (Retired(reason=command.reason),)


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
    for unit in units:
        _check_known(unit, by_code, ranks)
    tops = [unit.code for unit in by_code.values() if unit.parent is None]
    if not units:
        raise InvalidOrganisation("code: there is no unit: at least one is needed")
    ordered = tuple(depth_first(new, standing))
    if len(ordered) != len(new):
        waiting = {unit.code: unit for unit in new}
        raise InvalidOrganisation(cycle(waiting, min(waiting.keys() - {unit.code for unit in ordered})))
    for code in (unit.code for unit in standing.values() if unit.parent is None):
        if by_code[code].parent is not None:
            raise InvalidOrganisation("parent: {code} is the top unit and stays it: leave its parent empty", code=code)
    if len(tops) > 1:
        raise InvalidOrganisation(
            "parent: {tops} have none: exactly one top unit is needed", tops=", ".join(tops[:3]), code=tops[1]
        )
    for unit in units:
        if unit.parent is not None and ranks[by_code[unit.parent].level] >= ranks[unit.level]:
            raise InvalidOrganisation(wrong_level(unit, by_code[unit.parent]))
    return ordered


def wrong_level(unit: Unit, parent: Unit) -> Message:
    """That the level of the unit is not below that of the one to which it reports."""
    return Message(
        "level: {code} ({level}) cannot report to {parent} ({parent_level}): give it a parent of a level above",
        code=unit.code,
        level=unit.level,
        parent=parent.code,
        parent_level=parent.level,
    )


def _check_levels(levels: Sequence[Level]) -> None:
    codes = [level.code for level in levels]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InvalidOrganisation("levels: {twice} is there twice: name each level once", twice=twice)


def _by_code(units: Iterable[Unit]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.code in found:
            raise InvalidOrganisation("code: {code} is there twice: give each unit a code of its own", code=unit.code)
        found[unit.code] = unit
    return found


def _check_known(unit: Unit, by_code: Mapping[str, Unit], ranks: Mapping[str, int]) -> None:
    if unit.level not in ranks:
        raise InvalidOrganisation(unknown_level(unit, ranks))
    if unit.parent is not None and unit.parent not in by_code:
        raise InvalidOrganisation(unknown_parent(unit))


def unknown_level(unit: Unit, known: Iterable[str]) -> Message:
    """That the unit is of a level that there is not."""
    return Message(
        "level: {level} of {code} is unknown: use one of {choices}",
        level=unit.level,
        code=unit.code,
        choices=", ".join(known),
    )


def unknown_parent(unit: Unit) -> Message:
    """That the unit reports to one that there is not."""
    return Message(
        "parent: {parent} of {code} is not there: add that unit or correct it", parent=unit.parent, code=unit.code
    )


def cycle(by_code: Mapping[str, Unit], code: str) -> Message:
    """That units report to each other in a ring, at or above the unit of that code."""
    seen = list[str]()
    while code not in seen:
        seen.append(code)
        code = by_code[code].parent or ""
    ring = [*seen[seen.index(code) :], code]
    said = "parent: {ring}: a unit cannot report to itself or to one under it"
    return Message(said, ring=" -> ".join(ring), code=code)


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
