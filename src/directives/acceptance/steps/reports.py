"""Written reports: handing them in, and how many there are."""

from datetime import date

from pytest_bdd import then

from directives.acceptance.questions import TaskAnswer, TaskQuestion
from directives.acceptance.words import DAY, NUMBER, OFFICE_EN, OFFICE_HI, UNIT, day, does, does_hi, listed, step
from directives.acceptance.world import REPORT, World

REPORT_EN = r"(?P<report>report|membership report)"
REPORT_HI = r"(?P<report>प्रतिवेदन|सदस्यता प्रतिवेदन)"
CORRECTED = ("a corrected", "सुधारा हुआ")


@step(
    rf"the convenor of {UNIT} {does('hand')} (?P<which>a|a corrected|the same) {REPORT_EN} in on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को ((?P<which>सुधारा हुआ|वही) )?{REPORT_HI} प्रस्तुत {does_hi('कर')}",
)
def hands_in(world: World, unit: str, tries: str | None, which: str | None, report: str, day: date) -> None:
    content = "A corrected report." if which in CORRECTED else REPORT
    world.hand_in(report, unit, day, tries=tries, content=content)


@step(
    rf"{OFFICE_EN} {does('hand')} the {REPORT_EN} of {UNIT} in on {DAY}( for (?P<behalf>.+))?",
    rf"{OFFICE_HI}( (?P<behalf>.+) की ओर से)? {DAY} को {UNIT} का {REPORT_HI} प्रस्तुत {does_hi('कर')}",
)
def hands_in_for(
    world: World, office: str, unit: str, tries: str | None, report: str, day: date, behalf: str | None
) -> None:
    fields = {} if behalf is None else {"on_behalf_of": world.unit(behalf)}
    world.hand_in(report, unit, day, office=office, tries=tries, **fields)


@step(
    rf'"(?P<actor>[^"]+)" of {OFFICE_EN} hands the {REPORT_EN} of {UNIT} in on {DAY}',
    rf'{OFFICE_HI} की ओर से "(?P<actor>[^"]+)" {DAY} को {UNIT} का {REPORT_HI} प्रस्तुत करते हैं',
)
def hands_in_through(world: World, actor: str, office: str, report: str, unit: str, day: date) -> None:
    world.hand_in(report, unit, day, office=office, actor=actor)


@step(
    rf"the convenor of {UNIT} {does('hand')} in on {DAY} a report on {day('first')} to {day('last')} alone",
    rf"{UNIT} के संयोजक {DAY} को केवल {day('first')} से {day('last')} तक का प्रतिवेदन {does_hi('दे')}",
)
def hands_in_a_part(world: World, unit: str, tries: str | None, day: date, first: date, last: date) -> None:
    world.hand_in("report", unit, day, tries=tries, period_from=first, period_to=last)


@step(
    r"the reports of all seats but (?P<seats>.+) are verified",
    r"(?P<seats>.+) को छोड़ सभी सीटों के प्रतिवेदन सत्यापित हैं",
)
def all_but(world: World, seats: str) -> None:
    others = [world.unit(each) for each in listed(seats)]
    for code in world.units_of("Lok Sabha", "Jharkhand"):
        if code not in others:
            world.verified("report", code)


@step(
    rf"the {REPORT_EN} of every (?P<level>.+) unit of {UNIT} comes to be verified",
    rf"{UNIT} की हर (?P<level>\S+) इकाई का {REPORT_HI} सत्यापित हो जाता है",
)
def all_of(world: World, report: str, level: str, unit: str) -> None:
    for code in world.units_of(level, unit):
        world.verified(report, code)


@step(
    rf"the report of {UNIT} is told to be written down after {DAY}",
    rf"{UNIT} के प्रतिवेदन के बारे में बताया जाता है कि वह {DAY} के बाद दर्ज हुआ",
    then,
)
def written_down_after(world: World, unit: str, day: date) -> None:
    assert world.ask(TaskQuestion(task=world.task("report", unit)), TaskAnswer).written_down_after == day


@step(
    rf"{NUMBER} of those on time (is|are) so by (its|their) date alone",
    rf"समय पर आए प्रतिवेदनों में {NUMBER} केवल अपनी तिथि से समय पर (है|हैं)",
    then,
)
def on_time_by_date(world: World, number: int) -> None:
    assert world.status().on_time_by_date == number


@step("one order asked for all of them", "ये सभी एक ही आदेश से माँगे गए", then)
def one_order(world: World) -> None:
    events = [entry.event for entry in world.history("written-report")]
    assert events.count("AssignedToLevel") == 1


@step(
    r"(?P<number>\d+) reports? (is|are) on time and (?P<late>\d+) (is|are) late",
    r"(?P<number>\d+) प्रतिवेदन समय पर और (?P<late>\d+) विलंबित हैं",
    then,
)
def on_time_and_late(world: World, number: int, late: int) -> None:
    row = world.status()
    assert (row.on_time, row.late) == (number, late)


@step(
    rf"{NUMBER} reports? of {UNIT} (is|are) on record",
    rf"{UNIT} (का|के) {NUMBER} प्रतिवेदन अभिलेख में (है|हैं)",
    then,
)
def on_record(world: World, number: int, unit: str) -> None:
    events = [entry.event for entry in world.history(world.task("report", unit))]
    assert events.count("ReportRecorded") == number
