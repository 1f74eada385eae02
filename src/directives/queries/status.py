"""How directives stand: the totals of a level, and its tasks one by one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from pydantic import Field, JsonValue

from directives.directive_kinds.registry import kind_of
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.organisation import Level
from directives.domain.task import Stage
from directives.domain.values import Model, Moment, Text, day_of
from directives.projections.tables import Tables, UnitRow

ENDED = ("verified", "waived", "withdrawn")
"""A task in one of these stages is never overdue."""


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


class TaskView(Model):
    """One task as it stands; ``assignee`` is the unit to which it was reassigned. The names are left out of JSON."""

    task: str
    directive: str
    kind: str
    unit: str
    level: str
    state: Stage
    due: date
    overdue: bool
    submitted_at: Moment | None
    verified_at: Moment | None
    assignee: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    unit_name: Text = Field(exclude=True)
    level_name: Text = Field(exclude=True)
    title: Text = Field(exclude=True)


class AssignmentView(Assignment):
    """A level in a scope as it stands; the names are left out of JSON."""

    position: int = Field(exclude=True)
    ordered_at: Moment | None = Field(exclude=True)
    changed_at: Moment | None = Field(exclude=True)
    level_name: Text = Field(exclude=True)
    scope_name: Text = Field(exclude=True)


class DirectiveView(Model):
    """A directive as it stands; ``revision`` is 1, and one more with each amendment."""

    directive: str
    kind: str
    title: Text
    meeting: str | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]
    revision: int
    issued_at: Moment | None
    assignments: tuple[AssignmentView, ...]
    completed: bool
    withdrawn: bool


class Asked(NamedTuple):
    """What a question is about; None is everything."""

    directive: str | None = None
    unit: str | None = None
    level: str | None = None


def directive_views(tables: Tables) -> list[DirectiveView]:
    """All directives, in the order of their issue."""
    return [_directive_view(tables, state) for state in tables.directives()]


def one_directive(tables: Tables, directive_id: str) -> DirectiveView:
    """The directive of that id.

    Raises:
        UnknownDirective: there is none.
    """
    return _directive_view(tables, tables.directive(directive_id)[0])


def _directive_view(tables: Tables, state: DirectiveState) -> DirectiveView:
    shown = DirectiveView.model_fields.keys() - {"assignments"}
    return DirectiveView(
        directive=state.id,
        assignments=tuple(_assignment_view(tables, each) for each in state.assignments),
        revision=state.revision,
        **{name: value for name, value in state if name in shown},
    )


def _assignment_view(tables: Tables, assignment: Assignment) -> AssignmentView:
    return AssignmentView(
        **dict(assignment),
        level_name=tables.organisation().level(assignment.level).name,
        scope_name=tables.unit(assignment.scope).name,
    )


def status(tables: Tables, asked: Asked, now: datetime) -> list[Status]:
    """The totals of every directive and level that was asked for."""
    totals: dict[tuple[str, str], Counter[str]] = {}
    works: dict[tuple[str, str], Counter[str]] = {}
    kinds: dict[str, str] = {}
    organisation = tables.organisation()
    today = day_of(now, organisation.zone)
    numbers = _Numbers(tables)
    for state, assignment, place in parts(tables, asked):
        kinds[state.id] = state.kind
        kind, of_level = kind_of(state.kind), (state.id, assignment.level)
        totals.setdefault(of_level, Counter()).update(_counted(numbers, state, assignment, place, today))
        work = works.setdefault(of_level, Counter(kind.counts({}, state.parameters)))
        if kind.counts_work:
            work.update(tables.work_counts(state.id, assignment.level, place.code))
    return [
        status_row(name, kinds[name], organisation.level(level), asked.unit, n, works[name, level])
        for (name, level), n in totals.items()
    ]


def status_row(
    directive_id: str, kind: str, level: Level, unit: str | None, n: Counter[str], work: Mapping[str, int]
) -> Status:
    """A row of a status, of the numbers ``n``."""
    done = n["on_time"] + n["late"]
    return Status(
        directive=directive_id,
        kind=kind,
        level=level.code,
        level_name=level.name,
        unit=unit,
        expected=n["expected"],
        acknowledged=n["acknowledged"],
        submitted=n["submitted"],
        returned=n["returned"],
        verified=done,
        waived=n["waived"],
        done=done,
        on_time=n["on_time"],
        late=n["late"],
        overdue=n["overdue"],
        work=dict(work),
    )


class _Numbers:
    """Counts and tallies, those of all levels at a unit read at once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.counts = cache(tables.counts)
        self.tallies = cache(tables.tallies)


def _counted(
    numbers: _Numbers, state: DirectiveState, assignment: Assignment, place: UnitRow, today: date
) -> Counter[str]:
    """What an assignment contributes at ``place``: its tallies, what is expected, and what is overdue."""
    level = assignment.level
    if place.level == level:
        tally = numbers.tables.tally(state.id, level, place.code)
    else:
        tally = numbers.tallies(state.id, place.code).get(level, Counter[str]())
    expected = numbers.counts(place.code)[level] if assignment.expected is None else sum(tally.values())
    open_tasks = expected - tally["on_time"] - tally["late"] - tally["waived"]
    overdue = 0
    if open_tasks and today > assignment.due:
        overdue = open_tasks - numbers.tables.not_yet_due(state, assignment, place, today)
    return tally + Counter(expected=expected, overdue=overdue)


def expected_at(tables: Tables, state: DirectiveState, assignment: Assignment, place: UnitRow) -> int:
    """How many units at or below ``place`` owe the directive; who joined a completed level is not among them."""
    if assignment.expected is None:
        return tables.count(place.code, assignment.level)
    return sum(tables.tally(state.id, assignment.level, place.code).values())


def owing(assignment: Assignment) -> str:
    """The join of units with their tasks, of one directive, that leaves just those units which owe it."""
    join = "LEFT" if assignment.expected is None else "INNER"
    return f"{join} JOIN tasks ON tasks.directive = ? AND tasks.unit = units.code"


def parts(
    tables: Tables, asked: Asked, *, withdrawn: bool = False
) -> Iterator[tuple[DirectiveState, Assignment, UnitRow]]:
    """Each assignment that was asked for, with the unit at which it counts; of directives that stand, or ``withdrawn``.

    They come by directive, level and place in the tree.

    An assignment counts at the unit asked for where that lies at or below its scope, at its scope where the unit lies
    above, and nowhere else; nor does it where its scope was retired, or the unit lies below the level that owes it.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
    """
    organisation = tables.organisation()
    ranks = {level.code: rank for rank, level in enumerate(organisation.levels)}
    if asked.level is not None:
        organisation.level(asked.level)
    unit = None if asked.unit is None else tables.unit(asked.unit)
    if unit is not None and unit.retired:
        return
    states = tables.directives() if asked.directive is None else [tables.directive(asked.directive)[0]]
    for state in states:
        chosen = state.ended if withdrawn else state.standing
        for assignment in sorted(chosen, key=lambda each: (ranks[each.level], tables.unit(each.scope).path)):
            place = _counts_at(tables.unit(assignment.scope), unit)
            if place is None or place.retired or ranks[assignment.level] < ranks[place.level]:
                continue
            if asked.level in (None, assignment.level):
                yield state, assignment, place


def _counts_at(scope: UnitRow, unit: UnitRow | None) -> UnitRow | None:
    if unit is None or unit.code in scope.lineage:
        return scope
    return unit if scope.code in unit.lineage else None
