"""What people ask every day, of a store of one state with 100,000 events: in process, by the clock."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, medians, tell, under
from benchmarks.stores import Clock, booths, busy_store
from directives import Stage, Tracker

GOAL = 50
OPEN: tuple[Stage, ...] = ("assigned", "acknowledged", "returned")
SEAT, SEGMENT = "JH-PC11", "JH-AC60"


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        tell("a store of one state, and 100,000 events")
        with busy_store(Path(name) / "busy.db", Clock()) as tracker:
            yield from asking(tracker)
            yield from logging(tracker)


def asking(tracker: Tracker) -> Iterator[Row]:
    """What a unit has to do, what waits, how units stand, and lists of tasks: a page of 50, in every order."""
    tell("todo, waiting, board and lists")
    booth = booths(tracker)[5000]
    answered = tracker.waiting(limit=50)[-1].place
    due = tracker.tasks(by="due", state=OPEN, limit=50)[-1].place_by_due
    asked: dict[str, Callable[[], Any]] = {
        "todo: a booth": lambda: tracker.todo(booth),
        "todo: a Lok Sabha seat": lambda: tracker.todo(SEAT),
        "todo: the first 50 of a seat and below": lambda: tracker.todo(SEAT, below=True, limit=50),
        "todo: the first 50 of the state": lambda: tracker.todo(tracker.top, below=True, limit=50),
        "waiting: the first 50": lambda: tracker.waiting(limit=50),
        "waiting: the next 50": lambda: tracker.waiting(limit=50, after=answered),
        "waiting: the first 50 of a seat": lambda: tracker.waiting(unit=SEAT, limit=50),
        "board: 14 seats, 4 directives": tracker.board,
        "board: 81 segments, 4 directives": lambda: tracker.board(level="vidhan_sabha"),
        "tasks: the first 50 by due day": lambda: tracker.tasks(by="due", limit=50),
        "tasks: 50 open ones by due day, after a page": lambda: tracker.tasks(
            by="due", state=OPEN, limit=50, after=due
        ),
        "tasks: the first 50 by unit": lambda: tracker.tasks(by="unit", limit=50),
        "all of one task": lambda: tracker.task_record(f"d/{booth}"),
        "records: the first 50 reports": lambda: tracker.records("report", limit=50),
    }
    for what, ask in asked.items():
        yield under(what, medians(ask), GOAL)


def logging(tracker: Tracker) -> Iterator[Row]:
    """The newest 50 entries of the log: all, and what each filter asks for, often there and seldom."""
    tell("the log")
    booth = booths(tracker)[5000]
    asked: dict[str, dict[str, Any]] = {
        "the newest 50 entries of the log": {},
        "… in the middle": {"before": 60_000},
        "… of one day": {"day": date(2023, 10, 21)},
        "… of an actor of thousands": {"actor": "officer-1"},
        "… of an actor of one entry": {"actor": "officer-7"},
        "… of an office of thousands": {"office": f"headquarters@{tracker.top}"},
        "… of the office of one booth": {"office": f"convenor@{booth}"},
        "… of an event of thousands": {"event": "Verified"},
        "… of an event that happened once": {"event": "Waived"},
        "… of the top unit and below": {"unit": tracker.top},
        "… of a Lok Sabha seat and below": {"unit": SEAT},
        "… of a Vidhan Sabha segment and below": {"unit": SEGMENT},
        "… of one booth": {"unit": booth},
        "… of a directive of thousands": {"directive": "d"},
        "… of a directive of three entries": {"directive": "few"},
        "… of a directive in a Lok Sabha seat": {"directive": "d", "unit": SEAT},
        "… of verifications in a Lok Sabha seat": {"event": "Verified", "unit": SEAT},
        "… of a unit and of an actor of one entry": {"unit": tracker.top, "actor": "officer-7"},
        "… that there is not": {"office": "nobody@JH", "event": "Verified", "directive": "d"},
    }
    for what, filters in asked.items():
        found = len(tracker.log(**filters))
        took = medians(lambda filters=filters: tracker.log(**filters))
        yield under(what, took, GOAL, f"{found} {'entry' if found == 1 else 'entries'}")
    took = medians(lambda: tracker.history(f"unit/{booth}"))
    yield under("the history of one booth and its tasks", took, GOAL)
