"""An earlier day, of a nation with a million acts on a directive of each sort: by the clock, and by the processor."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, medians, tell, under
from benchmarks.stores import Clock, booths, in_parts, one_directive, submissions
from directives import (
    Command,
    ExtendTask,
    OrganisationFile,
    Text,
    Tracker,
    commands,
    generated_india,
    write_organisation,
)

REPORTS = 500_000
"""Units that hand a report in: two acts each."""
GROUPS = 250_000
"""Units that make a group, count its workers and post twice: four acts each."""
OUT_OF_ORDER = 2_000
"""Units of which an act is typed in late."""
SEAT = "AN-PC01"
"""A seat of 1,929 booths, all of which did both."""


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "nation.db"
        made(path)
        yield from asking(path)


def made(path: Path) -> None:
    """Make the store: all India, and a million acts on each of two directives."""
    clock, file_name = Clock(), path.with_suffix(".csv")
    tell("all India")
    with file_name.open("w", encoding="utf-8") as file:
        write_organisation(generated_india(), file)
    with OrganisationFile(file_name) as file, Tracker(path, create=True, clock=clock) as tracker:
        tracker.found_from(file)
        clock.move(1)
        one_directive(tracker, clock)
        _groups_directive(tracker, clock)
        codes = booths(tracker)
        clock.move(1)
        tell("a million acts of the life cycle")
        for part in in_parts(codes[:REPORTS]):
            tracker.execute_all(submissions(part))
        tell("a million acts of work")
        for first in (True, False):
            for part in in_parts(codes[:GROUPS]):
                tracker.execute_all(_work(part, first=first))
            clock.move(1)


def _groups_directive(tracker: Tracker, clock: Clock) -> None:
    office, day = f"headquarters@{tracker.top}", clock.now.date()
    asked = {
        "platforms": ["whatsapp"],
        "window_from": f"{day}",
        "window_to": f"{day + timedelta(days=20)}",
        "days_percent": 50,
    }
    tracker.issue("g", "social_groups", Text(en="Groups", hi="समूह"), asked, office=office)
    tracker.assign("g", "booth", tracker.top, day + timedelta(days=20), office=office)


def _work(codes: Sequence[str], *, first: bool) -> list[Command]:
    """A group, its workers and a post of each unit; or another post."""
    create, count, post = (commands()[name] for name in ("group create", "group count", "activity post"))
    made = list[Command]()
    for code in codes:
        fields: dict[str, Any] = {"task": f"g/{code}", "office": f"convenor@{code}"}
        if first:
            made.append(create(platform="whatsapp", name="Group", **fields))
            made.append(count(group="whatsapp-1", active=len(code) * 7 % 90, **fields))
        made.append(post(group="whatsapp-1", text="A post.", **fields))
    return made


def asking(path: Path) -> Iterator[Row]:
    """The nation and a seat, as of a day after the acts; then with tasks out of order, and a unit gone since."""
    clock = Clock()
    clock.move(7)
    with Tracker(path, clock=clock) as tracker:
        then: dict[str, Any] = {"as_of": clock.now.date() - timedelta(days=3)}
        yield from _asked(tracker, then, "")
        events = _typed_in_late(tracker, clock)
        yield from _asked(tracker, then, f", {events:,} events out of order")
        tracker.retire(booths(tracker, 1)[0], "Merged.", office=f"headquarters@{tracker.top}")
        yield from _asked(tracker, then, ", and a unit retired since")


def _typed_in_late(tracker: Tracker, clock: Clock) -> int:
    """Extensions dated before the submissions; the number of events of those tasks."""
    office, due = f"headquarters@{tracker.top}", clock.now.date() + timedelta(days=30)
    fields: dict[str, Any] = {"due": due, "reason": "Flood.", "office": office}
    before = datetime(2023, 10, 21, 12, tzinfo=UTC)
    codes = booths(tracker, REPORTS)[:: REPORTS // OUT_OF_ORDER]
    tracker.execute_all([ExtendTask(task=f"d/{code}", occurred_at=before, **fields) for code in codes])
    return len(codes) * 3


def _asked(tracker: Tracker, then: dict[str, Any], note: str) -> Iterator[Row]:
    asked: dict[str, tuple[dict[str, Any], int]] = {
        "the life cycle of a nation": ({"directive": "d", "level": "booth"}, 1000),
        "the life cycle of a seat": ({"directive": "d", "level": "booth", "unit": SEAT}, 50),
        "with work, of a nation": ({"directive": "g"}, 3000),
        "with work, of a seat": ({"directive": "g", "unit": SEAT}, 200),
    }
    for what, (about, goal) in asked.items():
        yield under(f"{what}{note}", medians(lambda about=about: tracker.status(**about, **then), 3), goal)
    yield under(f"daily, of a nation{note}", medians(lambda: tracker.daily(directive="g", **then), 3), 3000)
    yield under(f"daily, of a seat{note}", medians(lambda: tracker.daily(directive="g", unit=SEAT, **then), 3), 200)
    page = medians(lambda: tracker.tasks(directive="d", level="booth", unit=SEAT, limit=50, **then), 3)
    yield under(f"a page of 50 tasks of a seat{note}", page, 200)
    page = medians(lambda: tracker.waiting(directive="d", limit=50, **then), 1)
    yield under(f"a page of 50 that waited, of a nation{note}", page, 10_000)
    page = medians(lambda: tracker.tasks(directive="d", level="booth", overdue=True, limit=50, **then), 1)
    yield under(f"a page of 50 overdue, of a nation{note}", page, 10_000)
