"""The command ``init``."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain

import click

from directives import Level, OrganisationFile, Unit, read_levels, read_organisation
from directives_cli.choices import Misused, choices
from directives_cli.data import print_json
from directives_cli.options import Command, ZoneType
from directives_cli.render import progress_of, say


@click.command(cls=Command)
@click.option("--org", metavar="FILE", help="The organisation as CSV. [default: the bundled Jharkhand organisation]")
@click.option(
    "--levels",
    metavar="NAME|FILE",
    default="lok-sabha",
    show_default=True,
    help="The levels from the top: lok-sabha, district, or a file (CSV or TOML) with their codes and names.",
)
@click.option(
    "--zone", type=ZoneType(), default="Asia/Kolkata", show_default=True, help="Days end at midnight of this time zone."
)
def init(org: str | None, levels: str, zone: str) -> None:
    """Create a store and register the units of an organisation."""
    of_organisation = read_levels(levels)
    with ExitStack() as stack:
        units = (
            _bundled(of_organisation) if org is None else stack.enter_context(OrganisationFile(org, of_organisation))
        )
        tracker, envelope = stack.enter_context(choices().open(create=True)), choices().envelope(zone, founding=True)
        number = len(units)
        if isinstance(units, OrganisationFile):
            tell = stack.enter_context(progress_of("units"))
            joined = tracker.found_from(units, zone=zone, progress=tell, **envelope)
        else:
            joined = number if tracker.found(units, levels=of_organisation, zone=zone, **envelope) else 0
        differing = 0 if joined else tracker.differing_units(_listed(units, of_organisation))
    if choices().as_json:
        print_json({"units": number, "events": joined + 1 if joined else 0, "differing": differing})
    elif joined:
        say("{number} {number:unit|units} registered.", number=joined)
    else:
        say("This organisation is already registered: nothing changed.")
        if differing:
            say(
                "{number} of these units {number:differs|differ} from the store; see directives org import.",
                number=differing,
            )


def _listed(units: Sequence[Unit] | OrganisationFile, levels: tuple[Level, ...]) -> Iterable[Unit]:
    return chain.from_iterable(units.parts(levels)) if isinstance(units, OrganisationFile) else units


def _bundled(levels: tuple[Level, ...]) -> Sequence[Unit]:
    """The bundled organisation, which has levels of its own."""
    units = read_organisation()
    if not {unit.level for unit in units} <= {level.code for level in levels}:
        raise Misused("--levels: the bundled organisation has other levels: give --org FILE too")
    return units
