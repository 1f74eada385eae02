"""Directives as they stand."""

from pydantic import Field, JsonValue

from directives.domain.directive.state import Assignment, DirectiveState
from directives.domain.values import Model, Moment, Text
from directives.projections.read_models import ReadModels


class AssignmentView(Assignment):
    """A level in a scope as it stands; the names are left out of JSON."""

    position: int = Field(exclude=True)
    reinstated: int | None = Field(exclude=True)
    ordered_at: Moment | None = Field(exclude=True)
    changed_at: Moment | None = Field(exclude=True)
    level_name: Text = Field(exclude=True)
    scope_name: Text = Field(exclude=True)


class DirectiveView(Model):
    """A directive as it stands; ``revision`` is 1, and one more with each amendment.

    ``withdrawn_levels`` are the levels that were withdrawn by themselves, and can be reinstated.
    """

    directive: str
    kind: str
    title: Text
    meeting: str | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    backdating_days: int | None
    set_by_issuing_office: tuple[str, ...]
    revision: int
    issued_at: Moment | None
    assignments: tuple[AssignmentView, ...]
    withdrawn_levels: tuple[AssignmentView, ...] = Field(default=(), exclude_if=lambda levels: not levels)
    completed: bool
    withdrawn: bool


def directives(models: ReadModels) -> list[DirectiveView]:
    """All directives, in the order of their issue."""
    return [_view(models, state) for state in models.states.directives()]


def one_directive(models: ReadModels, directive: str) -> DirectiveView:
    """The directive of that id.

    Raises:
        UnknownDirective: there is none.
    """
    return _view(models, models.states.directive(directive)[0])


def _view(models: ReadModels, state: DirectiveState) -> DirectiveView:
    shown = DirectiveView.model_fields.keys() - {"assignments", "withdrawn_levels"}
    return DirectiveView(
        directive=state.id,
        assignments=tuple(_assignment_view(models, each) for each in state.assignments),
        withdrawn_levels=tuple(_assignment_view(models, each) for each in state.withdrawn_levels),
        revision=state.revision,
        **{name: value for name, value in state if name in shown},
    )


def _assignment_view(models: ReadModels, assignment: Assignment) -> AssignmentView:
    return AssignmentView(
        **dict(assignment),
        level_name=models.states.organisation().level(assignment.level).name,
        scope_name=models.units.unit(assignment.scope).name,
    )
