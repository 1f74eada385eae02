"""What events changed about a task: made once, when they are recorded, and taken in by each read model."""

from collections.abc import Sequence
from typing import NamedTuple

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import kind_of
from directives.domain.directive.state import DirectiveState
from directives.domain.event import RecordedEvent
from directives.domain.task.judgement import counted_as
from directives.domain.task.state import TASK, TaskState
from directives.projections.units import UnitRow


class Step(NamedTuple):
    """An event, and the state of the task before and after it."""

    event: RecordedEvent
    before: TaskState
    after: TaskState


class Change(NamedTuple):
    """What events of one command changed about a task.

    Attributes:
        directive: the state of the directive that asks for it.
        unit: the unit that owes it.
        kind: the kind of the directive.
        before: the state of the task before the first event, the initial one where nothing had happened.
        after: the state after the last event.
        steps: the events, one by one.
    """

    directive: DirectiveState
    unit: UnitRow
    kind: Kind
    before: TaskState
    after: TaskState
    steps: Sequence[Step]

    @property
    def first(self) -> bool:
        """Whether nothing had happened to the task before."""
        return self.steps[0].event.version == 1


def change_of(
    directive: DirectiveState, unit: UnitRow, before: TaskState, events: Sequence[RecordedEvent], zone: str
) -> Change:
    """What ``events``, all of one task, change about it; days end in ``zone``."""
    kind, state, steps = kind_of(directive.kind), before, list[Step]()
    for event in events:
        after = TASK.evolve(state, event)
        work = kind.evolve(state.work, event)
        if work is not state.work:
            after = after.changed(work=work)
        if after.closed != state.closed:
            revision = directive.revision if after.closed else None
            after = after.changed(revision=revision, counted=counted_as(after, zone))
        steps.append(Step(event, state, after))
        state = after
    return Change(directive, unit, kind, before, state, steps)
