"""Decisions about a directive: whether it is issued, assigned, amended, extended, reopened or withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import JsonValue

from directives.domain.directive.commands import (
    AmendDirective,
    AssignToLevel,
    AssignToUnits,
    ExtendDirective,
    IssueDirective,
    ReopenLevel,
    WithdrawDirective,
)
from directives.domain.directive.events import (
    Amended,
    AssignedToLevel,
    AssignedToUnits,
    DeadlineExtended,
    Issued,
    LevelReopened,
    LevelWithdrawn,
    Withdrawn,
)
from directives.domain.directive.requirements import require_in_force, require_never_withdrawn, require_open
from directives.domain.directive.state import Assignment, DirectiveState, levels_and_scopes_of, was_assigned
from directives.domain.errors import (
    AlreadyRecorded,
    DirectiveCompleted,
    InvalidInput,
    NothingToReopen,
    OverlappingScope,
    UnknownLevel,
)
from directives.domain.event import Event
from directives.domain.office import require_at_or_above
from directives.i18n.message import Listed, Message

RESERVED = ("directive", "meeting", "organisation", "person", "task", "unit")
"""Ids that no directive has: what is named task/X must be a task of X, and not X at a unit."""


def issue(
    command: IssueDirective, state: DirectiveState, parameters: dict[str, JsonValue], distribution: str | None
) -> tuple[Event, ...]:
    """Decide that the directive is issued, with the ``parameters`` as its kind reads them.

    Args:
        distribution: the one that brings the kind; one that was issued may have been so with another.

    Raises:
        AlreadyRecorded: a directive of that id stands with other content.
        InvalidInput: the id is one with which streams begin.
    """
    issued = Issued(
        directive=command.directive,
        kind=command.kind,
        title=command.title,
        meeting=command.meeting,
        statements=command.statements,
        parameters=parameters,
        grace_days=command.grace_days,
        backdating_days=command.backdating_days,
        set_by_issuing_office=command.set_by_issuing_office,
        distribution=distribution,
    )
    if command.directive in RESERVED and not state.id:
        raise InvalidInput("directive: {directive} is reserved: give another id", directive=command.directive)
    if not state.id:
        return (issued,)
    current = state.model_dump(mode="json")
    asked = issued.model_dump(mode="json", exclude={"directive", "distribution"})
    first = state.superseded[0].model_dump(mode="json", exclude={"until"}) if state.superseded else {}
    if all(asked[name] == value for name, value in first.items()):
        current |= first
    for name, value in asked.items():
        _require_same(command.directive, name, current[name], value)
    return ()


def _require_same(directive: str, name: str, current: JsonValue, asked: JsonValue) -> None:
    if isinstance(current, dict) and isinstance(asked, dict) and current.keys() == asked.keys():
        for key, value in asked.items():
            _require_same(directive, f"{name}.{key}", current[key], value)
    elif current != asked:
        raise AlreadyRecorded(
            "{name}: {directive} was issued with {standing}, not {given}: change it with directives "
            "directive amend, or give another id for another directive",
            reason="changed-since",
            name=name,
            directive=directive,
            standing=Message("none") if current is None else current,
            given=Message("none") if asked is None else asked,
        )


def assign(
    command: AssignToLevel, state: DirectiveState, lineages: Mapping[str, Sequence[str]], today: date
) -> tuple[Event, ...]:
    """Decide that a level owes the directive.

    Args:
        lineages: the codes from the top unit down to the scope, for this scope and those assigned before; none of a
            retired one that was assigned before.
        today: the day of the assignment.

    Raises:
        NotEntitled: the office is neither of the scope nor above it.
        InvalidInput: due before the day of the assignment.
        OverlappingScope: the level is assigned above or below already.
        AlreadyRecorded: it is assigned there with another due day.
        DirectiveWithdrawn: the directive, or that level of it, was withdrawn.
    """
    require_at_or_above(command.office, lineages[command.scope], Message("assign"))
    require_in_force(state)
    require_never_withdrawn(state, command.level, command.scope)
    wanted = Assignment(level=command.level, scope=command.scope, due=command.due)
    if _is_assigned(state, wanted, lineages):
        return ()
    _require_day(command.due, today)
    return (AssignedToLevel(level=wanted.level, scope=wanted.scope, due=wanted.due),)


def assign_to_units(
    command: AssignToUnits,
    state: DirectiveState,
    levels: Mapping[str, str],
    lineages: Mapping[str, Sequence[str]],
    today: date,
) -> tuple[Event, ...]:
    """Decide that these units owe the directive; those that do already are left out.

    Args:
        levels: the level of each of them.
        lineages: the codes from the top unit down to each of them, and to the scopes that were assigned before.
        today: the day of the assignment.

    Raises:
        NotEntitled: the office is neither of such a unit nor above it.
        InvalidInput: due before the day of the assignment.
        OverlappingScope: the level of a unit is assigned above already.
        AlreadyRecorded: a unit has it with another due day.
        DirectiveWithdrawn: the directive, or that level of it, was withdrawn.
    """
    new: dict[str, list[str]] = {}
    for unit in dict.fromkeys(command.units):
        require_at_or_above(command.office, lineages[unit], Message("assign"))
        require_in_force(state)
        require_never_withdrawn(state, levels[unit], unit)
        if not _is_assigned(state, Assignment(level=levels[unit], scope=unit, due=command.due), lineages):
            new.setdefault(levels[unit], []).append(unit)
    if new:
        _require_day(command.due, today)
    return tuple(AssignedToUnits(level=level, units=tuple(units), due=command.due) for level, units in new.items())


def _is_assigned(state: DirectiveState, wanted: Assignment, lineages: Mapping[str, Sequence[str]]) -> bool:
    """Whether just that was assigned before; raises where something like it was."""
    if was_assigned(state, wanted.level, wanted.scope, wanted.due):
        return True
    for assignment in state.assignments:
        if assignment.level != wanted.level or not lineages[assignment.scope]:
            continue
        if assignment.scope == wanted.scope:
            raise AlreadyRecorded(
                "due: {id} is assigned to {level} of {scope} with due {due}, not {wanted_due}: "
                "directives directive extend gives more time",
                reason="changed-since",
                id=state.id,
                level=assignment.level,
                scope=assignment.scope,
                due=assignment.due,
                wanted_due=wanted.due,
            )
        if overlap(lineages[assignment.scope], lineages[wanted.scope]):
            raise OverlappingScope(
                "scope: {scope} overlaps with {standing}, to whose {level} level {id} is assigned already, due {due}: "
                "name a scope apart from it",
                reason="overlap",
                scope=wanted.scope,
                standing=assignment.scope,
                level=wanted.level,
                id=state.id,
                due=assignment.due,
            )
    return False


def _require_day(due: date, today: date) -> None:
    if due < today:
        raise InvalidInput(
            "due: {due} is before the day of the order, {today}: name a later day",
            reason="before-order",
            due=due,
            today=today,
        )


def withdraw(command: WithdrawDirective, state: DirectiveState, issuer: Sequence[str]) -> tuple[Event, ...]:
    """Decide that the directive, or a level of it, is withdrawn; nothing when it was withdrawn before.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveCompleted: the directive, or that level of it, is completed.
        UnknownLevel: it is not assigned to that level in that scope.
        InvalidInput: a level without its scope, or a scope without its level.
    """
    require_at_or_above(command.office, issuer, Message("withdraw a directive"))
    if state.withdrawn or (command.level, command.scope) in levels_and_scopes_of(state.withdrawn_levels):
        return ()
    require_open(state)
    wanted = _named(state, command.level, command.scope)
    if wanted is None:
        return (Withdrawn(reason=command.reason),)
    _require_level_open(wanted)
    return (LevelWithdrawn(level=wanted.level, scope=wanted.scope, reason=command.reason),)


def extend(command: ExtendDirective, state: DirectiveState, issuer: Sequence[str], today: date) -> tuple[Event, ...]:
    """Decide that a level, or each open one, has longer; nothing about those that have until that day already.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.
        today: the day of the extension.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveCompleted, DirectiveWithdrawn: nothing is owed any more.
        UnknownLevel: it is not assigned to that level in that scope, or to none.
        InvalidInput: a level without its scope, or the other way round; a day that gives no more time.
    """
    require_at_or_above(command.office, issuer, Message("extend a directive"))
    require_in_force(state)
    require_open(state)
    chosen = open_levels(state, command.level, command.scope)
    for assignment in chosen:
        if command.due < max(assignment.due, today) and command.due != assignment.due:
            raise InvalidInput(
                "due: {due} gives {level} of {scope} no more time: it is due {standing}, "
                "and the extension is of {today}: name a later day",
                reason="no-more-time",
                due=command.due,
                level=assignment.level,
                scope=assignment.scope,
                standing=assignment.due,
                today=today,
            )
    return tuple(
        DeadlineExtended(level=assignment.level, scope=assignment.scope, due=command.due, reason=command.reason)
        for assignment in chosen
        if command.due != assignment.due
    )


def reopen(
    command: ReopenLevel, state: DirectiveState, issuer: Sequence[str], count: int, tally: Mapping[str, int]
) -> tuple[Event, ...]:
    """Decide that a completed level is open again; nothing when it is open.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.
        count: the units that are of the level in the scope now.
        tally: how many of them are in which state.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        NothingToReopen: no unit joined since, so that nothing would be open.
        DirectiveWithdrawn: the directive is withdrawn.
        UnknownLevel: it is not assigned to that level in that scope.
    """
    require_at_or_above(command.office, issuer, Message("reopen a level"))
    require_in_force(state)
    wanted = _named(state, command.level, command.scope)
    assert wanted is not None, "a level and its scope are named"
    if wanted.expected is None:
        return ()
    if count <= sum(tally.values()):
        raise NothingToReopen(
            "level: each {level} unit of {scope} has done its task: reopen one with directives task "
            "reopen, which opens the level too",
            level=wanted.level,
            scope=wanted.scope,
        )
    return (LevelReopened(level=wanted.level, scope=wanted.scope, reason=command.reason),)


def amend(
    command: AmendDirective, state: DirectiveState, issuer: Sequence[str], parameters: dict[str, JsonValue]
) -> tuple[Event, ...]:
    """Decide that the directive asks for something else; nothing when it asks for that already.

    What the amending office changes counts as set by the issuing office.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.
        parameters: all of them, as its kind reads them.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveCompleted, DirectiveWithdrawn: nothing is owed any more.
    """
    require_at_or_above(command.office, issuer, Message("amend a directive"))
    require_in_force(state)
    require_open(state)
    assert state.title is not None
    grace_days = state.grace_days if command.grace_days is None else command.grace_days
    changed = [f"parameters.{name}" for name, value in parameters.items() if state.parameters.get(name) != value]
    changed += ["grace_days"] if grace_days != state.grace_days else []
    backdating_days = state.backdating_days if command.backdating_days is None else command.backdating_days
    changed += ["backdating_days"] if backdating_days != state.backdating_days else []
    if not changed and command.title in (None, state.title):
        return ()
    amended = Amended(
        title=command.title or state.title,
        parameters=parameters,
        grace_days=grace_days,
        backdating_days=backdating_days,
        set_by_issuing_office=tuple(dict.fromkeys([*state.set_by_issuing_office, *changed])),
        reason=command.reason,
    )
    return (amended,)


def open_levels(state: DirectiveState, level: str | None, scope: str | None) -> list[Assignment]:
    """The open level that is named, or all of them.

    Raises:
        InvalidInput: a level without its scope, or a scope without its level.
        UnknownLevel: it is not assigned to that level in that scope, or to none.
        DirectiveCompleted: that level is completed.
    """
    wanted = _named(state, level, scope)
    if wanted is not None:
        _require_level_open(wanted)
        return [wanted]
    chosen = [each for each in state.assignments if each.expected is None]
    if not chosen:
        raise UnknownLevel("level: {id} is not assigned to any level: use directives directive assign", id=state.id)
    return chosen


def require_both(level: str | None, scope: str | None) -> tuple[str, str]:
    """A level and its scope, both named.

    Raises:
        InvalidInput: one is missing.
    """
    if level is None or scope is None:
        raise InvalidInput("level and scope: one is missing: name both, or neither for the whole directive")
    return level, scope


def _named(state: DirectiveState, level: str | None, scope: str | None) -> Assignment | None:
    """The assignment that is named; None when neither a level nor a scope is.

    Raises:
        InvalidInput: a level without its scope, or a scope without its level.
        UnknownLevel: it is not assigned to that level in that scope.
    """
    if level is None and scope is None:
        return None
    level, scope = require_both(level, scope)
    wanted = state.assignment(level, scope)
    if wanted is None:
        of = [Message("{level} of {scope}", level=each.level, scope=each.scope) for each in state.assignments]
        assigned = Listed(*of, between=", ") if of else Message("none")
        raise UnknownLevel(
            "level: {id} is not assigned to {level} of {scope}, only to {given}",
            id=state.id,
            level=level,
            scope=scope,
            given=assigned,
        )
    return wanted


def _require_level_open(assignment: Assignment) -> None:
    if assignment.expected is not None:
        raise DirectiveCompleted(
            "level: {level} of {scope} is completed: what is done stays done",
            reason="completed",
            level=assignment.level,
            scope=assignment.scope,
        )


def overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two units, given by the codes from the top down, is the other or lies under it."""
    shorter = min(len(one), len(other))
    return list(one[:shorter]) == list(other[:shorter])
