"""The history of a task, a directive, a meeting or a unit: its events, and each in a sentence."""

from collections.abc import Callable, Container, Iterable, Sequence
from functools import partial
from typing import Any

from pydantic import Field

from directives.domain.directive.events import (
    Amended,
    AssignedToLevel,
    AssignedToUnits,
    AssignmentFolded,
    DeadlineExtended,
    LevelReinstated,
    LevelReopened,
    LevelRescheduled,
    LevelWithdrawn,
    Reinstated,
    Withdrawn,
)
from directives.domain.directive.state import DIRECTIVE
from directives.domain.errors import UnknownReference, UnknownTask
from directives.domain.event import RecordedEvent, taken_back, taking_back
from directives.domain.meeting import MEETING
from directives.domain.organisation.events import Moved, Registered, Restored, Retired
from directives.domain.organisation.state import UNIT
from directives.domain.task.state import TASK, split_task
from directives.domain.values import Text
from directives.i18n.message import Lang
from directives.projections.read_models import ReadModels
from directives.projections.tasks import streams_of_tasks
from directives.projections.units import streams_of
from directives.queries.evidence import EvidenceView, evidence_of, with_same_document
from directives.queries.labels import LabelsKept
from directives.queries.narrator import Narrator, subject_of, units_in
from directives.store.audit_log import Checkpoints
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence

ReadStream = Callable[[str], Sequence[RecordedEvent]]
"""Reads the events of a stream, in order."""


class LogEntry(RecordedEvent):
    """An event as it is told to people, in the language that was asked for.

    Attributes:
        sentence: what it says.
        subject: what it is about: a task ``DIRECTIVE/UNIT``, or the code or id of a unit, directive, meeting or person.
        about: the same in words, ``written-report, Khunti (Lok Sabha)``; it is left out of JSON.
    """

    sentence: str
    subject: str
    about: str = Field(exclude=True)


class HistoryEntry(LogEntry):
    """An event of a history, and the files that it names; JSON leaves out the subject, which the stream says.

    ``checkpoint`` is the size of the first checkpoint of the audit log that it is under. ``taken_back_by`` is the
    position of the event that took it back, ``taken_back_as`` the name of that; JSON leaves the name out.
    """

    subject: str = Field(exclude=True)
    evidence: tuple[EvidenceView, ...] = ()
    checkpoint: int | None = Field(default=None, exclude_if=lambda size: size is None)
    taken_back_by: int | None = Field(default=None, exclude_if=lambda position: position is None)
    taken_back_as: str | None = Field(default=None, exclude=True)


def history(
    store: EventStore, models: ReadModels, events: Sequence[RecordedEvent], lang: Lang, evidence: Evidence
) -> list[HistoryEntry]:
    """``events``, each with its sentence in ``lang``, the files that it names, and what took it back."""
    views = with_same_document(evidence_of(events, evidence, models.session), models.session)
    files = {each.position: tuple(view for view in views if view.position == each.position) for each in views}
    entries = narrated(events, narrator_of(models, lang, events))
    under, takers = Checkpoints(models.session), _takers(store, models, events)
    return [
        entry.model_copy(
            update={"evidence": files.get(entry.position, ()), "checkpoint": under.covering(entry.position)}
            | takers.get(entry.position, {})
        )
        for entry in entries
    ]


def _takers(store: EventStore, models: ReadModels, events: Iterable[RecordedEvent]) -> dict[int, dict[str, Any]]:
    """By the positions of what was taken back, what is told of the event that did it; it may be none of ``events``."""
    streams = streams_of_tasks(models.session, {event.stream for event in events})
    taking = filter(models.counts, store.of_streams(models.session, streams, 0, None, taking_back()))
    return {
        position: {"taken_back_by": event.position, "taken_back_as": event.name}
        for event in taking
        for position in taken_back([event])
    }


_UNTOLD = {"checkpoint": None, "taken_back_by": None, "taken_back_as": None}


def narrated(events: Iterable[RecordedEvent], narrator: Narrator) -> list[HistoryEntry]:
    """``events``, each with its sentence."""
    return [HistoryEntry.of_valid({**_told(event, narrator), "evidence": (), **_UNTOLD}) for event in events]


def log_entries(events: Iterable[RecordedEvent], narrator: Narrator) -> list[LogEntry]:
    """``events``, each with its sentence and what it is about."""
    return [LogEntry.of_valid(_told(event, narrator)) for event in events]


def _told(event: RecordedEvent, narrator: Narrator) -> dict[str, Any]:
    told = {"sentence": narrator.sentence(event), "subject": subject_of(event.stream), "about": narrator.about(event)}
    return event.__dict__ | told


def narrator_of(models: ReadModels, lang: Lang, events: Iterable[RecordedEvent] = ()) -> Narrator:
    """Tells events with the names of the units and levels of this store; the units of ``events`` are read at once."""
    names = LabelsKept(models)
    names.expect(units_in(events))
    return narrator_with(names, models, lang)


def narrator_with(names: LabelsKept, models: ReadModels, lang: Lang) -> Narrator:
    """As `narrator_of`, with labels that were kept."""
    levels = {level.code: level.name for level in models.states.organisation().levels}
    return Narrator(lang, names.of, lambda code: levels.get(code, Text(en=code)))


def events_of(store: EventStore, models: ReadModels, reference: str) -> list[RecordedEvent]:
    """The events of what ``reference`` names, in log order.

    A task's begin with the assignment that made it; a unit's have the acts on its tasks too.

    Raises:
        UnknownReference: nothing of that name.
    """

    stream = partial(store.stream, models.session)
    aggregate, _, rest = reference.partition("/")
    if aggregate == "task" or (rest and aggregate not in ("directive", "meeting", "person", "unit")):
        return _task_events(stream, models, reference)
    for name in [reference] if rest else _streams(reference):
        events = list(stream(name))
        if events:
            return _unit_events(store, models, name) if name.startswith(UNIT.stream("")) else events
    raise UnknownReference(
        "history: {reference} is unknown: name a task (DIRECTIVE/UNIT), directive, meeting or unit", reference=reference
    )


def _streams(name: str) -> list[str]:
    return [DIRECTIVE.stream(name), MEETING.stream(name), UNIT.stream(name), name]


def _unit_events(store: EventStore, models: ReadModels, name: str) -> list[RecordedEvent]:
    """The events of a unit, and the acts on its tasks."""
    directives = [directive.id for directive in models.states.directives()]
    streams = streams_of(models.session, name.removeprefix(UNIT.stream("")), directives)
    return store.of_streams(models.session, streams, 0, None)


def _task_events(stream: ReadStream, models: ReadModels, reference: str) -> list[RecordedEvent]:
    """The acts on a task, the events of the directive that concern it, and the moves of its unit since the first."""
    directive_id, code = split_task(reference)
    unit, _ = models.units.unit(code), models.states.directive(directive_id)
    acts = list(stream(TASK.stream(directive_id, code)))
    scopes = _ever_above(stream, code)
    of_directive = [
        event for event in stream(DIRECTIVE.stream(directive_id)) if _concerns(event, unit.level, scopes, code)
    ]
    if not acts and not any(isinstance(event.data, AssignedToLevel | AssignedToUnits) for event in of_directive):
        raise UnknownTask(
            "task: {directive_id}/{code} is unknown: {code} never owed anything to {directive_id}",
            directive_id=directive_id,
            code=code,
        )
    if models.day is not None:
        then = _ever_above(lambda name: [*filter(partial(_placed, models), stream(name))], code)
        of_directive = [event for event in of_directive if _concerns(event, unit.level, then, code)]
    first = min((event.position for event in [*acts, *of_directive]), default=0)
    moves = [event for event in stream(UNIT.stream(code)) if isinstance(event.data, Moved | Retired | Restored)]
    return sorted(
        [*of_directive, *acts, *(event for event in moves if event.position > first)], key=lambda e: e.position
    )


def _ever_above(stream: ReadStream, code: str) -> set[str]:
    """The unit, and all that it was ever below."""
    reached, waiting = set[str](), {code}
    while waiting:
        reached |= waiting
        above = [
            parent
            for each in waiting
            for event in stream(UNIT.stream(each))
            if isinstance(event.data, Registered | Moved | Restored) and (parent := event.data.parent) is not None
        ]
        waiting = {*above} - reached
    return reached


def _placed(models: ReadModels, event: RecordedEvent) -> bool:
    """Whether an event says where a unit stood then; its registration does, whatever its day."""
    return models.holds(event) or (isinstance(event.data, Registered) and event.position <= models.known)


_OF_LEVEL = (
    AssignedToLevel,
    DeadlineExtended,
    LevelReopened,
    LevelRescheduled,
    LevelWithdrawn,
    LevelReinstated,
    AssignmentFolded,
)


def _concerns(event: RecordedEvent, level: str, scopes: Container[str], code: str) -> bool:
    """Whether an event of a directive changed what a unit of ``level`` owes, which was ever below ``scopes``."""
    match event.data:
        case data if isinstance(data, _OF_LEVEL):
            return data.level == level and data.scope in scopes
        case AssignedToUnits(units=named):
            return code in named
        case Amended() | Withdrawn() | Reinstated():
            return True
        case _:
            return False
