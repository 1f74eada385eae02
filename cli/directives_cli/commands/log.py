"""The command ``log``."""

from datetime import date

import click

from directives import Message
from directives_cli.choices import choices, words
from directives_cli.data import LOG_COLUMNS, print_data
from directives_cli.entries import line_of
from directives_cli.options import Command, DayType, Named, as_rows, question
from directives_cli.render import print_text, say

TOLD_APART = ("task/", "directive/")
"""The streams whose sentences do not name what they are about."""


@question
@as_rows
@click.command(cls=Command)
@click.option(
    "--by", metavar="ACTOR", help="Only entries recorded by this actor: a code, or the office if none was given."
)
@click.option("--office", metavar="ROLE@UNIT", type=Named("office"), help="Only entries recorded by this office.")
@click.option(
    "--unit", metavar="UNIT", type=Named("unit"), help="Only about this unit and all units below it, with their tasks."
)
@click.option("--directive", metavar="ID", type=Named("directive"), help="Only about this directive and its tasks.")
@click.option("--event", metavar="EVENT", help="Only this kind of event: Verified.")
@click.option("--day", metavar="DAY", type=DayType(), help="Only entries recorded on this day.")
@click.option("--since", metavar="DAY", type=DayType(), help="Only entries recorded on this day or later.")
@click.option("--until", metavar="DAY", type=DayType(), help="Only entries recorded on this day or before.")
@click.option("--limit", metavar="N", type=int, default=50, help="Only the newest N entries. [default: 50]")
@click.option("--before", metavar="POSITION", type=int, help="Only entries before this position.")
def log(
    by: str | None,
    office: str | None,
    unit: str | None,
    directive: str | None,
    event: str | None,
    day: date | None,
    since: date | None,
    until: date | None,
    limit: int,
    before: int | None,
) -> None:
    """Show what was recorded, the newest last.

    Entries are in the order of recording. --day, --since and --until mean the day of recording, in the time zone of
    the store. A line begins with the moment at which it happened; the moment of recording is added where it
    differs.
    """
    with choices().open() as tracker:
        zone = tracker.zone
        entries = tracker.log(
            actor=by,
            office=office,
            unit=unit,
            directive=directive,
            event=event,
            day=day,
            since=since,
            until=until,
            before=before,
            limit=limit,
            lang=choices().lang,
        )
    if print_data(entries, LOG_COLUMNS):
        return
    print_text([line_of(entry, zone, about=entry.stream.startswith(TOLD_APART)) for entry in entries])
    if not entries:
        click.echo(words("No entry matches."), err=True)
    elif len(entries) == limit:
        say("For earlier entries: --before {position}", position=Message(str(entries[0].position)))
