"""One command, one write transaction: look the command up, decide on what stands, append, update the tables."""

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from directives.model.command import Command
from directives.model.errors import CommandIdReused
from directives.model.event import Event, RecordedEvent
from directives.store.application import Ledger
from directives.store.tables import Tables


class UnitOfWork:
    """The transaction of one command.

    `record` stamps facts with their envelope and takes them into the tables; nothing is visible to others before the
    transaction commits.
    """

    def __init__(self, ledger: Ledger, cursor: sqlite3.Cursor, command: Command, now: datetime) -> None:
        self.tables = Tables(cursor)
        self.occurred_at = command.occurred_at or now
        self.now = now
        self.events: list[RecordedEvent] = []
        self._ledger = ledger
        self._cursor = cursor
        self._command = command
        last = ledger.rows.last_event(cursor)
        before = None if last is None else ledger.event(last)
        self._position = 0 if before is None else before.position
        # Never backwards in log order, whatever the clock does.
        self._recorded_at = now if before is None else max(now, before.recorded_at)

    def earlier(self) -> list[RecordedEvent] | None:
        """The events of an earlier run of the command; None when it was never carried out.

        Raises:
            CommandIdReused: its id was used for another command.
        """
        row = self._cursor.execute(
            "SELECT digest, first, last FROM commands WHERE command_id = ?", (self._command.command_id,)
        ).fetchone()
        if row is None:
            return None
        if row["digest"] != digest(self._command):
            raise CommandIdReused(
                f"command id: {self._command.command_id} was used for another command: give this one an id of its own"
            )
        if row["first"] is None:
            return []
        return [
            self._ledger.event(stored) for stored in self._ledger.rows.between(self._cursor, row["first"], row["last"])
        ]

    def record(self, stream: str, version: int, facts: Iterable[Event]) -> None:
        """Stamp ``facts`` as the events that follow ``version`` in ``stream``, and take them into the tables."""
        recorded = [self._stamped(stream, version + number, fact) for number, fact in enumerate(facts, start=1)]
        self.events += recorded
        self.tables.apply(recorded)

    def _stamped(self, stream: str, version: int, fact: Event) -> RecordedEvent:
        self._position += 1
        return RecordedEvent(
            position=self._position,
            stream=stream,
            version=version,
            name=fact.NAME,
            occurred_at=self.occurred_at,
            recorded_at=self._recorded_at,
            actor=self._command.acting,
            office=self._command.office,
            source=self._command.source,
            command_id=self._command.command_id,
            data=fact,
        )

    def finish(self) -> None:
        """Append the events, write the tables and remember the command, quiet ones too."""
        self._ledger.rows.append(self._cursor, [self._ledger.stored(event) for event in self.events])
        self.tables.flush()
        first, last = (self.events[0].position, self.events[-1].position) if self.events else (None, None)
        self._cursor.execute(
            "INSERT INTO commands VALUES (?, ?, ?, ?)",
            (self._command.command_id, digest(self._command), first, last),
        )


def digest(command: Command) -> str:
    """SHA-256 of what ``command`` asks for; its id and the way it came are left out."""
    asked = command.model_dump_json(exclude={"command_id", "source"})
    return hashlib.sha256(f"{type(command).__name__}{asked}".encode()).hexdigest()
