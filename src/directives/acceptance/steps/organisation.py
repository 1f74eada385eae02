"""The organisation: units join, move, are renamed and retire."""

from datetime import date

from pytest_bdd import then

from directives.acceptance.words import DAY, NUMBER, OFFICES, UNIT, WHY, does, does_hi, step
from directives.acceptance.world import World, noon
from directives.domain.organisation.units import Unit
from directives.domain.values import Text

HEADQUARTERS = OFFICES["state headquarters"]


@step(
    "sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti",
    "खूंटी की विधानसभाओं में नमूना प्रखंड और पंचायतें दर्ज हैं",
)
def sample_units(world: World) -> None:
    world.sample_units()


@step(
    rf'the (?P<level>\S+) "(?P<name>.+)" joins {UNIT} on {DAY}',
    rf'{DAY} को {UNIT} के अधीन (?P<level>\S+) "(?P<name>.+)" जुड़ता है',
)
def joins(world: World, level: str, name: str, unit: str, day: date) -> None:
    joining = Unit(code="NEW", parent=world.unit(unit), level=world.level(level), name=Text(en=name, hi=name))
    world.register([joining], noon(day))


@step(
    rf"state headquarters {does('move')} {UNIT} to (?P<parent>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय {UNIT} को (?P<parent>\S+) के अधीन {does_hi('कर')}, कारण: {WHY}",
)
def moves(world: World, tries: str | None, unit: str, parent: str, reason: str) -> None:
    code, above = world.unit(unit), world.unit(parent)
    world.act(tries, "org move", HEADQUARTERS, code=code, parent=above, reason=reason)
    if not tries:
        world.change_unit(code, parent=above)


@step(
    rf'state headquarters renames {UNIT} to "(?P<name>.+)"',
    rf'प्रदेश मुख्यालय {UNIT} का नाम बदलकर "(?P<name>.+)" रखता है',
)
def renames(world: World, unit: str, name: str) -> None:
    code = world.unit(unit)
    world.act(None, "org rename", HEADQUARTERS, code=code, name={"en": name, "hi": name})
    world.change_unit(code, name=Text(en=name, hi=name))


def retire(world: World, code: str, reason: str, tries: str | None = None) -> None:
    world.act(tries, "org retire", HEADQUARTERS, code=code, reason=reason)


@step(
    rf"state headquarters {does('retire')} (?P<unit>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) को बंद {does_hi('कर')}, कारण: {WHY}",
)
def retires(world: World, tries: str | None, unit: str, reason: str) -> None:
    retire(world, world.unit(unit), reason, tries)


@step(
    rf"state headquarters retires (?P<unit>\w+) and all below it because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) और उसके नीचे की सभी इकाइयों को बंद करता है, कारण: {WHY}",
)
def retires_all(world: World, unit: str, reason: str) -> None:
    top = world.unit(unit)
    for each in [each.code for each in world.units if each.parent == top]:
        retire(world, each, reason)
    retire(world, top, reason)


@step(
    rf"{NUMBER} (?P<level>.+) units of (?P<unit>\w+) owe the social-media groups",
    rf"(?P<unit>\S+) की {NUMBER} (?P<level>\S+) इकाइयों पर सोशल मीडिया समूह का कार्य देय है",
    then,
)
def owe_groups(world: World, number: int, level: str, unit: str) -> None:
    assert world.status("social-media groups", world.level(level), world.unit(unit)).expected == number


@step(
    r'the history of the unit (?P<reference>\S+) says "(?P<words>.+)"',
    r'इकाई (?P<reference>\S+) के इतिहास में लिखा है "(?P<words>.+)"',
    then,
)
def history_says(world: World, reference: str, words: str) -> None:
    assert [entry for entry in world.history(reference) if words in entry.words]
