"""Commands and their write transaction: look a command up, decide on what stands, append, update the tables."""

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from directives.model.command import Command
from directives.model.errors import CommandIdReused
from directives.model.event import Event, RecordedEvent
from directives.store.application import Ledger
from directives.store.tables import Tables


class Done(NamedTuple):
    """A command that was carried out: what it asked for, and the events that it caused."""

    digest: str
    events: list[RecordedEvent]

    @property
    def positions(self) -> tuple[int | None, int | None]:
        """Those of the first and the last event; None of a command that caused none."""
        return (self.events[0].position, self.events[-1].position) if self.events else (None, None)


class Transaction:
    """The events, tables and commands of one write transaction.

    They are kept in memory until `write`; nothing is visible to others before the transaction commits.
    """

    def __init__(self, ledger: Ledger, cursor: sqlite3.Cursor) -> None:
        self.tables = Tables(cursor)
        self._ledger = ledger
        self._cursor = cursor
        last = ledger.rows.last_event(cursor)
        before = None if last is None else ledger.event(last)
        self.position = 0 if before is None else before.position
        self._recorded_at = None if before is None else before.recorded_at
        self._waiting: dict[str, Done] = {}

    def recorded_at(self, now: datetime) -> datetime:
        """``now``, or the moment of the event before where that is later: never backwards, whatever the clock does."""
        self._recorded_at = now if self._recorded_at is None else max(now, self._recorded_at)
        return self._recorded_at

    def earlier(self, command: Command) -> list[RecordedEvent] | None:
        """The events of an earlier run of ``command``; None when it was never carried out.

        Raises:
            CommandIdReused: its id was used for another command.
        """
        found = self._waiting.get(command.command_id) or self._stored(command.command_id)
        if found is not None and found.digest != digest(command):
            raise CommandIdReused(
                f"command id: {command.command_id} was used for another command: give this one an id of its own"
            )
        return None if found is None else found.events

    def _stored(self, command_id: str) -> Done | None:
        row = self._cursor.execute(
            "SELECT digest, first, last FROM commands WHERE command_id = ?", (command_id,)
        ).fetchone()
        if row is None:
            return None
        rows = [] if row["first"] is None else self._ledger.rows.between(self._cursor, row["first"], row["last"])
        return Done(row["digest"], [*map(self._ledger.event, rows)])

    def done(self, command: Command, events: list[RecordedEvent]) -> None:
        """Remember that ``command`` was carried out and caused ``events``; quiet ones too."""
        self._waiting[command.command_id] = Done(digest(command), events)

    def write(self) -> None:
        """Append the events, write the tables and the commands."""
        events = [event for done in self._waiting.values() for event in done.events]
        self._ledger.rows.append(self._cursor, [self._ledger.stored(event) for event in events])
        self.tables.flush()
        self._cursor.executemany(
            "INSERT INTO commands VALUES (?, ?, ?, ?)",
            [(name, done.digest, *done.positions) for name, done in self._waiting.items()],
        )
        self._waiting.clear()


class UnitOfWork:
    """One command in its transaction: `record` stamps facts with their envelope and takes them into the tables."""

    def __init__(self, transaction: Transaction, command: Command, now: datetime) -> None:
        self.tables = transaction.tables
        self.occurred_at = command.occurred_at or now
        self.now = now
        self.events: list[RecordedEvent] = []
        self._transaction = transaction
        self._command = command
        self._recorded_at = transaction.recorded_at(now)

    def record(self, stream: str, version: int, facts: Iterable[Event]) -> None:
        """Stamp ``facts`` as the events that follow ``version`` in ``stream``, and take them into the tables."""
        recorded = [self._stamped(stream, version + number, fact) for number, fact in enumerate(facts, start=1)]
        self.events += recorded
        self.tables.apply(recorded)

    def _stamped(self, stream: str, version: int, fact: Event) -> RecordedEvent:
        self._transaction.position += 1
        return RecordedEvent(
            position=self._transaction.position,
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
        """Leave the events to the transaction, and remember the command."""
        self._transaction.done(self._command, self.events)


def digest(command: Command) -> str:
    """SHA-256 of what ``command`` asks for; its id and the way it came are left out."""
    asked = command.model_dump_json(exclude={"command_id", "source"})
    return hashlib.sha256(f"{type(command).__name__}{asked}".encode()).hexdigest()
