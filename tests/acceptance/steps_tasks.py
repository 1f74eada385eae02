"""What tasks of all kinds share: submission, verification, return, extension, waiver, and how they stand."""

from datetime import timedelta

from pytest_bdd import then
from tests.acceptance.world import (
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
    require_reason,
    step,
)

DUE = day("due")


@step(
    rf"the convenor of {UNIT} {does('submit')} the {KIND} task on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {KIND} का कार्य सत्यापन के लिए प्रस्तुत {does_hi('कर')}",
)
def submits(world, unit, tries, kind, day):
    world.work("task submit", kind, unit, day, tries=tries)


@step(
    rf"{OFFICE_EN} {does('verify', 'verifies')} {TASK_EN} on {DAY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} सत्यापित {does_hi('कर')}",
)
def verifies(world, office, tries, kind, report, unit, day):
    world.work("task verify", kind or report, unit, day, office, tries)


@step(
    rf'"(?P<actor>[^"]+)" of {OFFICE_EN} {does("verify", "verifies")} {TASK_EN} on {DAY}',
    rf'{OFFICE_HI} की ओर से "(?P<actor>[^"]+)" {DAY} को {TASK_HI} सत्यापित {does_hi("कर")}',
)
def verifies_through(world, actor, office, tries, kind, report, unit, day):
    world.work("task verify", kind or report, unit, day, office, tries, actor=actor)


@step(
    rf"the convenor of {UNIT} {does('acknowledge')} the report by a clock that runs {NUMBER} seconds ahead",
    rf"{UNIT} के संयोजक {NUMBER} सेकंड आगे चलती घड़ी से प्रतिवेदन की पावती {does_hi('दे')}",
)
def acknowledges_ahead(world, unit, tries, number):
    given = {"office": world.office(f"the convenor of {unit}"), "occurred_at": world.now + timedelta(seconds=number)}
    world.act(tries, world.tracker.acknowledge, world.task("report", unit), **given)


@step(
    rf"{OFFICE_EN} returns {TASK_EN} on {DAY}( with time until {DUE})? because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI}( {DUE} तक का समय देकर)? लौटाता है, कारण: {WHY}",
)
def returns(world, office, kind, report, unit, day, due, reason):
    world.work("task return", kind or report, unit, day, office, reason=reason, due=due)


@step(
    rf"{OFFICE_EN} waives {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} से छूट देता है, कारण: {WHY}",
)
def waives(world, office, kind, report, unit, day, reason):
    world.work("task waive", kind or report, unit, day, office, reason=reason)


@step(
    rf"{OFFICE_EN} reopens {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} पुनः खोलता है, कारण: {WHY}",
)
def reopens(world, office, kind, report, unit, day, reason):
    world.work("task reopen", kind or report, unit, day, office, reason=reason)


@step(
    rf"{OFFICE_EN} {does('extend')} {TASK_EN} to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} के लिए {DUE} तक समय-विस्तार {does_hi('दे')}, कारण: {WHY}",
)
def extends(world, office, tries, kind, report, unit, due, day, reason):
    world.work("task extend", kind or report, unit, day, office, tries, due=due, reason=reason)


@step(
    rf"{OFFICE_EN} reassigns {TASK_EN} to (?P<other>\w+) on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} (?P<other>\S+) को पुनः सौंपता है, कारण: {WHY}",
)
def reassigns(world, office, kind, report, unit, other, day, reason):
    given = {"unit": world.unit(other), "reason": reason}
    world.tracker.reassign(world.task(kind or report, unit), **given, **world.given(office, day))


@step(r'that is refused because "(?P<words>.+)"', r'यह अस्वीकार होता है क्योंकि "(?P<words>.+)"', then)
def is_refused(world, words):
    assert words in world.refusal, f"{words}: {world.refusal}"
    require_reason(world.refused_by, words)


@step(
    rf"{TASK_EN} is (?P<stage>still owed|not acknowledged|[a-z]+)",
    rf"{TASK_HI}( की| से)? (?P<stage>{'|'.join(each for each in STAGES if not each.isascii())}) है",
    then,
)
def stands(world, kind, report, unit, stage):
    assert world.tracker.task(world.task(kind or report, unit)).state == STAGES.get(stage, stage)


@step(rf"{TASK_EN} is due on {DAY}", rf"{TASK_HI} की नियत तिथि {DAY} है", then)
def is_due(world, kind, report, unit, day):
    assert world.tracker.task(world.task(kind or report, unit)).due == day


@step(rf'the history of {TASK_EN} says "(?P<words>.+)"', rf'{TASK_HI} के इतिहास में लिखा है "(?P<words>.+)"', then)
def history_says(world, kind, report, unit, words):
    assert world.told(world.task(kind or report, unit), words)


@step(
    rf"{NUMBER} ({KIND} tasks|reports) are expected at the (?P<level>.+) level, (none is|(?P<done>\d+) (is|are)) done",
    rf"(?P<level>\S+) स्तर पर ({KIND} के {NUMBER} कार्य|(?P<reports>\d+) प्रतिवेदन) अपेक्षित हैं, "
    r"(अभी एक भी पूर्ण नहीं|जिनमें (?P<done>\d+) पूर्ण (है|हैं))",
    then,
)
def expected_and_done(world, number, kind, level, done, reports=None):
    row = world.status(kind or "report", world.level(level))
    assert (row.expected, row.done) == (int(reports or number), done)


@step(
    rf"({NUMBER} ({KIND} tasks|reports) are|no ((?P<other>{'|'.join(DIRECTIVES)}) task|report) is) overdue",
    rf"({KIND} के {NUMBER} कार्य|(?P<reports>\d+) प्रतिवेदन) अतिदेय हैं|"
    rf"((?P<other>{'|'.join(DIRECTIVES)}) का )?कोई (कार्य|प्रतिवेदन) अतिदेय नहीं है",
    then,
)
def overdue(world, number, kind, other, reports=None):
    directive = DIRECTIVES[kind or other or "report"]
    rows = world.tracker.status(directive=directive)
    assert sum(row.overdue for row in rows) == int(reports or number)
    assert len(world.tracker.tasks(directive=directive, overdue=True)) == int(reports or number)
