"""Groups and daily activity: each decision's events, refusals and quiet case, and what counts as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Desk

from directives import Text
from directives.directive_kinds.social_groups import KeptWork, with_day
from directives.domain import errors

TITLE = Text(en="Groups", hi="समूह")
ASKED = {"platforms": ["whatsapp", "x"], "window_from": "2023-10-21", "window_to": "2023-10-30", "days_percent": 50}


class Seat(Desk):
    """Khunti's task."""

    def post(self, days=0, **given):
        self.clock.forward(days=days)
        return self.do("activity post", **{"text": "A meeting."} | given)


@pytest.fixture
def seat(tracker, clock):
    return Seat(tracker, clock, "social_groups", ASKED)


def test_groups_are_numbered_by_platform_renamed_counted_and_retired(seat):
    (made,) = seat.do("group create", platform="whatsapp", name="Khunti")
    assert (made.name, made.data.group) == ("GroupCreated", "whatsapp-1")
    assert seat.do("group create", platform="whatsapp", name="Khunti 2")[0].data.group == "whatsapp-2"
    assert seat.do("group rename", group="whatsapp-1", name="खूंटी")[0].name == "GroupRenamed"
    assert seat.do("group rename", group="whatsapp-1", name="खूंटी") == ()
    assert seat.do("group count", group="whatsapp-1", active="40")[0].data.active == 40
    assert seat.do("group retire", group="whatsapp-2", reason="Empty.")[0].name == "GroupRetired"
    assert seat.do("group create", platform="whatsapp", name="Khunti 2")[0].data.group == "whatsapp-3"
    assert seat.work() == {"groups": 2, "active_workers": 40}


def test_what_is_refused_of_a_group(seat):
    seat.refused(
        errors.NotAskedFor,
        "group create",
        "facebook is not asked for: name one of whatsapp, x",
        platform="facebook",
        name="Khunti",
    )
    seat.refused(errors.UnknownEntry, "group retire", "none|not in use", group="x-1", reason="Empty.")
    seat.refused(errors.UnknownEntry, "activity post", "has none in use", text="A meeting.")
    seat.refused(errors.NotEntitled, "group create", "cannot act", platform="x", name="K", office="convenor@JH-PC01")
    seat.do("group create", platform="x", name="Khunti")
    seat.refused(errors.AlreadyRecorded, "group create", "the group x-1 of that name", platform="x", name="Khunti")
    seat.refused(errors.UnknownEntry, "group rename", "name one of x-1", group="x-2", name="Khunti")
    seat.refused(errors.UnknownEntry, "activity post", "name one of x-1", group="x-2", text="A meeting.")
    for active in (-1, "many", 10**10):
        seat.refused(errors.InvalidInput, "group count", "^active: ", group="x-1", active=active)


def test_of_several_activities_a_day_all_are_kept_and_one_counts(seat):
    seat.do("group create", platform="x", name="Khunti")
    seat.do("group create", platform="whatsapp", name="Khunti")
    (first,) = seat.post()
    assert (str(first.data.day), first.data.groups) == ("2023-10-20", ("x-1", "whatsapp-1"))
    assert seat.post(group="x-1")[0].data.groups == ("x-1",)
    assert len([event for event in seat.tracker.events() if event.name == "ActivityPosted"]) == 2
    with seat.tracker._reading() as models:
        for unit in ("JH", "JH-PC11"):
            days = models.days.of("d", "lok_sabha", unit, date(2023, 10, 1), date(2023, 10, 31))
            assert days == {date(2023, 10, 20): 1}


def test_the_day_is_that_of_the_store_and_never_in_the_future(seat):
    seat.do("group create", platform="x", name="Khunti")
    seat.clock.forward(hours=12, minutes=30)  # 00:00 in India
    assert str(seat.post()[0].data.day) == "2023-10-21"
    tomorrow = seat.clock() + timedelta(days=1)
    seat.refused(errors.InvalidInput, "activity post", "is in the future", text="A.", occurred_at=tomorrow)


def test_done_is_a_group_on_each_platform_and_half_of_the_days(seat):
    seat.refused(errors.NotFulfilled, "task submit", "no group on whatsapp, x")
    for platform in ("whatsapp", "x"):
        seat.do("group create", platform=platform, name="Khunti")
    seat.post()  # the day before the window
    for days in (1, 2, 2, 2):
        seat.post(days)
    seat.refused(errors.NotFulfilled, "task submit", "covers 4 of the 10 days from 2023-10-21 to 2023-10-30: 50 per")
    seat.post(1)
    (submitted,) = seat.do("task submit")
    assert submitted.data.figures == {"days": 10, "covered": 5, "groups": 2, "active_workers": 0}
    seat.refused(errors.AlreadySubmitted, "task submit", "waits")
    assert seat.post(1), "daily activity goes on"
    assert seat.verify()[0].name == "Verified"
    assert seat.post(1), "as long as the directive is open"
    seat.refused(errors.TaskClosed, "task submit", "verified")


def test_a_window_that_ends_before_it_begins(tracker):
    for asked, said in [
        (ASKED | {"window_to": "2023-10-20"}, "window_from: 2023-10-21 is after window_to, 2023-10-20"),
        ({"window_to": "2023-10-20"}, "parameters.window_from"),
        (ASKED | {"days_percent": 101}, "parameters.days_percent"),
    ]:
        with pytest.raises(errors.InvalidInput, match=said):
            tracker.issue("groups", "social_groups", TITLE, asked, office="headquarters@JH")


@given(st.lists(st.dates(date(2023, 1, 1), date(2024, 3, 1))))
def test_days_covered_are_kept_as_bits(days):
    work = {}
    for day in days:
        work = {"days": with_day(work, day)}
    standing = KeptWork.model_validate(work)
    assert {day for day in map(date.fromordinal, range(738000, 739500)) if standing.covers(day)} == set(days)
    for first, last in [(date(2023, 1, 5), date(2023, 2, 20)), (date(2022, 1, 1), date(2025, 1, 1))]:
        assert standing.covered(first, last) == len({day for day in days if first <= day <= last})
