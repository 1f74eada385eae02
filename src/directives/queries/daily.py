"""Daily records: on which days of the reporting window activity was posted; streaks, gaps, and the share covered."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from pydantic import Field

from directives.directive_kinds.registry import kind_of
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.values import Model, Text, day_of, days_from
from directives.projections.tables import Tables, UnitRow, under
from directives.queries.status import Asked, expected_at, owing, parts


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


class Place(NamedTuple):
    """Where a daily record is looked at, and how many units owe it there."""

    order: DirectiveState
    level: str
    code: str
    name: Text
    expected: int


def daily(tables: Tables, asked: Asked, now: datetime, *, each: bool = False) -> Iterator[Daily]:
    """The daily record of every directive that has one, level by level, or ``each`` unit by itself."""
    today = day_of(now, tables.organisation().zone)
    for order, assignment, place in parts(tables, asked):
        window = kind_of(order.kind).window
        if window is None:
            continue
        first, last = window(order.parameters)
        level_name = tables.organisation().level(assignment.level).name
        read = _each if each else _together
        for found, units in read(tables, order, assignment, place, first, last):
            yield _record(found, level_name, units, first, last, today)


def _together(
    tables: Tables, order: DirectiveState, assignment: Assignment, place: UnitRow, first: date, last: date
) -> Iterator[tuple[Place, Counter[date]]]:
    waived = tables.tally(order.id, assignment.level, place.code)["waived"]
    expected = expected_at(tables, order, assignment, place) - waived
    found = Place(order, assignment.level, place.code, place.name, expected)
    yield found, tables.days(order.id, assignment.level, place.code, first, last)


def _each(
    tables: Tables, order: DirectiveState, assignment: Assignment, place: UnitRow, first: date, last: date
) -> Iterator[tuple[Place, Counter[date]]]:
    rows = tables.cursor.execute(
        f"""SELECT code, name_en, name_hi, day FROM units {owing(assignment)}
        LEFT JOIN days ON days.directive = ? AND days.level = units.level
        AND days.unit = units.code AND day BETWEEN ? AND ?
        WHERE units.level = ? AND path >= ? AND path < ? AND coalesce(stage, 'assigned') <> 'waived'
        ORDER BY path, day""",
        (order.id, order.id, first.isoformat(), last.isoformat(), assignment.level, *under(place.path)),
    ).fetchall()
    for code, group in groupby(rows, key=lambda row: row["code"]):
        days = list(group)
        name = Text(en=days[0]["name_en"], hi=days[0]["name_hi"])
        covered = Counter(date.fromisoformat(row["day"]) for row in days if row["day"] is not None)
        yield Place(order, assignment.level, code, name, 1), covered


def _record(place: Place, level_name: Text, units: Counter[date], first: date, last: date, today: date) -> Daily:
    looked_at = [*days_from(first, min(last, today))]
    if looked_at and looked_at[-1] == today and units[today] < place.expected:
        looked_at.pop()
    full = [units[day] >= place.expected > 0 for day in looked_at]
    runs = [len([*run]) if is_full else 0 for is_full, run in groupby(full)]
    covered = sum(units[day] for day in looked_at)
    owed = place.expected * len(looked_at)
    return Daily(
        directive=place.order.id,
        kind=place.order.kind,
        level=place.level,
        unit=place.code,
        expected=place.expected,
        window_from=first,
        window_to=last,
        days=len(looked_at),
        covered=covered,
        share=round(100 * covered / owed, 1) if owed else None,
        streak=runs[-1] if runs else 0,
        longest=max(runs, default=0),
        gaps=tuple(day for day, is_full in zip(looked_at, full, strict=True) if not is_full),
        by_day={day: units[day] for day in looked_at},
        unit_name=place.name,
        level_name=level_name,
    )
