"""The command ``overdue``."""

from typing import Literal, Unpack

import click

from directives import Message, OfDay
from directives_cli.choices import choices
from directives_cli.options import Command, as_rows, asked, by_page, in_order, of_day
from directives_cli.render import print_tasks
from directives_cli.titles import nothing_on, title_of


@asked
@as_rows
@in_order
@by_page
@of_day
@click.command(cls=Command)
def overdue(
    directive: str | None,
    unit: str | None,
    level: str | None,
    by: Literal["directive", "level", "unit", "due"],
    limit: int | None,
    after: str | None,
    **day: Unpack[OfDay],
) -> None:
    """Show the tasks that are past their due day and still to do.

    Tasks that wait for an answer are not listed: see directives waiting.
    """
    with choices().open() as tracker:
        tasks = tracker.tasks(
            directive=directive, unit=unit, level=level, overdue=True, by=by, limit=limit, after=after, **day
        )
        title = title_of(tracker, Message("Overdue tasks"), unit, **day)
        nothing = nothing_on(title, Message("Nothing is overdue."), **day)
        print_tasks(tracker, tasks, limit, nothing, title=title, by=by)
