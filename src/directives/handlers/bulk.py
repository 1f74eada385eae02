"""Many commands at once, in chunks: all or nothing, or each for itself with a report of the refusals."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from directives.domain.command import Command
from directives.domain.errors import DirectivesError, StoreError
from directives.domain.event import RecordedEvent
from directives.domain.task import TaskCommand
from directives.domain.values import Model
from directives.handlers.decide import decided
from directives.handlers.unit_of_work import Transaction
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Message
from directives.store.event_store import Ledger
from directives.store.gc_paused import collecting_later
from directives.store.progress import Progress

CHUNK = 1000
"""Commands that are kept in memory and written together; without all-or-nothing, also those of one transaction."""


class Refusal(Model):
    """A command that was not carried out: its number from 1 (or its line), its id, the error's class, and its words."""

    line: int
    command_id: str | None
    error: str
    message: str


class Carried(Model):
    """What became of many commands: each is done, changed nothing, was carried out before, or is refused."""

    commands: int = 0
    done: int = 0
    nothing: int = 0
    before: int = 0
    events: int = 0
    refused: tuple[Refusal, ...] = ()


class Numbered(NamedTuple):
    """A command, or why there is none, with its number from 1 or its line."""

    number: int
    command: Command | DirectivesError


class OnlyLooked(Exception):
    """Rolls back what was only looked at."""


@dataclass(frozen=True)
class How:
    """How many commands are carried out.

    Attributes:
        what: what a number counts, for messages: ``line``.
        total: how many there are, for progress.
        keep_going: leave refused ones out, and commit chunk by chunk; else the first refusal leaves all as it was.
        dry_run: go through all, and leave everything as it was.
        lang: the language in which refusals are told.
    """

    what: str
    total: int
    keep_going: bool = False
    dry_run: bool = False
    lang: Lang = "en"


def carry_out(
    ledger: Ledger, given: Iterable[Numbered], checked: Callable[[Command], datetime], how: How, progress: Progress
) -> Carried:
    """Carry commands out, in their order.

    Args:
        checked: the present moment, after a look at the command.
        progress: told how many of how many are done.

    Raises:
        DirectivesError: the first refusal, with its number, unless they are left out; or the store cannot be used.
    """
    waiting, carried = iter(given), Carried()
    if how.keep_going and not how.dry_run:
        while chunk := [*islice(waiting, CHUNK)]:
            try:
                with ledger.rows.writing() as cursor:
                    found = _Chunk(ledger, cursor, checked, how).carry_out(chunk)
            except StoreError as error:
                so_far = Message(
                    "{error} (the first {number} were carried out, and the same again goes on from there)",
                    error=error.message,
                    number=carried.commands,
                )
                raise type(error)(so_far) from error
            carried = _sum(carried, found)
            progress(carried.commands, how.total)
        return carried
    with suppress(OnlyLooked), ledger.rows.writing() as cursor:
        while chunk := [*islice(waiting, CHUNK)]:
            carried = _sum(carried, _Chunk(ledger, cursor, checked, how).carry_out(chunk))
            progress(carried.commands, how.total)
        if how.dry_run:
            raise OnlyLooked
    return carried


def _sum(one: Carried, other: Carried) -> Carried:
    return Carried.model_validate({name: value + getattr(other, name) for name, value in one})


class _Chunk:
    """Some commands of a write transaction; what they change is written together."""

    def __init__(
        self, ledger: Ledger, cursor: sqlite3.Cursor, checked: Callable[[Command], datetime], how: How
    ) -> None:
        self._ledger, self._cursor, self._checked, self._how = ledger, cursor, checked, how
        self._transaction = Transaction(ledger, cursor)
        self._counted = Counter[str]()

    def carry_out(self, chunk: Sequence[Numbered]) -> Carried:
        """Carry the commands out, in their order."""
        with collecting_later():
            return self._carried_out(chunk)

    def _carried_out(self, chunk: Sequence[Numbered]) -> Carried:
        refused: list[Refusal] = []
        self._transaction.expect(command for _, command in chunk if isinstance(command, Command))
        for number, command in chunk:
            self._counted["commands"] += 1
            try:
                self._one(command)
            except DirectivesError as error:
                if not (self._how.keep_going or self._how.dry_run) or isinstance(error, StoreError):
                    what = Message(self._how.what)
                    numbered = Message("{what} {number}: {error}", what=what, number=number, error=error.message)
                    raise type(error)(numbered) from error
                name, said = getattr(command, "command_id", None), say_message(error.message, self._how.lang)
                refused.append(Refusal(line=number, command_id=name, error=type(error).__name__, message=said))
        self._transaction.write()
        return Carried.model_validate({**self._counted, "refused": refused})

    def _one(self, command: Command | DirectivesError) -> None:
        if isinstance(command, DirectivesError):
            raise command
        now = self._checked(command)
        if self._transaction.repeats(command):
            self._counted["before"] += 1
            return
        on_task = isinstance(command, TaskCommand)
        events = decided(self._transaction, command, now) if on_task else self._apart(command, now)
        self._counted["done" if events else "nothing"] += 1
        self._counted["events"] += len(events)

    def _apart(self, command: Command, now: datetime) -> list[RecordedEvent]:
        """Those of several steps, of which a later one may be refused: what came before is written first."""
        self._transaction.write()
        self._cursor.execute("SAVEPOINT command")
        try:
            events = decided(self._transaction, command, now)
        except DirectivesError:
            self._cursor.execute("ROLLBACK TO command")
            self._cursor.execute("RELEASE command")
            self._transaction = Transaction(self._ledger, self._cursor)
            raise
        self._transaction.write()
        self._cursor.execute("RELEASE command")
        return events
