"""The daily record: days covered, full days, streaks, gaps, by level and by unit, at every unit above."""

from datetime import date

import pytest
from tests.conftest import Desk

from directives import Text, Unit

pytestmark = pytest.mark.every_store

ASKED = {"platforms": ["x"], "window_from": "2023-10-21", "window_to": "2023-10-30", "days_percent": 50}
BLOCKS = ("B1", "B2")


@pytest.fixture
def blocks(tracker, clock):
    """Two blocks under Khunti, that owe daily activity and have a group."""
    name = Text(en="Block", hi="प्रखंड")
    tracker.register([Unit(code=code, parent="JH-AC60", level="block", name=name) for code in BLOCKS])
    desks = Desk(tracker, clock, "social_groups", ASKED, level="block", unit="B1")
    for code in BLOCKS:
        desks.do("group create", task=f"d/{code}", office=f"convenor@{code}", platform="x", name="Group")
    return desks


def post(blocks, *codes, days=1):
    for code in codes:
        blocks.tracker.work("activity post", f"d/{code}", office=f"convenor@{code}", text="A meeting.")
    blocks.clock.forward(days=days)


def record(blocks, **asked):
    (found,) = blocks.tracker.daily(**asked)
    return found


def test_before_the_window_nothing_is_looked_at(blocks):
    post(blocks, "B1", days=0)
    found = record(blocks)
    assert (found.expected, found.days, found.covered, found.share, found.streak, found.gaps) == (2, 0, 0, None, 0, ())


def test_a_level_and_its_units(blocks):
    post(blocks, "B1")  # the 20th, before the window
    post(blocks, "B1", "B2")
    post(blocks, "B1", "B1")
    post(blocks, "B1", "B2")
    post(blocks, "B1", "B2")
    for unit in ("JH", "JH-PC11", "JH-AC60"):
        found = record(blocks, unit=unit)
        assert (found.unit, found.expected, found.days, found.covered, found.share) == (unit, 2, 4, 7, 87.5)
        assert (found.streak, found.longest, found.gaps) == (2, 2, (date(2023, 10, 22),))
        assert list(found.by_day.values()) == [2, 1, 2, 2]
    assert blocks.tracker.daily(unit="JH-PC01")[0].expected == 0
    one, two = blocks.tracker.daily(unit="JH-PC11", each=True)
    assert (one.unit, one.share, one.streak, one.gaps) == ("B1", 100.0, 4, ())
    assert (two.unit, two.share, two.streak, two.gaps) == ("B2", 75.0, 2, (date(2023, 10, 22),))
    assert record(blocks, unit="B2").model_dump() == two.model_dump()


def test_today_breaks_no_streak_and_counts_once_it_is_full(blocks):
    blocks.clock.forward(days=1)
    post(blocks, "B1", "B2")
    assert (record(blocks).days, record(blocks).streak) == (1, 1)
    post(blocks, "B1", days=0)
    assert (record(blocks).days, record(blocks).streak) == (1, 1)
    post(blocks, "B2", days=0)
    assert (record(blocks).days, record(blocks).streak) == (2, 2)


def test_after_the_window_it_stands(blocks):
    blocks.clock.forward(days=1)
    for _ in range(30):
        post(blocks, "B1")
    found = record(blocks, unit="B1")
    assert (found.days, found.covered, found.longest, found.window_to) == (10, 10, 10, date(2023, 10, 30))
    assert len(record(blocks, unit="B2").gaps) == 10


def test_a_unit_that_is_waived_is_left_out(blocks):
    blocks.clock.forward(days=1)
    post(blocks, "B1", "B2")
    post(blocks, "B1")
    assert (record(blocks).expected, record(blocks).share, record(blocks).streak) == (2, 75.0, 0)
    blocks.tracker.waive("d/B2", "Flooded.", office="clerk@JH")
    post(blocks, "B2", days=0)
    found = record(blocks)
    assert (found.expected, found.share, found.streak, list(found.by_day.values())) == (1, 100.0, 2, [1, 1])
    (one,) = blocks.tracker.daily(unit="JH-PC11", each=True)
    assert one.unit == "B1"


def test_directives_without_a_daily_record_have_none(tracker, clock):
    Desk(tracker, clock, "speaker_identification", {"trained": 1, "deployed": 1})
    assert tracker.daily() == []
