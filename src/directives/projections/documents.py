"""The documents that were handed in, by which units for which tasks: one from two units is told to both."""

import json
from collections.abc import Iterable, Sequence

from directives.domain.document import documents_in
from directives.domain.event import RecordedEvent, standing, taken_back
from directives.domain.office import unit_of
from directives.projections.change import Change
from directives.store.dialect import as_pairs
from directives.store.evidence_register import AFTER_HEX
from directives.store.session import Session
from directives.store.table import Index, Table

DOCUMENTS = Table(
    "documents",
    ("digest TEXT NOT NULL", "directive TEXT NOT NULL", "unit TEXT NOT NULL", "doing TEXT NOT NULL"),
    key=4,
    indexes=(Index("documents_of_task", "directive, unit"),),
)
_OTHER = "other.doing <> mine.doing AND (other.directive, other.unit) <> (mine.directive, mine.unit)"
"""That another unit handed it in, for another task."""
MOST = 10
"""Tasks with a same document that are named at most."""


class Documents:
    """The table of documents; a row stays, whatever becomes of the unit, and of a submission that is not recalled."""

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor
        self._pending: set[tuple[str, str, str, str]] = set()
        self._lost: set[tuple[str, str, str, str]] = set()

    def of_each(self, tasks: Iterable[tuple[str, str]]) -> dict[tuple[str, str, str], tuple[str, ...]]:
        """For each document of ``tasks``, given by directive and unit, the other units' tasks with it.

        The key is the digest, the directive and the unit. The tasks, `MOST` of them, are in the order of directive and
        unit; documents of one unit alone are left out. As they were flushed last.
        """
        # Few rows are read for each, also of a document that a hundred thousand units handed in.
        others = self._session.dialect.gathered(
            "task",
            f"""SELECT other.directive || '/' || other.unit AS task FROM documents AS other
            WHERE other.digest = mine.digest AND {_OTHER}
            GROUP BY other.directive, other.unit ORDER BY other.directive, other.unit LIMIT {MOST}""",
        )
        rows = self._cursor.execute(
            f"""SELECT digest, directive, unit, {others} AS others
            FROM {self._session.dialect.paired()} CROSS JOIN documents AS mine
            WHERE directive = pairs.one AND unit = pairs.other""",
            (as_pairs(tasks),),
        )
        found = {(row["digest"], row["directive"], row["unit"]): json.loads(row["others"]) for row in rows}
        return {key: tuple(tasks) for key, tasks in found.items() if tasks}

    def of_tasks(self, tasks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
        """For each of ``tasks``, given by directive and unit, the other units' tasks with a same document.

        In the order of directive and unit, `MOST` of them; tasks without any are left out. As they were flushed last.
        """
        others: dict[tuple[str, str], set[str]] = {}
        for (_, directive, unit), same in self.of_each(tasks).items():
            others.setdefault((directive, unit), set()).update(same)
        return {task: tuple(sorted(same, key=_in_order)[:MOST]) for task, same in others.items()}

    def of_task(self, directive: str, unit: str) -> tuple[str, ...]:
        """As `of_tasks`, of one task: any `MOST` of them, where there are more."""
        rows = self._cursor.execute(
            f"""SELECT other.directive || '/' || other.unit AS task FROM documents AS mine CROSS JOIN documents AS other
            WHERE mine.directive = ? AND mine.unit = ? AND other.digest = mine.digest AND {_OTHER}
            LIMIT {MOST}""",
            (directive, unit),
        )
        return tuple(sorted({row["task"] for row in rows}, key=_in_order))

    def beginning(self, start: str) -> list[str]:
        """The digests of documents that begin with ``start``."""
        rows = self._cursor.execute(
            "SELECT DISTINCT digest FROM documents WHERE digest >= ? AND digest < ?", (start, f"{start}{AFTER_HEX}")
        )
        return [row["digest"] for row in rows]

    def of_several_units(self) -> list[str]:
        """For each document that more than one unit handed in, the first task with it; as they were flushed last."""
        rows = self._cursor.execute(
            """SELECT min(directive || '/' || unit) AS task FROM documents
            GROUP BY digest HAVING min(doing) <> max(doing) ORDER BY task"""
        )
        return [row["task"] for row in rows]

    def apply(self, change: Change) -> None:
        """Note the documents that the events name, and forget those that only events name which were taken back."""
        for step in change.steps:
            if step.folded_anew:
                self._forget(change, [*step.read, step.event])
            elif named := _named(change, [step.event]):
                self._pending |= named
                self._lost -= named

    def _forget(self, change: Change, events: Sequence[RecordedEvent]) -> None:
        """Forget what only those of all ``events`` of a task name that were taken back."""
        gone = taken_back(events)
        lost = _named(change, (event for event in events if event.position in gone))
        if lost:
            lost -= _named(change, standing(events))
            self._lost |= lost
            self._pending -= lost

    def flush(self) -> None:
        """Write what was noted; the same document from the same unit once more is the same row."""
        if self._lost:
            self._session.delete(DOCUMENTS, sorted(self._lost))
            self._lost.clear()
        if self._pending:
            self._session.insert(DOCUMENTS, sorted(self._pending), new=False)
            self._pending.clear()


def _named(change: Change, events: Iterable[RecordedEvent]) -> set[tuple[str, str, str, str]]:
    """The rows of the documents that ``events`` name."""
    return {
        (document.digest, change.directive.id, change.unit.code, event.on_behalf_of or unit_of(event.office))
        for event in events
        for document in documents_in(event.data)
    }


def _in_order(task: str) -> list[str]:
    return task.split("/")
