"""Whether units are one tree of their levels."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from directives.domain.errors import (
    InvalidOrganisation,
)
from directives.domain.organisation.units import Level, Unit


def checked(
    units: Sequence[Unit], levels: Sequence[Level], registered: Mapping[str, Unit] | None = None
) -> tuple[Unit, ...]:
    """The units that are not ``registered`` yet, in depth-first order: each before those under it.

    Raises:
        InvalidOrganisation: a unit twice, an unknown level, an orphan, a cycle, a level that is not below the
            parent's, or not exactly one top unit.
    """
    registered = registered or {}
    by_code = {**registered, **_by_code(units)}
    new = [unit for unit in units if unit.code not in registered]
    check_levels(levels)
    ranks = {level.code: rank for rank, level in enumerate(levels)}
    for unit in units:
        _check_known(unit, by_code, ranks)
    tops = [unit.code for unit in by_code.values() if unit.parent is None]
    if not units:
        raise InvalidOrganisation("code: there is no unit: give at least one")
    ordered = tuple(depth_first(new, registered))
    if len(ordered) != len(new):
        waiting = {unit.code: unit for unit in new}
        raise cycle(waiting, min(waiting.keys() - {unit.code for unit in ordered}))
    for code in (unit.code for unit in registered.values() if unit.parent is None):
        if by_code[code].parent is not None:
            raise InvalidOrganisation(
                "parent: {code} is the top unit and stays it: leave its parent empty", code=code, about_unit=code
            )
    if len(tops) > 1:
        raise InvalidOrganisation(
            "parent: {tops} have none: exactly one top unit is needed", tops=", ".join(tops[:3]), about_unit=tops[1]
        )
    for unit in units:
        if unit.parent is not None and ranks[by_code[unit.parent].level] >= ranks[unit.level]:
            raise wrong_level(unit, by_code[unit.parent])
    return ordered


def wrong_level(unit: Unit, parent: Unit) -> InvalidOrganisation:
    """That the level of the unit is not below that of the one to which it reports."""
    return InvalidOrganisation(
        "level: {code} ({level}) cannot report to {parent} ({parent_level}): give it a parent of a level above",
        reason="parent-level",
        code=unit.code,
        about_unit=unit.code,
        level=unit.level,
        parent=parent.code,
        parent_level=parent.level,
    )


def check_levels(levels: Sequence[Level]) -> None:
    """There is a level, and each is named once.

    Raises:
        InvalidOrganisation: there is none, or one twice.
    """
    if not levels:
        raise InvalidOrganisation("levels: there is none: give at least one")
    codes = [level.code for level in levels]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InvalidOrganisation("levels: {twice} is a duplicate: name each level once", twice=twice)


def _by_code(units: Iterable[Unit]) -> dict[str, Unit]:
    by_code: dict[str, Unit] = {}
    for unit in units:
        if unit.code in by_code:
            raise InvalidOrganisation(
                "code: {code} is a duplicate: give each unit its own code", code=unit.code, about_unit=unit.code
            )
        by_code[unit.code] = unit
    return by_code


def _check_known(unit: Unit, by_code: Mapping[str, Unit], ranks: Mapping[str, int]) -> None:
    if unit.level not in ranks:
        raise unknown_level(unit, ranks)
    if unit.parent is not None and unit.parent not in by_code:
        raise unknown_parent(unit)


def unknown_level(unit: Unit, known: Iterable[str]) -> InvalidOrganisation:
    """The error that the level of a unit is unknown."""
    return InvalidOrganisation(
        "level: {level} of {code} is unknown: use one of {choices}",
        level=unit.level,
        code=unit.code,
        about_unit=unit.code,
        choices=", ".join(known),
    )


def unknown_parent(unit: Unit) -> InvalidOrganisation:
    """The error that the parent of a unit does not exist."""
    return InvalidOrganisation(
        "parent: {parent} of {code} does not exist: add that unit or correct it",
        parent=unit.parent,
        code=unit.code,
        about_unit=unit.code,
    )


def cycle(by_code: Mapping[str, Unit], code: str) -> InvalidOrganisation:
    """That units report to each other in a ring, at or above the unit of that code."""
    seen = list[str]()
    while code not in seen:
        seen.append(code)
        code = by_code[code].parent or ""
    ring = [*seen[seen.index(code) :], code]
    return InvalidOrganisation(
        "parent: {ring}: a unit cannot report to itself or to one under it", ring=" -> ".join(ring), about_unit=code
    )


def depth_first(units: Iterable[Unit], registered: Container[str | None] = ()) -> Iterator[Unit]:
    """The units that hang on a top unit or a ``registered`` one, each before those under it, siblings as given."""
    children: dict[str | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(None if unit.parent in registered else unit.parent, []).append(unit)
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting.extend(reversed(children.get(unit.code, [])))
