"""The shortest name of a unit that means it alone, as `directives.queries.naming` reads names.

The name; where others bear it, with its level in brackets; else with the nearest unit above that tells it apart; else
with its code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import get_args

from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import spellings
from directives.domain.values import Text
from directives.i18n.message import Lang
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow
from directives.queries.naming import Naming


def labels(models: ReadModels, codes: Iterable[str]) -> dict[str, Text]:
    """The shortest name of the unit of each of these codes; what is no code of a unit is left out."""
    rows = {row.code: row for row in models.units.of_codes(codes)}
    naming = Naming(models)
    told = _Labels(models, naming, [*rows.values()])
    made = {(code, lang): told.of(row, lang) for code, row in rows.items() for lang in get_args(Lang)}
    left = [each for each, text in made.items() if text.endswith(")")]
    for other in (_with_code, _code):  # of strange names what stands in brackets may mean another thing
        meant = naming.meant_each({made[each] for each in left})
        left = [each for each in left if [unit.code for unit in meant[made[each]]] != [each[0]]]
        made |= {(code, lang): other(rows[code], lang) for code, lang in left}
    return {code: _label(made[code, "en"], made[code, "hi"]) for code in rows}


def label_of(models: ReadModels, code: str) -> Text:
    """The shortest name of the unit of that code.

    Raises:
        UnknownUnit: there is none.
    """
    return labels(models, [models.units.unit(code).code])[code]


class LabelsKept:
    """The labels of units, each read once; those that are expected, together."""

    def __init__(self, models: ReadModels) -> None:
        self._models, self._kept = models, dict[str, Text]()

    def expect(self, codes: Iterable[str]) -> None:
        """Read those of ``codes`` that were not read yet."""
        wanted = {*codes} - self._kept.keys()
        self._kept |= {**labels(self._models, wanted), **self._models.names_of(wanted)}

    def of(self, code: str) -> Text:
        """The label of the unit of that code.

        Raises:
            UnknownUnit: there is none.
        """
        if code not in self._kept:
            self._kept[code] = self._models.names_of([code]).get(code) or label_of(self._models, code)
        return self._kept[code]


def _label(en: str, hi: str) -> Text:
    # Not looked at: with what tells a long name apart it may be longer than a text that a person wrote.
    return Text.of_valid({"en": en, "hi": None if hi == en else hi})


def _with_code(unit: UnitRow, lang: Lang) -> str:
    return f"{unit.name.of(lang)} ({unit.code})"


def _code(unit: UnitRow, _: Lang) -> str:
    return unit.code


class _Labels:
    """The names of ``rows``, and what tells those apart that share one."""

    def __init__(self, models: ReadModels, naming: Naming, rows: list[UnitRow]) -> None:
        self._units = models.units
        self._folded = {name: folded(name) for row in rows for name in spellings(row.name)}
        naming.know(rows)
        self._alike = naming.named(self._folded)
        self._known = naming.qualified(chain(*(group for group in self._alike.values() if len(group) > 1)))
        self._of_codes = naming.of_codes(self._folded)
        self._levels = {level.code: level.name for level in models.states.organisation().levels}
        self._named: dict[tuple[str, bool], list[UnitRow]] = {}
        self._counted: dict[tuple[str, bool], Counter[str]] = {}

    def of(self, unit: UnitRow, lang: Lang) -> str:
        """The label of ``unit``."""
        name = unit.name.of(lang)
        of_code = [each.code for each in self._of_codes.get(name, ())]
        if len(self._units_named(name, unit.retired)) == 1 and of_code in ([], [unit.code]):
            return name
        forms = self._forms_named(name, unit.retired)
        apart = (told for told in self._told_by(unit, name, lang) if forms[folded(told)] <= 1)
        return f"{name} ({next(apart, unit.code)})"

    def _units_named(self, name: str, retired: bool) -> list[UnitRow]:
        """The units whose name is written so; a retired one gives way to those that are not."""
        key = (name, retired)
        if key not in self._named:
            alike = self._alike.get(self._folded[name], [])
            self._named[key] = [u for u in alike if name in spellings(u.name) and (retired or not u.retired)]
        return self._named[key]

    def _forms_named(self, name: str, retired: bool) -> Counter[str]:
        """How many of the units of that name can be told apart by each form."""
        key = (name, retired)
        if key not in self._counted:
            units = self._units_named(name, retired)
            self._counted[key] = Counter(
                form for unit in units if unit.code in self._known for form in self._known[unit.code].forms
            )
        return self._counted[key]

    def _told_by(self, unit: UnitRow, name: str, lang: Lang) -> Iterator[str]:
        """What may tell ``unit`` apart: its level, then the units above it from the nearest."""
        above = (self._units.unit(code).name.of(lang) for code in reversed(unit.lineage[:-1]))
        for told in chain([self._levels[unit.level].of(lang)], above):
            if told != name and not set(told) & set("(),"):
                yield told
