"""The command ``status``."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from directives import Message, Status, day_of, kinds, say_number
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, DayType, as_rows, asked
from directives_cli.render import names_of, print_table, say

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


COLUMNS = tuple(name for name in Status.model_fields if name not in ("work", "level_name"))
"""The columns as CSV, before those of the work."""


@as_rows
@asked
@click.command(cls=Command)
@click.option(
    "--as-of", type=DayType(), help="As it was true at the end of this day: 2023-11-01. What waited counts as overdue."
)
@click.option("--known-at", type=DayType(), help="As far as it was known at the end of this day.")
def status(
    directive: str | None, unit: str | None, level: str | None, as_of: date | None, known_at: date | None
) -> None:
    """Show how the directives stand, level by level; columns of zeros are left out where nobody misses them.

    Below the table stands the work that is counted. Of an earlier day it is not known.
    """
    with choices().open() as tracker:
        statuses = tracker.status(directive=directive, unit=unit, level=level, as_of=as_of, known_at=known_at)
        work = dict.fromkeys(f"work.{name}" for row in statuses for name in row.work)
        if print_data(statuses, (*COLUMNS, *work)):
            return
        at = unit or tracker.top
        name, today = names_of(tracker, [at]).get(at, at), day_of(choices().now, tracker.zone)
    title = _title(name, today, as_of, known_at)
    if not statuses:
        say("{title}: nothing is owed.", title=title)
        return
    counts = [name for name in COUNTS if name in ALWAYS or any(getattr(row, name) for row in statuses)]
    lang = choices().lang
    rows = [
        [row.directive, *(say_number(getattr(row, name), lang) for name in counts), row.level_name.of(lang)]
        for row in statuses
    ]
    headings = [COUNTS[name] for name in counts]
    print_table(["directive", *headings, "level"], rows, numbers=headings, title=words(title), gap=2)
    told = [*_work_of(statuses)]
    if told:
        click.echo("\n" + "\n".join(told))


def _title(unit: str, today: date, as_of: date | None, known_at: date | None) -> Message:
    """Of which unit and which day the table is."""
    about: dict[str, object] = {"unit": unit, "day": as_of or today}
    title = Message("Status of {unit}, {day}", **about)
    if as_of is not None:
        title = Message("Status of {unit} at the end of {day}", **about)
    if known_at is not None:
        title = Message("{title}, as known at the end of {day}", title=title, day=known_at)
    return title


def _work_of(statuses: Sequence[Status]) -> Iterator[str]:
    """A line for each row of which work is counted: ``social-groups, Lok Sabha: groups 12, active workers 340``."""
    lang = choices().lang
    for row in statuses:
        if any(row.work.values()):
            called = kinds()[row.kind].counted
            numbers = (
                f"{called[name].of(lang) if name in called else name} {say_number(number, lang)}"
                for name, number in row.work.items()
            )
            yield f"{row.directive}, {row.level_name.of(lang)}: {', '.join(numbers)}"
