"""The states of India, and how many units of each level there are in them."""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain, count, pairwise
from random import Random
from typing import NamedTuple

from directives.domain.organisation.units import Level
from directives.domain.values import Text

INDIA = {"district": 780, "block": 7000, "panchayat": 255_000, "booth": 1_050_000}
JHARKHAND = {"district": 24, "block": 264, "panchayat": 4350, "booth": 29_500}
"""Districts, blocks, panchayats and booths of all India and of Jharkhand, by the figures that the party works with."""

SEATS = ("lok_sabha", "vidhan_sabha")
"""The levels whose units are seats: their number is real and takes no scale."""

LETTERS = {"lok_sabha": "PC", "vidhan_sabha": "AC", "district": "D", "block": "B", "panchayat": "P", "booth": "S"}
"""What the codes of the units of a known level begin with, after that of the state."""


class State(NamedTuple):
    """A state or union territory, with its seats in the Lok Sabha and in its own assembly (none, in some)."""

    code: str
    name: Text
    lok_sabha: int
    vidhan_sabha: int


@cache
def states() -> tuple[State, ...]:
    """The states and union territories of India, with the seats of each."""
    text = (files("directives") / "samples" / "india.csv").read_text("utf-8")
    return tuple(
        State(row["code"], Text(en=row["name_en"], hi=row["name_hi"]), int(row["lok_sabha"]), int(row["vidhan_sabha"]))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _known() -> dict[str, dict[str, int]]:
    """The units of each known level in each state; those not of Jharkhand are shared out by seats in the Lok Sabha."""
    others = [state for state in states() if state.code != "JH"]
    weights = [state.lok_sabha for state in others]
    by_state = {state.code: {"lok_sabha": state.lok_sabha, "vidhan_sabha": state.vidhan_sabha} for state in states()}
    by_state["JH"] |= JHARKHAND
    for level, number in INDIA.items():
        for state, share in zip(others, _by_weight(number - JHARKHAND[level], weights), strict=True):
            by_state[state.code][level] = share
    return by_state


def wanted(state: State, levels: Sequence[Level], scale: float) -> list[int]:
    """How many units of each level there are, one of the first.

    A level without a known number has one between those of the levels around it, in equal ratios, and no less than
    any level above. The last level, without a known number, has as many units as there are booths.
    """
    codes = [level.code for level in levels]
    own = {
        code: number if code in SEATS else max(1, round(number * scale))
        for code, number in _known()[state.code].items()
    }
    known = {0: 1} | {index: number for index, code in enumerate(codes) if index and (number := own.get(code))}
    known.setdefault(len(codes) - 1, max(own["booth"] if codes[-1] not in own else 1, *known.values()))
    found: list[int] = [1]
    for (begin, least), (end, most) in pairwise(known.items()):
        for index in range(begin + 1, end + 1):
            between = least * (most / least) ** ((index - begin) / (end - begin))
            found.append(own[codes[index]] if codes[index] in own else max(round(between), *found))
    return found


def letters(levels: Sequence[Level]) -> list[str]:
    """What the codes of the units of each level begin with: letters alone, of no two levels the same."""
    found, taken = list[str](), {*LETTERS.values()}
    for level in levels:
        words = re.findall("[a-z]+", level.code) or ["level"]
        known = LETTERS.get(level.code)
        found.append(known or next(each for each in _letters(words) if each not in taken))
        taken.add(found[-1])
    return found


def _letters(words: Sequence[str]) -> Iterator[str]:
    """What may stand for these words: initials, then ever more of the words, then initials with ever more X."""
    initials, whole = "".join(word[0] for word in words), "".join(words)
    more = (whole[:length] for length in range(2, len(whole) + 1))
    for each in chain([initials], more, (initials + "x" * number for number in count(1))):
        yield each.upper()


def shared(number: int, parents: int, random: Random) -> list[int]:
    """How many of ``number`` each parent has: one where there are enough, and more by chance, up to three times so."""
    least = 1 if number >= parents else 0
    more = _by_weight(number - least * parents, [random.uniform(0.5, 1.5) for _ in range(parents)])
    return [least + each for each in more]


def _by_weight(number: int, weights: Sequence[float]) -> list[int]:
    sums = [0.0, *accumulate(weights)]
    ends = [round(number * each / sums[-1]) for each in sums]
    return [end - begin for begin, end in pairwise(ends)]
