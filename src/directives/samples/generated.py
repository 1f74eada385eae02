"""Organisations of a real shape and any size, for trials and measurements: real seats, invented units below them."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, count, pairwise
from random import Random
from typing import NamedTuple

from directives.domain.errors import InvalidInput
from directives.domain.organisation.units import NATION, Unit
from directives.domain.values import Text
from directives.exchange.organisation_csv import read_organisation

INDIA = (7000, 255_000, 1_050_000)
JHARKHAND = (264, 4350, 29_500)
"""Blocks, panchayats and booths of all India and of Jharkhand, by the figures that the party works with."""


SEAT_ATTRIBUTES = ("eci_no", "reservation")
"""What is noted about the real seats."""


class State(NamedTuple):
    """A state or union territory, with its seats in the Lok Sabha and in its own assembly (none, in some)."""

    code: str
    name: Text
    lok_sabha: int
    vidhan_sabha: int


class _Rung(NamedTuple):
    """A level of a state: what the codes of its units begin with, what they are called, how many each parent has."""

    level: str
    letters: str
    called: Text
    width: int
    sizes: list[int]


BELOW_SEATS = (
    ("block", "B", Text(en="Block", hi="प्रखंड")),
    ("panchayat", "P", Text(en="Panchayat", hi="पंचायत")),
    ("booth", "S", Text(en="Booth", hi="बूथ")),
)


@cache
def states() -> tuple[State, ...]:
    """The states and union territories of India, with the seats of each."""
    text = (files("directives") / "samples" / "india.csv").read_text("utf-8")
    return tuple(
        State(row["code"], Text(en=row["name_en"], hi=row["name_hi"]), int(row["lok_sabha"]), int(row["vidhan_sabha"]))
        for row in csv.DictReader(text.splitlines())
    )


def generated_state(state: str, *, scale: float = 1.0, seed: int = 1) -> Iterator[Unit]:
    """One state, its seats, and blocks, panchayats and booths below them, each before those under it.

    Args:
        state: its code or English name, ``JH`` or ``jharkhand``.
        scale: how many times the real number of units there are below the seats.
        seed: the same seed gives the same units.

    Raises:
        InvalidInput: no such state, or a scale that is not above 0 and at most 10.
    """
    wanted = state.casefold().replace("_", " ").replace("-", " ")
    for known in states():
        if wanted in (known.code.casefold(), known.name.en.casefold()):
            return _units_of(known, None, _scaled(scale), seed)
    raise InvalidInput(
        "state: {state} is none of India: use one of {choices}",
        state=repr(state),
        choices=", ".join(f"{each.code} ({each.name.en})" for each in states()),
    )


def generated_india(*, scale: float = 1.0, seed: int = 1) -> Iterator[Unit]:
    """All India: the nation, its states and union territories, and what is below them, each before those under it.

    Raises:
        InvalidInput: a scale that is not above 0 and at most 10.
    """
    scale = _scaled(scale)
    nation = Unit(code="IN", level=NATION.code, name=Text(en="India", hi="भारत"))

    def units() -> Iterator[Unit]:
        yield nation
        for state in states():
            yield from _units_of(state, nation.code, scale, seed)

    return units()


def _scaled(scale: float) -> float:
    if not 0 < scale <= 10:
        raise InvalidInput("scale: {scale} is not allowed: write a number above 0, at most 10", scale=scale)
    return scale


@cache
def _numbers() -> dict[str, tuple[int, ...]]:
    """Blocks, panchayats and booths of each state: those of Jharkhand, the others by their seats in the Lok Sabha."""
    others = [state for state in states() if state.code != "JH"]
    left = [all_india - own for all_india, own in zip(INDIA, JHARKHAND, strict=True)]
    shares = [_by_weight(number, [state.lok_sabha for state in others]) for number in left]
    by_state: dict[str, tuple[int, ...]] = {"JH": JHARKHAND}
    by_state |= {state.code: tuple(numbers) for state, *numbers in zip(others, *shares, strict=True)}
    return by_state


def _units_of(state: State, parent: str | None, scale: float, seed: int) -> Iterator[Unit]:
    random = Random(f"{seed}/{state.code}")
    seats = _real_seats(state) or _made_seats(state, random)
    level_above = "vidhan_sabha" if state.vidhan_sabha else "lok_sabha"
    lowest = [unit.code for unit in seats if unit.level == level_above]
    rungs, above = list[_Rung](), len(lowest)
    for (level, letters, called), number in zip(BELOW_SEATS, _numbers()[state.code], strict=True):
        wanted = max(1, round(number * scale))
        rungs.append(_Rung(level, f"{state.code}-{letters}", called, len(str(wanted)), _shared(wanted, above, random)))
        above = wanted
    yield Unit(code=state.code, parent=parent, level="state", name=state.name)
    numbers = [count() for _ in rungs]
    indexes = {code: index for index, code in enumerate(lowest)}
    for unit in seats:
        yield unit
        if unit.code in indexes:
            yield from _below(unit.code, indexes[unit.code], rungs, numbers)


def _below(parent: str, index: int, rungs: Sequence[_Rung], numbers: Sequence[Iterator[int]]) -> Iterator[Unit]:
    """The units under the one at ``index`` among those of the rung above."""
    if not rungs:
        return
    rung = rungs[0]
    for _ in range(rung.sizes[index]):
        number = next(numbers[0])
        code = f"{rung.letters}{number + 1:0{rung.width}}"
        name = Text(en=f"{rung.called.en} {number + 1}", hi=f"{rung.called.hi} {number + 1}")
        yield Unit(code=code, parent=parent, level=rung.level, name=name)
        yield from _below(code, number, rungs[1:], numbers[1:])


def _real_seats(state: State) -> list[Unit]:
    """The seats of Jharkhand as the bundled organisation has them, of no other state."""
    return [unit for unit in read_organisation() if unit.parent is not None] if state.code == "JH" else []


def _made_seats(state: State, random: Random) -> list[Unit]:
    seats, assembly = list[Unit](), count(1)
    sizes = _shared(state.vidhan_sabha, state.lok_sabha, random)
    for number, size in enumerate(sizes, start=1):
        code = f"{state.code}-PC{number:02}"
        seats.append(Unit(code=code, parent=state.code, level="lok_sabha", name=_seat("Lok Sabha", "लोकसभा", number)))
        for own in (next(assembly) for _ in range(size)):
            name = _seat("Vidhan Sabha", "विधानसभा", own)
            seats.append(Unit(code=f"{state.code}-AC{own:02}", parent=code, level="vidhan_sabha", name=name))
    return seats


def _seat(english: str, hindi: str, number: int) -> Text:
    return Text(en=f"{english} seat {number}", hi=f"{hindi} क्षेत्र {number}")


def _shared(number: int, parents: int, random: Random) -> list[int]:
    """How many of ``number`` each parent has: one where there are enough, and more by chance, up to three times so."""
    least = 1 if number >= parents else 0
    more = _by_weight(number - least * parents, [random.uniform(0.5, 1.5) for _ in range(parents)])
    return [least + each for each in more]


def _by_weight(number: int, weights: Sequence[float]) -> list[int]:
    sums = [0.0, *accumulate(weights)]
    ends = [round(number * each / sums[-1]) for each in sums]
    return [end - begin for begin, end in pairwise(ends)]
