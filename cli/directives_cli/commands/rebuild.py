"""The command ``rebuild``."""

import sys

import click

from directives import say_number
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import NOT_SO, print_table, progress_of, say


@click.command(cls=Command)
def rebuild() -> None:
    """Recreate the read models from the events, and report differences.

    Exits with 3 if they differed; they are correct afterwards.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        rebuilt = tracker.rebuild(tell)
    if choices().as_json:
        print_json(rebuilt)
    else:
        lang = choices().lang
        rows = [[words(each.title), say_number(each.rows, lang), say_number(each.differing, lang)] for each in rebuilt]
        print_table(["table", "rows", "differing"], rows, numbers=["rows", "differing"])
    differing = sum(each.differing for each in rebuilt)
    mended = [words(each.title) for each in rebuilt if each.mended and not each.lost]
    lost = [words(each.title) for each in rebuilt if each.lost]
    if mended:
        say("Repaired, with their indexes: {tables}.", tables=", ".join(mended))
    if lost:
        say(
            "The data of {tables} follows from no event and is lost: restore the store from a backup.",
            tables=", ".join(lost),
        )
    if differing:
        say("{number} {number:row|rows} differed from the events and {number:was|were} corrected.", number=differing)
    if differing or mended or lost:
        sys.exit(NOT_SO)
    say("The read models match the events, row by row.")
