"""What those who recorded something should know of it, though nothing is wrong: that a post does not count."""

from collections.abc import Iterable, Iterator

from directives.directive_kinds.kind import Work
from directives.directive_kinds.registry import kind_or_absent
from directives.domain.event import RecordedEvent
from directives.domain.task.state import is_task_stream, split_task
from directives.i18n.message import Message
from directives.projections.read_models import ReadModels
from directives.store.event_store import EventStore


def notes(models: ReadModels, store: EventStore, events: Iterable[RecordedEvent]) -> Iterator[Message]:
    """What kinds note about ``events``, task by task, by the parameters that hold now.

    A task whose kind notes anything is read once, from its first event.
    """
    positions = dict[str, set[int]]()
    for event in events:
        if is_task_stream(event.stream):
            positions.setdefault(event.stream, set()).add(event.position)
    for stream, caused in positions.items():
        directive, _ = models.states.directive(split_task(stream)[0])
        kind = kind_or_absent(directive.kind)
        if kind.has_notes:
            work = Work()
            for event in store.stream(models.session, stream):
                if event.position in caused:
                    yield from kind.notes(work, event, directive.parameters)
                work = kind.evolve(work, event)
