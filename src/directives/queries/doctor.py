"""The health of a store: whether what is kept ready is what the events say, and what an office should look after."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from directives.directive_kinds.registry import kind_of
from directives.domain.directive.state import Assignment, DirectiveState
from directives.domain.document import documents_in
from directives.domain.errors import NewerStore, StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.office import unit_of
from directives.domain.organisation.state import ORGANISATION
from directives.domain.values import Model
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Listed, Message
from directives.projections.owed_tasks import OwedTask
from directives.projections.read_models import ReadModels
from directives.queries.evidence import EvidenceView, evidence_of
from directives.queries.persons import fields_of
from directives.queries.tasks import ENDED
from directives.store.database_file import FORMAT, damage_in, format_in
from directives.store.event_store import EventStore
from directives.store.evidence_files import EvidenceFiles
from directives.store.keys import Keys
from directives.store.progress import Progress
from directives.store.rebuild import Schema, count, create_indexes, differing, scratch
from directives.store.session import Session
from directives.store.table import Table

ROOM = 64 * 1024 * 1024
"""Bytes that must be free besides the size of the store, for its write-ahead log."""


State = Literal["ok", "look", "wrong"]
RESTORE = Message("restore it from a copy")


class Finding(Model):
    """What a check found: all is well, an office should look after something, or the store is wrong.

    ``what_to_do`` is empty where all is well.
    """

    check: str
    state: State
    found: str
    what_to_do: str = ""


class Found(NamedTuple):
    """A finding before it is told."""

    check: str
    state: State
    found: Message
    what_to_do: Message = Message("")


class Surroundings(NamedTuple):
    """The file of a store (None for one in memory), and the evidence beside it."""

    path: Path | None
    files: EvidenceFiles


def examine(
    store: EventStore, schema: Schema, surroundings: Surroundings, now: datetime, progress: Progress, lang: Lang = "en"
) -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    The events are taken into read models of their own, which are compared with those of the store.

    Args:
        now: the present moment.
        progress: told how many events of how many were read.
        lang: the language in which it is told.

    Raises:
        StoreError: the store cannot be read.
    """
    for finding in _examine(store, schema, surroundings, now, progress):
        texts = {"found": say_message(finding.found, lang), "what_to_do": say_message(finding.what_to_do, lang)}
        yield Finding(check=finding.check, state=finding.state, **texts)


def _examine(
    store: EventStore, schema: Schema, surroundings: Surroundings, now: datetime, progress: Progress
) -> Iterator[Found]:
    with store.reading() as session:
        yield _format(session, surroundings.path)
        yield _file(session)
        yield _space(surroundings.path)
        log = _Log(store.all(session))
        with scratch(schema.tables) as made:
            try:
                total = store.event_log.count(session)
                for done in schema.replay(iter(log), made):
                    progress(done, total)
            except (StoreUnusable, NewerStore) as error:
                message = Listed(*log.wrong[:1], error.message, between="; ")
                yield Found(check="log", state="wrong", found=message, what_to_do=RESTORE)
                return
            create_indexes(made, schema.tables)
            yield from _kept_ready(session, made, schema.tables)
            yield from log.findings(now)
            models = ReadModels(made)
            yield from _evidence(evidence_of(log.with_documents, surroundings.files, session), models)
            yield from _persons(models, store.keys)
            if models.states.of(ORGANISATION)[1]:
                yield from _organisation(models, log)


def _format(session: Session, path: Path | None) -> Found:
    version = format_in(session)
    if path is None or version == FORMAT:
        return Found(check="format", state="ok", found=Message("{format}, the newest", format=FORMAT))
    message = Message("{format} instead of {newest}", format=version, newest=FORMAT)
    way_out = Message("restore it from a copy: one that is opened is brought up to date")
    return Found(check="format", state="wrong", found=message, what_to_do=way_out)


def _file(session: Session) -> Found:
    damage = damage_in(session)
    if damage is None:
        return Found(check="file", state="ok", found=Message("whole"))
    return Found(check="file", state="wrong", found=Message("damaged: {said}", said=damage), what_to_do=RESTORE)


def _space(path: Path | None) -> Found:
    if path is None:
        return Found(check="free space", state="ok", found=Message("the store is in memory"))
    size = sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists())
    free, needed = shutil.disk_usage(path.parent).free, size + ROOM
    message = Message("{free} free, the store has {size}", free=_megabytes(free), size=_megabytes(size))
    if free >= needed:
        return Found(check="free space", state="ok", found=message)
    missing = _megabytes(needed - free)
    way_out = Message("free {size}: a rebuild needs as much again as the store has", size=missing)
    return Found(check="free space", state="look", found=message, what_to_do=way_out)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


class _Log:
    """What is noted of the events while they are read."""

    def __init__(self, events: Iterator[RecordedEvent]) -> None:
        self._events = events
        self.count = 0
        self.offices: set[str] = set()
        self.with_documents: list[RecordedEvent] = []
        self._versions: Counter[str] = Counter()
        self.wrong: list[Message] = []
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def __iter__(self) -> Iterator[RecordedEvent]:
        for event in self._events:
            self.count += 1
            self._versions[event.stream] += 1
            if event.position != self.count:
                self.wrong.append(Message("position {position} is missing", position=self.count))
                self.count = event.position
            if event.version != self._versions[event.stream]:
                version = self._versions[event.stream]
                self.wrong.append(
                    Message("version {version} of {stream} is missing", version=version, stream=event.stream)
                )
                self._versions[event.stream] = event.version
            if event.recorded_at < self._recorded_at:
                self.wrong.append(
                    Message("position {position} was recorded before the one that precedes it", position=event.position)
                )
            self._recorded_at = max(event.recorded_at, self._recorded_at)
            self.offices |= {unit_of(event.office), event.on_behalf_of or ""}
            if documents_in(event.data):
                self.with_documents.append(event)
            yield event

    def findings(self, now: datetime) -> Iterator[Found]:
        """What is to be said of the log and of the clock."""
        if self.wrong:
            message, more = self.wrong[0], len(self.wrong) - 1
            message = Message("{said} (and {number} more)", said=message, number=more) if more else message
            yield Found(check="log", state="wrong", found=message, what_to_do=RESTORE)
        else:
            yield Found(check="log", state="ok", found=Message("{number} events, none missing", number=self.count))
        if self._recorded_at > now:
            moment = self._recorded_at.isoformat()
            message = Message("the last event was recorded at {moment}, which is yet to come", moment=moment)
            way_out = Message("set this machine's clock right: what follows is given that moment until it has passed")
            yield Found(check="clock", state="look", found=message, what_to_do=way_out)
        else:
            yield Found(check="clock", state="ok", found=Message("no event lies ahead of it"))


def _evidence(files: Iterable[EvidenceView], models: ReadModels) -> Iterator[Found]:
    """Look at the files that were handed in: an altered one is wrong, and so is one that was kept and is gone.

    One from two units is to be looked at.
    """
    by_digest = {each.digest: each for each in files}
    altered = [digest for digest, each in by_digest.items() if each.condition == "altered"]
    gone = [digest for digest, each in by_digest.items() if each.wrong and each.condition == "missing"]
    never = [digest for digest, each in by_digest.items() if each.never_kept]
    bring_back = Message("directives evidence add FILE brings one back, if it is what was handed in")
    keep = Message("directives evidence add FILE keeps one")
    yield from _those("{number} files were altered: {few}", altered, "evidence", "wrong", bring_back)
    yield from _those("{number} files are missing: {few}", gone, "evidence", "wrong", bring_back)
    yield from _those("{number} files were named and never kept here: {few}", never, "evidence", "look", keep)
    if not altered and not gone and not never:
        whole = Message("{number} files, as they were handed in", number=len(by_digest))
        yield Found(check="evidence", state="ok", found=whole)
    same, compare = models.documents.of_several_units(), Message("compare them: directives task show TASK")
    yield from _those(
        "{number} documents were handed in by more than one unit: {few}", same, "evidence", "look", compare
    )


def _persons(models: ReadModels, keys: Keys) -> Iterator[Found]:
    """Look at the keys: one of a person who was erased is wrong, and so is a value that no key opens."""
    states = models.states.persons()
    held = keys.of(state.person for state in states)
    erased = [state.person for state in states if state.erased and state.person in held]
    known = [state for state in states if not state.erased]
    lost = [state.person for state in known if None in fields_of(state, held.get(state.person)).values()]
    once_more = Message("directives person forget, once more, destroys them")
    restore = Message("restore the keys from a copy, or forget them: directives person forget")
    yield from _those("there are keys of {number} erased persons: {few}", erased, "personal data", "wrong", once_more)
    yield from _those(
        "nobody can read what is known of {number} persons: {few}", lost, "personal data", "wrong", restore
    )
    if not erased and not lost:
        message = Message("{number} persons, sealed or erased", number=len(states))
        yield Found(check="personal data", state="ok", found=message)


def _those(template: str, which: list[str], check: str, state: State, what_to_do: Message) -> Iterator[Found]:
    """A finding about ``which``, told by ``template``; nothing where there are none."""
    if which:
        yield Found(check, state, Message(template, number=len(which), few=_few(which)), what_to_do)


def _kept_ready(session: Session, made: Session, tables: Sequence[Table]) -> Iterator[Found]:
    """Compare the tables of the store with those made of its events."""
    for table in tables:
        what, wrong, rows = KEPT[table.name], [*differing(session, made, table)], count(session, table)
        if wrong:
            message = Message(
                "{number} of {count} rows are not what the events say, the first {first}",
                number=len(wrong),
                count=rows,
                first=wrong[0],
            )
            way_out = Message("directives rebuild makes them anew")
            yield Found(check=what, state="wrong", found=message, what_to_do=way_out)
        else:
            yield Found(check=what, state="ok", found=Message("{count} rows, as the events say", count=rows))


KEPT = {
    "states": "state rows",
    "units": "units",
    "unit_counts": "counts of units",
    "tasks": "tasks",
    "acts": "how tasks stood",
    "tallies": "totals",
    "work_counts": "totals of work",
    "days": "daily records",
    "documents": "documents",
}


def _organisation(models: ReadModels, log: _Log) -> Iterator[Found]:
    """What an office should look after: who does not act, owes nothing, or cannot do what it owes."""
    owing: set[str] = set()
    for directive in models.states.directives():
        for assignment in directive.in_force:
            nobody, joined = True, list[OwedTask]()
            for task in _owed(models, directive, assignment):
                nobody = False
                if assignment.expected is None and task.stage not in ENDED:
                    owing.add(task.assignee or task.unit)
                if task.position > assignment.position:
                    joined.append(task)
            if nobody and assignment.expected is None:
                yield _nobody(directive, assignment)
            yield from _late_joiners(directive, assignment, joined)
        yield from _reassigned_to_retired(models, directive)
    yield _offices(owing, log.offices)


def _owed(models: ReadModels, directive: DirectiveState, assignment: Assignment) -> Iterator[OwedTask]:
    scope = models.units.unit(assignment.scope)
    return iter(()) if scope.retired else models.owed_tasks.of_scope(directive.id, assignment.level, scope)


def _offices(owing: set[str], acted: set[str]) -> Found:
    silent = sorted(owing - acted)
    if not silent:
        message = Message("one has acted for each of the {owing} units that owe a task", owing=len(owing))
        return Found(check="offices", state="ok", found=message)
    message = Message(
        "for {silent} of the {owing} units that owe a task no office has acted yet: {few}",
        silent=len(silent),
        owing=len(owing),
        few=_few(silent),
    )
    way_out = Message(
        "see that somebody holds the office there, or give the task to another unit: directives task reassign"
    )
    return Found(check="offices", state="look", found=message, what_to_do=way_out)


def _nobody(directive: DirectiveState, assignment: Assignment) -> Found:
    return Found(
        check="levels that nobody owes",
        state="look",
        found=Message(
            "{directive} is assigned to the {level} level of {scope}, which has no unit",
            **_where(directive, assignment),
        ),
        what_to_do=Message(
            "register its units, or directives directive withdraw {directive} --level {level} --scope {scope}",
            **_where(directive, assignment),
        ),
    )


def _late_joiners(directive: DirectiveState, assignment: Assignment, joined: Sequence[OwedTask]) -> Iterator[Found]:
    """Units that joined later and owe nothing, or can hardly do what they owe."""
    if assignment.expected is not None:
        outside = [task.unit for task in joined if not task.begun]
        if outside:
            yield _outside(outside, _where(directive, assignment))
        return
    window = kind_of(directive.kind).window
    last = None if window is None else window(directive.parameters)[1]
    if last is not None:
        too_late = [task.unit for task in joined if task.stage not in ENDED and task.joined > last]
        if too_late:
            yield _too_late(too_late, last, _where(directive, assignment))


def _outside(units: list[str], where: dict[str, str]) -> Found:
    return Found(
        check="late joiners",
        state="look",
        found=Message(
            "{directive}, the {level} level of {scope}: who joined after it was completed owes nothing: {few}",
            few=_few(units),
            **where,
        ),
        what_to_do=Message(
            "if they should: directives directive reopen {directive} --level {level} --scope {scope}", **where
        ),
    )


def _too_late(units: list[str], last: date, where: dict[str, str]) -> Found:
    return Found(
        check="late joiners",
        state="look",
        found=Message(
            "{directive}, the {level} level of {scope}: some joined after the last day asked for, {last}: {few}",
            last=last,
            few=_few(units),
            **where,
        ),
        what_to_do=Message("they can hardly do it: directives task waive"),
    )


def _reassigned_to_retired(models: ReadModels, directive: DirectiveState) -> Iterator[Found]:
    units = models.owed_tasks.in_hands_of_retired(directive.id)
    if units:
        few = _few(units)
        message = Message(
            "tasks of {directive} are in the hands of retired units: {few}", directive=directive.id, few=few
        )
        yield Found(check="offices", state="look", found=message, what_to_do=Message("directives task reassign"))


def _where(directive: DirectiveState, assignment: Assignment) -> dict[str, str]:
    return {"directive": directive.id, "level": assignment.level, "scope": assignment.scope}


def _few(codes: list[str]) -> Message:
    first = ", ".join(codes[:3])
    if len(codes) <= 3:
        return Message("{codes}", codes=first)
    return Message("{codes} and {number} more", codes=first, number=len(codes) - 3)
