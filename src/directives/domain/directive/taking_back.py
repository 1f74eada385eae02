"""Decisions that set an order right: what was withdrawn holds again, and a level has the due day that was meant."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.directive.commands import ReinstateDirective, RescheduleDirective
from directives.domain.directive.decisions import open_levels, overlap, require_both
from directives.domain.directive.events import (
    LevelReinstated,
    LevelRescheduled,
    LevelWithdrawn,
    Reinstated,
    Withdrawn,
)
from directives.domain.directive.requirements import require_in_force, require_open
from directives.domain.directive.state import Assignment, DirectiveState, levels_and_scopes_of
from directives.domain.errors import (
    AlreadyRecorded,
    InvalidInput,
    OutOfOrder,
    OverlappingScope,
    UnitRetired,
    UnknownLevel,
)
from directives.domain.event import Event, RecordedEvent, standing
from directives.domain.office import require_at_or_above
from directives.i18n.message import Message, MomentIn


class Again(NamedTuple):
    """What the decision to reinstate looks at.

    Attributes:
        events: all of the directive.
        issuer: the codes from the top unit down to that whose office issued it.
        lineages: the codes from the top unit down to its scopes, and to the one that is named; none of a retired one.
        at: when it is reinstated.
        now: the present moment; what is dated after it, by a clock that was wrong, holds nothing up.
        today: the day of that.
        zone: the time zone in which days end.
    """

    events: Sequence[RecordedEvent]
    issuer: Sequence[str]
    lineages: Mapping[str, Sequence[str]]
    at: datetime
    now: datetime
    today: date
    zone: str


def reinstate(command: ReinstateDirective, state: DirectiveState, again: Again) -> tuple[Event, ...]:
    """Decide that the directive, or a level of it, is owed again; nothing when it is.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveWithdrawn: a level is named, and the directive was withdrawn with all of them.
        UnknownLevel: that level was never withdrawn there.
        UnitRetired: the scope is no more.
        OverlappingScope: the level was assigned above or below since.
        AlreadyRecorded: it is in force, and another day is given.
        InvalidInput: a level without its scope, or the other way round; due before today.
        OutOfOrder: dated before it was withdrawn.
    """
    require_at_or_above(command.office, again.issuer, Message("reinstate a directive"))
    _require_not_past(command.due, again.today)
    if command.level is None and command.scope is None:
        if not state.withdrawn:
            _require_due_so(command, state, state.assignments)
            return ()
        gone = [event for event in standing(again.events) if isinstance(event.data, Withdrawn)][-1]
        _require_after(gone, state, again)
        return (Reinstated(takes_back=(gone.position,), due=command.due, reason=command.reason),)
    level, scope = require_both(command.level, command.scope)
    require_in_force(state)
    standing_so = state.assignment(level, scope)
    if standing_so is not None:
        _require_due_so(command, state, [standing_so])
        return ()
    gone = _withdrawal(state, level, scope, again.events)
    _require_after(gone, state, again)
    _require_apart(state, level, scope, gone, again.lineages)
    return (
        LevelReinstated(
            takes_back=(gone.position,),
            level=level,
            scope=scope,
            due=command.due,
            reason=command.reason,
        ),
    )


def _require_due_so(command: ReinstateDirective, state: DirectiveState, chosen: Sequence[Assignment]) -> None:
    """What is in force is not given another day by being reinstated."""
    for each in chosen:
        if command.due is not None and each.expected is None and each.due != command.due:
            raise AlreadyRecorded(
                "due: {id} is in force and due {standing}: set another day with directives directive reschedule",
                reason="changed-since",
                id=state.id,
                standing=each.due,
            )


def _withdrawal(state: DirectiveState, level: str, scope: str, events: Sequence[RecordedEvent]) -> RecordedEvent:
    """The event by which the level in the scope was withdrawn."""
    if (level, scope) not in levels_and_scopes_of(state.withdrawn_levels):
        raise UnknownLevel(
            "level: {level} of {scope} was never withdrawn from {id}: assign it with directives directive assign",
            level=level,
            scope=scope,
            id=state.id,
        )
    return withdrawals(events)[level, scope]


def withdrawals(events: Sequence[RecordedEvent]) -> dict[tuple[str, str], RecordedEvent]:
    """The last events by which levels were withdrawn, and not reinstated, by level and scope; of one directive."""
    return {
        (event.data.level, event.data.scope): event
        for event in standing(events)
        if isinstance(event.data, LevelWithdrawn)
    }


def _require_apart(
    state: DirectiveState, level: str, scope: str, gone: RecordedEvent, lineages: Mapping[str, Sequence[str]]
) -> None:
    """No other scope of the level may have been assigned since where this one lies."""
    if not lineages[scope]:
        raise UnitRetired(
            "scope: {scope} was retired: restore it with directives org restore {scope}, with what was withdrawn",
            scope=scope,
        )
    for other in state.assignments:
        since = other.level == level and (other.reinstated or other.position) > gone.position
        if since and lineages[other.scope] and overlap(lineages[other.scope], lineages[scope]):
            raise OverlappingScope(
                "scope: {scope} overlaps with {standing}, to whose {level} level {id} was assigned since: "
                "withdraw that first",
                reason="overlap",
                scope=scope,
                standing=other.scope,
                level=level,
                id=state.id,
            )


def _require_after(gone: RecordedEvent, state: DirectiveState, again: Again) -> None:
    if again.at < gone.occurred_at <= again.now:
        raise OutOfOrder(
            "at: {at} is before {id} was withdrawn ({before}): name a later moment",
            reason="before-taken-back",
            at=MomentIn(again.at, again.zone),
            id=state.id,
            before=MomentIn(gone.occurred_at, again.zone),
        )


def _require_not_past(due: date | None, today: date) -> None:
    if due is not None and due < today:
        raise InvalidInput(
            "due: {due} has passed, today is {today}: name a later day", reason="no-earlier", due=due, today=today
        )


def reschedule(
    command: RescheduleDirective, state: DirectiveState, issuer: Sequence[str], today: date
) -> tuple[Event, ...]:
    """Decide that open levels have another due day, an earlier one too; nothing about those that have it.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.
        today: the day on which this is recorded.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveCompleted, DirectiveWithdrawn: nothing is owed any more.
        UnknownLevel: it is not assigned to that level in that scope, or to none.
        InvalidInput: a level without its scope, or the other way round; the day has passed.
    """
    require_at_or_above(command.office, issuer, Message("reschedule a directive"))
    require_in_force(state)
    require_open(state)
    changed = [each for each in open_levels(state, command.level, command.scope) if each.due != command.due]
    if changed:
        _require_not_past(command.due, today)
    return tuple(
        LevelRescheduled(level=each.level, scope=each.scope, due=command.due, reason=command.reason) for each in changed
    )
