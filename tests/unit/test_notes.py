"""What who recorded something should know of it: a post outside the window, or of a day that was covered before."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Desk

from directives import say_days, say_message

ASKED = {"platforms": ["x"], "window_from": "2023-10-21", "window_to": "2023-10-23"}


@pytest.fixture
def groups(tracker, clock):
    """A seat that owes daily activity and has a group."""
    desk = Desk(tracker, clock, "social_groups", ASKED)
    desk.do("group create", platform="x", name="Group")
    return desk


def post(groups):
    return groups.do("activity post", text="A meeting.")


def noted(groups, events, lang="en"):
    return [say_message(each, lang) for each in groups.tracker.notes(events)]


def test_a_post_outside_the_window_is_noted_with_the_window(groups, clock):
    outside = "20 October 2023 does not count: the reporting window is from 21 October 2023 to 23 October 2023"
    before = post(groups)
    assert noted(groups, before) == [outside]
    assert noted(groups, post(groups)) == [outside]  # and not that it was covered before
    clock.forward(days=1)
    assert noted(groups, post(groups)) == []
    clock.forward(days=3)
    assert noted(groups, post(groups)) == [outside.replace("20", "24", 1)]
    assert noted(groups, before) == [outside]


def test_a_second_post_of_a_day_is_noted_whenever_it_is_asked_about(groups, clock):
    clock.forward(days=1)
    first, second = post(groups), post(groups)
    assert noted(groups, first) == []
    assert noted(groups, second) == ["21 October 2023 was already covered: only one post a day counts"]
    assert noted(groups, [*first, *second]) == noted(groups, second)
    assert noted(groups, second, "hi")[0].startswith("21 अक्टूबर 2023")


def test_nothing_is_noted_of_other_events(groups, tracker):
    assert noted(groups, groups.do("group create", platform="x", name="Another")) == []
    assert noted(groups, list(tracker.events())) == []


def test_an_amended_window_is_the_one_that_is_noted(groups, tracker):
    told = post(groups)
    tracker.amend("d", parameters={"window_from": "2023-10-20"}, reason="Earlier.", office="headquarters@JH")
    assert noted(groups, told) == []


def days(*numbers, month=10):
    return [date(2023, month, number) for number in numbers]


@pytest.mark.parametrize(
    ("given_days", "options", "said"),
    [
        ([], {}, ""),
        (days(30), {}, "30 October"),
        (days(30, 26, 28, 27), {}, "26–28 October, 30 October"),
        (days(26, 27, 28), {"year": True}, "26–28 October 2023"),
        (days(31) + days(1, 2, month=11), {}, "31 October – 2 November"),
        (days(31) + days(1, month=11), {"year": True}, "31 October – 1 November 2023"),
        (
            [date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 3)],
            {},
            "31 December 2023 – 1 January 2024, 3 January 2024",
        ),
        (days(1, 3, 5, 7, 8), {"most": 3}, "1 October, 3 October, 5 October and 2 more"),
        (days(1, 3), {"most": 2}, "1 October, 3 October"),
    ],
)
def test_days_are_told_by_runs(given_days, options, said):
    assert say_days(given_days, **options) == said


def test_days_are_told_in_hindi():
    assert say_days(days(26, 27, 30), "hi") == "26–27 अक्टूबर, 30 अक्टूबर"
    assert say_days(days(1, 3, 5), "hi", most=2) == "1 अक्टूबर, 3 अक्टूबर और 1 अन्य"


@given(st.sets(st.dates(date(2023, 1, 1), date(2023, 12, 31))))
def test_the_runs_are_the_days_no_more_and_no_less(told):
    read = set()
    for run in filter(None, say_days(told).split(", ")):
        first, _, last = run.partition("–")
        last = last or first
        end = moment(last)
        begin = moment(first) if first.strip().count(" ") else end.replace(day=int(first))
        read |= {date.fromordinal(each) for each in range(begin.toordinal(), end.toordinal() + 1)}
    assert read == told


def moment(text):
    return datetime.strptime(f"{text.strip()} 2023", "%d %B %Y").replace(tzinfo=UTC).date()
