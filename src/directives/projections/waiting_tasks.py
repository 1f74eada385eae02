"""Tasks whose submissions wait for an answer, by the moment at which those were written down."""

from collections.abc import Iterator
from typing import NamedTuple

from directives.domain.errors import UnknownTask
from directives.projections.owed_tasks import COLUMNS, DOING, READ, ListedTask, listed_task
from directives.projections.units import RETIRED, UnitRow, under
from directives.store.newest import BEYOND_ALL
from directives.store.session import Session


class Since(NamedTuple):
    """A place in the order of all that wait: when the submission was written down, and whose it is."""

    written_at: str
    directive: str
    unit: str


FIRST = Since("", "", "")
"""The place before all others."""


def since_of(listed: ListedTask) -> Since:
    """The place of a task that waits."""
    return Since(listed.task.written_at or "", listed.directive, listed.task.unit)


_LATER = "stage = 'submitted' AND (written_at, directive, unit) > (?, ?, ?)"
_IN_ORDER = "ORDER BY written_at, directive, unit LIMIT ?"


class WaitingTasks:
    """The tables of tasks and of units, read together; as they were flushed last."""

    def __init__(self, session: Session) -> None:
        self._cursor, self._by_index = session.cursor, session.dialect.by_index

    def place_of(self, directive: str, unit: str) -> Since:
        """The place of a task, or the one that it had before it was answered.

        Raises:
            UnknownTask: it was never submitted.
        """
        row = self._cursor.execute(
            "SELECT written_at FROM tasks WHERE directive = ? AND unit = ? AND written_at IS NOT NULL",
            (directive, unit),
        ).fetchone()
        if row is None:
            raise UnknownTask(
                "task: {directive}/{unit} was never submitted: name a task of the list", directive=directive, unit=unit
            )
        return Since(row["written_at"], directive, unit)

    def of_scope(
        self, directive: str, level: str, scope: UnitRow, within: tuple[str, str], after: Since, limit: int | None
    ) -> list[ListedTask]:
        """The given units of ``level`` at or below ``scope``, looked up unit by unit.

        Args:
            within: the range of paths of the units that do them, see `OwedTask.is_done_within`.
        """
        rows = self._cursor.execute(
            f"""SELECT directive, units.level AS level, {COLUMNS} FROM units CROSS JOIN tasks {DOING}
            WHERE units.level = ? AND units.path >= ? AND units.path < ? AND directive = ? AND unit = units.code
            AND (doing.path IS NULL OR doing.path >= ? OR (doing.path >= ? AND doing.path < ?))
            AND {_LATER} {_IN_ORDER}""",
            (level, *under(scope.path), directive, RETIRED, *within, *after, BEYOND_ALL if limit is None else limit),
        )
        return [*map(listed_task, rows)]

    def all(self, after: Since) -> Iterator[ListedTask]:
        """All of them, but for those of retired units; page by page."""
        while True:
            rows = self._cursor.execute(
                f"""SELECT directive, units.level AS level, {COLUMNS}
                FROM tasks {self._by_index("tasks_waiting")} CROSS JOIN units {DOING}
                WHERE units.code = unit AND units.path < ? AND {_LATER} {_IN_ORDER}""",
                (RETIRED, *after, READ),
            ).fetchall()
            found = [*map(listed_task, rows)]
            yield from found
            if len(found) < READ:
                return
            after = since_of(found[-1])
