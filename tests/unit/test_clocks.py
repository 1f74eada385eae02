"""Clocks that differ a little, that ran ahead, and that may be wrong."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.conftest import names

from directives import AcknowledgeTask, Text, Tracker, say_message
from directives.domain import errors
from directives.domain.office import same_actor

KHUNTI = "written-report/JH-PC11"
CLERK, HQ, OWN = {"office": "clerk@JH"}, {"office": "headquarters@JH"}, {"office": "convenor@JH-PC11"}
WRONG = datetime(2024, 3, 20, 6, tzinfo=UTC)
RIGHT = datetime(2023, 11, 10, 6, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [0, 20, 300])
def test_a_moment_a_little_ahead_is_now(meeting, seconds):
    ahead = meeting.clock() + timedelta(seconds=seconds)
    (event,) = meeting.acknowledge("JH-PC11", occurred_at=ahead)
    assert event.occurred_at == event.recorded_at == meeting.clock()
    again = meeting.tracker.command(AcknowledgeTask, task=KHUNTI, command_id=event.command_id, occurred_at=ahead, **OWN)
    assert meeting.tracker.execute(again) == (event,), "it is known by what it says, and not by what it counts as"


def test_one_further_ahead_lies_in_the_future(meeting):
    with pytest.raises(errors.InvalidInput, match="is in the future"):
        meeting.acknowledge("JH-PC11", occurred_at=meeting.clock() + timedelta(seconds=301))


def by_a_wrong_clock(meeting, act, *args, **given):
    meeting.clock.now = WRONG
    act(*args, **given)
    meeting.clock.now = RIGHT


def test_a_directive_is_changed_though_its_last_change_was_dated_by_a_clock_that_ran_ahead(meeting):
    tracker = meeting.tracker
    by_a_wrong_clock(meeting, tracker.extend, "written-report", date(2024, 3, 30), "Flood.", **HQ)
    assert names(tracker.extend("written-report", date(2024, 4, 5), "Flood.", **HQ)) == ["DeadlineExtended"]
    by_a_wrong_clock(meeting, tracker.amend, "written-report", "Two.", title={"en": "Two", "hi": "दो"}, **HQ)
    title = Text(en="Three", hi="तीन")
    assert names(tracker.amend("written-report", "Three.", title=title, **HQ)) == ["Amended"]
    assert names(tracker.withdraw("written-report", "Enough.", **HQ)) == ["Withdrawn"]


def test_a_directive_that_was_issued_by_such_a_clock_is_assigned_and_done(tracker, clock):
    clock.now = WRONG
    none = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
    tracker.issue("d", "alliance_support", {"en": "D", "hi": "द"}, none, **HQ)
    tracker.assign("d", "lok_sabha", "JH", date(2024, 3, 30), **HQ)
    clock.now = RIGHT
    assert names(tracker.assign("d", "state", "JH", date(2023, 12, 1), **HQ)) == ["AssignedToLevel"]
    assert names(tracker.submit("d/JH-PC11", **OWN)) == ["Submitted"]
    assert names(tracker.verify("d/JH-PC11", **CLERK)) == ["Verified"]


def test_a_task_is_answered_whose_submission_was_dated_by_such_a_clock(meeting):
    by_a_wrong_clock(meeting, meeting.submit, "JH-PC11")
    by_a_wrong_clock(meeting, meeting.give_back, "JH-PC11")
    meeting.submit("JH-PC11", "A corrected report.")
    assert meeting.tracker.task(KHUNTI).submitted_at == RIGHT
    assert names(meeting.verify("JH-PC11")) == ["Verified"]
    by_a_wrong_clock(meeting, meeting.submit, "JH-PC02")
    assert names(meeting.tracker.waive("written-report/JH-PC02", "No.", **CLERK)) == ["Waived"]


def test_a_unit_that_was_registered_by_such_a_clock_is_moved(tracker, clock):
    clock.now = WRONG
    tracker.register([{"code": "N", "parent": "JH-AC60", "level": "block", "name": {"en": "N", "hi": "न"}}])
    clock.now = RIGHT
    assert names(tracker.move("N", "JH-AC59", "Redrawn.")) == ["Moved"]


def test_an_act_before_one_that_was_dated_right_is_refused_all_the_same(meeting):
    meeting.clock.now = RIGHT
    meeting.submit("JH-PC11")
    with pytest.raises(errors.OutOfOrder):
        meeting.verify("JH-PC11", occurred_at=RIGHT - timedelta(days=1))


def test_what_is_known_today_is_the_whole_log(meeting):
    by_a_wrong_clock(meeting, meeting.submit, "JH-PC11")
    meeting.submit("JH-PC02")
    today = RIGHT.date()
    assert [event.recorded_at for event in meeting.tracker.events()][-1] == WRONG
    for days in ({"known_at": today}, {"as_of": today}, {"as_of": today, "known_at": today}):
        assert meeting.tracker.status(**days) == meeting.tracker.status()
    yesterday = today - timedelta(days=1)
    assert [row.waiting for row in meeting.tracker.status(as_of=yesterday)] == [0]
    assert [row.waiting for row in meeting.tracker.status(known_at=yesterday)] == [0]


def test_a_clock_far_after_the_last_entry_records_nothing_until_it_is_said_to_be_right(tmp_path, run):
    now = [datetime(2023, 10, 20, tzinfo=UTC)]
    url = f"sqlite:///{tmp_path / 'directives.db'}"
    with Tracker(url, create=True, clock=lambda: now[0]) as tracker:
        tracker.found([{"code": "X", "parent": None, "level": "state", "name": {"en": "X", "hi": "क"}}])
        now[0] += timedelta(days=180)
        assert tracker.rename("X", Text(en="Y", hi="ख"))
        now[0] += timedelta(days=180, seconds=1)
        before = len([*tracker.events()])
        with pytest.raises(
            errors.ClockInDoubt, match=r"the last entry is of 2024-04-17T00:00:00\+00:00: set the clock"
        ):
            tracker.rename("X", Text(en="Z", hi="ग"))
        command = tracker.command(AcknowledgeTask, task="d/X", office="clerk@X")
        with pytest.raises(errors.ClockInDoubt):
            tracker.execute_all([command])
        assert len([*tracker.events()]) == before
        assert tracker.unit("X").name.en == "Y", "questions are answered"
    rename = ("org", "rename", "X", "--name-en", "Z", "--name-hi", "ग", "--as", "clerk@X")
    assert "set the clock, or give --clock-is-right" in run(*rename, code=4).stderr
    run(*rename, "--clock-is-right")
    with Tracker(url, clock=lambda: now[0], clock_is_right=True) as tracker:
        assert tracker.unit("X").name.en == "Z"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("W17", "w17", True),
        ("W17", "Ｗ１７", True),
        ("W17", "W\u200b1\u200d7\ufeff", True),
        ("STRASSE", "straße", True),
        ("रीता", "र\u200dीता", True),
        ("W17", "W18", False),
        ("W17", "W 17", False),
        ("रीता", "राता", False),
        ("कि", "क", False),
    ],
)
def test_an_actor_is_the_same_however_the_code_is_typed(one, other, same):
    assert same_actor(one, other) is same is same_actor(other, one)


@pytest.mark.parametrize("spelt", ["w17", "Ｗ１７", "W\u200d17", "W17"])
def test_nobody_verifies_returns_or_waives_what_they_submitted_however_they_are_spelt(meeting, spelt):
    meeting.submit("JH-PC11", actor="W17")
    for act in (meeting.verify, meeting.give_back):
        with pytest.raises(errors.SelfVerification, match="which W17 submitted"):
            act("JH-PC11", actor=spelt)
    with pytest.raises(errors.SelfVerification):
        meeting.tracker.waive(KHUNTI, "No.", actor=spelt, **CLERK)
    assert meeting.verify("JH-PC11", actor="W18")[0].actor == "W18"


def test_the_code_of_an_actor_is_stored_as_it_was_given(meeting):
    assert meeting.submit("JH-PC11", actor="Ｗ１７")[0].actor == "Ｗ１７"


def test_a_moment_in_the_future_is_told_as_people_write_it(meeting):
    at = datetime(2030, 1, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with pytest.raises(errors.InvalidInput) as caught:
        meeting.acknowledge("JH-PC11", occurred_at=at)
    assert say_message(caught.value.message) == (
        "at: 1 January 2030, 09:30 UTC+05:30 is in the future: name a moment that has passed"
    )
    assert say_message(caught.value.message, "hi").startswith("at: 1 जनवरी 2030, 09:30 UTC+05:30 ")
    assert caught.value.facts == {"at": "2030-01-01T09:30:00+05:30"}
