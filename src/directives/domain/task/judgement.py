"""Whether a verified task was done on time, which a later day of its level can change without a word to the task.

A submission is on time if the day on which it was made is not after the day by which the task was owed when it was
made, or when it was verified, or after the day that its level has now. A task whose judgement another day of its level
would change is counted under its days too, as ``late/2023-11-16/2023-11-17``: made on the one, written down on the
other; ``on_time/2023-12-20`` was made in time, and written down after that.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from directives.domain.task.state import TaskState
from directives.domain.values import day_of


def counted_as(state: TaskState, zone: str) -> str | None:
    """Under what a task is counted, where its stage does not say it: a verified one.

    Args:
        zone: the IANA name of the time zone in which days end.
    """
    if state.stage != "verified":
        return None
    stage, until = "on_time" if state.on_time else "late", state.owed_until
    if state.submitted_at is None or state.written_at is None or until is None:
        return stage
    written = day_of(state.written_at, zone)
    if written <= until:
        return stage
    return f"on_time/{written}" if state.on_time else f"late/{day_of(state.submitted_at, zone)}/{written}"


def stage_of(counted: str) -> str:
    """The state as it was judged when the task was verified, without the days."""
    return counted.partition("/")[0]


def as_verified(tally: Mapping[str, int]) -> Counter[str]:
    """How many tasks are in each state, on time or late as they were judged when they were verified."""
    total = Counter[str]()
    for counted, number in tally.items():
        total[stage_of(counted)] += number
    return total


def judged(tally: Mapping[str, int], due: date) -> Mapping[str, int]:
    """How many tasks are in each state, on time or late by the day that their level has now.

    Args:
        tally: how many are counted under what, see `counted_as`.
        due: the day of the level.
    """
    if not _has_days(tally):
        return tally
    total = Counter[str]()
    for counted, number in tally.items():
        total[judged_as(counted, due)] += number
    return total


def judged_as(counted: str, due: date) -> str:
    """The state of a task that is counted under ``counted``, by the day ``due`` that its level has now."""
    stage, *days = counted.split("/")
    return "on_time" if stage == "late" and days and days[0] <= due.isoformat() else stage


def on_time_by_date(tally: Mapping[str, int], due: date, today: date) -> int:
    """How many of the tasks that are `judged` on time were written down after the day by which they were owed.

    What was written down after ``today``, by a clock that was wrong, is held against nobody.
    """
    if not _has_days(tally):
        return 0
    first, last = due.isoformat(), today.isoformat()
    late = (
        number
        for counted, number in tally.items()
        if "/" in counted and judged_as(counted, due) == "on_time" and first < counted.rpartition("/")[2] <= last
    )
    return sum(late)


def _has_days(tally: Mapping[str, int]) -> bool:
    """Whether some task is counted under its days too."""
    return "/" in "".join(tally)
