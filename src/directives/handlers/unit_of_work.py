"""Commands and their write transaction: look a command up, decide on what stands, append, update the tables."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic_core import PydanticSerializationError, to_json

from directives.domain.command import Command
from directives.domain.errors import CommandIdReused, InvalidInput
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import unit_of
from directives.domain.task import TaskCommand
from directives.projections.tables import Tables
from directives.store.event_store import Ledger
from directives.store.keys import sealed
from directives.store.mapper import row_of


def _positions(events: Sequence[RecordedEvent]) -> tuple[int | None, int | None]:
    return (events[0].position, events[-1].position) if events else (None, None)


class Transaction:
    """The events, tables and commands of one write transaction.

    They are kept in memory until `write`; nothing is visible to others before the transaction commits.
    """

    def __init__(self, ledger: Ledger, cursor: sqlite3.Cursor) -> None:
        self.tables = Tables(cursor)
        self.keys = ledger.rows.keys
        self._ledger = ledger
        self._cursor = cursor
        last = ledger.rows.last_event(cursor)
        self.position = 0 if last is None else last[0]
        self._recorded_at = None if last is None else datetime.fromisoformat(last[1])
        self._waiting: dict[str, list[RecordedEvent]] = {}
        self._digests: dict[str, str | None] = {}

    def recorded_at(self, now: datetime) -> datetime:
        """``now``, or the moment of the event before where that is later: never backwards, whatever the clock does."""
        self._recorded_at = now if self._recorded_at is None else max(now, self._recorded_at)
        return self._recorded_at

    def earlier(self, command: Command) -> list[RecordedEvent] | None:
        """The events of an earlier run of ``command``; None when it was never carried out.

        Raises:
            CommandIdReused: its id was used for another command.
        """
        if not self.repeats(command):
            return None
        row = self._cursor.execute(
            "SELECT first, last FROM commands WHERE command_id = ?", (command.command_id,)
        ).fetchone()
        rows = [] if row["first"] is None else self._ledger.rows.between(self._cursor, row["first"], row["last"])
        return [*map(self._ledger.event, rows)]

    def repeats(self, command: Command) -> bool:
        """Whether ``command`` was carried out before.

        Raises:
            CommandIdReused: its id was used for another command.
        """
        if command.command_id not in self._digests:
            self._expect_ids([command.command_id])
        before = self._digests[command.command_id]
        if before is not None and before != digest(command):
            raise CommandIdReused(
                "command id: {command_id} was used for another command: give this one an id of its own",
                command_id=command.command_id,
            )
        return before is not None

    def expect(self, commands: Iterable[Command]) -> None:
        """Look up at once what ``commands`` will ask for: their ids, and the units and the states of tasks."""
        given = [*commands]
        self._expect_ids(command.command_id for command in given)
        tasks = (command.task.removeprefix("task/") for command in given if isinstance(command, TaskCommand))
        self.tables.expect_tasks((f"task/{task}" for task in tasks), (unit_of(each.office) for each in given))

    def _expect_ids(self, names: Iterable[str]) -> None:
        wanted = [*names]
        rows = self._cursor.execute(
            "SELECT command_id, digest FROM json_each(?) CROSS JOIN commands ON command_id = value",
            (json.dumps(wanted),),
        )
        self._digests.update(dict.fromkeys(wanted))
        self._digests.update({row["command_id"]: row["digest"] for row in rows})

    def done(self, command: Command, events: list[RecordedEvent]) -> None:
        """Remember that ``command`` was carried out and caused ``events``; quiet ones too."""
        self._digests[command.command_id] = digest(command)
        self._waiting[command.command_id] = events

    def write(self) -> None:
        """Append the events, write the tables and the commands."""
        events = [event for caused in self._waiting.values() for event in caused]
        self._ledger.rows.append(self._cursor, map(row_of, events))
        self.tables.flush()
        self._cursor.executemany(
            "INSERT INTO commands VALUES (?, ?, ?, ?)",
            [(name, self._digests[name], *_positions(events)) for name, events in self._waiting.items()],
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

    def record(self, stream: str, version: int, facts: Iterable[Event], not_before: datetime | None = None) -> None:
        """Stamp ``facts`` as the events that follow ``version`` in ``stream``, and take them into the tables.

        They happened when the command says, but ``not_before`` that moment.
        """
        at = self.occurred_at if not_before is None else max(self.occurred_at, not_before)
        recorded = [self._stamped(stream, version + number, fact, at) for number, fact in enumerate(facts, start=1)]
        self.events += recorded
        self.tables.apply(recorded)

    def _stamped(self, stream: str, version: int, fact: Event, at: datetime) -> RecordedEvent:
        self._transaction.position += 1
        return RecordedEvent.of_valid(
            {
                "position": self._transaction.position,
                "stream": stream,
                "version": version,
                "name": fact.NAME,
                "occurred_at": at,
                "recorded_at": self._recorded_at,
                "actor": self._command.acting,
                "office": self._command.office,
                "source": self._command.source,
                "command_id": self._command.command_id,
                "data": sealed(fact, stream, self._transaction.keys),
            }
        )

    def finish(self) -> None:
        """Leave the events to the transaction, and remember the command."""
        self._transaction.done(self._command, self.events)


def digest(command: Command) -> str:
    """SHA-256 of what ``command`` asks for; its id, the way it came and personal values are left out.

    Raises:
        InvalidInput: it holds a text that cannot be stored.
    """
    try:
        written = command.__pydantic_serializer__.to_json(command)
    except PydanticSerializationError as error:
        raise InvalidInput(
            "{deed}: holds what is no Unicode text: {error}", deed=command.deed(), error=error
        ) from error
    # Both are texts between the fields that every command begins with, and stand there once; to leave them out in
    # writing takes twice as long.
    asked = written.replace(b'"command_id":%b,' % to_json(command.command_id), b"", 1)
    asked = asked.replace(b',"source":%b' % to_json(command.source), b"", 1)
    return hashlib.sha256(type(command).__name__.encode() + asked).hexdigest()
