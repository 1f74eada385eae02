"""``import`` and ``schema``."""

import sys

import click

from directives import Message, WrittenCommands, schema, schema_of_events, schema_of_minutes
from directives_cli.commands.doctor import progress_of
from directives_cli.options import Misused, Noun, Verb, choices, print_json, say
from directives_cli.render import print_table

SHOWN = 20
"""Refusals shown in a table; --json has all."""
REFUSED = 4
"""The exit code where some were refused."""


@click.command("import", cls=Verb)
@click.argument("file", metavar="FILE.jsonl")
@click.option("--keep-going", is_flag=True, help="Leave refused lines out and report them; else the first stops all.")
@click.option("--dry-run", is_flag=True, help="Only report what would be refused; nothing is changed.")
def import_commands(file: str, keep_going: bool, dry_run: bool) -> None:
    """Carry out the commands of a file, one JSON object a line: all of them, or none.

    See directives schema commands. A line names its command, as "report submit", and gives the fields of it; --as,
    --actor and --at are for lines that do not give office, actor or occurred_at. The same line is carried out once.
    """
    if choices().get("command_id") is not None:
        raise Misused("--command-id: is for one command: give each line a command_id of its own")
    with choices().open() as tracker:
        given = {"source": "import"} | choices().envelope(tracker.zone)
        written = WrittenCommands(file, given)
        with progress_of("commands") as tell:
            carried = tracker.import_commands(
                written, keep_going=keep_going, dry_run=dry_run, progress=tell, lang=choices().lang
            )
    refused = carried.refused
    if choices().as_json:
        print_json(carried)
    elif refused:
        print_table(["line", "error", "why"], [[str(r.line), r.error, r.message] for r in refused[:SHOWN]])
    if not choices().as_json:
        say(
            "{count}: {done}, {nothing} changed nothing, {before} were carried out before, {refused} refused.",
            count=Message("1 command") if carried.commands == 1 else Message("{n} commands", n=carried.commands),
            done=Message("{n} would be carried out" if dry_run else "{n} carried out", n=carried.done),
            nothing=carried.nothing,
            before=carried.before,
            refused=len(refused),
        )
        if len(refused) > SHOWN:
            say("The first {number} are shown, --json has all.", number=SHOWN)
    if refused:
        sys.exit(REFUSED)


@click.group("schema", cls=Noun)
def schemas() -> None:
    """What files and stored events look like, as JSON Schema."""


@schemas.command("commands")
def print_commands() -> None:
    """Print the JSON Schema of one line of directives import: each command with its fields."""
    print_json(schema())


@schemas.command("minutes")
def print_minutes() -> None:
    """Print the JSON Schema of the minutes that directives meeting record reads."""
    print_json(schema_of_minutes())


@schemas.command("events")
def print_events() -> None:
    """Print the JSON Schema of events as they are stored: a definition for each name and version."""
    print_json(schema_of_events())
