"""State rows and read tables: what the log says, kept ready in the transaction of the events.

Everything here can be dropped and written again from the events, to the same rows.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import kind_of
from directives.domain import directive, meeting, task
from directives.domain import organisation as units
from directives.domain import person as personal
from directives.domain.directive import Amended, Assignment, DirectiveState
from directives.domain.errors import UnitRetired, UnknownDirective, UnknownPerson, UnknownTask, UnknownUnit
from directives.domain.event import RecordedEvent
from directives.domain.meeting import MeetingState
from directives.domain.organisation import (
    AttributesChanged,
    Moved,
    OrganisationState,
    Registered,
    Renamed,
    Retired,
    Unit,
)
from directives.domain.person import PersonState, sealed_in
from directives.domain.task import TaskState
from directives.domain.values import Model, Text, day_of, utc_text

State = TypeVar("State", bound=Model)
# Without validation, and so without the validators of those that a process never reads.
NO_ORGANISATION, NO_DIRECTIVE = OrganisationState.model_construct(), DirectiveState.model_construct()
NO_MEETING, NO_PERSON = MeetingState.model_construct(), PersonState.model_construct()
"""The states of streams in which nothing has happened yet."""

CREATE = (
    """CREATE TABLE IF NOT EXISTS states (
        stream TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS units (
        code TEXT PRIMARY KEY, version INTEGER NOT NULL, parent TEXT, level TEXT NOT NULL, path TEXT NOT NULL UNIQUE,
        place INTEGER NOT NULL, joined TEXT NOT NULL, name_en TEXT NOT NULL, name_hi TEXT NOT NULL,
        attributes TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS tasks (
        directive TEXT NOT NULL, unit TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, stage TEXT NOT NULL,
        submitted_at TEXT, verified_at TEXT, on_time INTEGER, due TEXT, assignee TEXT,
        PRIMARY KEY (directive, unit)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS acts (
        directive TEXT NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, position INTEGER NOT NULL,
        occurred_at TEXT NOT NULL, state TEXT NOT NULL, due TEXT,
        PRIMARY KEY (directive, level, unit, position)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS tallies (
        directive TEXT NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (directive, level, unit, state)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS unit_counts (
        unit TEXT NOT NULL, level TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (unit, level)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS work_counts (
        directive TEXT NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (directive, level, unit, name)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS days (
        directive TEXT NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, day TEXT NOT NULL, units INTEGER NOT NULL,
        PRIMARY KEY (directive, level, unit, day)) WITHOUT ROWID""",
)
INDEXES = (
    "CREATE INDEX IF NOT EXISTS units_of_level ON units (level, path)",
    "CREATE INDEX IF NOT EXISTS units_below ON units (parent, path)",
    "CREATE INDEX IF NOT EXISTS units_that_changed ON units (code) WHERE version > 1",
    "CREATE INDEX IF NOT EXISTS units_that_joined ON units (level, place)",
    "CREATE INDEX IF NOT EXISTS tasks_extended ON tasks (directive, due) WHERE due IS NOT NULL",
)
BESIDE = (
    """CREATE TABLE IF NOT EXISTS commands (
        command_id TEXT PRIMARY KEY, digest TEXT NOT NULL, first INTEGER, last INTEGER) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS evidence (
        digest TEXT PRIMARY KEY, media_type TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID""",
)
"""What the events do not say: the commands that were carried out, and the files that were kept as evidence."""
ALL_TABLES = (*BESIDE, *CREATE, *INDEXES)
"""The statements that create all tables and indexes beside the log."""
TABLES = {"states": 1, "units": 1, "unit_counts": 2, "tasks": 2, "acts": 4, "tallies": 4, "work_counts": 4, "days": 4}
"""Each table, and how many of its first columns are its key."""


RETIRED = "~/"
"""What the path of a retired unit begins with."""
OPEN = "coalesce(stage, 'assigned') NOT IN ('verified', 'waived')"
"""That something is still owed, of a row of the tasks, or of the lack of one."""
COUNTED_AS = "CASE WHEN stage <> 'verified' THEN stage WHEN on_time THEN 'on_time' ELSE 'late' END"
"""The state under which a row of the tasks is counted, as `TaskState.tally`."""
TASK = task.stream("", "")[:-1]
"""What the stream of every task begins with."""


class UnitRow(NamedTuple):
    """A unit with its place in the tree; ``path`` is the codes from the top, each closed by a slash.

    ``place`` is the position of its registration in the log, ``joined`` the day of it. The path of a retired unit
    begins with ``~/``, and so lies in no range of paths.
    """

    code: str
    version: int
    parent: str | None
    level: str
    path: str
    place: int
    joined: date
    name: Text
    attributes: dict[str, str]

    @property
    def lineage(self) -> tuple[str, ...]:
        """The codes from the top unit down to this one; of a retired one, as it was."""
        return lineage_of(self.path)

    @property
    def retired(self) -> bool:
        """Whether the unit is no more."""
        return self.path.startswith(RETIRED)


@lru_cache(10_000)
def lineage_of(path: str) -> tuple[str, ...]:
    """The codes of a path, from the top."""
    return tuple(path.removeprefix(RETIRED).rstrip("/").split("/")) if path else ()


def under(path: str) -> tuple[str, str]:
    """The range of paths at or below ``path`` (all, when empty): from the first up to, and without, the second."""
    # In ASCII "0" follows "/", and "~" follows all that a code may hold.
    return path, path[:-1] + "0" if path else "~"


class Tables:
    """The state rows and read tables, on the cursor of one transaction; `flush` writes what was applied."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.cursor = cursor
        self._states: dict[str, tuple[Model, int]] = {}
        self._changed: set[str] = set()
        self._units: dict[str, UnitRow] = {}
        self._new_units: list[UnitRow] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._tallies: Counter[tuple[str, str, str, str]] = Counter()
        self._tasks_below: Counter[tuple[str, str, str, str]] = Counter()
        self._open: dict[tuple[str, str, str], int] = {}
        self._work_counts: Counter[tuple[str, str, str, str]] = Counter()
        self._days: Counter[tuple[str, str, str, str]] = Counter()
        self._acts: list[tuple[str, str, str, int, str, str, str | None]] = []

    def state(self, stream: str, initial: State) -> tuple[State, int]:
        """The state of a stream and its version; ``initial`` and 0 when nothing has happened there."""
        held = self._states.get(stream)
        if held is None:
            self.expect([stream], initial)
            held = self._states[stream]
        state, version = held
        assert isinstance(state, type(initial))
        return state, version

    def expect(self, streams: Iterable[str], initial: Model) -> None:
        """Read the states of ``streams`` at once, so that `state` has them; of those not read before."""
        wanted = [stream for stream in streams if stream not in self._states]
        self._states.update(dict.fromkeys(wanted, (initial, 0)))
        of_tasks = isinstance(initial, TaskState)
        for stream, version, state in self._stored(wanted, of_tasks=of_tasks):
            read = TaskState.model_validate_json(state) if of_tasks else _read(type(initial), state)
            self._states[stream] = (read, version)

    def expect_tasks(self, streams: Iterable[str], units: Iterable[str]) -> None:
        """Read at once the states of those of ``streams`` that are of tasks, their units, and other ``units``."""
        of_tasks = {stream for stream in streams if task.is_stream(stream)}
        self.expect(of_tasks, task.NO_TASK)
        self.units_of({*units, *(task.split(stream)[1] for stream in of_tasks)})

    def _stored(self, streams: Sequence[str], *, of_tasks: bool) -> Iterator[tuple[str, int, str]]:
        """Those of the streams in which something happened: each with its version and its state."""
        if not of_tasks:
            yield from self.cursor.execute(
                "SELECT stream, version, state FROM json_each(?) CROSS JOIN states ON stream = value",
                (json.dumps(streams),),
            )
            return
        units_by_directive: dict[str, list[str]] = {}
        for directive_id, code in map(task.split, streams):
            units_by_directive.setdefault(directive_id, []).append(code)
        for directive_id, codes in units_by_directive.items():
            yield from self.cursor.execute(
                "SELECT 'task/' || directive || '/' || unit, version, state "
                "FROM json_each(?) CROSS JOIN tasks ON directive = ? AND unit = value",
                (json.dumps(codes), directive_id),
            )

    def organisation(self) -> OrganisationState:
        """The levels and the time zone.

        Raises:
            UnknownUnit: the store has no organisation yet.
        """
        state, version = self.state(units.STREAM, NO_ORGANISATION)
        if not version:
            raise UnknownUnit("organisation: the store has none yet: register one with directives init")
        return state

    def directive(self, directive_id: str) -> tuple[DirectiveState, int]:
        """The directive of that id, and the version of its stream.

        Raises:
            UnknownDirective: there is none.
        """
        state, version = self.state(directive.stream(directive_id), NO_DIRECTIVE)
        if not version:
            raise UnknownDirective(
                "directive: {directive_id} is unknown: directives directive list shows those given",
                directive_id=directive_id,
            )
        return state, version

    def directives(self) -> list[DirectiveState]:
        """All directives, in the order of their issue."""
        return sorted(self._all("directive", DirectiveState), key=lambda state: state.position)

    def meetings(self) -> list[MeetingState]:
        """All meetings, in the order of their ids."""
        return self._all("meeting", MeetingState)

    def persons(self) -> list[PersonState]:
        """All persons, in the order of their ids."""
        return self._all("person", PersonState)

    def persons_of(self, persons: Iterable[str]) -> list[PersonState]:
        """Those of ``persons`` that there are."""
        wanted = {personal.stream(person) for person in persons}
        self.expect(wanted, NO_PERSON)
        return [state for state, _ in (self.state(stream, NO_PERSON) for stream in wanted) if state.person]

    def person(self, person: str) -> tuple[PersonState, int]:
        """The person of that id, and the version of their stream.

        Raises:
            UnknownPerson: there is none.
        """
        state, version = self.state(personal.stream(person), NO_PERSON)
        if not state.person:
            raise UnknownPerson("person: {person} is unknown: directives person list shows them", person=person)
        return state, version

    def _all(self, aggregate: str, state_class: type[State]) -> list[State]:
        rows = self.cursor.execute("SELECT state FROM states WHERE stream >= ? AND stream < ?", under(f"{aggregate}/"))
        return [_read(state_class, row["state"]) for row in rows]

    def count(self, unit: str, level: str) -> int:
        """How many units of ``level`` are at or below ``unit``."""
        row = self.cursor.execute(
            "SELECT count FROM unit_counts WHERE unit = ? AND level = ?", (unit, level)
        ).fetchone()
        return 0 if row is None else row["count"]

    def below(self, unit: UnitRow) -> int:
        """How many units are below ``unit``."""
        row = self.cursor.execute("SELECT sum(count) AS count FROM unit_counts WHERE unit = ?", (unit.code,)).fetchone()
        return (row["count"] or 0) - 1

    def owed(self, order: DirectiveState, unit: UnitRow) -> Assignment:
        """The assignment that the unit owes its task by.

        Raises:
            UnknownTask: it owes none, was retired, or joined after its level was completed.
        """
        if unit.retired:
            raise UnknownTask(
                "task: {id}/{code} is unknown: {code} was retired and owes nothing", id=order.id, code=unit.code
            )
        assignment = directive.owed(order, unit.level, unit.lineage)
        # Of a completed level, each unit that owed the task has done something about it.
        if assignment.expected is not None and not self.state(task.stream(order.id, unit.code), task.NO_TASK)[1]:
            raise UnknownTask(
                "task: {id}/{code} is unknown: {code} came to its level after that was completed",
                id=order.id,
                code=unit.code,
            )
        return assignment

    def not_yet_due(self, order: DirectiveState, assignment: Assignment, place: UnitRow, today: date) -> int:
        """How many open tasks at or below ``place`` have longer than their level: by an extension, or by the grace."""
        since = today - timedelta(days=order.grace_days)
        first, last = under(place.path)
        row = self.cursor.execute(
            f"""SELECT (SELECT count(*) FROM tasks INDEXED BY tasks_extended
                CROSS JOIN units ON units.code = tasks.unit
                WHERE directive = :directive AND due >= :today AND level = :level
                AND path >= :first AND path < :last AND {OPEN})
            + (SELECT count(*) FROM units INDEXED BY units_that_joined
                LEFT JOIN tasks ON tasks.directive = :directive AND tasks.unit = units.code
                WHERE level = :level AND place > :position AND joined >= :since AND path >= :first AND path < :last
                AND {OPEN} AND coalesce(due, '') < :today)""",
            {
                "directive": order.id,
                "level": assignment.level,
                "position": assignment.position,
                "today": today.isoformat(),
                "since": since.isoformat(),
                "first": first,
                "last": last,
            },
        ).fetchone()
        return row[0]

    def tally(self, directive_id: str, level: str, unit: str) -> Counter[str]:
        """How many units of ``level`` at or below ``unit`` are in which state; those that never acted are in none."""
        if self.unit(unit).level == level:
            row = self.cursor.execute(
                f"SELECT {COUNTED_AS} AS state FROM tasks WHERE directive = ? AND unit = ?", (directive_id, unit)
            ).fetchone()
            return Counter(() if row is None else [row["state"]])
        rows = self.cursor.execute(
            "SELECT state, count FROM tallies WHERE directive = ? AND level = ? AND unit = ?",
            (directive_id, level, unit),
        )
        return Counter({row["state"]: row["count"] for row in rows})

    def counts(self, unit: str) -> Counter[str]:
        """How many units of each level are at or below ``unit``."""
        rows = self.cursor.execute("SELECT level, count FROM unit_counts WHERE unit = ?", (unit,))
        return Counter({row["level"]: row["count"] for row in rows})

    def tallies(self, directive_id: str, unit: str) -> dict[str, Counter[str]]:
        """As `tally`, of each level below that of ``unit``."""
        levels = json.dumps([level.code for level in self.organisation().levels])
        found: dict[str, Counter[str]] = {}
        for row in self.cursor.execute(
            """SELECT level, state, count FROM json_each(?) CROSS JOIN tallies
            WHERE directive = ? AND level = value AND unit = ?""",
            (levels, directive_id, unit),
        ):
            found.setdefault(row["level"], Counter())[row["state"]] = row["count"]
        return found

    def work_counts(self, directive_id: str, level: str, unit: str) -> Counter[str]:
        """The numbers of the kind's work, added up over the units of ``level`` at or below ``unit``."""
        rows = self.cursor.execute(
            "SELECT name, count FROM work_counts WHERE directive = ? AND level = ? AND unit = ?",
            (directive_id, level, unit),
        )
        return Counter({row["name"]: row["count"] for row in rows})

    def days(self, directive_id: str, level: str, unit: str, first: date, last: date) -> Counter[date]:
        """How many units of ``level`` at or below ``unit`` covered each day from ``first`` to ``last``."""
        rows = self.cursor.execute(
            "SELECT day, units FROM days WHERE directive = ? AND level = ? AND unit = ? AND day BETWEEN ? AND ?",
            (directive_id, level, unit, first.isoformat(), last.isoformat()),
        )
        return Counter({date.fromisoformat(row["day"]): row["units"] for row in rows})

    def unit(self, code: str) -> UnitRow:
        """The unit of that code.

        Raises:
            UnknownUnit: there is none.
        """
        if code not in self._units:
            row = self.cursor.execute("SELECT * FROM units WHERE code = ?", (code,)).fetchone()
            if row is None:
                raise UnknownUnit("unit: {code} is unknown: directives org tree lists the units", code=code)
            self._units[code] = unit_row(row)
        return self._units[code]

    def live_unit(self, code: str) -> UnitRow:
        """The unit of that code.

        Raises:
            UnknownUnit: there is none.
            UnitRetired: it is no more.
        """
        unit = self.unit(code)
        if unit.retired:
            raise UnitRetired("unit: {code} was retired: name another one", code=code)
        return unit

    def units_of(self, codes: Iterable[str]) -> list[UnitRow]:
        """Those of the units of these codes that there are."""
        rows = self.cursor.execute(
            "SELECT units.* FROM json_each(?) CROSS JOIN units ON units.code = json_each.value",
            (json.dumps(sorted(codes)),),
        )
        found = [*map(unit_row, rows)]
        self._units.update((row.code, row) for row in found)
        return found

    def units_under(self, path: str) -> Iterator[UnitRow]:
        """The units at or below ``path``, each before those under it."""
        rows = self.cursor.execute("SELECT * FROM units WHERE path >= ? AND path < ? ORDER BY path", under(path))
        return map(unit_row, rows)

    def top(self) -> UnitRow:
        """The top unit of the organisation."""
        return unit_row(self.cursor.execute("SELECT * FROM units ORDER BY path LIMIT 1").fetchone())

    def apply(self, events: Sequence[RecordedEvent]) -> None:
        """Take ``events``, all of one stream, into the states and tables."""
        if not events:
            return
        aggregate, _, rest = events[0].stream.partition("/")
        if aggregate == "task":
            self._evolve_task(events, *rest.split("/"))
            return
        for event in events:
            match event.data:
                case Registered() as unit:
                    self._register(event, unit)
                case Renamed() | AttributesChanged() | Moved() | Retired() as change:
                    self._change_unit(event, change)
                case _:
                    self._evolve(event, aggregate, rest)

    def _evolve(self, event: RecordedEvent, aggregate: str, rest: str) -> None:
        if aggregate == "directive":
            self._open.clear()
            self._fold(event, NO_DIRECTIVE, directive.evolve)
            if isinstance(event.data, Amended):
                self._recount_work(rest)
        elif aggregate == "meeting":
            self._fold(event, NO_MEETING, meeting.evolve)
        elif aggregate == "person":
            self._fold(event, NO_PERSON, personal.evolve)
        else:
            self._fold(event, NO_ORGANISATION, units.evolve)

    def _fold(self, event: RecordedEvent, initial: State, evolve: Callable[[State, RecordedEvent], State]) -> None:
        self._keep(event, evolve(self.state(event.stream, initial)[0], event))

    def _evolve_task(self, events: Sequence[RecordedEvent], directive_id: str, code: str) -> None:
        stream = events[0].stream
        before, version = self.state(stream, task.NO_TASK)
        order, unit = self.directive(directive_id)[0], self.unit(code)
        kind, after = kind_of(order.kind), before
        for event in events:
            standing, after = after, task.evolve(after, event)
            work = kind.evolve(standing.work, event)
            if work is not standing.work:
                after = after.changed(work=work)
            if after.closed != standing.closed:
                after = after.changed(revision=order.revision if after.closed else None)
            if kind.window is not None:
                self._count_days(event, standing, after, kind, directive_id, unit)
            if sealed_in(event.data):
                self._note_persons(event)
            if event.version == 1 or (after.tally, after.due) != (standing.tally, standing.due):
                self._note_act(event, directive_id, unit, after)
        self._states[stream] = (after, events[-1].version)
        self._changed.add(stream)
        if not unit.retired:
            self._count_task(directive_id, unit, before if version else None, after)
        if kind.counts_work and (after.work, after.revision) != (before.work, before.revision):
            counted = Counter(kind.counts(after.work, order.terms_of(after.revision)))
            counted.subtract(kind.counts(before.work, order.terms_of(before.revision)))
            self._add_up(self._work_counts, directive_id, unit, counted)

    def _count_task(self, directive_id: str, unit: UnitRow, before: TaskState | None, after: TaskState) -> None:
        """Count how the task stands now, and no more how it stood before."""
        now, then = after.tally, None if before is None else before.tally
        if now == then:
            return
        above = unit.path[: -len(unit.code) - 1]
        self._tasks_below[directive_id, unit.level, above, now] += 1
        if then is not None:
            self._tasks_below[directive_id, unit.level, above, then] -= 1
        closed = before is not None and before.closed
        if after.closed != closed:
            self._note_closed(directive_id, unit, -1 if after.closed else 1)

    def _note_act(self, event: RecordedEvent, directive_id: str, unit: UnitRow, after: TaskState) -> None:
        """Note how the task stands from then on."""
        due = None if after.due is None else after.due.isoformat()
        at = utc_text(event.occurred_at)
        self._acts.append((directive_id, unit.level, unit.code, event.position, at, after.tally, due))

    def _count_days(
        self,
        event: RecordedEvent,
        before: TaskState,
        after: TaskState,
        kind: Kind,
        directive_id: str,
        unit: UnitRow,
    ) -> None:
        """Count the days of the daily record; a task that is waived is in none."""
        day = kind.covers(before.work, event)
        if (after.stage == "waived") != (before.stage == "waived"):
            change = -1 if after.stage == "waived" else 1
            self._add_up(
                self._days, directive_id, unit, {each.isoformat(): change for each in kind.covered(after.work)}
            )
        elif after.stage != "waived" and day is not None:
            self._add_up(self._days, directive_id, unit, {day.isoformat(): 1})

    def _note_closed(self, directive_id: str, unit: UnitRow, change: int) -> None:
        for place in self._open:
            if place[:2] == (directive_id, unit.level) and place[2] in unit.lineage:
                self._open[place] += change

    def still_open(self, order: DirectiveState, assignment: Assignment) -> int:
        """How many units of an assignment have their task neither verified nor waived; counted once, then kept."""
        place = (order.id, assignment.level, assignment.scope)
        if place not in self._open:
            self.flush()
            tally = self.tally(*place)
            count = self.count(assignment.scope, assignment.level)
            owing = count if assignment.expected is None else sum(tally.values())
            self._open[place] = owing - sum(tally[state] for state in task.CLOSED)
        return self._open[place]

    def _note_persons(self, event: RecordedEvent) -> None:
        for person in {each.person for each in sealed_in(event.data).values()}:
            stream = personal.stream(person)
            before, version = self.state(stream, NO_PERSON)
            self._states[stream] = (personal.evolve(before, event), version)
            self._changed.add(stream)

    def _recount_work(self, directive_id: str) -> None:
        """Count the work of open tasks by the parameters that hold now, instead of those before."""
        self.flush()
        order = self.directive(directive_id)[0]
        kind, before, now = kind_of(order.kind), order.superseded[-1].parameters, order.parameters
        rows = self.cursor.execute("SELECT unit, state FROM tasks WHERE directive = ?", (directive_id,))
        states = {row["unit"]: TaskState.model_validate_json(row["state"]) for row in rows}
        worked = {code: each.work for code, each in states.items() if each.work and not each.closed}
        for unit in self.units_of(worked):
            counted = Counter(kind.counts(worked[unit.code], now))
            counted.subtract(kind.counts(worked[unit.code], before))
            self._add_up(self._work_counts, directive_id, unit, counted)

    def _add_up(
        self, sums: Counter[tuple[str, str, str, str]], directive_id: str, unit: UnitRow, changes: Mapping[str, int]
    ) -> None:
        """Add ``changes`` to the sums of the unit and of every unit above it."""
        for name, change in changes.items():
            for above in unit.lineage if change and not unit.retired else ():
                sums[directive_id, unit.level, above, name] += change

    def _keep(self, event: RecordedEvent, state: Model) -> None:
        self._states[event.stream] = (state, event.version)
        self._changed.add(event.stream)

    def _register(self, event: RecordedEvent, unit: Registered) -> None:
        above = "" if unit.parent is None else self.unit(unit.parent).path
        row = UnitRow(
            unit.code,
            event.version,
            unit.parent,
            unit.level,
            f"{above}{unit.code}/",
            event.position,
            day_of(event.occurred_at, self.organisation().zone),
            unit.name,
            unit.attributes,
        )
        self._units[unit.code] = row
        self._open.clear()
        self._new_units.append(row)
        for code in (*lineage_of(above), unit.code):
            self._counts[code, unit.level] += 1

    def _change_unit(self, event: RecordedEvent, change: Renamed | AttributesChanged | Moved | Retired) -> None:
        self.flush()
        self._open.clear()
        unit = self.unit(event.stream.partition("/")[2])
        match change:
            case Renamed(name=name):
                unit = unit._replace(name=name)
            case AttributesChanged(attributes=attributes):
                unit = unit._replace(attributes=attributes)
            case Moved(parent=parent):
                unit = self._move(unit, self.unit(parent))
            case Retired():
                self._shift(unit, Counter(dict.fromkeys(unit.lineage, -1)))
                unit = unit._replace(path=RETIRED + unit.path)
        unit = unit._replace(version=event.version)
        self.cursor.execute(
            "UPDATE units SET version = ?, parent = ?, path = ?, name_en = ?, name_hi = ?, attributes = ? "
            "WHERE code = ?",
            (unit.version, unit.parent, unit.path, *_unit_params(unit)[7:], unit.code),
        )
        self._units[unit.code] = unit

    def _move(self, unit: UnitRow, parent: UnitRow) -> UnitRow:
        """Take a unit, and all below it, from the units above it to those above its new place."""
        changes = Counter(parent.lineage)
        changes.subtract(unit.lineage[:-1])
        self._shift(unit, changes)
        path = f"{parent.path}{unit.code}/"
        self.cursor.execute(
            "UPDATE units SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?",
            (path, len(unit.path) + 1, *under(unit.path)),
        )
        self._units.clear()
        return unit._replace(parent=parent.code, path=path)

    def _shift(self, unit: UnitRow, changes: Mapping[str, int]) -> None:
        """Add what is counted at ``unit`` to what is counted at other units, so many times each."""
        own = self.cursor.execute("SELECT level, count FROM unit_counts WHERE unit = ?", (unit.code,)).fetchall()
        for row in own:
            for above, change in changes.items():
                self._counts[above, row["level"]] += change * row["count"]
        orders, levels = self._orders(), json.dumps([row["level"] for row in own])
        acted = self.cursor.execute(
            f"""SELECT directive, {COUNTED_AS} AS state FROM json_each(?) AS orders CROSS JOIN tasks
            WHERE directive = orders.value AND unit = ?""",
            (orders, unit.code),
        ).fetchall()
        for row in acted:  # its own task is counted above it, not at it
            for above, change in changes.items():
                if above != unit.code:
                    self._tallies[row["directive"], unit.level, above, row["state"]] += change
        for table, name, number, sums in (
            ("tallies", "state", "count", self._tallies),
            ("work_counts", "name", "count", self._work_counts),
            ("days", "day", "units", self._days),
        ):
            counted = self.cursor.execute(
                f"""SELECT directive, level, {name} AS name, {number} AS number
                FROM json_each(?) AS orders CROSS JOIN json_each(?) AS levels CROSS JOIN {table}
                WHERE directive = orders.value AND level = levels.value AND unit = ?""",
                (orders, levels, unit.code),
            ).fetchall()
            for row in counted:
                for above, change in changes.items():
                    sums[row["directive"], row["level"], above, row["name"]] += change * row["number"]

    def _orders(self) -> str:
        """The ids of all directives, as JSON."""
        rows = self.cursor.execute("SELECT stream FROM states WHERE stream >= ? AND stream < ?", under("directive/"))
        return json.dumps([row["stream"].partition("/")[2] for row in rows.fetchall()])

    def flush(self) -> None:
        """Write what was applied."""
        self._write(
            "INSERT INTO states VALUES (?, ?, ?) "
            "ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state",
            [
                (stream, self._states[stream][1], self._states[stream][0].model_dump_json())
                for stream in sorted(self._changed)
                if not stream.startswith(TASK)
            ],
        )
        self._write("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*map(_unit_params, self._new_units)])
        self._write(
            "INSERT INTO unit_counts VALUES (?, ?, ?) "
            "ON CONFLICT (unit, level) DO UPDATE SET count = count + excluded.count",
            [(*key, count) for key, count in self._counts.items() if count],
        )
        self._write(
            "DELETE FROM unit_counts WHERE unit = ? AND level = ? AND count = 0",
            [key for key, count in self._counts.items() if count < 0],
        )
        changed = sorted(stream for stream in self._changed if stream.startswith(TASK))
        self._write(
            "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_task_params(stream, *self._states[stream]) for stream in changed],
        )
        for (directive_id, level, path, state), number in self._tasks_below.items():
            for code in lineage_of(path) if number else ():
                self._tallies[directive_id, level, code, state] += number
        self._tasks_below.clear()
        self._write("INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?)", self._acts)
        self._acts.clear()
        self._write_sums("tallies", "state", "count", self._tallies)
        self._write_sums("work_counts", "name", "count", self._work_counts)
        self._write_sums("days", "day", "units", self._days)
        self._changed.clear()
        self._new_units.clear()
        self._counts.clear()

    def _write_sums(self, table: str, name: str, number: str, sums: Counter[tuple[str, str, str, str]]) -> None:
        self._write(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?) "
            f"ON CONFLICT (directive, level, unit, {name}) DO UPDATE SET {number} = {number} + excluded.{number}",
            [(*key, count) for key, count in sums.items() if count],
        )
        self._write(
            f"DELETE FROM {table} WHERE directive = ? AND level = ? AND unit = ? AND {name} = ? AND {number} = 0",
            [key for key, count in sums.items() if count < 0],
        )
        sums.clear()

    def _write(self, statement: str, rows: Sequence[Sequence[str | int | None]]) -> None:
        if rows:
            self.cursor.executemany(statement, rows)


@lru_cache(256)
def _read(state_class: type[State], written: str) -> State:
    """A state as it is written; those of directives and of the organisation are asked for again and again."""
    return state_class.model_validate_json(written)


def unit_row(row: Sequence[Any]) -> UnitRow:
    """A unit, of a row of the table of units."""
    code, version, parent, level, path, place, joined, name_en, name_hi, attributes = row
    name = Text.of_valid({"en": name_en, "hi": name_hi})
    noted: dict[str, str] = json.loads(attributes) if attributes != "{}" else {}
    return UnitRow(code, version, parent, level, path, place, date.fromisoformat(joined), name, noted)


def _task_params(stream: str, state: Model, version: int) -> tuple[str | int | None, ...]:
    assert isinstance(state, TaskState)
    submitted, verified = state.submitted_at, state.verified_at
    return (
        *task.split(stream),
        version,
        state.model_dump_json(exclude_defaults=True),
        state.stage,
        None if submitted is None else utc_text(submitted),
        None if verified is None else utc_text(verified),
        state.on_time,
        None if state.due is None else state.due.isoformat(),
        state.assignee,
    )


def _unit_params(unit: UnitRow) -> tuple[str | int | None, ...]:
    attributes = json.dumps(unit.attributes, ensure_ascii=False) if unit.attributes else "{}"
    return (*unit[:6], unit.joined.isoformat(), unit.name.en, unit.name.hi, attributes)


def as_unit(row: UnitRow) -> Unit:
    """The unit as an organisation file gives it."""
    return Unit(code=row.code, parent=row.parent, level=row.level, name=row.name, attributes=row.attributes)
