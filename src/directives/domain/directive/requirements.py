"""What must hold before anything is decided about a directive."""

from datetime import datetime

from directives.domain.directive.state import DirectiveState, levels_and_scopes_of, moment_of_issue
from directives.domain.errors import DirectiveCompleted, DirectiveWithdrawn, OutOfOrder
from directives.i18n.message import MomentIn


def require_in_force(state: DirectiveState) -> None:
    """Raises `DirectiveWithdrawn` when the directive was withdrawn."""
    if state.withdrawn:
        raise DirectiveWithdrawn(
            "directive: {id} was withdrawn and owes nothing: reinstate it with directives directive reinstate {id}",
            reason="withdrawn",
            id=state.id,
        )


def require_never_withdrawn(state: DirectiveState, level: str, scope: str) -> None:
    """Raises `DirectiveWithdrawn` when the level was withdrawn there, and not reinstated."""
    if (level, scope) in levels_and_scopes_of(state.withdrawn_levels):
        raise DirectiveWithdrawn(
            "level: {id} was withdrawn from {level} of {scope}: reinstate it with directives "
            "directive reinstate {id} --level {level} --scope {scope}",
            reason="withdrawn",
            id=state.id,
            level=level,
            scope=scope,
        )


def require_open(state: DirectiveState) -> None:
    """Raises `DirectiveCompleted` when the directive is completed."""
    if state.completed:
        raise DirectiveCompleted("directive: {id} is completed: issue another one", reason="completed", id=state.id)


def require_issued(state: DirectiveState, at: datetime, now: datetime, zone: str) -> None:
    """Raises `OutOfOrder` when ``at`` is before the directive was issued; unless that is after ``now``, by error."""
    if at < moment_of_issue(state) <= now:
        raise OutOfOrder(
            "at: {at} is before {id} was issued ({moment_of_issue}): name a later moment",
            at=MomentIn(at, zone),
            id=state.id,
            moment_of_issue=MomentIn(moment_of_issue(state), zone),
        )


def require_in_order(
    state: DirectiveState, level: str | None, scope: str | None, at: datetime, now: datetime, zone: str
) -> None:
    """Raises `OutOfOrder` when ``at`` is before the last change of the level, or, when None, of all and the terms.

    A change that is dated after ``now``, by a clock that was wrong, holds nothing up.
    """
    chosen = [each for each in state.assignments if (level, scope) in ((None, None), (each.level, each.scope))]
    moments = [each.changed_at for each in chosen] + ([state.amended_at] if level is None else [])
    last = max((moment for moment in moments if moment is not None and moment <= now), default=at)
    if at < last:
        raise OutOfOrder(
            "at: {at} is before the last change of {id} ({last}): name a later moment",
            at=MomentIn(at, zone),
            id=state.id,
            last=MomentIn(last, zone),
        )
