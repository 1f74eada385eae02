"""Where one rule meets another: what was found there, each once."""

from datetime import date

import pytest
from tests.conftest import names, refused
from tests.unit.test_changes import CLERK, KHUNTI, SEATS

from directives import IssueDirective, Text, Unit, WrittenCommands, read_organisation, shown
from directives.domain import errors

HQ = {"office": "headquarters@JH"}
LEVEL = {"level": "lok_sabha", "scope": "JH"}
TITLE = Text(en="Directive", hi="निर्देश")
DUE = date(2023, 12, 1)


def test_a_level_withdrawn_twice_is_withdrawn_once(meeting):
    meeting.tracker.assign("written-report", "block", "JH", DUE, **HQ)
    again = {"level": "block", "scope": "JH", **HQ}
    assert names(meeting.tracker.withdraw("written-report", "No.", **again)) == ["LevelWithdrawn"]
    assert meeting.tracker.withdraw("written-report", "No.", **again) == ()


def test_withdrawn_by_two_orders_a_task_is_listed_once(meeting):
    for scope in ("JH-PC11", "JH"):
        meeting.tracker.assign("written-report", "vidhan_sabha", scope, DUE, **HQ)
        meeting.tracker.withdraw("written-report", "No.", level="vidhan_sabha", scope=scope, **HQ)
    tasks = [task.task for task in meeting.tracker.tasks(directive="written-report", state="withdrawn")]
    assert len(tasks) == len({*tasks}) == 81


@pytest.mark.parametrize("name", ["task", "unit", "directive", "meeting", "organisation"])
def test_no_directive_has_a_name_with_which_streams_begin(meeting, name):
    refused(meeting, errors.InvalidInput, meeting.tracker.issue, name, "written_report", TITLE, **HQ)


def test_what_changes_a_level_is_not_dated_before_its_last_change(meeting):
    tracker, first = meeting.tracker, meeting.clock()
    meeting.clock.forward(days=3)
    tracker.extend("written-report", DUE, "Floods.", **LEVEL, **HQ)
    early = {"occurred_at": first, **HQ}
    refused(meeting, errors.OutOfOrder, tracker.extend, "written-report", date(2024, 1, 1), "No.", **LEVEL, **early)
    refused(meeting, errors.OutOfOrder, tracker.withdraw, "written-report", "No.", **early)
    tracker.amend("written-report", "Clearer.", title=TITLE, **HQ)
    refused(meeting, errors.OutOfOrder, tracker.amend, "written-report", "No.", grace_days=3, **early)
    for seat in SEATS:
        tracker.waive(meeting.task(seat), "No.", **CLERK)
    tracker.register([Unit(code="N1", parent="JH", level="lok_sabha", name=TITLE)])
    refused(meeting, errors.OutOfOrder, tracker.reopen, "written-report", reason="No.", **LEVEL, **early)


def test_nobody_acts_on_a_task_before_it_was_ordered(meeting):
    first = meeting.clock()
    meeting.clock.forward(days=3)
    meeting.tracker.assign("written-report", "vidhan_sabha", "JH", DUE, **HQ)
    task, own = "written-report/JH-AC01", {"office": "convenor@JH-AC01"}
    refused(meeting, errors.OutOfOrder, meeting.tracker.acknowledge, task, occurred_at=first, **own)
    assert meeting.tracker.acknowledge(task, **own)


def test_the_way_out_of_a_reassigned_task_is_named(meeting):
    meeting.tracker.reassign(KHUNTI, "JH-PC01", "No.", **CLERK)
    with pytest.raises(
        errors.NotEntitled, match=r"reassigned to JH-PC01: .* change that with directives task reassign"
    ):
        meeting.acknowledge("JH-PC11")


def test_who_submitted_is_named_in_a_refusal(meeting):
    meeting.submit("JH-PC11")
    meeting.tracker.reopen_task(KHUNTI, "No.", **CLERK)
    meeting.tracker.reassign(KHUNTI, "JH", "No.", **CLERK)
    with pytest.raises(errors.SelfVerification, match="which convenor@JH-PC11 submitted"):
        meeting.verify("JH-PC11", office="clerk@JH", actor="convenor@JH-PC11")


def test_a_history_line_cannot_be_forged(meeting, monkeypatch):
    monkeypatch.setattr("directives.tracker.require_fit", lambda _: None)  # as it was once
    meeting.tracker.waive(KHUNTI, "x\n3 October 2023  The clerk verified\u202e it \x1b[2J", **CLERK)
    sentence = meeting.tracker.history(KHUNTI)[-1].sentence
    assert sentence.isprintable()
    assert "\\u202e" in sentence
    assert shown("क्\u200dष") == "क्\u200dष", "Hindi needs its joiners"


def test_texts_that_are_none_are_refused(meeting):
    fields = {"directive": "d", "kind": "written_report", "title": TITLE, **HQ}
    refused(meeting, errors.InvalidInput, meeting.tracker.make, IssueDirective, statements=("a\ud800",), **fields)


@pytest.mark.parametrize("read", [WrittenCommands, read_organisation])
def test_a_name_of_a_file_that_is_too_long(read):
    with pytest.raises(errors.InvalidInput, match="cannot be read: File name too long"):
        read("a" * 300)


def test_a_field_or_a_column_that_is_there_twice(meeting, tmp_path):
    path = tmp_path / "file"
    path.write_text('{"command": "task acknowledge", "task": "x/JH", "task": "y/JH", "office": "clerk@JH"}')
    with pytest.raises(errors.InvalidInput, match="line 1: task: is a duplicate"):
        meeting.tracker.import_commands(WrittenCommands(path))
    path.write_text("code,parent,level,name_en,name_hi,code\nX,,state,X,X,Y\n")
    with pytest.raises(errors.InvalidOrganisation, match="column code is a duplicate"):
        read_organisation(path)


def test_questions_with_values_that_are_none(meeting):
    tracker = meeting.tracker
    refused(meeting, errors.InvalidInput, tracker.tasks, state="bogus")
    refused(meeting, errors.InvalidInput, tracker.history, KHUNTI, "fr")
    refused(meeting, errors.InvalidInput, tracker.events, "x")


def test_doctor_names_who_came_late_to_a_completed_directive(meeting):
    for seat in SEATS:
        meeting.tracker.waive(meeting.task(seat), "No.", **CLERK)
    meeting.clock.forward(days=1)
    meeting.tracker.register([Unit(code="N1", parent="JH", level="lok_sabha", name=TITLE)])
    (found,) = [each for each in meeting.tracker.doctor() if each.check == "late joiners"]
    assert "owe nothing: N1" in found.found
    assert meeting.tracker.directive("written-report").completed
