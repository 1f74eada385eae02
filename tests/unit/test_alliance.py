"""Support to the alliance: each decision's events and refusals, and what counts as done."""

import pytest
from tests.conftest import Desk

from directives.domain import errors

ASKED = {"steps": 2, "briefings": 1, "activities": 1, "confirmations": 1, "partners": ["partner-a", "partner-b"]}


@pytest.fixture
def seat(tracker, clock):
    return Desk(tracker, clock, "alliance_support", ASKED)


def record(seat, what, partner=None):
    return seat.do("alliance record", what=what, text="In a few words.", partner=partner)[0].name


def refused(seat, error, match, what, partner=None):
    seat.refused(error, "alliance record", match, what=what, text="In a few words.", partner=partner)


def test_each_step_of_support_is_an_event_of_its_own(seat):
    assert record(seat, "step") == "StrengtheningStepRecorded"
    assert record(seat, "briefing", "partner-a") == "PartnerBriefed"
    assert record(seat, "activity", "partner-b") == "JointActivityHeld"
    assert record(seat, "confirmation", "partner-a") == "BenefitConfirmed"
    assert seat.work() == {"steps": 1, "briefings": 1, "activities": 1, "confirmations": 1}


def test_what_is_refused_of_support(seat):
    record(seat, "briefing", "partner-a")
    refused(seat, errors.InvalidInput, "partner: is missing: a briefing needs", "briefing")
    refused(seat, errors.InvalidInput, "partner: a step has no partner", "step", "partner-a")
    refused(
        seat,
        errors.NotAskedFor,
        "partner-c is not asked for: name one of partner-a, partner-b",
        "activity",
        "partner-c",
    )
    refused(seat, errors.OutOfOrder, "partner-b was never briefed", "confirmation", "partner-b")
    refused(seat, errors.InvalidInput, "^what: ", "rally")


def test_done_is_what_the_office_asked_for_with_the_confirmation_of_a_partner(seat):
    for what, partner in [("step", None), ("step", None), ("briefing", "partner-a"), ("activity", "partner-a")]:
        seat.refused(errors.NotFulfilled, "task submit", "1 is asked for")
        record(seat, what, partner)
    seat.refused(errors.NotFulfilled, "task submit", "confirmations: 0 are on record: 1 is asked for")
    record(seat, "confirmation", "partner-a")
    (submitted,) = seat.do("task submit")
    assert submitted.data.figures == {"steps": 2, "briefings": 1, "activities": 1, "confirmations": 1}


def test_a_submission_is_refused_with_all_that_lacks(seat):
    record(seat, "step")
    seat.refused(
        errors.NotFulfilled,
        "task submit",
        "task: d/JH-PC11 is not done yet: steps: 1 is on record: 2 are asked for; briefings: 0 are on record: "
        "1 is asked for; activities: 0 are on record: 1 is asked for; "
        "confirmations: 0 are on record: 1 is asked for",
    )


def test_where_no_confirmation_is_asked_for_none_is_needed(tracker, clock):
    none = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
    seat = Desk(tracker, clock, "alliance_support", none)
    assert seat.do("task submit")[0].name == "Submitted"


def test_work_of_another_kind_is_refused(seat):
    said = "of the kind alliance_support: its work is recorded by alliance record"
    seat.refused(errors.InvalidInput, "speaker identify", said, speaker="SP-01")
    seat.refused(errors.InvalidInput, "speaker fly", "deed: 'speaker fly' is unknown")
