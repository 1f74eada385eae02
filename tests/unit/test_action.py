"""Actions: the decision's events and refusals, its quiet cases, and what counts as done."""

import pytest
from tests.conftest import Desk

from directives import kinds
from directives.domain import errors


@pytest.fixture
def desk(tracker, clock):
    """A desk of a directive that asks for actions so."""
    return lambda **asked: Desk(tracker, clock, "action", {"what": "Hold a block meeting"} | asked)


@pytest.fixture
def photo(tmp_path):
    """A photo of that content, as a path."""

    def take(content="photo"):
        path = tmp_path / f"{content}.txt"
        path.write_text(content)
        return path

    return take


def record(desk, **given):
    return desk.do("action record", text="Meeting held.", **given)[0].data


def test_each_action_has_a_number_and_its_file(desk, photo):
    own = desk(times=3)
    plain, shown = record(own), record(own, evidence=photo())
    assert (plain.action, plain.document) == (1, None)
    assert (shown.action, shown.document.size) == (2, 5)
    (kept,) = own.tracker.evidence(own.task)
    assert (kept.digest, kept.condition) == (shown.document.digest, "whole")
    assert own.work() == {"actions": 2}


def test_a_file_is_handed_in_where_it_is_required_and_once(desk, photo):
    own, recording = desk(times=2, evidence="required"), ("action record",)
    own.refused(errors.NotFulfilled, *recording, "^evidence: is missing: submit a file", text="Held.")
    record(own, evidence=photo())
    own.refused(errors.AlreadyRecorded, *recording, "was submitted for d/JH-PC11 before", text="2", evidence=photo())
    assert record(own, evidence=photo("another")).action == 2


def test_no_file_is_taken_where_none_is_asked_for(desk, photo):
    own = desk(evidence="none")
    own.refused(errors.NotAskedFor, "action record", "^evidence: no file is asked", text="Held.", evidence=photo())
    assert own.tracker.evidence() == []
    assert record(own).action == 1


def test_it_is_done_when_it_was_done_as_often_as_asked_for(desk):
    own, lacking = desk(times=2), kinds()["action"].lacking
    own.refused(errors.NotFulfilled, "task submit", "actions: 0 of 2 are on record$")
    record(own)
    own.refused(errors.NotFulfilled, "task submit", "actions: 1 of 2 is on record$")
    (lack,) = lacking({"actions": 1}, {"what": "x", "times": 2})
    assert (lack.what, lack.have, lack.wanted, lack.deed) == ("actions", 1, 2, "action record")
    record(own)
    assert lacking({"actions": 2}, {"what": "x", "times": 2}) == []
    (submitted,) = own.do("task submit")
    assert submitted.data.figures == {"actions": 2}
    assert own.verify()[0].name == "Verified"


def test_what_a_directive_must_say(tracker):
    def issue(**parameters):
        title = {"en": "Directive", "hi": "निर्देश"}
        return tracker.issue("d", "action", title, parameters, office="headquarters@JH")

    for parameters, said in [
        ({}, "parameters.what: is missing"),
        ({"what": "x", "times": 0}, "parameters.times: 0 is not allowed: write 1 or more"),
        ({"what": "x", "evidence": "maybe"}, "parameters.evidence: 'maybe' is not allowed: use one of none, optional"),
    ]:
        with pytest.raises(errors.InvalidInput, match=said):
            issue(**parameters)
    (issued,) = issue(what="x")
    assert issued.data.parameters == {"what": "x", "times": 1, "evidence": "optional"}
    assert not issue(what="x")
