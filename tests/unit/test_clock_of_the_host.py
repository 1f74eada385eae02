"""The clock that a program gives: one that no store can hold is refused by name, by commands and by questions."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import earlier_minutes

from directives import AcknowledgeTask, InvalidInput, Text, Tracker, read_organisation

NAME = Text(en="Name", hi="नाम")
HQ, OWN = {"office": "headquarters@JH"}, {"office": "convenor@JH-PC11"}
TASK = "written-report/JH-PC11"
RIGHT = datetime(2023, 10, 20, 6, tzinfo=UTC)
NO_MOMENTS = [datetime(2023, 10, 20, 6), date(2023, 10, 20), 1697781600.0, "2023-10-20T06:00:00Z", None]  # noqa: DTZ001
OUTSIDE = [
    datetime(3200, 1, 1, tzinfo=UTC),
    datetime(1850, 1, 1, tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
]


class Given:
    """A clock that tells what it is set to."""

    now = RIGHT

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Given()


@pytest.fixture
def tracker(clock, tmp_path):
    with Tracker(tmp_path / "directives.db", create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        yield tracker


def acts(tracker):
    command = tracker.command(AcknowledgeTask, task=TASK, occurred_at=RIGHT, **OWN)
    yield lambda: tracker.acknowledge(TASK, **OWN)
    yield lambda: tracker.execute(command)
    yield lambda: tracker.execute_all([command])
    yield lambda: tracker.execute_all([command], dry_run=True)
    yield lambda: tracker.preview(command)
    yield lambda: tracker.rename("JH-PC11", NAME)
    yield lambda: tracker.record_meeting(earlier_minutes())


def questions(tracker):
    yield lambda: tracker.status()
    yield lambda: tracker.status(as_of=date(2023, 10, 20))
    yield lambda: tracker.tasks()
    yield lambda: tracker.todo()
    yield lambda: tracker.waiting()
    yield lambda: tracker.task(TASK)
    yield lambda: tracker.task_record(TASK)
    yield lambda: tracker.board()
    yield lambda: tracker.daily()
    yield lambda: tracker.diff(date(2023, 10, 1), date(2023, 10, 2))
    yield lambda: tracker.to_act_on("waive", "clerk@JH")
    yield lambda: tracker.history(TASK)
    yield lambda: tracker.directives()
    yield lambda: tracker.units()
    yield lambda: tracker.doctor()


def refusal(deed):
    """What is said where it is refused; other errors are none that were meant."""
    try:
        deed()
    except InvalidInput as error:
        return str(error)
    return None


@pytest.mark.parametrize("moment", NO_MOMENTS + OUTSIDE, ids=str)
def test_it_is_refused_by_name_and_nothing_changes(tracker, clock, moment):
    before = len([*tracker.events()])
    clock.now = moment
    said = [each for each in map(refusal, [*acts(tracker), *questions(tracker)]) if each is not None]
    assert len(said) >= len([*acts(tracker)]) - 1 + 10, "the others ask for no moment"
    told = "clock: " + ("" if moment in NO_MOMENTS else moment.isoformat())
    assert {each.removeprefix("command 1: ").startswith(told) and "\n" not in each for each in said} == {True}
    clock.now = RIGHT
    assert len([*tracker.events()]) == before


@pytest.mark.parametrize("moment", NO_MOMENTS + OUTSIDE, ids=str)
def test_a_store_is_not_founded_by_it(tmp_path, moment):
    path = tmp_path / "new.db"
    with pytest.raises(InvalidInput, match="clock: "), Tracker(path, create=True, clock=lambda: moment) as tracker:
        tracker.found(read_organisation())
    assert not path.exists()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"])
@pytest.mark.parametrize("moment", [datetime(2999, 12, 28, 23, 59), datetime(1900, 1, 3, 0, 1)])  # noqa: DTZ001
def test_near_the_ends_of_the_years_commands_and_questions_work(tmp_path, zone, moment):
    clock = Given()
    clock.now = moment.replace(tzinfo=ZoneInfo(zone))
    day = min(clock.now.date() + timedelta(days=2), date(2999, 12, 31))
    with Tracker(tmp_path / "new.db", create=True, clock=clock) as tracker:
        tracker.found(read_organisation(), zone=zone)
        tracker.issue("e", "written_report", NAME, PERIOD, grace_days=3650, backdating_days=3650, **HQ)
        tracker.assign("e", "lok_sabha", "JH", day, **HQ)
        tracker.acknowledge("e/JH-PC11", **OWN)
        tracker.retire("JH-AC81", "No.")
        tracker.restore("JH-AC81", "Yes.")
        for question in (
            tracker.status,
            tracker.tasks,
            tracker.todo,
            tracker.waiting,
            tracker.board,
            tracker.daily,
            tracker.log,
        ):
            question()
        assert tracker.todo(within=36500)
        assert [event.position for event in tracker.events()]
        assert [each.check for each in tracker.doctor() if each.state == "wrong"] == []
        tracker.rebuild()


PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-02"}
