"""Issuing and assigning directives, and their completion."""

from datetime import date

import pytest
from tests.conftest import earlier_minutes

from directives import Text, read_minutes
from directives.domain import errors

TITLE = Text(en="Report", hi="प्रतिवेदन")
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]
HQ = {"office": "headquarters@JH"}


def test_the_meeting_is_three_events_and_assigns_fourteen_tasks_by_one(meeting, tracker):
    events = list(tracker.events(after=97))
    assert [event.name for event in events] == ["MeetingRecorded", "Issued", "AssignedToLevel"]
    assert {event.office for event in events} == {"headquarters@JH"}
    assert events[0].occurred_at.isoformat() == "2023-10-18T18:30:00+00:00", "the day begins in India"
    assert [statement.no for statement in events[0].data.statements] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert "due" in events[1].data.set_by_issuing_office


def test_the_same_meeting_again_changes_nothing(meeting, tracker):
    assert tracker.record_meeting(earlier_minutes()) == ()
    assert meeting.names() == []


def test_the_minutes_add_what_the_earlier_ones_lacked(meeting, tracker):
    events = tracker.record_meeting(read_minutes())
    orders = [(event.stream, event.name, getattr(event.data, "level", None)) for event in events]
    assert orders == [
        ("directive/social-groups", "Issued", None),
        ("directive/social-groups", "AssignedToLevel", "lok_sabha"),
        ("directive/social-groups", "AssignedToLevel", "vidhan_sabha"),
        ("directive/social-groups", "AssignedToLevel", "block"),
        ("directive/speakers", "Issued", None),
        ("directive/speakers", "AssignedToLevel", "block"),
        ("directive/speakers", "AssignedToLevel", "panchayat"),
        ("directive/alliance-support", "Issued", None),
        ("directive/alliance-support", "AssignedToLevel", "lok_sabha"),
    ]
    assert tracker.record_meeting(read_minutes()) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"due": "2023-11-16"},
            "due: written-report is assigned to lok_sabha of JH with due 2023-11-15, not",
        ),
        ({"title": {"en": "Other", "hi": "प्रतिवेदन"}}, "title.en: written-report was issued with Written report"),
        ({"grace_days": 3}, "grace_days: written-report was issued with 0, not 3"),
        ({"parameters": {"languages": ["hi"]}}, "parameters.languages: written-report was issued with"),
    ],
)
def test_a_value_changed_since_is_refused_with_a_way_out(meeting, tracker, change, said):
    minutes = read_minutes().model_dump(mode="json")
    report = minutes["directives"][0]
    if "due" in change:
        report["assign"][0] |= change
    else:
        report |= {name: report[name] | value if name == "parameters" else value for name, value in change.items()}
    with pytest.raises(errors.AlreadyRecorded) as caught:
        tracker.record_meeting(minutes)
    assert str(caught.value).startswith(said)
    assert f"directives directive {'extend' if 'due' in change else 'amend'}" in str(caught.value)
    assert meeting.names() == []


def test_what_the_meeting_did_not_say_is_marked_as_set_by_the_issuing_office():
    for given in read_minutes().directives:
        said_there = {"parameters.platforms", "parameters.gatherings"}
        values = {"due", *(f"parameters.{name}" for name in given.parameters)} - said_there
        assert values <= set(given.set_by_issuing_office)


def test_the_goal_is_recorded_and_no_task_is_owed_for_it(meeting, tracker):
    tracker.record_meeting(read_minutes())
    shown = tracker.meeting("jharkhand-2023-10-19")
    follows = {said.no: said.directives for said in shown.statements}
    assert follows == {
        "S1": ("written-report",),
        "S2": ("social-groups",),
        "S3": ("social-groups",),
        "S4": ("speakers",),
        "S5": ("alliance-support",),
        "S6": (),
    }
    assert [said.no for said in shown.statements if said.asks_for == "goal"] == ["S6"]
    assert tracker.meetings() == [shown]
    with pytest.raises(errors.UnknownReference):
        tracker.meeting("nothing")


@pytest.mark.parametrize("field", ["statements", "directives", "held_on"])
def test_a_meeting_of_that_id_with_other_content_is_refused(meeting, tracker, field):
    minutes = read_minutes()
    other = {
        "statements": minutes.statements[:5],
        "directives": tuple(each.model_copy(update={"title": TITLE}) for each in minutes.directives),
        "held_on": date(2023, 10, 18),
    }
    with pytest.raises(errors.AlreadyRecorded):
        tracker.record_meeting(minutes.model_copy(update={field: other[field]}))
    assert meeting.names() == []


def test_a_meeting_in_the_future_is_refused(tracker):
    with pytest.raises(errors.InvalidInput, match="held_on: 2023-10-21 is in the future"):
        tracker.record_meeting(read_minutes().model_copy(update={"held_on": date(2023, 10, 21)}))
    assert len(list(tracker.events())) == 97


@pytest.fixture
def issued(tracker):
    """A directive that nobody owes yet; events 98."""
    assert [event.name for event in tracker.issue("r", "written_report", TITLE, **HQ)] == ["Issued"]
    return tracker


def assign(tracker, level, scope, due=date(2023, 11, 15), **given):
    return tracker.assign("r", level, scope, due, **HQ | given)


def test_issuing_once_again_and_differently(issued):
    assert issued.issue("r", "written_report", TITLE, **HQ) == ()
    with pytest.raises(errors.AlreadyRecorded):
        issued.issue("r", "written_report", Text(en="Other", hi="अन्य"), **HQ)
    with pytest.raises(errors.UnknownKind):
        issued.issue("q", "nothing", TITLE, **HQ)
    with pytest.raises(errors.InvalidInput, match=r"directive q: parameters\.colour: is not a field"):
        issued.issue("q", "written_report", TITLE, {"colour": 1}, **HQ)
    with pytest.raises(errors.InvalidInput, match="is after period_to"):
        issued.issue("q", "written_report", TITLE, {"period_from": "2023-02-01", "period_to": "2023-01-01"}, **HQ)


def test_scopes_of_a_level_never_overlap(issued):
    assert [event.name for event in assign(issued, "vidhan_sabha", "JH-PC01")] == ["AssignedToLevel"]
    assert assign(issued, "vidhan_sabha", "JH-PC01") == ()
    assert len(assign(issued, "vidhan_sabha", "JH-PC02")) == 1
    assert len(assign(issued, "lok_sabha", "JH")) == 1, "another level"
    for scope in ("JH", "JH-AC01"):
        with pytest.raises(errors.OverlappingScope, match="overlaps with JH-PC01"):
            assign(issued, "vidhan_sabha", scope)
    with pytest.raises(errors.OverlappingScope):
        assign(issued, "vidhan_sabha", "JH", date(2023, 12, 1))
    with pytest.raises(errors.AlreadyRecorded, match="with due 2023-11-15, not 2023-12-01"):
        assign(issued, "vidhan_sabha", "JH-PC01", date(2023, 12, 1))


def test_what_is_refused_of_an_assignment(issued):
    with pytest.raises(errors.UnknownLevel, match="level: zila is unknown"):
        assign(issued, "zila", "JH")
    with pytest.raises(errors.UnknownUnit):
        assign(issued, "booth", "JH-PC77")
    with pytest.raises(errors.UnknownDirective):
        issued.assign("q", "booth", "JH", date(2023, 11, 15), **HQ)
    with pytest.raises(errors.NotEntitled):
        assign(issued, "vidhan_sabha", "JH-PC01", office="convenor@JH-PC02")
    with pytest.raises(errors.InvalidInput, match="due: 2023-10-19 is before the day of the order"):
        assign(issued, "vidhan_sabha", "JH-PC01", date(2023, 10, 19))
    assert len(list(issued.events(after=98))) == 0


def finish(tracker, folder, code, task="r"):
    path = folder / f"{code}.txt"
    path.write_text(code)
    period = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 20)}
    tracker.submit_report(f"{task}/{code}", path, office=f"convenor@{code}", **period)
    return [event.name for event in tracker.verify(f"{task}/{code}", office="clerk@JH")]


def test_the_last_task_of_a_level_completes_it_and_the_last_level_the_directive(issued, tmp_path):
    assign(issued, "vidhan_sabha", "JH-PC04")
    assign(issued, "lok_sabha", "JH-PC01")
    *segments, last = [unit.code for unit in issued.units() if unit.parent == "JH-PC04"]
    for code in segments:
        assert finish(issued, tmp_path, code) == ["Verified"]
    assert finish(issued, tmp_path, last) == ["Verified", "LevelCompleted"]
    assert finish(issued, tmp_path, "JH-PC01") == ["Verified", "LevelCompleted", "Completed"]
    completed = next(event for event in issued.events() if event.name == "LevelCompleted")
    assert (completed.data.expected, completed.data.on_time, completed.data.late) == (5, 5, 0)
    caused_by = [event.name for event in issued.events() if event.command_id == completed.command_id]
    assert caused_by == ["Verified", "LevelCompleted"]
    assign(issued, "block", "JH")
    assert not issued.directives()[0].completed, "what is assigned to more is open again"


def test_a_level_that_nobody_owes_stays_open_and_keeps_the_directive_open(issued, tmp_path):
    assign(issued, "booth", "JH")
    assign(issued, "lok_sabha", "JH-PC01")
    assert finish(issued, tmp_path, "JH-PC01") == ["Verified", "LevelCompleted"]


def test_the_fourteenth_report_completes_the_level_and_the_directive_once(meeting, clock):
    for seat in SEATS:
        meeting.submit(seat)
    for seat in SEATS:
        meeting.verify(seat)
    names = meeting.names()
    assert (names.count("LevelCompleted"), names.count("Completed")) == (1, 1)
    assert names[-3:] == ["Verified", "LevelCompleted", "Completed"]


def test_at_the_top_unit_another_actor_verifies(issued, tmp_path):
    assign(issued, "state", "JH")
    path = tmp_path / "r.txt"
    path.write_text("r")
    period = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 20)}
    issued.submit_report("r/JH", path, office="president@JH", actor="P1", **period)
    with pytest.raises(errors.SelfVerification):
        issued.verify("r/JH", office="clerk@JH", actor="P1")
    assert issued.verify("r/JH", office="clerk@JH", actor="P2")[-1].name == "Completed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"statements": 2 * read_minutes().model_dump()["statements"]}, "minutes.statements.no: S1 is a duplicate"),
        (
            {"directives": 2 * read_minutes().model_dump()["directives"]},
            "minutes.directives.id: written-report is a duplicate",
        ),
        (
            {"set": ("parameters.colour",)},
            "set_by_issuing_office: parameters.colour has no value here",
        ),
        ({"set": ("colour",)}, "set_by_issuing_office: colour has no value here"),
    ],
)
def test_minutes_that_contradict_themselves(tracker, change, said):
    minutes = read_minutes().model_dump(mode="json")
    if "set" in change:
        minutes["directives"][0]["set_by_issuing_office"] = change["set"]
    else:
        minutes |= change
    with pytest.raises(errors.InvalidInput) as caught:
        tracker.record_meeting(minutes)
    assert said in str(caught.value)
    assert len(list(tracker.events())) == 97


def test_minutes_that_gained_a_directive_issue_just_that_one(meeting, tracker):
    minutes = earlier_minutes()
    more = minutes.directives[0].model_copy(update={"id": "second-report"})
    events = tracker.record_meeting(minutes.model_copy(update={"directives": (*minutes.directives, more)}))
    assert [(event.name, event.stream) for event in events] == [
        ("Issued", "directive/second-report"),
        ("AssignedToLevel", "directive/second-report"),
    ]
