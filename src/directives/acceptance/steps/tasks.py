"""What tasks of all kinds share: submission, verification, return, extension, waiver, and how they stand."""

from datetime import date, timedelta

from pytest_bdd import then

from directives.acceptance.questions import Entry, TaskAnswer, TaskQuestion, TasksAnswer, TasksQuestion
from directives.acceptance.words import (
    DAY,
    DIRECTIVES,
    KIND,
    NUMBER,
    OFFICE_EN,
    OFFICE_HI,
    STAGES,
    TASK_EN,
    TASK_HI,
    UNIT,
    WHY,
    day,
    does,
    does_hi,
    step,
)
from directives.acceptance.world import World

DUE = day("due")


def task_of(world: World, kind: str | None, report: str | None, unit: str) -> str:
    """The id of the task that a step names."""
    return world.task(kind or report or "", unit)


@step(
    rf"the convenor of {UNIT} {does('submit')} the {KIND} task on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {KIND} का कार्य सत्यापन के लिए प्रस्तुत {does_hi('कर')}",
)
def submits(world: World, unit: str, tries: str | None, kind: str, day: date) -> None:
    world.work("task submit", kind, unit, day, tries=tries)


@step(
    rf"{OFFICE_EN} {does('verify', 'verifies')} {TASK_EN} on {DAY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} सत्यापित {does_hi('कर')}",
)
def verifies(
    world: World, office: str, tries: str | None, kind: str | None, report: str | None, unit: str, day: date
) -> None:
    world.work("task verify", kind or report or "", unit, day, office, tries)


@step(
    rf'"(?P<actor>[^"]+)" of {OFFICE_EN} {does("verify", "verifies")} {TASK_EN} on {DAY}',
    rf'{OFFICE_HI} की ओर से "(?P<actor>[^"]+)" {DAY} को {TASK_HI} सत्यापित {does_hi("कर")}',
)
def verifies_through(
    world: World, actor: str, office: str, tries: str | None, kind: str | None, report: str | None, unit: str, day: date
) -> None:
    world.work("task verify", kind or report or "", unit, day, office, tries, actor=actor)


@step(
    rf"the convenor of {UNIT} {does('acknowledge')} the report by a clock that runs {NUMBER} seconds ahead",
    rf"{UNIT} के संयोजक {NUMBER} सेकंड आगे चलती घड़ी से प्रतिवेदन की पावती {does_hi('दे')}",
)
def acknowledges_ahead(world: World, unit: str, tries: str | None, number: int) -> None:
    at = (world.now + timedelta(seconds=number)).isoformat()
    world.work("task acknowledge", "report", unit, None, tries=tries, occurred_at=at)


@step(
    rf"{OFFICE_EN} {does('return')} {TASK_EN} on {DAY}( with time until {DUE})? because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI}( {DUE} तक का समय देकर)? "
    rf"(लौटा|(?P<tries>लौटाने की कोशिश) कर)(ता है|ते हैं), कारण: {WHY}",
)
def returns(
    world: World,
    office: str,
    tries: str | None,
    kind: str | None,
    report: str | None,
    unit: str,
    day: date,
    due: date | None,
    reason: str,
) -> None:
    world.work("task return", kind or report or "", unit, day, office, tries, reason=reason, due=due)


@step(
    rf"{OFFICE_EN} waives {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} से छूट देता है, कारण: {WHY}",
)
def waives(world: World, office: str, kind: str | None, report: str | None, unit: str, day: date, reason: str) -> None:
    world.work("task waive", kind or report or "", unit, day, office, reason=reason)


@step(
    rf"{OFFICE_EN} reopens {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} पुनः खोलता है, कारण: {WHY}",
)
def reopens(world: World, office: str, kind: str | None, report: str | None, unit: str, day: date, reason: str) -> None:
    world.work("task reopen", kind or report or "", unit, day, office, reason=reason)


@step(
    rf"{OFFICE_EN} {does('extend')} {TASK_EN} to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} के लिए {DUE} तक समय-विस्तार {does_hi('दे')}, कारण: {WHY}",
)
def extends(
    world: World,
    office: str,
    tries: str | None,
    kind: str | None,
    report: str | None,
    unit: str,
    due: date,
    day: date,
    reason: str,
) -> None:
    world.work("task extend", kind or report or "", unit, day, office, tries, due=due, reason=reason)


@step(
    rf"{OFFICE_EN} reassigns {TASK_EN} to (?P<other>\w+) on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} (?P<other>\S+) को पुनः सौंपता है, कारण: {WHY}",
)
def reassigns(
    world: World, office: str, kind: str | None, report: str | None, unit: str, other: str, day: date, reason: str
) -> None:
    fields = {"task": task_of(world, kind, report, unit), "unit": world.unit(other), "reason": reason}
    world.act(None, "task reassign", world.office(office), day, **fields)


@step(r'that is refused because "(?P<words>.+)"', r'यह अस्वीकार होता है क्योंकि "(?P<words>.+)"', then)
def is_refused(world: World, words: str) -> None:
    world.refused_because(words)


def standing(world: World, task: str) -> TaskAnswer:
    return world.ask(TaskQuestion(task=task), TaskAnswer)


@step(
    rf"{TASK_EN} is (?P<stage>still owed|not acknowledged|[a-z]+)",
    rf"{TASK_HI}( की| से)? (?P<stage>{'|'.join(each for each in STAGES if not each.isascii())}) है",
    then,
)
def stands(world: World, kind: str | None, report: str | None, unit: str, stage: str) -> None:
    assert standing(world, task_of(world, kind, report, unit)).state == STAGES.get(stage, stage)


@step(rf"{TASK_EN} is due on {DAY}", rf"{TASK_HI} की नियत तिथि {DAY} है", then)
def is_due(world: World, kind: str | None, report: str | None, unit: str, day: date) -> None:
    assert standing(world, task_of(world, kind, report, unit)).due == day


def told(world: World, kind: str | None, report: str | None, unit: str) -> tuple[Entry, ...]:
    """The history of the task that a step names."""
    return world.history(task_of(world, kind, report, unit))


@step(rf'the history of {TASK_EN} says "(?P<words>.+)"', rf'{TASK_HI} के इतिहास में लिखा है "(?P<words>.+)"', then)
def history_says(world: World, kind: str | None, report: str | None, unit: str, words: str) -> None:
    assert [entry for entry in told(world, kind, report, unit) if words in entry.words]


@step(
    rf'the history of {TASK_EN} tells the sentence "(?P<words>.+)"',
    rf'{TASK_HI} के इतिहास का एक वाक्य है "(?P<words>.+)"',
    then,
)
def history_tells(world: World, kind: str | None, report: str | None, unit: str, words: str) -> None:
    world.tells(task_of(world, kind, report, unit), words)


@step(
    rf"the history of {TASK_EN} tells that {OFFICE_EN} submitted it for (?P<behalf>\S+)",
    rf"{TASK_HI} के इतिहास में है कि {OFFICE_HI} ने उसे (?P<behalf>\S+) की ओर से प्रस्तुत किया",
    then,
)
def submitted_for(world: World, kind: str | None, report: str | None, unit: str, office: str, behalf: str) -> None:
    acting = [(e.office, e.on_behalf_of) for e in told(world, kind, report, unit) if e.event == "Submitted"]
    assert acting == [(world.office(office), world.unit(behalf))]


@step(
    rf"the history of {TASK_EN} tells of the time until {DUE}",
    rf"{TASK_HI} के इतिहास में {DUE} तक का समय दिया गया है",
    then,
)
def time_given(world: World, kind: str | None, report: str | None, unit: str, due: date) -> None:
    assert due in [entry.due for entry in told(world, kind, report, unit)]


@step(
    rf"{NUMBER} ({KIND} tasks|reports) are expected at the (?P<level>.+) level, (none is|(?P<done>\d+) (is|are)) done",
    rf"(?P<level>\S+) स्तर पर ({KIND} के {NUMBER} कार्य|(?P<reports>\d+) प्रतिवेदन) अपेक्षित हैं, "
    r"(अभी एक भी पूर्ण नहीं|जिनमें (?P<done>\d+) पूर्ण (है|हैं))",
    then,
)
def expected_and_done(
    world: World, number: int, kind: str | None, level: str, done: int, reports: str | None = None
) -> None:
    row = world.status(kind or "report", world.level(level))
    assert (row.expected, row.done) == (int(reports or number), done)


@step(
    rf"({NUMBER} ({KIND} tasks|reports) are|no ((?P<other>{'|'.join(DIRECTIVES)}) task|report) is) overdue",
    rf"({KIND} के {NUMBER} कार्य|(?P<reports>\d+) प्रतिवेदन) अतिदेय हैं|"
    rf"((?P<other>{'|'.join(DIRECTIVES)}) का )?कोई (कार्य|प्रतिवेदन) अतिदेय नहीं है",
    then,
)
def overdue(world: World, number: int, kind: str | None, other: str | None, reports: str | None = None) -> None:
    directive = DIRECTIVES[kind or other or "report"]
    assert sum(row.overdue for row in world.rows(directive)) == int(reports or number)
    listed = world.ask(TasksQuestion(directive=directive, overdue=True), TasksAnswer).tasks
    assert len(listed) == int(reports or number)
