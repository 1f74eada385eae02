"""A list of what is on record about tasks, as a kind tells it: groups, reports, speakers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from pydantic import JsonValue

from directives.domain.event import Event, RecordedEvent
from directives.domain.values import Text, day_of

EventType = TypeVar("EventType", bound=Event)
Value = Text | bool | int | date | str | tuple[str, ...] | None
"""A value of a list: programs get it as a code or ISO 8601, people in words."""
Row = Mapping[str, Value]
"""The values of a row by the names of their columns; what is not known is left out."""


class OnRecord(NamedTuple):
    """What is on record about one task.

    Attributes:
        events: its events, of the classes that the listing names, in log order; those taken back are left out, which
            may be any.
        parameters: those of the directive.
        zone: the time zone of the organisation.
        window: the first and the last day of the daily record, for a kind that has one.
    """

    events: Sequence[RecordedEvent]
    parameters: Mapping[str, JsonValue]
    zone: str
    window: tuple[date, date] | None

    def each(self, event_class: type[EventType]) -> Iterable[tuple[date, EventType]]:
        """The events of a class, each with the day on which it happened."""
        return ((self.day(event), event.data) for event in self.events if isinstance(event.data, event_class))

    def day(self, event: RecordedEvent) -> date:
        """The day on which ``event`` happened."""
        return day_of(event.occurred_at, self.zone)


@dataclass(frozen=True)
class Listing:
    """A list of what is on record.

    Attributes:
        title: what people call it: ``groups``.
        columns: the headings for people by the stable names of the columns, in their order.
        events: the classes of the events from which it is made.
        rows: the rows of one task. A later event changes rows or adds some at the end, so that pages stay what they
            were.
        words: what people call the values of a column, by the name of the column.
        hidden: columns that only programs get, as digests.
        marks: columns of truths that people see only where one holds.
    """

    title: Text
    columns: Mapping[str, Text]
    events: tuple[type[Event], ...]
    rows: Callable[[OnRecord], Iterable[Row]]
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict[str, Mapping[str, Text]])
    hidden: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
