"""The command ``daily``."""

from math import ceil

import click

from directives import Daily, say_number
from directives_cli.choices import choices
from directives_cli.options import Command, asked
from directives_cli.render import names_of, print_json, print_table

BARS = "·▁▂▃▄▅▆▇█"
"""From no unit to all."""


@asked
@click.command(cls=Command)
@click.option("--each", is_flag=True, help="A line for each unit.")
def daily(directive: str | None, unit: str | None, level: str | None, each: bool) -> None:
    """Show the days covered by directives that ask for daily activity: the share, the streak to date, the gaps.

    A day is full when all units that owe the directive covered it; a gap is a day that is not.
    """
    with choices().open() as tracker:
        records = tracker.daily(directive=directive, unit=unit, level=level, each=each)
        names = names_of(tracker, (row.unit for row in records))
    if choices().as_json:
        print_json(records)
        return
    lang = choices().lang
    headings = ["units", "days", "share", "streak", "longest", "gaps"]
    rows = [
        [
            row.directive,
            *(say_number(number, lang) for number in (row.expected, row.days)),
            "" if row.share is None else f"{row.share}%",
            *(say_number(number, lang) for number in (row.streak, row.longest, len(row.gaps))),
            _by_day(row),
            names[row.unit] if each else f"{names[row.unit]}, {row.level_name.of(lang)}",
        ]
        for row in records
    ]
    print_table(
        ["directive", *headings, "day by day", "unit"], rows, numbers=headings, nothing="No daily record is owed."
    )


def _by_day(row: Daily) -> str:
    """A bar a day, as high as the share of the units that covered it; the last 31 days."""
    if not row.expected:
        return ""
    shares = [min(units, row.expected) / row.expected for units in row.by_day.values()]
    return "".join(BARS[ceil(share * (len(BARS) - 1))] for share in shares[-31:])
