"""The read models made anew from the events."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from directives.domain.errors import StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.organisation.events import Registered
from directives.i18n.message import tripped_over
from directives.projections.change import Past
from directives.projections.read_models import ReadModels
from directives.store.gc_paused import gc_paused
from directives.store.session import Session

TOGETHER = 5000
"""Events that are taken in together."""


def replay(events: Iterator[RecordedEvent], session: Session, past: Past) -> Iterator[int]:
    """Take events into empty read models; tells from time to time how many are in.

    Args:
        past: reads the events of a stream of the log from which they come.

    Raises:
        StoreUnusable: one cannot be read, or does not follow from those before it.
    """
    done = 0
    while page := [*islice(events, TOGETHER)]:
        with gc_paused():
            models = ReadModels(session, past)  # new ones a page, so that memory does not grow with the log
            parents = (event.data.parent for event in page if isinstance(event.data, Registered))
            models.expect((event.stream for event in page), filter(None, parents))
            for _, group in groupby(page, key=attrgetter("stream")):
                _apply([*group], models)
            models.flush()
        done += len(page)
        yield done


def _apply(events: Sequence[RecordedEvent], models: ReadModels) -> None:
    """Take events of one stream in; where they do not fit what came before, whatever they trip over, it is damage."""
    event = events[0]
    try:
        models.apply(events)
    except sqlite3.Error:
        raise
    except Exception as error:
        raise StoreUnusable(
            "store: the event at position {position}, {name} of {stream}, "
            "does not follow from those before it ({said}): restore it from a copy",
            position=event.position,
            name=event.name,
            stream=event.stream,
            said=tripped_over(error),
        ) from error
