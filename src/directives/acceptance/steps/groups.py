"""Social-media groups, each day's activity, and active workers."""

from datetime import date, timedelta

from pytest_bdd import then

from directives.acceptance.questions import DailyAnswer, DailyQuestion
from directives.acceptance.words import DAY, NUMBER, TASK_EN, TASK_HI, UNIT, day, does, does_hi, listed, platform, step
from directives.acceptance.world import World, made, number_of

GROUPS = "social-media groups"
LEVEL_HI = r"(?P<level>\S+)"


def group_of(world: World, unit: str, name: str) -> str:
    """The id of the unit's last group on a platform."""
    return world.groups[world.unit(unit), platform(name)]


@step(
    rf"the convenor of {UNIT} {does('make')} (a group|groups) on (?P<platforms>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<platforms>.+) पर समूह {does_hi('बना')}",
)
def makes_groups(world: World, unit: str, tries: str | None, platforms: str, day: date) -> None:
    for each in map(platform, listed(platforms)):
        world.work("group create", GROUPS, unit, day, tries=tries, platform=each, name=unit)
        if not tries:
            world.groups[world.unit(unit), each] = made(world.outcome, "group")


@step(
    rf'the convenor of {UNIT} renames the group on (?P<name>\S+) to "(?P<words>.+)" on {DAY}',
    rf'{UNIT} के संयोजक {DAY} को (?P<name>\S+) के समूह का नाम बदलकर "(?P<words>.+)" रखते हैं',
)
def renames_a_group(world: World, unit: str, name: str, words: str, day: date) -> None:
    world.work("group rename", GROUPS, unit, day, group=group_of(world, unit, name), name=words)


@step(
    rf"the convenor of {UNIT} retires the group on (?P<name>\S+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>\S+) का समूह बंद करते हैं",
)
def retires_a_group(world: World, unit: str, name: str, day: date) -> None:
    world.work("group retire", GROUPS, unit, day, group=group_of(world, unit, name), reason="Not used.")


@step(rf"{NUMBER} groups? of {UNIT} (is|are) in use", rf"{UNIT} (का|के) {NUMBER} समूह चल (रहा है|रहे हैं)", then)
def groups_in_use(world: World, number: int, unit: str) -> None:
    assert number_of(world.status(GROUPS, unit=world.unit(unit)), "groups") == number


@step(
    rf"the history of ({TASK_EN}|the task (?P<task>\S+)) tells of the group on (?P<name>\S+)",
    rf"({TASK_HI}|कार्य (?P<task>\S+)) के इतिहास में (?P<name>\S+) का समूह है",
    then,
)
def group_in_history(
    world: World, kind: str | None, report: str | None, unit: str | None, task: str | None, name: str
) -> None:
    of = task or world.task(kind or report or "", unit or "")
    (group,) = [key for key in world.groups if key[1] == platform(name)]
    assert of.endswith(f"/{group[0]}")
    assert [entry.event for entry in world.history(of)].count("GroupCreated") == 1


@step(
    rf"the convenor of {UNIT} counts {NUMBER} active workers on (?P<name>\S+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>\S+) पर {NUMBER} सक्रिय कार्यकर्ता गिनते हैं",
)
def counts_workers(world: World, unit: str, number: int, name: str, day: date) -> None:
    world.work("group count", GROUPS, unit, day, group=group_of(world, unit, name), active=number)


@step(
    rf"the (?P<level>.+) units of {UNIT} have {NUMBER} active workers together",
    rf"{UNIT} की {LEVEL_HI} इकाइयों में कुल {NUMBER} सक्रिय कार्यकर्ता हैं",
    then,
)
def active_workers(world: World, level: str, unit: str, number: int) -> None:
    row = world.status(GROUPS, world.level(level), world.unit(unit))
    assert number_of(row, "active_workers") == number


@step(
    rf"the convenor of {UNIT} posts the activity of each day from {day('first')} to {day('last')}",
    rf"{UNIT} के संयोजक {day('first')} से {day('last')} तक हर दिन की गतिविधि डालते हैं",
)
def posts_each_day(world: World, unit: str, first: date, last: date) -> None:
    for number in range((last - first).days + 1):
        posts(world, unit, None, first + timedelta(days=number))


@step(
    rf"the convenor of {UNIT} {does('post')} the activity of {DAY}",
    rf"{UNIT} के संयोजक {DAY} की गतिविधि {does_hi('डाल')}",
)
def posts(world: World, unit: str, tries: str | None, day: date) -> None:
    world.work("activity post", GROUPS, unit, day, tries=tries, text="गतिविधि")


@step(rf"the convenor of {UNIT} posts two activities on {DAY}", rf"{UNIT} के संयोजक {DAY} को दो गतिविधियाँ डालते हैं")
def posts_twice(world: World, unit: str, day: date) -> None:
    posts(world, unit, None, day)
    posts(world, unit, None, day)


@step(
    rf"{NUMBER} activit(y|ies) of {UNIT} (is|are) on record",
    rf"{UNIT} की {NUMBER} (गतिविधि|गतिविधियाँ) अभिलेख में (है|हैं)",
    then,
)
def activities_on_record(world: World, number: int, unit: str) -> None:
    events = [entry.event for entry in world.history(world.task(GROUPS, unit))]
    assert events.count("ActivityPosted") == number


def daily(world: World, unit: str, level: str | None = None) -> DailyAnswer:
    """The daily record of the units of a level below ``unit``, or of ``unit`` itself."""
    code = world.unit(unit)
    own = next(each.level for each in world.units if each.code == code)
    return world.ask(DailyQuestion(unit=code, level=world.level(level) if level else own), DailyAnswer)


@step(
    rf"the (?P<level>.+) units of {UNIT} have covered {NUMBER} days? together",
    rf"{UNIT} की {LEVEL_HI} इकाइयों ने कुल मिलाकर {NUMBER} दिन गतिविधि डाली",
    then,
)
def covered(world: World, level: str, unit: str, number: int) -> None:
    assert daily(world, unit, level).covered == number


@step(rf"{UNIT} itself has covered {NUMBER} days?", rf"{UNIT} ने स्वयं {NUMBER} दिन गतिविधि डाली", then)
def covered_itself(world: World, unit: str, number: int) -> None:
    assert daily(world, unit).covered == number


@step(rf"the day that {UNIT} missed is {DAY}", rf"{UNIT} का छूटा हुआ दिन {DAY} है", then)
def missed(world: World, unit: str, day: date) -> None:
    assert daily(world, unit).gaps == (day,)


@step(rf"{UNIT} has missed no day", rf"{UNIT} का कोई दिन नहीं छूटा", then)
def missed_none(world: World, unit: str) -> None:
    assert daily(world, unit).gaps == ()


@step(
    rf"the streak of {UNIT} is {NUMBER} days and the longest was (?P<longest>\d+)",
    rf"{UNIT} ने अब तक लगातार {NUMBER} दिन और सबसे अधिक लगातार (?P<longest>\d+) दिन गतिविधि डाली",
    then,
)
def streak(world: World, unit: str, number: int, longest: int) -> None:
    record = daily(world, unit)
    assert (record.streak, record.longest) == (number, longest)


@step(
    rf"{UNIT} has covered (?P<share>[\d.]+) per cent of the {NUMBER} days so far",
    rf"{UNIT} ने अब तक के {NUMBER} दिनों में (?P<share>[\d.]+) प्रतिशत दिन गतिविधि डाली",
    then,
)
def share_covered(world: World, unit: str, share: str, number: int) -> None:
    record = daily(world, unit)
    assert (record.share, record.days) == (float(share), number)
