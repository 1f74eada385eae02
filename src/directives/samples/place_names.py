"""Names for generated units: invented places and polling stations, composed of parts in English and Hindi."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, count, product
from random import Random

from directives.domain.values import Text

Name = tuple[str, str]
"""A name in English and in Hindi."""
_Weighted = tuple[Sequence[Name], Sequence[float]]
"""Names to draw from, with their summed weights."""

PLAIN = 8.0
"""How common a place name is without a word after it, against 1/3 for the commonest word, and less for others."""
HEIR = 0.8
"""The share of units of which one below bears the name too."""
TWINS = 0.002
"""The share of places that bear the name of one beside them."""
TWIN_STATIONS = 0.0003
"""The share of polling stations that bear the name of one beside them."""


def places(random: Random, number: int, above: Text | None, twins: float = TWINS) -> list[Text]:
    """Names of the units directly below one: usually one is the name of the unit above, and few are there twice.

    Args:
        above: the name of the unit above, if it is that of a place.
        twins: the share of names that are those of a unit beside.
    """
    drawn = [*dict.fromkeys(_drawn(random, _places(), number))]
    if len(drawn) < number:
        drawn += _drawn(random, _places(), number - len(drawn))
    names = [Text(en=english, hi=hindi) for english, hindi in drawn]
    if above and names and random.random() < HEIR:
        names[random.randrange(number)] = above
    return _with_twin(random, names, twins)


def stations(random: Random, number: int, above: Text | None) -> list[Text]:
    """Names of the polling stations of one unit, in its own place and those around; stations alike are numbered."""
    around = _drawn(random, _places(), 1 + number // 3)
    own = [(above.en, above.hi)] * 2 if above else []
    villages, buildings = random.choices(own + around, k=number), _drawn(random, _buildings(), number)
    names = [
        (f"{village[0]} {building[0]}", f"{village[1]} {building[1]}")
        for village, building in zip(villages, buildings, strict=True)
    ]
    if len({*names}) < number:
        names = _numbered(names)
    return _with_twin(random, [Text(en=english, hi=hindi) for english, hindi in names], TWIN_STATIONS)


def _numbered(names: Sequence[Name]) -> list[Name]:
    """The names, those that are there more than once with a number after them."""
    total, seen = Counter(names), defaultdict[Name, Iterator[int]](lambda: count(1))
    return [
        (f"{name[0]} {(number := next(seen[name]))}", f"{name[1]} {number}") if total[name] > 1 else name
        for name in names
    ]


def _with_twin(random: Random, names: list[Text], share: float) -> list[Text]:
    """The names, of which one is now and then that of another unit beside."""
    if len(names) > 1 and random.random() < share * len(names):
        one, other = random.sample(range(len(names)), 2)
        names[one] = names[other]
    return names


def _drawn(random: Random, weighted: _Weighted, number: int) -> list[Name]:
    names, sums = weighted
    return random.choices(names, cum_weights=sums, k=number)


@cache
def _places() -> _Weighted:
    """All names of places: a first part and a last one, and with some a word after them."""
    after = [("", "", PLAIN), *((f" {english}", f" {hindi}", weight) for english, hindi, weight in _parts("after"))]
    made = [*product(_parts("first"), _parts("last"), after)]
    names = [("".join(part[0] for part in parts), "".join(part[1] for part in parts)) for parts in made]
    return names, [*accumulate(first[2] * last[2] * word[2] for first, last, word in made)]


@cache
def _buildings() -> _Weighted:
    """What polling stations are in."""
    parts = _parts("station")
    return [(english, hindi) for english, hindi, _ in parts], [*accumulate(weight for *_, weight in parts)]


def _parts(position: str) -> list[tuple[str, str, float]]:
    """The parts for a position, each with its weight: the earlier in the file, the commoner."""
    source = (files("directives") / "samples" / "place-parts.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(source.splitlines()) if row["position"] == position]
    return [(row["en"], row["hi"], 1 / (rank + 3)) for rank, row in enumerate(rows)]
