"""What was wrong is taken back: decisions, submissions, records of work, days, withdrawals and retirements."""

from collections.abc import Sequence
from datetime import date

from pytest_bdd import then

from directives.acceptance.questions import Entry
from directives.acceptance.steps.assignment import DIRECTIVE_EN, DIRECTIVE_HI, LEVEL_EN, LEVEL_HI, level_of
from directives.acceptance.subject import SubjectFault
from directives.acceptance.words import (
    DAY,
    DIRECTIVES,
    KIND,
    NUMBER,
    OFFICE_EN,
    OFFICE_HI,
    TASK_EN,
    TASK_HI,
    UNIT,
    WHY,
    day,
    does,
    does_hi,
    listed,
    step,
)
from directives.acceptance.world import ZONE, World, number_of, row_of
from directives.domain.values import day_of

ENTRIES = {
    "verification": "Verified",
    "सत्यापन": "Verified",
    "submission": "Submitted",
    "प्रस्तुति": "Submitted",
    "report": "ReportRecorded",
    "प्रतिवेदन": "ReportRecorded",
    "step": "StrengtheningStepRecorded",
    "संगठन के काम": "StrengtheningStepRecorded",
    "activity": "ActivityPosted",
    "गतिविधि": "ActivityPosted",
    "group": "GroupCreated",
    "समूहों": "GroupCreated",
    "withdrawal": "Withdrawn",
    "निर्देश वापस लेने": "Withdrawn",
}
"""What a history tells, by the words of the features and the names of the events."""
WHAT_EN = f"(?P<what>{'|'.join(each for each in ENTRIES if each.isascii())})"
WHAT_HI = f"(?P<what>{'|'.join(each for each in ENTRIES if not each.isascii())})"
OF_DAY = day("first")
DUE = day("due")
ORDER_EN, ORDER_HI = rf"({KIND}|{DIRECTIVE_EN})", rf"({KIND}|{DIRECTIVE_HI})"


@step(
    rf'("(?P<actor>[^"]+)" of )?{OFFICE_EN} {does("take")} back the last decision about {TASK_EN} on {DAY} '
    rf"because {WHY}",
    rf'{OFFICE_HI}( की ओर से "(?P<actor>[^"]+)")? {DAY} को {TASK_HI} पर अंतिम निर्णय {does_hi("वापस ले")}, कारण: {WHY}',
)
def takes_back(
    world: World,
    actor: str | None,
    office: str,
    tries: str | None,
    kind: str | None,
    report: str | None,
    unit: str,
    day: date,
    reason: str,
) -> None:
    fields = {"actor": actor, "reason": reason}
    world.work("task take-back", kind or report or "", unit, day, office, tries, **fields)


@step(
    rf"{OFFICE_EN} {does('recall')} the submission of {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} की प्रस्तुति {does_hi('वापस मँगा')}, कारण: {WHY}",
)
def recalls(
    world: World,
    office: str,
    tries: str | None,
    kind: str | None,
    report: str | None,
    unit: str,
    day: date,
    reason: str,
) -> None:
    world.work("task recall", kind or report or "", unit, day, office, tries, reason=reason)


def told(world: World, task: str, what: str, day: date | None = None) -> list[Entry]:
    """What a history tells of that; of a day, or of all.

    Raises:
        SubjectFault: an entry has no number, or does not say whether it was taken back.
    """
    found = [each for each in world.history(task) if each.event == ENTRIES[what]]
    if lacking := [name for each in found for name in ("number", "taken_back") if getattr(each, name) is None]:
        raise SubjectFault(f"ask history: entries.{lacking[0]}: is missing from {ENTRIES[what]}")
    return [each for each in found if day in (None, day_of(each.occurred_at, ZONE))]


@step(
    rf"{OFFICE_EN} {does('strike')} out (?P<each>the|each) {WHAT_EN} of {OF_DAY} in {TASK_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} में {WHAT_HI} की {OF_DAY} की (प्रविष्टि|(?P<each>सभी प्रविष्टियाँ)) "
    rf"{does_hi('काट')}, कारण: {WHY}",
)
def strikes(
    world: World,
    office: str,
    tries: str | None,
    each: str | None,
    what: str,
    first: date,
    kind: str | None,
    report: str | None,
    unit: str,
    day: date,
    reason: str,
) -> None:
    directive = kind or report or ""
    numbers = [entry.number for entry in told(world, world.task(directive, unit), what, first)]
    assert len(numbers) == 1 or each not in (None, "the"), numbers
    for number in numbers:
        world.work("task strike", directive, unit, day, office, tries, event=number, reason=reason)


@step(
    rf"{OFFICE_EN} {does('reschedule')} {TASK_EN} to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {TASK_HI} की नियत तिथि बदलकर {DUE} {does_hi('कर')}, कारण: {WHY}",
)
def reschedules(
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
    world.work("task reschedule", kind or report or "", unit, day, office, tries, due=due, reason=reason)


@step(
    rf"the convenors of (?P<units>.+) hand their reports in on {DAY}",
    rf"(?P<units>.+) के संयोजक {DAY} को अपने-अपने प्रतिवेदन प्रस्तुत करते हैं",
)
def hand_in(world: World, units: str, day: date) -> None:
    for unit in listed(units):
        world.hand_in("report", unit, day)


def of_each(world: World, command: str, office: str, units: str, day: date, **fields: str) -> None:
    """What an office does about the reports of these units."""
    for unit in listed(units):
        world.work(command, "report", unit, day, office, **fields)


@step(
    rf"{OFFICE_EN} verifies the reports of (?P<units>.+) on {DAY}",
    rf"{OFFICE_HI} {DAY} को (?P<units>.+) के सभी प्रतिवेदन सत्यापित करता है",
)
def verifies_all(world: World, office: str, units: str, day: date) -> None:
    of_each(world, "task verify", office, units, day)


@step(
    rf"{OFFICE_EN} reopens the reports of (?P<units>.+) on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को (?P<units>.+) के सभी प्रतिवेदन पुनः खोलता है, कारण: {WHY}",
)
def reopens_all(world: World, office: str, units: str, day: date, reason: str) -> None:
    of_each(world, "task reopen", office, units, day, reason=reason)


@step(
    rf"{OFFICE_EN} takes back the last two decisions about the reports of (?P<units>.+) on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को (?P<units>.+) के सभी प्रतिवेदनों पर अंतिम दो-दो निर्णय वापस लेता है, कारण: {WHY}",
)
def takes_back_two(world: World, office: str, units: str, day: date, reason: str) -> None:
    for _ in range(2):
        of_each(world, "task take-back", office, units, day, reason=reason)


@step(
    rf"{NUMBER} steps? (counts|count) for {UNIT}",
    rf"{UNIT} के लिए संगठन (का|के) {NUMBER} काम (गिना जाता है|गिने जाते हैं)",
    then,
)
def steps_count(world: World, number: int, unit: str) -> None:
    row = world.status("alliance support", unit=world.unit(unit))
    assert number_of(row, "steps") == number


def marked(entries: Sequence[Entry]) -> set[date]:
    """The days of those that were taken back, where no other of that day was not."""
    days = {day_of(each.occurred_at, ZONE) for each in entries if each.taken_back}
    return days - {day_of(each.occurred_at, ZONE) for each in entries if not each.taken_back}


@step(
    rf"the history of {TASK_EN} marks the {WHAT_EN} of {DAY} alone as taken back",
    rf"{TASK_HI} के इतिहास में {WHAT_HI} की केवल {DAY} की प्रविष्टि पर वापस लिए जाने का चिह्न है",
    then,
)
def is_marked(world: World, kind: str | None, report: str | None, unit: str, what: str, day: date) -> None:
    entries = told(world, world.task(kind or report or "", unit), what)
    assert marked(entries) == {day}, entries


@step(
    rf"{OFFICE_EN} {does('reinstate')} the {ORDER_EN} directive on {DAY}( with time until {DUE})? because {WHY}",
    rf"{OFFICE_HI} {DAY} को {ORDER_HI} का निर्देश( {DUE} तक का समय देकर)? बहाल {does_hi('कर')}, कारण: {WHY}",
)
def reinstates(
    world: World,
    office: str,
    tries: str | None,
    kind: str | None,
    directive: str | None,
    day: date,
    due: date | None,
    reason: str,
) -> None:
    fields = {"directive": DIRECTIVES[kind or directive or ""], "due": due, "reason": reason}
    world.act(tries, "directive reinstate", world.office(office), day, **fields)


@step(
    rf"{OFFICE_EN} {does('reinstate')} {LEVEL_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {LEVEL_HI} बहाल {does_hi('कर')}, कारण: {WHY}",
)
def reinstates_level(
    world: World, office: str, tries: str | None, level: str, scope: str, directive: str, day: date, reason: str
) -> None:
    where = level_of(world, directive, level, scope)
    world.act(tries, "directive reinstate", world.office(office), day, **where, reason=reason)


@step(
    rf"{OFFICE_EN} {does('reschedule')} {LEVEL_EN} to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {LEVEL_HI} की नियत तिथि बदलकर {DUE} {does_hi('कर')}, कारण: {WHY}",
)
def reschedules_level(
    world: World,
    office: str,
    tries: str | None,
    level: str,
    scope: str,
    directive: str,
    due: date,
    day: date,
    reason: str,
) -> None:
    where = level_of(world, directive, level, scope)
    world.act(tries, "directive reschedule", world.office(office), day, **where, due=due, reason=reason)


@step(
    rf"{OFFICE_EN} {does('restore')} (?P<unit>\w+)( under (?P<parent>\w+))?( on {DAY})? because {WHY}",
    rf"{OFFICE_HI}( {DAY} को)? (?P<unit>\S+) को( (?P<parent>\S+) के अधीन)? पुनः चालू {does_hi('कर')}, कारण: {WHY}",
)
def restores(
    world: World, office: str, tries: str | None, unit: str, parent: str | None, day: date | None, reason: str
) -> None:
    fields = {"code": world.unit(unit), "parent": parent and world.unit(parent), "reason": reason}
    world.act(tries, "org restore", world.office(office), day, **fields)


@step(
    rf"{OFFICE_EN} imports a list that has (?P<unit>\w+) again because {WHY}",
    rf"{OFFICE_HI} वह सूची आयात करता है जिसमें (?P<unit>\S+) फिर है, कारण: {WHY}",
)
def listed_again(world: World, office: str, unit: str, reason: str) -> None:
    rows = [row_of(each) for each in world.units if each.code == world.unit(unit)]
    world.act(None, "org import", world.office(office), units=rows, reason=reason)
