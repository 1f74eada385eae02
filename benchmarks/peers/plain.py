"""eventsourcing as its tutorial has it: an Application, and a decorated aggregate for each task."""

from collections.abc import Sequence
from pathlib import Path

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

BATCH = 500
"""Aggregates that are saved together, as many as are quickest."""


class Task(Aggregate):
    """A task of a unit."""

    @event("Assigned")
    def __init__(self, directive: str, unit: str) -> None:
        self.directive, self.unit, self.state, self.document = directive, unit, "assigned", ""

    @event("ReportRecorded")
    def record(self, document: str, office: str) -> None:
        """Keep what was handed in."""
        self.document, self.office = document, office

    @event("Submitted")
    def submit(self, office: str) -> None:
        """Say that it is done."""
        self.state, self.office = "submitted", office


def application(path: Path) -> Application:
    """One on SQLite."""
    return Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def assigned(app: Application, units: Sequence[str]) -> list[Task]:
    """A task for each unit."""
    tasks = [Task("d", unit) for unit in units]
    for first in range(0, len(tasks), BATCH):
        app.save(*tasks[first : first + BATCH])
    return tasks


def submit(app: Application, tasks: Sequence[Task]) -> None:
    """Record and submit each task."""
    for first in range(0, len(tasks), BATCH):
        batch = tasks[first : first + BATCH]
        for task in batch:
            task.record("sha256:" + "0" * 64, f"convenor@{task.unit}")
            task.submit(f"convenor@{task.unit}")
        app.save(*batch)
