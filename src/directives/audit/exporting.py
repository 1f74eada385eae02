"""What of a record is written into a bundle, and what people read of it there."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from directives.audit.bundle import ALL, Enclosing, Exported, Scope, export
from directives.audit.readable import MOST, page
from directives.domain.directive.state import DIRECTIVE
from directives.domain.errors import InvalidInput
from directives.domain.event import RecordedEvent
from directives.exchange.organisation_csv import write_organisation
from directives.exchange.schemas import schema_of_events
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Message
from directives.projections.read_models import ReadModels
from directives.queries.history import events_of, narrator_with
from directives.queries.history_below import events_below
from directives.queries.labels import LabelsKept
from directives.queries.narrator import units_in
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence


class Part(NamedTuple):
    """What is asked for: one of these, or all."""

    task: str | None = None
    directive: str | None = None
    unit: str | None = None


def export_part(
    store: EventStore,
    models: ReadModels,
    path: Path,
    part: Part,
    evidence: Evidence | None,
    now: datetime,
    lang: Lang,
) -> Exported:
    """Write that part of the record into the new bundle at ``path``, with what people read of it.

    Raises:
        NotCheckpointed: nothing of it is under a checkpoint.
        InvalidInput: more than one was named, or the file is there already or cannot be written.
        EvidenceAltered: a file that is to be enclosed is another one by now.
        UnknownReference, UnknownTask, UnknownDirective, UnknownUnit: there is no such thing.
    """
    scope = _scope(store, models, part)

    def history(positions: Sequence[int] | None, size: int) -> Iterable[str]:
        if positions is None:
            events: Iterable[RecordedEvent] = store.between(models.session, 1, min(size, MOST))
        else:
            events = _events(store, models, positions)
        title = say_message(Message("History of the record: {scope}", scope=scope.name), lang)
        names = LabelsKept(models)
        return page(_expected(events, names), narrator_with(names, models, lang), title, models.zone, lang)

    readable: dict[str, Callable[[Sequence[int] | None, int], Iterable[str]]] = {
        "index.html": history,
        "organisation.csv": lambda positions, size: [_organisation(models)],  # noqa: ARG005 # as it is now
        "events.schema.json": lambda positions, size: [json.dumps(schema_of_events(), ensure_ascii=False, indent=2)],  # noqa: ARG005
    }
    return export(models.session, path, scope, Enclosing(readable, evidence), now)


def _scope(store: EventStore, models: ReadModels, part: Part) -> Scope:
    asked = [each for each in part if each is not None]
    if len(asked) > 1:
        raise InvalidInput("scope: give only one of task, directive and unit")
    if part.task is not None:
        task = part.task.removeprefix("task/")
        return Scope(f"task {task}", _positions(events_of(store, models, f"task/{task}")))
    if part.directive is not None:
        models.states.directive(part.directive)
        events = store.stream(models.session, DIRECTIVE.stream(part.directive))
        return Scope(f"directive {part.directive}", _positions(events))
    if part.unit is not None:
        return Scope(f"unit {part.unit}", _positions(events_below(store, models, part.unit, 0, None)))
    return Scope(ALL)


def _positions(events: Iterable[RecordedEvent]) -> list[int]:
    return sorted(event.position for event in events)


def _expected(events: Iterable[RecordedEvent], names: LabelsKept) -> Iterator[RecordedEvent]:
    """``events``, a thousand after the other, once the names that they need are read."""
    left = iter(events)
    while some := [*islice(left, 1000)]:
        names.expect(units_in(some))
        yield from some


def _events(store: EventStore, models: ReadModels, positions: Sequence[int]) -> Iterator[RecordedEvent]:
    """The first events at those positions: as many as a page tells."""
    for position in positions[:MOST]:
        yield from store.between(models.session, position, position)


def _organisation(models: ReadModels) -> str:
    """The units as they are now, as an organisation file has them."""
    file = io.StringIO()
    write_organisation((row.unit for row in models.units.under("")), file)
    return file.getvalue()
