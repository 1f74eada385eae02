"""``init`` and ``org``."""

import click
from rich.markup import escape
from rich.tree import Tree

from directives import Unit, read_organisation
from directives_cli.output import print_rich
from directives_cli.shell import Noun, Verb, ZoneType, choices, print_json, say


@click.command(cls=Verb)
@click.option("--org", metavar="FILE", help="The organisation as CSV; without it, the bundled Jharkhand organisation.")
@click.option(
    "--zone", type=ZoneType(), default="Asia/Kolkata", show_default=True, help="Days end at midnight of this time zone."
)
def init(org: str | None, zone: str) -> None:
    """Make a store and register the units of an organisation."""
    units = read_organisation(org)
    with choices().open(create=True) as tracker:
        events = tracker.found(units, zone=zone, **choices().envelope(zone))
    if choices().as_json:
        print_json({"units": len(units), "events": len(events)})
    elif events:
        say(f"{len(units)} units registered.")
    else:
        say("This organisation is registered already: nothing changed.")


@click.group(cls=Noun)
def org() -> None:
    """The organisation: its levels and units."""


@org.command()
def tree() -> None:
    """Show the units, each under the one that it reports to."""
    with choices().open() as tracker:
        units = tracker.units()
    if choices().as_json:
        print_json(units)
    else:
        print_rich(*_trees(units))


@org.command("import")
@click.argument("file", metavar="FILE.csv")
def import_units(file: str) -> None:
    """Register the units of a CSV file that the organisation lacks; nothing is changed about those that it has."""
    units = read_organisation(file)
    with choices().open() as tracker:
        events = tracker.register(units, **choices().envelope(tracker.zone))
    if choices().as_json:
        print_json({"units": len(units), "events": len(events)})
    elif events:
        say(f"{len(events)} units registered, {len(units) - len(events)} were there already.")
    else:
        say("These units are registered already: nothing changed.")


def _trees(units: list[Unit]) -> list[Tree]:
    trees: dict[str, Tree] = {}
    tops: list[Tree] = []
    for unit in units:
        label = escape(f"{unit.code}  {unit.name.of(choices().lang)}")
        if unit.parent is None:
            trees[unit.code] = Tree(label)
            tops.append(trees[unit.code])
        else:
            trees[unit.code] = trees[unit.parent].add(label)
    return tops
