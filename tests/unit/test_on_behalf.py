"""A unit on paper: an office above records for it, and the history says who wrote for whom."""

import json

import pytest
from tests.conftest import Desk, names, refused

from directives import AcknowledgeTask, SubmitTask, VerifyTask
from directives.domain import errors

KHUNTI = "written-report/JH-PC11"
CLERK, FOR = {"office": "clerk@JH"}, {"on_behalf_of": "JH-PC11"}
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)


def test_an_office_above_acknowledges_and_submits_for_a_unit(meeting):
    (event,) = meeting.acknowledge("JH-PC11", **CLERK, **FOR)
    assert (event.office, event.actor, event.on_behalf_of) == ("clerk@JH", "clerk@JH", "JH-PC11")
    assert [each.on_behalf_of for each in meeting.submit("JH-PC11", actor="W1", **CLERK, **FOR)] == ["JH-PC11"] * 2
    told = [entry.sentence for entry in meeting.tracker.history(KHUNTI)]
    assert told[1] == "The clerk of Jharkhand, for Khunti (Lok Sabha), acknowledged the task"
    assert told[3] == "The clerk of Jharkhand (W1), for Khunti (Lok Sabha), submitted the task as done"
    assert meeting.tracker.history(KHUNTI, "hi")[1].sentence == "खूंटी (लोकसभा) की ओर से झारखंड के लिपिक ने कार्य की पावती दी"
    assert [event.on_behalf_of for event in meeting.tracker.events()][-3:] == ["JH-PC11"] * 3


def test_it_is_absent_where_the_unit_acted_itself(meeting):
    (event,) = meeting.acknowledge("JH-PC11")
    assert "on_behalf_of" not in json.loads(event.model_dump_json())
    entry = meeting.tracker.history(KHUNTI)[-1]
    assert "on_behalf_of" not in json.loads(entry.model_dump_json())


def test_the_work_of_a_kind_is_recorded_for_a_unit(tracker, clock):
    desk = Desk(tracker, clock, "alliance_support", NONE)
    step = {"what": "step", "text": "A step.", "office": "headquarters@JH"}
    desk.refused(errors.NotEntitled, "alliance record", "an office of that unit must", **step)
    assert names(desk.do("alliance record", **step, **FOR)) == ["StrengtheningStepRecorded"]
    assert names(desk.do("task submit", **CLERK, **FOR)) == ["Submitted"]


@pytest.mark.parametrize("office", ["convenor@JH-PC11", "convenor@JH-PC02", "convenor@JH-AC60"])
def test_only_an_office_above_the_unit_records_for_it(meeting, office):
    refused(meeting, errors.NotEntitled, meeting.acknowledge, "JH-PC11", office=office, **FOR)


def test_it_names_the_unit_that_does_the_task(meeting):
    for wrong in ("JH-PC02", "JH"):
        refused(meeting, errors.NotEntitled, meeting.acknowledge, "JH-PC11", **CLERK, on_behalf_of=wrong)
    refused(meeting, errors.UnknownUnit, meeting.acknowledge, "JH-PC11", **CLERK, on_behalf_of="JH-PC99")
    meeting.tracker.reassign(KHUNTI, "JH-PC02", "No convenor.", **CLERK)
    refused(meeting, errors.NotEntitled, meeting.acknowledge, "JH-PC11", **CLERK, **FOR)
    assert meeting.acknowledge("JH-PC11", **CLERK, on_behalf_of="JH-PC02")[0].on_behalf_of == "JH-PC02"


def test_who_recorded_it_for_the_unit_does_not_verify_it(meeting):
    meeting.submit("JH-PC11", actor="W1", **CLERK, **FOR)
    with pytest.raises(errors.SelfVerification):
        meeting.verify("JH-PC11", actor="w1")
    assert names(meeting.verify("JH-PC11", actor="W2")) == ["Verified"]


def test_nothing_but_what_a_unit_does_is_recorded_for_it(meeting):
    with pytest.raises(errors.InvalidInput, match="on_behalf_of: is not a field here"):
        meeting.tracker.command(VerifyTask, task=KHUNTI, **CLERK, **FOR)


def test_a_retired_unit_does_nothing_any_more(tracker, clock):
    tracker.register([{"code": "N", "parent": "JH-AC60", "level": "block", "name": {"en": "N", "hi": "न"}}])
    desk = Desk(tracker, clock, "alliance_support", NONE)
    tracker.reassign(desk.task, "N", "No convenor.", **CLERK)
    tracker.retire("N", "Merged.")
    desk.refused(errors.UnitRetired, "task acknowledge", "N was retired", **CLERK, on_behalf_of="N")


def test_a_command_for_a_unit_is_another_one_than_without(meeting):
    """It is part of what a command asks for, and left out where it is not given, so that digests stay."""
    plain, for_unit = (
        meeting.tracker.command(AcknowledgeTask, task=KHUNTI, command_id="c", **CLERK, **given) for given in ({}, FOR)
    )
    assert "on_behalf_of" not in plain.model_dump_json()
    assert '"on_behalf_of":"JH-PC11"' in for_unit.model_dump_json()
    assert "on_behalf_of" not in SubmitTask(task=KHUNTI, **CLERK).model_dump()


def test_the_doctor_counts_it_as_looked_after(meeting):
    def silent():
        return next(finding.found for finding in meeting.tracker.doctor() if finding.check == "offices")

    assert silent().startswith("no office has acted yet for 14 of the 14 units")
    meeting.acknowledge("JH-PC11", **CLERK, **FOR)
    assert silent().startswith("no office has acted yet for 13 of the 14 units")


def test_events_of_it_are_made_anew(meeting):
    meeting.submit("JH-PC11", **CLERK, **FOR)
    assert all(table.differing == 0 for table in meeting.tracker.rebuild())
    events = [event.on_behalf_of for event in meeting.tracker.events()]
    assert events.count("JH-PC11") == 2
