"""Lists page by page, what waits, and how things stood on an earlier day."""

from datetime import date

from pytest_bdd import then

from directives.acceptance.questions import TasksAnswer, TasksQuestion, WaitingAnswer, WaitingQuestion
from directives.acceptance.words import DAY, NUMBER, UNIT, day, listed, step
from directives.acceptance.world import World

KNOWN = day("known")
STATE = "(?P<state>submitted|overdue)"
STATE_HI = "(?P<state>प्रस्तुत|अतिदेय)"
STATES = {"submitted": "waiting", "प्रस्तुत": "waiting", "अतिदेय": "overdue"}
REPORTS = "written-report"
PAGE = 5


def number_of(world: World, state: str, **days: date) -> int:
    return sum(getattr(row, STATES.get(state, state)) for row in world.rows(REPORTS, **days))


@step(rf"at the end of {DAY} {NUMBER} reports were {STATE}", rf"{DAY} के अंत में {NUMBER} प्रतिवेदन {STATE_HI} थे", then)
def stood(world: World, day: date, number: int, state: str) -> None:
    assert number_of(world, state, as_of=day) == number


@step(
    rf"of {DAY} it was known on {KNOWN} that {NUMBER} reports were {STATE}",
    rf"{DAY} के बारे में {KNOWN} को ज्ञात था कि {NUMBER} प्रतिवेदन {STATE_HI} थे",
    then,
)
def known(world: World, day: date, known: date, number: int, state: str) -> None:
    assert number_of(world, state, as_of=day, known_at=known) == number


@step(
    rf"{NUMBER} reports? waits? for an answer, that of {UNIT} for the longest",
    rf"{NUMBER} प्रतिवेदन उत्तर की प्रतीक्षा में (है|हैं), {UNIT} का सबसे लंबे समय से",
    then,
)
def wait(world: World, number: int, unit: str) -> None:
    waiting = world.ask(WaitingQuestion(directive=REPORTS), WaitingAnswer).tasks
    assert world.status().waiting == len(waiting) == number
    assert waiting[0].unit == world.unit(unit)


@step(
    rf"(the overdue reports at {UNIT} are those of (?P<units>.+)|no overdue report is listed at (?P<other>.+))",
    rf"({UNIT} की सूची में (?P<units>.+) के प्रतिवेदन अतिदेय हैं|(?P<other>.+) की सूची में कोई अतिदेय प्रतिवेदन नहीं है)",
    then,
)
def listed_at(world: World, unit: str | None, units: str | None, other: str | None) -> None:
    asked = TasksQuestion(directive=REPORTS, unit=world.unit(unit or other or ""), overdue=True)
    found = world.ask(asked, TasksAnswer).tasks
    assert [each.unit for each in found] == [world.unit(name) for name in (listed(units) if units else [])]


@step(
    r"the overdue reports come on pages of (?P<sizes>[\d, and]+)",
    r"अतिदेय प्रतिवेदन (?P<sizes>[\d, और]+) के पृष्ठों में आते हैं",
    then,
)
def pages(world: World, sizes: str) -> None:
    asked, world.pages = TasksQuestion(directive=REPORTS, overdue=True, limit=PAGE), []
    page = world.ask(asked, TasksAnswer).tasks
    while page and len(world.pages) < len(world.units):
        world.pages.append([each.unit for each in page])
        page = world.ask(asked.model_copy(update={"after": page[-1].task}), TasksAnswer).tasks
    wanted = sizes.replace("and", ",").replace("और", ",").split(",")
    assert [len(page) for page in world.pages] == [int(size) for size in wanted]


@step(
    rf"each of the {NUMBER} Lok Sabha seats is on one of them",
    rf"{NUMBER} लोकसभा सीटों में से हर एक उनमें से किसी एक पर है",
    then,
)
def each_once(world: World, number: int) -> None:
    units = [unit for page in world.pages for unit in page]
    assert len(units) == number
    assert units == [unit.code for unit in world.units if unit.level == "lok_sabha"]
