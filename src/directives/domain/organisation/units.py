"""Levels and units."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from directives.domain.values import Code, Line, Model, Slug, Text, known_zone, nfc

Zone = Annotated[str, AfterValidator(known_zone)]
"""An IANA time zone; days end at midnight there."""


class Level(Model):
    """One rung of the organisation; the order of the levels is the order of command."""

    code: Slug
    name: Text


LEVELS = (
    Level(code="state", name=Text(en="state", hi="प्रदेश")),
    Level(code="lok_sabha", name=Text(en="Lok Sabha", hi="लोकसभा")),
    Level(code="vidhan_sabha", name=Text(en="Vidhan Sabha", hi="विधानसभा")),
    Level(code="block", name=Text(en="block", hi="प्रखंड")),
    Level(code="panchayat", name=Text(en="panchayat", hi="पंचायत")),
    Level(code="booth", name=Text(en="booth", hi="बूथ")),
)
"""The usual levels, from the top; an organisation may name its own."""


DISTRICT_LEVELS = (
    LEVELS[0],
    Level(code="district", name=Text(en="district", hi="जिला")),
    *LEVELS[3:],
)
BUNDLED_LEVELS = {"lok-sabha": LEVELS, "district": DISTRICT_LEVELS}
"""The levels that are known by a name: by constituencies, and by districts."""


NATION = Level(code="nation", name=Text(en="nation", hi="राष्ट्र"))


NATIONAL_LEVELS = (NATION, *LEVELS)
"""The usual levels of an organisation whose top unit is a nation."""


def levels_for(units: Iterable["Unit"], levels: tuple[Level, ...] = LEVELS) -> tuple[Level, ...]:
    """The ``levels`` of an organisation of these units: with a nation above, where one is among the units alone."""
    known = NATION.code in (level.code for level in levels)
    return (NATION, *levels) if not known and any(unit.level == NATION.code for unit in units) else levels


def usual_level(code: str) -> Level:
    """The level of that code as it is usually called; one that is not usual is called by its code."""
    usual = (NATION, *(level for levels in BUNDLED_LEVELS.values() for level in levels))
    return next((level for level in usual if level.code == code), Level(code=code, name=Text(en=code)))


class Unit(Model):
    """A unit as an organisation file gives it."""

    code: Code
    parent: Code | None = None
    level: Slug
    name: Text
    attributes: dict[Annotated[str, AfterValidator(nfc)], Line] = Field(default_factory=dict)
