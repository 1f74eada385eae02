"""The command ``waiting``."""

from collections.abc import Mapping
from datetime import datetime

import click

from directives import Message, WaitingTask, day_of, say_day
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, as_rows, asked, by_page
from directives_cli.render import add_same_document, more_after, names_of, print_table, title_of, unit_of

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
    rows = [[each.task, _since(each, zone), _may_answer(each, names), unit_of(each, names)] for each in tasks]
    headings = ["task", "waiting since", "may answer", "unit"]
    add_same_document(headings, rows, tasks)
    number = words("1 task") if len(tasks) == 1 else words(Message("{number} tasks", number=len(tasks)))
    print_table(headings, rows, nothing="Nothing waits for an answer.", title=title, ending=number)
    more_after(tasks, limit)


def _since(task: WaitingTask, zone: str) -> str:
    """The day on which the submission was written down; with the day on which it was made, where that is another."""

    def day(moment: datetime) -> str:
        return say_day(day_of(moment, zone), choices().lang)

    since, made = day(task.since), day(task.submitted_at)
    return since if since == made else words(Message("{since} (made {made})", since=since, made=made))


def _may_answer(task: WaitingTask, names: Mapping[str, str]) -> str:
    """The nearest unit that may answer, and whether those above it may too."""
    name = names[task.may_answer[0]]
    return name if len(task.may_answer) == 1 else words(Message("{unit} or above", unit=name))
