"""Looking back: what is asked afterwards is asked of an earlier day, until something is done or another day comes."""

from datetime import date, timedelta

from pytest_bdd import then

from directives.acceptance.questions import TasksAnswer, TasksQuestion, WaitingAnswer, WaitingQuestion
from directives.acceptance.steps.assignment import MEMBERSHIP
from directives.acceptance.steps.lists import REPORTS
from directives.acceptance.steps.taking_back import ENTRIES, WHAT_EN, WHAT_HI
from directives.acceptance.subject import SubjectFault
from directives.acceptance.words import DAY, NUMBER, TASK_EN, TASK_HI, UNIT, day, does, does_hi, step
from directives.acceptance.world import ZONE, World
from directives.domain.values import day_of

KNOWN = day("known")
FIRST, LAST = day("first"), day("last")
PARTS = r"(?P<done>\d+)", r"(?P<late>\d+)"


@step(
    rf"one looks back at {DAY}(, as far as was known on {KNOWN})?",
    rf"{DAY} के अंत की स्थिति देखी जाती है(, जैसी वह {KNOWN} तक ज्ञात थी)?",
)
def looks_back(world: World, day: date, known: date | None) -> None:
    world.looking_back = {"as_of": day} | ({} if known is None else {"known_at": known})


@step(rf"one looks back at what was known on {KNOWN}", rf"{KNOWN} तक जो ज्ञात था, वह देखा जाता है")
def looks_back_at_what_was_known(world: World, known: date) -> None:
    world.looking_back = {"known_at": known}


@step(
    rf"the convenor of {UNIT} {does('acknowledge')} the report on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को प्रतिवेदन की पावती {does_hi('दे')}",
)
def acknowledges(world: World, unit: str, tries: str | None, day: date) -> None:
    world.work("task acknowledge", "report", unit, day, tries=tries)


@step(rf"the report of {UNIT} waits since {DAY}", rf"{UNIT} का प्रतिवेदन {DAY} से उत्तर की प्रतीक्षा में है", then)
def waits_since(world: World, unit: str, day: date) -> None:
    waiting = world.ask(WaitingQuestion(directive=REPORTS), WaitingAnswer).tasks
    (since,) = [each.since for each in waiting if each.unit == world.unit(unit)]
    if since is None:
        raise SubjectFault(f"ask waiting: tasks.since: is missing from {waiting}")
    assert day_of(since, ZONE) == day


@step(
    rf"the history of {TASK_EN} ends with the {WHAT_EN}",
    rf"{TASK_HI} का इतिहास {WHAT_HI} की प्रविष्टि पर समाप्त होता है",
    then,
)
def history_ends(world: World, kind: str | None, report: str | None, unit: str, what: str) -> None:
    events = [each.event for each in world.history(world.task(kind or report or "", unit))]
    assert events[-1:] == [ENTRIES[what]], events


@step(
    rf"the history of {TASK_EN} marks nothing as taken back",
    rf"{TASK_HI} के इतिहास में किसी प्रविष्टि पर वापस लिए जाने का चिह्न नहीं है",
    then,
)
def nothing_is_marked(world: World, kind: str | None, report: str | None, unit: str) -> None:
    entries = world.history(world.task(kind or report or "", unit))
    assert {each.taken_back for each in entries} == {False}, entries


def overdue_at(world: World, unit: str | None = None, as_of: date | None = None) -> int:
    """How many membership reports are overdue, by the status and by the list of them, which agree."""
    rows = world.rows(MEMBERSHIP, unit=unit, as_of=as_of)
    asked = TasksQuestion(directive=MEMBERSHIP, unit=unit, overdue=True, as_of=as_of)
    listed = world.ask(asked, TasksAnswer).tasks
    assert [row for row in rows if row.overdue < 0] == []
    assert sum(row.overdue for row in rows) == len(listed)
    return len(listed)


@step(
    rf"{NUMBER} membership reports? (is|are) expected at {UNIT}: {PARTS[0]} on time and {PARTS[1]} overdue",
    rf"{UNIT} में {NUMBER} सदस्यता प्रतिवेदन अपेक्षित (है|हैं): {PARTS[0]} समय पर और {PARTS[1]} अतिदेय",
    then,
)
def expected_at(world: World, number: int, unit: str, done: int, late: int) -> None:
    code = world.unit(unit)
    rows = world.rows(MEMBERSHIP, unit=code)
    assert [sum(each) for each in zip(*((row.expected, row.on_time) for row in rows), strict=True)] == [number, done]
    assert overdue_at(world, code) == late


@step(
    rf"on no day from {FIRST} to {LAST} a membership report is overdue",
    rf"{FIRST} से {LAST} तक किसी भी दिन कोई सदस्यता प्रतिवेदन अतिदेय नहीं है",
    then,
)
def never_overdue(world: World, first: date, last: date) -> None:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert [each for each in days if overdue_at(world, as_of=each)] == []
