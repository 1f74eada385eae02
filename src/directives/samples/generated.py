"""Organisations of a real shape and any size, for trials and measurements: real seats, invented units below them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import NamedTuple

from directives.domain.errors import InvalidInput
from directives.domain.organisation.units import LEVELS, NATION, Level, Unit
from directives.domain.values import Text
from directives.exchange.organisation_csv import read_organisation
from directives.samples.place_names import TWINS, places, stations
from directives.samples.sizes import SEATS, State, letters, shared, states, wanted

SEAT_ATTRIBUTES = ("eci_no", "reservation")
"""What is noted about the real seats."""

DISTINCT = (*SEATS, "district", "block")
"""The levels whose units have other names than those beside them."""


class _Rung(NamedTuple):
    """A level of a state: its real units if known, what its codes begin with, how many units each parent has."""

    level: str
    real: Sequence[Unit]
    letters: str
    width: int
    sizes: Sequence[int]
    numbers: Iterator[int]

    def names(self, random: Random, index: int, above: Text | None) -> list[Text]:
        """The names of the units under the one at ``index`` of the rung above."""
        if self.level == "booth":
            return stations(random, self.sizes[index], above)
        return places(random, self.sizes[index], above, twins=0 if self.level in DISTINCT else TWINS)

    def unit(self, parent: str, number: int, name: Text) -> Unit:
        """The unit at ``number`` of this rung: a real one, or one of that name."""
        if self.real:
            return self.real[number].model_copy(update={"parent": parent})
        return Unit(code=f"{self.letters}{number + 1:0{self.width}}", parent=parent, level=self.level, name=name)


def generated_state(
    state: str, *, levels: Sequence[Level] = LEVELS, scale: float = 1.0, seed: int = 1
) -> Iterator[Unit]:
    """One state and the units of the levels below it, each before those under it.

    Seats, districts, blocks, panchayats and booths have their known numbers; a level of another code has a number
    between those of the levels around it. The seats of Jharkhand are real. All other names are invented, and many
    units share one.

    Args:
        state: its code or English name, ``JH`` or ``jharkhand``.
        levels: the levels from the top, at least one; the state is the unit of the first.
        scale: how many times the real number of units there are, seats apart.
        seed: the same seed gives the same units.

    Raises:
        InvalidInput: no such state, no level, or a scale that is not above 0 and at most 10.
    """
    sought = state.casefold().replace("_", " ").replace("-", " ")
    for known in states():
        if sought in (known.code.casefold(), known.name.en.casefold()):
            return _units_of(known, None, _some(levels), _scaled(scale), seed)
    raise InvalidInput(
        "state: {state} is unknown: use one of {choices}",
        state=repr(state),
        choices=", ".join(f"{each.code} ({each.name.en})" for each in states()),
    )


def generated_india(*, levels: Sequence[Level] = LEVELS, scale: float = 1.0, seed: int = 1) -> Iterator[Unit]:
    """All India: the nation, its states and union territories, and what is below them, each before those under it.

    Args:
        levels: the levels from the top, with or without the nation; the states are the units of the one below it.
        scale: how many times the real number of units there are, seats apart.
        seed: the same seed gives the same units.

    Raises:
        InvalidInput: no level of states, or a scale that is not above 0 and at most 10.
    """
    scale = _scaled(scale)
    below = _some(levels)
    nation = Unit(code="IN", level=NATION.code, name=Text(en="India", hi="भारत"))

    def units() -> Iterator[Unit]:
        yield nation
        for state in states():
            yield from _units_of(state, nation.code, below, scale, seed)

    return units()


def _scaled(scale: float) -> float:
    if not 0 < scale <= 10:
        raise InvalidInput("scale: {scale} is not allowed: write a number above 0, at most 10", scale=scale)
    return scale


def _some(levels: Sequence[Level]) -> Sequence[Level]:
    """The levels from that of the states down."""
    below = [level for level in levels if level.code != NATION.code]
    if not below:
        raise InvalidInput("levels: there is none: give at least one")
    return below


def _units_of(state: State, parent: str | None, levels: Sequence[Level], scale: float, seed: int) -> Iterator[Unit]:
    """The state and all below it; names are drawn apart, so that the tree does not depend on them."""
    yield Unit(code=state.code, parent=parent, level=levels[0].code, name=state.name)
    rungs = _rungs(state, levels, scale, Random(f"{seed}/{state.code}"))
    if rungs:
        yield from _below(state.code, None, 0, rungs, Random(f"{seed}/{state.code}/names"))


def _rungs(state: State, levels: Sequence[Level], scale: float, random: Random) -> list[_Rung]:
    """The levels below the state that have units there."""
    rungs, above = list[_Rung](), 1
    rows = list(zip(levels, wanted(state, levels, scale), letters(levels), strict=True))
    for level, number, initials in rows[1:]:
        real = _real_seats(state, level)
        by_parent = Counter(unit.parent for unit in real)
        sizes = [by_parent[unit.code] for unit in rungs[-1].real] if rungs else [number]
        if sum(sizes) != number or not sizes:
            sizes = shared(number, above, random)
        if number:
            width = 2 if level.code in SEATS else len(str(number))
            rungs.append(_Rung(level.code, real, f"{state.code}-{initials}", width, sizes, count()))
            above = number
    return rungs


def _below(parent: str, name: Text | None, index: int, rungs: Sequence[_Rung], random: Random) -> Iterator[Unit]:
    """The units under the one at ``index`` among those of the rung above, whose name that is."""
    rung, rest = rungs[0], rungs[1:]
    for each in rung.names(random, index, name):
        number = next(rung.numbers)
        unit = rung.unit(parent, number, each)
        yield unit
        if rest:
            yield from _below(unit.code, unit.name, number, rest, random)


def _real_seats(state: State, level: Level) -> list[Unit]:
    """The seats of a level as the bundled organisation has them, for Jharkhand alone."""
    known = read_organisation() if state.code == "JH" and level.code in SEATS else ()
    return [unit for unit in known if unit.level == level.code]
