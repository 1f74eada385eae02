"""Units by what somebody typed: those that it means, then those that sound so, begin so, or are spelt nearly so."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Literal

from directives.domain.errors import AmbiguousName, UnknownUnit
from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import level_code, spellings
from directives.domain.organisation.sounds import sound
from directives.domain.values import Model, Text, nfc
from directives.i18n.message import Listed, Message
from directives.projections.read_models import ReadModels
from directives.projections.unit_names import by_sound
from directives.projections.units import UnitRow
from directives.queries.labels import labels
from directives.queries.naming import Naming, Split, splits_of

How = Literal["name", "sound", "beginning", "spelling"]
Find = Callable[[], Iterable[UnitRow]]
OFFERED = 3
"""Units that an error offers."""
NEAR = 60
"""How alike two spellings are at least, of 100 (rapidfuzz's ratio, from the edit distance that counts insertions and
deletions): two of three letters."""
COMPARED = 40_000
"""Names that are compared letter by letter at most; beyond, of the upper levels only. That many take 50 ms."""


class FoundUnit(Model):
    """A unit that was looked for: ``label`` is its shortest name that means it alone, ``above`` the unit above it.

    ``how`` it was found: by its code or its name, by the sound or the beginning of its name, or by a near spelling.
    """

    code: str
    level: str
    name: Text
    label: Text
    above: str | None
    retired: bool
    how: How


def find_units(models: ReadModels, text: str, level: str | None = None, limit: int = 10) -> list[FoundUnit]:
    """The first ``limit`` units that ``text`` may mean, the likeliest first; of one level, where that is given.

    Raises:
        UnknownLevel: there is no such level.
    """
    organisation = models.states.organisation()
    wanted = None if level is None else organisation.level(level_code(level, organisation.levels)).code
    found: dict[str, tuple[UnitRow, How]] = {}
    for how, units in _ways(models, nfc(text).strip(), wanted, limit):
        if how == "spelling" and found:
            break
        for unit in units():
            if wanted in (None, unit.level):
                found.setdefault(unit.code, (unit, how))
    first = [*found.values()][:limit]
    named = labels(models, (unit.code for unit, _ in first))
    return [
        FoundUnit(
            code=unit.code,
            level=unit.level,
            name=unit.name,
            label=named[unit.code],
            above=unit.parent,
            retired=unit.retired,
            how=how,
        )
        for unit, how in first
    ]


def _ways(models: ReadModels, text: str, level: str | None, limit: int) -> Iterator[tuple[How, Find]]:
    """The ways in which units are found, the likeliest first."""
    if not folded(text):
        return
    sounding = _Sounding(models, text)
    yield "name", lambda: _from_the_top(Naming(models).meant(text))
    yield "sound", sounding.units
    yield "beginning", lambda: models.unit_names.beginning(folded(text), limit)
    yield "spelling", lambda: _nearest([*_spelt(models, text, level, limit), *sounding.begun], text)


class _Sounding:
    """The units whose name sounds like a text, or like its beginning."""

    def __init__(self, models: ReadModels, text: str) -> None:
        self._models, self._text = models, text
        self.begun: list[UnitRow] = []
        """Those of which no more than the name is understood, once `units` were asked for."""

    def units(self) -> list[UnitRow]:
        """Those that sound like the whole text, or of which the rest of it is said."""
        splits = [*splits_of(self._text)]
        forms = {by_sound(self._text), *(by_sound(split.name) for split in splits)} - {""}
        alike = self._models.unit_names.of_forms(forms)
        named = [(split, alike[form]) for split in splits if (form := by_sound(split.name)) in alike]
        told = [unit for split, units in named for unit in self._told(split, units)]
        found = told or alike.get(by_sound(self._text), [])
        if named and not found:
            split, self.begun = named[0]
            found = self.begun if split.pieces else []
        return _nearest(found, self._text)

    def _told(self, split: Split, units: list[UnitRow]) -> list[UnitRow]:
        """Those of ``units`` of which the rest is said, or something that sounds so."""
        each_told = [*Naming(self._models).qualified(units).values()]
        told = [each.unit for each in each_told if each.is_told_by(split)]
        rest = sound(" ".join(split.rest))
        return told or [each.unit for each in each_told if rest in map(sound, each.forms)]


def _nearest(units: Iterable[UnitRow], text: str) -> list[UnitRow]:
    """``units``, those whose name is spelt most like ``text`` first; a retired one after those that are not."""
    from rapidfuzz.fuzz import ratio

    wanted = folded(text)

    def rank(unit: UnitRow) -> tuple[bool, float, int, str]:
        alike = max(ratio(wanted, folded(name)) for name in spellings(unit.name))
        return unit.retired, -alike, len(unit.lineage), unit.path

    return sorted({unit.code: unit for unit in units}.values(), key=rank)


def _spelt(models: ReadModels, text: str, level: str | None, limit: int) -> Iterable[UnitRow]:
    """The units whose name is spelt nearly like ``text``."""
    if level is None and models.unit_counts.below(models.units.top().code) < COMPARED:
        return islice(_of_near_forms(models, folded(text), limit), limit)
    return _of_near_names(models, text, level, limit)


def _of_near_forms(models: ReadModels, text: str, limit: int) -> Iterator[UnitRow]:
    """The units of the folded names that are nearest to ``text``, among all."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    others = (200 - NEAR) / NEAR  # a name that is longer by more than this is not as near
    forms = models.unit_names.forms(len(text) / others, len(text) * others, latin=text.isascii())
    for form, *_ in process.extract(text, forms, scorer=ratio, limit=limit, score_cutoff=NEAR):
        units = models.unit_names.of_forms([form]).get(form, [])
        yield from _from_the_top(unit for unit in units if not unit.retired)


def _of_near_names(models: ReadModels, text: str, level: str | None, limit: int) -> list[UnitRow]:
    """The units of a level, or of the upper levels, of which the name is nearest to ``text``."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    levels = [each.code for each in models.states.organisation().levels] if level is None else [level]
    text = text.title() if text.islower() else text  # as names are written
    near, left = list[tuple[float, str]](), COMPARED
    for each in levels:
        codes, names = models.units.names_of(each, left + 1, hindi=not text.isascii())
        if len(names) > left:
            break
        left -= len(names)
        found = process.extract(text, names, scorer=ratio, limit=limit, score_cutoff=NEAR)
        near += [(score, codes[index]) for _, score, index in found]
    nearest = sorted(near, key=lambda each: -each[0])[:limit]
    return models.units.of_codes(code for _, code in nearest)


def _from_the_top(units: Iterable[UnitRow]) -> list[UnitRow]:
    return sorted(units, key=lambda unit: (len(unit.lineage), unit.path))


def unit_meant(models: ReadModels, text: str) -> UnitRow:
    """The one unit that ``text`` means, by its code or its name.

    Raises:
        AmbiguousName: it means several.
        UnknownUnit: it means none.
    """
    meant = Naming(models).meant(text)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(
            "unit: {text} means {number} {number:unit|units}: write {choices}",
            text=text,
            number=len(meant),
            choices=_choices(models, _from_the_top(meant)),
        )
    offered = find_units(models, text, limit=OFFERED) if len(text) > 2 else []  # so short a text is like too many
    if not offered:
        return models.units.unit(text)  # raises that there is none
    raise UnknownUnit(
        "unit: {code} is unknown: did you mean {choices}? Search by name with directives org find",
        reason="unknown-unit",
        code=text,
        choices=_choices(models, [models.units.unit(each.code) for each in offered]),
    )


def _choices(models: ReadModels, units: list[UnitRow]) -> Message:
    """The first of ``units`` with their level, the unit above and the code, and how many there are besides."""
    first, more = units[:OFFERED], len(units) - OFFERED
    listed = Listed(*(_told(models, unit) for unit in first), between=", ")
    return Message("{codes} and {number} more", codes=listed, number=more) if more > 0 else listed


def _told(models: ReadModels, unit: UnitRow) -> Message:
    level = models.states.organisation().level(unit.level).name
    if unit.parent is None:
        return Message("{name} ({level}) [{code}]", name=unit.name, level=level, code=unit.code)
    above = models.units.unit(unit.parent).name
    return Message("{name} ({level}, {above}) [{code}]", name=unit.name, level=level, above=above, code=unit.code)
