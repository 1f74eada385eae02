"""Which unit a name means, and the shortest name by which a unit is told apart from all others.

What is meant: the unit of that code, in any case; else those whose name is written so; else those whose name is folded
alike. A name may be followed by what tells it apart: a level, a unit above, or a code, with commas or brackets between
them or without. A code that follows is that of the unit itself, where a unit of that name has it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import spellings
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
        """Whether the code of the unit itself, as it is, follows its name."""
        return self.rest == (unit.code,)

    def is_code_alike(self, unit: UnitRow) -> bool:
        """Whether its code follows in any case."""
        return len(self.rest) == 1 and self.rest[0].casefold() == unit.code.casefold()


def bracketed(text: str) -> Split | None:
    """The name before brackets at the end, and what stands in them; None where there are none."""
    found = _BRACKETS.fullmatch(text)
    return None if found is None else Split(found["name"], _parts(found["rest"]), pieces=True, bracketed=True)


def splits_of(text: str) -> Iterator[Split]:
    """The ways in which ``text`` can be a name and what tells it apart, the longest name first."""
    in_brackets = bracketed(text)
    if in_brackets is not None:
        yield in_brackets
        return
    ends = [match.start() for match in re.finditer(",", text)][:MOST_WORDS]
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


def _as_written(told: Iterable[tuple[Split, UnitRow]]) -> list[tuple[Split, UnitRow]]:
    return [(split, unit) for split, unit in told if split.name in spellings(unit.name)]


def _of_own_code(told: Iterable[tuple[Split, UnitRow]]) -> list[UnitRow]:
    """The units that are told of; where the code of one follows its name, that one: others of the name may be below."""
    pairs = [*told]
    own = [unit for split, unit in pairs if split.is_code_of(unit)]
    own = own or [unit for split, unit in pairs if split.is_code_alike(unit)]
    return own or [unit for _, unit in pairs]


class Naming:
    """The units of a store by their names."""

    def __init__(self, models: ReadModels) -> None:
        self._units, self._names = models.units, models.unit_names
        levels = models.states.organisation().levels
        self._spellings_of_level = {level.code: (level.code, *spellings(level.name)) for level in levels}
        self._rows = dict[str, UnitRow]()
        self._known = dict[str, Qualified]()

    def meant(self, text: str) -> list[UnitRow]:
        """The units that ``text`` means; live ones only, where there are any."""
        return self.meant_each([text])[text]

    def meant_each(self, texts: Iterable[str]) -> dict[str, list[UnitRow]]:
        """The units that each of ``texts`` means; what is written as a name, or told apart in brackets, at once."""
        given = {text: nfc(text).strip() for text in texts}
        found = self.of_codes({text for text in given.values() if text})
        left = {text for text in given.values() if text} - found.keys()
        brackets = {text: split for text in left if (split := bracketed(text)) is not None}
        named = self.named(chain(left, (split.name for split in brackets.values())))
        told = self._told_of(brackets.values(), named)
        for text in left:
            whole = named.get(folded(text), [])
            written = [unit for unit in whole if text in spellings(unit.name)]
            if text in brackets:
                written += _of_own_code(_as_written(told[brackets[text]]))
            found[text] = _live(written or whole) or self._by_parts(text)
        return {text: found.get(stripped, []) for text, stripped in given.items()}

    def _by_parts(self, text: str) -> list[UnitRow]:
        """The units of which a part of ``text`` is the name and the rest is said, as they are written where any is."""
        splits = [*splits_of(text)]
        told = self._told_of(splits, self.named(split.name for split in splits))
        pairs = [pair for split in splits for pair in told[split]]
        return _live(_of_own_code(_as_written(pairs) or pairs))

    def _told_of(
        self, splits: Iterable[Split], named: Mapping[str, list[UnitRow]]
    ) -> dict[Split, list[tuple[Split, UnitRow]]]:
        """The units that each of ``splits`` tells of, each with it."""
        groups = {split: named.get(folded(split.name), []) for split in splits}
        known = self.qualified(chain(*groups.values()))
        return {
            split: [(split, unit) for unit in group if known[unit.code].is_told_by(split)]
            for split, group in groups.items()
        }

    def of_codes(self, texts: Collection[str]) -> dict[str, list[UnitRow]]:
        """The units of each of ``texts`` that is a code: just so, else in another case."""
        rows = {row.code: row for row in self._units.of_codes({*texts, *map(str.upper, texts)})}
        others = self._names.of_forms(by_code(text) for text in texts if text not in rows)
        found: dict[str, list[UnitRow]] = {}
        for text in texts:
            same_but_for_case = [rows[code] for code in {text.upper()} & rows.keys()] + others.get(by_code(text), [])
            units = [rows[text]] if text in rows else same_but_for_case
            if units:
                found[text] = units
        return found

    def know(self, units: Iterable[UnitRow]) -> None:
        """Do not read these ``units`` again."""
        self._rows |= {unit.code: unit for unit in units}

    def named(self, names: Iterable[str]) -> dict[str, list[UnitRow]]:
        """The units whose names are folded as one of ``names`` is, by that form."""
        codes = self._names.codes({*map(folded, names)} - {""})
        self.know(self._units.of_codes({*chain(*codes.values())} - self._rows.keys()))
        return {form: [self._rows[code] for code in group] for form, group in codes.items()}

    def qualified(self, units: Iterable[UnitRow]) -> dict[str, Qualified]:
        """``units`` by their codes, each with what it may be told apart by."""
        rows = {unit.code: unit for unit in units}
        self._qualify([unit for code, unit in rows.items() if code not in self._known])
        return {code: self._known[code] for code in rows}

    def _qualify(self, rows: Sequence[UnitRow]) -> None:
        codes = {code for row in rows for code in row.lineage[:-1]}
        self.know(self._units.of_codes(codes - self._rows.keys()))
        of_each = {code: frozenset(self._forms_of_above(self._rows[code])) for code in codes}
        ways_down = {row.lineage[:-1] for row in rows}
        of_all = {way: frozenset[str]().union(*(of_each[code] for code in way)) for way in ways_down}
        self._known |= {row.code: Qualified(row, of_all[row.lineage[:-1]].union(self._forms(row))) for row in rows}

    def _forms(self, unit: UnitRow) -> Iterable[str]:
        return map(folded, (unit.code, *self._spellings_of_level[unit.level]))

    def _forms_of_above(self, unit: UnitRow) -> Iterator[str]:
        """What tells the units below ``unit`` apart: its code, and its name with its level or without."""
        names = spellings(unit.name)
        yield from map(folded, (unit.code, *names))
        yield from (folded(f"{name} {level}") for name in names for level in self._spellings_of_level[unit.level])
