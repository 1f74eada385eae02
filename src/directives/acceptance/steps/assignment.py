"""What offices do about directives: issue, assign, extend, reopen and withdraw them; and whether they are completed."""

from collections.abc import Sequence
from datetime import date

from pytest_bdd import then

from directives.acceptance.questions import DirectiveAnswer, DirectiveQuestion, TasksAnswer, TasksQuestion
from directives.acceptance.words import (
    DAY,
    DIRECTIVES,
    KIND,
    NUMBER,
    OFFICE_EN,
    OFFICE_HI,
    WHY,
    day,
    does,
    does_hi,
    listed,
    step,
)
from directives.acceptance.world import World
from directives.domain.organisation.units import LEVELS

DUE = day("due")
SCOPE_EN, SCOPE_HI = r"(?P<scope>\w+)", r"(?P<scope>\S+)"
DIRECTIVE_EN = r"(?P<directive>report|membership report)"
DIRECTIVE_HI = r"(?P<directive>प्रतिवेदन|सदस्यता प्रतिवेदन)"
LEVEL_EN = rf"the (?P<level>.+) level of {SCOPE_EN} in the {DIRECTIVE_EN} directive"
LEVEL_HI = rf"{DIRECTIVE_HI} के निर्देश में {SCOPE_HI} (का|के) (?P<level>\S+) स्तर"
MEMBERSHIP = "membership-report"


@step(
    rf"{OFFICE_EN} {does('issue')} the membership report directive on {DAY}",
    rf"{OFFICE_HI} {DAY} को सदस्यता प्रतिवेदन का निर्देश जारी {does_hi('कर')}",
)
def issues(world: World, office: str, tries: str | None, day: date) -> None:
    fields = {
        "directive": MEMBERSHIP,
        "kind": "written_report",
        "title": {"en": "Membership report", "hi": "सदस्यता प्रतिवेदन"},
        "parameters": {"period_from": "2023-10-01", "period_to": "2023-10-31"},
    }
    world.act(tries, "directive issue", world.office(office), day, **fields)


def assign(world: World, office: str, day: date, tries: str | None, **fields: str | date) -> None:
    world.act(tries, "directive assign", world.office(office), day, directive=MEMBERSHIP, **fields)


@step(
    rf"{OFFICE_EN} {does('ask')} every (?P<level>.+) unit of {SCOPE_EN} on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को {SCOPE_HI} की हर (?P<level>\S+) इकाई से {DUE} तक सदस्यता प्रतिवेदन {does_hi('माँग')}",
)
def assigns(world: World, office: str, tries: str | None, level: str, scope: str, day: date, due: date) -> None:
    assign(world, office, day, tries, level=world.level(level), scope=world.unit(scope), due=due)


@step(
    rf"{OFFICE_EN} asks every level of {SCOPE_EN} on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को {SCOPE_HI} के हर स्तर से {DUE} तक सदस्यता प्रतिवेदन माँगता है",
)
def assigns_all(world: World, office: str, scope: str, day: date, due: date) -> None:
    for level in LEVELS:
        assign(world, office, day, None, level=level.code, scope=world.unit(scope), due=due)


@step(
    rf"{OFFICE_EN} {does('ask')} (?P<units>.+) by name on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को नाम लेकर (?P<units>.+) से {DUE} तक सदस्यता प्रतिवेदन {does_hi('माँग')}",
)
def assigns_by_name(world: World, office: str, tries: str | None, units: str, day: date, due: date) -> None:
    fields = {"directive": MEMBERSHIP, "units": [world.unit(name) for name in listed(units)], "due": due}
    world.act(tries, "directive assign-units", world.office(office), day, **fields)


@step("so many membership reports are owed at these levels:", "इन स्तरों पर इतने सदस्यता प्रतिवेदन देय हैं:", then)
def owed_at_levels(world: World, datatable: Sequence[Sequence[str]]) -> None:
    owed = {row.level: row.expected for row in world.rows(MEMBERSHIP)}
    assert owed == {world.level(level): int(number) for level, number in datatable}


@step(rf"{NUMBER} units owe the membership report in all", rf"कुल {NUMBER} इकाइयों पर सदस्यता प्रतिवेदन देय है", then)
def owed_in_all(world: World, number: int) -> None:
    assert sum(row.expected for row in world.rows(MEMBERSHIP)) == number
    assert len(world.ask(TasksQuestion(directive=MEMBERSHIP), TasksAnswer).tasks) == number


@step(
    rf"{OFFICE_EN} extends all reports to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को सभी प्रतिवेदनों के लिए {DUE} तक समय-विस्तार देता है, कारण: {WHY}",
)
def extends_all(world: World, office: str, due: date, day: date, reason: str) -> None:
    fields = {"directive": "written-report", "due": due, "reason": reason}
    world.act(None, "directive extend", world.office(office), day, **fields)


@step(
    rf"{OFFICE_EN} lets the seats date their reports at most {NUMBER} days back from {DAY} on",
    rf"{OFFICE_HI} {DAY} से सीटों को अपने प्रतिवेदन पर अधिक से अधिक {NUMBER} दिन पीछे की तिथि डालने देता है",
)
def limits_backdating(world: World, office: str, number: int, day: date) -> None:
    fields = {"directive": "written-report", "reason": "Written down in time.", "backdating_days": number}
    world.act(None, "directive amend", world.office(office), day, **fields)


@step(
    rf"{OFFICE_EN} withdraws the ({KIND}|{DIRECTIVE_EN}) directive on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को ({KIND}|{DIRECTIVE_HI}) का निर्देश वापस लेता है, कारण: {WHY}",
)
def withdraws(world: World, office: str, kind: str | None, directive: str | None, day: date, reason: str) -> None:
    of = DIRECTIVES[kind or directive or ""]
    world.act(None, "directive withdraw", world.office(office), day, directive=of, reason=reason)


def level_of(world: World, directive: str, level: str, scope: str) -> dict[str, str]:
    """The fields of a command that name a level of a directive."""
    return {"directive": DIRECTIVES[directive], "level": world.level(level), "scope": world.unit(scope)}


@step(
    rf"{OFFICE_EN} withdraws {LEVEL_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {LEVEL_HI} वापस लेता है, कारण: {WHY}",
)
def withdraws_level(world: World, office: str, level: str, scope: str, directive: str, day: date, reason: str) -> None:
    where = level_of(world, directive, level, scope)
    world.act(None, "directive withdraw", world.office(office), day, **where, reason=reason)


@step(
    rf"{OFFICE_EN} reopens {LEVEL_EN} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {LEVEL_HI} पुनः खोलता है, कारण: {WHY}",
)
def reopens_level(world: World, office: str, level: str, scope: str, directive: str, day: date, reason: str) -> None:
    where = level_of(world, directive, level, scope)
    world.act(None, "directive reopen", world.office(office), day, **where, reason=reason)


def standing_of(world: World, directive: str) -> DirectiveAnswer:
    return world.ask(DirectiveQuestion(directive=DIRECTIVES[directive]), DirectiveAnswer)


@step(
    rf"the {DIRECTIVE_EN} directive is (?P<standing>open|completed)",
    rf"{DIRECTIVE_HI} का निर्देश (?P<standing>लंबित|पूर्ण) है",
    then,
)
def directive_is(world: World, directive: str, standing: str) -> None:
    assert standing_of(world, directive).completed == (standing in ("completed", "पूर्ण"))


@step(
    rf"the (?P<level>.+) level of the {DIRECTIVE_EN} directive is (?P<standing>open|completed)",
    rf"{DIRECTIVE_HI} के निर्देश में (?P<level>\S+) स्तर (?P<standing>लंबित|पूर्ण) है",
    then,
)
def level_is(world: World, directive: str, level: str, standing: str) -> None:
    levels = [each for each in standing_of(world, directive).levels if each.level == world.level(level)]
    assert [each.completed for each in levels] == [standing in ("completed", "पूर्ण")]
