"""Directive: an order that units of some levels owe a task each; its events, state and decisions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from pydantic import Field, JsonValue

from directives.model.command import Command
from directives.model.errors import (
    AlreadyRecorded,
    DirectiveCompleted,
    DirectiveWithdrawn,
    InvalidInput,
    NothingToReopen,
    OutOfOrder,
    OverlappingScope,
    UnknownLevel,
    UnknownTask,
)
from directives.model.event import Event, RecordedEvent
from directives.model.offices import require_at_or_above
from directives.model.values import Code, Day, Days, Line, Model, Moment, Slug, Text


def stream(directive: str) -> str:
    """The stream of the directive of that id."""
    return f"directive/{directive}"


# Events. Names, versions and fields are the storage format.


_ISSUED = Text(en="{office} issued the directive “{title}”", hi="{office} ने निर्देश “{title}” जारी किया")


class Issued(Event):
    """An office issued the directive; ``set_by_issuing_office`` names the values that the meeting did not give.

    A unit that joins later has ``grace_days`` after its joining day, where that is later than the due day.
    """

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]


class IssuedV1(Event):
    """As `Issued`, before there was a grace."""

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    set_by_issuing_office: tuple[str, ...]

    def current(self) -> Issued:
        """With no grace."""
        return Issued(grace_days=0, **dict(self))


class AssignedToLevel(Event):
    """Every unit of the level at or below the scope owes a task, due at the end of the day ``due``."""

    NAME: ClassVar[str] = "AssignedToLevel"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} assigned it to every {level} unit of {scope}, due {due}",
        hi="{office} ने इसे {scope} की हर {level} इकाई को सौंपा, नियत तिथि {due}",
    )
    level: Slug
    scope: Code
    due: Day


class AssignedToUnits(Event):
    """Each of these units of the level owes a task, due at the end of the day ``due``."""

    NAME: ClassVar[str] = "AssignedToUnits"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} assigned it to the {level} units {units}, due {due}",
        hi="{office} ने इसे {level} इकाइयों {units} को सौंपा, नियत तिथि {due}",
    )
    level: Slug
    units: tuple[Code, ...]
    due: Day


class DeadlineExtended(Event):
    """Every unit of the level in the scope has until the end of the day ``due``."""

    NAME: ClassVar[str] = "DeadlineExtended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} extended the {level} level of {scope} to {due}: {reason}",
        hi="{office} ने {scope} के {level} स्तर को {due} तक समय-विस्तार दिया: {reason}",
    )
    level: Slug
    scope: Code
    due: Day
    reason: Line


class Amended(Event):
    """The directive is asked for in these terms from now on; tasks that were done keep those they were done by."""

    NAME: ClassVar[str] = "Amended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} amended the directive: {reason}", hi="{office} ने निर्देश संशोधित किया: {reason}"
    )
    title: Text
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]
    reason: Line


class AssignmentFolded(Event):
    """The scope came to lie under another one of the level, ``into``, by whose order its units owe their tasks now."""

    NAME: ClassVar[str] = "AssignmentFolded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="The {level} level of {scope} became part of that of {into}, under which it lies now",
        hi="{scope} का {level} स्तर अब {into} के उसी स्तर का भाग है, जिसके नीचे वह आ गया",
    )
    level: Slug
    scope: Code
    into: Code


class LevelCompleted(Event):
    """The last open task of the level in the scope ended; these numbers are final."""

    NAME: ClassVar[str] = "LevelCompleted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="The {level} level of {scope} was completed: {expected} expected, {on_time} on time, {late} late",
        hi="{scope} का {level} स्तर पूर्ण हुआ: अपेक्षित {expected}, समय पर {on_time}, विलंबित {late}",
    )
    level: Slug
    scope: Code
    expected: int
    on_time: int
    late: int
    waived: int


class LevelReopened(Event):
    """The level in the scope is open again; who joined after it was completed owes a task too."""

    NAME: ClassVar[str] = "LevelReopened"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reopened the {level} level of {scope}: {reason}",
        hi="{office} ने {scope} का {level} स्तर पुनः खोला: {reason}",
    )
    level: Slug
    scope: Code
    reason: Line


class Completed(Event):
    """Every level that the directive was assigned to is completed."""

    NAME: ClassVar[str] = "Completed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="The directive was completed", hi="निर्देश पूर्ण हुआ")


class LevelWithdrawn(Event):
    """The level in the scope owes nothing any more; what it did stays on record."""

    NAME: ClassVar[str] = "LevelWithdrawn"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} withdrew it from the {level} level of {scope}: {reason}",
        hi="{office} ने इसे {scope} के {level} स्तर से वापस लिया: {reason}",
    )
    level: Slug
    scope: Code
    reason: Line


class Withdrawn(Event):
    """Nothing is owed to the directive any more; what was done stays on record."""

    NAME: ClassVar[str] = "Withdrawn"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} withdrew the directive: {reason}", hi="{office} ने निर्देश वापस लिया: {reason}"
    )
    reason: Line


class Assignment(Model):
    """One level in one scope; ``expected`` is fixed once the level is completed, and None before.

    ``position`` is that of the order in the log: units registered after it are those that joined later. ``first_due``
    is the day that was ordered, where it was extended; ``changed_at`` when that, its completion or reopening happened.
    """

    level: str
    scope: str
    due: Day
    first_due: Day | None = Field(default=None, exclude_if=lambda day: day is None)
    expected: int | None = None
    position: int = 0
    ordered_at: Moment | None = None
    changed_at: Moment | None = None


class Terms(Model):
    """What a directive asked for before it was amended."""

    title: Text
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]


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
    set_by_issuing_office: tuple[str, ...] = ()
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

    def terms_of(self, revision: int | None) -> Mapping[str, JsonValue]:
        """The parameters of that revision; of the one that holds, when None."""
        if revision is None or revision == self.revision:
            return self.parameters
        return self.superseded[revision - 1].parameters

    @property
    def standing(self) -> tuple[Assignment, ...]:
        """The assignments by which something is owed, or was done."""
        return () if self.withdrawn else self.assignments

    @property
    def ended(self) -> tuple[Assignment, ...]:
        """Those that were withdrawn, with the directive or by themselves."""
        return (*self.assignments, *self.withdrawn_levels) if self.withdrawn else self.withdrawn_levels


def evolve(state: DirectiveState, event: RecordedEvent) -> DirectiveState:
    """The directive after ``event``."""
    match event.data:
        case Issued() as issued:
            fields = {name: value for name, value in issued if name != "directive"}
            fields |= {"issued_at": event.occurred_at, "issued_by": event.office, "position": event.position}
            return DirectiveState(id=issued.directive, **fields)
        case AssignedToLevel(level=level, scope=scope, due=due):
            assigned = _ordered(event, level, scope, due)
            gone = tuple(each for each in state.withdrawn_levels if (each.level, each.scope) != (level, scope))
            return state.model_copy(update={"assignments": (*state.assignments, assigned), "withdrawn_levels": gone})
        case AssignedToUnits(level=level, units=units, due=due):
            assigned = [_ordered(event, level, unit, due) for unit in units]
            gone = tuple(each for each in state.withdrawn_levels if (each.level, each.scope) not in _places(assigned))
            change = {"assignments": (*state.assignments, *assigned), "withdrawn_levels": gone}
            return state.model_copy(update=change)
        case DeadlineExtended(level=level, scope=scope, due=due):
            before = next(each for each in state.assignments if (each.level, each.scope) == (level, scope))
            changed = {"due": due, "first_due": before.first_due or before.due, "changed_at": event.occurred_at}
            return _changed(state, level, scope, **changed)
        case Amended() as amended:
            change = {name: value for name, value in amended if name != "reason"}
            change |= {"superseded": (*state.superseded, terms(state)), "amended_at": event.occurred_at}
            return state.model_copy(update=change)
        case LevelCompleted(level=level, scope=scope, expected=expected):
            return _changed(state, level, scope, expected=expected, changed_at=event.occurred_at)
        case LevelReopened(level=level, scope=scope):
            opened = _changed(state, level, scope, expected=None, changed_at=event.occurred_at)
            return opened.model_copy(update={"completed": False})
        case AssignmentFolded(level=level, scope=scope):
            left = tuple(each for each in state.assignments if (each.level, each.scope) != (level, scope))
            inner = tuple(each for each in state.assignments if each not in left)
            return state.model_copy(update={"assignments": left, "folded": (*state.folded, *inner)})
        case LevelWithdrawn(level=level, scope=scope):
            left = tuple(each for each in state.assignments if (each.level, each.scope) != (level, scope))
            gone = tuple(each for each in state.assignments if each not in left)
            return state.model_copy(update={"assignments": left, "withdrawn_levels": (*state.withdrawn_levels, *gone)})
        case Completed():
            return state.model_copy(update={"completed": True})
        case Withdrawn():
            return state.model_copy(update={"withdrawn": True})
        case _:
            return state


def _ordered(event: RecordedEvent, level: str, scope: str, due: date) -> Assignment:
    at = event.occurred_at
    return Assignment(level=level, scope=scope, due=due, position=event.position, ordered_at=at, changed_at=at)


def terms(state: DirectiveState) -> Terms:
    """What the directive asks for now."""
    assert state.title is not None, "only issued directives have terms"
    return Terms(
        title=state.title,
        parameters=state.parameters,
        grace_days=state.grace_days,
        set_by_issuing_office=state.set_by_issuing_office,
    )


def _places(assignments: Iterable[Assignment]) -> set[tuple[str, str]]:
    return {(each.level, each.scope) for each in assignments}


def _changed(state: DirectiveState, level: str, scope: str, **change: object) -> DirectiveState:
    assignments = tuple(
        each.model_copy(update=change) if (each.level, each.scope) == (level, scope) else each
        for each in state.assignments
    )
    return state.model_copy(update={"assignments": assignments})


# Commands and decisions.


RESERVED = ("directive", "meeting", "organisation", "task", "unit")
"""Ids that no directive has: what is named task/X must be a task of X, and not X at a unit."""


class IssueDirective(Command):
    """Issue a directive of a kind; it is owed by nobody before it is assigned."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "issue"
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None = None
    statements: tuple[Line, ...] = ()
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: Days = Field(default=0, exclude_if=lambda days: not days)  # as commands were before there was one
    set_by_issuing_office: tuple[Line, ...] = ()


class AssignToLevel(Command):
    """Let every unit of a level at or below a scope owe a task, due at the end of a day."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "assign"
    directive: Slug
    level: Slug
    scope: Code
    due: Day


class AssignToUnits(Command):
    """Let a few units, by name, owe a task, due at the end of a day."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "assign-units"
    directive: Slug
    units: tuple[Code, ...] = Field(min_length=1, max_length=200)
    due: Day


class ExtendDirective(Command):
    """Give a level, in its scope, more time; or every level that is open."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "extend"
    directive: Slug
    due: Day
    reason: Line
    level: Slug | None = None
    scope: Code | None = None


class ReopenLevel(Command):
    """Open a completed level again, so that who joined since owes a task."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "reopen"
    directive: Slug
    level: Slug
    scope: Code
    reason: Line


class AmendDirective(Command):
    """Correct what a directive asks for; ``parameters`` has those that change, the others stay."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "amend"
    directive: Slug
    reason: Line
    title: Text | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: Days | None = None


class WithdrawDirective(Command):
    """Withdraw a directive, or one level of it in one scope."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "withdraw"
    directive: Slug
    reason: Line
    level: Slug | None = None
    scope: Code | None = None


def issue(command: IssueDirective, state: DirectiveState, parameters: dict[str, JsonValue]) -> tuple[Event, ...]:
    """Decide that the directive is issued, with the ``parameters`` as its kind reads them.

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
        set_by_issuing_office=command.set_by_issuing_office,
    )
    if command.directive in RESERVED and not state.id:
        raise InvalidInput(f"directive: {command.directive} is what streams begin with: give another id")
    if not state.id:
        return (issued,)
    standing = state.model_dump(mode="json")
    asked = issued.model_dump(mode="json", exclude={"directive"})
    first = state.superseded[0].model_dump(mode="json") if state.superseded else {}
    if all(asked[name] == value for name, value in first.items()):
        standing |= first
    for name, given in asked.items():
        _require_same(command.directive, name, standing[name], given)
    return ()


def _require_same(directive: str, name: str, standing: JsonValue, given: JsonValue) -> None:
    if isinstance(standing, dict) and isinstance(given, dict) and standing.keys() == given.keys():
        for key, value in given.items():
            _require_same(directive, f"{name}.{key}", standing[key], value)
    elif standing != given:
        raise AlreadyRecorded(
            f"{name}: {directive} was issued with {standing}, not {given}: directives directive amend changes what "
            f"was issued; for another directive give another id"
        )


def assign(
    command: AssignToLevel, state: DirectiveState, lineages: Mapping[str, Sequence[str]], today: date
) -> tuple[Event, ...]:
    """Decide that a level owes the directive.

    Args:
        lineages: the codes from the top unit down to the scope, for this scope and those assigned before; none of a
            retired one that was assigned before.
        today: the day of the order.

    Raises:
        NotEntitled: the office is neither of the scope nor above it.
        InvalidInput: due before the day of the order.
        OverlappingScope: the level is assigned above or below already.
        AlreadyRecorded: it is assigned there with another due day.
        DirectiveCompleted, DirectiveWithdrawn: the directive is completed or withdrawn.
    """
    require_at_or_above(command.office, lineages[command.scope], "assign")
    wanted = Assignment(level=command.level, scope=command.scope, due=command.due)
    if _is_assigned(state, wanted, lineages):
        return ()
    _require_assignable(state, command.due, today)
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
        today: the day of the order.

    Raises:
        NotEntitled: the office is neither of such a unit nor above it.
        InvalidInput: due before the day of the order.
        OverlappingScope: the level of a unit is assigned above already.
        AlreadyRecorded: a unit has it with another due day.
        DirectiveCompleted, DirectiveWithdrawn: the directive is completed or withdrawn.
    """
    new: dict[str, list[str]] = {}
    for unit in dict.fromkeys(command.units):
        require_at_or_above(command.office, lineages[unit], "assign")
        if not _is_assigned(state, Assignment(level=levels[unit], scope=unit, due=command.due), lineages):
            new.setdefault(levels[unit], []).append(unit)
    if new:
        _require_assignable(state, command.due, today)
    return tuple(AssignedToUnits(level=level, units=tuple(units), due=command.due) for level, units in new.items())


def was_ordered(state: DirectiveState, level: str, scope: str, due: date) -> bool:
    """Whether just that was ordered, and still holds."""
    wanted = [each for each in state.assignments if (each.level, each.scope) == (level, scope)]
    return any(due in (each.due, each.first_due) for each in wanted)


def _is_assigned(state: DirectiveState, wanted: Assignment, lineages: Mapping[str, Sequence[str]]) -> bool:
    """Whether just that was ordered before; raises where something like it was."""
    if was_ordered(state, wanted.level, wanted.scope, wanted.due):
        return True
    for each in state.assignments:
        if each.level != wanted.level or not lineages[each.scope]:
            continue
        if each.scope == wanted.scope:
            raise AlreadyRecorded(
                f"due: {state.id} is assigned to {each.level} of {each.scope} with due {each.due}, not {wanted.due}: "
                f"directives directive extend gives more time"
            )
        if _overlap(lineages[each.scope], lineages[wanted.scope]):
            raise OverlappingScope(
                f"scope: {wanted.scope} overlaps with {each.scope}, to whose {wanted.level} level {state.id} is "
                f"assigned already, due {each.due}: name a scope apart from it"
            )
    return False


def _require_assignable(state: DirectiveState, due: date, today: date) -> None:
    require_standing(state)
    require_open(state)
    if due < today:
        raise InvalidInput(f"due: {due} lies before the day of the order, {today}: name a later day")


def require_standing(state: DirectiveState) -> None:
    """Raises `DirectiveWithdrawn` when the directive was withdrawn."""
    if state.withdrawn:
        raise DirectiveWithdrawn(f"directive: {state.id} was withdrawn: nothing is owed to it; its history stays")


def require_open(state: DirectiveState) -> None:
    """Raises `DirectiveCompleted` when the directive is completed."""
    if state.completed:
        raise DirectiveCompleted(f"directive: {state.id} is completed: issue another one")


def require_issued(state: DirectiveState, at: datetime) -> None:
    """Raises `OutOfOrder` when ``at`` lies before the directive was issued."""
    if at < moment_of_issue(state):
        raise OutOfOrder(
            f"at: {at.isoformat()} lies before {state.id} was issued ({moment_of_issue(state).isoformat()}): name a "
            f"later moment"
        )


def require_in_order(state: DirectiveState, level: str | None, scope: str | None, at: datetime) -> None:
    """Raises `OutOfOrder` when ``at`` lies before the last change of the level, or, when None, of all and the terms."""
    chosen = [each for each in state.assignments if (level, scope) in ((None, None), (each.level, each.scope))]
    moments = [each.changed_at for each in chosen] + ([state.amended_at] if level is None else [])
    last = max((moment for moment in moments if moment is not None), default=at)
    if at < last:
        raise OutOfOrder(
            f"at: {at.isoformat()} lies before the last change of {state.id} ({last.isoformat()}): name a later moment"
        )


def has_ended(state: DirectiveState, level: str, scope: str) -> bool:
    """Whether the level in the scope was withdrawn, and not assigned again, or became part of another scope."""
    return (level, scope) in _places((*state.withdrawn_levels, *state.folded))


def withdraw(command: WithdrawDirective, state: DirectiveState, issuer: Sequence[str]) -> tuple[Event, ...]:
    """Decide that the directive, or a level of it, is owed no more; nothing when it was withdrawn before.

    Args:
        issuer: the codes from the top unit down to that whose office issued the directive.

    Raises:
        NotEntitled: the office is neither of the unit that issued it nor above.
        DirectiveCompleted: the directive, or that level of it, is completed.
        UnknownLevel: it is not assigned to that level in that scope.
        InvalidInput: a level without its scope, or a scope without its level.
    """
    require_at_or_above(command.office, issuer, "withdraw a directive")
    if state.withdrawn or (command.level, command.scope) in _places(state.withdrawn_levels):
        return ()
    require_open(state)
    wanted = _named(state, command.level, command.scope)
    if wanted is None:
        return (Withdrawn(reason=command.reason),)
    _require_level_open(wanted)
    withdrawn = LevelWithdrawn(level=wanted.level, scope=wanted.scope, reason=command.reason)
    others = [each for each in state.assignments if each != wanted]
    done = others and all(each.expected is not None for each in others)
    return (withdrawn, Completed()) if done else (withdrawn,)


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
    require_at_or_above(command.office, issuer, "extend a directive")
    require_standing(state)
    require_open(state)
    wanted = _named(state, command.level, command.scope)
    if wanted is not None:
        _require_level_open(wanted)
    chosen = [each for each in state.assignments if each.expected is None] if wanted is None else [wanted]
    if not chosen:
        raise UnknownLevel(f"level: {state.id} is assigned to none: directives directive assign orders it")
    for each in chosen:
        if command.due < max(each.due, today) and command.due != each.due:
            raise InvalidInput(
                f"due: {command.due} gives {each.level} of {each.scope} no more time: it is due {each.due}, and the "
                f"extension is of {today}: name a later day"
            )
    return tuple(
        DeadlineExtended(level=each.level, scope=each.scope, due=command.due, reason=command.reason)
        for each in chosen
        if command.due != each.due
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
    require_at_or_above(command.office, issuer, "reopen a level")
    require_standing(state)
    wanted = _named(state, command.level, command.scope)
    assert wanted is not None, "a level and its scope are named"
    if wanted.expected is None:
        return ()
    if count <= sum(tally.values()):
        raise NothingToReopen(
            f"level: each {wanted.level} unit of {wanted.scope} has done its task: directives task reopen opens one "
            f"again, and the level with it"
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
    require_at_or_above(command.office, issuer, "amend a directive")
    require_standing(state)
    require_open(state)
    assert state.title is not None
    grace_days = state.grace_days if command.grace_days is None else command.grace_days
    changed = [f"parameters.{name}" for name, value in parameters.items() if state.parameters.get(name) != value]
    changed += ["grace_days"] if grace_days != state.grace_days else []
    if not changed and command.title in (None, state.title):
        return ()
    amended = Amended(
        title=command.title or state.title,
        parameters=parameters,
        grace_days=grace_days,
        set_by_issuing_office=tuple(dict.fromkeys([*state.set_by_issuing_office, *changed])),
        reason=command.reason,
    )
    return (amended,)


def _named(state: DirectiveState, level: str | None, scope: str | None) -> Assignment | None:
    """The assignment that is named; None when neither a level nor a scope is.

    Raises:
        InvalidInput: a level without its scope, or a scope without its level.
        UnknownLevel: it is not assigned to that level in that scope.
    """
    if level is None and scope is None:
        return None
    if level is None or scope is None:
        raise InvalidInput("level and scope: one is missing: name both, or neither to mean the whole directive")
    wanted = next((each for each in state.assignments if (each.level, each.scope) == (level, scope)), None)
    if wanted is None:
        given = ", ".join(f"{each.level} of {each.scope}" for each in state.assignments) or "none"
        raise UnknownLevel(f"level: {state.id} is not assigned to {level} of {scope}: it is to {given}")
    return wanted


def _require_level_open(assignment: Assignment) -> None:
    if assignment.expected is not None:
        raise DirectiveCompleted(
            f"level: {assignment.level} of {assignment.scope} is completed: what is done stays done"
        )


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter = min(len(one), len(other))
    return list(one[:shorter]) == list(other[:shorter])


def owed(state: DirectiveState, level: str, lineage: Sequence[str]) -> Assignment:
    """The assignment that a unit of ``level`` owes its task by; the unit is the last of ``lineage``.

    Raises:
        UnknownTask: it owes none.
    """
    for each in state.assignments:
        if each.level == level and each.scope in lineage:
            return each
    raise UnknownTask(f"task: {state.id}/{lineage[-1]} is unknown: {lineage[-1]} owes nothing to {state.id}")


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


def due_of(state: DirectiveState, assignment: Assignment, place: int, joined: date, extended: date | None) -> date:
    """The due day of a unit: the latest of the level's, its joining day and grace where it joined later, and its own.

    Args:
        place: the position of the unit's registration in the log.
        joined: the day of it.
        extended: the day to which its task was extended.
    """
    due = assignment.due if extended is None else max(assignment.due, extended)
    if place < assignment.position:
        return due
    return max(due, joined + timedelta(days=state.grace_days))


def settle(
    state: DirectiveState, assignment: Assignment, count: int, tally: Mapping[str, int], reason: str
) -> tuple[Event, ...]:
    """Decide whether ``assignment`` is completed, and with it the directive; or open again, for ``reason``.

    One that nobody owes stays open.

    Args:
        count: the units that it is about, while it is open.
        tally: how many of them are in which state.
    """
    level, scope = assignment.level, assignment.scope
    on_time, late, waived = (tally.get(name, 0) for name in ("on_time", "late", "waived"))
    ended = on_time + late + waived
    if assignment.expected is not None:
        is_open = ended < sum(tally.values())
        return (LevelReopened(level=level, scope=scope, reason=reason),) if is_open else ()
    if not count or ended < count:
        return ()
    done = LevelCompleted(level=level, scope=scope, expected=count, on_time=on_time, late=late, waived=waived)
    others = [each for each in state.assignments if each != assignment]
    return (done,) if any(each.expected is None for each in others) else (done, Completed())


def fold(state: DirectiveState, lineages: Mapping[str, Sequence[str]], reason: str) -> tuple[Event, ...]:
    """Decide that scopes which lie under others of their level become part of those; and that retired ones owe nothing.

    Args:
        lineages: the codes from the top unit down to each scope; none of one that was retired.
        reason: why units moved or retired.
    """
    facts: list[Event] = []
    for each in state.assignments:
        above = [scope for scope in lineages[each.scope][:-1] if (each.level, scope) in _places(state.assignments)]
        if above:
            facts.append(AssignmentFolded(level=each.level, scope=each.scope, into=above[0]))
        elif not lineages[each.scope] and each.expected is None:
            facts.append(LevelWithdrawn(level=each.level, scope=each.scope, reason=reason))
    return tuple(facts)


def finish(state: DirectiveState) -> tuple[Event, ...]:
    """Decide whether the directive is completed: each of its levels is, and there is one."""
    done = state.assignments and all(each.expected is not None for each in state.assignments)
    return (Completed(),) if done and not state.completed else ()


def moment_of_issue(state: DirectiveState) -> datetime:
    """When the directive was issued."""
    assert state.issued_at is not None
    return state.issued_at
