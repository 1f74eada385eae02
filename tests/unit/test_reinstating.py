"""Directives and levels that were withdrawn by mistake, due days that were mistyped, and what is assigned to more."""

from datetime import date, timedelta

import pytest
from tests.conftest import names, refused

from directives import Text
from directives.acceptance.files import earlier_minutes
from directives.domain import errors
from directives.domain.directive.state import DIRECTIVE

HQ = {"office": "headquarters@JH"}
SEATS = {"level": "lok_sabha", "scope": "JH"}
KHUNTI = "written-report/JH-PC11"
NOUGHT = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)


def owed(meeting, directive="written-report", **about):
    return [
        (row.level, row.expected, row.done, row.overdue) for row in meeting.tracker.status(directive=directive, **about)
    ]


def sound(meeting):
    assert all(table.differing == 0 for table in meeting.tracker.rebuild())
    assert [each for each in meeting.tracker.doctor() if each.state == "wrong"] == []


@pytest.fixture
def support(meeting):
    """A directive that asks for nothing, of each seat."""
    meeting.tracker.issue("support", "alliance_support", Text(en="Support"), NOUGHT, **HQ)
    meeting.tracker.assign("support", "lok_sabha", "JH", date(2023, 12, 1), **HQ)
    return meeting


def test_a_directive_withdrawn_by_mistake_is_owed_again_as_before(meeting):
    tracker = meeting.tracker
    meeting.submit("JH-PC11")
    before = owed(meeting), tracker.tasks(directive="written-report")
    (gone,) = tracker.withdraw("written-report", "By mistake.", **HQ)
    assert owed(meeting) == []
    refused(meeting, errors.DirectiveWithdrawn, meeting.verify, "JH-PC11")
    (event,) = tracker.reinstate("written-report", "It was meant to stay.", **HQ)
    assert (event.name, event.data.takes_back, event.data.due) == ("Reinstated", (gone.position,), None)
    assert (owed(meeting), tracker.tasks(directive="written-report")) == before
    assert tracker.reinstate("written-report", "Again.", **HQ) == ()
    assert [entry.taken_back_by for entry in tracker.history("written-report") if entry.name == "Withdrawn"] == [
        event.position
    ]
    meeting.verify("JH-PC11")
    sound(meeting)


def test_what_was_withdrawn_is_neither_issued_nor_assigned_again(meeting):
    tracker = meeting.tracker
    view = tracker.directive("written-report")
    asked = {"parameters": view.parameters, "statements": view.statements, "meeting": view.meeting}
    asked |= {"set_by_issuing_office": view.set_by_issuing_office}
    issue, due = ("written-report", view.kind, view.title), view.assignments[0].due
    assert tracker.issue(*issue, **asked, **HQ) == ()
    assert tracker.assign("written-report", "lok_sabha", "JH", due, **HQ) == ()
    tracker.withdraw("written-report", "By mistake.", **HQ)
    error = refused(meeting, errors.DirectiveWithdrawn, tracker.issue, *issue, **asked, **HQ)
    assert "directives directive reinstate written-report" in str(error)
    other = (*issue[:2], Text(en="Another title"))
    refused(meeting, errors.DirectiveWithdrawn, tracker.issue, *other, **asked, **HQ)
    refused(meeting, errors.DirectiveWithdrawn, tracker.assign, "written-report", "lok_sabha", "JH", due, **HQ)
    refused(meeting, errors.DirectiveWithdrawn, tracker.assign_to_units, "written-report", ["JH-PC11"], due, **HQ)
    assert tracker.record_meeting(earlier_minutes(), **HQ) == ()
    tracker.reinstate("written-report", "It was meant to stay.", **HQ)
    assert tracker.assign("written-report", "lok_sabha", "JH", due, **HQ) == ()


def test_a_level_withdrawn_by_mistake_comes_back_with_its_work(support):
    tracker, day = support.tracker, date(2023, 12, 1)
    tracker.acknowledge("support/JH-PC11", office="convenor@JH-PC11")
    tracker.withdraw("support", "By mistake.", **SEATS, **HQ)
    assert owed(support, "support") == []
    error = refused(support, errors.DirectiveWithdrawn, tracker.assign, "support", "lok_sabha", "JH", day, **HQ)
    assert "directive reinstate support --level lok_sabha --scope JH" in str(error)
    (event,) = tracker.reinstate("support", "It stays.", **SEATS, **HQ)
    assert event.name == "LevelReinstated"
    assert owed(support, "support") == [("lok_sabha", 14, 0, 0)]
    assert tracker.task("support/JH-PC11").state == "acknowledged"
    assert tracker.reinstate("support", "It stays.", **SEATS, **HQ) == ()
    assert "reinstated" in tracker.history("support/JH-PC11")[-1].sentence
    sound(support)


def test_a_completed_directive_is_open_again_with_its_level(support):
    tracker = support.tracker
    tracker.assign("support", "state", "JH", date(2023, 12, 1), **HQ)
    tracker.submit("support/JH", **HQ)
    tracker.verify("support/JH", office="president@JH")
    events = tracker.withdraw("support", "By mistake.", **SEATS, **HQ)
    assert names(events) == ["LevelWithdrawn", "Completed"]
    tracker.reinstate("support", "It stays.", **SEATS, **HQ)
    assert not tracker.directive("support").completed
    sound(support)


def test_a_directive_is_reinstated_with_another_day(meeting):
    tracker = meeting.tracker
    tracker.withdraw("written-report", "By mistake.", **HQ)
    meeting.clock.forward(days=60)
    refused(meeting, errors.InvalidInput, tracker.reinstate, "written-report", "R.", due=date(2023, 12, 1), **HQ)
    tracker.reinstate("written-report", "It stays.", due=date(2024, 1, 15), **HQ)
    assert owed(meeting) == [("lok_sabha", 14, 0, 0)]
    assert tracker.task(KHUNTI).due == date(2024, 1, 15)
    assert tracker.reinstate("written-report", "It stays.", due=date(2024, 1, 15), **HQ) == (), "it is in force"
    sound(meeting)


def test_what_moved_meanwhile_is_settled(meeting):
    tracker = meeting.tracker
    tracker.issue("moved", "alliance_support", Text(en="Moved"), NOUGHT, **HQ)
    day = date(2023, 12, 1)
    for scope in ("JH-PC11", "JH-PC13"):
        tracker.assign("moved", "vidhan_sabha", scope, day, **HQ)
    expected = sum(row.expected for row in tracker.status(directive="moved"))
    tracker.withdraw("moved", "By mistake.", **HQ)
    below = [unit.code for unit in tracker.units() if unit.parent == "JH-PC13"]
    for code in below:
        tracker.move(code, "JH-PC11", "Merged.", **HQ)
    tracker.retire("JH-PC13", "Merged.", **HQ)
    events = tracker.reinstate("moved", "It stays.", **HQ)
    assert names(events) == ["Reinstated", "LevelWithdrawn"]
    assert [(row.level, row.expected) for row in tracker.status(directive="moved")] == [("vidhan_sabha", expected)]
    sound(meeting)


def test_what_is_refused_of_reinstating(support):
    tracker, day = support.tracker, date(2023, 12, 1)
    reinstate = tracker.reinstate
    tracker.withdraw("support", "By mistake.", **SEATS, **HQ)
    refused(support, errors.NotEntitled, reinstate, "support", "R.", **SEATS, office="convenor@JH-PC11")
    refused(support, errors.InvalidInput, reinstate, "support", "R.", level="lok_sabha", **HQ)
    refused(support, errors.InvalidInput, reinstate, "support", " ", **SEATS, **HQ)
    refused(support, errors.UnknownLevel, reinstate, "support", "R.", level="state", scope="JH", **HQ)
    refused(support, errors.UnknownUnit, reinstate, "support", "R.", level="state", scope="JX", **HQ)
    yesterday = support.clock() - timedelta(hours=1)
    refused(support, errors.OutOfOrder, reinstate, "support", "R.", **SEATS, occurred_at=yesterday, **HQ)
    tracker.assign_to_units("support", ["JH-PC11"], day, **HQ)
    error = refused(support, errors.OverlappingScope, reinstate, "support", "R.", **SEATS, **HQ)
    assert "JH-PC11" in str(error)
    tracker.withdraw("support", "All.", **HQ)
    refused(support, errors.DirectiveWithdrawn, reinstate, "support", "R.", **SEATS, **HQ)


def test_a_mistyped_due_day_is_set_right(meeting):
    tracker, wrong, right = meeting.tracker, date(2032, 11, 15), date(2023, 11, 20)
    tracker.extend("written-report", wrong, "Flood.", **SEATS, **HQ)
    refused(meeting, errors.InvalidInput, tracker.extend, "written-report", right, "Mistyped.", **HQ)
    (event,) = tracker.reschedule("written-report", right, "Mistyped.", **SEATS, **HQ)
    assert (event.name, event.data.due) == ("LevelRescheduled", right)
    assert tracker.reschedule("written-report", right, "Mistyped.", **HQ) == ()
    assert tracker.task(KHUNTI).due == right
    assert tracker.assign("written-report", "lok_sabha", "JH", date(2023, 11, 15), **HQ) == (), "its first day is kept"
    sound(meeting)


def test_what_is_refused_of_rescheduling(meeting):
    reschedule, day = meeting.tracker.reschedule, date(2023, 12, 1)
    refused(meeting, errors.NotEntitled, reschedule, "written-report", day, "R.", office="convenor@JH-PC11")
    refused(meeting, errors.UnknownLevel, reschedule, "written-report", day, "R.", level="block", scope="JH", **HQ)
    refused(meeting, errors.InvalidInput, reschedule, "written-report", day, "R.", level="block", **HQ)
    ago = meeting.clock()
    meeting.clock.forward(days=10)
    refused(meeting, errors.InvalidInput, reschedule, "written-report", date(2023, 10, 25), "R.", occurred_at=ago, **HQ)
    for seat in [unit.code for unit in meeting.tracker.units() if unit.level == "lok_sabha"]:
        meeting.submit(seat, content=f"Of {seat}.\n")
        meeting.verify(seat)
    refused(meeting, errors.DirectiveCompleted, reschedule, "written-report", day, "R.", **HQ)


def test_nothing_of_a_withdrawn_directive_is_rescheduled(support):
    support.tracker.withdraw("support", "R.", **HQ)
    day = date(2023, 12, 1)
    refused(support, errors.DirectiveWithdrawn, support.tracker.reschedule, "support", day, "R.", **HQ)


def test_a_completed_directive_that_is_assigned_to_more_is_open_again(support):
    tracker, day = support.tracker, date(2023, 12, 1)
    for seat in [unit.code for unit in tracker.units() if unit.level == "lok_sabha"]:
        tracker.submit(f"support/{seat}", office=f"convenor@{seat}")
        tracker.verify(f"support/{seat}", **HQ)
    assert tracker.directive("support").completed
    assert names(tracker.assign("support", "state", "JH", day, **HQ)) == ["AssignedToLevel"]
    assert not tracker.directive("support").completed
    tracker.submit("support/JH", **HQ)
    assert names(tracker.verify("support/JH", office="president@JH")) == ["Verified", "LevelCompleted", "Completed"]
    sound(support)


def test_a_level_is_not_reinstated_over_one_that_was_reinstated_since(support):
    tracker, day = support.tracker, date(2023, 12, 1)
    tracker.issue("two", "alliance_support", Text(en="Two"), NOUGHT, **HQ)
    tracker.assign("two", "vidhan_sabha", "JH-PC11", day, **HQ)
    tracker.withdraw("two", "No.", level="vidhan_sabha", scope="JH-PC11", **HQ)
    tracker.assign("two", "vidhan_sabha", "JH", day + timedelta(days=9), **HQ)
    tracker.withdraw("two", "No.", level="vidhan_sabha", scope="JH", **HQ)
    tracker.reinstate("two", "Yes.", level="vidhan_sabha", scope="JH-PC11", **HQ)
    all_of_them = {"level": "vidhan_sabha", "scope": "JH"}
    refused(support, errors.OverlappingScope, tracker.reinstate, "two", "Yes.", **all_of_them, **HQ)
    sound(support)


def test_what_is_in_force_is_given_no_other_day_by_being_reinstated(meeting):
    reinstate, standing = meeting.tracker.reinstate, date(2023, 11, 15)
    assert reinstate("written-report", "R.", due=standing, **HQ) == ()
    for which in ({}, SEATS):
        error = refused(
            meeting, errors.AlreadyRecorded, reinstate, "written-report", "R.", due=date(2023, 12, 1), **which, **HQ
        )
        assert "directives directive reschedule" in str(error)


def test_a_task_tells_the_withdrawal_that_holds(support):
    tracker = support.tracker
    tracker.withdraw("support", "The level.", **SEATS, **HQ)
    tracker.withdraw("support", "All of it.", **HQ)
    tracker.reinstate("support", "Not all of it.", **HQ)
    assert tracker.task_record("support/JH-PC11").why.data.reason == "The level."


def test_a_log_in_which_a_withdrawn_level_was_assigned_again_means_what_it_meant(support):
    """Until there was reinstating, the level was assigned again."""
    support.tracker.withdraw("support", "No.", **SEATS, **HQ)
    events = [event for event in support.tracker.events() if event.stream == "directive/support"]
    assigned = next(event for event in events if event.name == "AssignedToLevel")
    again = assigned.model_copy(update={"position": events[-1].position + 1, "version": events[-1].version + 1})
    state = DIRECTIVE.initial
    for event in (*events, again):
        state = DIRECTIVE.evolve(state, event)
    assert (len(state.assignments), state.withdrawn_levels) == (1, ())
    assert state.assignments[0].position == again.position
