"""Two times of every event: recorded in log order whatever the clock does, and happened in the past, never later."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import Clock
from tests.stores import fresh

from directives import Text, Tracker, Unit
from directives.domain import errors

NAME = Text(en="Name", hi="नाम")
UNITS = [Unit(code="X", level="state", name=NAME), Unit(code="A", parent="X", level="booth", name=NAME)]
HQ = {"office": "headquarters@X"}
DUE = date(2023, 11, 15)
KOLKATA, NEW_YORK = ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")


def test_recorded_at_never_goes_back_when_the_clock_does(meeting):
    clock = meeting.clock
    first = clock()
    meeting.acknowledge("JH-PC01")
    clock.forward(hours=-5)
    (event,) = meeting.acknowledge("JH-PC02")
    assert (event.occurred_at, event.recorded_at) == (first - timedelta(hours=5), first)
    clock.forward(hours=7)
    (event,) = meeting.acknowledge("JH-PC03")
    assert event.occurred_at == event.recorded_at == first + timedelta(hours=2)
    moments = [event.recorded_at for event in meeting.tracker.events()]
    assert moments == sorted(moments)


def test_a_clock_set_back_between_two_openings_of_a_store(tmp_path):
    url, clock = f"sqlite:///{tmp_path}/s.db", Clock()
    with Tracker(url, create=True, clock=clock) as tracker:
        tracker.found(UNITS)
    clock.forward(days=-100)
    with Tracker(url, clock=clock) as tracker:
        tracker.register([Unit(code="B", parent="X", level="booth", name=NAME)])
        *_, before, event = tracker.events()
    assert before.recorded_at == event.recorded_at == clock() + timedelta(days=100)


def test_what_happened_may_lie_in_the_past_and_never_in_the_future(meeting):
    clock = meeting.clock
    (event,) = meeting.acknowledge("JH-PC01", occurred_at=clock() - timedelta(hours=30))
    assert (event.occurred_at, event.recorded_at) == (clock() - timedelta(hours=30), clock())
    assert meeting.acknowledge("JH-PC02", occurred_at=clock())
    for later in (timedelta(minutes=5, microseconds=1), timedelta(days=400)):
        with pytest.raises(errors.InvalidInput, match="is in the future: name a moment that has passed"):
            meeting.acknowledge("JH-PC03", occurred_at=clock() + later)
    with pytest.raises(errors.InvalidInput, match=r"occurred_at: .* is not allowed: write a moment"):
        meeting.acknowledge("JH-PC03", occurred_at=clock().replace(tzinfo=None))
    with pytest.raises(errors.InvalidInput, match="is in the future"):
        meeting.acknowledge("JH-PC03", occurred_at=(clock() + timedelta(hours=1)).astimezone(NEW_YORK))


@pytest.mark.parametrize("zone", [KOLKATA, NEW_YORK], ids=str)
def test_a_due_day_ends_at_its_midnight_in_the_zone_of_the_store(zone):
    """The last microsecond of the due day is on time, also while it waits; at the next one the other is overdue."""
    midnight = datetime(2023, 11, 16, tzinfo=zone).astimezone(UTC)
    clock = Clock(datetime(2023, 11, 1, tzinfo=UTC))
    none = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found([*UNITS, UNITS[1].model_copy(update={"code": "B"})], zone=str(zone))
        tracker.issue("d", "alliance_support", NAME, none, **HQ)
        tracker.assign("d", "booth", "X", DUE, **HQ)
        clock.now = midnight - timedelta(microseconds=1)
        tracker.submit("d/A", office="convenor@A")
        assert [task.overdue for task in tracker.tasks()] == [False, False]
        clock.now = midnight
        assert [task.overdue for task in tracker.tasks()] == [False, True]
        assert (tracker.status()[0].overdue, tracker.status()[0].waiting) == (1, 1)
        tracker.submit("d/B", office="convenor@B")
        verified = [tracker.verify(f"d/{unit}", office="clerk@X")[0] for unit in "AB"]
    assert [event.data.on_time for event in verified] == [True, False]


def test_an_activity_just_before_midnight_counts_for_that_day(tracker, clock):
    asked = {"platforms": ["x"], "window_from": "2023-11-01", "window_to": "2023-11-03"}
    tracker.issue("g", "social_groups", NAME, asked, office="headquarters@JH")
    tracker.assign("g", "lok_sabha", "JH", DUE, office="headquarters@JH")
    own = {"task": "g/JH-PC01", "office": "convenor@JH-PC01"}
    midnight = datetime(2023, 11, 2, tzinfo=KOLKATA)
    clock.now = midnight.astimezone(UTC) - timedelta(seconds=1)
    tracker.work("group create", platform="x", name="Group", **own)
    tracker.work("activity post", text="Rally", **own)
    clock.now = midnight.astimezone(UTC)
    tracker.work("activity post", text="Rally", **own)
    (record,) = tracker.daily(directive="g", unit="JH-PC01")
    assert record.by_day == {date(2023, 11, 1): 1, date(2023, 11, 2): 1}


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "Asia/Nowhere", "../etc/passwd", ""])
def test_a_zone_that_is_none_or_differs_by_machine_is_refused(empty, zone):
    with pytest.raises(errors.InvalidInput, match=r"zone: .* name an IANA time zone"):
        empty.found(UNITS, zone=zone)
    assert list(empty.events()) == []
