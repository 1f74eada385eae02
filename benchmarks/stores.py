"""The stores that are measured, and what is done in them."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from directives import (
    Document,
    Minutes,
    SubmitReport,
    Text,
    Tracker,
    Unit,
    VerifyTask,
    generated_state,
    read_organisation,
)

LEVELS = ("state", "lok_sabha", "vidhan_sabha", "block", "panchayat", "booth")
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
PART = 50_000
"""Commands that are made and carried out together, so that the commands themselves take no more memory than that."""


class Clock:
    """The present moment, which moves only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2023, 10, 20, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.now

    def move(self, days: int) -> None:
        """Go on by so many days."""
        self.now += timedelta(days=days)


def state_store(path: Path, clock: Clock) -> Tracker:
    """A store of one state, 34,210 units."""
    tracker = Tracker(f"sqlite:///{path}", create=True, clock=clock)
    tracker.found(tuple(generated_state("JH")))
    return tracker


def small_store(path: Path, clock: Clock) -> Tracker:
    """A store of 96 units."""
    tracker = Tracker(f"sqlite:///{path}", create=True, clock=clock)
    tracker.found(read_organisation())
    return tracker


def minutes(number: int, day: date) -> Minutes:
    """The minutes of a meeting that gives one directive, to all six levels."""
    text = {"en": "A report.", "hi": "प्रतिवेदन।"}
    assign = [{"level": level, "due": day + timedelta(days=30)} for level in LEVELS]
    directive = {"id": f"d-{number}", "kind": "written_report", "title": text, "parameters": PERIOD, "assign": assign}
    statement = {"no": "S1", "asks_for": "directive", "text": text}
    fields = {"id": f"m-{number}", "held_on": day, "title": text, "statements": [statement]}
    return Minutes.model_validate(fields | {"directives": [directive | {"statements": ["S1"]}]})


def one_directive(tracker: Tracker, clock: Clock, name: str = "d", due: date | None = None) -> None:
    """Issue a directive, and assign it to every level; due in ten days, unless told otherwise."""
    office = f"headquarters@{tracker.top}"
    tracker.issue(name, "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, office=office)
    for level in LEVELS:
        tracker.assign(name, level, tracker.top, due or clock.now.date() + timedelta(days=10), office=office)


def booths(tracker: Tracker, number: int | None = None) -> list[str]:
    """The codes of so many booths, or of all."""
    return [view.unit for view in tracker.tasks(directive="d", level="booth", limit=number)]


def submissions(codes: Sequence[str], directive: str = "d") -> list[SubmitReport]:
    """A report of each unit, a document of its own."""
    return [
        SubmitReport(
            task=f"{directive}/{code}",
            office=f"convenor@{code}",
            document=document(f"{directive}/{code}"),
            command_id=f"submit-{directive}-{code}",
        )
        for code in codes
    ]


def document(task: str) -> Document:
    """The report of a task: no two units hand in the same one."""
    digest = hashlib.sha256(task.encode()).hexdigest()
    return Document(digest=f"sha256:{digest}", media_type="text/plain", size=1000)


def verifications(codes: Sequence[str], top: str, directive: str = "d") -> list[VerifyTask]:
    """An office above verifies the report of each unit."""
    answering = {"office": f"headquarters@{top}", "actor": "officer-1"}
    return [
        VerifyTask(task=f"{directive}/{code}", command_id=f"verify-{directive}-{code}", **answering) for code in codes
    ]


def in_parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    """``codes``, so many at a time."""
    return (codes[first : first + PART] for first in range(0, len(codes), PART))


def below(tracker: Tracker, level: str) -> Unit:
    """Some unit of ``level``."""
    return next(unit for unit in tracker.units() if unit.level == level)


EVENTS = 100_000
"""Events of the store that the questions of people are asked of."""


def busy_store(path: Path, clock: Clock) -> Tracker:
    """A store of one state, 34,210 units, with 100,000 events of five days.

    What is rare lies far back: on the first day the actor ``officer-7`` waives one task, and the directive ``few``,
    which only Lok Sabha seats owe, is acknowledged by one of them; Vidhan Sabha segments owe ``segments``. Then booths
    submit the reports of the directives ``d`` and ``other``; half of those of ``d`` are verified.
    """
    tracker = state_store(path, clock)
    office = f"headquarters@{tracker.top}"
    for name in ("d", "other"):
        one_directive(tracker, clock, name)
    tracker.issue("few", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, office=office)
    tracker.assign("few", "lok_sabha", tracker.top, clock.now.date() + timedelta(days=10), office=office)
    tracker.issue("segments", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, office=office)
    tracker.assign("segments", "vidhan_sabha", tracker.top, clock.now.date() + timedelta(days=2), office=office)
    seat, codes = below(tracker, "lok_sabha").code, booths(tracker)
    tracker.acknowledge(f"few/{seat}", office=f"convenor@{seat}")
    tracker.waive(f"d/{codes[-1]}", "No booth this year.", office=office, actor="officer-7")
    for number in range(3):  # each day has some in every part of the state
        clock.move(1)
        some = codes[number:-1:5]
        tracker.execute_all(submissions(some))
        tracker.execute_all(verifications(some[::2], tracker.top))
    clock.move(1)
    left = EVENTS - sum(1 for _ in tracker.events())
    tracker.execute_all(submissions(codes[: left // 2], "other"))
    return tracker
