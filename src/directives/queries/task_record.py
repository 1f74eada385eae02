"""All of a task: what is asked, what is on record, who did what about it, and what to do next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field, JsonValue

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.events import LevelWithdrawn, Withdrawn
from directives.domain.directive.state import DIRECTIVE
from directives.domain.event import RecordedEvent, TakingBack, standing
from directives.domain.task import events as life_cycle
from directives.domain.task.commands import VerifyTask
from directives.domain.task.events import Recalled, Struck, Submitted, TakenBack
from directives.domain.task.state import TASK, Stage
from directives.domain.task.taking_back import ANSWERS
from directives.i18n.message import Lang
from directives.projections.read_models import ReadModels
from directives.queries.evidence import EvidenceView
from directives.queries.history import HistoryEntry, history
from directives.queries.one_task import TaskDetails, one_task
from directives.queries.task_views import TO_DO, TaskView
from directives.queries.todo import Lacking, with_lacking
from directives.queries.waiting import may_answer
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence

RECENT = 10
"""Entries of the work of a task that its record tells; its history tells all."""


class TaskRecord(TaskDetails):
    """One task, and all that is known of it.

    Attributes:
        asked: the parameters that hold for it.
        work: what its kind counts, of this task.
        why: the entry by which it stands as it does, where it was returned, waived, withdrawn or taken back.
        lacking: all that is to be done before it can be submitted; empty where nothing has to be.
        acts: what was done about it as a whole, in log order: acknowledged, submitted, answered, extended, reassigned.
        recent: the newest of the work, ten entries at most.
        evidence: the files that were handed in, without those that were taken back.
        may_answer: the units whose offices may answer a submission, nearest first.
        deed: the noun and the verb of the command to use next; None where nothing is to be done.
        fields: values of that command that are known.
    """

    asked: dict[str, JsonValue]
    work: dict[str, int]
    why: HistoryEntry | None = Field(default=None, exclude_if=lambda entry: entry is None)
    lacking: tuple[Lacking, ...]
    acts: tuple[HistoryEntry, ...]
    recent: tuple[HistoryEntry, ...]
    evidence: tuple[EvidenceView, ...]
    may_answer: tuple[str, ...]
    deed: str | None
    fields: Mapping[str, str]


def task_record(
    models: ReadModels, store: EventStore, files: Evidence, task: str, now: datetime, lang: Lang
) -> TaskRecord:
    """The record of the task of that id; its acts are told in ``lang``.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: there is none.
    """
    details = one_task(models, store, task, now)
    directive, _ = models.states.directive(details.directive)
    stream = TASK.stream(details.directive, details.unit)
    entries = history(store, models, [*filter(models.holds, store.stream(models.session, stream))], lang, files)
    state, _ = models.tasks.of(stream)
    lacking, deed, fields = (), None, dict[str, str]()
    if details.state in TO_DO:
        (todo,) = with_lacking(models, [details])
        lacking, deed, fields = todo.lacking, todo.deed or None, todo.fields
    elif details.state == "submitted":
        deed = VerifyTask.deed()
    why = _why(entries, details.state)
    if details.state == "withdrawn":
        why = next(iter(history(store, models, _withdrawal(store, models, details), lang, files)), None)
    return TaskRecord.of_valid(
        {
            **dict(details),
            "asked": directive.parameters,
            "work": {**kind_or_absent(details.kind).counts(state.work, directive.parameters)},
            "why": why,
            "lacking": lacking,
            "acts": tuple(filter(_is_of_life_cycle, entries)),
            "recent": tuple(entry for entry in entries if not _is_of_life_cycle(entry))[-RECENT:],
            "evidence": tuple(view for entry in entries if entry.taken_back_by is None for view in entry.evidence),
            "may_answer": may_answer(models.units.unit(details.unit).lineage),
            "deed": deed,
            "fields": fields,
        }
    )


def _why(entries: Sequence[HistoryEntry], stage: Stage) -> HistoryEntry | None:
    """What a task stands by that was returned or waived, or of which something was taken back since."""
    telling = [entry for entry in entries if isinstance(entry.data, _TELLING) and entry.taken_back_by is None]
    last = telling[-1] if telling else None
    if last is None or isinstance(last.data, Struck):
        return last if stage == "assigned" else None
    return last if stage in ("returned", "waived") or isinstance(last.data, TakingBack) else None


def _withdrawal(store: EventStore, models: ReadModels, task: TaskView) -> list[RecordedEvent]:
    """The event by which a task that is withdrawn is owed no more."""
    lineage, stream = models.units.unit(task.unit).lineage, DIRECTIVE.stream(task.directive)
    events = standing(filter(models.holds, store.stream(models.session, stream)))
    return [event for event in events if _withdraws(event, task.level, lineage)][-1:]


_TELLING = (Submitted, Struck, Recalled, TakenBack, *ANSWERS)


def _withdraws(event: RecordedEvent, level: str, lineage: Sequence[str]) -> bool:
    """Whether by ``event`` a unit of ``level`` owed nothing any more; the unit is the last of ``lineage``."""
    match event.data:
        case LevelWithdrawn():
            return event.data.level == level and event.data.scope in lineage
        case _:
            return isinstance(event.data, Withdrawn)


def _is_of_life_cycle(entry: HistoryEntry) -> bool:
    return type(entry.data).__module__ == life_cycle.__name__
