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
        "takes_back INTEGER",
    ),
    key=2,
)
"""The first row of a unit is that of its registration; ``name`` is that of the event, ``parent`` where it stands.

``takes_back`` is the position of the retirement that a restoration takes back.
"""


class Placed(NamedTuple):
    """Where a unit stands from an event on, when that happened, and the retirement that it takes back."""

    unit: str
    position: int
    occurred_at: datetime
    day: date
    name: str
    parent: str | None
    takes_back: int | None


class UnitPlaces:
    """The table of places; few units ever move."""

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor

    def all(self) -> Iterator[Placed]:
        """All, by unit, in log order."""
        for row in self._cursor.execute("SELECT * FROM unit_places ORDER BY unit, position").fetchall():
            unit, position, at, day, *rest = row
            yield Placed(unit, position, datetime.fromisoformat(at), date.fromisoformat(day), *rest)

    def apply(self, event: RecordedEvent, unit: UnitRow, day: date) -> None:
        """Note where ``unit``, as it was before, stands by an event that moves, retires or restores it."""
        assert isinstance(event.data, Moved | Retired | Restored), event.name
        if not self._cursor.execute("SELECT 1 FROM unit_places WHERE unit = ? LIMIT 1", (unit.code,)).fetchone():
            joined = unit.joined.isoformat()
            row = (unit.code, unit.position, joined, joined, "Registered", unit.parent, None)
            self._session.insert(UNIT_PLACES, [row])
        parent = unit.parent if isinstance(event.data, Retired) else event.data.parent
        takes_back = event.data.takes_back[0] if isinstance(event.data, Restored) else None
        at = utc_text(event.occurred_at)
        row = (unit.code, event.position, at, day.isoformat(), event.name, parent, takes_back)
        self._session.insert(UNIT_PLACES, [row])
