"""Waived tasks and withdrawn directives: events, refusals, quiet cases, and what they do to the totals."""

from datetime import date, timedelta

from tests.conftest import refused

from directives.domain import errors

HQ = {"office": "headquarters@JH"}
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]


def totals(meeting):
    (row,) = meeting.tracker.status(directive="written-report")
    return row.expected, row.waived, row.done, row.overdue


def waive(meeting, seat, reason="Flooded.", **given):
    return meeting.tracker.waive(meeting.task(seat), reason, **{"office": "clerk@JH"} | given)


def test_a_waived_task_is_expected_neither_done_nor_overdue(meeting):
    assert [event.name for event in waive(meeting, "JH-PC01")] == ["Waived"]
    assert waive(meeting, "JH-PC01") == ()
    meeting.clock.forward(days=40)
    assert totals(meeting) == (14, 1, 0, 13)
    assert meeting.tracker.task(meeting.task("JH-PC01")).state == "waived"
    assert len(meeting.tracker.tasks(overdue=True)) == 13
    refused(meeting, errors.TaskClosed, meeting.submit, "JH-PC01")


def test_what_is_refused_of_a_waiver(meeting):
    meeting.submit("JH-PC01", actor="P1")
    refused(meeting, errors.NotEntitled, waive, meeting, "JH-PC01", office="convenor@JH-PC01")
    refused(meeting, errors.SelfVerification, waive, meeting, "JH-PC01", actor="P1")
    refused(meeting, errors.OutOfOrder, waive, meeting, "JH-PC02", occurred_at=meeting.clock() - timedelta(days=5))
    refused(meeting, errors.OutOfOrder, waive, meeting, "JH-PC01", occurred_at=meeting.clock() - timedelta(minutes=5))
    refused(meeting, errors.InvalidInput, waive, meeting, "JH-PC02", " ")
    meeting.verify("JH-PC01")
    refused(meeting, errors.TaskClosed, waive, meeting, "JH-PC01")


def test_the_last_open_task_waived_completes_the_level(meeting):
    for seat in SEATS[1:]:
        meeting.submit(seat)
        meeting.verify(seat)
    events = waive(meeting, "JH-PC01")
    assert [event.name for event in events] == ["Waived", "LevelCompleted", "Completed"]
    assert (events[1].data.expected, events[1].data.on_time, events[1].data.waived) == (14, 13, 1)


def test_a_withdrawn_directive_owes_nothing_and_its_history_stays(meeting):
    tracker = meeting.tracker
    meeting.submit("JH-PC01")
    assert [event.name for event in tracker.withdraw("written-report", "Held over.", **HQ)] == ["Withdrawn"]
    assert tracker.withdraw("written-report", "Held over.", **HQ) == ()
    meeting.clock.forward(days=40)
    assert (tracker.status(directive="written-report"), tracker.tasks(overdue=True)) == ([], [])
    assert tracker.tasks(directive="written-report") == []
    assert len(tracker.tasks(directive="written-report", state="withdrawn")) == 14
    shown = tracker.task(meeting.task("JH-PC01"))
    assert (shown.state, shown.overdue) == ("withdrawn", False)
    assert [entry.name for entry in tracker.history(meeting.task("JH-PC01"))][-2:] == ["Submitted", "Withdrawn"]
    for act in (meeting.verify, meeting.give_back, meeting.acknowledge, meeting.submit):
        refused(meeting, errors.DirectiveWithdrawn, act, "JH-PC01")
    due = date(2024, 1, 1)
    refused(meeting, errors.DirectiveWithdrawn, tracker.assign, "written-report", "vidhan_sabha", "JH", due, **HQ)


def test_what_is_refused_of_a_withdrawal(meeting):
    withdraw = meeting.tracker.withdraw
    refused(meeting, errors.NotEntitled, withdraw, "written-report", "No.", office="convenor@JH-PC01")
    refused(meeting, errors.UnknownDirective, withdraw, "nothing", "No.", **HQ)
    refused(meeting, errors.UnknownLevel, withdraw, "written-report", "No.", level="block", scope="JH", **HQ)
    refused(meeting, errors.InvalidInput, withdraw, "written-report", "No.", level="block", **HQ)
    for seat in SEATS:
        meeting.submit(seat)
        meeting.verify(seat)
    refused(meeting, errors.DirectiveCompleted, withdraw, "written-report", "No.", **HQ)


def test_a_level_withdrawn_leaves_the_others_and_may_complete_the_directive(meeting):
    tracker = meeting.tracker
    tracker.assign("written-report", "booth", "JH", date(2024, 1, 1), **HQ)
    tracker.assign("written-report", "block", "JH", date(2024, 1, 1), **HQ)
    (withdrawn,) = tracker.withdraw("written-report", "None is registered.", level="block", scope="JH", **HQ)
    assert (withdrawn.name, withdrawn.data.level) == ("LevelWithdrawn", "block")
    assert [row.level for row in tracker.status(directive="written-report")] == ["lok_sabha", "booth"]
    for seat in SEATS:
        meeting.submit(seat)
        meeting.verify(seat)
    level = {"level": "lok_sabha", "scope": "JH"}
    refused(meeting, errors.DirectiveCompleted, tracker.withdraw, "written-report", "No.", **level, **HQ)
    events = tracker.withdraw("written-report", "None is registered.", level="booth", scope="JH", **HQ)
    assert [event.name for event in events] == ["LevelWithdrawn", "Completed"]
