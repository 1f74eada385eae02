"""Decisions about the organisation and its units."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.errors import (
    AlreadyRecorded,
    InvalidOrganisation,
    OutOfOrder,
    UnitRetired,
    UnitsBelow,
)
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_at_or_above
from directives.domain.organisation.commands import (
    FoundOrganisation,
    MoveUnit,
    RegisterUnits,
    RenameUnit,
    RestoreUnit,
    RetireUnit,
)
from directives.domain.organisation.events import (
    AttributesChanged,
    Founded,
    Moved,
    Registered,
    Renamed,
    Restored,
    Retired,
)
from directives.domain.organisation.state import OrganisationState
from directives.domain.organisation.tree import checked, wrong_level
from directives.domain.organisation.units import Unit
from directives.domain.values import Text
from directives.i18n.message import Message, MomentIn

UnitChange = tuple[str, Registered | Renamed | AttributesChanged | Moved | Retired | Restored]
"""The code of a unit, and what happens to it."""


class Gone(NamedTuple):
    """A unit that was retired, and the event by which it was."""

    unit: Unit
    retirement: RecordedEvent


class Present(NamedTuple):
    """When units are restored, the present moment, and the time zone in which days end.

    What is dated after ``now``, by a clock that was wrong, holds nothing up.
    """

    at: datetime
    now: datetime
    zone: str


def set_up(
    command: FoundOrganisation, state: OrganisationState, top: str | None, known: Container[str]
) -> tuple[Founded | None, tuple[Registered, ...]]:
    """Decide that the organisation is set up; nothing when this one stands already, whatever became of its units since.

    Args:
        top: the code of the top unit that the store has; None where it has none.
        known: those of the codes of the units that the store knows, retired ones too.

    Raises:
        AlreadyRecorded: the store holds another organisation.
        InvalidOrganisation: the units are no tree of these levels.
    """
    ordered = checked(command.units, command.levels)
    if not state.levels:
        return Founded(levels=command.levels, zone=command.zone), tuple(_joining(unit) for unit in ordered)
    wanted = OrganisationState(levels=command.levels, zone=command.zone)
    if state == wanted and ordered[0].code == top and all(unit.code in known for unit in ordered):
        return None, ()
    raise another_organisation()


def another_organisation() -> AlreadyRecorded:
    """The refusal to set a store up that holds another organisation."""
    return AlreadyRecorded(
        "organisation: the store was set up with another organisation, levels or zone: name another store with --db"
    )


def register(
    command: RegisterUnits,
    state: OrganisationState,
    registered: Mapping[str, Unit],
    lineages: Mapping[str, Sequence[str]],
    retired: Mapping[str, Gone],
    present: Present,
) -> tuple[UnitChange, ...]:
    """Decide how the organisation becomes as the list has it; nothing where it is so already.

    Args:
        registered: the top unit, those of the units that the store has, and their parents, as listed and as they
            stand; all of them, where the list is the whole organisation.
        lineages: the codes from the top unit down to each of those.
        retired: those of the codes that were retired.

    Raises:
        AlreadyRecorded: the store has such a unit at another level, or with other content where all are to join.
        UnitRetired: a parent of such a unit was retired, and is not listed; or such a unit, where all are to join.
        OutOfOrder: dated before the retirement of such a unit.
        InvalidOrganisation: with them the organisation is no tree of its levels.
        NotEntitled: the office is neither of the unit that one joins, leaves or is named under, nor above it.
    """
    listed = {unit.code: unit for unit in command.units}
    _require_live(command.units, retired.keys() - (set() if command.joining_only else listed.keys()))
    new = checked(command.units, state.levels, registered)
    changes: list[UnitChange] = []
    for unit in new:
        if unit.code in retired:
            changes += [(unit.code, fact) for fact in _back(unit, retired[unit.code], command.reason, present)]
        else:
            changes.append((unit.code, _joining(unit)))
    for unit in listed.values():
        if unit.code in registered:
            changes += [(unit.code, fact) for fact in _differences(registered[unit.code], unit, command.reason)]
    if command.joining_only and len(changes) > len(new):
        raise AlreadyRecorded(
            "code: {code} is registered with other content: change it with org rename and org move",
            code=changes[len(new)][0],
            about_unit=changes[len(new)][0],
        )
    if command.retire_missing:
        missing = [unit for code, unit in registered.items() if code not in listed]
        _require_none_below(missing, listed)
        ordered = sorted(missing, key=lambda unit: len(lineages[unit.code]), reverse=True)
        changes += [(unit.code, Retired(reason=command.reason)) for unit in ordered]
    for code in (code for code, fact in changes if isinstance(fact, Restored)):
        require_at_or_above(command.office, lineages[code][:-1], Message("restore the unit"))
    for code in dict.fromkeys(code for change in changes for code in _touched(*change, registered)):
        if code in registered:
            require_at_or_above(command.office, lineages[code], Message("change the units"))
    return tuple(changes)


def _require_live(units: Iterable[Unit], retired: Container[str]) -> None:
    for code in (code for unit in units for code in (unit.code, unit.parent)):
        if code is not None and code in retired:
            raise UnitRetired(
                "code: {code} was retired: restore it with directives org restore {code}, or name another",
                code=code,
                about_unit=code,
            )


def _back(unit: Unit, gone: Gone, reason: str, present: Present) -> Iterator[Restored | Renamed | AttributesChanged]:
    """That a unit which was retired is there again, as it is listed."""
    assert unit.parent is not None, "the top unit is never retired"
    yield _restored(unit.code, unit.parent, gone, reason, present)
    for fact in _differences(gone.unit, unit, reason):
        if not isinstance(fact, Moved):
            yield fact


def _restored(code: str, parent: str, gone: Gone, reason: str, present: Present) -> Restored:
    retired_at = gone.retirement.occurred_at
    if present.at < retired_at <= present.now:
        raise OutOfOrder(
            "at: {at} is before {code} was retired ({before}): name a later moment",
            reason="before-taken-back",
            at=MomentIn(present.at, present.zone),
            code=code,
            before=MomentIn(retired_at, present.zone),
        )
    return Restored(takes_back=(gone.retirement.position,), parent=parent, reason=reason)


def restore(
    command: RestoreUnit,
    state: OrganisationState,
    gone: Gone,
    parent: Unit,
    lineages: Mapping[str, Sequence[str]],
    present: Present,
) -> tuple[Restored, ...]:
    """Decide that a unit which was retired is there again.

    Args:
        parent: the unit to which it reports from now on.
        lineages: the codes from the top unit down to that, and to the unit as it was.

    Raises:
        NotEntitled: the office is not above the unit as it was, or neither of the parent nor above it.
        InvalidOrganisation: the level of the parent is not above.
        OutOfOrder: dated before it was retired.
    """
    for lineage in (lineages[command.code][:-1], lineages[parent.code]):
        require_at_or_above(command.office, lineage, Message("restore the unit"))
    _require_level_above(state, parent, gone.unit)
    return (_restored(command.code, parent.code, gone, command.reason, present),)


def _require_level_above(state: OrganisationState, parent: Unit, unit: Unit) -> None:
    if state.ranks[parent.level] >= state.ranks[unit.level]:
        raise wrong_level(unit, parent)


def _joining(unit: Unit) -> Registered:
    return Registered.of_valid({name: getattr(unit, name) for name in Registered.model_fields})


def _differences(registered: Unit, wanted: Unit, reason: str) -> Iterator[Renamed | AttributesChanged | Moved]:
    if registered.level != wanted.level:
        raise AlreadyRecorded(
            "code: {code} is registered with another level: keep that level, or give the new unit its own code",
            code=wanted.code,
            about_unit=wanted.code,
        )
    name = _name_from(wanted.name, registered.name)
    if registered.name != name:
        yield Renamed(name=name, former_name=registered.name)
    attributes = registered.attributes | wanted.attributes
    if registered.attributes != attributes:
        yield AttributesChanged(attributes=attributes)
    if registered.parent != wanted.parent:
        assert registered.parent is not None, "there is one top unit, before and after"
        assert wanted.parent is not None, "there is one top unit, before and after"
        yield Moved(parent=wanted.parent, former_parent=registered.parent, reason=reason)


def _name_from(wanted: Text, former: Text) -> Text:
    """The name that is wanted; where it has no Hindi and the English stays, with the Hindi that the unit has."""
    return former if wanted.hi is None and wanted.en == former.en else wanted


def _touched(code: str, fact: Event, registered: Mapping[str, Unit]) -> tuple[str, ...]:
    """The codes of the units at or above which an office must be to bring ``fact`` about."""
    match fact:
        case Registered(parent=str(parent)) | Restored(parent=parent):
            return (parent,)
        case Moved(parent=parent, former_parent=former):
            return (parent, former)
        case Retired():
            return (registered[code].parent or code,)
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
                about_unit=unit.code,
            )


def require_joined(code: str, joined: date, day: date, today: date) -> None:
    """Raises `OutOfOrder` when ``day`` is before the one on which the unit joined; unless that is after ``today``."""
    if day < joined <= today:
        raise OutOfOrder(
            "at: {today} is before {code} joined ({joined}): name a later moment",
            today=day,
            code=code,
            joined=joined,
        )


def rename(command: RenameUnit, unit: Unit, lineage: Sequence[str]) -> tuple[Renamed, ...]:
    """Decide that the unit has another name; nothing when it has that name.

    Raises:
        NotEntitled: the office is neither of the unit nor above it.
    """
    require_at_or_above(command.office, lineage, Message("rename the unit"))
    name = _name_from(command.name, unit.name)
    return () if name == unit.name else (Renamed(name=name, former_name=unit.name),)


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
        raise InvalidOrganisation("code: {code} is the top unit and has no parent", code=unit.code)
    for lineage in (lineages[unit.code][:-1], lineages[parent.code]):
        require_at_or_above(command.office, lineage, Message("move the unit"))
    _require_level_above(state, parent, unit)
    if unit.parent == parent.code:
        return ()
    return (Moved(parent=parent.code, former_parent=unit.parent, reason=command.reason),)


def retire(command: RetireUnit, unit: Unit, lineage: Sequence[str], below: int) -> tuple[Retired, ...]:
    """Decide that the unit is retired.

    Args:
        below: how many units are below it.

    Raises:
        InvalidOrganisation: the top unit.
        UnitsBelow: some are.
        NotEntitled: the office is not above it.
    """
    if unit.parent is None:
        raise InvalidOrganisation("code: {code} is the top unit: an organisation has only one", code=unit.code)
    require_at_or_above(command.office, lineage[:-1], Message("retire the unit"))
    if below:
        raise UnitsBelow(
            "code: {code} has {below} {below:unit|units} below it: move or retire those first",
            reason="units-below",
            code=unit.code,
            below=below,
        )
    return (Retired(reason=command.reason),)
