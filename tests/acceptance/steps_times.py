"""Days and moments: what day it is, when something happened and when it was recorded."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from pytest_bdd import then
from tests.acceptance.world import DAY, day, step

from directives import day_of

RECORDED = day("recorded")


@step(rf"it is {DAY}", rf"आज {DAY} है")
def it_is(world, day):
    world.now = world.noon(day)


@step(rf"it is {DAY} at (?P<clock>\d\d:\d\d) in India", rf"भारत में {DAY} के (?P<clock>\d\d:\d\d) बजे हैं")
def it_is_at(world, day, clock):
    world.now = datetime.combine(day, time.fromisoformat(clock), ZoneInfo("Asia/Kolkata"))


@step(
    rf"the report of (?P<seat>\w+) was handed in on {DAY} and recorded on {RECORDED}",
    rf"(?P<seat>\S+) का प्रतिवेदन {DAY} को प्रस्तुत और {RECORDED} को दर्ज हुआ",
    then,
)
def both_times(world, seat, day, recorded):
    *_, event = world.history("report", seat)
    assert [day_of(at, world.tracker.zone) for at in (event.occurred_at, event.recorded_at)] == [day, recorded]
