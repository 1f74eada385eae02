"""The states of tasks, a row each from the first act on; before that they follow from the directive."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from directives.domain.directive.state import Assignment, DirectiveState, owed
from directives.domain.errors import UnknownTask
from directives.domain.task.events import Struck
from directives.domain.task.state import TASK, TaskState, is_task_stream, split_task
from directives.domain.values import utc_text
from directives.projections.change import Change
from directives.projections.units import UnitRow, under
from directives.store.dialect import as_list
from directives.store.newest import Sql
from directives.store.session import Session
from directives.store.table import Index, Table

TASKS = Table(
    "tasks",
    (
        "directive TEXT NOT NULL",
        "unit TEXT NOT NULL",
        "version INTEGER NOT NULL",
        "state TEXT NOT NULL",
        "stage TEXT NOT NULL",
        "submitted_at TEXT",
        "written_at TEXT",
        "answered_at TEXT",
        "tally TEXT NOT NULL",
        "due TEXT",
        "assignee TEXT",
        "latest_at TEXT NOT NULL",
        "out_of_order INTEGER NOT NULL",
    ),
    key=2,
    indexes=(
        Index("tasks_extended", "directive, due", "due IS NOT NULL"),
        Index("tasks_reassigned", "directive, assignee", "assignee IS NOT NULL"),
        Index("tasks_waiting", "written_at, directive, unit", "stage = 'submitted'"),
        Index("tasks_out_of_order", "directive, unit", "out_of_order"),
    ),
)
OPEN = "coalesce(stage, 'assigned') NOT IN ('verified', 'waived')"
"""That something is still owed, of a row of the tasks, or of the lack of one."""
UNDONE = "coalesce(stage, 'assigned') NOT IN ('submitted', 'verified', 'waived')"
"""That the unit has still to act, of a row of the tasks, or of the lack of one: its submission does not wait either."""


class _Order(NamedTuple):
    """The latest moment of a task's events, and whether they are out of order."""

    latest_at: str
    out: bool


_READ = "version, state, latest_at, out_of_order"


class ActedTask(NamedTuple):
    """A task that was acted on: the unit that owes it, and the path of that."""

    unit: str
    path: str


def streams_of_tasks(session: Session, streams: Iterable[str]) -> Sql:
    """A query for these streams."""
    return Sql(f"SELECT value FROM {session.dialect.listed('streams')}", {"streams": as_list(streams)})


class Tasks:
    """The table of tasks.

    ``latest_at`` is the latest moment of all events of a task. One is ``out_of_order`` where some event happened before
    one that stands before it in the log, or before an amendment of its directive, or was struck out: how it stood on
    an earlier day does not follow from how it stood after each event.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor
        self._held: dict[str, tuple[TaskState, int]] = {}
        self._ordered: dict[str, _Order] = {}
        self._new: set[str] = set()
        self._changed: set[str] = set()

    def of(self, stream: str) -> tuple[TaskState, int]:
        """The state of the task of a stream and its version; the first state and 0 before anything happened."""
        held = self._held.get(stream)
        if held is None:
            row = self._cursor.execute(
                f"SELECT {_READ} FROM tasks WHERE directive = ? AND unit = ?", split_task(stream)
            ).fetchone()
            held = (TASK.initial, 0) if row is None else self._hold(stream, row)
            self._held[stream] = held
        return held

    def _hold(self, stream: str, row: Any) -> tuple[TaskState, int]:
        self._ordered[stream] = _Order(row["latest_at"], bool(row["out_of_order"]))
        held = self._held[stream] = (TaskState.model_validate_json(row["state"]), row["version"])
        return held

    def expect(self, streams: Iterable[str]) -> list[str]:
        """Read the states of those of ``streams`` that are of tasks, so that `of` has them; returns their units."""
        wanted = {stream: split_task(stream) for stream in streams if is_task_stream(stream)}
        units_by_directive: dict[str, list[str]] = {}
        for stream in wanted.keys() - self._held.keys():
            directive, unit = wanted[stream]
            units_by_directive.setdefault(directive, []).append(unit)
            self._held[stream] = (TASK.initial, 0)
        for directive, units in units_by_directive.items():
            for row in self._cursor.execute(
                f"""SELECT unit, {_READ} FROM {self._session.dialect.listed()} CROSS JOIN tasks
                WHERE directive = ? AND unit = listed.value""",
                (as_list(units), directive),
            ):
                self._hold(TASK.stream(directive, row["unit"]), row)
        return [unit for _, unit in wanted.values()]

    def tally(self, directive: str, unit: str) -> str | None:
        """The state under which the task is counted; None before anything happened."""
        held = self._held.get(TASK.stream(directive, unit))
        if held is not None:
            return held[0].tally if held[1] else None
        row = self._cursor.execute(
            "SELECT tally FROM tasks WHERE directive = ? AND unit = ?", (directive, unit)
        ).fetchone()
        return None if row is None else row["tally"]

    def owed(self, directive: DirectiveState, unit: UnitRow) -> Assignment:
        """The assignment that the unit owes its task by.

        Raises:
            UnknownTask: it owes none, was retired, or joined after its level was completed.
        """
        if unit.retired:
            raise UnknownTask(
                "task: {id}/{code} is unknown: {code} was retired and owes nothing", id=directive.id, code=unit.code
            )
        assignment = owed(directive, unit.level, unit.lineage)
        # Of a completed level, each unit that owed the task has done something about it.
        if not self._owes(assignment, directive, unit):
            raise UnknownTask(
                "task: {id}/{code} is unknown: {code} joined its level after that was completed",
                id=directive.id,
                code=unit.code,
            )
        return assignment

    def _owes(self, assignment: Assignment, directive: DirectiveState, unit: UnitRow) -> bool:
        """Whether a unit that an assignment covers owes by it: of a completed level only who did something."""
        return assignment.expected is None or bool(self.of(TASK.stream(directive.id, unit.code))[1])

    def open_work(self, directive: str) -> dict[str, TaskState]:
        """The open tasks of a directive about which work is on record, by their units; as they were flushed last."""
        rows = self._cursor.execute("SELECT unit, state FROM tasks WHERE directive = ?", (directive,))
        states = {row["unit"]: TaskState.model_validate_json(row["state"]) for row in rows}
        return {unit: state for unit, state in states.items() if state.work and not state.closed}

    def tallies_of(self, unit: str, directives: Iterable[str]) -> dict[str, str]:
        """The state under which the task of a unit is counted, by directive; as they were flushed last."""
        rows = self._cursor.execute(
            f"""SELECT directive, tally FROM {self._session.dialect.listed()} CROSS JOIN tasks
            WHERE directive = listed.value AND unit = ?""",
            (as_list(directives), unit),
        )
        return {row["directive"]: row["tally"] for row in rows}

    def acted(self, directive: str, paths: tuple[str, str], limit: int) -> list[ActedTask]:
        """The tasks of a directive that were acted on, by units with paths in a range, in their order; some at most.

        As they were flushed last.
        """
        rows = self._cursor.execute(
            """SELECT unit, path FROM units CROSS JOIN tasks
            WHERE path >= ? AND path < ? AND directive = ? AND unit = code ORDER BY path LIMIT ?""",
            (*paths, directive, limit),
        )
        return [ActedTask(row["unit"], row["path"]) for row in rows]

    def apply(self, change: Change) -> None:
        """Take a change in."""
        event = change.steps[-1].event
        self._held[event.stream] = (change.after, event.version)
        self._ordered[event.stream] = _order(self._ordered.get(event.stream), change)
        if change.first:
            self._new.add(event.stream)
        else:
            self._changed.add(event.stream)

    def amended(self, directive: str, at: datetime) -> None:
        """Mark the tasks of a directive that was amended at a moment, of which something happened after that."""
        moment = utc_text(at)
        self._cursor.execute(
            "UPDATE tasks SET out_of_order = 1 WHERE directive = ? AND latest_at > ?", (directive, moment)
        )
        for stream, order in self._ordered.items():
            if order.latest_at > moment and split_task(stream)[0] == directive:
                self._ordered[stream] = order._replace(out=True)

    def last_answer(self, directive: str, level: str, scope: UnitRow) -> datetime | None:
        """When the last of the tasks of ``level`` at or below ``scope`` was answered; as they were flushed last."""
        row = self._cursor.execute(
            f"""SELECT max(answered_at) FROM units {self._session.dialect.by_index("units_of_level")} CROSS JOIN tasks
            WHERE level = ? AND path >= ? AND path < ? AND directive = ? AND unit = code""",
            (level, *under(scope.path), directive),
        ).fetchone()
        return None if row[0] is None else datetime.fromisoformat(row[0])

    def flush(self) -> None:
        """Write what was taken in."""
        if self._new:
            self._session.insert(TASKS, map(self._row, sorted(self._new)))
        changed = sorted(self._changed - self._new)
        if changed:
            self._session.replace(TASKS, map(self._row, changed))
        self._new.clear()
        self._changed.clear()

    def _row(self, stream: str) -> tuple[str | int | None, ...]:
        """The row of a task."""
        state, version = self._held[stream]
        submitted, written, answered = state.submitted_at, state.written_at, state.answered_at
        return (
            *split_task(stream),
            version,
            state.model_dump_json(exclude_defaults=True),
            state.stage,
            None if submitted is None else utc_text(submitted),
            None if written is None else utc_text(written),
            None if answered is None else utc_text(answered),
            state.tally,
            None if state.due is None else state.due.isoformat(),
            state.assignee,
            self._ordered[stream].latest_at,
            int(self._ordered[stream].out),
        )


def _order(before: _Order | None, change: Change) -> _Order:
    """Until when something happened to a task, and whether its events stand in the order in which they happened."""
    latest, out = before or _Order("", out=False)
    amended = change.directive.amended_at
    for event, *_ in change.steps:
        at = utc_text(event.occurred_at)
        if at < latest or type(event.data) is Struck or (amended is not None and event.occurred_at < amended):
            out = True
        latest = max(at, latest)
    return _Order(latest, out)
