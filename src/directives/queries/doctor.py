"""The health of a store: whether what is kept ready is what the events say, and what an office should look after."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from directives.directive_kinds.registry import kind_of
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.errors import NewerStore, StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.office import unit_of
from directives.domain.organisation import STREAM, OrganisationState
from directives.domain.values import Model
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Listed, Message
from directives.projections.rebuild import create_indexes, differing, events, fold, scratch
from directives.projections.tables import OPEN, RETIRED, Tables, under
from directives.queries.evidence import EvidenceView, documents_in, evidence_of
from directives.queries.persons import fields_of
from directives.queries.status import ENDED
from directives.store.database_file import FORMAT
from directives.store.event_store import Ledger
from directives.store.evidence_files import Evidence
from directives.store.keys import Keys
from directives.store.progress import Progress

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


def examine(
    ledger: Ledger,
    path: Path | None,
    evidence: Evidence,
    keys: Keys,
    now: datetime,
    progress: Progress,
    lang: Lang = "en",
) -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    The events are taken into tables of their own, which are compared with those of the store.

    Args:
        path: the file of the store, None for one in memory.
        evidence: the files that were handed in.
        keys: the keys of persons.
        now: the present moment.
        progress: told how many events of how many were read.
        lang: the language in which it is told.

    Raises:
        StoreError: the store cannot be read.
    """
    for each in _examine(ledger, path, evidence, keys, now, progress):
        told = {"found": say_message(each.found, lang), "what_to_do": say_message(each.what_to_do, lang)}
        yield Finding(check=each.check, state=each.state, **told)


def _examine(
    ledger: Ledger, path: Path | None, evidence: Evidence, keys: Keys, now: datetime, progress: Progress
) -> Iterator[Found]:
    with ledger.rows.reading() as cursor:
        yield _format(cursor, path)
        yield _file(cursor)
        yield _space(path)
        log = _Log(events(ledger, cursor))
        with scratch() as made:
            try:
                total = cursor.execute("SELECT count(*) FROM stored_events").fetchone()[0]
                for done in fold(iter(log), made):
                    progress(done, total)
            except (StoreUnusable, NewerStore) as error:
                found = Listed(*log.wrong[:1], error.message, between="; ")
                yield Found(check="log", state="wrong", found=found, what_to_do=RESTORE)
                return
            create_indexes(made)
            yield from _kept_ready(cursor, made)
            yield from log.findings(now)
            yield from _evidence(evidence_of(log.with_documents, evidence, cursor))
            yield from _persons(Tables(made), keys)
            if Tables(made).state(STREAM, OrganisationState())[1]:
                yield from _organisation(Tables(made), log)


def _format(cursor: sqlite3.Cursor, path: Path | None) -> Found:
    version = cursor.execute("PRAGMA user_version").fetchone()[0]
    if path is None or version == FORMAT:
        return Found(check="format", state="ok", found=Message("{format}, the newest", format=FORMAT))
    found = Message("{format} instead of {newest}", format=version, newest=FORMAT)
    way_out = Message("restore it from a copy: one that is opened is brought up to date")
    return Found(check="format", state="wrong", found=found, what_to_do=way_out)


def _file(cursor: sqlite3.Cursor) -> Found:
    said = [row[0] for row in cursor.execute("PRAGMA quick_check(1)").fetchall()]
    if said == ["ok"]:
        return Found(check="file", state="ok", found=Message("whole"))
    return Found(check="file", state="wrong", found=Message("damaged: {said}", said=said[0]), what_to_do=RESTORE)


def _space(path: Path | None) -> Found:
    if path is None:
        return Found(check="free space", state="ok", found=Message("the store is in memory"))
    size = sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists())
    free, needed = shutil.disk_usage(path.parent).free, size + ROOM
    found = Message("{free} free, the store has {size}", free=_megabytes(free), size=_megabytes(size))
    if free >= needed:
        return Found(check="free space", state="ok", found=found)
    missing = _megabytes(needed - free)
    way_out = Message("free {size}: a rebuild needs as much again as the store has", size=missing)
    return Found(check="free space", state="look", found=found, what_to_do=way_out)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


class _Log:
    """What is noted of the events while they are read."""

    def __init__(self, given: Iterator[RecordedEvent]) -> None:
        self._given = given
        self.count = 0
        self.offices: set[str] = set()
        self.with_documents: list[RecordedEvent] = []
        self._versions: Counter[str] = Counter()
        self.wrong: list[Message] = []
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def __iter__(self) -> Iterator[RecordedEvent]:
        for event in self._given:
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
                said = "position {position} was recorded before the one that precedes it"
                self.wrong.append(Message(said, position=event.position))
            self._recorded_at = max(event.recorded_at, self._recorded_at)
            self.offices.add(unit_of(event.office))
            if documents_in(event.data):
                self.with_documents.append(event)
            yield event

    def findings(self, now: datetime) -> Iterator[Found]:
        """What is to be said of the log and of the clock."""
        if self.wrong:
            found, more = self.wrong[0], len(self.wrong) - 1
            found = Message("{said} (and {number} more)", said=found, number=more) if more else found
            yield Found(check="log", state="wrong", found=found, what_to_do=RESTORE)
        else:
            yield Found(check="log", state="ok", found=Message("{number} events, none missing", number=self.count))
        if self._recorded_at > now:
            moment = self._recorded_at.isoformat()
            found = Message("the last event was recorded at {moment}, which is yet to come", moment=moment)
            way_out = Message("set this machine's clock right: what follows is given that moment until it has passed")
            yield Found(check="clock", state="look", found=found, what_to_do=way_out)
        else:
            yield Found(check="clock", state="ok", found=Message("no event lies ahead of it"))


def _evidence(found: Iterable[EvidenceView]) -> Iterator[Found]:
    """Look at the files that were handed in: an altered one is wrong, and so is one that was kept and is gone."""
    by_digest = {each.digest: each for each in found}
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


def _persons(tables: Tables, keys: Keys) -> Iterator[Found]:
    """Look at the keys: one of a person who was erased is wrong, and so is a value that no key opens."""
    states = tables.persons()
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
        found = Message("{number} persons, sealed or erased", number=len(states))
        yield Found(check="personal data", state="ok", found=found)


def _those(found: str, which: list[str], check: str, state: State, what_to_do: Message) -> Iterator[Found]:
    """What was ``found`` of those ``which``; nothing where there are none."""
    if which:
        yield Found(check, state, Message(found, number=len(which), few=_few(which)), what_to_do)


def _kept_ready(cursor: sqlite3.Cursor, made: sqlite3.Cursor) -> Iterator[Found]:
    """Compare the tables of the store with those made of its events."""
    for table, what in KEPT.items():
        wrong = [*differing(cursor, made, table)]
        count = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if wrong:
            found = Message(
                "{number} of {count} rows are not what the events say, the first {first}",
                number=len(wrong),
                count=count,
                first=wrong[0],
            )
            yield Found(
                check=what, state="wrong", found=found, what_to_do=Message("directives rebuild makes them anew")
            )
        else:
            yield Found(check=what, state="ok", found=Message("{count} rows, as the events say", count=count))


KEPT = {
    "states": "state rows",
    "units": "units",
    "unit_counts": "counts of units",
    "tasks": "tasks",
    "acts": "how tasks stood",
    "tallies": "totals",
    "work_counts": "totals of work",
    "days": "daily records",
}


def _organisation(tables: Tables, log: _Log) -> Iterator[Found]:
    """What an office should look after: who does not act, owes nothing, or cannot do what it owes."""
    owing: set[str] = set()
    for order in tables.directives():
        for assignment in order.standing:
            units = _units(tables, order, assignment)
            if assignment.expected is None:
                owing.update(row["assignee"] or row["code"] for row in units if row["stage"] not in ENDED)
                if not units:
                    yield _nobody(order, assignment)
            yield from _late_joiners(order, assignment, units)
        yield from _reassigned_to_retired(tables, order)
    silent = sorted(owing - log.offices)
    if silent:
        found = Message(
            "for {silent} of the {owing} units that owe a task no office has acted yet: {few}",
            silent=len(silent),
            owing=len(owing),
            few=_few(silent),
        )
        way_out = Message(
            "see that somebody holds the office there, or give the task to another unit: directives task reassign"
        )
        yield Found(check="offices", state="look", found=found, what_to_do=way_out)
    else:
        found = Message("one has acted for each of the {owing} units that owe a task", owing=len(owing))
        yield Found(check="offices", state="ok", found=found)


def _units(tables: Tables, order: DirectiveState, assignment: Assignment) -> list[sqlite3.Row]:
    """The live units of the level in the scope, and the stage of their tasks, empty where none has begun."""
    scope = tables.unit(assignment.scope)
    if scope.retired:
        return []
    return tables.cursor.execute(
        """SELECT code, place, joined, coalesce(stage, '') AS stage, assignee FROM units
        LEFT JOIN tasks ON tasks.directive = ? AND tasks.unit = units.code
        WHERE level = ? AND path >= ? AND path < ? ORDER BY path""",
        (order.id, assignment.level, *under(scope.path)),
    ).fetchall()


def _nobody(order: DirectiveState, assignment: Assignment) -> Found:
    return Found(
        check="levels that nobody owes",
        state="look",
        found=Message(
            "{directive} is assigned to the {level} level of {scope}, which has no unit", **_where(order, assignment)
        ),
        what_to_do=Message(
            "register its units, or directives directive withdraw {directive} --level {level} --scope {scope}",
            **_where(order, assignment),
        ),
    )


def _late_joiners(order: DirectiveState, assignment: Assignment, units: list[sqlite3.Row]) -> Iterator[Found]:
    joined = [row for row in units if row["place"] > assignment.position and row["stage"] not in ENDED]
    where = _where(order, assignment)
    if assignment.expected is not None:
        outside = [row["code"] for row in joined if not row["stage"]]
        if outside:
            yield Found(
                check="late joiners",
                state="look",
                found=Message(
                    "{directive}, the {level} level of {scope}: who joined after it was completed owes nothing: {few}",
                    few=_few(outside),
                    **where,
                ),
                what_to_do=Message(
                    "if they should: directives directive reopen {directive} --level {level} --scope {scope}", **where
                ),
            )
        return
    window = kind_of(order.kind).window
    last = None if window is None else window(order.parameters)[1]
    too_late = [row["code"] for row in joined if last is not None and date.fromisoformat(row["joined"]) > last]
    if too_late:
        yield Found(
            check="late joiners",
            state="look",
            found=Message(
                "{directive}, the {level} level of {scope}: some joined after the last day asked for, {last}: {few}",
                last=last,
                few=_few(too_late),
                **where,
            ),
            what_to_do=Message("they can hardly do it: directives task waive"),
        )


def _reassigned_to_retired(tables: Tables, order: DirectiveState) -> Iterator[Found]:
    rows = tables.cursor.execute(
        f"""SELECT tasks.unit FROM tasks JOIN units ON units.code = tasks.assignee
        WHERE directive = ? AND {OPEN} AND units.path >= ? AND units.path < ?""",
        (order.id, *under(RETIRED)),
    ).fetchall()
    if rows:
        few = _few([row["unit"] for row in rows])
        found = Message("tasks of {directive} are in the hands of retired units: {few}", directive=order.id, few=few)
        yield Found(check="offices", state="look", found=found, what_to_do=Message("directives task reassign"))


def _where(order: DirectiveState, assignment: Assignment) -> dict[str, str]:
    return {"directive": order.id, "level": assignment.level, "scope": assignment.scope}


def _few(codes: list[str]) -> Message:
    first = ", ".join(codes[:3])
    if len(codes) <= 3:
        return Message("{codes}", codes=first)
    return Message("{codes} and {number} more", codes=first, number=len(codes) - 3)
