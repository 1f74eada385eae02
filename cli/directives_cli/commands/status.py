"""The command ``status``."""

from datetime import date

import click

from directives import say_number
from directives_cli.choices import choices
from directives_cli.options import Command, DayType, asked
from directives_cli.render import print_json, print_table

COUNTS = {
    "expected": "expected",
    "acknowledged": "acknowledged",
    "waiting": "waiting",
    "returned": "returned",
    "waived": "waived",
    "done": "done",
    "on_time": "on time",
    "on_time_by_date": "on time by date",
    "late": "late",
    "overdue": "overdue",
}
"""The counts of a status, with their headings."""
ALWAYS = {"expected", "done", "on_time", "late", "overdue"}


@asked
@click.command(cls=Command)
@click.option(
    "--as-of", type=DayType(), help="As it was true at the end of this day: 2023-11-01. What waited counts as overdue."
)
@click.option("--known-at", type=DayType(), help="As far as it was known at the end of this day.")
def status(
    directive: str | None, unit: str | None, level: str | None, as_of: date | None, known_at: date | None
) -> None:
    """Show how the directives stand, level by level; columns of zeros are left out where nobody misses them."""
    with choices().open() as tracker:
        statuses = tracker.status(directive=directive, unit=unit, level=level, as_of=as_of, known_at=known_at)
    if choices().as_json:
        print_json(statuses)
        return
    counts = [name for name in COUNTS if name in ALWAYS or any(getattr(row, name) for row in statuses)]
    lang = choices().lang
    rows = [
        [row.directive, *(say_number(getattr(row, name), lang) for name in counts), row.level_name.of(lang)]
        for row in statuses
    ]
    headings = [COUNTS[name] for name in counts]
    print_table(["directive", *headings, "level"], rows, numbers=headings, nothing="Nothing is owed.")
