"""A unit as it stands in the organisation."""

from collections.abc import Iterator

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
