"""How directives stand: the totals of their tasks, level by level."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from pydantic import Field

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.organisation.units import Level
from directives.domain.task.judgement import judged, on_time_by_date
from directives.domain.task.state import DONE_OR_WAITING
from directives.domain.values import Model, Text, day_of
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow
from directives.queries.selection import Filter, Selected, select


class Status(Model):
    """The tasks of one directive at one level, counted; ``unit`` where one was asked for. JSON has no names.

    ``waiting`` are those that were submitted and not answered yet: they are not overdue. ``on_time_by_date`` are those
    of the ones on time that were written down after the day by which they were owed. ``work`` has what the kind of
    directive counts, added up over the units. Of a kind that is not installed nothing is counted: ``not_installed`` is
    then the distribution that brought it, or the kind itself where that is not on record.
    """

    directive: str
    kind: str
    level: str
    unit: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    expected: int
    acknowledged: int
    waiting: int
    returned: int
    verified: int
    waived: int
    done: int
    on_time: int
    on_time_by_date: int
    late: int
    overdue: int
    work: dict[str, int]
    not_installed: str | None = Field(default=None, exclude_if=lambda distribution: distribution is None)
    level_name: Text = Field(exclude=True)


class Row(NamedTuple):
    """What the numbers of a row of a status are about."""

    directive: str
    kind: str
    level: Level
    unit: str | None
    not_installed: str | None


def status(models: ReadModels, chosen: Filter, now: datetime, present: datetime) -> list[Status]:
    """The totals of every directive and level that was asked for.

    Args:
        now: the moment that is asked about.
        present: the moment at which that is asked; what was written down later is of a clock that was wrong.
    """
    totals: dict[tuple[str, str], dict[str, int]] = {}
    works: dict[tuple[str, str], dict[str, int]] = {}
    rows: dict[tuple[str, str], Row] = {}
    organisation = models.states.organisation()
    today, numbers = day_of(now, organisation.zone), _Numbers(models, day_of(present, organisation.zone), chosen)
    for selected in select(models, chosen):
        directive, assignment, root = selected
        kind, key = kind_or_absent(directive.kind), (directive.id, assignment.level)
        if key not in rows:
            rows[key] = _row(directive, organisation.level(assignment.level), chosen.unit)
            totals[key], works[key] = {}, {**kind.counts({}, directive.parameters)}
        _add(totals[key], numbers.of(selected, today))
        if kind.counts_work:
            _add(works[key], models.work_counts.of(directive.id, assignment.level, root.code))
    return [status_of(row, totals[key], works[key]) for key, row in rows.items()]


def _row(directive: DirectiveState, level: Level, unit: str | None) -> Row:
    there = kind_or_absent(directive.kind).installed
    return Row(directive.id, directive.kind, level, unit, None if there else directive.distribution or directive.kind)


def _add(total: dict[str, int], numbers: Mapping[str, int]) -> None:
    for name, number in numbers.items():
        total[name] = total.get(name, 0) + number


def status_of(row: Row, numbers: Mapping[str, int], work: dict[str, int]) -> Status:
    """A row of a status, of its numbers; those of zero can be left out."""
    on_time, late = numbers.get("on_time", 0), numbers.get("late", 0)
    return Status.of_valid(
        {
            "directive": row.directive,
            "kind": row.kind,
            "level": row.level.code,
            "unit": row.unit,
            "expected": numbers.get("expected", 0),
            "acknowledged": numbers.get("acknowledged", 0),
            "waiting": numbers.get("submitted", 0),
            "returned": numbers.get("returned", 0),
            "verified": on_time + late,
            "waived": numbers.get("waived", 0),
            "done": on_time + late,
            "on_time": on_time,
            "on_time_by_date": numbers.get("on_time_by_date", 0),
            "late": late,
            "overdue": numbers.get("overdue", 0),
            "work": work,
            "not_installed": row.not_installed,
            "level_name": row.level.name,
        }
    )


class _Numbers:
    """What assignments contribute; the counts and the tallies of all levels at a unit are read once."""

    def __init__(self, models: ReadModels, present: date, chosen: Filter) -> None:
        self._models, self._present = models, present
        all_levels = (level.code for level in models.states.organisation().levels)
        self._levels = [level for level in all_levels if chosen.level in (None, level)]
        self._counts: dict[str, Mapping[str, int]] = {}
        self._tallies: dict[tuple[str, str], Mapping[str, Mapping[str, int]]] = {}

    def of(self, selected: Selected, today: date) -> dict[str, int]:
        """The tallies of an assignment, what is expected, and what is overdue."""
        directive, assignment, root = selected
        stood = self._tally(directive.id, assignment.level, root)
        tally = judged(stood, assignment.due)
        if assignment.expected is None:
            expected = self._counts_at(root.code).get(assignment.level, 0)
        else:
            expected = sum(stood.values())
        undone = expected - sum(tally.get(state, 0) for state in DONE_OR_WAITING)
        overdue = 0
        if undone and today > assignment.due:
            overdue = undone - self._models.owed_tasks.not_yet_due(directive, assignment, root, today)
        by_date = on_time_by_date(stood, assignment.due, self._present)
        return {**tally, "expected": expected, "overdue": overdue, "on_time_by_date": by_date}

    def _counts_at(self, unit: str) -> Mapping[str, int]:
        if unit not in self._counts:
            self._counts[unit] = self._models.unit_counts.counts(unit)
        return self._counts[unit]

    def _tally(self, directive: str, level: str, unit: UnitRow) -> Mapping[str, int]:
        if unit.level == level:
            return self._models.tallies.of(directive, level, unit)
        key = (directive, unit.code)
        if key not in self._tallies:
            self._tallies[key] = self._models.tallies.of_levels(directive, unit.code, self._levels)
        return self._tallies[key].get(level, {})
