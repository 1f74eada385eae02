"""What a question is about: the assignments that it counts, and the unit at which each counts."""

from collections.abc import Iterator
from typing import NamedTuple

from directives.domain.directive.state import Assignment, DirectiveState, owed_in_force
from directives.projections.owed_tasks import OwedTask
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow, just, lineage_of, under


class Filter(NamedTuple):
    """The directive, the unit at or below which, and the level that a question is about; None is everything."""

    directive: str | None = None
    unit: str | None = None
    level: str | None = None


EVERYTHING = Filter()
"""All directives at all units."""


class Selected(NamedTuple):
    """An assignment of a directive, and the unit at which it counts."""

    directive: DirectiveState
    assignment: Assignment
    root: UnitRow


def select(models: ReadModels, chosen: Filter, *, withdrawn: bool = False) -> Iterator[Selected]:
    """The assignments of directives that stand, or ``withdrawn`` ones, by directive, level and path.

    An assignment counts at the unit asked for where that lies at or below its scope, at its scope where the unit lies
    above, and nowhere else; nor does it where its scope was retired, or the unit lies below the level that owes it.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
    """
    states, units = models.states, models.units
    organisation = states.organisation()
    ranks = organisation.ranks
    if chosen.level is not None:
        organisation.level(chosen.level)
    unit = None if chosen.unit is None else units.unit(chosen.unit)
    if unit is not None and unit.retired:
        return
    directives = states.directives() if chosen.directive is None else [states.directive(chosen.directive)[0]]
    for directive in directives:
        assignments = directive.ended if withdrawn else directive.in_force
        for assignment in sorted(assignments, key=lambda each: (ranks[each.level], units.unit(each.scope).path)):
            root = _counts_at(units.unit(assignment.scope), unit)
            if root is None or root.retired or ranks[assignment.level] < ranks[root.level]:
                continue
            if not units.there_for(root, assignment.position):
                continue
            if chosen.level in (None, assignment.level):
                yield Selected(directive, assignment, root)


def reassigned_to(models: ReadModels, chosen: Filter, *, itself: bool = False) -> Iterator[tuple[Selected, OwedTask]]:
    """The tasks of other units that units at or below the one asked for do, each with the order by which it is owed.

    Args:
        itself: those that the unit itself does, of units below it too.

    Raises:
        UnknownUnit: there is no such unit.
    """
    unit = None if chosen.unit is None else models.units.unit(chosen.unit)
    if unit is None or unit.retired:
        return
    for directive_id, level, task in models.owed_tasks.done_by(just(unit.path) if itself else under(unit.path)):
        if chosen.directive in (None, directive_id) and chosen.level in (None, level):
            directive, _ = models.states.directive(directive_id)
            assignment = owed_in_force(directive, level, lineage_of(task.path))
            if assignment is not None:
                yield Selected(directive, assignment, unit), task


def _counts_at(scope: UnitRow, unit: UnitRow | None) -> UnitRow | None:
    if unit is None or unit.code in scope.lineage:
        return scope
    return unit if scope.code in unit.lineage else None


def expected_at(models: ReadModels, selected: Selected) -> int:
    """How many units owe the directive there; who joined a completed level is not among them."""
    directive, assignment, root = selected
    if assignment.expected is None:
        return models.unit_counts.count(root.code, assignment.level)
    return models.tallies.of(directive.id, assignment.level, root).total()
