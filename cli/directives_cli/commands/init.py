"""The command ``init``."""

from contextlib import ExitStack

import click

from directives import OrganisationFile, read_organisation
from directives_cli.options import Command, ZoneType, choices
from directives_cli.render import print_json, progress_of, say


@click.command(cls=Command)
@click.option("--org", metavar="FILE", help="The organisation as CSV; without it, the bundled Jharkhand organisation.")
@click.option(
    "--zone", type=ZoneType(), default="Asia/Kolkata", show_default=True, help="Days end at midnight of this time zone."
)
def init(org: str | None, zone: str) -> None:
    """Make a store and register the units of an organisation."""
    with ExitStack() as stack:
        units = read_organisation() if org is None else stack.enter_context(OrganisationFile(org))
        tracker, envelope = stack.enter_context(choices().open(create=True)), choices().envelope(zone)
        number = len(units)
        if isinstance(units, OrganisationFile):
            tell = stack.enter_context(progress_of("units"))
            joined = tracker.found_from(units, zone=zone, progress=tell, **envelope)
        else:
            joined = number if tracker.found(units, zone=zone, **envelope) else 0
    if choices().as_json:
        print_json({"units": number, "events": joined + 1 if joined else 0})
    elif joined:
        say("{number} units registered.", number=joined)
    else:
        say("This organisation is registered already: nothing changed.")
