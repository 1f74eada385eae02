"""What waits for an answer is nobody's delay but headquarters': it is not overdue, and is listed, oldest first."""

from datetime import date, timedelta

import pytest
from tests.conftest import Clock
from tests.stores import fresh
from tests.unit.test_lists import DOCUMENT, PERIOD

from directives import InvalidInput, SubmitReport, Text, Tracker, UnknownTask, generated_state
from directives.projections import waiting_tasks
from directives.queries import waiting as lists

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@GA"}


@pytest.fixture(scope="module")
def goa():
    """Two directives on the booths of a small state; every second submits, a minute after the one before."""
    clock = Clock()
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found([*generated_state("GA", scale=0.05)])
        for name in "ab":
            tracker.issue(name, "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, **HQ)
            tracker.assign(name, "booth", "GA", date(2023, 10, 25), **HQ)
        tracker.assign("a", "vidhan_sabha", "GA", date(2023, 10, 25), **HQ)
        clock.forward(hours=2)
        for view in [*tracker.tasks(directive="b"), *tracker.tasks(directive="a")][::2]:
            clock.forward(minutes=1)
            own = {"office": f"convenor@{view.unit}", "occurred_at": clock() - timedelta(hours=1)}
            tracker.make(SubmitReport, task=view.task, document=DOCUMENT, **own)
        clock.forward(days=10)
        yield tracker


def test_they_are_listed_in_the_order_in_which_they_were_written_down(goa):
    found = goa.waiting()
    assert len(found) == sum(row.waiting for row in goa.status()) > 20
    assert [each.since for each in found] == sorted(each.since for each in found)
    assert all(each.since - each.submitted_at == timedelta(hours=1) for each in found)
    assert found[0].directive == "b"
    first = goa.unit(found[0].unit)
    assert found[0].may_answer == tuple(reversed(first.path[:-1]))


@pytest.mark.parametrize("place", [{}, {"unit": "GA-PC02"}, {"level": "vidhan_sabha"}, {"directive": "b"}])
def test_unit_by_unit_or_along_all_they_are_the_same_page_by_page(goa, monkeypatch, place):
    everything = goa.waiting(**place)
    assert everything
    monkeypatch.setattr(waiting_tasks, "READ", 3)
    for few in (0, 20_000):
        monkeypatch.setattr(lists, "FEW", few)
        assert goa.waiting(**place) == everything
        for size in (1, 7):
            found = goa.waiting(**place, limit=size)
            while more := goa.waiting(**place, limit=size, after=found[-1].task):
                assert len(more) <= size
                found += more
            assert found == everything


def test_none_of_them_is_overdue(goa):
    waiting = {each.task for each in goa.waiting()}
    overdue = {each.task for each in goa.tasks(overdue=True)}
    assert waiting | overdue == {each.task for each in goa.tasks()}
    assert not waiting & overdue
    assert sum(row.overdue for row in goa.status()) == len(overdue)


def test_what_was_never_submitted_is_no_place_to_go_on_from(goa):
    with pytest.raises(UnknownTask, match="was never submitted"):
        goa.waiting(after=goa.tasks(overdue=True)[0].task)


def test_a_unit_that_retires_waits_no_more(clock):
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found([*generated_state("GA", scale=0.02)])
        tracker.issue("a", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, **HQ)
        tracker.assign("a", "booth", "GA", date(2023, 10, 25), **HQ)
        booth = tracker.tasks()[0].unit
        tracker.make(SubmitReport, task=f"a/{booth}", document=DOCUMENT, office=f"convenor@{booth}")
        assert [each.unit for each in tracker.waiting()] == [booth]
        tracker.retire(booth, "Merged.")
        assert tracker.waiting() == []


def test_along_all_a_retired_unit_waits_no_more_either(clock, monkeypatch):
    monkeypatch.setattr(lists, "FEW", 0)
    test_a_unit_that_retires_waits_no_more(clock)


def test_a_page_goes_on_where_it_ended_though_its_last_task_was_answered_and_submitted_again(meeting):
    seats = ["JH-PC01", "JH-PC02", "JH-PC03"]
    for seat in seats:
        meeting.clock.forward(minutes=1)
        meeting.submit(seat, f"The report of {seat}.")
    (first,) = meeting.tracker.waiting(limit=1)
    meeting.clock.forward(days=1)
    meeting.give_back(first.unit)
    meeting.submit(first.unit, "A corrected report.")
    rest = meeting.tracker.waiting(after=first.place)
    assert [each.unit for each in rest] == [*seats[1:], seats[0]]
    assert [each.unit for each in meeting.tracker.waiting(after=first.task)] == [], "by the place that it has now"
    with pytest.raises(InvalidInput, match="after: 'soon' is not a moment"):
        meeting.tracker.waiting(after=f"{first.task}@soon")


@pytest.mark.parametrize("limit", [10**20, True, 0])
def test_no_length_of_a_page_is_told_in_one_line(meeting, limit):
    for ask in (meeting.tracker.waiting, meeting.tracker.tasks):
        with pytest.raises(InvalidInput, match="must be 1 or more"):
            ask(limit=limit)
    with pytest.raises(InvalidInput, match="is not a position"):
        meeting.tracker.history_below("JH", after=10**20)
