"""The organisation: units join, move, are renamed and retire; a list of units."""

from pytest_bdd import then
from tests.acceptance.world import DAY, NUMBER, UNIT, WHY, does, does_hi, listed, step

from directives import RegisterUnits, Text, read_organisation

CHANGES = {
    "renamed": "Renamed",
    "नाम बदला": "Renamed",
    "moved": "Moved",
    "स्थान बदला": "Moved",
    "retired": "Retired",
    "समाप्त हुई": "Retired",
}


@step(
    "sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti",
    "खूंटी की विधानसभाओं में नमूना प्रखंड और पंचायतें दर्ज हैं",
)
def sample_units(world):
    world.sample_units()


@step(
    rf'the (?P<level>\S+) "(?P<name>.+)" joins {UNIT} on {DAY}',
    rf'{DAY} को {UNIT} के अधीन (?P<level>\S+) "(?P<name>.+)" जुड़ता है',
)
def joins(world, level, name, unit, day):
    world.join(name, level, unit, day)


@step(
    rf"state headquarters {does('move')} {UNIT} to (?P<parent>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय {UNIT} को (?P<parent>\S+) के अधीन {does_hi('कर')}, कारण: {WHY}",
)
def moves(world, tries, unit, parent, reason):
    world.act(tries, world.tracker.move, world.unit(unit), world.unit(parent), reason)


@step(
    rf'state headquarters renames {UNIT} to "(?P<name>.+)"',
    rf'प्रदेश मुख्यालय {UNIT} का नाम बदलकर "(?P<name>.+)" रखता है',
)
def renames(world, unit, name):
    world.tracker.rename(world.unit(unit), Text(en=name, hi=name))


@step(
    rf"state headquarters {does('retire')} (?P<unit>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) को समाप्त {does_hi('कर')}, कारण: {WHY}",
)
def retires(world, tries, unit, reason):
    world.act(tries, world.tracker.retire, world.unit(unit), reason)


@step(
    rf"state headquarters retires (?P<unit>\w+) and all below it because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) और उसके नीचे की सभी इकाइयों को समाप्त करता है, कारण: {WHY}",
)
def retires_all(world, unit, reason):
    top = world.unit(unit)
    for each in [each.code for each in world.tracker.units() if each.parent == top]:
        world.tracker.retire(each, reason)
    world.tracker.retire(top, reason)


@step(
    rf"{NUMBER} (?P<level>.+) units of (?P<unit>\w+) owe the social-media groups",
    rf"(?P<unit>\S+) की {NUMBER} (?P<level>\S+) इकाइयों पर सोशल मीडिया समूह का कार्य देय है",
    then,
)
def owe_groups(world, number, level, unit):
    assert world.status("social-media groups", world.level(level), world.unit(unit)).expected == number


@step(
    r'the history of the (unit|task) (?P<reference>\S+) says "(?P<words>.+)"',
    r'(इकाई|कार्य) (?P<reference>\S+) के इतिहास में लिखा है "(?P<words>.+)"',
    then,
)
def history_says(world, reference, words):
    assert world.told(reference, words)


@step(
    rf"a list in which {UNIT} is renamed and reports to (?P<parent>\w+), and (?P<missing>\w+) is missing",
    rf"एक सूची है जिसमें {UNIT} का नाम बदला है और वह (?P<parent>\S+) के अधीन है, और (?P<missing>\S+) नहीं है",
)
def changed_list(world, unit, parent, missing):
    code, without = world.unit(unit), world.unit(missing)
    change = {"name": Text(en="New Name", hi="नया नाम"), "parent": world.unit(parent)}
    units = [each for each in read_organisation() if each.code != without]
    world.list = [each.model_copy(update=change) if each.code == code else each for each in units]


@step(r'the list would record "(?P<names>.+)"', r'सूची से ये घटनाएँ दर्ज होंगी: "(?P<names>.+)"', then)
def would_record(world, names):
    before = len(list(world.tracker.events()))
    entries = world.tracker.preview(world.tracker.command(RegisterUnits, units=world.list, office="headquarters@JH"))
    assert [entry.name for entry in entries] == [CHANGES[each] for each in listed(names)]
    assert len(list(world.tracker.events())) == before


@step("the list is imported", "सूची आयात की जाती है")
def list_imported(world):
    world.caused = world.tracker.register(world.list)


@step("the list is imported as the whole organisation", "सूची पूरे संगठन की सूची मानकर आयात की जाती है")
def list_imported_whole(world):
    world.caused = world.tracker.register(world.list, retire_missing=True)


@step(r'that has recorded "(?P<names>.+)"', r'ये घटनाएँ दर्ज हुईं: "(?P<names>.+)"', then)
def has_recorded(world, names):
    assert [event.name for event in world.caused] == [CHANGES[each] for each in listed(names)]
