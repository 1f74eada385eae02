"""The health of a store: whether what is kept ready is what the events say, and what an office should look after."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from directives.model.directive import Assignment, DirectiveState
from directives.model.errors import NewerStore, StoreUnusable
from directives.model.event import RecordedEvent
from directives.model.kinds import kind_of
from directives.model.offices import unit_of
from directives.model.units import STREAM, OrganisationState
from directives.model.values import Model
from directives.store.application import Ledger
from directives.store.place import FORMAT
from directives.store.rebuild import Progress, differing, events, fold, scratch
from directives.store.tables import OPEN, RETIRED, Tables, under
from directives.views.compliance import ENDED

ROOM = 64 * 1024 * 1024
"""Bytes that must be free besides the size of the store, for its write-ahead log."""


class Finding(Model):
    """What a check found: all is well, an office should look after something, or the store is wrong.

    ``what_to_do`` is empty where all is well.
    """

    check: str
    state: Literal["ok", "look", "wrong"]
    found: str
    what_to_do: str = ""


def examine(ledger: Ledger, path: Path | None, now: datetime, progress: Progress) -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    The events are taken into tables of their own, which are compared with those of the store.

    Args:
        path: the file of the store, None for one in memory.
        now: the present moment.
        progress: told how many events of how many were read.

    Raises:
        StoreError: the store cannot be read.
    """
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
                said, _, way_out = str(error).removeprefix("store: ").rpartition(": ")
                yield Finding(check="log", state="wrong", found="; ".join([*log.wrong[:1], said]), what_to_do=way_out)
                return
            yield from _kept_ready(cursor, made)
            yield from log.findings(now)
            if Tables(made).state(STREAM, OrganisationState())[1]:
                yield from _organisation(Tables(made), log)


def _format(cursor: sqlite3.Cursor, path: Path | None) -> Finding:
    version = cursor.execute("PRAGMA user_version").fetchone()[0]
    if path is None or version == FORMAT:
        return Finding(check="format", state="ok", found=f"{FORMAT}, the newest")
    way_out = "restore it from a copy: one that is opened is brought up to date"
    return Finding(check="format", state="wrong", found=f"{version} instead of {FORMAT}", what_to_do=way_out)


def _file(cursor: sqlite3.Cursor) -> Finding:
    said = [row[0] for row in cursor.execute("PRAGMA quick_check(1)").fetchall()]
    if said == ["ok"]:
        return Finding(check="file", state="ok", found="whole")
    return Finding(check="file", state="wrong", found=f"damaged: {said[0]}", what_to_do="restore it from a copy")


def _space(path: Path | None) -> Finding:
    if path is None:
        return Finding(check="free space", state="ok", found="the store is in memory")
    size = sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists())
    free, needed = shutil.disk_usage(path.parent).free, size + ROOM
    found = f"{_megabytes(free)} free, the store has {_megabytes(size)}"
    if free >= needed:
        return Finding(check="free space", state="ok", found=found)
    way_out = f"free {_megabytes(needed - free)}: a rebuild needs as much again as the store has"
    return Finding(check="free space", state="look", found=found, what_to_do=way_out)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


class _Log:
    """What is noted of the events while they are read."""

    def __init__(self, given: Iterator[RecordedEvent]) -> None:
        self._given = given
        self.count = 0
        self.offices: set[str] = set()
        self._versions: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def __iter__(self) -> Iterator[RecordedEvent]:
        for event in self._given:
            self.count += 1
            self._versions[event.stream] += 1
            if event.position != self.count:
                self.wrong.append(f"position {self.count} is missing")
                self.count = event.position
            if event.version != self._versions[event.stream]:
                self.wrong.append(f"version {self._versions[event.stream]} of {event.stream} is missing")
                self._versions[event.stream] = event.version
            if event.recorded_at < self._recorded_at:
                self.wrong.append(f"position {event.position} was recorded before the one that precedes it")
            self._recorded_at = max(event.recorded_at, self._recorded_at)
            self.offices.add(unit_of(event.office))
            yield event

    def findings(self, now: datetime) -> Iterator[Finding]:
        """What is to be said of the log and of the clock."""
        if self.wrong:
            found = self.wrong[0] + (f" (and {len(self.wrong) - 1} more)" if len(self.wrong) > 1 else "")
            yield Finding(check="log", state="wrong", found=found, what_to_do="restore it from a copy")
        else:
            yield Finding(check="log", state="ok", found=f"{self.count:,} events, none missing")
        if self._recorded_at > now:
            found = f"the last event was recorded at {self._recorded_at.isoformat()}, which is yet to come"
            way_out = "set this machine's clock right: what follows is given that moment until it has passed"
            yield Finding(check="clock", state="look", found=found, what_to_do=way_out)
        else:
            yield Finding(check="clock", state="ok", found="no event lies ahead of it")


def _kept_ready(cursor: sqlite3.Cursor, made: sqlite3.Cursor) -> Iterator[Finding]:
    """Compare the tables of the store with those made of its events."""
    for table, what in KEPT.items():
        wrong = [*differing(cursor, made, table)]
        count = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if wrong:
            found = f"{len(wrong)} of {count:,} rows are not what the events say, the first {wrong[0]}"
            yield Finding(check=what, state="wrong", found=found, what_to_do="directives rebuild makes them anew")
        else:
            yield Finding(check=what, state="ok", found=f"{count:,} rows, as the events say")


KEPT = {
    "states": "state rows",
    "units": "units",
    "unit_counts": "counts of units",
    "tasks": "tasks",
    "tallies": "totals",
    "work_counts": "totals of work",
    "days": "daily records",
}


def _organisation(tables: Tables, log: _Log) -> Iterator[Finding]:
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
        found = f"for {len(silent)} of the {len(owing)} units that owe a task no office has acted yet: {_few(silent)}"
        way_out = "see that somebody holds the office there, or give the task to another unit: directives task reassign"
        yield Finding(check="offices", state="look", found=found, what_to_do=way_out)
    else:
        yield Finding(
            check="offices", state="ok", found=f"one has acted for each of the {len(owing)} units that owe a task"
        )


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


def _nobody(order: DirectiveState, assignment: Assignment) -> Finding:
    return Finding(
        check="levels that nobody owes",
        state="look",
        found=f"{order.id} is assigned to the {assignment.level} level of {assignment.scope}, which has no unit",
        what_to_do=f"register its units, or directives directive withdraw {order.id} --level {assignment.level} "
        f"--scope {assignment.scope}",
    )


def _late_joiners(order: DirectiveState, assignment: Assignment, units: list[sqlite3.Row]) -> Iterator[Finding]:
    joined = [row for row in units if row["place"] > assignment.position and row["stage"] not in ENDED]
    where = f"{order.id}, the {assignment.level} level of {assignment.scope}"
    if assignment.expected is not None:
        outside = [row["code"] for row in joined if not row["stage"]]
        if outside:
            yield Finding(
                check="late joiners",
                state="look",
                found=f"{where}: who joined after it was completed owes nothing: {_few(outside)}",
                what_to_do=f"if they should: directives directive reopen {order.id} --level {assignment.level} "
                f"--scope {assignment.scope}",
            )
        return
    window = kind_of(order.kind).window
    last = None if window is None else window(order.parameters)[1]
    too_late = [row["code"] for row in joined if last is not None and date.fromisoformat(row["joined"]) > last]
    if too_late:
        yield Finding(
            check="late joiners",
            state="look",
            found=f"{where}: some joined after the last day asked for, {last}: {_few(too_late)}",
            what_to_do="they can hardly do it: directives task waive",
        )


def _reassigned_to_retired(tables: Tables, order: DirectiveState) -> Iterator[Finding]:
    rows = tables.cursor.execute(
        f"""SELECT tasks.unit FROM tasks JOIN units ON units.code = tasks.assignee
        WHERE directive = ? AND {OPEN} AND units.path >= ? AND units.path < ?""",
        (order.id, *under(RETIRED)),
    ).fetchall()
    if rows:
        found = f"tasks of {order.id} are in the hands of retired units: {_few([row['unit'] for row in rows])}"
        yield Finding(check="offices", state="look", found=found, what_to_do="directives task reassign")


def _few(codes: list[str]) -> str:
    return ", ".join(codes[:3]) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")
