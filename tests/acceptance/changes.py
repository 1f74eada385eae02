"""The steps of the features about change: the life cycle, the organisation, times, files of commands, the store."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pytest_bdd import given, then, when
from tests.acceptance.world import listed, step

from directives import RegisterUnits, Text, WrittenCommands, day_of, read_organisation

DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"
DUE = r"(?P<due>\d{4}-\d{2}-\d{2})"
UNIT = r"(?P<unit>.+?)"
WHY = r'"(?P<reason>.+)"'
NUMBER = r"(?P<number>\d+)"
HQ = {"office": "headquarters@JH"}

# The life cycle.


@step(
    rf"state headquarters extends the report of (?P<seat>\w+) to {DUE} on {DAY} because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) के प्रतिवेदन को {DUE} तक समय-विस्तार इस कारण देता है {WHY}",
)
def extends(world, seat, due, day, reason):
    world.headquarters("task extend", "written-report", seat, day, due=due, reason=reason)


@step(
    rf"state headquarters tries to extend the report of (?P<seat>\w+) to {DUE} on {DAY} because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) के प्रतिवेदन को {DUE} तक समय-विस्तार इस कारण देने की कोशिश करता है {WHY}",
)
def tries_to_extend(world, seat, due, day, reason):
    world.attempt(extends, world, seat, due, day, reason)


@step(
    rf"state headquarters extends all reports to {DUE} on {DAY} because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को सभी प्रतिवेदनों को {DUE} तक समय-विस्तार इस कारण देता है {WHY}",
)
def extends_all(world, due, day, reason):
    events = world.tracker.extend("written-report", due, reason, occurred_at=world.noon(day), **HQ)
    assert len(events) == 1


@step(
    rf"state headquarters reassigns the report of (?P<seat>\w+) to (?P<other>\w+) on {DAY} because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन (?P<other>\S+) को इस कारण पुनः सौंपता है {WHY}",
)
def reassigns(world, seat, other, day, reason):
    given = {"occurred_at": world.noon(day), **HQ}
    world.tracker.reassign(world.task("written-report", seat), world.unit(other), reason, **given)


@step(
    rf"the convenor of (?P<other>\w+) hands the report of (?P<seat>\w+) in on {DAY}",
    rf"(?P<other>\S+) के संयोजक {DAY} को (?P<seat>\S+) का प्रतिवेदन देते हैं",
)
def hands_in_for(world, other, seat, day):
    world.hand_in(seat, day, "A report.", by=other)


@step(
    rf"state headquarters reopens the report of (?P<seat>\w+) on {DAY} because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन इस कारण पुनः खोलता है {WHY}",
)
def reopens(world, seat, day, reason):
    world.headquarters("task reopen", "written-report", seat, day, reason=reason)


@step(
    rf'the history of the alliance support task of {UNIT} says "(?P<words>.+)"',
    rf'गठबंधन सहयोग में {UNIT} के कार्य के इतिहास में लिखा है "(?P<words>.+)"',
    then,
)
def history_says(world, unit, words):
    assert any(words in entry.sentence for entry in world.history("alliance-support", unit))


@step(
    rf"state headquarters amends the speakers on {DAY} to ask for {NUMBER} sessions because {WHY}",
    rf"प्रदेश मुख्यालय {DAY} को वक्ता पहचान को संशोधित कर {NUMBER} सत्र इस कारण माँगता है {WHY}",
)
def amends(world, day, number, reason):
    given = {"occurred_at": world.noon(day), **HQ}
    world.tracker.amend("speakers", reason, parameters={"sessions": int(number)}, **given)


@step(
    rf"state headquarters asks (?P<seats>.+) by name for another report by {DUE}",
    rf"प्रदेश मुख्यालय (?P<seats>.+) से नाम लेकर {DUE} तक एक और प्रतिवेदन माँगता है",
)
def asks_by_name(world, seats, due):
    given = {"occurred_at": world.noon("2023-11-01"), **HQ}
    world.tracker.issue("other-report", "written_report", Text(en="Other", hi="अन्य"), **given)
    world.tracker.assign_to_units("other-report", [world.unit(seat) for seat in listed(seats)], due, **given)


@step(rf"{NUMBER} seats owe the other report", rf"{NUMBER} सीटों पर वह प्रतिवेदन देय है", then)
def owe_other(world, number):
    assert len(world.tracker.tasks(directive="other-report")) == int(number)
    assert world.status("other-report").expected == int(number)


# The organisation.


@step(
    rf"state headquarters moves {UNIT} to (?P<parent>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय {UNIT} को इस कारण (?P<parent>\S+) में रखता है {WHY}",
)
def moves(world, unit, parent, reason):
    world.tracker.move(world.unit(unit), world.unit(parent), reason)


@step(
    rf"state headquarters tries to move {UNIT} to (?P<parent>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय {UNIT} को इस कारण (?P<parent>\S+) में रखने की कोशिश करता है {WHY}",
)
def tries_to_move(world, unit, parent, reason):
    world.attempt(moves, world, unit, parent, reason)


@step(
    rf"state headquarters retires (?P<unit>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) को इस कारण समाप्त करता है {WHY}",
)
def retires(world, unit, reason):
    world.tracker.retire(world.unit(unit), reason)


@step(
    rf"state headquarters tries to retire (?P<unit>\w+) because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) को इस कारण समाप्त करने की कोशिश करता है {WHY}",
)
def tries_to_retire(world, unit, reason):
    world.attempt(retires, world, unit, reason)


@step(
    rf"state headquarters retires (?P<unit>\w+) and all below it because {WHY}",
    rf"प्रदेश मुख्यालय (?P<unit>\S+) और उसके नीचे की सभी इकाइयों को इस कारण समाप्त करता है {WHY}",
)
def retires_all(world, unit, reason):
    top = world.unit(unit)
    for each in [each.code for each in world.tracker.units() if each.parent == top]:
        world.tracker.retire(each, reason)
    world.tracker.retire(top, reason)


@step(
    rf"{NUMBER} (?P<level>.+) units of (?P<unit>\w+) owe the social-media groups",
    rf"(?P<unit>\S+) की {NUMBER} (?P<level>\S+) इकाइयों पर सोशल मीडिया समूह देय है",
    then,
)
def owe_groups(world, number, level, unit):
    assert world.status("social-groups", world.level(level), world.unit(unit)).expected == int(number)


@step(
    r'the history of the (unit|task) (?P<reference>\S+) says "(?P<words>.+)"',
    r'(इकाई|कार्य) (?P<reference>\S+) के इतिहास में लिखा है "(?P<words>.+)"',
    then,
)
def history_of_reference(world, reference, words):
    entries = [*world.tracker.history(reference), *world.tracker.history(reference, "hi")]
    assert any(words in entry.sentence for entry in entries)


@step(
    rf"a list in which {UNIT} is renamed and reports to (?P<parent>\w+), and (?P<missing>\w+) is missing",
    rf"एक सूची है जिसमें {UNIT} का नाम बदला है और वह (?P<parent>\S+) में है, और (?P<missing>\S+) नहीं है",
)
def changed_list(world, unit, parent, missing):
    code, without = world.unit(unit), world.unit(missing)
    change = {"name": Text(en="New Name", hi="नया नाम"), "parent": world.unit(parent)}
    units = [each for each in read_organisation() if each.code != without]
    world.list = [each.model_copy(update=change) if each.code == code else each for each in units]


@step(r'the list would record "(?P<names>.+)"', r'सूची से "(?P<names>.+)" दर्ज होता', then)
def would_record(world, names):
    before = len(list(world.tracker.events()))
    entries = world.tracker.preview(world.tracker.command(RegisterUnits, units=world.list, **HQ))
    assert [entry.name for entry in entries] == listed(names)
    assert len(list(world.tracker.events())) == before


@step("the list is imported", "सूची आयात की जाती है")
def list_imported(world):
    world.caused = world.tracker.register(world.list)


@step("the list is imported as the whole organisation", "सूची पूरे संगठन के रूप में आयात की जाती है")
def list_imported_whole(world):
    world.caused = world.tracker.register(world.list, retire_missing=True)


@step(r'that has recorded "(?P<names>.+)"', r'उससे "(?P<names>.+)" दर्ज हुआ', then)
def has_recorded(world, names):
    assert [event.name for event in world.caused] == listed(names)


# Times.


@step(
    rf"the report of (?P<seat>\w+) was handed in on {DAY} and recorded on (?P<recorded>\S+)",
    rf"(?P<seat>\S+) का प्रतिवेदन {DAY} को सौंपा और (?P<recorded>\S+) को दर्ज किया गया",
    then,
)
def both_times(world, seat, day, recorded):
    *_, event = world.history("written-report", seat)
    days = [day_of(moment, world.tracker.zone) for moment in (event.occurred_at, event.recorded_at)]
    assert days == [date.fromisoformat(day), date.fromisoformat(recorded)]


@step(rf"it is {DAY} at (?P<time>\d\d:\d\d) in India", rf"भारत में {DAY} के (?P<time>\d\d:\d\d) बजे हैं")
def it_is_at(world, day, time):
    world.now = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo("Asia/Kolkata"))


# Files of commands.

MISTAKES = {
    "field": {"bogus": 1},
    "क्षेत्र": {"bogus": 1},
    "type": {"task": 7},
    "प्रकार": {"task": 7},
    "unit": {"task": "written-report/JH-PC99"},
    "इकाई": {"task": "written-report/JH-PC99"},
    "date": {"occurred_at": "soon"},
    "तिथि": {"occurred_at": "soon"},
}
MISTAKE_EN = r"a wrong (?P<mistake>field|type|unit|date) in line (?P<line>\d+)"
MISTAKE_HI = r"पंक्ति (?P<line>\d+) में ग़लत (?P<mistake>\S+) के साथ"


@step(
    "a file in which the convenor of each seat acknowledges the report",
    "एक फ़ाइल है जिसमें हर सीट के संयोजक प्रतिवेदन की पावती देते हैं",
)
def file_of_commands(world):
    own = {"command": "task acknowledge"}
    seats = [unit.code for unit in world.tracker.units() if unit.level == "lok_sabha"]
    world.lines = [own | {"task": f"written-report/{seat}", "office": f"convenor@{seat}"} for seat in seats]


def imported(world, mistake=None, line=None, **how):
    lines = [*world.lines]
    if mistake is not None:
        lines[int(line) - 1] = lines[int(line) - 1] | MISTAKES[mistake]
    path = world.folder / "commands.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    world.carried = world.tracker.import_commands(WrittenCommands(path), **how)


@step("the file is imported", "फ़ाइल आयात की जाती है")
def file_imported(world):
    imported(world)


@step(
    rf"someone tries to import the file with {MISTAKE_EN}",
    rf"{MISTAKE_HI} फ़ाइल आयात करने की कोशिश होती है",
)
def tries_to_import(world, mistake, line):
    world.attempt(imported, world, mistake, line)


@step(
    rf"the file is imported with {MISTAKE_EN}, leaving refused lines out",
    rf"{MISTAKE_HI} फ़ाइल अस्वीकृत पंक्तियाँ छोड़कर आयात की जाती है",
)
def imported_but(world, mistake, line):
    imported(world, mistake, line, keep_going=True)


@step("it is only looked at what the file would do", "केवल देखा जाता है कि फ़ाइल से क्या होगा")
def looked_at(world):
    imported(world, dry_run=True)


@step(rf"{NUMBER} of its lines (were|would be) carried out", rf"उसकी {NUMBER} पंक्तियाँ (पूरी हुईं|पूरी होतीं)", then)
def lines_done(world, number):
    assert world.carried.done == int(number)


@step(
    r'line (?P<line>\d+) is told as refused because "(?P<words>.+)"',
    r'पंक्ति (?P<line>\d+) अस्वीकृत बताई जाती है क्योंकि "(?P<words>.+)"',
    then,
)
def line_refused(world, line, words):
    (refused,) = world.carried.refused
    assert refused.line == int(line)
    assert words in refused.message


# The store.


@step("what is kept ready is made anew", "तैयार रखा हुआ सब फिर बनाया जाता है", given, when)
def made_anew(world):
    world.rebuilt = world.tracker.rebuild()


@step("all of it was as the events say", "वह सब घटनाओं के अनुसार था", then)
def all_as_said(world):
    assert [table.differing for table in world.rebuilt] == [0] * 7
    assert sum(table.rows for table in world.rebuilt) > 100


@step("somebody changes the totals by hand", "कोई योगों को हाथ से बदल देता है")
def by_hand(world):
    with world.tracker._ledger.rows.writing() as cursor:
        cursor.execute("UPDATE tallies SET count = count + 5")


@step("the store is checked", "भंडार की जाँच होती है")
def checked(world):
    world.findings = world.tracker.doctor()


@step(
    r'the check finds "(?P<check>\w+)" wrong and says "(?P<words>.+)"',
    r'जाँच में "(?P<check>\w+)" ग़लत निकलता है और बताया जाता है "(?P<words>.+)"',
    then,
)
def found_wrong(world, check, words):
    (wrong,) = [each for each in world.findings if each.state == "wrong"]
    assert (wrong.check, wrong.what_to_do) == (check, words)


@step("the check finds nothing wrong", "जाँच में कुछ ग़लत नहीं निकलता", then)
def nothing_wrong(world):
    assert not [each for each in world.findings if each.state == "wrong"]


@step(r'the check says "(?P<words>.+)"', r'जाँच बताती है "(?P<words>.+)"', then)
def check_says(world, words):
    assert any(words in each.found for each in world.findings)
