"""A list of units, of which only the differences are recorded."""

from pytest_bdd import then

from directives import RegisterUnits, Text, read_organisation
from directives.acceptance.subject import Nothing
from directives.acceptance.words import DAY, UNIT, listed, step

CHANGES = {
    "renamed": "Renamed",
    "नाम बदला": "Renamed",
    "moved": "Moved",
    "स्थान बदला": "Moved",
    "retired": "Retired",
    "बंद हुई": "Retired",
}


@step(
    rf"a list in which {UNIT} is renamed and reports to (?P<parent>\w+), and (?P<missing>\w+) is missing",
    rf"एक सूची है जिसमें {UNIT} का नाम बदला है और वह (?P<parent>\S+) के अधीन है, और (?P<missing>\S+) नहीं है",
)
def changed_list(bench, unit, parent, missing):
    code, without = bench.world.unit(unit), bench.world.unit(missing)
    change = {"name": Text(en="New Name", hi="नया नाम"), "parent": bench.world.unit(parent)}
    units = [each for each in read_organisation() if each.code != without]
    bench.list = [each.model_copy(update=change) if each.code == code else each for each in units]


@step(r'the list would record "(?P<names>.+)"', r'सूची से ये घटनाएँ दर्ज होंगी: "(?P<names>.+)"', then)
def would_record(bench, names):
    before = len(list(bench.tracker.events()))
    entries = bench.tracker.preview(bench.tracker.command(RegisterUnits, units=bench.list, office="headquarters@JH"))
    assert [entry.name for entry in entries] == [CHANGES[each] for each in listed(names)]
    assert len(list(bench.tracker.events())) == before


@step("the list is imported", "सूची आयात की जाती है")
def list_imported(bench):
    bench.recorded = bench.tracker.register(bench.list)
    bench.world.outcome = None if bench.recorded else Nothing(outcome="nothing")


@step("the list is imported as the whole organisation", "सूची पूरे संगठन की सूची मानकर आयात की जाती है")
def list_imported_whole(bench):
    bench.recorded = bench.tracker.register(bench.list, retire_missing=True)


@step(r'that has recorded "(?P<names>.+)"', r'ये घटनाएँ दर्ज हुईं: "(?P<names>.+)"', then)
def has_recorded(bench, names):
    assert [event.name for event in bench.recorded] == [CHANGES[each] for each in listed(names)]


@step(
    rf'on {DAY} the unit (?P<code>\S+) was called "(?P<name>.+)" and reported to (?P<parent>\S+)',
    rf'{DAY} को इकाई (?P<code>\S+) का नाम "(?P<name>.+)" था और वह (?P<parent>\S+) के अधीन थी',
    then,
)
def stood_in_the_tree(bench, day, code, name, parent):
    (unit,) = [each for each in bench.tracker.units(as_of=day) if each.code == code]
    assert (unit.name.model_dump()[bench.world.lang], unit.parent) == (name, bench.world.unit(parent))
