"""Where units that moved, retired or were restored stood from when on, for questions about an earlier day."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.domain.organisation.events import Moved, Restored, Retired
from directives.domain.values import utc_text
from directives.projections.units import UnitRow
from directives.store.session import Session
from directives.store.table import Table

UNIT_PLACES = Table(
    "unit_places",
    (
        "unit TEXT NOT NULL",
        "position INTEGER NOT NULL",
        "occurred_at TEXT NOT NULL",
        "day TEXT NOT NULL",
        "name TEXT NOT NULL",
        "parent TEXT",
    ),
    key=2,
)
"""The first row of a unit is that of its registration; ``name`` is that of the event, ``parent`` where it stands."""


class Placed(NamedTuple):
    """Where a unit stands from an event on: the name of the event, its place in the log, and when it happened."""

    unit: str
    position: int
    occurred_at: datetime
    day: date
    name: str
    parent: str | None


class UnitPlaces:
    """The table of places; few units ever move."""

    def __init__(self, session: Session) -> None:
        self._cursor = session.cursor

    def all(self) -> Iterator[Placed]:
        """All, by unit, in log order."""
        for row in self._cursor.execute("SELECT * FROM unit_places ORDER BY unit, position").fetchall():
            unit, position, at, day, name, parent = row
            yield Placed(unit, position, datetime.fromisoformat(at), date.fromisoformat(day), name, parent)

    def apply(self, event: RecordedEvent, unit: UnitRow, day: date) -> None:
        """Note where ``unit``, as it was before, stands by an event that moves, retires or restores it."""
        assert isinstance(event.data, Moved | Retired | Restored), event.name
        if not self._cursor.execute("SELECT 1 FROM unit_places WHERE unit = ? LIMIT 1", (unit.code,)).fetchone():
            joined = unit.joined.isoformat()
            row = (unit.code, unit.position, joined, joined, "Registered", unit.parent)
            self._cursor.execute(UNIT_PLACES.insert, row)
        parent = unit.parent if isinstance(event.data, Retired) else event.data.parent
        row = (unit.code, event.position, utc_text(event.occurred_at), day.isoformat(), event.name, parent)
        self._cursor.execute(UNIT_PLACES.insert, row)
