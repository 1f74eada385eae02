"""Tasks folded from their events, as of a moment: those whose events are out of order, and those looked at closely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pydantic import JsonValue

from directives.directive_kinds.kind import Kind, Work
from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.event import RecordedEvent, standing
from directives.domain.task.state import TASK, TaskState
from directives.i18n.message import Message, tripped_over
from directives.projections.change import days_counted, fold
from directives.projections.earlier.as_of import AsOf, Read

TOGETHER = 500
"""Tasks whose events are read together."""


class Stood(NamedTuple):
    """How a task stood.

    Attributes:
        begun: how many of its events had happened, without those that were taken back.
        numbers: what its kind counts.
        days: the days of a daily record that it covers.
    """

    task: TaskState
    begun: int
    numbers: Mapping[str, int]
    days: frozenset[date]


class Folds:
    """Folds tasks.

    Attributes:
        left_out: what is to be said of kinds that could not take the events of a task; its work is left out.
    """

    def __init__(self, read: Read, as_of: AsOf, zone: str) -> None:
        self._read, self._as_of, self._zone = read, as_of, zone
        self.left_out: dict[str, Message] = {}

    def of(self, directive: DirectiveState, unit: str) -> Stood:
        """The task of a unit."""
        return next(iter(self.of_units(directive, [unit]).values()))

    def of_units(self, directive: DirectiveState, units: Iterable[str]) -> dict[str, Stood]:
        """The tasks of units of one directive."""
        stood = dict[str, Stood]()
        wanted = [*units]
        for codes in (wanted[first : first + TOGETHER] for first in range(0, len(wanted), TOGETHER)):
            events: dict[str, list[RecordedEvent]] = {TASK.stream(directive.id, unit): [] for unit in codes}
            for event in self._read(events):
                if self._as_of.counts(event):
                    events[event.stream].append(event)
            for unit, own in zip(codes, events.values(), strict=True):
                stood[unit] = self._stood(directive, unit, own)
        return stood

    def _stood(self, directive: DirectiveState, unit: str, events: Sequence[RecordedEvent]) -> Stood:
        kind, begun = kind_or_absent(directive.kind), sum(map(self._as_of.holds, standing(events)))
        try:
            return _folded(directive, kind, events, begun, self._zone)
        except Exception as error:  # whatever a kind of others trips over that does not take any of its events
            self.left_out[kind.name] = Message(
                "kind: {kind} cannot tell the earlier state of {task} ({said}): the work of such tasks is left out",
                kind=kind.name,
                task=f"{directive.id}/{unit}",
                said=tripped_over(error),
            )
            life_cycle = replace(kind, evolve=_as_before, numbered=_as_before, counts=_none_counted, window=None)
            return _folded(directive, life_cycle, events, begun, self._zone)


def _as_before(work: Work, _: RecordedEvent) -> Work:
    return work


def _none_counted(_: Work, __: Mapping[str, JsonValue]) -> Mapping[str, int]:
    return {}


def _folded(directive: DirectiveState, kind: Kind, events: Sequence[RecordedEvent], begun: int, zone: str) -> Stood:
    task = fold(directive, kind, events, zone)
    numbers: Mapping[str, int] = kind.counts(task.work, directive.terms_of(task.revision)) if begun else {}
    days = days_counted(kind, task) if begun and kind.window is not None else ()
    return Stood(task, begun, numbers, frozenset(days))
