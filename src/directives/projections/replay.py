"""Recreates the read models from the events."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from directives.directive_kinds.registry import kind_or_absent, not_installed
from directives.domain.directive.events import Issued
from directives.domain.errors import NewerStore, StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.organisation.events import Registered
from directives.i18n.message import tripped_over
from directives.projections.change import Past
from directives.projections.read_models import ReadModels
from directives.store.session import Session

TOGETHER = 5000
"""Events that are taken in together."""


def replay(events: Iterator[RecordedEvent], session: Session, past: Past, *, partly: bool = False) -> Iterator[int]:
    """Take events into empty read models; tells from time to time how many are in.

    Args:
        past: reads the events of a stream of the log from which they come.
        partly: leave out what only a kind can tell that is not installed.

    Raises:
        StoreUnusable: one cannot be read, or does not follow from those before it.
        UnknownKind: a directive is of a kind that is not installed.
        NewerStore: one is unknown to the kind of its directive.
    """
    done = 0
    while page := [*islice(events, TOGETHER)]:
        if not partly:
            _require_kinds(page)
        models = ReadModels(session, past)  # new ones a page, so that memory does not grow with the log
        parents = (event.data.parent for event in page if isinstance(event.data, Registered))
        models.expect((event.stream for event in page), filter(None, parents))
        for _, group in groupby(page, key=attrgetter("stream")):
            _apply([*group], models)
        models.flush()
        done += len(page)
        yield done


def _require_kinds(events: Iterable[RecordedEvent]) -> None:
    for event in events:
        if isinstance(event.data, Issued) and not kind_or_absent(event.data.kind).installed:
            raise not_installed(event.data.directive, event.data.kind, event.data.distribution)


def _apply(events: Sequence[RecordedEvent], models: ReadModels) -> None:
    """Take events of one stream in; where they do not fit what came before, whatever they trip over, it is damage."""
    event = events[0]
    try:
        models.apply(events)
    except (*models.session.errors, NewerStore):
        raise
    except Exception as error:
        raise StoreUnusable(
            "store: the event at position {position}, {name} of {stream}, does not follow from those "
            "before it ({said}): restore it from a backup",
            position=event.position,
            name=event.name,
            stream=event.stream,
            said=tripped_over(error),
        ) from error
