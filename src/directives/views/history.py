"""The history of a task, a directive, a meeting or a unit: its events, and each in a sentence."""

from collections.abc import Iterable

from directives.model import directive, meeting, task, units
from directives.model.directive import (
    Amended,
    AssignedToLevel,
    AssignedToUnits,
    Assignment,
    DeadlineExtended,
    LevelReopened,
    LevelWithdrawn,
)
from directives.model.errors import UnknownReference
from directives.model.event import RecordedEvent
from directives.model.values import Lang, Text
from directives.store.application import Ledger
from directives.store.tables import Tables
from directives.views.language import Speaker


class HistoryEntry(RecordedEvent):
    """An event of a history, and what it says in the language that was asked for."""

    sentence: str


def history(ledger: Ledger, tables: Tables, reference: str, lang: Lang) -> list[HistoryEntry]:
    """The events of what ``reference`` names, in log order; a task's begin with the order that made it.

    Raises:
        UnknownReference: nothing of that name.
    """
    return told(_events(ledger, tables, reference), speaker_of(tables, lang))


def told(events: Iterable[RecordedEvent], speaker: Speaker) -> list[HistoryEntry]:
    """``events``, each with its sentence."""
    return [HistoryEntry(**dict(event), sentence=speaker.sentence(event)) for event in events]


def speaker_of(tables: Tables, lang: Lang) -> Speaker:
    """Tells events with the names of the units and levels of this store."""
    organisation = tables.organisation()
    levels = {level.code: level.name for level in organisation.levels}
    return Speaker(lang, lambda code: tables.unit(code).name, lambda code: levels.get(code, Text(en=code, hi=code)))


def _events(ledger: Ledger, tables: Tables, reference: str) -> list[RecordedEvent]:
    aggregate, _, rest = reference.partition("/")
    if aggregate == "task" or (rest and aggregate not in ("directive", "meeting", "unit")):
        return _task_events(ledger, tables, reference)
    for stream in [reference] if rest else _streams(reference):
        events = list(ledger.stream(stream))
        if events:
            return events
    raise UnknownReference(f"history: {reference} is unknown: name a task (DIRECTIVE/UNIT), directive, meeting or unit")


def _streams(name: str) -> list[str]:
    return [directive.stream(name), meeting.stream(name), units.stream(name), name]


def _task_events(ledger: Ledger, tables: Tables, reference: str) -> list[RecordedEvent]:
    directive_id, code = task.split(reference)
    unit, (state, _) = tables.unit(code), tables.directive(directive_id)
    assignment = directive.last_owed(state, unit.level, unit.lineage)
    orders = [event for event in ledger.stream(directive.stream(directive_id)) if _is_about(event, assignment)]
    acts = ledger.stream(task.stream(directive_id, code))
    return sorted([*orders, *acts], key=lambda event: event.position)


def _is_about(event: RecordedEvent, assignment: Assignment) -> bool:
    """Whether an event of a directive changed what the units of ``assignment`` owe."""
    match event.data:
        case AssignedToLevel() | DeadlineExtended() | LevelReopened() | LevelWithdrawn():
            return (event.data.level, event.data.scope) == (assignment.level, assignment.scope)
        case AssignedToUnits(level=level, units=units):
            return level == assignment.level and assignment.scope in units
        case Amended():
            return True
        case _:
            return False
