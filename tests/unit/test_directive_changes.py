"""Directives that are assigned to units by name, extended, reopened and amended: events, refusals, quiet cases."""

from datetime import date

import pytest
from tests.conftest import earlier_minutes, names, refused
from tests.unit.test_changes import CLERK, KHUNTI, SEATS, totals

from directives import IssueDirective, Text, Unit
from directives.domain import errors

HQ = {"office": "headquarters@JH"}
LEVEL = {"level": "lok_sabha", "scope": "JH"}
TITLE = Text(en="Directive", hi="निर्देश")
CONVENOR = {"office": "convenor@JH-PC11"}


def test_an_order_to_units_by_name_is_one_event_a_level(meeting):
    assign, day = meeting.tracker.assign_to_units, date(2023, 11, 20)
    meeting.tracker.issue("d", "written_report", TITLE, **HQ)
    units = ["JH-AC60", "JH-PC11", "JH-AC59", "JH-AC60"]
    events = assign("d", units, day, **HQ)
    assert [(event.data.level, event.data.units) for event in events] == [
        ("vidhan_sabha", ("JH-AC60", "JH-AC59")),
        ("lok_sabha", ("JH-PC11",)),
    ]
    assert assign("d", ["JH-AC59"], day, **HQ) == ()
    assert names(assign("d", ["JH-AC59", "JH-AC01"], day, **HQ)) == ["AssignedToUnits"]
    assert [task.unit for task in meeting.tracker.tasks(directive="d")] == ["JH-PC11", "JH-AC01", "JH-AC59", "JH-AC60"]
    rows = meeting.tracker.status(directive="d")
    assert [(row.level, row.expected) for row in rows] == [("lok_sabha", 1), ("vidhan_sabha", 3)]
    assert "Khunti" in meeting.tracker.history("d/JH-PC11")[0].sentence
    document = meeting.report()
    period = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 2)}
    meeting.tracker.submit_report("d/JH-PC11", document, **period, **CONVENOR)
    assert names(meeting.tracker.verify("d/JH-PC11", **CLERK)) == ["Verified", "LevelCompleted"]


def test_what_is_refused_of_an_order_to_units(meeting):
    assign, day = meeting.tracker.assign_to_units, date(2023, 11, 20)
    refused(meeting, errors.OverlappingScope, assign, "written-report", ["JH-AC60", "JH-PC11"], day, **HQ)
    refused(meeting, errors.UnknownUnit, assign, "written-report", ["JH-AC60", "JH-AC99"], day, **HQ)
    refused(meeting, errors.NotEntitled, assign, "written-report", ["JH-AC60", "JH-AC01"], day, **CONVENOR)
    refused(meeting, errors.InvalidInput, assign, "written-report", ["JH-AC60"], date(2023, 10, 19), **HQ)
    refused(meeting, errors.InvalidInput, assign, "written-report", [], day, **HQ)
    refused(meeting, errors.InvalidInput, assign, "written-report", [f"U{n}" for n in range(201)], day, **HQ)
    assign("written-report", ["JH-AC60"], day, **HQ)
    refused(meeting, errors.AlreadyRecorded, assign, "written-report", ["JH-AC60"], date(2023, 11, 21), **HQ)


def test_a_level_extended_gives_everybody_more_time_by_one_event(meeting):
    extend = meeting.tracker.extend
    (event,) = extend("written-report", date(2023, 11, 30), "Flooded.", **LEVEL, **HQ)
    assert (event.name, event.data.due) == ("DeadlineExtended", date(2023, 11, 30))
    assert extend("written-report", date(2023, 11, 30), "Flooded.", **HQ) == ()
    assert meeting.tracker.record_meeting(earlier_minutes()) == (), "the minutes are as they were"
    meeting.clock.forward(days=41)  # 30 November
    assert totals(meeting) == (14, 0, 0)
    assert meeting.tracker.task(KHUNTI).due == date(2023, 11, 30)
    meeting.clock.forward(days=1)
    assert totals(meeting) == (14, 0, 14)
    assert [entry.name for entry in meeting.tracker.history(KHUNTI)] == ["AssignedToLevel", "DeadlineExtended"]


def test_an_extended_task_is_not_cut_short_by_its_level(meeting):
    meeting.tracker.extend_task(KHUNTI, date(2023, 11, 20), "Flooded.", **CLERK)
    meeting.tracker.extend("written-report", date(2023, 11, 30), "Flooded.", **HQ)
    assert meeting.tracker.task(KHUNTI).due == date(2023, 11, 30)
    meeting.clock.forward(days=35)
    assert totals(meeting) == (14, 0, 0)


def test_what_is_refused_of_an_extended_level(meeting):
    extend, day = meeting.tracker.extend, date(2023, 11, 30)
    refused(meeting, errors.NotEntitled, extend, "written-report", day, "No.", **CONVENOR)
    refused(meeting, errors.InvalidInput, extend, "written-report", date(2023, 11, 14), "No.", **HQ)
    refused(meeting, errors.InvalidInput, extend, "written-report", day, "No.", level="lok_sabha", **HQ)
    refused(meeting, errors.UnknownLevel, extend, "written-report", day, "No.", level="block", scope="JH", **HQ)
    meeting.tracker.issue("d", "written_report", TITLE, **HQ)
    refused(meeting, errors.UnknownLevel, extend, "d", day, "No.", **HQ)
    meeting.tracker.withdraw("d", "No.", **HQ)
    refused(meeting, errors.DirectiveWithdrawn, extend, "d", day, "No.", **HQ)


def complete(meeting):
    for seat in SEATS:
        meeting.submit(seat)
        meeting.verify(seat)


def test_a_completed_level_is_reopened_for_those_who_joined_since(meeting):
    reopen = meeting.tracker.reopen
    assert reopen("written-report", reason="Another seat.", **LEVEL, **HQ) == ()
    complete(meeting)
    refused(meeting, errors.NothingToReopen, reopen, "written-report", reason="No.", **LEVEL, **HQ)
    refused(meeting, errors.DirectiveCompleted, meeting.tracker.extend, "written-report", date(2024, 1, 1), "No.", **HQ)
    meeting.tracker.register([Unit(code="N1", parent="JH", level="lok_sabha", name=TITLE)])
    assert totals(meeting) == (14, 14, 0)
    refused(meeting, errors.NotEntitled, reopen, "written-report", reason="No.", **LEVEL, **CONVENOR)
    refused(meeting, errors.UnknownLevel, reopen, "written-report", "block", "JH", "No.", **HQ)
    assert names(reopen("written-report", reason="Another seat.", **LEVEL, **HQ)) == ["LevelReopened"]
    assert totals(meeting) == (15, 14, 0)
    assert not meeting.tracker.directive("written-report").completed
    meeting.submit("N1", "Another report.\n")
    assert names(meeting.verify("N1")) == ["Verified", "LevelCompleted", "Completed"]


@pytest.fixture
def speakers(meeting):
    """Two units have each a speaker identified and trained once; the first is verified."""
    tracker = meeting.tracker
    tracker.issue("s", "speaker_identification", TITLE, {"trained": 1, "deployed": 0}, **HQ)
    tracker.assign("s", "lok_sabha", "JH", date(2023, 11, 20), **HQ)
    for seat in ("JH-PC11", "JH-PC12"):
        own = {"task": f"s/{seat}", "office": f"convenor@{seat}", "speaker": "SP-1"}
        tracker.work("speaker identify", **own)
        tracker.work("speaker train", subject="Speech", **own)
    tracker.submit("s/JH-PC11", **CONVENOR)
    tracker.verify("s/JH-PC11", **CLERK)
    return meeting


def trained(meeting, unit=None):
    (row,) = meeting.tracker.status(directive="s", unit=unit)
    return row.work["trained"]


def test_an_amended_directive_judges_open_tasks_anew_and_leaves_done_ones_as_they_were(speakers):
    tracker = speakers.tracker
    assert trained(speakers) == 2
    (event,) = tracker.amend("s", "Two sessions.", parameters={"sessions": 2}, **HQ)
    assert event.name == "Amended"
    assert event.data.set_by_issuing_office == ("parameters.sessions",)
    assert tracker.amend("s", "Two sessions.", parameters={"sessions": 2}, **HQ) == ()
    shown = tracker.directive("s")
    assert (shown.revision, shown.parameters["sessions"], shown.parameters["trained"]) == (2, 2, 1)
    assert [trained(speakers, unit) for unit in (None, "JH-PC11", "JH-PC12")] == [1, 1, 0]
    assert tracker.task("s/JH-PC11").state == "verified"
    own = {"task": "s/JH-PC12", "office": "convenor@JH-PC12"}
    refused(speakers, errors.NotFulfilled, tracker.submit, **own)
    tracker.work("speaker train", speaker="SP-1", subject="Speech", **own)
    tracker.submit(**own)
    assert trained(speakers) == 2
    tracker.reopen_task("s/JH-PC11", "Two sessions here too.", **CLERK)
    assert [trained(speakers, unit) for unit in (None, "JH-PC11", "JH-PC12")] == [1, 0, 1]
    issued = tracker.issue("s", "speaker_identification", TITLE, {"trained": 1, "deployed": 0}, **HQ)
    assert issued == (), "as it was issued"


def test_title_and_grace_are_amended_too(meeting):
    (event,) = meeting.tracker.amend("written-report", "Clearer.", title=TITLE, grace_days=5, **HQ)
    assert (event.data.title, event.data.grace_days) == (TITLE, 5)
    assert event.data.set_by_issuing_office[-1] == "grace_days"
    assert meeting.tracker.directive("written-report").title == TITLE
    assert meeting.tracker.record_meeting(earlier_minutes()) == ()


def test_what_is_refused_of_an_amendment(speakers):
    amend = speakers.tracker.amend
    refused(speakers, errors.NotEntitled, amend, "s", "No.", grace_days=3, **CONVENOR)
    refused(speakers, errors.InvalidInput, amend, "s", "No.", parameters={"bogus": 3}, **HQ)
    refused(speakers, errors.InvalidInput, amend, "s", "No.", parameters={"sessions": "many"}, **HQ)
    refused(speakers, errors.UnknownDirective, amend, "t", "No.", grace_days=3, **HQ)
    complete(speakers)
    refused(speakers, errors.DirectiveCompleted, amend, "written-report", "No.", grace_days=3, **HQ)
    speakers.tracker.withdraw("s", "No.", **HQ)
    refused(speakers, errors.DirectiveWithdrawn, amend, "s", "No.", grace_days=3, **HQ)


def test_an_amended_directive_issued_again_must_be_the_same_in_all_else(speakers):
    speakers.tracker.amend("s", "Two sessions.", parameters={"sessions": 2}, **HQ)
    other = {"directive": "s", "kind": "speaker_identification", "title": TITLE, "statements": ("S9",)}
    given = {"parameters": {"trained": 1, "deployed": 0}, **HQ}
    refused(speakers, errors.AlreadyRecorded, speakers.tracker.make, IssueDirective, **other, **given)
