"""Many commands at once, in chunks: all or nothing, or each for itself with a report of the refusals."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from pydantic import Field, JsonValue

from directives.domain.command import Command
from directives.domain.errors import DirectivesError, StoreError
from directives.domain.event import RecordedEvent
from directives.domain.task.commands import UNDOING, TaskCommand
from directives.domain.values import Model
from directives.handlers.carry_out import carry_out, was_carried_out
from directives.handlers.unit_of_work import Transaction
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Message
from directives.store.event_store import EventStore
from directives.store.progress import Progress
from directives.store.session import Session

CHUNK = 1000
"""Commands that are kept in memory and written together; without all-or-nothing, also those of one transaction."""


class Refusal(Model):
    """A command that was not carried out: its number from 1 (or its line), its id, and the error.

    Of the error it has the class, the words, and the reason and facts as `DirectivesError` has them.
    """

    line: int
    command_id: str | None
    error: str
    message: str
    reason: str | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Carried(Model):
    """What became of many commands: each is done, changed nothing, was carried out before, or is refused."""

    commands: int = 0
    done: int = 0
    nothing: int = 0
    before: int = 0
    events: int = 0
    refused: tuple[Refusal, ...] = ()


class Numbered(NamedTuple):
    """A command, or why there is none, with its number from 1 or its line.

    ``former`` is the same command under the id that an earlier version gave it, if there is one.
    """

    number: int
    command: Command | DirectivesError
    former: Command | None = None


class DryRun(Exception):
    """Rolls back what was only looked at."""


@dataclass(frozen=True)
class BulkOptions:
    """How many commands are carried out.

    Attributes:
        what: what a number counts, for messages: ``line``.
        total: how many there are, for progress.
        keep_going: leave refused ones out, and commit chunk by chunk; else the first refusal leaves all as it was.
        dry_run: go through all, and leave everything as it was.
        clock_is_right: record though the clock lies far after the last entry.
        lang: the language in which refusals are told.
    """

    what: str
    total: int
    keep_going: bool = False
    dry_run: bool = False
    clock_is_right: bool = False
    lang: Lang = "en"


def carry_out_all(
    store: EventStore,
    numbered: Iterable[Numbered],
    checked: Callable[[Command], datetime],
    options: BulkOptions,
    progress: Progress,
) -> Carried:
    """Carry commands out, in their order.

    Args:
        checked: the present moment, after a look at the command.
        progress: told how many of how many are done.

    Raises:
        DirectivesError: the first refusal, with its number, unless they are left out; or the store cannot be used.
    """
    chunks, carried = _chunks_of(numbered), Carried()
    if options.keep_going and not options.dry_run:
        for chunk in chunks:
            with _told_how_far(carried), store.writing() as session:
                done = _Chunk(store, session, checked, options).carry_out(chunk)
            carried = _sum(carried, done)
            progress(carried.commands, options.total)
        return carried
    with suppress(DryRun), store.writing() as session:
        for chunk in chunks:
            carried = _sum(carried, _Chunk(store, session, checked, options).carry_out(chunk))
            progress(carried.commands, options.total)
        if options.dry_run:
            raise DryRun
    return carried


def _chunks_of(numbered: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    waiting = iter(numbered)
    while chunk := [*islice(waiting, CHUNK)]:
        yield chunk


@contextmanager
def _told_how_far(carried: Carried) -> Generator[None]:
    """Let an error of the store say what was carried out before it."""
    try:
        yield
    except StoreError as error:
        so_far = Message(
            "{error} (the first {number} {number:was|were} carried out; run it again to continue from there)",
            error=error.message,
            number=carried.commands,
        )
        raise error.retold(so_far) from error


def _sum(one: Carried, other: Carried) -> Carried:
    return Carried.model_validate({name: value + getattr(other, name) for name, value in one})


class _Chunk:
    """Some commands of a write transaction; what they change is written together."""

    def __init__(
        self, store: EventStore, session: Session, checked: Callable[[Command], datetime], options: BulkOptions
    ) -> None:
        self._store, self._session, self._checked, self._options = store, session, checked, options
        self._transaction = self._begin()
        self._counted = Counter[str]()

    def _begin(self) -> Transaction:
        return Transaction(self._store, self._session, clock_is_right=self._options.clock_is_right)

    def carry_out(self, chunk: Sequence[Numbered]) -> Carried:
        """Carry the commands out, in their order."""
        refused: list[Refusal] = []
        commands = (each.command for each in chunk if isinstance(each.command, Command))
        self._transaction.expect(commands, (each.former for each in chunk if each.former is not None))
        for number, command, former in chunk:
            self._counted["commands"] += 1
            try:
                self._one(command, former)
            except DirectivesError as error:
                if not (self._options.keep_going or self._options.dry_run) or isinstance(error, StoreError):
                    what = Message(self._options.what)
                    numbered = Message("{what} {number}: {error}", what=what, number=number, error=error.message)
                    raise error.of_line(number, numbered) from error
                command_id, name = getattr(command, "command_id", None), type(error).__name__
                message = say_message(error.message, self._options.lang)
                refusal = Refusal(line=number, command_id=command_id, error=name, message=message)
                refused.append(refusal.model_copy(update={"reason": error.reason, "facts": error.facts}))
        self._transaction.write()
        return Carried.model_validate({**self._counted, "refused": refused})

    def _one(self, command: Command | DirectivesError, former: Command | None) -> None:
        if isinstance(command, DirectivesError):
            raise command
        now = self._checked(command)
        if was_carried_out(self._transaction, command, now, former):
            self._counted["before"] += 1
            return
        on_task = isinstance(command, TaskCommand) and not isinstance(command, UNDOING)
        events = carry_out(self._transaction, command, now) if on_task else self._apart(command, now)
        self._counted["done" if events else "nothing"] += 1
        self._counted["events"] += len(events)

    def _apart(self, command: Command, now: datetime) -> list[RecordedEvent]:
        """Carry out one of several steps, of which a later one may be refused, or one that reads what is in the log.

        What came before is written first.
        """
        self._transaction.write()
        try:
            with self._session.savepoint():
                events = carry_out(self._transaction, command, now)
                self._transaction.write()
        except DirectivesError:
            self._transaction = self._begin()
            raise
        return events
