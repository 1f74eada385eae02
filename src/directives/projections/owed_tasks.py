"""Units and the tasks that they owe, read together; also of those that have not acted yet, and so have no row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from directives.domain.directive.state import Assignment, DirectiveState
from directives.domain.task.state import Stage
from directives.domain.values import Text
from directives.projections.tasks import OPEN, UNDONE
from directives.projections.units import RETIRED, UnitRow, under
from directives.store.session import Session

READ = 500
"""Rows that are read together."""


class Doing(NamedTuple):
    """The unit to which a task was reassigned."""

    path: str
    name: Text


class OwedTask(NamedTuple):
    """A unit and its task; ``begun`` says whether anything has happened to that.

    ``came`` is the position of the unit's registration, or of its restoration, ``came_on`` the day of it.
    """

    unit: str
    path: str
    came: int
    came_on: date
    name: Text
    begun: bool
    stage: Stage
    tally: str
    due: date | None
    assignee: str | None
    doing: Doing | None
    submitted_at: str | None
    written_at: str | None
    answered_at: str | None

    @property
    def verified_at(self) -> str | None:
        """When it was verified."""
        return self.answered_at if self.stage == "verified" else None

    def is_done_within(self, paths: tuple[str, str]) -> bool:
        """Whether it is done by a unit in a range of paths; one in the hands of a retired unit is where it is owed."""
        return self.doing is None or self.doing.path >= RETIRED or paths[0] <= self.doing.path < paths[1]


class ListedTask(NamedTuple):
    """A task of a list of several directives."""

    directive: str
    level: str
    task: OwedTask


_CAME = "coalesce(units.restored, units.place)"
_CAME_ON = "coalesce(units.restored_on, units.joined)"
COLUMNS = f"""units.code AS code, units.path AS path, {_CAME} AS came, {_CAME_ON} AS came_on,
units.name_en AS name_en, units.name_hi AS name_hi, tasks.version AS version,
coalesce(stage, 'assigned') AS stage, coalesce(tally, 'assigned') AS tally, due, assignee,
doing.path AS doing_path, doing.name_en AS doing_en, doing.name_hi AS doing_hi,
submitted_at, written_at, answered_at"""
"""What `owed_task` reads, of the tables of units and tasks, and of the units that do reassigned ones."""
DOING = "LEFT JOIN units AS doing ON doing.code = assignee"


def owed_task(row: Sequence[Any]) -> OwedTask:
    """A unit and its task, of a row of `COLUMNS`: by their places, since lists have many rows."""
    code, path, came, came_on, name_en, name_hi, version, stage, tally, due, assignee, *rest = row
    doing_path, doing_en, doing_hi, submitted_at, written_at, answered_at = rest
    return OwedTask(
        unit=code,
        path=path,
        came=came,
        came_on=date.fromisoformat(came_on),
        name=Text.of_valid({"en": name_en, "hi": name_hi}),
        begun=bool(version),
        stage=stage,
        tally=tally,
        due=None if due is None else date.fromisoformat(due),
        assignee=assignee,
        doing=None if doing_path is None else Doing(doing_path, Text.of_valid({"en": doing_en, "hi": doing_hi})),
        submitted_at=submitted_at,
        written_at=written_at,
        answered_at=answered_at,
    )


def listed_task(row: Sequence[Any]) -> ListedTask:
    """The same, of a row that begins with the directive and the level."""
    directive, level, *task = row
    return ListedTask(directive, level, owed_task(task))


class OwedTasks:
    """The tables of units and of tasks, read together; as they were flushed last."""

    def __init__(self, session: Session) -> None:
        self._cursor, self._by_index = session.cursor, session.dialect.by_index

    def between(
        self, directive: str, assignment: Assignment, paths: tuple[str, str], *, after: str = "", where: str = ""
    ) -> Iterator[OwedTask]:
        """The tasks of an assignment whose units' paths are in a range, in their order; read page by page.

        Args:
            after: the path after which.
            where: conditions, as `in_stages`; without any, all.
        """
        # Of a completed level, each unit that owed the task has a row; who came later owes none.
        join = "LEFT" if assignment.expected is None else "INNER"
        return self._pages(join, directive, assignment.level, paths, after, where)

    def due_later(
        self, directive: DirectiveState, assignment: Assignment, paths: tuple[str, str], where: str
    ) -> list[OwedTask]:
        """Those whose due day is later than that of their level, by an extension or by the grace; in any order.

        Args:
            where: as that of `between`.
        """
        join = "LEFT" if assignment.expected is None else "INNER"
        rows = self._cursor.execute(
            f"""SELECT {COLUMNS} FROM (
                SELECT unit AS code FROM tasks {self._by_index("tasks_extended")}
                WHERE directive = :directive AND due > :due
                UNION SELECT code FROM units {self._by_index("units_that_joined")}
                WHERE level = :level AND place >= :position AND joined > :since
                UNION SELECT code FROM units {self._by_index("units_restored")}
                WHERE level = :level AND restored >= :position AND restored_on > :since
            ) AS later CROSS JOIN units {join} JOIN tasks ON tasks.directive = :directive AND tasks.unit = units.code
            {DOING} WHERE units.code = later.code AND units.level = :level
            AND units.path >= :first AND units.path < :last {where}""",
            {
                "directive": directive.id,
                "due": assignment.due.isoformat(),
                "level": assignment.level,
                "position": assignment.position,
                "since": (assignment.due - timedelta(days=directive.grace_days)).isoformat(),
                "first": paths[0],
                "last": paths[1],
            },
        )
        return [*map(owed_task, rows)]

    def of_scope(self, directive: str, level: str, scope: UnitRow) -> Iterator[OwedTask]:
        """The units of ``level`` at or below ``scope`` with their tasks, also those that owe none."""
        return self._pages("LEFT", directive, level, under(scope.path), "", "")

    def _pages(
        self, join: str, directive: str, level: str, paths: tuple[str, str], after: str, where: str
    ) -> Iterator[OwedTask]:
        last = max(after, paths[0])
        including = ">" if last == after else ">="
        while True:
            rows = self._cursor.execute(
                f"""SELECT {COLUMNS}
                FROM units {join} JOIN tasks ON tasks.directive = ? AND tasks.unit = units.code {DOING}
                WHERE units.level = ? AND units.path {including} ? AND units.path < ? {where}
                ORDER BY units.path LIMIT ?""",
                (directive, level, last, paths[1], READ),
            ).fetchall()
            yield from map(owed_task, rows)
            if len(rows) < READ:
                return
            last, including = rows[-1]["path"], ">"

    def done_by(self, paths: tuple[str, str]) -> list[ListedTask]:
        """The tasks that units with paths in a range do, of units that have none of those."""
        rows = self._cursor.execute(
            f"""SELECT directive, units.level AS level, {COLUMNS}
            FROM tasks {self._by_index("tasks_reassigned")} CROSS JOIN units CROSS JOIN units AS doing
            WHERE units.code = tasks.unit AND doing.code = assignee AND assignee IS NOT NULL
            AND doing.path >= ? AND doing.path < ? AND units.path < ? AND NOT (units.path >= ? AND units.path < ?)""",
            (*paths, RETIRED, *paths),
        )
        return [*map(listed_task, rows)]

    def not_yet_due(self, directive: DirectiveState, assignment: Assignment, root: UnitRow, today: date) -> int:
        """How many undone tasks at or below ``root`` have longer than their level: by an extension, or by the grace."""
        first, last = under(root.path)
        return self._cursor.execute(
            f"""SELECT (SELECT count(*) FROM tasks {self._by_index("tasks_extended")} CROSS JOIN units
                WHERE units.code = tasks.unit
                AND directive = :directive AND due >= :today AND level = :level
                AND path >= :first AND path < :last AND {UNDONE})
            + (SELECT count(*) FROM units {self._by_index("units_that_joined")}
                LEFT JOIN tasks ON tasks.directive = :directive AND tasks.unit = units.code
                WHERE level = :level AND place > :position AND joined >= :since AND path >= :first AND path < :last
                AND restored IS NULL AND {UNDONE} AND coalesce(due, '') < :today)
            + (SELECT count(*) FROM units {self._by_index("units_restored")}
                LEFT JOIN tasks ON tasks.directive = :directive AND tasks.unit = units.code
                WHERE level = :level AND restored > :position AND restored_on >= :since
                AND path >= :first AND path < :last AND {UNDONE} AND coalesce(due, '') < :today)""",
            {
                "directive": directive.id,
                "level": assignment.level,
                "position": assignment.position,
                "today": today.isoformat(),
                "since": (today - timedelta(days=directive.grace_days)).isoformat(),
                "first": first,
                "last": last,
            },
        ).fetchone()[0]

    def in_hands_of_retired(self, directive: str) -> list[str]:
        """The units whose open tasks were reassigned to units that are retired now."""
        rows = self._cursor.execute(
            f"""SELECT tasks.unit FROM tasks JOIN units ON units.code = tasks.assignee
            WHERE directive = ? AND {OPEN} AND units.path >= ? AND units.path < ?""",
            (directive, *under(RETIRED)),
        )
        return [row["unit"] for row in rows]


def in_stages(stages: Iterable[str]) -> str:
    """The condition that a task is in one of these stages."""
    listed = ", ".join(f"'{stage}'" for stage in stages)
    return f" AND coalesce(stage, 'assigned') IN ({listed})"


def due_with_its_level(directive: DirectiveState, assignment: Assignment) -> str:
    """The condition that a task is due on the day of its level: neither extended beyond it, nor of a late joiner."""
    since = assignment.due - timedelta(days=directive.grace_days)
    return (
        f" AND coalesce(due, '') <= '{assignment.due}'"
        f" AND NOT ({_CAME} >= {assignment.position} AND {_CAME_ON} > '{since}')"
    )


STILL_UNDONE = f" AND {UNDONE}"
"""The condition that the unit has still to act."""
