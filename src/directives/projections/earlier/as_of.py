"""Which events count on an earlier day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.domain.task.events import Struck
from directives.domain.values import utc_text

Read = Callable[[Iterable[str]], Sequence[RecordedEvent]]
"""Reads the events of streams that were recorded by then, in log order."""
ALWAYS = "9999"
"""Later than any moment, as `utc_text` has it."""


class AsOf(NamedTuple):
    """What is asked about.

    Attributes:
        at: what happened by this moment; None is all that is on record.
        known: the position in the log up to which it is known.
        day: the day that is asked about, by which something is overdue.
    """

    at: datetime | None
    known: int
    day: date

    @property
    def at_text(self) -> str:
        """``at`` as it stands in the tables."""
        return ALWAYS if self.at is None else utc_text(self.at)

    def happened(self, position: int, occurred_at: datetime) -> bool:
        """Whether an event at ``position`` had happened, and was known."""
        return position <= self.known and (self.at is None or occurred_at <= self.at)

    def holds(self, event: RecordedEvent) -> bool:
        """Whether ``event`` had happened, and was known."""
        return self.happened(event.position, event.occurred_at)

    def counts(self, event: RecordedEvent) -> bool:
        """The same; what strikes out another holds for every moment, once it is known: that never was."""
        return self.holds(event) or (event.position <= self.known and isinstance(event.data, Struck))
