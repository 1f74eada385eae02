"""The read models that a question about an earlier day reads."""

import warnings
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.domain.values import day_of, end_of
from directives.i18n.message import Message
from directives.projections.earlier.as_of import AsOf
from directives.projections.earlier.models import EarlierModels, earlier_models
from directives.projections.tasks import streams_of_tasks
from directives.queries.selection import Filter
from directives.store.event_store import EventStore
from directives.store.newest import BEYOND_ALL
from directives.store.session import Session


class WorkLeftOut(UserWarning):
    """A kind of directive cannot tell the work of some task as it stood on an earlier day; it is left out."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Days(NamedTuple):
    """Which day is asked about: as it was true at its end, and as far as was known at the end of one; None is now."""

    as_of: date | None
    known_at: date | None

    def ended(self, today: date) -> "Days | None":
        """The same; None where both are today or later, so that what is on record is the answer.

        As far as was known at the end of a day alone is as of that day too. Of a day that has not ended all is known
        that is on record, whatever the clock said.
        """
        as_of = self.known_at if self.as_of is None else self.as_of
        days = Days(*(None if day is None or day >= today else day for day in (as_of, self.known_at)))
        return None if days == (None, None) else days


class Earlier(NamedTuple):
    """The read models of an earlier day, and the moment as which a question is asked."""

    models: EarlierModels
    now: datetime


def moments(store: EventStore, session: Session, days: Days, now: datetime, zone: str) -> tuple[AsOf, datetime]:
    """What counts on a day that has ended, and the moment as which a question about it is asked."""
    at = None if days.as_of is None else end_of(days.as_of, zone)
    known = BEYOND_ALL
    if days.known_at is not None:
        known = store.event_log.position_by(session, end_of(days.known_at, zone))
    asked = now if at is None else at
    return AsOf(at, known, day_of(asked, zone)), asked


@contextmanager
def earlier(
    store: EventStore, session: Session, days: Days, now: datetime, zone: str, about: Filter
) -> Generator[Earlier]:
    """The read models as of an earlier day; a kind that cannot tell the work of a task is named in a warning.

    Args:
        about: what is asked about; no tasks of other directives, nor elsewhere than at or below its unit, are listed.
    """
    as_of, asked = moments(store, session, days, now, zone)

    def read(streams: Iterable[str]) -> Sequence[RecordedEvent]:
        events = store.of_streams(session, streams_of_tasks(session, streams), 0, None)
        return [event for event in events if event.position <= as_of.known]

    with earlier_models(session, read, as_of, about.directive, about.unit) as models:
        yield Earlier(models, asked)
        for message in models.folds.left_out.values():
            warnings.warn(WorkLeftOut(message), stacklevel=2)
