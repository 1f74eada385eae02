"""The command ``rebuild``."""

import sys

import click

from directives import say_number
from directives_cli.choices import choices
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import NOT_SO, print_table, progress_of, say


@click.command(cls=Command)
def rebuild() -> None:
    """Recreate the read models from the events, and report differences.

    Exits with 3 when they were not the same; what stands then is what the events say.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        rebuilt = tracker.rebuild(tell)
    if choices().as_json:
        print_json(rebuilt)
    else:
        lang = choices().lang
        rows = [[each.table, say_number(each.rows, lang), say_number(each.differing, lang)] for each in rebuilt]
        print_table(["table", "rows", "differing"], rows, numbers=["rows", "differing"])
    differing = sum(each.differing for each in rebuilt)
    mended = [each.table for each in rebuilt if each.mended and not each.lost]
    lost = [each.table for each in rebuilt if each.lost]
    if mended:
        say("Put right, with their indexes: {tables}.", tables=", ".join(mended))
    if lost:
        say(
            "What {tables} held follows from no event and is gone: restore the store from a copy.",
            tables=", ".join(lost),
        )
    if differing:
        say("{number} rows were not what the events say; they are now.", number=differing)
    if differing or mended or lost:
        sys.exit(NOT_SO)
    say("What stood is what the events say, row by row.")
