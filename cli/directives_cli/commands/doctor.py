"""The command ``doctor``."""

import click

from directives_cli.choices import choices
from directives_cli.options import Command, question
from directives_cli.render import progress_of, tell_findings


@question
@click.command(cls=Command)
def doctor() -> None:
    """Check the store: whether what is kept ready is what the events say, and what an office should look after.

    Exits with 3 when something is wrong.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        findings = tracker.doctor(tell, lang=choices().lang)
    tell_findings(findings)
