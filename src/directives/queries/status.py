"""How directives stand: the totals of their tasks, level by level."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from pydantic import Field

from directives.directive_kinds.registry import kind_of
from directives.domain.organisation.units import Level
from directives.domain.values import Model, Text, day_of
from directives.projections.read_models import ReadModels
from directives.queries.selection import Filter, Selected, select


class Status(Model):
    """The tasks of one directive at one level, counted; ``unit`` where one was asked for. JSON has no names.

    ``work`` has what the kind of directive counts, added up over the units.
    """

    directive: str
    kind: str
    level: str
    unit: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    expected: int
    acknowledged: int
    submitted: int
    returned: int
    verified: int
    waived: int
    done: int
    on_time: int
    late: int
    overdue: int
    work: dict[str, int]
    level_name: Text = Field(exclude=True)


class Row(NamedTuple):
    """What the numbers of a row of a status are about."""

    directive: str
    kind: str
    level: Level
    unit: str | None


def status(models: ReadModels, chosen: Filter, now: datetime) -> list[Status]:
    """The totals of every directive and level that was asked for."""
    totals: dict[tuple[str, str], Counter[str]] = {}
    works: dict[tuple[str, str], Counter[str]] = {}
    rows: dict[tuple[str, str], Row] = {}
    organisation = models.states.organisation()
    today, numbers = day_of(now, organisation.zone), _Numbers(models)
    for selected in select(models, chosen):
        directive, assignment, root = selected
        kind, key = kind_of(directive.kind), (directive.id, assignment.level)
        rows[key] = Row(directive.id, directive.kind, organisation.level(assignment.level), chosen.unit)
        totals.setdefault(key, Counter()).update(numbers.of(selected, today))
        work = works.setdefault(key, Counter(kind.counts({}, directive.parameters)))
        if kind.counts_work:
            work.update(models.work_counts.of(directive.id, assignment.level, root.code))
    return [status_of(rows[key], numbers, works[key]) for key, numbers in totals.items()]


def status_of(row: Row, numbers: Counter[str], work: Mapping[str, int]) -> Status:
    """A row of a status, of its numbers."""
    done = numbers["on_time"] + numbers["late"]
    return Status(
        directive=row.directive,
        kind=row.kind,
        level=row.level.code,
        level_name=row.level.name,
        unit=row.unit,
        expected=numbers["expected"],
        acknowledged=numbers["acknowledged"],
        submitted=numbers["submitted"],
        returned=numbers["returned"],
        verified=done,
        waived=numbers["waived"],
        done=done,
        on_time=numbers["on_time"],
        late=numbers["late"],
        overdue=numbers["overdue"],
        work=dict(work),
    )


class _Numbers:
    """What assignments contribute; the counts and the tallies of all levels at a unit are read at once."""

    def __init__(self, models: ReadModels) -> None:
        self._models = models
        self._levels = [level.code for level in models.states.organisation().levels]
        self._counts = cache(models.unit_counts.counts)
        self._tallies = cache(self._of_levels)

    def of(self, selected: Selected, today: date) -> Counter[str]:
        """The tallies of an assignment, what is expected, and what is overdue."""
        directive, assignment, root = selected
        level = assignment.level
        if root.level == level:
            tally = self._models.tallies.of(directive.id, level, root)
        else:
            tally = self._tallies(directive.id, root.code).get(level, Counter[str]())
        expected = self._counts(root.code)[level] if assignment.expected is None else tally.total()
        open_tasks = expected - tally["on_time"] - tally["late"] - tally["waived"]
        overdue = 0
        if open_tasks and today > assignment.due:
            overdue = open_tasks - self._models.owed_tasks.not_yet_due(directive, assignment, root, today)
        return tally + Counter(expected=expected, overdue=overdue)

    def _of_levels(self, directive: str, unit: str) -> dict[str, Counter[str]]:
        return self._models.tallies.of_levels(directive, unit, self._levels)
