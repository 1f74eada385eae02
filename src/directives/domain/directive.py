"""Directive: an order that units of some levels owe a task each; its events, its state, and what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from pydantic import Field, JsonValue

from directives.domain.errors import DirectiveCompleted, DirectiveWithdrawn, OutOfOrder, UnknownTask
from directives.domain.event import Event, RecordedEvent
from directives.domain.values import Code, Day, Line, Model, Moment, Slug, Text


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

    def assignment(self, level: str, scope: str) -> Assignment | None:
        """That of the level in just that scope, if there is one."""
        return next((each for each in self.assignments if (each.level, each.scope) == (level, scope)), None)

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
            return _with(state, [_ordered(event, level, scope, due)])
        case AssignedToUnits(level=level, units=units, due=due):
            return _with(state, [_ordered(event, level, unit, due) for unit in units])
        case DeadlineExtended(level=level, scope=scope, due=due):
            before = state.assignment(level, scope)
            assert before is not None, "what is extended is assigned"
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
            left, inner = _without(state, level, scope)
            return state.model_copy(update={"assignments": left, "folded": (*state.folded, *inner)})
        case LevelWithdrawn(level=level, scope=scope):
            left, gone = _without(state, level, scope)
            return state.model_copy(update={"assignments": left, "withdrawn_levels": (*state.withdrawn_levels, *gone)})
        case Completed():
            return state.model_copy(update={"completed": True})
        case Withdrawn():
            return state.model_copy(update={"withdrawn": True})
        case _:
            return state


def _with(state: DirectiveState, assigned: Sequence[Assignment]) -> DirectiveState:
    """With further assignments; they are not withdrawn any more."""
    gone = tuple(each for each in state.withdrawn_levels if (each.level, each.scope) not in places_of(assigned))
    return state.model_copy(update={"assignments": (*state.assignments, *assigned), "withdrawn_levels": gone})


def _without(state: DirectiveState, level: str, scope: str) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """The assignments but that of the level in the scope, and that one."""
    left = tuple(each for each in state.assignments if (each.level, each.scope) != (level, scope))
    return left, tuple(each for each in state.assignments if each not in left)


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


def places_of(assignments: Iterable[Assignment]) -> set[tuple[str, str]]:
    """The levels and scopes of ``assignments``."""
    return {(each.level, each.scope) for each in assignments}


def _changed(state: DirectiveState, level: str, scope: str, **change: object) -> DirectiveState:
    assignments = tuple(
        each.model_copy(update=change) if (each.level, each.scope) == (level, scope) else each
        for each in state.assignments
    )
    return state.model_copy(update={"assignments": assignments})


def was_ordered(state: DirectiveState, level: str, scope: str, due: date) -> bool:
    """Whether just that was ordered, and still holds."""
    wanted = state.assignment(level, scope)
    return wanted is not None and due in (wanted.due, wanted.first_due)


def require_standing(state: DirectiveState) -> None:
    """Raises `DirectiveWithdrawn` when the directive was withdrawn."""
    if state.withdrawn:
        raise DirectiveWithdrawn("directive: {id} was withdrawn: nothing is owed to it; its history stays", id=state.id)


def require_open(state: DirectiveState) -> None:
    """Raises `DirectiveCompleted` when the directive is completed."""
    if state.completed:
        raise DirectiveCompleted("directive: {id} is completed: issue another one", id=state.id)


def require_issued(state: DirectiveState, at: datetime) -> None:
    """Raises `OutOfOrder` when ``at`` lies before the directive was issued."""
    if at < moment_of_issue(state):
        raise OutOfOrder(
            "at: {at} lies before {id} was issued ({moment_of_issue}): name a later moment",
            at=at.isoformat(),
            id=state.id,
            moment_of_issue=moment_of_issue(state).isoformat(),
        )


def require_in_order(state: DirectiveState, level: str | None, scope: str | None, at: datetime) -> None:
    """Raises `OutOfOrder` when ``at`` lies before the last change of the level, or, when None, of all and the terms."""
    chosen = [each for each in state.assignments if (level, scope) in ((None, None), (each.level, each.scope))]
    moments = [each.changed_at for each in chosen] + ([state.amended_at] if level is None else [])
    last = max((moment for moment in moments if moment is not None), default=at)
    if at < last:
        raise OutOfOrder(
            "at: {at} lies before the last change of {id} ({last}): name a later moment",
            at=at.isoformat(),
            id=state.id,
            last=last.isoformat(),
        )


def has_ended(state: DirectiveState, level: str, scope: str) -> bool:
    """Whether the level in the scope was withdrawn, and not assigned again, or became part of another scope."""
    return (level, scope) in places_of((*state.withdrawn_levels, *state.folded))


def owed(state: DirectiveState, level: str, lineage: Sequence[str]) -> Assignment:
    """The assignment that a unit of ``level`` owes its task by; the unit is the last of ``lineage``.

    Raises:
        UnknownTask: it owes none.
    """
    for each in state.assignments:
        if each.level == level and each.scope in lineage:
            return each
    raise UnknownTask(
        "task: {id}/{lineage} is unknown: {lineage} owes nothing to {id}", id=state.id, lineage=lineage[-1]
    )


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


def settle(assignment: Assignment, count: int, tally: Mapping[str, int], reason: str) -> tuple[Event, ...]:
    """Decide whether ``assignment`` is completed, or open again, for ``reason``; one that nobody owes stays open.

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
    return (LevelCompleted(level=level, scope=scope, expected=count, on_time=on_time, late=late, waived=waived),)


def fold(state: DirectiveState, lineages: Mapping[str, Sequence[str]], reason: str) -> tuple[Event, ...]:
    """Decide that scopes which lie under others of their level become part of those; and that retired ones owe nothing.

    Args:
        lineages: the codes from the top unit down to each scope; none of one that was retired.
        reason: why units moved or retired.
    """
    facts, places = list[Event](), places_of(state.assignments)
    for each in state.assignments:
        above = [scope for scope in lineages[each.scope][:-1] if (each.level, scope) in places]
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
