"""The command ``waiting``."""

from typing import Unpack

import click

from directives import Message, OfDay
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, as_rows, asked, by_page, of_day
from directives_cli.render import (
    add_same_document,
    may_answer,
    more_after,
    names_of,
    print_table,
    since_of,
    tasks_in_words,
    unit_of,
)
from directives_cli.titles import nothing_on, title_of

COLUMNS = (
    *("task", "directive", "kind", "unit", "level", "due", "submitted_at", "since", "may_answer"),
    *("assignee", "same_document"),
)
"""The columns of the list as CSV."""


@asked
@as_rows
@by_page
@of_day
@click.command(cls=Command)
def waiting(
    directive: str | None,
    unit: str | None,
    level: str | None,
    limit: int | None,
    after: str | None,
    **day: Unpack[OfDay],
) -> None:
    """Show the submissions that wait for an answer, oldest first.

    A task waits since the day on which its submission was recorded. The offices of the unit shown, and of the units
    above it, may verify or return it.
    """
    with choices().open() as tracker:
        tasks = tracker.waiting(directive=directive, unit=unit, level=level, limit=limit, after=after, **day)
        zone = tracker.zone
        codes = (code for each in tasks for code in (each.unit, each.assignee, each.may_answer[0]))
        names, title = names_of(tracker, codes), title_of(tracker, Message("Waiting for an answer"), unit, **day)
    if print_data(tasks, COLUMNS):
        return
    since = [since_of(each.since, each.submitted_at, zone) for each in tasks]
    rows = [
        [each.task, told, may_answer(each.may_answer, names), unit_of(each, names)]
        for each, told in zip(tasks, since, strict=True)
    ]
    headings, nothing = ["task", "waiting since", "may answer", "unit"], Message("Nothing waits for an answer.")
    add_same_document(headings, rows, tasks)
    print_table(
        headings, rows, nothing=nothing_on(title, nothing, **day), title=title, ending=words(tasks_in_words(len(tasks)))
    )
    more_after(tasks, limit)
