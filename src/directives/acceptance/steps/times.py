"""Days and moments: what day it is, when something happened and when it was recorded."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pytest_bdd import then

from directives.acceptance.words import DAY, day, step
from directives.acceptance.world import ZONE, World, noon
from directives.domain.values import day_of

RECORDED = day("recorded")


@step(rf"it is {DAY}", rf"आज {DAY} है")
def it_is(world: World, day: date) -> None:
    world.set_clock(noon(day))


@step(rf"it is {DAY} at (?P<clock>\d\d:\d\d) in India", rf"भारत में {DAY} के (?P<clock>\d\d:\d\d) बजे हैं")
def it_is_at(world: World, day: date, clock: str) -> None:
    world.set_clock(datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)))


@step(
    rf"the report of (?P<seat>\w+) was handed in on {DAY} and recorded on {RECORDED}",
    rf"(?P<seat>\S+) का प्रतिवेदन {DAY} को प्रस्तुत और {RECORDED} को दर्ज हुआ",
    then,
)
def both_times(world: World, seat: str, day: date, recorded: date) -> None:
    *_, entry = world.history(world.task("report", seat))
    assert [day_of(at, ZONE) for at in (entry.occurred_at, entry.recorded_at)] == [day, recorded]
