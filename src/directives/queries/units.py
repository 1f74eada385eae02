"""A unit as it stands in the organisation."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pydantic import Field

from directives.domain.organisation.units import Unit
from directives.domain.values import Model, Text
from directives.projections.read_models import ReadModels


class UnitView(Model):
    """A unit: ``path`` has the codes from the top unit down to it, ``below`` how many units of each level it has.

    The names of the level and of the units above, from the top, are left out of JSON.
    """

    code: str
    parent: str | None
    level: str
    name: Text
    path: tuple[str, ...]
    below: dict[str, int]
    retired: bool
    attributes: dict[str, str]
    level_name: Text = Field(exclude=True)
    above: tuple[Text, ...] = Field(exclude=True)


def units(models: ReadModels) -> Iterator[Unit]:
    """The units, each before those under it."""
    return models.all_units()


TOGETHER = 2000
"""Units that are looked up together."""


def differing(models: ReadModels, listed: Iterable[Unit]) -> int:
    """How many of the units of a list stand otherwise, are retired or are not there."""
    rest, number = iter(listed), 0
    while part := [*islice(rest, TOGETHER)]:
        rows = models.units.of_codes(unit.code for unit in part)
        stand = {row.code: row.unit for row in rows if not row.retired}
        number += sum(1 for unit in part if stand.get(unit.code) != unit)
    return number


def known_parts(models: ReadModels, parts: Iterable[Sequence[Unit]]) -> tuple[int, bool]:
    """How many parts of a list, from its beginning, are known, and whether nothing of those that follow is."""
    whole, rest = 0, True
    for number, part in enumerate(parts):
        known = len(models.units.of_codes(unit.code for unit in part))
        if known == len(part) and whole == number:
            whole += 1
        elif known:
            rest = False
    return whole, rest


def one_unit(models: ReadModels, code: str) -> UnitView:
    """The unit of that code, a retired one too.

    Raises:
        UnknownUnit: there is none.
    """
    unit, organisation = models.units.unit(code), models.states.organisation()
    counts = {level.code: models.unit_counts.count(code, level.code) for level in organisation.levels}
    return UnitView(
        code=code,
        parent=unit.parent,
        level=unit.level,
        name=unit.name,
        path=unit.lineage,
        below={level: count for level, count in counts.items() if count and level != unit.level},
        retired=unit.retired,
        attributes=unit.attributes,
        level_name=organisation.level(unit.level).name,
        above=tuple(models.units.unit(each).name for each in unit.lineage[:-1]),
    )
