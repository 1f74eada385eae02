"""Organisations of any size, for measurements and tests: invented units with numbers for names."""

from collections.abc import Iterator, Sequence

from directives import Text, Unit

ONE_STATE = (("lok_sabha", 14), ("vidhan_sabha", 81), ("block", 264), ("panchayat", 4350), ("booth", 29500))
"""The levels of one state, and how many units of each: the figures for Jharkhand, 34,210 units with the state."""


def made(counts: Sequence[tuple[str, int]] = ONE_STATE, top: str = "JH") -> Iterator[Unit]:
    """A top unit, and so many units of each level, shared out evenly among those of the level above."""
    above = [top]
    yield Unit(code=top, parent=None, level="state", name=Text(en=top, hi="प्रदेश"))
    for level, count in counts:
        codes = [f"{level[:2].upper()}{number:05}" for number in range(count)]
        for number, code in enumerate(codes):
            parent = above[number * len(above) // count]
            yield Unit(code=code, parent=parent, level=level, name=Text(en=code, hi=f"इकाई {number}"))
        above = codes
