"""The only door: execute a command, ask a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self, TypedDict, TypeVar, Unpack, get_args

from pydantic import JsonValue, ValidationError

from directives.directive_kinds.registry import kinds, task_commands
from directives.domain.command import CLOCKS_DIFFER, Command
from directives.domain.document import Document, name_in
from directives.domain.errors import InvalidInput
from directives.domain.event import RecordedEvent
from directives.domain.meeting import RecordMeeting
from directives.domain.office import HEADQUARTERS, unit_of
from directives.domain.organisation.commands import FoundOrganisation, MoveUnit, RegisterUnits, RenameUnit, RetireUnit
from directives.domain.organisation.events import Registered
from directives.domain.organisation.units import LEVELS, Level, Unit
from directives.domain.person import ErasePerson
from directives.domain.personal import unit_of_person
from directives.domain.task.commands import (
    AcknowledgeTask,
    ExtendTask,
    ReassignTask,
    RecallTask,
    ReopenTask,
    RescheduleTask,
    ReturnTask,
    StrikeEvent,
    SubmitTask,
    TakeBackTask,
    VerifyTask,
    WaiveTask,
)
from directives.domain.task.state import Stage
from directives.domain.validation import cause_of, one_line, require_fit
from directives.domain.values import UNFIT, Text, day_of, fields_of_type, nfc
from directives.i18n.message import Lang, Message, MomentIn
from directives.projections.read_models import TABLES, ReadModels
from directives.projections.replay import replay
from directives.queries.directives import DirectiveView, directives, one_directive
from directives.queries.selection import EVERYTHING, Filter
from directives.queries.status import Status, status
from directives.store import evidence_register
from directives.store.event_store import EventStore
from directives.store.evidence import Staged
from directives.store.places import LOCK_TIMEOUT_SECONDS, Place, place_of
from directives.store.progress import Progress, no_progress
from directives.store.rebuild import Schema
from directives.store.session import Session

if TYPE_CHECKING:  # the rest is imported where it is used, so that one who only asks does not wait for it
    from directives.audit.bundle import Exported
    from directives.audit.receipts import Receipt
    from directives.domain.meeting import Minutes
    from directives.domain.task.many import SeenTask, TaskAct
    from directives.exchange.command_lines import WrittenCommands
    from directives.exchange.organisation_file import OrganisationFile
    from directives.handlers.bulk import BulkOptions, Carried, Numbered
    from directives.queries.board import Board, BoardOrder
    from directives.queries.daily import Daily
    from directives.queries.diff import Difference
    from directives.queries.evidence import EvidenceView
    from directives.queries.finding import Finding
    from directives.queries.history import HistoryEntry, LogEntry
    from directives.queries.meant import What
    from directives.queries.meetings import MeetingView
    from directives.queries.one_task import TaskDetails
    from directives.queries.persons import PersonExport, PersonView
    from directives.queries.records import Record
    from directives.queries.search import FoundUnit
    from directives.queries.task_record import TaskRecord
    from directives.queries.task_views import TaskView
    from directives.queries.tasks import By
    from directives.queries.to_act_on import TaskToActOn
    from directives.queries.todo import TodoTask
    from directives.queries.units import UnitView
    from directives.queries.waiting import WaitingTask
    from directives.store.copying import Copied
    from directives.store.rebuild import Rebuilt
    from directives.store.sqlite.packing import Packed

CommandType = TypeVar("CommandType", bound=Command)


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


SCHEMA = Schema(TABLES, replay)
"""The read models of a store."""


class Acting(TypedDict, total=False):
    """What every command takes besides its own fields: who acts, for which office, when, under which id."""

    office: str
    actor: str | None
    occurred_at: datetime | None
    command_id: str | None


class OfDay(TypedDict, total=False):
    """The day that a question is about, besides its own arguments; without any it is about now.

    Attributes:
        as_of: as it was true at the end of this day, by default now.
        known_at: as far as it was known at the end of this day, by default now; without ``as_of`` as of it too.
    """

    as_of: date | None
    known_at: date | None


class OwnActing(Acting, total=False):
    """What a command takes besides that says what a unit did: the unit for which an office above it records that."""

    on_behalf_of: str | None


class Tracker:
    """A store of directives, tasks and their history.

    ::

        with Tracker("sqlite:///:memory:", create=True) as tracker:
            tracker.found(read_organisation())

    Args:
        url: the path of a file, ``sqlite:///FILE`` or ``sqlite:///:memory:``; or that of a server,
            ``postgresql://USER@HOST/DATABASE?schema=NAME``, which takes the extra ``postgres`` (docs/operations.md).
        create: make an empty store when there is none (one in memory is always made).
        source: through what commands come, for the envelope of their events.
        clock: the present moment, with its time zone, in the years from 1900 to 2999; another answer is refused with
            `InvalidInput` by whatever asks it.
        clock_is_right: record though the clock lies far after the last entry.
        as_it_is: open a store of an older format too without bringing it up to date, to `audit` it.
        lock_timeout: how many seconds to wait for another process that writes.

    Raises:
        InvalidInput: ``url`` names no store.
        StoreMissing: there is no store, and ``create`` was not asked for.
        NotOurStore: what is there is no store of ours; it is left as it is.
        StoreError: it cannot be used.
    """

    def __init__(
        self,
        url: str | PathLike[str] = "sqlite:///directives.db",
        *,
        create: bool = False,
        source: str = "library",
        clock: Callable[[], datetime] = utc_now,
        clock_is_right: bool = False,
        as_it_is: bool = False,
        lock_timeout: float = LOCK_TIMEOUT_SECONDS,
    ) -> None:
        self._source = source
        self._clock = _checked_clock(clock)
        self._clock_is_right = clock_is_right
        self._place = place_of(url, lock_timeout)
        self._evidence = self._place.evidence
        self._store = _open(self._place, create=create, as_it_is=as_it_is)

    @property
    def has_recorded(self) -> bool:
        """Whether anything was recorded through this tracker, or kept as evidence."""
        return self._store.event_log.changed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the store go; one in memory is gone with it, and so is a file that was made and never written to."""
        if not self._store.event_log.opened_here:
            return  # it is the parent's to close
        self._place.leave(self._store)

    # Commands

    def execute(self, command: Command) -> tuple[RecordedEvent, ...]:
        """Carry ``command`` out, in one transaction, and return the events that it caused.

        A command whose id was carried out before changes nothing and returns the events of that time. One that asks
        for what is so already returns none.

        Raises:
            Refused: a rule says no; nothing was changed.
            InvalidInput, NotFound: what the command names is not allowed or does not exist; nothing was changed.
            ClockInDoubt: the clock lies far after the last entry; nothing was changed.
            CommandIdReused: its id was used for another command.
            StoreError: the store cannot be used.
        """
        return self._execute(command, ())

    def _execute(self, command: Command, evidence: Sequence[Staged]) -> tuple[RecordedEvent, ...]:
        """Carry ``command`` out, and keep the files that it hands in."""
        now = self._checked(command)
        with self._store.writing() as session:
            events = self._carried(session, command, now)
            self._keep(session, evidence)
        return tuple(events)

    def _carried(self, session: Session, command: Command, now: datetime) -> Sequence[RecordedEvent]:
        """The events of ``command``, carried out in a transaction; of an earlier time, if it was carried out then."""
        from directives.handlers.carry_out import carry_out, was_carried_out
        from directives.handlers.unit_of_work import Transaction

        transaction = Transaction(self._store, session, clock_is_right=self._clock_is_right)
        before = was_carried_out(transaction, command, now)
        events = transaction.earlier(command) if before else carry_out(transaction, command, now)
        transaction.write()
        return events

    def _keep(self, session: Session, evidence: Iterable[Staged]) -> None:
        for staged in evidence:
            evidence_register.register(session, staged.document)
            self._evidence.keep(session, staged)

    def execute_all(
        self,
        commands: Iterable[Command],
        *,
        keep_going: bool = False,
        dry_run: bool = False,
        progress: Progress = no_progress,
        lang: Lang = "en",
    ) -> Carried:
        """Carry many commands out, in their order and in chunks: all of them, or none.

        Commands that were carried out before are left out.

        Args:
            keep_going: leave refused ones out and report them, and commit chunk by chunk.
            dry_run: go through all, report what would be refused, and leave everything as it was.
            progress: told how many of how many are done.
            lang: the language in which refusals are told.

        Raises:
            DirectivesError: whatever `execute` raises about the first that is refused, with its number from 1, unless
                they are left out.
        """
        from directives.handlers.bulk import BulkOptions, Numbered

        sequence = commands if isinstance(commands, Sequence) else [*commands]
        numbered = (Numbered(*each) for each in enumerate(sequence, start=1))
        options = BulkOptions("command", len(sequence), keep_going=keep_going, dry_run=dry_run, lang=lang)
        return self._carry_out(numbered, options, progress)

    def import_commands(
        self,
        written: WrittenCommands,
        *,
        keep_going: bool = False,
        dry_run: bool = False,
        progress: Progress = no_progress,
        lang: Lang = "en",
    ) -> Carried:
        """Carry the commands of a file out, as `execute_all` does; refusals are told by line.

        Raises:
            InvalidInput: a line that is no command, with its number and field, unless refused ones are left out.
            DirectivesError: whatever `execute` raises about the first that is refused, likewise.
        """
        from directives.handlers.bulk import BulkOptions, Numbered

        numbered = (Numbered(*each) for each in written)
        options = BulkOptions("line", len(written), keep_going=keep_going, dry_run=dry_run, lang=lang)
        return self._carry_out(numbered, options, progress)

    def _carry_out(self, numbered: Iterable[Numbered], options: BulkOptions, progress: Progress) -> Carried:
        from directives.handlers.bulk import carry_out_all

        options = replace(options, clock_is_right=self._clock_is_right)
        return carry_out_all(self._store, numbered, self._checked, options, progress)

    def preview(self, command: Command, lang: Lang = "en") -> list[HistoryEntry]:
        """What `execute` would record, each with a sentence in ``lang``; nothing is changed.

        Raises:
            DirectivesError: whatever `execute` would raise.
        """
        from directives.handlers.bulk import DryRun
        from directives.handlers.carry_out import carry_out, was_carried_out
        from directives.handlers.unit_of_work import Transaction
        from directives.queries.history import narrated, narrator_of

        now = self._checked(command)
        entries: list[HistoryEntry] = []
        with suppress(DryRun), self._store.writing() as session:
            transaction = Transaction(self._store, session, clock_is_right=self._clock_is_right)
            if not was_carried_out(transaction, command, now):
                events = carry_out(transaction, command, now)
                transaction.models.flush()
                entries += narrated(events, narrator_of(transaction.models, lang, events))
            raise DryRun
        return entries

    def _checked(self, command: Command) -> datetime:
        """The present moment, before which, or at which, ``command`` must have happened."""
        if not isinstance(command, Command):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidInput("command: {command} is not a command", command=repr(command))
        require_fit(command)
        now = self._clock()
        if command.occurred_at is not None and command.occurred_at > now + CLOCKS_DIFFER:
            raise InvalidInput(
                "at: {occurred_at} is in the future: name a moment that has passed",
                reason="future",
                occurred_at=MomentIn(command.occurred_at),
            )
        return now

    def found(
        self,
        units: Sequence[Unit],
        *,
        levels: Sequence[Level] = LEVELS,
        zone: str = "Asia/Kolkata",
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Set an empty store up: ``units`` of ``levels``, whose days end at midnight of ``zone``.

        Nothing changes where its levels, zone and top unit are those, and it knows the code of each unit; how many of
        them stand otherwise by now, `differing_units` tells.

        Raises:
            InvalidOrganisation: the units are no tree of these levels.
            AlreadyRecorded: the store holds another organisation.
        """
        top = next((unit.code for unit in units if getattr(unit, "parent", "") is None), "none")  # refused for that
        envelope = _by_headquarters(top) | acting
        return self.make(FoundOrganisation, units=units, levels=levels, zone=zone, **envelope)

    def found_from(
        self,
        file: OrganisationFile,
        *,
        zone: str = "Asia/Kolkata",
        progress: Progress = no_progress,
        **acting: Unpack[Acting],
    ) -> int:
        """Set an empty store up with the units of a file of any length; returns how many were registered.

        A long one is registered part by part, each in a transaction of its own, after a check of the whole. Where that
        was interrupted, the same again goes on from there. Where all is there, nothing changes, as `found` has it.

        Args:
            progress: told how many units of how many are done.

        Raises:
            InvalidOrganisation: the units are no tree of the levels of the file.
            AlreadyRecorded: the store holds another organisation.
        """
        from directives.exchange.organisation_file import PART

        levels, done, registered = file.levels, 0, 0
        envelope = acting
        if len(file) <= PART:
            with file.told_by_line():
                events = self.found(file.all(), levels=levels, zone=zone, **acting)
            return sum(1 for event in events if isinstance(event.data, Registered))
        file.check()
        with file.told_by_line():
            there = 0
            for number, part in enumerate(file.parts(levels)):
                events: tuple[RecordedEvent, ...] = ()
                if not number:
                    envelope = _by_headquarters(part[0].code) | acting
                    fields = {"units": part, "levels": levels, "zone": zone, "more_follow": True}
                    events = self.make(FoundOrganisation, **fields, **envelope)
                    there = 0 if events else self._parts_there(file, levels)
                    envelope.pop("command_id", None)
                elif number >= there:
                    events = self.make(RegisterUnits, units=part, joining_only=True, **envelope)
                done += len(part)
                registered += sum(1 for event in events if isinstance(event.data, Registered))
                progress(done, len(file))
        return registered

    def _parts_there(self, file: OrganisationFile, levels: tuple[Level, ...]) -> int:
        """How many parts of a long file are there, where it was interrupted, or all.

        Raises:
            AlreadyRecorded: some units are there that it would have registered later.
        """
        from directives.domain.organisation.decisions import another_organisation
        from directives.queries.units import known_parts

        with self._reading() as models:
            there, rest = known_parts(models, file.parts(levels))
        if not rest:
            raise another_organisation()
        return there

    def differing_units(self, units: Iterable[Unit]) -> int:
        """How many of ``units`` stand otherwise in the store: renamed, moved or retired since, or not there."""
        from directives.queries.units import differing

        with self._reading() as models:
            return differing(models, units)

    def register(
        self,
        units: Sequence[Unit],
        *,
        retire_missing: bool = False,
        reason: str | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Bring the organisation up to date with ``units``: those that it lacks join, those that differ change.

        A unit that joins owes what its level owes, due no earlier than its joining day and the grace of the directive.

        Args:
            retire_missing: ``units`` is the whole organisation: those that it lacks retire.
            reason: why units move or retire, by default that the list has them so.

        Raises:
            AlreadyRecorded: such a unit stands at another level.
            UnitRetired: the parent of such a unit was retired, and is not among them.
            InvalidOrganisation: with them the organisation is no tree of its levels.
            NotEntitled: the office is neither of the unit that one joins or leaves nor above it.
        """
        fields = {"units": units, "retire_missing": retire_missing, "reason": reason}
        return self.make(RegisterUnits, **fields, **self._headquarters() | acting)

    def register_from(
        self,
        file: OrganisationFile,
        *,
        reason: str | None = None,
        progress: Progress = no_progress,
        **acting: Unpack[Acting],
    ) -> Counter[str]:
        """As `register`, with a file of any length, in one transaction; returns how many events of each name.

        Args:
            progress: told how many units of how many are done.

        Raises:
            DirectivesError: whatever `register` raises, with the line; nothing was changed.
        """
        from directives.exchange.organisation_file import PART
        from directives.handlers.carry_out import carry_out, was_carried_out
        from directives.handlers.unit_of_work import Transaction

        if len(file) <= PART:
            with file.told_by_line():
                events = self.register(file.all(), reason=reason, **acting)
            return Counter(event.name for event in events)
        caused, done = Counter[str](), 0
        envelope = self._headquarters() | acting
        with file.told_by_line(), self._store.writing() as session:
            for part in file.parts(ReadModels(session).states.organisation().levels):
                command = self.command(RegisterUnits, units=part, reason=reason, **envelope)
                # One each, so that memory does not grow.
                transaction = Transaction(self._store, session, clock_is_right=self._clock_is_right)
                now = self._checked(command)
                if not was_carried_out(transaction, command, now):
                    caused.update(event.name for event in carry_out(transaction, command, now))
                    transaction.write()
                envelope.pop("command_id", None)
                done += len(part)
                progress(done, len(file))
        return caused

    def rename(self, unit: str, name: Text, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Give the unit of that code another name, by an office there or above.

        Raises:
            UnknownUnit, UnitRetired, NotEntitled: there is none, it is no more, or another office must act.
        """
        return self.make(RenameUnit, code=unit, name=name, **self._headquarters() | acting)

    def move(self, unit: str, parent: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Move a unit, with all units below it, under ``parent``; its tasks and totals go along.

        An office at or above both the unit that it leaves and the one that it joins may.

        Raises:
            InvalidOrganisation: the top unit, or to a unit whose level is not above.
            UnknownUnit, UnitRetired, NotEntitled: there is none, it is no more, or another office must act.
        """
        return self.make(MoveUnit, code=unit, parent=parent, reason=reason, **self._headquarters() | acting)

    def retire(self, unit: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Retire a unit, by an office above: it owes nothing more, and its record stays.

        Raises:
            InvalidOrganisation: the top unit.
            UnitsBelow: move or retire those below it first.
            UnknownUnit, UnitRetired, NotEntitled: there is none, it is no more, or another office must act.
        """
        return self.make(RetireUnit, code=unit, reason=reason, **self._headquarters() | acting)

    def restore(
        self, unit: str, reason: str, *, parent: str | None = None, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """Restore a retired unit, with its tasks and its record; nothing when it is not retired.

        What is open is due on the later of its day and the day of the restoration plus the grace of the directive.

        Args:
            parent: the unit to which it reports; without it, that of before.

        Raises:
            InvalidOrganisation: the level of the parent is not above.
            UnknownUnit, UnitRetired, NotEntitled, OutOfOrder: there is none, its parent is no more, or a rule says no.
        """
        from directives.domain.organisation.commands import RestoreUnit

        return self.make(RestoreUnit, code=unit, reason=reason, parent=parent, **self._headquarters() | acting)

    def record_meeting(self, minutes: Minutes, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Record a meeting, issue its directives and assign them; dated, by default, the day that it was held.

        Raises:
            AlreadyRecorded: the meeting or a directive of that name stands with other content.
            UnknownUnit, UnknownLevel, UnknownKind, InvalidInput: the minutes do not fit the store.
        """
        return self.make(RecordMeeting, minutes=minutes, **self._headquarters() | acting)

    def issue(
        self,
        directive: str,
        kind: str,
        title: Text,
        parameters: Mapping[str, JsonValue] | None = None,
        *,
        grace_days: int = 0,
        backdating_days: int | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Issue a directive; nobody owes it before it is assigned.

        Args:
            grace_days: how many days after joining a unit has that joins later, where that is after the due day.
            backdating_days: how many days back a unit may date what it did; without it, as many as it likes.

        Raises:
            AlreadyRecorded: one of that id stands with other content.
            UnknownKind, InvalidInput: no such kind, or parameters that it does not have.
        """
        from directives.domain.directive.commands import IssueDirective

        return self.make(
            IssueDirective,
            directive=directive,
            kind=kind,
            title=title,
            parameters={} if parameters is None else parameters,
            grace_days=grace_days,
            backdating_days=backdating_days,
            **acting,
        )

    def assign(
        self, directive: str, level: str, scope: str, due: date, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """Let every unit of ``level`` at or below ``scope`` owe a task, due at the end of the day ``due``.

        Raises:
            OverlappingScope: the level is assigned there, above or below already.
            UnknownDirective, UnknownLevel, UnknownUnit, NotEntitled, InvalidInput: see their own words.
        """
        from directives.domain.directive.commands import AssignToLevel

        return self.make(AssignToLevel, directive=directive, level=level, scope=scope, due=due, **acting)

    def assign_to_units(
        self, directive: str, units: Sequence[str], due: date, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """Let each of these ``units``, at most 200 by their codes, owe a task, due at the end of the day ``due``.

        Raises:
            OverlappingScope: the level of one is assigned above it already.
            UnknownDirective, UnknownUnit, NotEntitled, InvalidInput: see their own words.
        """
        from directives.domain.directive.commands import AssignToUnits

        return self.make(AssignToUnits, directive=directive, units=units, due=due, **acting)

    def extend(
        self,
        directive: str,
        due: date,
        reason: str,
        *,
        level: str | None = None,
        scope: str | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Give one level in its scope, or every level that is open, until the end of the day ``due``.

        An office of the unit that issued the directive, or above, may.

        Raises:
            InvalidInput: a day that gives no more time, or a level without its scope.
            NotEntitled, DirectiveCompleted, DirectiveWithdrawn, OutOfOrder: a rule says no.
            UnknownDirective, UnknownLevel: it is not there, or not assigned so.
        """
        from directives.domain.directive.commands import ExtendDirective

        fields = {"directive": directive, "due": due, "reason": reason, "level": level, "scope": scope}
        return self.make(ExtendDirective, **fields, **acting)

    def reschedule(
        self,
        directive: str,
        due: date,
        reason: str,
        *,
        level: str | None = None,
        scope: str | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Set the due day of a level in its scope right, or that of every open one; also to an earlier day.

        Raises:
            InvalidInput: the day has passed, or a level is named without its scope.
            NotEntitled, DirectiveCompleted, DirectiveWithdrawn, OutOfOrder: a rule says no.
            UnknownDirective, UnknownLevel: there is none, or it is not assigned there.
        """
        from directives.domain.directive.commands import RescheduleDirective

        fields = {"directive": directive, "due": due, "reason": reason, "level": level, "scope": scope}
        return self.make(RescheduleDirective, **fields, **acting)

    def reinstate(
        self,
        directive: str,
        reason: str,
        *,
        level: str | None = None,
        scope: str | None = None,
        due: date | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Reinstate a withdrawn directive, or a level of it in its scope; nothing when it is in force.

        Args:
            due: the day until which open levels have time; without it, the day of before.

        Raises:
            InvalidInput: the day has passed, or a level is named without its scope.
            NotEntitled, DirectiveWithdrawn, OverlappingScope, UnitRetired, OutOfOrder: a rule says no.
            UnknownDirective, UnknownLevel: there is none, or that level was never withdrawn there.
        """
        from directives.domain.directive.commands import ReinstateDirective

        fields = {"directive": directive, "reason": reason, "level": level, "scope": scope, "due": due}
        return self.make(ReinstateDirective, **fields, **acting)

    def reopen(
        self, directive: str, level: str, scope: str, reason: str, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """Open a completed level again, so that units which joined it since owe a task; nothing when it is open.

        An office of the unit that issued the directive, or above, may.

        Raises:
            NothingToReopen: no unit joined since.
            NotEntitled, DirectiveWithdrawn, OutOfOrder: a rule says no.
            UnknownDirective, UnknownLevel: it is not there, or not assigned so.
        """
        from directives.domain.directive.commands import ReopenLevel

        return self.make(ReopenLevel, directive=directive, level=level, scope=scope, reason=reason, **acting)

    def amend(
        self,
        directive: str,
        reason: str,
        *,
        title: Text | None = None,
        parameters: Mapping[str, JsonValue] | None = None,
        grace_days: int | None = None,
        backdating_days: int | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Change what a directive asks for; tasks that are done keep their terms.

        An office of the unit that issued the directive, or above, may. Nothing when it asks for that already.

        Args:
            parameters: those that change; the others stay.

        Raises:
            InvalidInput: parameters that its kind does not have or allow.
            NotEntitled, DirectiveCompleted, DirectiveWithdrawn, OutOfOrder: a rule says no.
            UnknownDirective: there is none.
        """
        from directives.domain.directive.commands import AmendDirective

        fields = {"title": title, "parameters": parameters}
        fields |= {"grace_days": grace_days, "backdating_days": backdating_days}
        return self.make(AmendDirective, directive=directive, reason=reason, **fields, **acting)

    def acknowledge(self, task: str, **acting: Unpack[OwnActing]) -> tuple[RecordedEvent, ...]:
        """Say, for the unit, that it knows of its task, ``DIRECTIVE/UNIT``.

        Raises:
            NotEntitled: an office of another unit, or not above the one on whose behalf it acts.
            DatedTooFarBack: further back than the directive lets its units date what they did.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(AcknowledgeTask, task=task, **acting)

    def submit_report(
        self,
        task: str,
        document: str | PathLike[str],
        *,
        language: Literal["hi", "en"] | None = None,
        period_from: date | None = None,
        period_to: date | None = None,
        summary: str | None = None,
        **acting: Unpack[OwnActing],
    ) -> tuple[RecordedEvent, ...]:
        """Record the report in the file ``document``, and submit the task with it.

        Raises:
            InvalidDocument: the file is missing, empty or a folder.
            NotEntitled, TaskClosed, AlreadySubmitted, NotFulfilled, OutOfOrder, DatedTooFarBack: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        from directives.directive_kinds.written_report import SubmitReport

        return self.make(
            SubmitReport,
            task=task,
            document=document,
            language=language,
            period_from=period_from,
            period_to=period_to,
            summary=summary,
            **acting,
        )

    def work(self, deed: str, task: str, **fields: Any) -> tuple[RecordedEvent, ...]:
        """Record the work that a kind of directive asks for, or another act on a task.

        ::

            tracker.work("group create", "groups/JH-PC11", platform="x", name="Khunti", office="convenor@JH-PC11")

        Args:
            deed: the noun and the verb of a command, as on the command line.
            fields: those of the command, and what every command takes.

        Raises:
            InvalidInput: no such deed, or not of the kind of this task.
            DirectivesError: whatever the kind says.
        """
        if deed not in task_commands():
            raise InvalidInput(
                "deed: {deed} is unknown: use one of {choices}", deed=repr(deed), choices=", ".join(task_commands())
            )
        return self.make(task_commands()[deed], task=task, **fields)

    def submit(self, task: str, **acting: Unpack[OwnActing]) -> tuple[RecordedEvent, ...]:
        """Submit the task as done; its kind checks that what was asked for is there.

        Raises:
            NotFulfilled: it is not.
            InvalidInput: a command of its kind submits such a task.
            NotEntitled, TaskClosed, AlreadySubmitted, OutOfOrder, DatedTooFarBack: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(SubmitTask, task=task, **acting)

    def return_task(
        self, task: str, reason: str, *, due: date | None = None, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """Give a submission back, by an office above, with a reason.

        Args:
            due: give the unit time until the end of this day to correct it.

        Raises:
            InvalidInput: the day is before the one that holds, or before the day of the return.
            NotEntitled, NotSubmitted, TaskClosed, SelfVerification, OutOfOrder: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(ReturnTask, task=task, reason=reason, due=due, **acting)

    def verify(self, task: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Accept a submission, by an office above and another actor than the one who submitted.

        Raises:
            NotEntitled, NotSubmitted, TaskClosed, SelfVerification, OutOfOrder: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(VerifyTask, task=task, **acting)

    def waive(self, task: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Waive a task, by an office above; nothing when it was waived before.

        Raises:
            NotEntitled, TaskClosed, SelfVerification, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(WaiveTask, task=task, reason=reason, **acting)

    def extend_task(self, task: str, due: date, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Give a unit until the end of the day ``due``, by an office above; nothing when it has until then already.

        Raises:
            InvalidInput: the day is not later than the one that holds, or is before the day of the extension.
            NotEntitled, TaskClosed, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(ExtendTask, task=task, due=due, reason=reason, **acting)

    def acknowledge_all(
        self, tasks: Iterable[str | SeenTask], **acting: Unpack[OwnActing]
    ) -> tuple[RecordedEvent, ...]:
        """As `acknowledge`, for all ``tasks`` or none, as one command; see `verify_all`."""
        from directives.domain.task.many import AcknowledgeTasks

        return self.make(AcknowledgeTasks, tasks=_seen(tasks), **acting)

    def return_all(
        self, tasks: Iterable[str | SeenTask], reason: str, *, due: date | None = None, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """As `return_task`, for all ``tasks`` or none, as one command; see `verify_all`."""
        from directives.domain.task.many import ReturnTasks

        return self.make(ReturnTasks, tasks=_seen(tasks), reason=reason, due=due, **acting)

    def verify_all(self, tasks: Iterable[str | SeenTask], **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """As `verify`, for all ``tasks`` or none, as one command.

        Its events bear one command id. The same id again returns the events of that time.

        Args:
            tasks: 10,000 at most; `to_act_on` finds them. A `SeenTask` says which submission was looked at.

        Raises:
            HandedInSince: a task was submitted after it was looked at; nothing was changed.
            DirectivesError: whatever `verify` raises about the first that is refused, with its task; nothing was
                changed.
        """
        from directives.domain.task.many import VerifyTasks

        return self.make(VerifyTasks, tasks=_seen(tasks), **acting)

    def waive_all(
        self, tasks: Iterable[str | SeenTask], reason: str, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """As `waive`, for all ``tasks`` or none, as one command; see `verify_all`."""
        from directives.domain.task.many import WaiveTasks

        return self.make(WaiveTasks, tasks=_seen(tasks), reason=reason, **acting)

    def extend_all(
        self, tasks: Iterable[str | SeenTask], due: date, reason: str, **acting: Unpack[Acting]
    ) -> tuple[RecordedEvent, ...]:
        """As `extend_task`, for all ``tasks`` or none, as one command; see `verify_all`."""
        from directives.domain.task.many import ExtendTasks

        return self.make(ExtendTasks, tasks=_seen(tasks), due=due, reason=reason, **acting)

    def reassign(self, task: str, unit: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Let the offices of ``unit`` do a task, by an office above both; it counts where it did.

        Raises:
            NotEntitled, TaskClosed, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task, or no such unit.
        """
        return self.make(ReassignTask, task=task, unit=unit, reason=reason, **acting)

    def reopen_task(self, task: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Ask again for a task that was verified or waived, by an office above; its level is open again with it.

        Raises:
            NotEntitled, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(ReopenTask, task=task, reason=reason, **acting)

    def reschedule_task(self, task: str, due: date, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Set the own day of a task right, by an office above; nothing when it is due then.

        Raises:
            InvalidInput: the day is before today, or before the day of its level.
            NotEntitled, TaskClosed, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(RescheduleTask, task=task, due=due, reason=reason, **acting)

    def take_back(self, task: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Take back the last decision about a task, by the unit whose office made it, or above.

        That is its verification, return, waiver or reopening. The task stands as before it; its level too.

        Raises:
            NothingToTakeBack: it is neither verified nor returned nor waived.
            NotEntitled, SelfVerification, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(TakeBackTask, task=task, reason=reason, **acting)

    def recall(self, task: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Take back the submission that waits, with what was recorded with it, by the unit or who submitted it.

        Raises:
            NotSubmitted: none waits.
            NotEntitled, DatedTooFarBack, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(RecallTask, task=task, reason=reason, **acting)

    def strike(self, task: str, event: int, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Strike out the record of work at the position ``event``, by the unit or above; nothing when that was done.

        Raises:
            UnknownEntry: it is none of the task.
            NothingToTakeBack: it is no work, was recorded with a submission, or one that holds rests on it.
            KindUnusable: the kind cannot tell the task without it.
            NotEntitled, DatedTooFarBack, OutOfOrder, DirectiveWithdrawn: a rule says no.
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        return self.make(StrikeEvent, task=task, event=event, reason=reason, **acting)

    def withdraw(
        self,
        directive: str,
        reason: str,
        *,
        level: str | None = None,
        scope: str | None = None,
        **acting: Unpack[Acting],
    ) -> tuple[RecordedEvent, ...]:
        """Withdraw a directive, or one level of it in one scope, by an office of the unit that issued it or above.

        Raises:
            NotEntitled, DirectiveCompleted: a rule says no.
            UnknownDirective, UnknownLevel, InvalidInput: it is not there, or not assigned so.
        """
        from directives.domain.directive.commands import WithdrawDirective

        return self.make(WithdrawDirective, directive=directive, reason=reason, level=level, scope=scope, **acting)

    def forget_person(self, person: str, reason: str, **acting: Unpack[Acting]) -> tuple[RecordedEvent, ...]:
        """Erase the personal data of a person, see `person`, by an office there or above: the key is destroyed.

        Raises:
            UnknownPerson, NotEntitled: there is none, or another office must act.
            StoreError: the key cannot be destroyed; the same again goes on from there.
        """
        return self.make(ErasePerson, person=person, reason=reason, **acting)

    def _headquarters(self) -> Acting:
        with self._reading() as models:
            models.states.organisation()
            return _by_headquarters(models.units.top().code)

    # The audit log

    def introduce_log_key(
        self,
        key: str | PathLike[str],
        origin: str | None = None,
        *,
        replaces: str | PathLike[str] | None = None,
        abandons: str | PathLike[str] | None = None,
        **acting: Unpack[Acting],
    ) -> str:
        """Make a key in the new file ``key`` and let it sign the audit log; the first one begins the log.

        Returns the public key, which everyone is given who is to verify anything. A key that signs already changes
        nothing.

        Args:
            origin: the name of the log, a URL without its scheme; left out where the key ``replaces`` another.
            replaces: the file of the key that signed until now: both sign a checkpoint.
            abandons: the last checkpoint that a lost key signed, ``KEY.last``: the log goes on under another name.

        Raises:
            KeyUnusable: a file is there already, or a key or its memory cannot be used.
            InvalidInput: the name is none, or the log has a key and none is replaced.
            ForkRefused, RecordAltered: the former key cannot sign this store.
            NotEntitled: the office is not of the top unit.
        """
        from directives.audit.introduction import Introduction, introduce
        from directives.domain.audit import IntroduceLogKey

        envelope = self._headquarters() | acting

        def record(session: Session, fields: dict[str, Any]) -> None:
            command = self.command(IntroduceLogKey, **fields, **envelope)
            self._carried(session, command, self._checked(command))

        old, last = (None if each is None else Path(each) for each in (replaces, abandons))
        return introduce(self._store, Introduction(Path(key), origin, old, last, self._evidence.folder), record)

    def audit_policy(self) -> str:
        """The policy to give to auditors and witnesses: all keys that the log has or had, and no witness yet.

        Raises:
            NotCheckpointed: the store has no audit log.
        """
        from directives.audit.log import log_of
        from directives.audit.record import introduced_keys

        with self._store.reading() as session:
            log_of(session)
            keys = [each.key for each in reversed(introduced_keys(session))]
        return "".join(f"log {key}\n" for key in keys) + "quorum none\n"

    def checkpoint(self, key: str | PathLike[str], progress: Progress = no_progress) -> str:
        """Sign the audit log as it stands, keep that, and return the signed note; the last one where nothing is new.

        Others write between the parts of a long one; ``progress`` is told how many events of how many are in.

        Raises:
            NotCheckpointed: the store has no audit log.
            KeyUnusable: the key does not sign this log, or cannot be used.
            ForkRefused: what the key signed last is not in this store.
            RecordAltered: what was signed before is not in this store.
        """
        from directives.audit.keys import KeyFile
        from directives.audit.log import checkpoint

        return str(checkpoint(self._store, [KeyFile(Path(key))], progress))

    def add_cosignatures(self, lines: str, policy: str | PathLike[str]) -> str:
        """Put the signature lines of witnesses under the newest checkpoint, keep that, and return the note.

        Args:
            lines: what the witnesses gave, a line each.
            policy: the file that tells who the witnesses are.

        Raises:
            NotCheckpointed: nothing was signed yet.
            InvalidInput: they are no signature lines, or one is of no witness of the policy or not of this checkpoint.
        """
        from directives.audit.log import add_cosignatures
        from directives.audit.policy import policy_in

        return str(add_cosignatures(self._store, lines, policy_in(Path(policy))))

    def receipt(self, position: int) -> str:
        """The receipt for the event at that position: a file to give away, which anyone verifies without a store.

        It shows its one event whole to whoever holds it, and nothing of others.

        Raises:
            NotCheckpointed: the event is under no checkpoint yet, or the store has no audit log.
            UnknownReference: there is no such event.
        """
        return self.receipts(_position(position, "event"))[0].text

    def receipts(self, reference: int | str) -> list[Receipt]:
        """The receipts for an event, by its position; or for a task: its assignment, its acts, its unit's registration.

        Those of a task that are under no checkpoint yet are left out.

        Raises:
            NotCheckpointed: nothing of it is under a checkpoint yet, or the store has no audit log.
            UnknownReference, UnknownTask, UnknownUnit: there is no such event or task.
        """
        from directives.audit.receipts import positions_of, receipts

        if not isinstance(reference, str):
            reference = _position(reference, "event")
        with self._reading() as models:
            return list(receipts(models.session, positions_of(self._store, models, reference)))

    def prove_from(self, size: int) -> str:
        """What shows that the newest checkpoint continues one of ``size`` events: a request to a witness.

        Raises:
            NotCheckpointed: nothing was signed yet, or the store has no audit log.
            InvalidInput: the newest checkpoint has fewer events.
        """
        from directives.audit.requests import request_from

        with self._store.reading() as session:
            return str(request_from(session, _position(size, "from")))

    def export(
        self,
        path: str | PathLike[str],
        *,
        task: str | None = None,
        directive: str | None = None,
        unit: str | None = None,
        with_evidence: bool = False,
        lang: Lang = "en",
    ) -> Exported:
        """Write a bundle, the new file ``path``: all events under the newest checkpoint, or those of one thing.

        Anyone verifies it without the store, with `verify_file` or the stand-alone verifier. Whoever holds it reads
        every event in it; values that are sealed stay sealed.

        Args:
            task, directive, unit: only what the history of that tells; of a unit, of all below it too.
            with_evidence: enclose the files that its events name, as far as they are kept.
            lang: the language of the page for people.

        Raises:
            NotCheckpointed: nothing of it is under a checkpoint yet, or the store has no audit log.
            InvalidInput: more than one was named, or a file is there already or cannot be written.
            EvidenceAltered: a file that is to be enclosed is another one by now.
            UnknownReference, UnknownTask, UnknownDirective, UnknownUnit: there is no such thing.
        """
        from directives.audit.exporting import Part, export_part

        _one_of("lang", lang, get_args(Lang))
        part = Part(*(None if each is None else _text("scope", each) for each in (task, directive, unit)))
        with self._reading() as models:
            evidence = self._evidence if with_evidence else None
            return export_part(self._store, models, Path(path), part, evidence, self._clock(), lang)

    def publish(self, folder: str | PathLike[str]) -> int:
        """Write the audit log, up to its newest checkpoint, into a folder that any log client reads (C2SP tlog-tiles).

        What is there already stays as it is; returns how many files are new.

        Raises:
            NotCheckpointed: nothing was signed yet.
            ForkRefused: the folder has another log or another history.
            InvalidInput: it cannot be written, or holds something else.
        """
        from directives.audit.published import publish

        return publish(self._store, Path(folder))

    def audit(
        self,
        *,
        against: Sequence[str | PathLike[str]] = (),
        policy: str | PathLike[str] | None = None,
        key: str | PathLike[str] | None = None,
        log_only: bool = False,
        progress: Progress = no_progress,
        lang: Lang = "en",
    ) -> list[Finding]:
        """Whether the record is what was recorded, signed and given away, check by check; nothing is changed.

        Args:
            against: checkpoints that were given away earlier, and folders in which the log was published.
            policy: a file that tells whom to believe; without one, the keys that the record itself introduces.
            key: the key that signs: its memory is compared too.
            log_only: leave the events undecoded, which is much quicker.
            progress: told how many events of how many were taken into read models.
            lang: the language in which it is told.

        Raises:
            InvalidInput: a file to compare with, or the policy, cannot be read.
            KeyUnusable: the key or its memory cannot be read.
            StoreError: the store cannot be read at all.
        """
        from directives.audit.keys import KeyFile
        from directives.audit.policy import policy_in
        from directives.audit.verify import Asked, House, verify

        _one_of("lang", lang, get_args(Lang))
        house = House(self._store, SCHEMA, self._place)
        asked = Asked(
            [Path(each) for each in ([against] if isinstance(against, str | PathLike) else against)],
            None if policy is None else policy_in(Path(policy)),
            None if key is None else KeyFile(Path(key)),
            log_only,
        )
        return list(verify(house, asked, progress, lang))

    def make(self, command_class: type[Command], **fields: Any) -> tuple[RecordedEvent, ...]:
        """Make a command of ``fields`` and execute it; a field that is None is left to its default.

        The file at the path that is given for a document is kept as evidence, if the command is carried out.

        Raises:
            InvalidInput: a field is missing, unknown, or has a value that is not allowed.
            DirectivesError: whatever `execute` raises.
        """
        resolved = fields.copy()
        with ExitStack() as stack:
            staged: list[Staged] = []
            for name in fields_of_type(command_class, Document):
                if isinstance(fields.get(name), str | PathLike):
                    staged.append(stack.enter_context(self._staged(fields[name])))
                    resolved[name] = staged[-1].document.changed(name=name_in(fields[name]))
            return self._execute(self.command(command_class, **resolved), staged)

    def _staged(self, path: str | PathLike[str]) -> AbstractContextManager[Staged]:
        from directives.exchange.documents import content_of

        self._store.event_log.require_writable()
        return self._evidence.staged(content_of(path), str(path))

    def keep_evidence(self, path: str | PathLike[str]) -> Document:
        """Keep the file at ``path`` as evidence, once, and say what it is: a command can name it by that.

        Raises:
            InvalidDocument: it is missing, empty, a folder, too large, or cannot be read.
            StoreError: it cannot be kept.
        """
        with self._staged(path) as staged, self._store.writing() as session:
            self._keep(session, [staged])
        return staged.document.changed(name=name_in(path))

    def evidence(self, reference: str | None = None) -> list[EvidenceView]:
        """The submitted files, in log order: all, or those that the history of ``reference`` names.

        All are followed by those that were kept and that no event names.

        Raises:
            UnknownReference: nothing of that name has a history.
        """
        from directives.queries.evidence import evidence_of, unnamed, with_documents, with_same_document
        from directives.queries.history import events_of

        with self._reading() as models:
            if reference is None:
                events = with_documents(self._store)
            else:
                events = events_of(self._store, models, _text("history", reference))
            views = [*evidence_of(events, self._evidence, models.session)]
            if reference is None:
                views += unnamed({each.digest for each in views}, self._evidence, models.session)
            return with_same_document(views, models.session)

    def persons(self, unit: str | None = None) -> list[PersonView]:
        """The persons whom units know by a code, by their ids; all, or those at or below ``unit``.

        Raises:
            UnknownUnit: there is no such unit.
        """
        from directives.queries.persons import persons

        with self._reading() as models:
            states = models.states.persons()
            if unit is not None:
                top = models.units.unit(_text("unit", unit)).code
                states = [each for each in states if top in models.units.unit(unit_of_person(each.person)).lineage]
            return list(persons(models, self._place.keys, states))

    def person(self, person: str) -> PersonView:
        """The person of that id, ``UNIT/CODE``, or ``UNIT/KIND/CODE`` where the kind is not that of speakers.

        Raises:
            UnknownPerson: there is none.
        """
        from directives.queries.persons import persons

        with self._reading() as models:
            (view,) = persons(models, self._place.keys, [models.states.person(_text("person", person))[0]])
            return view

    def export_person(self, person: str) -> PersonExport:
        """All that was ever told of a person, in the clear, each value with the event and the day that told it.

        Raises:
            UnknownPerson: there is none.
            UnknownKind: only a kind that is not installed can tell all of them.
        """
        from directives.queries.persons import export

        with self._reading() as models:
            return export(models, self._store, models.states.person(_text("person", person))[0])

    def open_evidence(self, digest: str) -> AbstractContextManager[BinaryIO]:
        """The file of that digest, open for reading, after a look at its content.

        Args:
            digest: the digest, with or without ``sha256:``, or its first digits: six or more.

        Raises:
            InvalidInput: it is no digest.
            AmbiguousName: the digests of several files begin so.
            EvidenceMissing, EvidenceAltered: it is not kept here, or is another one by now.
        """
        from directives.queries.digests import digest_meant

        with self._store.reading() as session:
            whole = digest_meant(session, digest)
        return self._evidence.opened(whole)

    def document(self, digest: str) -> Document:
        """The document of that digest, with the name that it had when it was first handed in, if that is known.

        Args:
            digest: as `open_evidence` takes it.

        Raises:
            InvalidInput: it is no digest.
            AmbiguousName: the digests of several files begin so.
            EvidenceMissing: no event names it, and it was never kept.
        """
        from directives.queries.digests import digest_meant, document_of

        with self._store.reading() as session:
            return document_of(self._store, session, digest_meant(session, digest))

    def command(self, command_class: type[CommandType], **fields: Any) -> CommandType:
        """A command of ``fields``, ready to be executed; a field that is None is left to its default.

        Raises:
            InvalidInput: a field is missing, unknown, or has a value that is not allowed.
        """
        set_fields = {name: value for name, value in fields.items() if value is not None}
        try:
            if "office" not in set_fields:
                raise InvalidInput("office: is missing: name the acting office, as role@UNIT")
            return command_class.model_validate({"source": self._source} | set_fields)
        except ValidationError as error:
            raise one_line(error, of=command_class) from cause_of(error, command_class)

    # Questions

    def events(self, after: int = 0) -> Iterator[RecordedEvent]:
        """The events that follow position ``after``, in log order."""
        return self._store.after(_position(after))

    def status(
        self,
        *,
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        **day: Unpack[OfDay],
    ) -> list[Status]:
        """Expected, done, on time, late and overdue tasks, by directive and level.

        Args:
            unit: count only at or below this unit.
            day: the day that is asked about, see `OfDay`.

        Raises:
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
            InvalidInput: a day that is none.
        """
        chosen = _filter(directive, unit, level)
        with self._asked(chosen, **day) as (models, now):
            return status(models, chosen, now, self._clock())

    def diff(
        self,
        from_day: date,
        to_day: date,
        *,
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        lang: Lang = "en",
    ) -> Difference:
        """What changed from the evening of a day to that of another, as far as was known on each.

        Args:
            to_day: a day that has not ended is now.
            unit: only at or below this unit.
            lang: the language of the sentences of what was written down later.

        Raises:
            InvalidInput: the first day has not ended, or is not before the second.
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.queries.diff import diff

        _one_of("lang", lang, get_args(Lang))
        days = (_required_day("from_day", from_day), _required_day("to_day", to_day))
        with self._store.reading() as session:
            return diff(self._store, session, days, _filter(directive, unit, level), self._clock(), lang)

    def tasks(
        self,
        *,
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        state: Stage | Collection[Stage] | None = None,
        overdue: bool = False,
        within: int | None = None,
        by: By = "directive",
        after: str | None = None,
        limit: int | None = None,
        **day: Unpack[OfDay],
    ) -> list[TaskView]:
        """The tasks that are owed, one by one; all of them, or those at or below a unit, of a level, in some states.

        Args:
            state: one, or several.
            within: only those that are due in so many days, or were due before.
            by: their order: ``directive`` (and level and place), ``level``, ``unit`` or ``due``.
            after: go on after this task, which was the last of the page before; by due day also after
                `TaskView.place_by_due`, which stays when that day changes meanwhile.
            limit: give no more than so many.
            day: the day that is asked about, see `OfDay`.

        Raises:
            UnknownTask: what to go on after is no task.
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.queries.tasks import ORDERS, Page, tasks

        chosen = _filter(directive, unit, level)
        with self._asked(chosen, **day) as (models, now):
            states = () if state is None else (state,) if isinstance(state, str) else tuple(state)
            for each in states:
                _one_of("state", each, get_args(Stage))
            _one_of("by", by, [*ORDERS])
            _require_page(limit)
            page = Page(
                states,
                overdue,
                _until(models, now, within),
                by=by,
                after=None if after is None else _text("after", after),
            )
            return list(tasks(models, chosen, now, page, limit))

    def todo(
        self,
        unit: str | None = None,
        *,
        below: bool = False,
        within: int | None = None,
        directive: str | None = None,
        level: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> list[TodoTask]:
        """What a unit has still to do: what it owes, and what was reassigned to it; by due day.

        What it submitted waits for an answer, and is not among them.

        Args:
            unit: the unit; without one, every unit.
            below: what the units below it have to do, too.
            within: only what is due in so many days, or was due before.
            after: go on after this task or its `TaskView.place_by_due`, that of the last task of the page before.
            limit: give no more than so many.

        Raises:
            UnknownTask: what to go on after is no task.
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.queries.task_views import TO_DO
        from directives.queries.tasks import Page
        from directives.queries.todo import todo

        with self._reading() as models:
            chosen, now = _filter(directive, unit, level), self._clock()
            _require_page(limit)
            until = _until(models, now, within)
            after = None if after is None else _text("after", after)
            itself = unit is not None and not below
            page = Page(TO_DO, until=until, itself=itself, by="due", after=after)
            return todo(models, chosen, now, page, limit)

    def to_act_on(
        self,
        act: TaskAct,
        office: str,
        *,
        tasks: Sequence[str] = (),
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        on_behalf_of: str | None = None,
    ) -> list[TaskToActOn]:
        """The tasks that ``office`` may want to act on at once, to be looked at; see `verify_all`.

        To verify and return: those that wait for an answer. To waive and extend: those that units have still to do. Its
        own unit's tasks are not among them, since an office above must act there. To acknowledge: those that its own
        unit does and has not acknowledged.

        Args:
            tasks: these instead, whatever their state.
            on_behalf_of: the unit for which the office acknowledges.

        Raises:
            UnknownTask, UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.domain.task.many import TaskAct
        from directives.queries.to_act_on import named, to_act_on

        _one_of("act", act, get_args(TaskAct))
        with self._reading() as models:
            if tasks:
                return named(models, [_text("task", each) for each in tasks])
            chosen, own = _filter(directive, unit, level), on_behalf_of or unit_of(_text("office", office))
            return to_act_on(models, act, _text("unit", own), chosen, self._clock())

    def board(
        self,
        unit: str | None = None,
        level: str | None = None,
        *,
        directives: Collection[str] = (),
        order: BoardOrder = "trouble",
        after: str | None = None,
        limit: int | None = None,
        **day: Unpack[OfDay],
    ) -> Board:
        """How the units of a level stand: a row a unit, a column a directive.

        Args:
            unit: only units at or below this one; by default the top unit.
            level: their level; by default the next one below that unit.
            directives: only these; by default all that something is owed to.
            order: those in trouble first (overdue, days late, returned, least days left), or ``tree``.
            after: go on after this unit, the last of the page before.
            limit: give no more than so many rows; the totals are of all.
            day: the day that is asked about, see `OfDay`.

        Raises:
            InvalidInput: the level is above the unit.
            UnknownDirective, UnknownUnit, UnknownLevel, UnitRetired: what is asked for does not exist.
        """
        from directives.queries.board import BoardOrder, BoardPage, board

        asked = _filter(None, unit, level)
        with self._asked(asked, **day) as (models, now):
            _one_of("order", order, get_args(BoardOrder))
            _require_page(limit)
            chosen = [_text("directive", each) for each in directives]
            page = BoardPage(order, chosen, None if after is None else _text("after", after), limit)
            return board(models, asked.unit, asked.level, now, page)

    def records(
        self,
        noun: str,
        unit: str | None = None,
        *,
        below: bool = False,
        directive: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> list[Record]:
        """What is on record: the groups, the reports, the speakers, as the kinds list them in `Kind.lists`.

        By directive, then by unit in the order of the tree, then in the order of the record. A retired unit is listed
        where it is asked for by itself.

        Args:
            noun: which list: ``group``.
            unit: the unit that owes the tasks; without one, every unit.
            below: what the units below it have on record, too.
            after: go on after this task or this `Record.place`, that of the last one of the page before.
            limit: give no more than so many.

        Raises:
            InvalidInput: no kind has such a list.
            UnknownTask: what to go on after is no task.
            UnknownDirective, UnknownUnit: what is asked for does not exist.
        """
        from directives.queries.records import records

        with self._reading() as models:
            _require_page(limit)
            chosen, after = _filter(directive, unit, None), None if after is None else _text("after", after)
            noun = _text("noun", noun)
            return records(self._store, models, noun, chosen, below=below, after=after, limit=limit)

    def waiting(
        self,
        *,
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        after: str | None = None,
        limit: int | None = None,
        **day: Unpack[OfDay],
    ) -> list[WaitingTask]:
        """What was submitted and waits for an answer by an office above, oldest first.

        Args:
            after: go on after this task, the last of the page before; or after its `WaitingTask.place`, which stays
                when the task is answered and submitted again meanwhile.
            limit: give no more than so many.
            day: the day that is asked about, see `OfDay`.

        Raises:
            UnknownTask: what to go on after was never submitted.
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.queries.waiting import waiting

        chosen = _filter(directive, unit, level)
        with self._asked(chosen, **day) as (models, _):
            _require_page(limit)
            return list(waiting(models, chosen, None if after is None else _text("after", after), limit))

    def task(self, task: str, **day: Unpack[OfDay]) -> TaskDetails:
        """One task, ``DIRECTIVE/UNIT``, and why it is judged as it is; now, or on the ``day`` that is asked about.

        Raises:
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        from directives.queries.one_task import one_task

        with self._asked(_of_task(_text("task", task)), **day) as (models, now):
            return one_task(models, self._store, task, now)

    def task_record(self, task: str, lang: Lang = "en", **day: Unpack[OfDay]) -> TaskRecord:
        """All of one task: what is asked and on record, what was done about it, told in ``lang``, and what to do next.

        It is as of now, or as of the ``day`` that is asked about.

        Raises:
            UnknownTask, UnknownDirective, UnknownUnit: there is no such task.
        """
        from directives.queries.task_record import task_record

        _one_of("lang", lang, get_args(Lang))
        with self._asked(_of_task(_text("task", task)), **day) as (models, now):
            return task_record(models, self._store, self._evidence, task, now, lang)

    def daily(
        self,
        *,
        directive: str | None = None,
        unit: str | None = None,
        level: str | None = None,
        each: bool = False,
        **day: Unpack[OfDay],
    ) -> list[Daily]:
        """The daily record of directives that ask for one, level by level; or of ``each`` unit of those levels.

        It is as of now, or as of the ``day`` that is asked about.

        Raises:
            UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist.
        """
        from directives.queries.daily import daily

        chosen = _filter(directive, unit, level)
        with self._asked(chosen, **day) as (models, now):
            return list(daily(models, chosen, now, per_unit=each))

    def directives(self) -> list[DirectiveView]:
        """The directives, in the order of their issue."""
        with self._reading() as models:
            return directives(models)

    def directive(self, directive: str) -> DirectiveView:
        """The directive of that id.

        Raises:
            UnknownDirective: there is none.
        """
        with self._reading() as models:
            return one_directive(models, _text("directive", directive))

    def meetings(self) -> list[MeetingView]:
        """The meetings, by their ids, with what was said and the directives that follow from it."""
        from directives.queries.meetings import meeting_views

        with self._reading() as models:
            return meeting_views(models)

    def meeting(self, meeting: str) -> MeetingView:
        """The meeting of that id.

        Raises:
            UnknownReference: there is none.
        """
        from directives.queries.meetings import one_meeting

        with self._reading() as models:
            return one_meeting(models, _text("meeting", meeting))

    def log(
        self,
        *,
        actor: str | None = None,
        office: str | None = None,
        unit: str | None = None,
        directive: str | None = None,
        event: str | None = None,
        day: date | None = None,
        since: date | None = None,
        until: date | None = None,
        before: int | None = None,
        limit: int | None = 50,
        lang: Lang = "en",
    ) -> list[LogEntry]:
        """The newest entries of the log, the newest last; each with a sentence in ``lang`` and what it is about.

        What is asked for narrows it down: all of it must be so.

        Args:
            actor: recorded by this actor. Who gave no actor acted as the office: ``convenor@JH-PC08``.
            office: recorded by this office, ``convenor@JH-PC08``.
            unit: about this unit and those below it, and about their tasks.
            directive: about this directive and its tasks.
            event: the name of the event, ``Verified``, in any case.
            day: recorded on this day, in the zone of the store; see `RecordedEvent.recorded_at`.
            since: recorded on this day or later.
            until: recorded on this day or before.
            before: go on before this position, that of the first entry of the page before.
            limit: give no more than so many; None gives all.

        Raises:
            UnknownUnit, UnknownDirective: what is asked for does not exist.
            InvalidInput: no event has that name; a day or a position that is none.
        """
        from directives.queries.history import log_entries, narrator_of
        from directives.queries.log import Asked, log

        _one_of("lang", lang, get_args(Lang))
        _require_page(limit)
        for name, each in (("day", day), ("since", since), ("until", until)):
            _require_day(name, each)
        texts = {"actor": actor, "office": office, "unit": unit, "directive": directive, "event": event}
        given = {name: nfc(_text(name, text)) for name, text in texts.items() if text is not None}
        asked = Asked(**given, day=day, since=since, until=until)
        if "@" not in given.get("office", "@"):
            raise InvalidInput(
                "office: {office} is not an office: write role@UNIT, as convenor@JH-PC08", office=repr(given["office"])
            )
        if before is not None and _position(before, "before") < 1:
            raise InvalidInput("before: {before} is not a position: write 1 or more", before=before)
        with self._reading() as models:
            if "office" in given:
                models.units.unit(unit_of(given["office"]))
            events = log(self._store, models, asked, None if before is None else _position(before, "before"), limit)
            return log_entries(events, narrator_of(models, lang, events))

    def history(self, reference: str, lang: Lang = "en", **day: Unpack[OfDay]) -> list[HistoryEntry]:
        """The events of a task (``DIRECTIVE/UNIT``), directive or meeting, or of a unit and the acts on its tasks.

        Each has a sentence in ``lang``. With a ``day`` that is asked about, those that had happened, and the names that
        units bore.

        Raises:
            UnknownReference: nothing of that name has a history.
        """
        from directives.queries.history import events_of, history

        _one_of("lang", lang, get_args(Lang))
        with self._asked(**day) as (models, _):
            events = filter(models.holds, events_of(self._store, models, _text("history", reference)))
            return history(self._store, models, [*events], lang, self._evidence)

    def history_below(
        self, unit: str, lang: Lang = "en", *, after: int = 0, limit: int | None = None, **day: Unpack[OfDay]
    ) -> list[HistoryEntry]:
        """What happened to a unit, to all below it, and to their tasks, in log order, page by page.

        Args:
            after: the position after which, that of the last entry of the page before.
            limit: give no more than so many.
            day: the day that is asked about, see `OfDay`.

        Raises:
            UnknownUnit: there is no such unit.
            InvalidInput: ``after`` is no position, or ``limit`` no number of entries.
        """
        from directives.queries.history import history
        from directives.queries.history_below import events_below

        _one_of("lang", lang, get_args(Lang))
        _require_page(limit)
        with self._asked(**day) as (models, _):
            events = events_below(self._store, models, _text("unit", unit), _position(after), limit)
            return history(self._store, models, events, lang, self._evidence)

    def sentence(self, event: RecordedEvent, lang: Lang = "en") -> str:
        """What ``event`` says, with the names of this store's units and levels."""
        from directives.queries.history import narrator_of

        with self._reading() as models:
            return narrator_of(models, lang).sentence(event)

    def notes(self, events: Iterable[RecordedEvent]) -> list[Message]:
        """What who recorded ``events`` should know of them, though they are allowed: that a post does not count."""
        from directives.queries.notes import notes

        with self._reading() as models:
            return list(notes(models, self._store, events))

    def doctor(self, progress: Progress = no_progress, *, lang: Lang = "en") -> list[Finding]:
        """The health of the store: whether the read models match the events, and what needs attention.

        Nothing is changed; the events are read once, and ``progress`` is told how many of how many. What is found is
        told in ``lang``.

        Raises:
            StoreError: the store cannot be read.
        """
        from directives.queries.doctor import examine

        return list(examine(self._store, SCHEMA, self._place, self._clock(), progress, lang))

    def pack(self, path: str | PathLike[str], *, with_keys: bool = False) -> Packed:
        """Write the new file ``path``: a copy of the store as it stands now, and the files that were handed in.

        Others may write meanwhile. `unpack` makes a store of it. Files that are missing or altered are told, and
        packed as they are.

        Args:
            with_keys: pack the keys of persons too: whoever has the file can then read personal data.

        Raises:
            InvalidInput: there is such a file already, or it cannot be written; or the store is in memory.
            StoreError: the store cannot be read, or the keys cannot.
        """
        return self._place.pack(self._store, Path(path), self._clock(), with_keys=with_keys)

    def copy(self, to: str | PathLike[str], *, with_keys: bool = False, progress: Progress = no_progress) -> Copied:
        """Copy the store, as it stands at one moment, to another place: from a file to a server, or back.

        Events, commands, evidence and the audit log go over as they are, at the same positions; read models are made
        from them, and all is compared at the end. Others may write meanwhile. The same again, after it was interrupted,
        goes on where it ended.

        Args:
            to: the path of a new file, or a URL, see `Tracker`.
            with_keys: copy the keys of persons too, without which nobody reads their data there.
            progress: told how many events of how many are copied.

        Raises:
            InvalidInput: there is a store already, or a part of another one; or ``to`` names no store.
            StoreError: one of the two cannot be used, or they are not alike at the end.
        """
        from directives.store.copying import copy

        return copy(self._place, self._store, place_of(to), SCHEMA, progress, with_keys=with_keys)

    def rebuild(self, progress: Progress = no_progress) -> list[Rebuilt]:
        """Make the state rows and read models anew from the events, and compare them with those that stood.

        Others read what stood meanwhile, and nobody writes; ``progress`` is told how many events of how many are in.
        The tiles of the audit log, where there is one, are made anew too.

        Raises:
            RecordAltered: the events are not those that were signed; the tiles stand as they did.
            StoreError: the store cannot be read or written; it stands as it was.
        """
        from directives.audit.log import renew
        from directives.store.rebuild import rebuild

        rebuilt, tiles = rebuild(self._store, SCHEMA, progress), renew(self._store)
        return rebuilt if tiles is None else [*rebuilt, tiles]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the organisation, from the top."""
        with self._reading() as models:
            return models.states.organisation().levels

    @property
    def top(self) -> str:
        """The code of the top unit."""
        with self._reading() as models:
            models.states.organisation()
            return models.units.top().code

    @property
    def zone(self) -> str:
        """The IANA time zone in which the days of this store end."""
        with self._reading() as models:
            return models.states.organisation().zone

    @contextmanager
    def _asked(
        self, about: Filter = EVERYTHING, as_of: date | None = None, known_at: date | None = None
    ) -> Generator[tuple[ReadModels, datetime]]:
        """The read models, of now or as of an earlier day, and the moment as which a question is asked."""
        for name, day in (("as_of", as_of), ("known_at", known_at)):
            _require_day(name, day)
        now = self._clock()
        with self._store.reading() as session:
            models = ReadModels(session)
            if as_of is not None or known_at is not None:
                from directives.queries.earlier import Days, earlier

                days = Days(as_of, known_at).ended(day_of(now, models.zone))
                if days is not None:
                    with earlier(self._store, session, days, now, models.zone, about) as asked:
                        yield asked.models, asked.now
                    return
            yield models, now

    @contextmanager
    def _reading(self) -> Generator[ReadModels]:
        with self._store.reading() as session:
            yield ReadModels(session)

    def unit(self, unit: str) -> UnitView:
        """The unit of that code, a retired one too.

        Raises:
            UnknownUnit: there is none.
        """
        from directives.queries.units import one_unit

        with self._reading() as models:
            return one_unit(models, _text("unit", unit))

    def meant(self, what: What, text: str) -> str:
        """The code or the id of the one thing that ``text`` names, as it is printed in either language.

        By the code in any case, else by the name. The name of a unit may be followed by what tells it apart, its level,
        a unit above it or its code: ``Khunti (Lok Sabha)``, ``खूंटी, लोकसभा``, ``khunti lok sabha``. A task is its
        directive, a slash and its unit; an office its role, an at sign and its unit, ``संयोजक@खूंटी, लोकसभा``.

        Args:
            what: ``unit``, ``level``, ``directive``, ``task``, ``office``, ``person`` (by the name of the unit),
                ``place`` (a task after which a list goes on), or ``reference``: a task, a directive, a meeting or a
                unit.

        Raises:
            AmbiguousName: it means several.
            NotFound: it means none; of a unit the error offers those that it may mean.
        """
        from directives.queries.meant import meant

        with self._reading() as models:
            return meant(models, what, _typed(what, text))

    def find_units(self, text: str, *, level: str | None = None, limit: int = 10) -> list[FoundUnit]:
        """The units that ``text`` may mean, the likeliest first: by name, by sound, by beginning, by near spelling.

        Raises:
            UnknownLevel: there is no such level.
        """
        from directives.queries.search import find_units

        _require_page(limit)
        with self._reading() as models:
            return find_units(models, _typed("text", text), level, limit)

    def labels(self, units: Iterable[str]) -> dict[str, Text]:
        """The shortest name of each of the units of these codes that means it alone; unknown codes are left out.

        It is the name; where others bear it, with the level, else with a unit above, else with the code in brackets.
        """
        from directives.queries.labels import labels

        with self._reading() as models:
            return labels(models, [_text("unit", unit) for unit in units])

    def units(self, **day: Unpack[OfDay]) -> list[Unit]:
        """The units, each before those under it; as they stood, and were called, on the ``day`` that is asked about."""
        from directives.queries.units import units

        with self._asked(**day) as (models, _):
            return [*units(models)]


def _checked_clock(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """``clock``, of which only moments are taken that a store can hold, also as a day of any time zone."""

    def now() -> datetime:
        moment = clock()
        if not isinstance(moment, datetime) or moment.utcoffset() is None:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidInput(
                "clock: {moment} has no time zone: give a moment such as {example}",
                moment=repr(moment),
                example="datetime.now(UTC)",
            )
        if not 1900 < moment.year < 2999 and not _FIRST <= moment.replace(tzinfo=None) <= _LAST:
            raise InvalidInput(
                "clock: {moment} is not in the years from 1900 to 2999: set the clock", moment=MomentIn(moment)
            )
        return moment

    return now


_FIRST, _LAST = datetime(1900, 1, 3), datetime(2999, 12, 29)  # noqa: DTZ001 # of any zone
"""The first and the last moment of a clock: a day or more inside the years of a store, whatever the time zone."""


def _seen(tasks: Iterable[str | SeenTask]) -> list[object]:
    each_of = [tasks] if isinstance(tasks, str) else tasks
    return [{"task": each} if isinstance(each, str) else each for each in each_of]


def _by_headquarters(top: str) -> Acting:
    return {"office": f"{HEADQUARTERS}@{top}"}


def _filter(directive: str | None, unit: str | None, level: str | None) -> Filter:
    asked = {"directive": directive, "unit": unit, "level": level}
    return Filter(**{name: _text(name, value) for name, value in asked.items() if value is not None})


def _of_task(task: str) -> Filter:
    """What is asked about where it is one task; of what is none it is told later."""
    directive, _, unit = task.removeprefix("task/").partition("/")
    return _filter(directive, None, None) if unit else EVERYTHING


def _one_of(name: str, value: object, allowed: Sequence[object]) -> None:
    """Raises `InvalidInput` when ``value`` is none of those allowed."""
    if value not in allowed:
        raise InvalidInput(
            "{name}: {value} is not allowed: use one of {choices}",
            name=name,
            value=repr(value),
            choices=", ".join(map(str, filter(None, allowed))),
        )


def _require_day(name: str, day: date | None) -> None:
    """Raises `InvalidInput` when ``day`` is no date, or no year that a store knows."""
    if day is not None and (isinstance(day, datetime) or not isinstance(day, date) or not 1900 <= day.year <= 2999):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput("{name}: {value} is not a day from 1900 to 2999: give a date", name=name, value=repr(day))


def _required_day(name: str, day: date) -> date:
    """``day``, where it is a date; it may not be left out."""
    if day is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise InvalidInput("{name}: is missing: give a date", name=name)
    _require_day(name, day)
    return day


MOST = 1_000_000_000
"""The longest page, and the highest position."""


def _position(value: int, name: str = "after") -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput("{name}: {value} is not a position: give a whole number", name=name, value=repr(value))
    return value


MOST_DAYS = 36_500
"""The most days ahead that may be asked for."""


def _until(models: ReadModels, now: datetime, within: int | None) -> date | None:
    """The day in so many days.

    Raises:
        InvalidInput: it is no number of days.
    """
    if within is None:
        return None
    if not isinstance(within, int) or isinstance(within, bool) or not 0 <= within <= MOST_DAYS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(
            "within: {value} is not a number of days: write 0 to {most}", value=repr(within), most=MOST_DAYS
        )
    return day_of(now, models.zone) + timedelta(days=within)


def _require_page(limit: int | None) -> None:
    """Raises `InvalidInput` when ``limit`` is no length of a page."""
    if limit is None:
        return
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MOST:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput("limit: must be 1 or more, not {limit}", limit=repr(limit))


def _text(name: str, value: object) -> str:
    """``value``, if it is a text that a store can hold.

    Raises:
        InvalidInput: it is not.
    """
    if not isinstance(value, str) or not value.isprintable():
        raise InvalidInput(
            "{name}: {value} is not a text of one line: write a code or an id", name=name, value=repr(value)
        )
    return value


LONGEST = 2500
"""Characters of a name, and of what tells it apart."""


def _typed(name: str, value: object) -> str:
    """``value``, if it is a text of one line that somebody typed; Hindi needs joiners.

    Raises:
        InvalidInput: it is not.
    """
    if not isinstance(value, str) or UNFIT.search(value) or (not value.isascii() and not _is_unicode(value)):
        raise InvalidInput(
            "{name}: {value} is not a text of one line: write a name or a code", name=name, value=repr(value)
        )
    if len(value) > LONGEST:
        raise InvalidInput(
            "{name}: has {number} {number:character|characters}: write a name or a code", name=name, number=len(value)
        )
    return value


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _open(place: Place, *, create: bool, as_it_is: bool) -> EventStore:
    """The store in its place, brought up to date."""
    kinds()  # their events must be known before any is read
    store = place.open(SCHEMA.beside_the_log, create=create)
    if place.older and not as_it_is:
        from directives.store.rebuild import bring_up_to_date

        try:
            bring_up_to_date(store, SCHEMA)
            store.event_log.changed = False
        except BaseException:
            store.close()
            raise
    return store
