"""The state of a directive, as its events tell it, and what units owe by it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import Field, JsonValue

from directives.domain.aggregate import Aggregate
from directives.domain.directive.events import (
    Amended,
    AssignedToLevel,
    AssignedToUnits,
    AssignmentFolded,
    Completed,
    DeadlineExtended,
    Issued,
    LevelCompleted,
    LevelReinstated,
    LevelReopened,
    LevelRescheduled,
    LevelWithdrawn,
    Reinstated,
    Withdrawn,
)
from directives.domain.errors import UnknownTask
from directives.domain.event import RecordedEvent
from directives.domain.values import Day, Model, Moment, Text


class Assignment(Model):
    """One level in one scope; ``expected`` is fixed once the level is completed, and None before.

    ``position`` is that of the assignment in the log; units that are registered after it joined later. ``first_due`` is
    the due day before any extension; ``changed_at`` is the moment of its assignment, or of its last extension,
    completion or reopening; ``reinstated`` the position of its last reinstatement, if it was ever withdrawn.
    """

    level: str
    scope: str
    due: Day
    first_due: Day | None = Field(default=None, exclude_if=lambda day: day is None)
    expected: int | None = None
    position: int = 0
    reinstated: int | None = Field(default=None, exclude_if=lambda position: position is None)
    ordered_at: Moment | None = None
    changed_at: Moment | None = None


class Terms(Model):
    """What a directive asked for before it was amended; ``until`` is the position of that amendment in the log."""

    title: Text
    parameters: dict[str, JsonValue]
    grace_days: int
    backdating_days: int | None = None
    set_by_issuing_office: tuple[str, ...]
    until: int = 0


class DirectiveState(Model):
    """A directive as its events tell it; ``position`` is that of its issue in the log.

    ``superseded`` has the terms that held before, oldest first; ``folded`` the assignments that became part of others.
    """

    id: str = ""
    kind: str = ""
    title: Text | None = None
    meeting: str | None = None
    statements: tuple[str, ...] = ()
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: int = 0
    backdating_days: int | None = None
    set_by_issuing_office: tuple[str, ...] = ()
    distribution: str | None = Field(default=None, exclude_if=lambda name: name is None)
    issued_at: Moment | None = None
    issued_by: str = ""
    position: int = 0
    assignments: tuple[Assignment, ...] = ()
    withdrawn_levels: tuple[Assignment, ...] = ()
    completed: bool = False
    withdrawn: bool = False
    superseded: tuple[Terms, ...] = ()
    folded: tuple[Assignment, ...] = ()
    amended_at: Moment | None = None

    @property
    def revision(self) -> int:
        """1 as it was issued, and one more with each amendment."""
        return len(self.superseded) + 1

    def revision_at(self, position: int) -> int:
        """The revision that held when the event at ``position`` was recorded."""
        return sum(terms.until < position for terms in self.superseded) + 1

    def terms_of(self, revision: int | None) -> Mapping[str, JsonValue]:
        """The parameters of that revision; of the one that holds, when None."""
        if revision is None or revision == self.revision:
            return self.parameters
        return self.superseded[revision - 1].parameters

    def assignment(self, level: str, scope: str) -> Assignment | None:
        """That of the level in just that scope, if there is one."""
        return next((each for each in self.assignments if (each.level, each.scope) == (level, scope)), None)

    @property
    def in_force(self) -> tuple[Assignment, ...]:
        """The assignments by which something is owed, or was done."""
        return () if self.withdrawn else self.assignments

    @property
    def ended(self) -> tuple[Assignment, ...]:
        """Those that were withdrawn, with the directive or by themselves."""
        return (*self.assignments, *self.withdrawn_levels) if self.withdrawn else self.withdrawn_levels


def evolve(state: DirectiveState, event: RecordedEvent) -> DirectiveState:  # longer than others: a case an event
    """The directive after ``event``."""
    match event.data:
        case Issued() as issued:
            fields = {name: value for name, value in issued if name != "directive"}
            fields |= {"issued_at": event.occurred_at, "issued_by": event.office, "position": event.position}
            return DirectiveState(id=issued.directive, **fields)
        case AssignedToLevel(level=level, scope=scope, due=due):
            return _with(state, [_ordered(event, level, scope, due)])
        case AssignedToUnits(level=level, units=units, due=due):
            return _with(state, [_ordered(event, level, unit, due) for unit in units])
        case DeadlineExtended(level=level, scope=scope, due=due) | LevelRescheduled(level=level, scope=scope, due=due):
            return state.model_copy(update={"assignments": _due(event, state.assignments, due, (level, scope))})
        case Amended() as amended:
            change = {name: value for name, value in amended if name != "reason"}
            superseded = (*state.superseded, _terms(state, event.position))
            change |= {"superseded": superseded, "amended_at": event.occurred_at}
            return state.model_copy(update=change)
        case LevelCompleted(level=level, scope=scope, expected=expected):
            return _changed(state, level, scope, expected=expected, changed_at=event.occurred_at)
        case LevelReopened(level=level, scope=scope):
            opened = _changed(state, level, scope, expected=None, changed_at=event.occurred_at)
            return opened.model_copy(update={"completed": False})
        case AssignmentFolded(level=level, scope=scope):
            left, inner = _without(state, level, scope)
            return state.model_copy(update={"assignments": left, "folded": (*state.folded, *inner)})
        case LevelWithdrawn(level=level, scope=scope):
            left, gone = _without(state, level, scope)
            return state.model_copy(update={"assignments": left, "withdrawn_levels": (*state.withdrawn_levels, *gone)})
        case Completed():
            return state.model_copy(update={"completed": True})
        case Withdrawn():
            return state.model_copy(update={"withdrawn": True})
        case Reinstated(due=due):
            return state.model_copy(
                update={"withdrawn": False, "assignments": _due(event, state.assignments, due, None)}
            )
        case LevelReinstated(level=level, scope=scope, due=due):
            return _reinstated(state, event, level, scope, due)
        case _:
            return state


def _with(state: DirectiveState, assigned: Sequence[Assignment]) -> DirectiveState:
    """With further assignments; they are not withdrawn any more, and the directive is open."""
    gone = tuple(
        each for each in state.withdrawn_levels if (each.level, each.scope) not in levels_and_scopes_of(assigned)
    )
    change = {"assignments": (*state.assignments, *assigned), "withdrawn_levels": gone, "completed": False}
    return state.model_copy(update=change)


def _due(
    event: RecordedEvent, assignments: Iterable[Assignment], due: date | None, chosen: tuple[str, str] | None
) -> tuple[Assignment, ...]:
    """With another due day, where one is given: of the level in the scope that is chosen, or of all open ones."""
    return tuple(
        each.model_copy(update={"due": due, "first_due": each.first_due or each.due, "changed_at": event.occurred_at})
        if due is not None and (each.expected is None if chosen is None else (each.level, each.scope) == chosen)
        else each
        for each in assignments
    )


def _reinstated(
    state: DirectiveState, event: RecordedEvent, level: str, scope: str, due: date | None
) -> DirectiveState:
    """With a level that was withdrawn, as it was; the directive is open."""
    back = [each for each in state.withdrawn_levels if (each.level, each.scope) == (level, scope)]
    left = tuple(each for each in state.withdrawn_levels if each not in back)
    update = {"changed_at": event.occurred_at, "reinstated": event.position}
    changed = [each.model_copy(update=update) for each in _due(event, back, due, None)]
    open_again = {} if not back else {"completed": False}
    return state.model_copy(
        update={"assignments": (*state.assignments, *changed), "withdrawn_levels": left, **open_again}
    )


def _without(state: DirectiveState, level: str, scope: str) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """The assignments but that of the level in the scope, and that one."""
    left = tuple(each for each in state.assignments if (each.level, each.scope) != (level, scope))
    return left, tuple(each for each in state.assignments if each not in left)


def _ordered(event: RecordedEvent, level: str, scope: str, due: date) -> Assignment:
    at = event.occurred_at
    return Assignment(level=level, scope=scope, due=due, position=event.position, ordered_at=at, changed_at=at)


def _terms(state: DirectiveState, until: int) -> Terms:
    """What the directive asked for until it was amended."""
    assert state.title is not None, "only issued directives have terms"
    return Terms(
        title=state.title,
        parameters=state.parameters,
        grace_days=state.grace_days,
        backdating_days=state.backdating_days,
        set_by_issuing_office=state.set_by_issuing_office,
        until=until,
    )


def levels_and_scopes_of(assignments: Iterable[Assignment]) -> set[tuple[str, str]]:
    """The levels and scopes of ``assignments``."""
    return {(each.level, each.scope) for each in assignments}


def _changed(state: DirectiveState, level: str, scope: str, **change: object) -> DirectiveState:
    assignments = tuple(
        each.model_copy(update=change) if (each.level, each.scope) == (level, scope) else each
        for each in state.assignments
    )
    return state.model_copy(update={"assignments": assignments})


def was_assigned(state: DirectiveState, level: str, scope: str, due: date) -> bool:
    """Whether just that was assigned, and still holds."""
    wanted = state.assignment(level, scope)
    return wanted is not None and due in (wanted.due, wanted.first_due)


def has_ended(state: DirectiveState, level: str, scope: str) -> bool:
    """Whether the level in the scope was withdrawn, and not assigned again, or became part of another scope."""
    return (level, scope) in levels_and_scopes_of((*state.withdrawn_levels, *state.folded))


def owed(state: DirectiveState, level: str, lineage: Sequence[str]) -> Assignment:
    """The assignment that a unit of ``level`` owes its task by; the unit is the last of ``lineage``.

    Raises:
        UnknownTask: it owes none.
    """
    for assignment in state.assignments:
        if assignment.level == level and assignment.scope in lineage:
            return assignment
    raise UnknownTask(
        "task: {id}/{lineage} is unknown: {lineage} owes nothing to {id}", id=state.id, lineage=lineage[-1]
    )


def owed_in_force(state: DirectiveState, level: str, lineage: Sequence[str]) -> Assignment | None:
    """The assignment by which a unit of ``level`` owes something, or has done it; None where there is none."""
    return next((each for each in state.in_force if each.level == level and each.scope in lineage), None)


def last_owed(state: DirectiveState, level: str, lineage: Sequence[str]) -> Assignment:
    """As `owed`, or, where the level was withdrawn from the unit, the assignment that it owed last.

    Raises:
        UnknownTask: it never owed one.
    """
    gone = [each for each in state.withdrawn_levels if each.level == level and each.scope in lineage]
    try:
        return owed(state, level, lineage)
    except UnknownTask:
        if not gone:
            raise
        return gone[-1]


def due_of(state: DirectiveState, assignment: Assignment, came: int, came_on: date, extended: date | None) -> date:
    """The due day of a unit: the latest of the level's, its own, and the day and grace where it came later.

    Args:
        came: the position of the unit's registration in the log, or of its restoration.
        came_on: the day of that.
        extended: the day to which its task was extended.
    """
    due = assignment.due if extended is None else max(assignment.due, extended)
    if came < assignment.position:
        return due
    return max(due, came_on + timedelta(days=state.grace_days))


def moment_of_issue(state: DirectiveState) -> datetime:
    """When the directive was issued."""
    assert state.issued_at is not None
    return state.issued_at


DIRECTIVE = Aggregate("directive", DirectiveState.model_construct(), evolve)
