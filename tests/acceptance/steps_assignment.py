"""What offices do about directives: issue, assign, extend, reopen and withdraw them; and whether they are completed."""

from pytest_bdd import then
from tests.acceptance.world import (
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

from directives import Text

DUE = day("due")
SCOPE_EN, SCOPE_HI = r"(?P<scope>\w+)", r"(?P<scope>\S+)"
DIRECTIVE_EN = r"(?P<directive>report|membership report)"
DIRECTIVE_HI = r"(?P<directive>प्रतिवेदन|सदस्यता प्रतिवेदन)"
MEMBERSHIP = "membership-report"


@step(
    rf"{OFFICE_EN} issues the membership report directive on {DAY}",
    rf"{OFFICE_HI} {DAY} को सदस्यता प्रतिवेदन का निर्देश जारी करता है",
)
def issues(world, office, day):
    title = Text(en="Membership report", hi="सदस्यता प्रतिवेदन")
    period = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
    world.tracker.issue(MEMBERSHIP, "written_report", title, period, **world.given(office, day))


@step(
    rf"{OFFICE_EN} {does('ask')} every (?P<level>.+) unit of {SCOPE_EN} on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को {SCOPE_HI} की हर (?P<level>\S+) इकाई से {DUE} तक सदस्यता प्रतिवेदन {does_hi('माँग')}",
)
def assigns(world, office, tries, level, scope, day, due):
    given = world.given(office, day)
    world.act(tries, world.tracker.assign, MEMBERSHIP, world.level(level), world.unit(scope), due, **given)


@step(
    rf"{OFFICE_EN} asks every level of {SCOPE_EN} on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को {SCOPE_HI} के हर स्तर से {DUE} तक सदस्यता प्रतिवेदन माँगता है",
)
def assigns_all(world, office, scope, day, due):
    for level in world.tracker.levels:
        world.tracker.assign(MEMBERSHIP, level.code, world.unit(scope), due, **world.given(office, day))


@step(
    rf"{OFFICE_EN} {does('ask')} (?P<units>.+) by name on {DAY} for a membership report by {DUE}",
    rf"{OFFICE_HI} {DAY} को नाम लेकर (?P<units>.+) से {DUE} तक सदस्यता प्रतिवेदन {does_hi('माँग')}",
)
def assigns_by_name(world, office, tries, units, day, due):
    codes = [world.unit(name) for name in listed(units)]
    world.act(tries, world.tracker.assign_to_units, MEMBERSHIP, codes, due, **world.given(office, day))


@step(
    "so many membership reports are owed at these levels:",
    "इन स्तरों पर इतने सदस्यता प्रतिवेदन देय हैं:",
    then,
)
def owed_at_levels(world, datatable):
    owed = {row.level: row.expected for row in world.tracker.status(directive=MEMBERSHIP)}
    assert owed == {world.level(level): int(number) for level, number in datatable}


@step(
    rf"{NUMBER} units owe the membership report in all",
    rf"कुल {NUMBER} इकाइयों पर सदस्यता प्रतिवेदन देय है",
    then,
)
def owed_in_all(world, number):
    assert sum(row.expected for row in world.tracker.status(directive=MEMBERSHIP)) == number
    assert len(world.tracker.tasks(directive=MEMBERSHIP)) == number


@step(
    rf"{OFFICE_EN} extends all reports to {DUE} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को सभी प्रतिवेदनों के लिए {DUE} तक समय-विस्तार देता है, कारण: {WHY}",
)
def extends_all(world, office, due, day, reason):
    events = world.tracker.extend("written-report", due, reason, **world.given(office, day))
    assert len(events) == 1


@step(
    rf"{OFFICE_EN} lets the seats date their reports at most {NUMBER} days back from {DAY} on",
    rf"{OFFICE_HI} {DAY} से सीटों को अपने प्रतिवेदन पर अधिक से अधिक {NUMBER} दिन पीछे की तिथि डालने देता है",
)
def limits_backdating(world, office, number, day):
    world.tracker.amend("written-report", "Written down in time.", backdating_days=number, **world.given(office, day))


@step(
    rf"{OFFICE_EN} withdraws the {KIND} directive on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {KIND} का निर्देश वापस लेता है, कारण: {WHY}",
)
def withdraws(world, office, kind, day, reason):
    world.tracker.withdraw(DIRECTIVES[kind], reason, **world.given(office, day))


@step(
    rf"{OFFICE_EN} reopens the (?P<level>.+) level of {SCOPE_EN} in the {DIRECTIVE_EN} directive "
    rf"on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {DIRECTIVE_HI} के निर्देश में {SCOPE_HI} का (?P<level>\S+) स्तर पुनः खोलता है, कारण: {WHY}",
)
def reopens_level(world, office, level, scope, directive, day, reason):
    where = world.level(level), world.unit(scope)
    world.tracker.reopen(DIRECTIVES[directive], *where, reason, **world.given(office, day))


@step(
    rf"the {DIRECTIVE_EN} directive is (?P<standing>open|completed)",
    rf"{DIRECTIVE_HI} का निर्देश (?P<standing>लंबित|पूर्ण) है",
    then,
)
def directive_is(world, directive, standing):
    assert world.tracker.directive(DIRECTIVES[directive]).completed == (standing in ("completed", "पूर्ण"))


@step(
    rf"the (?P<level>.+) level of the {DIRECTIVE_EN} directive is (?P<standing>open|completed)",
    rf"{DIRECTIVE_HI} के निर्देश में (?P<level>\S+) स्तर (?P<standing>लंबित|पूर्ण) है",
    then,
)
def level_is(world, directive, level, standing):
    assignments = world.tracker.directive(DIRECTIVES[directive]).assignments
    (completed,) = [each.expected is not None for each in assignments if each.level == world.level(level)]
    assert completed == (standing in ("completed", "पूर्ण"))
