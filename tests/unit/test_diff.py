"""What changed between two days."""

from datetime import date

import pytest
from tests.conftest import refused
from tests.store.definition import Then
from tests.store.late_lives import ZONE, LateLife

from directives import RegisterUnits, Text, Unit
from directives.domain.errors import InvalidInput, UnknownUnit

TOP = {"office": "headquarters@JH"}
FIRST, LAST = date(2023, 10, 20), date(2023, 10, 24)


@pytest.fixture
def changed(meeting):
    """On the 20th one seat acknowledged; by the 24th it submitted, one acknowledged the day before, and one retired."""
    meeting.acknowledge("JH-PC11")
    meeting.clock.forward(days=3)
    meeting.submit("JH-PC11")
    meeting.acknowledge("JH-PC01", occurred_at=meeting.clock.now.replace(day=20))
    meeting.tracker.extend_task("written-report/JH-PC02", date(2023, 11, 20), "Snow.", **TOP)
    meeting.tracker.reassign("written-report/JH-PC03", "JH-PC04", "Merged.", **TOP)
    meeting.clock.forward(days=9)
    return meeting


def tasks(found):
    return {each.task.partition("/")[2]: each for each in found.tasks}


def test_it_has_the_tasks_that_changed_and_how_they_stood(changed):
    found = changed.tracker.diff(FIRST, LAST)
    assert (found.unit, found.from_day, found.to_day) == ("JH", FIRST, LAST)
    by_unit = tasks(found)
    assert set(by_unit) == {"JH-PC01", "JH-PC02", "JH-PC03", "JH-PC11"}
    assert {each.change for each in found.tasks} == {"changed"}
    assert (by_unit["JH-PC11"].before.state, by_unit["JH-PC11"].after.state) == ("acknowledged", "submitted")
    assert (by_unit["JH-PC02"].before.due.day, by_unit["JH-PC02"].after.due.day) == (15, 20)
    assert (by_unit["JH-PC03"].before.assignee, by_unit["JH-PC03"].after.assignee) == (None, "JH-PC04")
    (row,) = found.counts
    assert (row.before.acknowledged, row.after.acknowledged) == (1, 1)
    assert (row.before.waiting, row.after.waiting) == (0, 1)


def test_it_has_what_was_written_down_in_between_and_is_dated_before(changed):
    (later,) = changed.tracker.diff(FIRST, LAST).written_later
    assert (later.name, later.subject) == ("Acknowledged", "written-report/JH-PC01")
    assert "acknowledged" in later.sentence
    assert changed.tracker.diff(FIRST, LAST, unit="JH-PC02").written_later == ()
    assert changed.tracker.diff(FIRST, LAST, level="vidhan_sabha").written_later == ()
    assert len(changed.tracker.diff(FIRST, LAST, unit="JH-PC01", level="lok_sabha").written_later) == 1


def test_what_joined_and_what_left(meeting):
    seat = Unit(code="JH-PC99", parent="JH", level="lok_sabha", name=Text(en="New"))
    meeting.clock.forward(days=2)
    command = meeting.tracker.command(RegisterUnits, units=[seat], reason="New.", **TOP)
    meeting.tracker.execute(command)
    meeting.tracker.retire("JH-AC01", "Merged.", **TOP)
    for seat in ("JH-AC02", "JH-AC03", "JH-AC04", "JH-AC05", "JH-AC06"):
        meeting.tracker.retire(seat, "Merged.", **TOP)
    meeting.tracker.retire("JH-PC01", "Merged.", **TOP)
    meeting.clock.forward(days=1)
    found = tasks(meeting.tracker.diff(FIRST, date(2023, 10, 23)))
    assert {unit: each.change for unit, each in found.items()} == {"JH-PC99": "joined", "JH-PC01": "left"}
    assert (found["JH-PC99"].before, found["JH-PC99"].after.state) == (None, "assigned")
    assert (found["JH-PC01"].before.state, found["JH-PC01"].after) == ("assigned", None)


def test_that_a_day_passes_is_told_by_the_counts_alone(meeting):
    meeting.clock.forward(days=40)
    found = meeting.tracker.diff(date(2023, 11, 15), date(2023, 11, 16))
    (row,) = found.counts
    assert (row.before.overdue, row.after.overdue) == (0, 14)
    assert (found.tasks, found.written_later) == ((), ())


def test_a_day_that_has_not_ended_is_now(changed):
    found = changed.tracker.diff(FIRST, date(2030, 1, 1))
    assert found.to_day == date(2023, 11, 1)
    assert tasks(found).keys() == tasks(changed.tracker.diff(FIRST, LAST)).keys()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2023, 11, 1), date(2023, 11, 2)), "from: 2023-11-01 has not ended"),
        ((LAST, FIRST), "to: 2023-10-20 is not after 2023-10-24"),
        ((FIRST, FIRST), "to: 2023-10-20 is not after 2023-10-20"),
        ((FIRST, None), "to_day: is missing"),
        ((None, LAST), "from_day: is missing"),
        (("2023-10-20", LAST), "from_day: '2023-10-20' is not a day"),
    ],
)
def test_days_that_make_no_sense_are_refused(changed, days, said):
    assert said in str(refused(changed, InvalidInput, changed.tracker.diff, *days))
    refused(changed, UnknownUnit, changed.tracker.diff, FIRST, LAST, unit="NOWHERE")


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_the_plain_fold_says_of_both_evenings(seed):
    life = LateLife(seed, steps=50)
    with life.tracker as tracker:
        events = [*tracker.events()]
        days = [day for day, _ in life.evenings]
        first, last = days[len(days) // 3], days[2 * len(days) // 3]
        for unit in (None, "A", "B0"):
            before, after = (Then(events, ZONE, day, day, life.today) for day in (first, last))
            stood, stands = before.tasks(unit), after.tasks(unit)
            found = tracker.diff(first, last, unit=unit)
            by_task = {(each.directive, each.unit): each for each in found.tasks}
            assert {task for task, each in by_task.items() if each.change == "joined"} == stands.keys() - stood.keys()
            assert {task for task, each in by_task.items() if each.change == "left"} == stood.keys() - stands.keys()
            both = {task for task in stood.keys() & stands.keys() if stood[task][:2] != stands[task][:2]}
            assert both <= by_task.keys()
            for task, each in by_task.items():
                assert each.before is None or (each.before.state, each.before.due, each.before.overdue) == stood[task]
                assert each.after is None or (each.after.state, each.after.due, each.after.overdue) == stands[task]
            known = [event for event in events if first < _day(event.recorded_at) <= last]
            if unit is None:
                later = [event.position for event in known if _day(event.occurred_at) <= first]
                assert [entry.position for entry in found.written_later] == later


def _day(moment):
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(ZONE)).date()
