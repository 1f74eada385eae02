"""The command ``daily``."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Unpack

import click

from directives import Daily, Message, OfDay, say_days, say_number
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, as_rows, asked, of_day
from directives_cli.render import names_of, print_table
from directives_cli.titles import nothing_on, title_of

BARS = "·▁▂▃▄▅▆▇█"
"""From no unit to all."""
RUNS = 10
"""How many runs of missed days are told, where there is a line for each unit a few."""
FEW_RUNS = 3


COLUMNS = (
    *("directive", "kind", "level", "unit", "window_from", "window_to", "expected", "days", "covered", "share"),
    *("streak", "longest", "gaps"),
)
"""The columns as CSV."""


@as_rows
@asked
@of_day
@click.command(cls=Command)
@click.option("--each", is_flag=True, help="A line for each unit.")
def daily(directive: str | None, unit: str | None, level: str | None, each: bool, **day: Unpack[OfDay]) -> None:
    """Show how many days of daily activity are covered: the share, the streak, the gaps.

    A day is full when every unit that owes the directive covered it; any other day is a gap. A second table shows
    the reporting window and the days of the gaps.
    """
    with choices().open() as tracker:
        records = tracker.daily(directive=directive, unit=unit, level=level, each=each, **day)
        names = names_of(tracker, (row.unit for row in records))
        title = title_of(tracker, Message("Daily record"), unit, **day)
    if print_data(records, COLUMNS):
        return
    lang = choices().lang
    units = [names[row.unit] if each else f"{names[row.unit]}, {row.level_name.of(lang)}" for row in records]
    headings = ["units", "days", "share", "streak", "longest", "gaps"]
    rows = [
        [
            row.directive,
            *(say_number(number, lang) for number in (row.expected, row.days)),
            "" if row.share is None else f"{row.share}%",
            *(say_number(number, lang) for number in (row.streak, row.longest, len(row.gaps))),
            _by_day(row),
            unit,
        ]
        for row, unit in zip(records, units, strict=True)
    ]
    print_table(
        ["directive", *headings, "day by day", "unit"],
        rows,
        numbers=headings,
        nothing=nothing_on(title, Message("No daily record is owed."), **day),
        title=title,
    )
    _print_gaps(records, units, FEW_RUNS if each else RUNS)


def _print_gaps(records: Sequence[Daily], units: Sequence[str], most: int) -> None:
    """Print the reporting window of each record, and its gaps by their days."""
    if not records:
        return
    click.echo()
    rows = [[row.directive, _window(row), _missed(row, most), unit] for row, unit in zip(records, units, strict=True)]
    print_table(["directive", "reporting window", "missed days", "unit"], rows)


def _window(row: Daily) -> str:
    """The first to the last day of the window."""
    days = (row.window_to - row.window_from).days + 1
    return say_days((row.window_from + timedelta(days=each) for each in range(days)), choices().lang, year=True)


def _missed(row: Daily, most: int) -> str:
    """The days that are not full; that there are none, or that none was looked at yet."""
    if not row.days or not row.expected:
        return ""
    return say_days(row.gaps, choices().lang, most=most) if row.gaps else words("none")


def _by_day(row: Daily) -> str:
    """A bar a day, as high as the share of the units that covered it; the last 31 days."""
    if not row.expected:
        return ""
    shares = [min(units, row.expected) / row.expected for units in row.by_day.values()]
    return "".join(BARS[ceil(share * (len(BARS) - 1))] for share in shares[-31:])
