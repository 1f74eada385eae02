"""How each task stood from when on, for questions about an earlier day."""

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.domain.task.judgement import stage_of
from directives.domain.task.state import CLOSED
from directives.domain.values import utc_text
from directives.projections.change import Change
from directives.projections.units import RETIRED, UnitRow, under
from directives.store.dialect import last_of_each
from directives.store.session import Session
from directives.store.table import Table

ACTS = Table(
    "acts",
    (
        "directive TEXT NOT NULL",
        "level TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "position INTEGER NOT NULL",
        "occurred_at TEXT NOT NULL",
        "state TEXT NOT NULL",
        "due TEXT",
    ),
    key=4,
)


class AsOf(NamedTuple):
    """What is asked about: what happened by ``at``, of what was recorded up to the position ``known``."""

    at: datetime
    known: int

    def holds(self, event: RecordedEvent) -> bool:
        """Whether ``event`` had happened, and was known."""
        return event.position <= self.known and event.occurred_at <= self.at


class Act(NamedTuple):
    """How a task stood after an act: the state under which it is counted, and its own due day, as ISO 8601."""

    state: str
    due: str | None

    def open_beyond(self, day: date) -> bool:
        """Whether it was open, and due on ``day`` or later by a day of its own."""
        return self.state not in CLOSED and (self.due or "") >= day.isoformat()


class Acts:
    """The table of acts."""

    def __init__(self, session: Session) -> None:
        self._cursor = session.cursor
        self._pending: list[tuple[str, str, str, int, str, str, str | None]] = []

    def last(self, directive: str, level: str, unit: str, as_of: AsOf) -> Act | None:
        """How the task of a unit stood; None before anything had happened."""
        row = self._cursor.execute(
            """SELECT state, due FROM acts WHERE directive = ? AND level = ? AND unit = ? AND position <= ?
            AND occurred_at <= ? ORDER BY position DESC LIMIT 1""",
            (directive, level, unit, as_of.known, utc_text(as_of.at)),
        ).fetchone()
        return None if row is None else Act(row["state"], row["due"])

    def changed_since(self, directive: str, level: str, as_of: AsOf, limit: int) -> list[str]:
        """The units, not retired today, with an act that had not happened or was not known; so many at most."""
        rows = self._cursor.execute(
            """SELECT DISTINCT unit FROM acts CROSS JOIN units WHERE units.code = acts.unit
            AND directive = ? AND acts.level = ? AND (position > ? OR occurred_at > ?) AND path < ? LIMIT ?""",
            (directive, level, as_of.known, utc_text(as_of.at), RETIRED, limit),
        )
        return [row["unit"] for row in rows]

    def stood(self, directive: str, level: str, as_of: AsOf, root: UnitRow, today: date) -> Counter[str]:
        """How many tasks of the units of ``level`` at or below ``root`` stood in which state.

        ``later`` are open ones that were due on ``today`` or later by a day of their own.
        """
        then = "directive = :directive AND acts.level = :level AND position <= :known AND occurred_at <= :at"
        if root.parent is None:  # all of them: without a look at each unit, but for the few that had retired
            source, where = "acts", f"{then} AND unit NOT IN (SELECT code FROM units WHERE path >= :retired)"
        else:
            source = "units CROSS JOIN acts"
            where = f"acts.unit = units.code AND {then} AND units.level = :level AND path >= :first AND path < :last"
        last = last_of_each("acts.state AS state, acts.due AS due", source, where, group="acts.unit", order="position")
        first_path, last_path = under(root.path)
        counted = Counter[str]()
        for row in self._cursor.execute(
            f"""SELECT state, count(*) AS number, count(*) FILTER (WHERE due >= :today AND state NOT IN {CLOSED})
            AS later FROM ({last}) AS stood GROUP BY state""",
            {
                "directive": directive,
                "level": level,
                "known": as_of.known,
                "at": utc_text(as_of.at),
                "retired": RETIRED,
                "first": first_path,
                "last": last_path,
                "today": today.isoformat(),
            },
        ):
            counted[row["state"]] = row["number"]
            counted["later"] += row["later"]
        return counted

    def apply(self, change: Change) -> None:
        """Note how the task stood from each event on that changed it."""
        for event, before, after, _ in change.steps:
            if event.version == 1 or (after.tally, after.due) != (before.tally, before.due):
                state = stage_of(after.tally)
                due = None if after.due is None else after.due.isoformat()
                at, unit = utc_text(event.occurred_at), change.unit
                self._pending.append((change.directive.id, unit.level, unit.code, event.position, at, state, due))

    def flush(self) -> None:
        """Write what was noted."""
        if self._pending:
            self._cursor.executemany(ACTS.insert, self._pending)
            self._pending.clear()
