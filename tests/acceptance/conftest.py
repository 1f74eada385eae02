"""The steps of the features, each in English and in Hindi."""

import re
from datetime import date, timedelta

import pytest
from pytest_bdd import then
from tests.acceptance import changes
from tests.acceptance.world import DIRECTIVES, STAGES, World, listed, platform, step
from tests.conftest import earlier_minutes

from directives import read_minutes

globals().update({name: each for name, each in vars(changes).items() if name.startswith("pytestbdd_stepdef")})
"""The steps that stand in a file of their own."""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.tracker.close()


DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"


@step(rf"the meeting of {DAY} is recorded", rf"{DAY} की बैठक दर्ज है")
def recorded(world, day):
    minutes = read_minutes()
    assert minutes.held_on.isoformat() == day
    world.tracker.record_meeting(minutes)


@step(
    rf"the convenor of (?P<seat>\w+) hands a report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को प्रतिवेदन सौंपते हैं",
)
def hands_in(world, seat, day):
    world.hand_in(seat, day, "A report.")


@step(
    rf"the convenor of (?P<seat>\w+) hands a corrected report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को सुधारा हुआ प्रतिवेदन सौंपते हैं",
)
def hands_in_corrected(world, seat, day):
    world.hand_in(seat, day, "A corrected report.")


@step(
    rf"the convenor of (?P<seat>\w+) tries to hand a corrected report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को सुधारा हुआ प्रतिवेदन सौंपने की कोशिश करते हैं",
)
def tries_to_hand_in(world, seat, day):
    world.attempt(world.hand_in, seat, day, "A corrected report.")


@step(
    rf"state headquarters verifies the report of (?P<seat>\w+) on {DAY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन सत्यापित करता है",
)
def verifies(world, seat, day):
    world.headquarters("task verify", "written-report", seat, day)


@step(
    rf'state headquarters returns the report of (?P<seat>\w+) on {DAY} because "(?P<reason>.+)"',
    rf'प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन इस कारण लौटाता है "(?P<reason>.+)"',
)
def returns(world, seat, day, reason):
    world.headquarters("task return", "written-report", seat, day, reason=reason)


@step(
    rf"the convenor of (?P<seat>\w+) tries to verify the report of \w+ on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को \S+ का प्रतिवेदन सत्यापित करने की कोशिश करते हैं",
)
def tries_to_verify(world, seat, day):
    world.attempt(world.work, "task verify", "written-report", seat, day)


@step(
    r"the reports of all seats but (?P<seat>\w+) are verified",
    r"(?P<seat>\S+) को छोड़ सभी सीटों के प्रतिवेदन सत्यापित हैं",
)
def all_but(world, seat):
    for unit in world.tracker.units():
        if unit.level == "lok_sabha" and unit.code != world.unit(seat):
            world.hand_in(unit.name.en, "2023-11-01", "A report.")
            world.headquarters("task verify", "written-report", unit.name.en, "2023-11-02")


@step(rf"it is {DAY}", rf"आज {DAY} है")
def it_is(world, day):
    world.now = world.noon(day)


@step(
    r"(?P<number>\d+) reports are expected at the Lok Sabha level",
    r"लोकसभा स्तर पर (?P<number>\d+) प्रतिवेदन अपेक्षित हैं",
    then,
)
def expected(world, number):
    assert (world.status().level, world.status().expected) == ("lok_sabha", int(number))


@step("one order assigned them", "वे एक ही आदेश से सौंपे गए", then)
def one_order(world):
    names = [entry.name for entry in world.tracker.history("written-report")]
    assert names.count("AssignedToLevel") == 1


@step(
    r"the report of (?P<seat>\w+) is (?P<stage>assigned|acknowledged|returned|submitted|verified)",
    r"(?P<seat>\S+) (का प्रतिवेदन|के प्रतिवेदन की) (?P<stage>सौंपा गया|पावती दी गई|लौटाया गया|प्रस्तुत|सत्यापित) है",
    then,
)
def stands(world, seat, stage):
    assert world.tracker.task(world.task("written-report", seat)).state == STAGES.get(stage, stage)


@step(
    r"(?P<on_time>\d+) reports? (is|are) on time and (?P<late>\d+) (is|are) late",
    r"(?P<on_time>\d+) प्रतिवेदन समय पर और (?P<late>\d+) विलंबित हैं",
    then,
)
def on_time_and_late(world, on_time, late):
    assert (world.status().on_time, world.status().late) == (int(on_time), int(late))


@step(
    r"(?P<number>\d+) reports? of (?P<seat>\w+) (is|are) on record",
    r"(?P<seat>\S+) के (?P<number>\d+) प्रतिवेदन अभिलेख में हैं",
    then,
)
def on_record(world, number, seat):
    names = [entry.name for entry in world.tracker.history(world.task("written-report", seat))]
    assert names.count("ReportRecorded") == int(number)


@step(r'that is refused because "(?P<words>.+)"', r'यह अस्वीकार होता है क्योंकि "(?P<words>.+)"', then)
def is_refused(world, words):
    assert words in world.refusal


@step(r"(?P<number>\d+) reports are overdue", r"(?P<number>\d+) प्रतिवेदन अतिदेय हैं", then)
def overdue(world, number):
    assert world.status().overdue == int(number)
    assert len(world.tracker.tasks(directive="written-report", overdue=True)) == int(number)


@step(r"the directive is (?P<standing>open|completed)", r"निर्देश (?P<standing>लंबित|पूर्ण) है", then)
def directive_is(world, standing):
    completed = standing in ("completed", "पूर्ण")
    names = [event.name for event in world.tracker.history("written-report")]
    assert world.tracker.directive("written-report").completed == completed
    assert names.count("LevelCompleted") == names.count("Completed") == names.count("LevelReopened") + completed


# S2, S3: groups and daily activity.

UNIT = r"(?P<unit>.+?)"
DIRECTIVE = "(?P<directive>social-media groups|speakers|alliance support|सोशल मीडिया समूह|वक्ता पहचान|गठबंधन सहयोग)"
NUMBER = r"(?P<number>\d+)"


@step(
    "sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti",
    "खूंटी की विधानसभाओं में नमूना प्रखंड और पंचायतें दर्ज हैं",
)
def sample_units(world):
    world.sample_units()


@step(
    rf"the convenor of {UNIT} makes groups on (?P<platforms>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<platforms>.+) पर समूह बनाते हैं",
)
def makes_groups(world, unit, platforms, day):
    for each in listed(platforms):
        world.work("group create", "social-groups", unit, day, platform=platform(each), name=unit)


@step(
    rf"the convenor of {UNIT} tries to make a group on (?P<name>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>.+) पर समूह बनाने की कोशिश करते हैं",
)
def tries_to_make_a_group(world, unit, name, day):
    world.attempt(world.work, "group create", "social-groups", unit, day, platform=platform(name), name=unit)


@step(
    rf"the convenor of {UNIT} retires the group on (?P<name>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>.+) का समूह बंद करते हैं",
)
def retires_a_group(world, unit, name, day):
    group = world.group(unit, platform(name))
    world.work("group retire", "social-groups", unit, day, group=group, reason="Not used.")


@step(
    rf"the convenor of {UNIT} counts (?P<active>\d+) active workers on (?P<name>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>.+) पर (?P<active>\d+) सक्रिय कार्यकर्ता गिनते हैं",
)
def counts_workers(world, unit, active, name, day):
    world.work("group count", "social-groups", unit, day, group=world.group(unit, platform(name)), active=active)


@step(
    rf"the convenor of {UNIT} posts the activity of each day from {DAY} to (?P<last>\S+)",
    rf"{UNIT} के संयोजक {DAY} से (?P<last>\S+) तक हर दिन की गतिविधि डालते हैं",
)
def posts_each_day(world, unit, day, last):
    first = date.fromisoformat(day)
    for number in range((date.fromisoformat(last) - first).days + 1):
        posts(world, unit, str(first + timedelta(days=number)))


@step(rf"the convenor of {UNIT} posts the activity of {DAY}", rf"{UNIT} के संयोजक {DAY} की गतिविधि डालते हैं")
def posts(world, unit, day):
    world.work("activity post", "social-groups", unit, day, text="गतिविधि")


@step(rf"the convenor of {UNIT} posts two activities on {DAY}", rf"{UNIT} के संयोजक {DAY} को दो गतिविधियाँ डालते हैं")
def posts_twice(world, unit, day):
    posts(world, unit, day)
    posts(world, unit, day)


@step(
    rf"the convenor of {UNIT} tries to post the activity of {DAY}",
    rf"{UNIT} के संयोजक {DAY} की गतिविधि डालने की कोशिश करते हैं",
)
def tries_to_post(world, unit, day):
    world.attempt(posts, world, unit, day)


@step(rf"{NUMBER} activit(y|ies) of {UNIT} (is|are) on record", rf"{UNIT} की {NUMBER} गतिविधियाँ अभिलेख में हैं", then)
def activities_on_record(world, number, unit):
    names = [entry.name for entry in world.history("social-groups", unit)]
    assert names.count("ActivityPosted") == int(number)


@step(
    rf"the (?P<level>.+) units of {UNIT} have covered {NUMBER} days? together",
    rf"{UNIT} की (?P<level>\S+) इकाइयों ने मिलाकर {NUMBER} दिन गतिविधि डाली",
    then,
)
def covered(world, level, unit, number):
    (record,) = world.tracker.daily(unit=world.unit(unit), level=world.level(level))
    assert record.covered == int(number)


@step(rf"the day that {UNIT} missed is {DAY}", rf"{UNIT} का छूटा हुआ दिन {DAY} है", then)
def missed(world, unit, day):
    (record,) = world.tracker.daily(unit=world.unit(unit), level="lok_sabha")
    assert [*map(str, record.gaps)] == [day]


@step(
    rf"the streak of {UNIT} is {NUMBER} days and the longest was (?P<longest>\d+)",
    rf"{UNIT} ने अब तक लगातार {NUMBER} दिन और सबसे अधिक लगातार (?P<longest>\d+) दिन गतिविधि डाली",
    then,
)
def streak(world, unit, number, longest):
    (record,) = world.tracker.daily(unit=world.unit(unit), level="lok_sabha")
    assert (record.streak, record.longest) == (int(number), int(longest))


@step(
    rf"the (?P<level>.+) units of {UNIT} have {NUMBER} active workers together",
    rf"{UNIT} की (?P<level>\S+) इकाइयों में कुल {NUMBER} सक्रिय कार्यकर्ता हैं",
    then,
)
def active_workers(world, level, unit, number):
    row = world.status("social-groups", world.level(level), world.unit(unit))
    assert row.work["active_workers"] == int(number)


@step(rf"a new block joins {UNIT} on {DAY}", rf"{DAY} को {UNIT} में एक नया प्रखंड जुड़ता है")
def joins(world, unit, day):
    world.join(unit, day)


@step(
    rf"the {DIRECTIVE} task of the new block is due on {DAY}",
    rf"नए प्रखंड के {DIRECTIVE} के कार्य की नियत तिथि {DAY} है",
    then,
)
def new_block_is_due(world, directive, day):
    assert str(world.tracker.task(world.task(directive, "New Block")).due) == day


# All kinds: submission, verification, return, waiver, withdrawal, and how tasks stand.


@step(
    rf"the convenor of {UNIT} submits the {DIRECTIVE} task on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {DIRECTIVE} का कार्य पूर्ण बताते हैं",
)
def submits(world, unit, directive, day):
    world.work("task submit", directive, unit, day)


@step(
    rf"the convenor of {UNIT} tries to submit the {DIRECTIVE} task on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {DIRECTIVE} का कार्य पूर्ण बताने की कोशिश करते हैं",
)
def tries_to_submit(world, unit, directive, day):
    world.attempt(world.work, "task submit", directive, unit, day)


@step(
    rf"state headquarters verifies the {DIRECTIVE} task of {UNIT} on {DAY}",
    rf"प्रदेश मुख्यालय {DAY} को {DIRECTIVE} में {UNIT} का कार्य सत्यापित करता है",
)
def verifies_task(world, directive, unit, day):
    world.headquarters("task verify", directive, unit, day)


@step(
    rf"the convenor of (?P<below>.+) tries to verify the {DIRECTIVE} task of {UNIT} on {DAY}",
    rf"(?P<below>.+) के संयोजक {DAY} को {DIRECTIVE} में {UNIT} का कार्य सत्यापित करने की कोशिश करते हैं",
)
def tries_to_verify_task(world, below, directive, unit, day):
    given = {"office": f"convenor@{world.unit(below)}", "occurred_at": world.noon(day)}
    world.attempt(world.tracker.verify, world.task(directive, unit), **given)


@step(
    rf'state headquarters returns the {DIRECTIVE} task of {UNIT} on {DAY} because "(?P<reason>.+)"',
    rf'प्रदेश मुख्यालय {DAY} को {DIRECTIVE} में {UNIT} का कार्य इस कारण लौटाता है "(?P<reason>.+)"',
)
def returns_task(world, directive, unit, day, reason):
    world.headquarters("task return", directive, unit, day, reason=reason)


@step(
    rf'state headquarters waives the {DIRECTIVE} task of {UNIT} on {DAY} because "(?P<reason>.+)"',
    rf'प्रदेश मुख्यालय {DAY} को {DIRECTIVE} में {UNIT} के कार्य से इस कारण छूट देता है "(?P<reason>.+)"',
)
def waives_task(world, directive, unit, day, reason):
    world.headquarters("task waive", directive, unit, day, reason=reason)


@step(
    rf'state headquarters withdraws the {DIRECTIVE} directive on {DAY} because "(?P<reason>.+)"',
    rf'प्रदेश मुख्यालय {DAY} को {DIRECTIVE} का निर्देश इस कारण वापस लेता है "(?P<reason>.+)"',
)
def withdraws(world, directive, day, reason):
    given = {"office": "headquarters@JH", "occurred_at": world.noon(day)}
    world.tracker.withdraw(DIRECTIVES[directive], reason, **given)


@step(
    rf"{NUMBER} {DIRECTIVE} tasks are expected and (?P<done>\d+) (is|are) done at the (?P<level>.+) level",
    rf"(?P<level>\S+) स्तर पर {DIRECTIVE} के {NUMBER} कार्य अपेक्षित और (?P<done>\d+) पूर्ण हैं",
    then,
)
def expected_and_done(world, number, directive, done, level):
    row = world.status(directive, world.level(level))
    assert (row.expected, row.done) == (int(number), int(done))


@step(
    rf"the {DIRECTIVE} task of {UNIT} is (?P<stage>[a-z]+)",
    rf"{DIRECTIVE} में {UNIT} (का कार्य|के कार्य की|के कार्य से) (?P<stage>{'|'.join(STAGES)}) है",
    then,
)
def task_stands(world, directive, unit, stage):
    assert world.tracker.task(world.task(directive, unit)).state == STAGES.get(stage, stage)


@step(rf"{NUMBER} {DIRECTIVE} tasks are overdue", rf"{DIRECTIVE} के {NUMBER} कार्य अतिदेय हैं", then)
def tasks_overdue(world, number, directive):
    rows = world.tracker.status(directive=DIRECTIVES[directive])
    assert sum(row.overdue for row in rows) == int(number)
    assert len(world.tracker.tasks(directive=DIRECTIVES[directive], overdue=True)) == int(number)


# S4: speakers.

SPEAKERS = r"(?P<speakers>[A-Z]+-\d+(, [A-Z]+-\d+)*)"
SPEAKER = r"(?P<speaker>[A-Z]+-\d+)"


@step(
    rf"the convenor of {UNIT} identifies the speakers {SPEAKERS} on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKERS} की पहचान करते हैं",
)
def identifies(world, unit, speakers, day):
    for speaker in listed(speakers):
        world.work("speaker identify", "speakers", unit, day, speaker=speaker)


@step(
    rf"the convenor of {UNIT} trains the speakers {SPEAKERS} on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKERS} को प्रशिक्षित करते हैं",
)
def trains(world, unit, speakers, day):
    for speaker in listed(speakers):
        world.work("speaker train", "speakers", unit, day, speaker=speaker, subject="अभ्यास")


@step(
    rf"the convenor of {UNIT} sends the speaker {SPEAKER} to a (?P<level>.+) gathering on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} को (?P<level>\S+) की सभा में भेजते हैं",
)
def deploys(world, unit, speaker, level, day):
    fields = {"speaker": speaker, "level": world.level(level), "gathering": "हाट"}
    world.work("speaker deploy", "speakers", unit, day, **fields)


@step(
    rf"the convenor of {UNIT} tries to send the speaker {SPEAKER} to a (?P<level>.+) gathering on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} को (?P<level>\S+) की सभा में भेजने की कोशिश करते हैं",
)
def tries_to_deploy(world, unit, speaker, level, day):
    world.attempt(deploys, world, unit, speaker, level, day)


@step(
    rf"the convenor of {UNIT} stands the speaker {SPEAKER} down on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} को हटाते हैं",
)
def stands_down(world, unit, speaker, day):
    world.work("speaker stand-down", "speakers", unit, day, speaker=speaker, reason="बाहर गए")


@step(
    rf"{NUMBER} speakers are identified, (?P<trained>\d+) trained and (?P<deployed>\d+) sent to gatherings in {UNIT}",
    rf"{UNIT} में {NUMBER} वक्ता पहचाने गए, (?P<trained>\d+) प्रशिक्षित और (?P<deployed>\d+) सभाओं में भेजे गए हैं",
    then,
)
def speakers_counted(world, number, trained, deployed, unit):
    rows = world.tracker.status(directive="speakers", unit=world.unit(unit))
    counted = {name: sum(row.work[name] for row in rows) for name in ("identified", "trained", "deployed")}
    assert counted == {"identified": int(number), "trained": int(trained), "deployed": int(deployed)}


# S5: support to the alliance.

PARTNER = r"(?P<partner>partner-[a-z]+)"
RECORDED = {
    "step": ("a step", "संगठन का एक काम"),
    "briefing": (f"the briefing of {PARTNER}", f"{PARTNER} को दी गई जानकारी"),
    "activity": (f"a joint activity with {PARTNER}", f"{PARTNER} के साथ संयुक्त कार्यक्रम"),
    "confirmation": (f"the confirmation of {PARTNER}", f"{PARTNER} की पुष्टि"),
}


@step(rf"the convenor of {UNIT} records (?P<what>.+) on {DAY}", rf"{UNIT} के संयोजक {DAY} को (?P<what>.+) दर्ज करते हैं")
def records_support(world, unit, what, day):
    fields = next(
        {"what": name, **found.groupdict()}
        for name, patterns in RECORDED.items()
        for pattern in patterns
        if (found := re.fullmatch(pattern, what))
    )
    world.work("alliance record", "alliance-support", unit, day, text="दो शब्द", **fields)


@step(
    rf"the convenor of {UNIT} tries to record (?P<what>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<what>.+) दर्ज करने की कोशिश करते हैं",
)
def tries_to_record_support(world, unit, what, day):
    world.attempt(records_support, world, unit, what, day)


# S6: the goal, and the record of the meeting.


def said(world, no):
    (meeting,) = world.tracker.meetings()
    return next(each for each in meeting.statements if each.no == no)


@step(r"(?P<no>S\d) is shown as a goal", r"(?P<no>S\d) लक्ष्य के रूप में दिखता है", then)
def shown_as_goal(world, no):
    assert said(world, no).asks_for == "goal"


@step(r'(?P<no>S\d) says "(?P<words>.+)"', r'(?P<no>S\d) में लिखा है "(?P<words>.+)"', then)
def says(world, no, words):
    assert words in said(world, no).text.en or words in said(world, no).text.hi


@step(r"no directive follows from (?P<no>S\d)", r"(?P<no>S\d) से कोई निर्देश नहीं निकलता", then)
def nothing_follows(world, no):
    assert said(world, no).directives == ()


@step(
    r"one directive follows from each of (?P<numbers>S\d(, S\d)*)",
    r"(?P<numbers>S\d(, S\d)*) में हर एक से एक निर्देश निकलता है",
    then,
)
def each_is_followed(world, numbers):
    assert [len(said(world, no).directives) for no in listed(numbers)] == [1] * len(listed(numbers))


@step(rf"{NUMBER} directives? (is|are) issued in all", rf"कुल {NUMBER} निर्देश जारी हैं", then)
def issued_in_all(world, number):
    assert len(world.tracker.directives()) == int(number)


@step("the earlier minutes with the written report alone are recorded", "केवल लिखित प्रतिवेदन वाला पहले का कार्यवृत्त दर्ज है")
def earlier(world):
    world.tracker.record_meeting(earlier_minutes())


@step(rf"the meeting of {DAY} is recorded again", rf"{DAY} की बैठक फिर दर्ज की जाती है")
def recorded_again(world, day):
    world.caused = world.tracker.record_meeting(read_minutes())


@step("that changes nothing", "उससे कुछ नहीं बदलता", then)
def changes_nothing(world):
    assert world.caused == ()


@step(
    rf"someone tries to record the same meeting with {DAY} as the due date of the written report",
    rf"वही बैठक लिखित प्रतिवेदन की नियत तिथि {DAY} के साथ फिर दर्ज करने की कोशिश होती है",
)
def tries_to_change(world, day):
    minutes = read_minutes().model_dump(mode="json")
    minutes["directives"][0]["assign"][0]["due"] = day
    world.attempt(world.tracker.record_meeting, minutes)


@step(rf"the report of {UNIT} is due on {DAY}", rf"{UNIT} के प्रतिवेदन की नियत तिथि {DAY} है", then)
def report_is_due(world, unit, day):
    assert str(world.tracker.task(world.task("written-report", unit)).due) == day
