"""Lists page by page, and how things stood on an earlier day."""

from pytest_bdd import then
from tests.acceptance.world import DAY, NUMBER, UNIT, day, listed, step

KNOWN = day("known")
STATE = "(?P<state>submitted|overdue)"
STATE_HI = "(?P<state>प्रस्तुत|अतिदेय)"
STATES = {"submitted": "waiting", "प्रस्तुत": "waiting", "अतिदेय": "overdue"}


def number_of(world, state, **days):
    rows = world.tracker.status(directive="written-report", **days)
    return sum(getattr(row, STATES.get(state, state)) for row in rows)


@step(rf"at the end of {DAY} {NUMBER} reports were {STATE}", rf"{DAY} के अंत में {NUMBER} प्रतिवेदन {STATE_HI} थे", then)
def stood(world, day, number, state):
    assert number_of(world, state, as_of=day) == number


@step(
    rf"of {DAY} it was known on {KNOWN} that {NUMBER} reports were {STATE}",
    rf"{DAY} के बारे में {KNOWN} को ज्ञात था कि {NUMBER} प्रतिवेदन {STATE_HI} थे",
    then,
)
def known(world, day, known, number, state):
    assert number_of(world, state, as_of=day, known_at=known) == number


@step(
    rf"{NUMBER} reports? waits? for an answer, that of {UNIT} for the longest",
    rf"{NUMBER} प्रतिवेदन उत्तर की प्रतीक्षा में (है|हैं), {UNIT} का सबसे लंबे समय से",
    then,
)
def wait(world, number, unit):
    waiting = world.tracker.waiting(directive="written-report")
    assert world.status().waiting == len(waiting) == number
    assert waiting[0].unit == world.unit(unit)


@step(
    rf"(the overdue reports at {UNIT} are those of (?P<units>.+)|no overdue report is listed at (?P<other>.+))",
    rf"({UNIT} की सूची में (?P<units>.+) के प्रतिवेदन अतिदेय हैं|(?P<other>.+) की सूची में कोई अतिदेय प्रतिवेदन नहीं है)",
    then,
)
def listed_at(world, unit, units, other):
    found = world.tracker.tasks(directive="written-report", unit=world.unit(unit or other), overdue=True)
    assert [view.unit for view in found] == [world.unit(name) for name in (listed(units) if units else [])]


@step(
    r"the overdue reports come on pages of (?P<sizes>[\d, and]+)",
    r"अतिदेय प्रतिवेदन (?P<sizes>[\d, और]+) के पृष्ठों में आते हैं",
    then,
)
def pages(world, sizes):
    asked, world.pages = {"directive": "written-report", "overdue": True, "limit": 5}, []
    page = world.tracker.tasks(**asked)
    while page:
        world.pages.append(page)
        page = world.tracker.tasks(after=page[-1].task, **asked)
    wanted = sizes.replace("and", ",").replace("और", ",").split(",")
    assert [len(page) for page in world.pages] == [int(size) for size in wanted]


@step(
    rf"each of the {NUMBER} Lok Sabha seats is on one of them",
    rf"{NUMBER} लोकसभा सीटों में से हर एक उनमें से किसी एक पर है",
    then,
)
def each_once(world, number):
    units = [view.unit for page in world.pages for view in page]
    seats = {unit.code for unit in world.tracker.units() if unit.level == "lok_sabha"}
    assert len(units) == number
    assert {*units} == seats


@step(
    rf"what happened in {UNIT} and below it begins with its registration and ends with that report",
    rf"{UNIT} और उसके नीचे का इतिहास उसके पंजीकरण से आरंभ और उसी प्रतिवेदन पर समाप्त होता है",
    then,
)
def happened_below(world, unit):
    first, *_, last = world.tracker.history_below(world.unit(unit), world.lang)
    assert (first.name, first.stream) == ("Registered", f"unit/{world.unit(unit)}")
    assert (last.name, last.stream) == ("Submitted", f"task/written-report/{world.unit(unit)}")


@step(r'the page after "(?P<task>.+)" is asked for', r'"(?P<task>.+)" के बाद का पृष्ठ माँगा जाता है')
def page_after(world, task):
    world.refused(world.tracker.tasks, after=task)
