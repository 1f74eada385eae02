"""What is taken back: a record of work of a task that has 500 daily entries, and the last decision about it."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.measuring import Row, Spent, spent, tell, under
from directives import Text, Tracker, commands, read_organisation

DAYS, GOAL = 500, 20
TASK, OWN, HEADQUARTERS = "posts/JH-PC11", {"office": "convenor@JH-PC11"}, {"office": "headquarters@JH"}


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    tell(f"a task with {DAYS} daily entries")
    clock = [datetime(2023, 10, 20, 6, tzinfo=UTC)]
    with (
        tempfile.TemporaryDirectory() as name,
        Tracker(Path(name) / "posts.db", create=True, clock=lambda: clock[0]) as tracker,
    ):
        posted = _posted(tracker, clock)
        strikes = iter(posted[::7])
        struck = _medians(lambda: tracker.strike(TASK, next(strikes), "R", **OWN))
        yield under(f"an entry of {DAYS} is struck out", struck, GOAL)
        tracker.submit(TASK, **OWN)
        yield under("the last decision is taken back", _medians(lambda: _decided_and_back(tracker)), 2 * GOAL)


def _posted(tracker: Tracker, clock: list[datetime]) -> list[int]:
    """A task that was posted to on each of many days; the positions of the posts."""
    tracker.found(read_organisation())
    window = {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2025-12-31", "days_percent": 1}
    tracker.issue("posts", "social_groups", Text(en="Posts"), window, **HEADQUARTERS)
    tracker.assign("posts", "lok_sabha", "JH", date(2025, 12, 31), **HEADQUARTERS)
    tracker.work("group create", TASK, platform="x", name="G", **OWN)
    posts = list[int]()
    for _ in range(DAYS):
        posts += [event.position for event in tracker.make(commands()["activity post"], task=TASK, text="T", **OWN)]
        clock[0] += timedelta(days=1)
    return posts


def _decided_and_back(tracker: Tracker) -> None:
    tracker.verify(TASK, **HEADQUARTERS)
    tracker.take_back(TASK, "R", **HEADQUARTERS)


def _medians(deed: Callable[[], object], times: int = 15) -> Spent:
    runs = [spent(deed) for _ in range(times)]
    return Spent(median(run.clock for run in runs), median(run.cpu for run in runs))
