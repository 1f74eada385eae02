"""What events changed about a task: made once, when they are recorded, and taken in by each read model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import distribution_of, kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.errors import NewerStore
from directives.domain.event import Opaque, RecordedEvent, TakingBack, taken_back
from directives.domain.task.judgement import counted_as
from directives.domain.task.state import TASK, TaskState, without
from directives.projections.units import UnitRow

Past = Callable[[str], Sequence[RecordedEvent]]
"""Reads the events of a stream that are in the log, in order."""


_NONE: Mapping[str, int] = {}


class Step(NamedTuple):
    """An event, and the state of the task before and after it.

    Attributes:
        read: of an event that takes others back, all before it: the state after it is their fold without those.
        days: what it adds for which days of a daily record, as ISO 8601.
    """

    event: RecordedEvent
    before: TaskState
    after: TaskState
    read: Sequence[RecordedEvent] = ()
    days: Mapping[str, int] = _NONE

    @property
    def folded_anew(self) -> bool:
        """Whether the state after the event follows from all events, and not from the state before it."""
        return bool(self.read)


class Change(NamedTuple):
    """What events of one command changed about a task.

    Attributes:
        directive: the state of the directive that asks for it.
        unit: the unit that owes it.
        kind: the kind of the directive.
        before: the state of the task before the first event, the initial one where nothing had happened.
        after: the state after the last event.
        steps: the events, one by one.
        numbers: what was counted about the work in each of the states, see `counted`.
    """

    directive: DirectiveState
    unit: UnitRow
    kind: Kind
    before: TaskState
    after: TaskState
    steps: Sequence[Step]
    numbers: dict[tuple[int, int | None], Mapping[str, int]]

    def counted(self, task: TaskState) -> Mapping[str, int]:
        """What the kind counts about the work of the task in one of these states; each is counted once."""
        key = (id(task.work), task.revision)
        if key not in self.numbers:
            self.numbers[key] = self.kind.counts(task.work, self.directive.terms_of(task.revision))
        return self.numbers[key]

    @property
    def first(self) -> bool:
        """Whether nothing had happened to the task before."""
        return self.steps[0].event.version == 1


def change_of(
    directive: DirectiveState,
    unit: UnitRow,
    before: TaskState,
    events: Sequence[RecordedEvent],
    zone: str,
    past: Past,
) -> Change:
    """What ``events``, all of one task, change about it; days end in ``zone``."""
    kind, state, steps = kind_or_absent(directive.kind), before, list[Step]()
    require_known(kind, events)
    for event in events:
        read: Sequence[RecordedEvent] = ()
        if isinstance(event.data, TakingBack):
            read = _before(event, events, past)
            after = fold(directive, kind, [*read, event], zone)
        else:
            after = _after(directive, kind, state, event, zone)
        days = _NONE
        if kind.window is not None:
            changed = _days_changed(kind, event, state, after, anew=bool(read))
            days = {day.isoformat(): number for day, number in changed}
        steps.append(Step(event, state, after, read, days))
        state = after
    return Change(directive, unit, kind, before, state, steps, {})


def require_known(kind: Kind, events: Sequence[RecordedEvent]) -> None:
    """A kind that is there must know all events of its tasks.

    Raises:
        NewerStore: one is of a newer version.
    """
    for event in events:
        if isinstance(event.data, Opaque) and kind.installed:
            raise NewerStore(
                "event {name} at {position} is unknown to {distribution}: install a version that knows it",
                name=event.data.topic(),
                position=event.position,
                distribution=distribution_of(kind.name) or "directives",
            )


def _before(event: RecordedEvent, events: Sequence[RecordedEvent], past: Past) -> list[RecordedEvent]:
    """All events of the stream before ``event``: those in the log, and those of ``events`` that are not yet there."""
    logged = [each for each in past(event.stream) if each.version < event.version]
    last = logged[-1].version if logged else 0
    return logged + [each for each in events if last < each.version < event.version]


def fold(directive: DirectiveState, kind: Kind, events: Sequence[RecordedEvent], zone: str) -> TaskState:
    """The state of a task by all its ``events``, without those that others of them take back."""
    gone, state = taken_back(events), TASK.initial
    for event in events:
        if event.position not in gone:
            if not isinstance(event.data, TakingBack):
                state = _after(directive, kind, state, event, zone)
            continue
        state, work = without(state, event), kind.numbered(state.work, event)
        if work is not state.work:
            state = state.changed(work=work)
    return state


def _after(directive: DirectiveState, kind: Kind, state: TaskState, event: RecordedEvent, zone: str) -> TaskState:
    after = TASK.evolve(state, event)
    work = kind.evolve(state.work, event)
    if work is not state.work:
        after = after.changed(work=work)
    if after.stage != state.stage and (after.closed or state.closed):
        revision = directive.revision_at(event.position) if after.closed else None
        after = after.changed(revision=revision, counted=counted_as(after, zone))
    return after


def _days_changed(
    kind: Kind, event: RecordedEvent, before: TaskState, after: TaskState, *, anew: bool
) -> Iterator[tuple[date, int]]:
    """What an event adds for which days of a daily record."""
    if anew or (before.stage == "waived") != (after.stage == "waived"):
        then, now = days_counted(kind, before), days_counted(kind, after)
        yield from dict.fromkeys(now - then, 1).items()
        yield from dict.fromkeys(then - now, -1).items()
    elif after.stage != "waived":
        day = kind.covers(before.work, event)
        if day is not None:
            yield day, 1
        yield from dict.fromkeys(kind.uncovers(before.work, event), -1).items()


def days_counted(kind: Kind, task: TaskState) -> set[date]:
    """The days that a task covers; one that is waived covers none."""
    return set[date]() if task.stage == "waived" else {*kind.covered(task.work)}
