"""What follows from how tasks stand: levels and directives are completed, or open again."""

from collections.abc import Mapping, Sequence

from directives.domain.directive.events import (
    AssignmentFolded,
    Completed,
    LevelCompleted,
    LevelReopened,
    LevelWithdrawn,
)
from directives.domain.directive.state import Assignment, DirectiveState, levels_and_scopes_of
from directives.domain.event import Event


def settle(assignment: Assignment, count: int, tally: Mapping[str, int], reason: str) -> tuple[Event, ...]:
    """Decide whether ``assignment`` is completed, or open again, for ``reason``; one that nobody owes stays open.

    Args:
        count: the units that it is about, while it is open.
        tally: how many of them are in which state.
    """
    level, scope = assignment.level, assignment.scope
    on_time, late, waived = tally.get("on_time", 0), tally.get("late", 0), tally.get("waived", 0)
    ended = on_time + late + waived
    if assignment.expected is not None:
        is_open = ended < sum(tally.values())
        return (LevelReopened(level=level, scope=scope, reason=reason),) if is_open else ()
    if not count or ended < count:
        return ()
    return (LevelCompleted(level=level, scope=scope, expected=count, on_time=on_time, late=late, waived=waived),)


def absorb(state: DirectiveState, lineages: Mapping[str, Sequence[str]], reason: str) -> tuple[Event, ...]:
    """Decide that scopes which lie under others of their level become part of those; and that retired ones owe nothing.

    Args:
        lineages: the codes from the top unit down to each scope; none of one that was retired.
        reason: why units moved or retired.
    """
    facts, assigned = list[Event](), levels_and_scopes_of(state.assignments)
    for assignment in state.assignments:
        above = [scope for scope in lineages[assignment.scope][:-1] if (assignment.level, scope) in assigned]
        if above:
            facts.append(AssignmentFolded(level=assignment.level, scope=assignment.scope, into=above[0]))
        elif not lineages[assignment.scope] and assignment.expected is None:
            facts.append(LevelWithdrawn(level=assignment.level, scope=assignment.scope, reason=reason))
    return tuple(facts)


def finish(state: DirectiveState) -> tuple[Event, ...]:
    """Decide whether the directive is completed: each of its levels is, and there is one."""
    done = state.assignments and all(each.expected is not None for each in state.assignments)
    return (Completed(),) if done and not state.completed else ()
