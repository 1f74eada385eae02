"""Speakers: each decision's events, refusals and quiet case, and what counts as done."""

import pytest
from tests.conftest import Desk

from directives.domain import errors

ASKED = {"trained": 2, "deployed": 1, "sessions": 2, "gatherings": ["block", "panchayat"]}


@pytest.fixture
def seat(tracker, clock):
    return Desk(tracker, clock, "speaker_identification", ASKED)


def train(seat, speaker, sessions=2):
    seat.do("speaker identify", speaker=speaker)
    return [seat.do("speaker train", speaker=speaker, subject="Voice")[0] for _ in range(sessions)]


def deploy(seat, speaker, **given):
    return seat.do("speaker deploy", speaker=speaker, gathering="Market day", **{"level": "block"} | given)


def test_a_speaker_is_identified_trained_and_deployed(seat):
    assert [event.data.session for event in train(seat, "SP-01")] == [1, 2]
    (event,) = deploy(seat, "SP-01")
    assert (event.name, event.data.level) == ("SpeakerDeployed", "block")
    assert deploy(seat, "SP-01", level="panchayat"), "as often as they like"
    assert seat.work() == {"identified": 1, "trained": 1, "deployed": 1}


def test_a_speaker_who_is_stood_down_counts_no_longer_and_comes_back_with_the_record(seat):
    train(seat, "SP-01")
    assert seat.do("speaker stand-down", speaker="SP-01", reason="Moved away.")[0].name == "SpeakerStoodDown"
    assert seat.work() == {"identified": 0, "trained": 0, "deployed": 0}
    seat.refused(errors.UnknownEntry, "speaker train", "SP-01 was stood down", speaker="SP-01", subject="Voice")
    assert seat.do("speaker identify", speaker="SP-01")[0].name == "SpeakerIdentified"
    assert seat.work() == {"identified": 1, "trained": 1, "deployed": 0}


def test_what_is_refused_of_a_speaker(seat):
    train(seat, "SP-01", sessions=1)
    assert seat.work() == {"identified": 1, "trained": 0, "deployed": 0}, "two sessions are asked for"
    gathering = {"gathering": "Market day", "level": "block"}
    seat.refused(errors.OutOfOrder, "speaker deploy", "1 training session, 2 are asked", speaker="SP-01", **gathering)
    seat.refused(errors.AlreadyRecorded, "speaker identify", "give this one another code", speaker="SP-01")
    seat.refused(errors.UnknownEntry, "speaker train", "SP-02 is not on record", speaker="SP-02", subject="Voice")
    seat.refused(errors.InvalidInput, "speaker identify", "^speaker: ", speaker="A Name")
    seat.do("speaker train", speaker="SP-01", subject="Voice")
    no_level = {"speaker": "SP-01", "gathering": "Rally"}
    seat.refused(errors.NotAskedFor, "speaker deploy", "a lok_sabha gathering is not asked for", **no_level)


def test_where_no_training_is_asked_for_a_speaker_is_deployed_at_once(tracker, clock):
    seat = Desk(tracker, clock, "speaker_identification", {"trained": 0, "deployed": 1, "sessions": 0})
    seat.do("speaker identify", speaker="SP-01")
    assert deploy(seat, "SP-01")
    own = seat.do("speaker deploy", speaker="SP-01", gathering="Rally")
    assert own[0].data.level == "lok_sabha", "of any level, where the office names none"


def test_done_is_the_numbers_that_the_office_set(seat):
    seat.refused(errors.NotFulfilled, "task submit", "speakers: 0 are trained: 2 are asked for")
    train(seat, "SP-01")
    train(seat, "SP-02")
    seat.refused(errors.NotFulfilled, "task submit", "speakers: 0 are deployed: 1 is asked for")
    deploy(seat, "SP-02")
    (submitted,) = seat.do("task submit")
    assert submitted.data.figures == {"identified": 2, "trained": 2, "deployed": 1}
    seat.do("speaker stand-down", speaker="SP-02", reason="Moved away.")
    assert seat.verify()[0].name == "Verified", "judged by what stood at the submission"
