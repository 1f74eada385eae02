"""What was written down after the day by which it was owed is counted and told; how far back a unit may date it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.conftest import Desk, names, refused

from directives.domain import errors

KHUNTI, DIRECTIVE = "written-report/JH-PC11", "written-report"
CLERK, HQ, OWN = {"office": "clerk@JH"}, {"office": "headquarters@JH"}, {"office": "convenor@JH-PC11"}
MADE, WRITTEN = datetime(2023, 11, 14, 6, tzinfo=UTC), datetime(2023, 12, 20, 6, tzinfo=UTC)
DUE = date(2023, 11, 15)
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)


@pytest.fixture
def late_writer(meeting):
    """On 20 December Khunti dates its report 14 November."""
    meeting.clock.now = WRITTEN
    meeting.submit("JH-PC11", occurred_at=MADE)
    return meeting


def counted(meeting):
    (row,) = meeting.tracker.status()
    return row.on_time, row.on_time_by_date, row.late


def test_a_submission_that_was_dated_back_over_its_due_day_is_told_and_counted(late_writer):
    waiting = late_writer.tracker.task(KHUNTI)
    assert (waiting.written_down_after, waiting.submitted_at, waiting.written_at) == (DUE, MADE, WRITTEN)
    (listed,) = late_writer.tracker.waiting()
    assert (listed.submitted_at, listed.since) == (MADE, WRITTEN)
    late_writer.verify("JH-PC11")
    assert counted(late_writer) == (1, 1, 0)
    verified = late_writer.tracker.task(KHUNTI)
    assert (verified.on_time, verified.written_down_after) == (True, DUE)


def test_one_that_was_written_down_in_time_or_is_late_is_not_among_them(meeting):
    meeting.clock.now = datetime(2023, 11, 15, 18, tzinfo=UTC)
    meeting.submit("JH-PC11", occurred_at=MADE)
    assert meeting.tracker.task(KHUNTI).written_down_after is None
    meeting.verify("JH-PC11")
    meeting.clock.now = WRITTEN
    meeting.submit("JH-PC02", "Another report.", occurred_at=MADE + timedelta(days=5))
    meeting.verify("JH-PC02")
    assert counted(meeting) == (1, 0, 1)
    assert meeting.tracker.task("written-report/JH-PC02").written_down_after is None


def test_an_extension_over_the_day_when_it_was_written_down_clears_it(late_writer):
    late_writer.verify("JH-PC11")
    late_writer.tracker.extend(DIRECTIVE, date(2023, 12, 20), "Flood.", **HQ)
    assert counted(late_writer) == (1, 0, 0)
    assert late_writer.tracker.task(KHUNTI).written_down_after is None


def limited(meeting, days):
    return meeting.tracker.amend(DIRECTIVE, "In time.", backdating_days=days, **HQ)


def test_a_directive_limits_how_far_back_its_units_date_what_they_did(meeting):
    assert names(limited(meeting, 3)) == ["Amended"]
    assert limited(meeting, 3) == ()
    assert meeting.tracker.directive(DIRECTIVE).backdating_days == 3
    assert meeting.tracker.directive(DIRECTIVE).set_by_issuing_office[-1] == "backdating_days"
    meeting.clock.now = WRITTEN
    for act in (meeting.submit, meeting.acknowledge):
        refused(meeting, errors.DatedTooFarBack, act, "JH-PC11", occurred_at=WRITTEN - timedelta(days=4))
    assert names(meeting.acknowledge("JH-PC11", occurred_at=WRITTEN - timedelta(days=3, hours=6))) == ["Acknowledged"]
    assert names(meeting.submit("JH-PC11", occurred_at=WRITTEN - timedelta(days=3))) == ["ReportRecorded", "Submitted"]


def test_it_limits_days_and_not_hours(meeting):
    limited(meeting, 0)
    meeting.clock.now = datetime(2023, 11, 10, 18, tzinfo=UTC)  # half past eleven in India
    assert meeting.acknowledge("JH-PC11", occurred_at=meeting.clock() - timedelta(hours=23))
    refused(
        meeting, errors.DatedTooFarBack, meeting.acknowledge, "JH-PC02", occurred_at=meeting.clock() - timedelta(days=1)
    )


def test_it_limits_neither_offices_above_nor_what_they_record_for_a_unit(meeting):
    limited(meeting, 3)
    meeting.clock.now = WRITTEN
    by_clerk = {"on_behalf_of": "JH-PC11", "occurred_at": MADE} | CLERK
    assert names(meeting.submit("JH-PC11", **by_clerk)) == ["ReportRecorded", "Submitted"]
    answered = meeting.tracker.verify(KHUNTI, office="president@JH", occurred_at=MADE + timedelta(days=1))
    assert names(answered) == ["Verified"]


def test_the_work_of_other_kinds_is_limited_too(tracker, clock):
    desk = Desk(tracker, clock, "alliance_support", NONE)
    tracker.amend("d", "In time.", backdating_days=1, **HQ)
    clock.now = WRITTEN
    step = {"what": "step", "text": "A step.", "occurred_at": MADE}
    desk.refused(errors.DatedTooFarBack, "alliance record", "too far back", **step)
    assert desk.do("alliance record", **step | {"office": "clerk@JH", "on_behalf_of": "JH-PC11"})


def test_a_directive_is_issued_with_a_limit(tracker):
    issued = {"title": {"en": "D", "hi": "द"}, "parameters": NONE}
    (event,) = tracker.issue("d", "alliance_support", **issued, backdating_days=2, **HQ)
    assert event.data.backdating_days == 2
    assert tracker.issue("d", "alliance_support", **issued, backdating_days=2, **HQ) == ()
    with pytest.raises(errors.AlreadyRecorded, match="backdating_days: d was issued with 2, not 3"):
        tracker.issue("d", "alliance_support", **issued, backdating_days=3, **HQ)


def test_a_phone_that_runs_a_little_behind_is_not_too_far_back_at_midnight(meeting):
    limited(meeting, 0)
    meeting.clock.now = datetime(2023, 11, 10, 18, 30, 30, tzinfo=UTC)  # half a minute past midnight in India
    assert meeting.acknowledge("JH-PC11", occurred_at=meeting.clock() - timedelta(seconds=40))
    meeting.clock.forward(minutes=5)
    too_far = {"occurred_at": meeting.clock() - timedelta(minutes=6)}
    refused(meeting, errors.DatedTooFarBack, meeting.acknowledge, "JH-PC02", **too_far)


def test_what_a_wrong_clock_wrote_down_is_held_against_nobody(meeting):
    """One entry under a clock that is ahead gives those after it its moment, until that has passed."""
    meeting.clock.now = datetime(2023, 11, 25, 6, tzinfo=UTC)
    meeting.acknowledge("JH-PC02")
    meeting.clock.now = MADE
    meeting.submit("JH-PC11")
    assert meeting.tracker.task(KHUNTI).written_down_after is None
    meeting.verify("JH-PC11")
    assert counted(meeting) == (1, 0, 0)


def test_without_a_limit_minutes_that_have_one_are_told_apart(tracker):
    issued = {"title": {"en": "D", "hi": "द"}, "parameters": NONE}
    tracker.issue("d", "alliance_support", **issued, **HQ)
    with pytest.raises(errors.AlreadyRecorded, match="backdating_days: d was issued with none, not 3"):
        tracker.issue("d", "alliance_support", **issued, backdating_days=3, **HQ)
