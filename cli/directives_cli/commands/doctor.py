"""The command ``doctor``."""

import sys

import click

from directives_cli.errors import NOT_SO
from directives_cli.options import Command, choices, words
from directives_cli.render import print_json, print_table, progress_of


@click.command(cls=Command)
def doctor() -> None:
    """Check the store: whether what is kept ready is what the events say, and what an office should look after.

    Exits with 3 when something is wrong.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        findings = tracker.doctor(tell, lang=choices().lang)
    if choices().as_json:
        print_json(findings)
    else:
        rows = [[words(f.check), words(f.state), f.found, f.what_to_do] for f in findings]
        print_table(["check", "", "found", "what to do"], rows)
    if any(each.state == "wrong" for each in findings):
        sys.exit(NOT_SO)
