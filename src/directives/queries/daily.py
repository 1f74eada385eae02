"""Daily records: on which days of the reporting window activity was posted; streaks, gaps, and the share covered."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from pydantic import Field

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.values import Model, Text, day_of, days_from
from directives.projections.read_models import ReadModels
from directives.projections.units import under
from directives.queries.selection import Filter, Selected, expected_at, select


class Daily(Model):
    """The daily record of a directive at one level, at or below ``unit``; of a unit of that level, its own.

    A day is full when every unit that owes the directive now covered it; one that was waived is left out.
    Days are looked at up to yesterday, and today once it is full; ``days`` is how many of the window those are.

    Attributes:
        covered: days covered, added up over the units.
        share: ``covered`` in per cent of ``expected`` times ``days``, to one decimal; None before the window begins.
        streak: full days without a break up to the last day looked at.
        longest: the longest run of full days.
        gaps: the days that are not full.
        by_day: how many units covered each day.
    """

    directive: str
    kind: str
    level: str
    unit: str
    expected: int
    window_from: date
    window_to: date
    days: int
    covered: int
    share: float | None
    streak: int
    longest: int
    gaps: tuple[date, ...]
    by_day: dict[date, int]
    unit_name: Text = Field(exclude=True)
    level_name: Text = Field(exclude=True)


class Subject(NamedTuple):
    """What a daily record is of: a directive, a level and a unit; and how many units owe it there."""

    directive: DirectiveState
    level: str
    code: str
    name: Text
    expected: int


def daily(models: ReadModels, chosen: Filter, now: datetime, *, per_unit: bool = False) -> Iterator[Daily]:
    """The daily record of every directive that has one, level by level, or unit by unit where ``per_unit``."""
    organisation = models.states.organisation()
    today = day_of(now, organisation.zone)
    for selected in select(models, chosen):
        window = kind_or_absent(selected.directive.kind).window
        if window is None:
            continue
        first, last = window(selected.directive.parameters)
        level_name = organisation.level(selected.assignment.level).name
        read = _per_unit if per_unit else _together
        for subject, covered in read(models, selected, first, last):
            yield _record(subject, level_name, covered, first, last, today)


def _together(
    models: ReadModels, selected: Selected, first: date, last: date
) -> Iterator[tuple[Subject, Counter[date]]]:
    directive, assignment, root = selected
    waived = models.tallies.of(directive.id, assignment.level, root)["waived"]
    expected = expected_at(models, selected) - waived
    subject = Subject(directive, assignment.level, root.code, root.name, expected)
    yield subject, models.days.of(directive.id, assignment.level, root.code, first, last)


def _per_unit(
    models: ReadModels, selected: Selected, first: date, last: date
) -> Iterator[tuple[Subject, Counter[date]]]:
    directive, assignment, root = selected
    covered = models.days.of_each(directive.id, assignment.level, root, first, last)
    for task in models.owed_tasks.between(directive.id, assignment, under(root.path)):
        if task.stage != "waived":
            subject = Subject(directive, assignment.level, task.unit, task.name, 1)
            yield subject, Counter(covered.get(task.unit, ()))


def _record(
    subject: Subject, level_name: Text, covered_by: Counter[date], first: date, last: date, today: date
) -> Daily:
    looked_at = [*days_from(first, min(last, today))]
    if looked_at and looked_at[-1] == today and covered_by[today] < subject.expected:
        looked_at.pop()
    full = [covered_by[day] >= subject.expected > 0 for day in looked_at]
    runs = [len([*run]) if is_full else 0 for is_full, run in groupby(full)]
    covered = sum(covered_by[day] for day in looked_at)
    owed = subject.expected * len(looked_at)
    return Daily(
        directive=subject.directive.id,
        kind=subject.directive.kind,
        level=subject.level,
        unit=subject.code,
        expected=subject.expected,
        window_from=first,
        window_to=last,
        days=len(looked_at),
        covered=covered,
        share=round(100 * covered / owed, 1) if owed else None,
        streak=runs[-1] if runs else 0,
        longest=max(runs, default=0),
        gaps=tuple(day for day, is_full in zip(looked_at, full, strict=True) if not is_full),
        by_day={day: covered_by[day] for day in looked_at},
        unit_name=subject.name,
        level_name=level_name,
    )
