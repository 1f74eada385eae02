"""A reassigned task is listed where it is done, marked, and once; the totals stay where it is owed."""

from datetime import UTC, datetime

import pytest
from tests.conftest import names

KHUNTI, DUMKA = "written-report/JH-PC11", "written-report/JH-PC02"
CLERK = {"office": "clerk@JH"}


@pytest.fixture
def reassigned(meeting):
    """Nobody is in office in Khunti; Dumka does its report. The due day has passed."""
    meeting.tracker.reassign(KHUNTI, "JH-PC02", "Nobody is in office.", **CLERK)
    meeting.clock.now = datetime(2023, 11, 20, 6, tzinfo=UTC)
    return meeting


def listed(meeting, unit=None, **asked):
    return [view.task for view in meeting.tracker.tasks(unit=unit, **asked)]


@pytest.mark.parametrize("asked", [{}, {"overdue": True}, {"state": "assigned"}, {"level": "lok_sabha"}])
def test_it_is_listed_at_the_unit_that_does_it(reassigned, asked):
    assert listed(reassigned, "JH-PC02", **asked) == [DUMKA, KHUNTI]
    assert listed(reassigned, "JH-PC11", **asked) == []
    assert listed(reassigned, "JH-PC02", **asked, limit=1) == [DUMKA]
    assert listed(reassigned, "JH-PC02", **asked, limit=1, after=DUMKA) == [KHUNTI]
    assert listed(reassigned, "JH-PC02", **asked, after=KHUNTI) == []


def test_it_is_listed_once_above_both(reassigned):
    for unit in ("JH", None):
        assert listed(reassigned, unit).count(KHUNTI) == 1
        assert len(listed(reassigned, unit)) == 14


def test_it_is_marked(reassigned):
    marked = {view.task: view.assignee for view in reassigned.tracker.tasks(unit="JH-PC02")}
    assert marked == {DUMKA: None, KHUNTI: "JH-PC02"}
    assert reassigned.tracker.tasks(unit="JH-PC02")[1].assignee_name.en == "Dumka"


def test_the_totals_stay_where_it_is_owed(reassigned):
    rows = {unit: reassigned.tracker.status(unit=unit)[0] for unit in ("JH-PC02", "JH-PC11")}
    assert {unit: (row.expected, row.overdue) for unit, row in rows.items()} == {"JH-PC02": (1, 1), "JH-PC11": (1, 1)}
    assert reassigned.tracker.task(KHUNTI).unit == "JH-PC11"


def test_other_filters_leave_it_out(reassigned):
    assert listed(reassigned, "JH-PC02", state="verified") == []
    assert listed(reassigned, "JH-PC02", level="block") == []
    assert listed(reassigned, "JH-PC02", state="withdrawn") == []


def test_what_waits_is_listed_there_too(reassigned):
    reassigned.submit("JH-PC11", office="convenor@JH-PC02")
    (waiting,) = reassigned.tracker.waiting(unit="JH-PC02")
    assert (waiting.task, waiting.assignee, waiting.may_answer) == (KHUNTI, "JH-PC02", ("JH",))
    assert reassigned.tracker.waiting(unit="JH-PC11") == []
    assert reassigned.tracker.waiting(unit="JH-PC02", after=KHUNTI) == []
    assert [each.task for each in reassigned.tracker.waiting()] == [KHUNTI]


def test_in_the_hands_of_a_retired_unit_it_is_listed_where_it_is_owed(tracker, clock):
    tracker.register([{"code": "N", "parent": "JH-AC60", "level": "block", "name": {"en": "N", "hi": "न"}}])
    tracker.issue("d", "alliance_support", {"en": "D", "hi": "द"}, office="headquarters@JH")
    tracker.assign("d", "lok_sabha", "JH", clock().date(), office="headquarters@JH")
    tracker.reassign("d/JH-PC11", "N", "Nobody is in office.", **CLERK)
    assert [view.task for view in tracker.tasks(unit="N")] == ["d/JH-PC11"]
    assert [view.task for view in tracker.tasks(unit="JH-PC11")] == ["d/JH-PC11"], "N lies below it"
    tracker.move("JH-AC60", "JH-PC02", "Redrawn.")
    assert [view.task for view in tracker.tasks(unit="JH-PC11")] == []
    tracker.retire("N", "Merged.")
    assert [view.task for view in tracker.tasks(unit="JH-PC11")] == ["d/JH-PC11"]
    assert tracker.tasks(unit="N") == []
    assert tracker.waiting(unit="N") == []


def test_of_a_withdrawn_directive_nothing_is_listed(reassigned):
    assert names(reassigned.tracker.withdraw("written-report", "No.", office="headquarters@JH")) == ["Withdrawn"]
    assert listed(reassigned, "JH-PC02") == []


def test_given_back_to_its_own_unit_it_is_as_it_was(reassigned):
    back = reassigned.tracker.reassign(KHUNTI, "JH-PC11", "Somebody is in office again.", **CLERK)
    assert names(back) == ["Reassigned"]
    assert reassigned.tracker.task(KHUNTI).assignee is None
    assert listed(reassigned, "JH-PC11") == [KHUNTI]
    assert listed(reassigned, "JH-PC02") == [DUMKA]
    assert reassigned.tracker.reassign(KHUNTI, "JH-PC11", "Again.", **CLERK) == ()
