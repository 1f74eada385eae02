"""Commands and their write transaction: look a command up, stamp its facts, append them, update the read models."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from directives.domain.command import Command, asked_by
from directives.domain.errors import ClockInDoubt, CommandIdReused, StoreUnusable
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import unit_of
from directives.domain.person import PERSON, may_hold_personal, sealed_in
from directives.domain.task.commands import OwnAct, TaskCommand
from directives.domain.task.many import AcknowledgeTasks
from directives.i18n.message import MomentIn
from directives.projections.read_models import ReadModels
from directives.store import command_log
from directives.store.command_log import Logged, Span
from directives.store.event_store import EventStore
from directives.store.keyed_digest import KeyedDigest, differs, keyed_digest
from directives.store.keys import key_missing, sealed
from directives.store.mapper import row_of
from directives.store.session import Session

LONG = timedelta(days=180)
"""A clock that lies further after the last entry may be wrong, as one set to next year is."""


class Transaction:
    """The events, read models and commands of one write transaction.

    They are kept in memory until `write`; nothing is visible to others before the transaction commits.
    """

    def __init__(self, store: EventStore, session: Session, *, clock_is_right: bool = False) -> None:
        self.session = session
        self._clock_is_right = clock_is_right
        self.models = ReadModels(session, self._past)
        self.keys = store.keys
        self._store = store
        last = store.event_log.last_event(session)
        self.position = 0 if last is None else last.position
        self._recorded_at = None if last is None else last.recorded_at
        self._waiting: dict[str, Sequence[RecordedEvent]] = {}
        self._logged: dict[str, Logged | None] = {}
        self._lost = set[str]()
        self._read: dict[str, list[RecordedEvent]] = {}

    def _past(self, stream: str) -> list[RecordedEvent]:
        """The events of a stream that are in the log; of the one that was read last, they are not read again."""
        if stream not in self._read:
            self._read = {stream: self._store.stream(self.session, stream)}
        return self._read[stream]

    def recorded_at(self, now: datetime) -> datetime:
        """``now``, or the moment of the event before where that is later: never backwards, whatever the clock does.

        Raises:
            ClockInDoubt: it lies far after that, and nobody said that the clock is right.
        """
        if self._recorded_at is not None and now - self._recorded_at > LONG and not self._clock_is_right:
            raise ClockInDoubt(
                "clock: this machine says {now}, and the last entry is of {last}: set the clock, or "
                "give --clock-is-right",
                reason="clock-in-doubt",
                now=MomentIn(now.replace(second=0, microsecond=0)),
                last=MomentIn(self._recorded_at.replace(second=0, microsecond=0)),
            )
        self._recorded_at = now if self._recorded_at is None else max(now, self._recorded_at)
        return self._recorded_at

    def repeats(self, command: Command, former: Command | None = None) -> bool:
        """Whether ``command`` was carried out before.

        If only ``former`` was, the same command under the id that an earlier version gave it, ``command`` is remembered
        with the events of that run.

        Raises:
            CommandIdReused: its id was used for another command.
            StoreUnusable: it was, and what it recorded is not in the store any more.
        """
        for each in (command, former):
            if each is not None and each.command_id not in self._logged:
                self._expect_ids([each.command_id])
        if self._before(command) is not None:
            return True
        before = None if former is None else self._before(former)
        if before is not None:
            self._remember(command, before.span, (), _persons_in(before))
        return before is not None

    def _before(self, command: Command) -> Logged | None:
        logged = self._logged[command.command_id]
        if logged is None:
            return None
        if command.command_id in self._lost:
            raise StoreUnusable(
                "store: the events of command {command_id} are missing: restore it from a backup",
                command_id=command.command_id,
            )
        if not logged.digest:
            raise CommandIdReused(
                "command id: {command_id} was carried out, and its command is no longer on record: "
                "see what it recorded with directives log",
                command_id=command.command_id,
            )
        if logged.digest != digest(command):
            raise CommandIdReused(
                "command id: {command_id} was used for another command: give this one its own id",
                command_id=command.command_id,
            )
        if logged.personal is not None:
            self._require_same_values(command, logged.personal)
        return logged

    def _require_same_values(self, command: Command, recorded: str) -> None:
        persons = KeyedDigest.read(recorded).persons
        keys = self.keys.looked_up(persons)
        for person in persons:
            if person not in keys and not self.models.states.of(PERSON, person)[0].erased:
                raise key_missing(person)
        if differs(command, recorded, keys):
            raise CommandIdReused(
                "command id: {command_id} was used for the same command with other personal values, "
                "which stand: to record these too, give it its own command id",
                command_id=command.command_id,
            )

    def earlier(self, command: Command) -> list[RecordedEvent]:
        """The events of an earlier run of ``command``, which `repeats` that."""
        logged = self._logged[command.command_id]
        if logged is None or logged.span.first is None or logged.span.last is None:
            return []
        return self._store.between(self.session, logged.span.first, logged.span.last)

    def expect(self, commands: Iterable[Command], former: Iterable[Command] = ()) -> None:
        """Look up at once what ``commands`` will ask for: their ids, and the units and the states of tasks.

        Of the ``former`` ones, see `repeats`, only the ids.
        """
        expected = [*commands]
        self._expect_ids(command.command_id for command in (*expected, *former))
        tasks = (command.task.removeprefix("task/") for command in expected if isinstance(command, TaskCommand))
        self.models.expect((f"task/{task}" for task in tasks), (unit_of(each.office) for each in expected))

    def _expect_ids(self, command_ids: Iterable[str]) -> None:
        wanted = [*command_ids]
        if wanted:
            found = command_log.logged(self.session, wanted)
            self._logged |= dict.fromkeys(wanted) | found
            self._lost |= command_log.without_events(self.session, found) if found else set()
            self.keys.looked_up({person for each in found.values() for person in _persons_in(each)})

    def remember(self, command: Command, events: Sequence[RecordedEvent]) -> None:
        """Remember that ``command`` was carried out and caused ``events``; quiet ones too."""
        telling = [event.data for event in events if may_hold_personal(type(event.data))]
        told_of = {value.person for data in telling for value in sealed_in(data).values()}
        self._remember(command, Span.of(events), events, told_of)

    def _remember(
        self, command: Command, span: Span, events: Sequence[RecordedEvent], persons: Collection[str]
    ) -> None:
        personal = keyed_digest(command, [*persons], self.keys.looked_up(persons)) if persons else None
        written = None if personal is None else str(personal)
        self._logged[command.command_id] = Logged(digest(command), span, written)
        self._waiting[command.command_id] = events

    def write(self) -> None:
        """Append the events, write the read models and the commands."""
        events = [event for caused in self._waiting.values() for event in caused]
        self._store.event_log.append(self.session, map(row_of, events))
        self.models.flush()
        remembered = ((command_id, self._logged[command_id]) for command_id in self._waiting)
        command_log.remember(self.session, {name: logged for name, logged in remembered if logged is not None})
        self._waiting.clear()
        self._read.clear()


def _persons_in(logged: Logged) -> Sequence[str]:
    """Those under whose keys the personal values of a command on record have a digest."""
    return () if logged.personal is None else KeyedDigest.read(logged.personal).persons


class UnitOfWork:
    """One command in its transaction: `record` stamps facts with their envelope, and the read models take them in.

    Attributes:
        occurred_at: when what the command says happened; a handler that knows better sets it.
        now: the present moment.
        events: what was recorded so far.
    """

    def __init__(self, transaction: Transaction, command: Command, now: datetime) -> None:
        self.models = transaction.models
        self.keys = transaction.keys
        self.occurred_at = min(command.occurred_at or now, now)
        self.now = now
        self.events: list[RecordedEvent] = []
        self._transaction = transaction
        self._command = command
        self._on_behalf_of = command.on_behalf_of if isinstance(command, OwnAct | AcknowledgeTasks) else None
        self._recorded_at = transaction.recorded_at(now)

    def record(self, stream: str, version: int, facts: Iterable[Event], not_before: datetime | None = None) -> None:
        """Stamp ``facts`` as the events that follow ``version`` in ``stream``, and let the read models take them in.

        They happened when the command says, but ``not_before`` that moment.
        """
        at = self.occurred_at if not_before is None else max(self.occurred_at, not_before)
        recorded = [self._stamped(stream, version + number, fact, at) for number, fact in enumerate(facts, start=1)]
        self.events += recorded
        self.models.apply(recorded)

    def after_commit(self, deed: Callable[[], object]) -> None:
        """Have ``deed`` done once the transaction is committed."""
        self._transaction.session.after_commit(deed)

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
                "on_behalf_of": self._on_behalf_of,
                "data": sealed(fact, stream, self.keys),
            }
        )


def digest(command: Command) -> str:
    """SHA-256 of what ``command`` asks for; its id, the way it came and personal values are left out.

    Raises:
        InvalidInput: it holds a text that cannot be stored.
    """
    return hashlib.sha256(type(command).__name__.encode() + asked_by(command)).hexdigest()
