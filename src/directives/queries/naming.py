"""Which unit a name means, and the shortest name by which a unit is told apart from all others.

What is meant: the unit of that code, in any case; else those whose name is written so; else those whose name is folded
alike. A name may be followed by what tells it apart: a level, a unit above, or a code, with commas or brackets between
them or without. A code that follows is that of the unit itself, where a unit of that name has it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from directives.domain.organisation.names import folded, spellings
from directives.domain.values import nfc
from directives.projections.read_models import ReadModels
from directives.projections.unit_names import by_code
from directives.projections.units import UnitRow

_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<rest>[^()]+)\)\s*")
_BETWEEN = re.compile(r"[\s,()]+")
MOST_WORDS = 24
"""Words of a text that is taken apart; a longer one is a name as a whole."""


class Split(NamedTuple):
    """A name, and what tells it apart from others of that name: as pieces that stand by themselves, or as words."""

    name: str
    rest: tuple[str, ...]
    pieces: bool
    bracketed: bool = False

    def is_code_of(self, unit: UnitRow) -> bool:
        """Whether the code of the unit itself follows its name; units below it may bear the same name."""
        return len(self.rest) == 1 and self.rest[0].casefold() == unit.code.casefold()


def splits_of(text: str) -> Iterator[Split]:
    """The ways in which ``text`` can be a name and what tells it apart, the longest name first."""
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed is not None:
        yield Split(bracketed["name"], _parts(bracketed["rest"]), pieces=True, bracketed=True)
        return
    ends = [match.start() for match in re.finditer(",", text)]
    for end in reversed(ends):
        yield Split(text[:end].strip(), _parts(text[end:]), pieces=True)
    words = [*filter(None, _BETWEEN.split(text))]
    if not ends and len(words) <= MOST_WORDS:
        for end in range(len(words) - 1, 0, -1):
            yield Split(" ".join(words[:end]), tuple(words[end:]), pieces=False)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (each.strip() for each in text.split(",")) if part)


class Qualified(NamedTuple):
    """What a unit may be told apart by, folded: its level, its code, and the names and codes of the units above it."""

    unit: UnitRow
    forms: frozenset[str]

    def is_told_by(self, split: Split) -> bool:
        """Whether all that follows the name is said of this unit."""
        by_pieces = split.pieces and all(folded(piece) in self.forms for piece in split.rest)
        if by_pieces or split.bracketed:
            return by_pieces
        return self._covers([*filter(None, _BETWEEN.split(" ".join(split.rest)))])

    def _covers(self, words: Sequence[str]) -> bool:
        """Whether ``words`` are some of the forms, one after the other."""
        reached = {0}
        for end in range(1, len(words) + 1):
            if any(begin in reached and folded(" ".join(words[begin:end])) in self.forms for begin in range(end)):
                reached.add(end)
        return len(words) in reached


def _live(units: Iterable[UnitRow]) -> list[UnitRow]:
    """Each of ``units`` once; the live ones, where there are any."""
    once = [*{unit.code: unit for unit in units}.values()]
    return [unit for unit in once if not unit.retired] or once


class Naming:
    """The units of a store by their names."""

    def __init__(self, models: ReadModels) -> None:
        self._units, self._names = models.units, models.unit_names
        levels = models.states.organisation().levels
        self._spellings_of_level = {level.code: (level.code, *spellings(level.name)) for level in levels}

    def meant(self, text: str) -> list[UnitRow]:
        """The units that ``text`` means; live ones only, where there are any."""
        text = nfc(text).strip()
        if not text:
            return []
        of_code = self._of_code(text)
        if of_code:
            return of_code
        splits = [*splits_of(text)]
        named = self.named({text, *(split.name for split in splits)})
        whole = named.get(folded(text), [])
        told = [(s, unit) for s in splits for unit in self.told(named.get(folded(s.name), ()), s)]
        written = [unit for unit in whole if text in spellings(unit.name)]
        written += [unit for split, unit in told if split.bracketed and split.name in spellings(unit.name)]
        by_code = [unit for split, unit in told if split.is_code_of(unit)]
        exact = [unit for split, unit in told if split.name in spellings(unit.name)]
        steps = (by_code, written, whole, exact, [unit for _, unit in told])
        return _live(next((found for found in steps if found), whole))

    def _of_code(self, text: str) -> list[UnitRow]:
        """The unit of the code ``text``; where there is none, those of that code in another case."""
        found = {row.code: row for row in self._units.of_codes({text, text.upper()})}
        if text in found:
            return [found[text]]
        return [*found.values()] or [row for _, row in self._names.of_forms([by_code(text)])]

    def named(self, names: Iterable[str]) -> dict[str, list[UnitRow]]:
        """The units whose names are folded as one of ``names`` is, by that form."""
        found: dict[str, list[UnitRow]] = {}
        for form, row in self._names.of_forms(filter(None, map(folded, names))):
            found.setdefault(form, []).append(row)
        return found

    def told(self, units: Iterable[UnitRow], split: Split) -> list[UnitRow]:
        """Those of ``units`` of which all that follows the name is said."""
        return [each.unit for each in self.qualified(units) if each.is_told_by(split)]

    def qualified(self, units: Iterable[UnitRow]) -> list[Qualified]:
        """``units``, each with what it may be told apart by."""
        rows = [*units]
        if not rows:
            return []
        above = self._units.of_codes({code for row in rows for code in row.lineage[:-1]})
        of_each = {row.code: frozenset(self._forms_of_above(row)) for row in above}
        ways_down = {row.lineage[:-1] for row in rows}
        of_all = {way: frozenset[str]().union(*(of_each[code] for code in way)) for way in ways_down}
        return [Qualified(row, of_all[row.lineage[:-1]].union(self._forms(row))) for row in rows]

    def _forms(self, unit: UnitRow) -> Iterable[str]:
        return map(folded, (unit.code, *self._spellings_of_level[unit.level]))

    def _forms_of_above(self, unit: UnitRow) -> Iterator[str]:
        """What tells the units below ``unit`` apart: its code, and its name with its level or without."""
        names = spellings(unit.name)
        yield from map(folded, (unit.code, *names))
        yield from (folded(f"{name} {level}") for name in names for level in self._spellings_of_level[unit.level])
