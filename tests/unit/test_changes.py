"""Tasks that are extended, reassigned and reopened: events, refusals, quiet cases, and what they do to the totals."""

from datetime import date, timedelta

from tests.conftest import names, refused

from directives.domain import errors

CLERK = {"office": "clerk@JH"}
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]
KHUNTI = "written-report/JH-PC11"


def totals(meeting, unit=None):
    (row,) = meeting.tracker.status(directive="written-report", unit=unit, level="lok_sabha")
    return row.expected, row.done, row.overdue


def test_an_extended_task_is_overdue_from_the_day_after_its_own_day(meeting):
    extend = meeting.tracker.extend_task
    assert names(extend(KHUNTI, date(2023, 11, 20), "Flooded.", **CLERK)) == ["Extended"]
    assert extend(KHUNTI, date(2023, 11, 20), "Flooded.", **CLERK) == ()
    standing = meeting.tracker.task(KHUNTI)
    assert (standing.state, standing.due) == ("assigned", date(2023, 11, 20))
    meeting.clock.forward(days=28)  # 17 November
    assert (totals(meeting), totals(meeting, "JH-PC11")) == ((14, 0, 13), (1, 0, 0))
    assert KHUNTI not in [task.task for task in meeting.tracker.tasks(overdue=True)]
    meeting.submit("JH-PC11")
    meeting.clock.forward(days=4)
    assert totals(meeting) == (14, 0, 13), "it waits for an answer since before its own day"
    assert meeting.verify("JH-PC11")[0].data.on_time
    assert totals(meeting) == (14, 1, 13)


def test_what_is_refused_of_an_extension(meeting):
    extend, day = meeting.tracker.extend_task, date(2023, 11, 20)
    refused(meeting, errors.NotEntitled, extend, KHUNTI, day, "No.", office="convenor@JH-PC11")
    refused(meeting, errors.InvalidInput, extend, KHUNTI, date(2023, 11, 14), "No.", **CLERK)
    refused(meeting, errors.InvalidInput, extend, KHUNTI, day, " ", **CLERK)
    refused(meeting, errors.UnknownTask, extend, "written-report/JH-AC01", day, "No.", **CLERK)
    long_ago = meeting.clock() - timedelta(days=5)
    refused(meeting, errors.OutOfOrder, extend, KHUNTI, day, "No.", occurred_at=long_ago, **CLERK)
    meeting.clock.forward(days=40)
    refused(meeting, errors.InvalidInput, extend, KHUNTI, day, "No.", **CLERK)
    meeting.submit("JH-PC11")
    meeting.verify("JH-PC11")
    refused(meeting, errors.TaskClosed, extend, KHUNTI, date(2024, 1, 1), "No.", **CLERK)


def test_a_reassigned_task_is_done_by_offices_of_the_other_unit_and_counts_where_it_did(meeting):
    reassign = meeting.tracker.reassign
    assert names(reassign(KHUNTI, "JH-PC01", "Nobody is in office.", **CLERK)) == ["Reassigned"]
    assert reassign(KHUNTI, "JH-PC01", "Nobody is in office.", **CLERK) == ()
    assert meeting.tracker.task(KHUNTI).assignee == "JH-PC01"
    refused(meeting, errors.NotEntitled, meeting.submit, "JH-PC11")
    meeting.submit("JH-PC11", office="convenor@JH-PC01")
    meeting.verify("JH-PC11")
    assert (totals(meeting, "JH-PC11"), totals(meeting, "JH-PC01")) == ((1, 1, 0), (1, 0, 0))


def test_a_task_reassigned_to_the_unit_above_is_verified_by_another_actor_there(meeting):
    meeting.tracker.reassign(KHUNTI, "JH", "Nobody is in office.", **CLERK)
    meeting.submit("JH-PC11", office="clerk@JH", actor="P1")
    refused(meeting, errors.SelfVerification, meeting.verify, "JH-PC11", actor="P1")
    assert meeting.verify("JH-PC11", actor="P2")


def test_what_is_refused_of_a_reassignment(meeting):
    reassign = meeting.tracker.reassign
    refused(meeting, errors.NotEntitled, reassign, KHUNTI, "JH-PC01", "No.", office="convenor@JH-PC11")
    refused(meeting, errors.UnknownUnit, reassign, KHUNTI, "JH-PC99", "No.", **CLERK)
    meeting.tracker.waive(KHUNTI, "No.", **CLERK)
    refused(meeting, errors.TaskClosed, reassign, KHUNTI, "JH-PC01", "No.", **CLERK)


def test_a_reopened_task_is_handed_in_again(meeting):
    reopen = meeting.tracker.reopen_task
    meeting.submit("JH-PC11")
    assert reopen(KHUNTI, "Copied.", **CLERK) == ()
    meeting.clock.forward(hours=1)
    meeting.verify("JH-PC11")
    refused(meeting, errors.NotEntitled, reopen, KHUNTI, "No.", office="convenor@JH-PC11")
    before = meeting.clock() - timedelta(minutes=5)
    refused(meeting, errors.OutOfOrder, reopen, KHUNTI, "No.", occurred_at=before, **CLERK)
    assert names(reopen(KHUNTI, "Copied.", **CLERK)) == ["Reopened"]
    standing = meeting.tracker.task(KHUNTI)
    assert (standing.state, standing.verified_at, totals(meeting)) == ("returned", None, (14, 0, 0))
    refused(meeting, errors.NotFulfilled, meeting.submit, "JH-PC11")
    meeting.submit("JH-PC11", "Written anew.\n")
    meeting.verify("JH-PC11")
    assert totals(meeting) == (14, 1, 0)


def test_a_waiver_taken_back_leaves_the_task_as_it_was(meeting):
    meeting.submit("JH-PC11")
    for seat in ("JH-PC11", "JH-PC12"):
        meeting.tracker.waive(meeting.task(seat), "Flooded.", **CLERK)
        meeting.tracker.reopen_task(meeting.task(seat), "Dry again.", **CLERK)
    assert [meeting.tracker.task(meeting.task(f"JH-PC{n}")).state for n in (11, 12)] == ["submitted", "assigned"]
    assert meeting.verify("JH-PC11")


def test_a_task_of_a_completed_level_opens_it_again_until_it_is_done(meeting):
    for seat in SEATS:
        meeting.submit(seat)
        meeting.verify(seat)
    events = meeting.tracker.reopen_task(KHUNTI, "Copied.", **CLERK)
    assert names(events) == ["Reopened", "LevelReopened"]
    assert (events[1].data.level, events[1].data.reason) == ("lok_sabha", "Copied.")
    (directive,) = meeting.tracker.directives()
    assert (directive.completed, directive.assignments[0].expected, totals(meeting)) == (False, None, (14, 13, 0))
    meeting.submit("JH-PC11", "Written anew.\n")
    assert names(meeting.verify("JH-PC11")) == ["Verified", "LevelCompleted", "Completed"]
