"""The command ``status``."""

from collections.abc import Iterator, Sequence
from typing import Unpack

import click

from directives import Message, OfDay, Status, kind_or_absent, say_number
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, as_rows, asked, of_day
from directives_cli.render import COUNTS, names_of, print_table, say
from directives_cli.titles import day_told

ALWAYS = {"expected", "done", "on_time", "late", "overdue"}


COLUMNS = tuple(name for name in Status.model_fields if name not in ("work", "level_name", "not_installed"))
"""The columns as CSV, before those of the work."""


@as_rows
@asked
@of_day
@click.command(cls=Command)
def status(directive: str | None, unit: str | None, level: str | None, **day: Unpack[OfDay]) -> None:
    """Show how the directives stand, level by level.

    All-zero columns are hidden. Below the table stands the work that is counted.
    """
    with choices().open() as tracker:
        statuses = tracker.status(directive=directive, unit=unit, level=level, **day)
        work = dict.fromkeys(f"work.{name}" for row in statuses for name in row.work)
        absent = dict.fromkeys("not_installed" for row in statuses if row.not_installed is not None)
        if print_data(statuses, (*COLUMNS, *work, *absent)):
            return
        at = unit or tracker.top
        title = Message(
            "Status of {unit}, {day}", unit=names_of(tracker, [at]).get(at, at), day=day_told(tracker, **day)
        )
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
    print_table(
        ["directive", *headings, "level"], rows, numbers=headings, important=["level"], title=words(title), gap=2
    )
    told = [*_work_of(statuses)]
    if told:
        click.echo("\n" + "\n".join(told))
    _tell_not_installed(statuses)


def _tell_not_installed(statuses: Sequence[Status]) -> None:
    """Name the kinds whose work is not counted, and what must be installed for that."""
    absent = {(row.kind, row.not_installed): row.directive for row in statuses if row.not_installed is not None}
    for (kind, distribution), directive in absent.items():
        say(
            "{kind}, the kind of {directive}, is not installed: its work is not counted. Install {distribution}.",
            kind=kind,
            directive=directive,
            distribution=distribution,
        )


def _work_of(statuses: Sequence[Status]) -> Iterator[str]:
    """A line for each row of which work is counted: ``social-groups, Lok Sabha: groups 12, active workers 340``."""
    lang = choices().lang
    for row in statuses:
        if any(row.work.values()):
            called = kind_or_absent(row.kind).counted
            numbers = (
                f"{called[name].of(lang) if name in called else name} {say_number(number, lang)}"
                for name, number in row.work.items()
            )
            yield f"{row.directive}, {row.level_name.of(lang)}: {', '.join(numbers)}"
