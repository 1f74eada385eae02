"""Social-media groups, each day's activity, and active workers."""

from datetime import timedelta

from pytest_bdd import then
from tests.acceptance.world import DAY, NUMBER, UNIT, day, does, does_hi, listed, platform, step

GROUPS = "social-media groups"
LEVEL_HI = r"(?P<level>\S+)"


@step(
    rf"the convenor of {UNIT} {does('make')} (a group|groups) on (?P<platforms>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<platforms>.+) पर समूह {does_hi('बना')}",
)
def makes_groups(world, unit, tries, platforms, day):
    for each in listed(platforms):
        world.work("group create", GROUPS, unit, day, tries=tries, platform=platform(each), name=unit)


@step(
    rf'the convenor of {UNIT} renames the group on (?P<name>\S+) to "(?P<words>.+)" on {DAY}',
    rf'{UNIT} के संयोजक {DAY} को (?P<name>\S+) के समूह का नाम बदलकर "(?P<words>.+)" रखते हैं',
)
def renames_a_group(world, unit, name, words, day):
    world.work("group rename", GROUPS, unit, day, group=world.group(unit, platform(name)), name=words)


@step(
    rf"the convenor of {UNIT} retires the group on (?P<name>\S+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>\S+) का समूह बंद करते हैं",
)
def retires_a_group(world, unit, name, day):
    world.work("group retire", GROUPS, unit, day, group=world.group(unit, platform(name)), reason="Not used.")


@step(rf"{NUMBER} groups? of {UNIT} (is|are) in use", rf"{UNIT} (का|के) {NUMBER} समूह चल (रहा है|रहे हैं)", then)
def groups_in_use(world, number, unit):
    assert world.status(GROUPS, unit=world.unit(unit)).work["groups"] == number


@step(
    rf"the convenor of {UNIT} counts {NUMBER} active workers on (?P<name>\S+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<name>\S+) पर {NUMBER} सक्रिय कार्यकर्ता गिनते हैं",
)
def counts_workers(world, unit, number, name, day):
    world.work("group count", GROUPS, unit, day, group=world.group(unit, platform(name)), active=number)


@step(
    rf"the (?P<level>.+) units of {UNIT} have {NUMBER} active workers together",
    rf"{UNIT} की {LEVEL_HI} इकाइयों में कुल {NUMBER} सक्रिय कार्यकर्ता हैं",
    then,
)
def active_workers(world, level, unit, number):
    row = world.status(GROUPS, world.level(level), world.unit(unit))
    assert row.work["active_workers"] == number


@step(
    rf"the convenor of {UNIT} posts the activity of each day from {day('first')} to {day('last')}",
    rf"{UNIT} के संयोजक {day('first')} से {day('last')} तक हर दिन की गतिविधि डालते हैं",
)
def posts_each_day(world, unit, first, last):
    for number in range((last - first).days + 1):
        posts(world, unit, None, first + timedelta(days=number))


@step(
    rf"the convenor of {UNIT} {does('post')} the activity of {DAY}",
    rf"{UNIT} के संयोजक {DAY} की गतिविधि {does_hi('डाल')}",
)
def posts(world, unit, tries, day):
    world.work("activity post", GROUPS, unit, day, tries=tries, text="गतिविधि")


@step(rf"the convenor of {UNIT} posts two activities on {DAY}", rf"{UNIT} के संयोजक {DAY} को दो गतिविधियाँ डालते हैं")
def posts_twice(world, unit, day):
    posts(world, unit, None, day)
    posts(world, unit, None, day)


@step(
    rf"{NUMBER} activit(y|ies) of {UNIT} (is|are) on record",
    rf"{UNIT} की {NUMBER} (गतिविधि|गतिविधियाँ) अभिलेख में (है|हैं)",
    then,
)
def activities_on_record(world, number, unit):
    names = [entry.name for entry in world.history(GROUPS, unit)]
    assert names.count("ActivityPosted") == number


def daily(world, unit, level=None):
    """The daily record of the units of a level below ``unit``, or of ``unit`` itself."""
    code = world.unit(unit)
    (record,) = world.tracker.daily(unit=code, level=world.level(level) if level else world.tracker.unit(code).level)
    return record


@step(
    rf"the (?P<level>.+) units of {UNIT} have covered {NUMBER} days? together",
    rf"{UNIT} की {LEVEL_HI} इकाइयों ने कुल मिलाकर {NUMBER} दिन गतिविधि डाली",
    then,
)
def covered(world, level, unit, number):
    assert daily(world, unit, level).covered == number


@step(rf"{UNIT} itself has covered {NUMBER} days?", rf"{UNIT} ने स्वयं {NUMBER} दिन गतिविधि डाली", then)
def covered_itself(world, unit, number):
    assert daily(world, unit).covered == number


@step(rf"the day that {UNIT} missed is {DAY}", rf"{UNIT} का छूटा हुआ दिन {DAY} है", then)
def missed(world, unit, day):
    assert daily(world, unit).gaps == (day,)


@step(rf"{UNIT} has missed no day", rf"{UNIT} का कोई दिन नहीं छूटा", then)
def missed_none(world, unit):
    assert daily(world, unit).gaps == ()


@step(
    rf"the streak of {UNIT} is {NUMBER} days and the longest was (?P<longest>\d+)",
    rf"{UNIT} ने अब तक लगातार {NUMBER} दिन और सबसे अधिक लगातार (?P<longest>\d+) दिन गतिविधि डाली",
    then,
)
def streak(world, unit, number, longest):
    assert (daily(world, unit).streak, daily(world, unit).longest) == (number, longest)


@step(
    rf"{UNIT} has covered (?P<share>[\d.]+) per cent of the {NUMBER} days so far",
    rf"{UNIT} ने अब तक के {NUMBER} दिनों में (?P<share>[\d.]+) प्रतिशत दिन गतिविधि डाली",
    then,
)
def share_covered(world, unit, share, number):
    assert (daily(world, unit).share, daily(world, unit).days) == (float(share), number)
