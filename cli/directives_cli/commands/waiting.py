"""The command ``waiting``."""

from collections.abc import Mapping

import click

from directives import Message, WaitingTask
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, as_rows, asked, by_page
from directives_cli.render import add_same_document, more_after, names_of, print_table, since_of, title_of, unit_of

COLUMNS = (
    *("task", "directive", "kind", "unit", "level", "due", "submitted_at", "since", "may_answer"),
    *("assignee", "same_document"),
)
"""The columns of the list as CSV."""


@asked
@as_rows
@by_page
@click.command(cls=Command)
def waiting(directive: str | None, unit: str | None, level: str | None, limit: int | None, after: str | None) -> None:
    """Show what was submitted and waits for an answer, oldest first.

    A task waits since the day on which its submission was written down. The offices of the unit named there and of
    the units above may verify or return it.
    """
    with choices().open() as tracker:
        tasks = tracker.waiting(directive=directive, unit=unit, level=level, limit=limit, after=after)
        zone = tracker.zone
        codes = (code for each in tasks for code in (each.unit, each.assignee, each.may_answer[0]))
        names, title = names_of(tracker, codes), title_of(tracker, Message("Waiting for an answer"), unit)
    if print_data(tasks, COLUMNS):
        return
    since = [since_of(each.since, each.submitted_at, zone) for each in tasks]
    rows = [
        [each.task, day, _may_answer(each, names), unit_of(each, names)] for each, day in zip(tasks, since, strict=True)
    ]
    headings = ["task", "waiting since", "may answer", "unit"]
    add_same_document(headings, rows, tasks)
    number = words("1 task") if len(tasks) == 1 else words(Message("{number} tasks", number=len(tasks)))
    print_table(headings, rows, nothing="Nothing waits for an answer.", title=title, ending=number)
    more_after(tasks, limit)


def _may_answer(task: WaitingTask, names: Mapping[str, str]) -> str:
    """The nearest unit that may answer, and whether those above it may too."""
    name = names[task.may_answer[0]]
    return name if len(task.may_answer) == 1 else words(Message("{unit} or above", unit=name))
