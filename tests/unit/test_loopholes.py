"""Rules that somebody tried to get round."""

from datetime import date, datetime, timedelta, timezone

import pytest
from tests.conftest import Desk

from directives import Text, Unit, read_minutes, read_organisation
from directives.domain import errors

INDIA = timezone(timedelta(hours=5, minutes=30))
HQ = {"office": "headquarters@JH"}
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
TITLE = Text(en="Directive", hi="निर्देश")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=INDIA)


def test_a_moment_is_accepted_only_where_it_can_be_read_again(empty):
    with pytest.raises(errors.InvalidInput, match="name a year from 1900 to 2999"):
        empty.found(read_organisation(), occurred_at=at("1900-01-01T00:00"))
    assert list(empty.events()) == []


def test_a_submission_is_not_dated_before_the_work_that_it_counts(tracker, clock):
    seat = Desk(tracker, clock, "alliance_support", NONE | {"steps": 1})
    clock.forward(days=60)
    seat.do("alliance record", what="step", text="Late.")
    early = clock() - timedelta(days=50)
    seat.refused(errors.OutOfOrder, "task submit", "before the work on record was done", occurred_at=early)
    seat.do("task submit")
    assert seat.verify()[0].data.on_time is False


def test_a_level_that_was_withdrawn_is_not_owed_again_by_the_same_minutes(tracker):
    tracker.record_meeting(read_minutes())
    tracker.work("group create", "social-groups/JH-PC11", platform="x", name="G", office="convenor@JH-PC11")
    tracker.withdraw("social-groups", "No.", level="lok_sabha", scope="JH", **HQ)
    assert tracker.record_meeting(read_minutes()) == ()
    assert tracker.task("social-groups/JH-PC11").state == "withdrawn"
    assert len(tracker.tasks(directive="social-groups", state="withdrawn")) == 14
    told = [entry.name for entry in tracker.history("social-groups/JH-PC11")]
    assert told == ["AssignedToLevel", "GroupCreated", "LevelWithdrawn"]
    tracker.reinstate("social-groups", "Yes.", level="lok_sabha", scope="JH", due=date(2023, 12, 1), **HQ)
    assert tracker.task("social-groups/JH-PC11").state == "acknowledged", "reinstated, it goes on"
    assert tracker.tasks(directive="social-groups", state="withdrawn") == []


def test_a_grace_is_at_most_ten_years(tracker):
    with pytest.raises(errors.InvalidInput, match="grace_days"):
        tracker.issue("d", "alliance_support", TITLE, NONE, grace_days=3651, **HQ)


def test_who_leaves_the_name_out_does_not_verify_what_the_office_submitted(tracker):
    tracker.issue("d", "alliance_support", TITLE, NONE, **HQ)
    tracker.assign("d", "state", "JH", date(2024, 1, 1), **HQ)
    tracker.submit("d/JH", office="convenor@JH", actor="P1")
    for given in ({}, {"actor": "P1"}):
        with pytest.raises(errors.SelfVerification):
            tracker.verify("d/JH", office="convenor@JH", **given)
    assert tracker.verify("d/JH", office="convenor@JH", actor="P2")[0].name == "Verified"


def test_who_joins_later_does_nothing_before_that(tracker, clock):
    desk = Desk(tracker, clock, "alliance_support", NONE, level="block", unit="NB")
    clock.forward(days=10)
    tracker.register([Unit(code="NB", parent="JH-AC60", level="block", name=TITLE)])
    desk.refused(errors.OutOfOrder, "task submit", "before it was owed", occurred_at=clock() - timedelta(days=5))
    assert desk.do("task submit")


def test_orders_are_neither_dated_before_the_directive_nor_given_to_a_level_above_the_scope(tracker, clock):
    tracker.issue("d", "alliance_support", TITLE, NONE, **HQ)
    early = {"occurred_at": clock() - timedelta(days=5), **HQ}
    with pytest.raises(errors.OutOfOrder):
        tracker.assign("d", "lok_sabha", "JH", date(2023, 12, 1), **early)
    with pytest.raises(errors.OutOfOrder):
        tracker.withdraw("d", "No.", **early)
    with pytest.raises(errors.InvalidInput, match="state is above"):
        tracker.assign("d", "state", "JH-PC11", date(2023, 12, 1), **HQ)


def test_two_groups_of_a_platform_do_not_share_a_name(tracker, clock):
    asked = {"platforms": ["x"], "window_from": "2023-11-01", "window_to": "2023-11-02"}
    seat = Desk(tracker, clock, "social_groups", asked)
    for name in ("A", "B"):
        seat.do("group create", platform="x", name=name)
    seat.refused(errors.AlreadyRecorded, "group rename", "has the group x-1 of that name", group="x-2", name="A")
    with pytest.raises(errors.InvalidInput, match="platforms"):
        tracker.issue("e", "social_groups", TITLE, asked | {"platforms": ["a" * 51]}, **HQ)


def test_a_groups_own_name_is_told_as_it_is(tracker, clock):
    asked = {"platforms": ["x"], "window_from": "2023-11-01", "window_to": "2023-11-02"}
    seat = Desk(tracker, clock, "social_groups", asked)
    (event,) = seat.do("group create", platform="x", name="x")
    assert tracker.sentence(event) == "The convenor of Khunti (Lok Sabha) created the group x-1 on X (Twitter), “x”"


@pytest.mark.parametrize("task", ["written-report/\udcff", "a\nb/c"])
def test_a_task_that_is_no_text_is_one_line(meeting, tracker, task):
    with pytest.raises(errors.InvalidInput) as caught:
        tracker.acknowledge(task, office="convenor@JH-PC01")
    assert "\n" not in str(caught.value)


def test_the_demo_takes_no_office_from_the_environment(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DIRECTIVES_AS", "convenor@JH-PC11")
    run("demo", tmp_path / "story")
