"""The command ``doctor``."""

import click

from directives_cli.choices import choices
from directives_cli.options import Command, question
from directives_cli.render import progress_of, tell_findings


@question
@click.command(cls=Command)
def doctor() -> None:
    """Check that the read models match the events, and list what needs attention.

    Exits with 3 if anything is wrong.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        findings = tracker.doctor(tell, lang=choices().lang)
    tell_findings(findings)
