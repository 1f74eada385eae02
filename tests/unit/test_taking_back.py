"""What was wrong is taken back, and stays on record: decisions, submissions, records of work, days of tasks."""

import json
from datetime import date, timedelta

import pytest
from tests.conftest import Desk, names, refused

from directives import Text, WrittenCommands, commands
from directives.domain import errors

pytestmark = pytest.mark.every_store

CLERK = {"office": "clerk@JH"}
KHUNTI = "written-report/JH-PC11"
CONVENOR = {"office": "convenor@JH-PC11"}


def totals(meeting, directive="written-report", level="lok_sabha"):
    (row,) = meeting.tracker.status(directive=directive, level=level)
    return row.expected, row.on_time, row.late, row.waiting, row.overdue


def same_after_rebuild(meeting):
    before = meeting.tracker.task(KHUNTI), totals(meeting)
    assert all(table.differing == 0 for table in meeting.tracker.rebuild())
    assert (meeting.tracker.task(KHUNTI), totals(meeting)) == before
    found = meeting.tracker.doctor()
    assert [each for each in found if each.state == "wrong"] == []


@pytest.fixture
def verified(meeting):
    """Submitted on 10 November, in time; verified on the 18th."""
    meeting.clock.forward(days=21)
    meeting.submit("JH-PC11")
    meeting.clock.forward(days=8)
    meeting.verify("JH-PC11")
    return meeting


def test_a_wrong_verification_taken_back_leaves_the_submission_of_its_day(verified):
    assert totals(verified) == (14, 1, 0, 0, 13)
    (event,) = verified.tracker.take_back(KHUNTI, "The wrong seat.", **CLERK)
    assert (event.name, event.data.what, event.data.takes_back) == ("TakenBack", "verification", (event.position - 1,))
    task = verified.tracker.task(KHUNTI)
    assert (task.state, task.submitted_at.day) == ("submitted", 10)
    assert totals(verified) == (14, 0, 0, 1, 13)
    same_after_rebuild(verified)
    assert verified.verify("JH-PC11")[0].data.on_time
    assert totals(verified) == (14, 1, 0, 0, 13)
    same_after_rebuild(verified)


def test_what_was_reopened_is_cured_by_two(verified):
    verified.tracker.reopen_task(KHUNTI, "By mistake.", **CLERK)
    assert verified.tracker.task(KHUNTI).state == "returned"
    assert verified.tracker.take_back(KHUNTI, "One.", **CLERK)[0].data.what == "reopening"
    assert verified.tracker.task(KHUNTI).on_time
    assert verified.tracker.take_back(KHUNTI, "Two.", **CLERK)[0].data.what == "verification"
    assert verified.tracker.task(KHUNTI).state == "submitted"
    refused(verified, errors.NothingToTakeBack, verified.tracker.take_back, KHUNTI, "Three.", **CLERK)


def test_a_wrong_return_goes_with_the_day_that_it_gave(meeting):
    meeting.submit("JH-PC11")
    meeting.give_back("JH-PC11", due=date(2023, 12, 24))
    assert meeting.tracker.task(KHUNTI).due == date(2023, 12, 24)
    meeting.tracker.take_back(KHUNTI, "It was right.", **CLERK)
    task = meeting.tracker.task(KHUNTI)
    assert (task.state, task.due) == ("submitted", date(2023, 11, 15))
    same_after_rebuild(meeting)


def test_a_waiver_taken_back_leaves_what_was_before(meeting):
    meeting.acknowledge("JH-PC11")
    meeting.tracker.waive(KHUNTI, "Flood.", **CLERK)
    meeting.tracker.take_back(KHUNTI, "Another seat.", **CLERK)
    assert meeting.tracker.task(KHUNTI).state == "acknowledged"
    refused(meeting, errors.NothingToTakeBack, meeting.tracker.take_back, KHUNTI, "Again.", **CLERK)


def test_who_takes_back(verified):
    take_back = verified.tracker.take_back
    refused(verified, errors.NotEntitled, take_back, KHUNTI, "No.", **CONVENOR)
    refused(verified, errors.SelfVerification, take_back, KHUNTI, "No.", actor="convenor@JH-PC11", **CLERK)
    long_ago = verified.clock() - timedelta(days=1)
    refused(verified, errors.OutOfOrder, take_back, KHUNTI, "No.", occurred_at=long_ago, **CLERK)
    refused(verified, errors.InvalidInput, take_back, KHUNTI, " ", **CLERK)
    refused(verified, errors.UnknownTask, take_back, "written-report/JH-AC01", "No.", **CLERK)
    verified.tracker.withdraw("written-report", "No more.", **CLERK)
    refused(verified, errors.DirectiveWithdrawn, take_back, KHUNTI, "No.", **CLERK)


def test_what_an_office_above_decided_is_taken_back_there_or_above_it(meeting):
    tracker = meeting.tracker
    tracker.issue(
        "blocks",
        "alliance_support",
        Text(en="Blocks"),
        {"steps": 0, "briefings": 0, "activities": 0, "confirmations": 0},
        **CLERK,
    )
    tracker.assign("blocks", "vidhan_sabha", "JH", date(2023, 12, 1), **CLERK)
    block = tracker.tasks(directive="blocks", limit=1)[0]
    seat = next(unit for unit in tracker.units() if unit.code == block.unit).parent
    tracker.submit(block.task, office=f"convenor@{block.unit}")
    tracker.verify(block.task, **CLERK)
    refused(meeting, errors.NotEntitled, tracker.take_back, block.task, "No.", office=f"convenor@{seat}")
    tracker.take_back(block.task, "By mistake.", **CLERK)
    tracker.verify(block.task, office=f"convenor@{seat}")
    assert names(tracker.take_back(block.task, "By mistake.", **CLERK)) == ["TakenBack"]
    tracker.verify(block.task, office=f"convenor@{seat}")
    assert names(tracker.take_back(block.task, "By mistake.", office=f"convenor@{seat}")) == ["TakenBack"]


def test_a_level_and_its_directive_are_open_again(meeting):
    seats = [unit.code for unit in meeting.tracker.units() if unit.level == "lok_sabha"]
    for seat in seats:
        meeting.submit(seat, content=f"Of {seat}.\n")
        events = meeting.verify(seat)
    assert names(events)[-2:] == ["LevelCompleted", "Completed"]
    events = meeting.tracker.take_back(KHUNTI, "The wrong seat.", **CLERK)
    assert names(events) == ["TakenBack", "LevelReopened"]
    assert not meeting.tracker.directive("written-report").completed
    assert names(meeting.verify("JH-PC11")) == ["Verified", "LevelCompleted", "Completed"]
    meeting.tracker.reopen_task(KHUNTI, "By mistake.", **CLERK)
    events = meeting.tracker.take_back(KHUNTI, "Not by mistake.", **CLERK)
    assert names(events) == ["TakenBack", "LevelCompleted", "Completed"]
    same_after_rebuild(meeting)


def test_a_wrong_file_is_recalled_and_the_same_one_may_come_again(meeting):
    meeting.submit("JH-PC11")
    (event,) = meeting.tracker.recall(KHUNTI, "The draft.", **CONVENOR)
    assert (event.name, event.data.submission) == ("Recalled", 1)
    assert event.data.takes_back == (event.position - 2, event.position - 1)
    assert meeting.tracker.task(KHUNTI).state == "assigned"
    assert totals(meeting)[3] == 0
    same_after_rebuild(meeting)
    report, submitted = meeting.submit("JH-PC11")
    assert (report.data.report, report.data.supersedes, submitted.data.submission) == (2, None, 2)
    same_after_rebuild(meeting)
    meeting.verify("JH-PC11")
    assert [row.values["report"] for row in meeting.tracker.records("report")] == [2]
    refused(meeting, errors.NotSubmitted, meeting.tracker.recall, KHUNTI, "Late.", **CONVENOR)


def test_who_recalls(meeting):
    recall = meeting.tracker.recall
    refused(meeting, errors.NotSubmitted, recall, KHUNTI, "None.", **CONVENOR)
    meeting.submit("JH-PC11", **CLERK, on_behalf_of="JH-PC11")
    refused(meeting, errors.NotEntitled, recall, KHUNTI, "No.", office="headquarters@JH")
    refused(meeting, errors.NotEntitled, recall, KHUNTI, "No.", office="convenor@JH-PC08")
    yesterday = meeting.clock() - timedelta(days=1)
    refused(meeting, errors.OutOfOrder, recall, KHUNTI, "No.", occurred_at=yesterday, **CONVENOR)
    assert names(recall(KHUNTI, "Ours to say.", **CLERK)) == ["Recalled"]
    meeting.submit("JH-PC11", **CLERK, on_behalf_of="JH-PC11")
    assert names(recall(KHUNTI, "Ours to say.", **CONVENOR)) == ["Recalled"]


def test_a_document_that_was_recalled_is_told_to_nobody(meeting):
    meeting.submit("JH-PC08")
    meeting.submit("JH-PC11")
    assert meeting.tracker.task("written-report/JH-PC08").same_document == (KHUNTI,)
    meeting.tracker.recall(KHUNTI, "That of another seat.", **CONVENOR)
    assert meeting.tracker.task("written-report/JH-PC08").same_document == ()
    same_after_rebuild(meeting)


def test_the_own_day_of_a_task_is_set_right(meeting):
    tracker, wrong, right = meeting.tracker, date(2032, 11, 20), date(2023, 11, 20)
    tracker.extend_task(KHUNTI, wrong, "Flood.", **CLERK)
    refused(meeting, errors.InvalidInput, tracker.extend_task, KHUNTI, right, "Mistyped.", **CLERK)
    assert names(tracker.reschedule_task(KHUNTI, right, "Mistyped.", **CLERK)) == ["DayRescheduled"]
    assert tracker.reschedule_task(KHUNTI, right, "Mistyped.", **CLERK) == ()
    assert tracker.task(KHUNTI).due == right
    reschedule = tracker.reschedule_task
    refused(meeting, errors.InvalidInput, reschedule, KHUNTI, date(2023, 11, 14), "Before its level.", **CLERK)
    refused(meeting, errors.NotEntitled, reschedule, KHUNTI, wrong, "No.", **CONVENOR)
    meeting.clock.forward(days=40)
    refused(meeting, errors.InvalidInput, reschedule, KHUNTI, date(2023, 11, 25), "Past.", **CLERK)
    long_ago = {"occurred_at": meeting.clock() - timedelta(days=39)}
    refused(meeting, errors.InvalidInput, reschedule, KHUNTI, date(2023, 11, 25), "Past.", **long_ago, **CLERK)
    meeting.submit("JH-PC11")
    meeting.verify("JH-PC11")
    refused(meeting, errors.TaskClosed, reschedule, KHUNTI, date(2024, 11, 20), "Closed.", **CLERK)


NOUGHT = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)


@pytest.fixture
def support(meeting):
    """A directive that asks for two steps of every seat."""
    terms = NOUGHT | {"steps": 2}
    meeting.tracker.issue("support", "alliance_support", Text(en="Support"), terms, **CLERK)
    meeting.tracker.assign("support", "lok_sabha", "JH", date(2023, 12, 1), **CLERK)
    return meeting


STEP = {"what": "step", "text": "A cell."}
OF_KHUNTI = "support/JH-PC11"


def step(meeting, **fields):
    return meeting.tracker.make(commands()["alliance record"], task=OF_KHUNTI, **STEP | fields, **CONVENOR)[0].position


def steps(meeting):
    (row,) = meeting.tracker.status(directive="support")
    return row.work["steps"]


def test_a_wrong_step_is_struck_and_counts_no_more(support):
    tracker, wrong = support.tracker, step(support)
    assert steps(support) == 1
    (event,) = tracker.strike(OF_KHUNTI, wrong, "Never done.", **CONVENOR)
    assert (event.name, event.data.takes_back) == ("Struck", (wrong,))
    assert (steps(support), tracker.task(OF_KHUNTI).state) == (0, "assigned")
    assert tracker.strike(OF_KHUNTI, wrong, "Never done.", **CONVENOR) == ()
    assert tracker.records("alliance") == []
    same_after_rebuild(support)


def test_a_submission_that_rests_on_a_step_keeps_it(support):
    tracker, first = support.tracker, step(support)
    step(support)
    tracker.submit(OF_KHUNTI, **CONVENOR)
    error = refused(support, errors.NothingToTakeBack, tracker.strike, OF_KHUNTI, first, "Never done.", **CONVENOR)
    assert "carries submission 1" in str(error)
    later = step(support)
    assert names(tracker.strike(OF_KHUNTI, later, "Twice.", **CONVENOR)) == ["Struck"]
    tracker.verify(OF_KHUNTI, **CLERK)
    refused(support, errors.NothingToTakeBack, tracker.strike, OF_KHUNTI, first, "Never done.", **CLERK)
    tracker.reopen_task(OF_KHUNTI, "One was never done.", **CLERK)
    assert names(tracker.strike(OF_KHUNTI, first, "Never done.", **CLERK)) == ["Struck"]
    assert steps(support) == 1
    same_after_rebuild(support)


def test_a_submission_does_not_hold_again_of_which_something_was_struck(support):
    tracker, first = support.tracker, step(support)
    step(support)
    tracker.submit(OF_KHUNTI, **CONVENOR)
    tracker.return_task(OF_KHUNTI, "One was never done.", **CLERK)
    tracker.strike(OF_KHUNTI, first, "Never done.", **CONVENOR)
    error = refused(support, errors.NothingToTakeBack, tracker.take_back, OF_KHUNTI, "No.", **CLERK)
    assert "does not hold without what was struck out since" in str(error)
    step(support)
    tracker.submit(OF_KHUNTI, **CONVENOR)
    tracker.return_task(OF_KHUNTI, "By mistake.", **CLERK)
    assert names(tracker.take_back(OF_KHUNTI, "It is right.", **CLERK)) == ["TakenBack"]
    same_after_rebuild(support)


def test_terms_of_the_submission_judge_it_again(support):
    tracker, first = support.tracker, step(support)
    step(support), step(support)
    tracker.submit(OF_KHUNTI, **CONVENOR)
    tracker.amend("support", "More.", parameters={"steps": 9}, **CLERK)
    assert names(tracker.strike(OF_KHUNTI, first, "Twice.", **CONVENOR)) == ["Struck"], "two were asked for then"
    assert (steps(support), tracker.task(OF_KHUNTI).state) == (2, "submitted")
    tracker.verify(OF_KHUNTI, **CLERK)
    same_after_rebuild(support)


def test_what_is_verified_keeps_its_terms_when_something_of_it_is_struck(support):
    tracker = support.tracker
    first = step(support)
    step(support), step(support)
    tracker.submit(OF_KHUNTI, **CONVENOR)
    tracker.verify(OF_KHUNTI, **CLERK)
    tracker.amend("support", "More.", parameters={"steps": 9}, **CLERK)
    tracker.strike(OF_KHUNTI, first, "Twice.", **CONVENOR)
    assert tracker.task(OF_KHUNTI).state == "verified"
    same_after_rebuild(support)


def test_what_is_struck_and_by_whom(support):
    tracker, wrong = support.tracker, step(support)
    strike = tracker.strike
    refused(support, errors.NotEntitled, strike, OF_KHUNTI, wrong, "No.", office="convenor@JH-PC08")
    refused(support, errors.UnknownEntry, strike, OF_KHUNTI, 1, "No.", **CONVENOR)
    refused(support, errors.InvalidInput, strike, OF_KHUNTI, -1, "No.", **CONVENOR)
    yesterday = support.clock() - timedelta(days=1)
    refused(support, errors.OutOfOrder, strike, OF_KHUNTI, wrong, "No.", occurred_at=yesterday, **CONVENOR)
    step(support)
    submitted = tracker.submit(OF_KHUNTI, **CONVENOR)[0].position
    error = refused(support, errors.NothingToTakeBack, strike, OF_KHUNTI, submitted, "No.", **CONVENOR)
    assert "is not a record of work" in str(error)
    support.submit("JH-PC11")
    report = next(event.position for event in tracker.history(KHUNTI) if event.name == "ReportRecorded")
    error = refused(support, errors.NothingToTakeBack, strike, KHUNTI, report, "No.", **CONVENOR)
    assert "was recorded with submission 1" in str(error)


def test_many_are_taken_back_by_one_file(meeting):
    tracker, seats = meeting.tracker, [f"JH-PC{number:02}" for number in range(1, 7)]
    meeting.clock.forward(days=21)
    for seat in seats:
        meeting.submit(seat, content=f"Of {seat}.\n")
    meeting.clock.forward(days=8)
    tracker.verify_all([meeting.task(seat) for seat in seats], **CLERK)
    for seat in seats:
        tracker.reopen_task(meeting.task(seat), "Wrong list.", **CLERK)
    again = [commands()[deed] for deed in ("task take-back", "task take-back", "task verify")]
    asked = [
        tracker.command(command, task=meeting.task(seat), **({"reason": "R"} if command is again[0] else {}), **CLERK)
        for seat in seats
        for command in again
    ]
    carried = tracker.execute_all(asked)
    assert (carried.done, carried.events) == (18, 18)
    assert totals(meeting)[:3] == (14, 6, 0)
    same_after_rebuild(meeting)


def why(meeting, task=KHUNTI):
    entry = meeting.tracker.task_record(task).why
    return None if entry is None else entry.name


def test_a_task_says_why_it_stands_as_it_does(support):
    assert why(support) is None
    support.submit("JH-PC11")
    support.give_back("JH-PC11")
    assert why(support) == "Returned"
    support.tracker.take_back(KHUNTI, "It was right.", **CLERK)
    assert why(support) == "TakenBack"
    support.tracker.recall(KHUNTI, "A draft.", **CONVENOR)
    assert why(support) == "Recalled"
    assert support.tracker.task_record(KHUNTI).evidence == ()
    support.submit("JH-PC11")
    assert why(support) is None
    support.tracker.withdraw("written-report", "No more.", **CLERK)
    assert why(support) == "Withdrawn"
    support.tracker.strike(OF_KHUNTI, step(support), "Never done.", **CONVENOR)
    assert why(support, OF_KHUNTI) == "Struck"
    step(support)
    assert why(support, OF_KHUNTI) is None
    support.tracker.withdraw("support", "No more.", level="lok_sabha", scope="JH", **CLERK)
    assert why(support, OF_KHUNTI) == "LevelWithdrawn"
    assert [each.level for each in support.tracker.directive("support").withdrawn_levels] == ["lok_sabha"]


@pytest.fixture
def groups(meeting):
    """A directive on groups, of every seat, and what Khunti recorded: a group on X and two posts."""
    window = {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2023-10-23"}
    meeting.tracker.issue("groups", "social_groups", Text(en="Groups"), window, **CLERK)
    meeting.tracker.assign("groups", "lok_sabha", "JH", date(2023, 12, 1), **CLERK)
    meeting.made = meeting.tracker.work("group create", OF_GROUPS, platform="x", name="G", **CONVENOR)[0].position
    meeting.posted = []
    for _ in range(2):
        meeting.posted += meeting.tracker.work("activity post", OF_GROUPS, text="T", **CONVENOR)
        meeting.clock.forward(days=1)
    return meeting


OF_GROUPS = "groups/JH-PC11"


def days(meeting):
    (row,) = meeting.tracker.daily(directive="groups", unit="JH-PC11", level="lok_sabha")
    return row.covered


def test_a_day_that_was_never_posted_is_covered_no_more(groups):
    assert days(groups) == 2
    groups.tracker.strike(OF_GROUPS, groups.posted[0].position, "Never posted.", **CONVENOR)
    assert days(groups) == 1
    assert [row.values["day"].day for row in groups.tracker.records("activity")] == [21]
    same_after_rebuild(groups)


def test_a_post_whose_groups_are_all_struck_covers_no_day(groups):
    second = groups.tracker.work("group create", OF_GROUPS, platform="x", name="H", **CONVENOR)[0]
    groups.tracker.work("activity post", OF_GROUPS, text="In both.", **CONVENOR)
    groups.clock.forward(days=1)
    assert days(groups) == 3
    groups.tracker.strike(OF_GROUPS, groups.made, "Never made.", **CONVENOR)
    assert days(groups) == 1, "the day that was posted in the other group too"
    assert [row.values["counts"] for row in groups.tracker.records("activity")] == [False, False, True]
    groups.tracker.strike(OF_GROUPS, second.position, "Nor that.", **CONVENOR)
    assert days(groups) == 0
    (third,) = groups.tracker.work("group create", OF_GROUPS, platform="x", name="G", **CONVENOR)
    assert third.data.group == "x-3", "the number of a struck group is given once"
    same_after_rebuild(groups)


def test_a_post_counts_in_no_list_whose_group_was_struck(tracker, clock):
    window = {"window_from": "2023-10-20", "window_to": "2023-10-21", "platforms": ["x"]}
    seat = Desk(tracker, clock, "social_groups", window)
    (made,) = seat.do("group create", platform="x", name="Khunti")
    seat.do("activity post", text="A rally")
    assert [row.values["counts"] for row in tracker.records("activity")] == [True]
    tracker.strike(seat.task, made.position, "There was none.", **seat.own)
    assert [row.values["counts"] for row in tracker.records("activity")] == [False]
    assert tracker.daily(unit="JH-PC11")[0].covered == 0
    seat.do("group create", platform="x", name="Khunti")
    seat.do("activity post", text="A rally")
    assert [row.values["counts"] for row in tracker.records("activity")] == [False, True]
    assert tracker.daily(unit="JH-PC11")[0].covered == 1


def test_a_session_of_a_speaker_who_was_struck_counts_no_more_and_keeps_its_number(tracker, clock):
    seat = Desk(tracker, clock, "speaker_identification", {"trained": 1, "deployed": 0, "sessions": 1})
    (found,) = seat.do("speaker identify", speaker="SP-01")
    seat.do("speaker train", speaker="SP-01", subject="Voice")
    tracker.strike(seat.task, found.position, "Another one was meant.", **seat.own)
    seat.do("speaker identify", speaker="SP-01")
    assert seat.work() == {"identified": 1, "trained": 0, "deployed": 0}
    assert [row.values["sessions"] for row in tracker.records("speaker")] == [0]
    (trained,) = seat.do("speaker train", speaker="SP-01", subject="Voice")
    assert trained.data.session == 2
    assert [row.values["sessions"] for row in tracker.records("speaker")] == [1]
    assert all(table.differing == 0 for table in tracker.rebuild())


def test_what_was_recalled_is_not_struck_as_if_it_waited(meeting):
    report = meeting.submit("JH-PC11")[0].position
    meeting.tracker.recall(KHUNTI, "A draft.", **CONVENOR)
    meeting.submit("JH-PC11")
    assert meeting.tracker.strike(KHUNTI, report, "A draft.", **CONVENOR) == ()
    assert meeting.tracker.task(KHUNTI).state == "submitted"


def test_a_struck_speaker_is_not_known_by_what_was_sealed(meeting):
    tracker = meeting.tracker
    tracker.issue("speakers", "speaker_identification", Text(en="S"), {"trained": 1, "deployed": 1}, **CLERK)
    tracker.assign("speakers", "lok_sabha", "JH-PC11", date(2023, 12, 1), **CLERK)
    first = {"speaker": "SP7", "name": "Sample One", "phone": "9876500000"}
    wrong = tracker.work("speaker identify", "speakers/JH-PC11", **first, **CONVENOR)[0].position

    def known():
        person = tracker.person("JH-PC11/SP7")
        return person.state, person.name, person.phone

    assert known() == ("known", "Sample One", "9876500000")
    tracker.strike("speakers/JH-PC11", wrong, "Another worker.", **CONVENOR)
    assert known() == ("known", None, None)
    tracker.work("speaker identify", "speakers/JH-PC11", speaker="SP7", name="Sample Two", **CONVENOR)
    assert known() == ("known", "Sample Two", None)
    same_after_rebuild(meeting)
    tracker.forget_person("JH-PC11/SP7", "Asked.", **CLERK)
    assert known()[0] == "erased"
    same_after_rebuild(meeting)


def test_a_line_that_takes_back_twice_has_another_reason(meeting, tmp_path):
    meeting.submit("JH-PC11")
    meeting.verify("JH-PC11")
    meeting.tracker.reopen_task(KHUNTI, "By mistake.", **CLERK)
    line = {"command": "task take-back", "task": KHUNTI, **CLERK}
    path = tmp_path / "lines.jsonl"

    def imported(*reasons):
        path.write_text("".join(json.dumps(line | {"reason": reason}) + "\n" for reason in reasons))
        carried = meeting.tracker.import_commands(WrittenCommands(path))
        return carried.done, carried.before

    assert imported("Wrong list.", "Wrong list.") == (1, 1)
    assert meeting.tracker.task(KHUNTI).state == "verified"
    assert imported("Wrong list.", "Wrong list, once more.") == (1, 1)
    assert meeting.tracker.task(KHUNTI).state == "submitted"
