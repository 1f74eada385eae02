"""The command ``import``."""

import sys

import click

from directives import Carried, Message, WrittenCommands
from directives_cli.choices import Misused, choices
from directives_cli.data import print_json
from directives_cli.errors import REFUSED
from directives_cli.options import Command
from directives_cli.render import print_table, progress_of, say

SHOWN = 20
"""Refusals shown in a table; --json has all."""


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE.jsonl")
@click.option("--keep-going", is_flag=True, help="Skip refused lines and report them. [default: the first stops all]")
@click.option("--dry-run", is_flag=True, help="Only report what would be refused; change nothing.")
def import_(file: str, keep_going: bool, dry_run: bool) -> None:
    """Carry out the commands of a file: all of them, or none.

    A line holds one JSON object.

    A line names its command, such as "report submit", and gives its fields: see directives schema commands. --as,
    --actor and --at hold for lines without office, actor or occurred_at. A line without a command_id is carried out
    once, however it is spelt, even if its effect was taken back.
    """
    if choices().get("command_id") is not None:
        raise Misused("--command-id: it holds for one command: give each line its own command_id")
    with choices().open() as tracker:
        defaults = {"source": "import"} | choices().envelope(tracker.zone)
        written = WrittenCommands(file, defaults)
        with progress_of("commands") as tell:
            carried = tracker.import_commands(
                written, keep_going=keep_going, dry_run=dry_run, progress=tell, lang=choices().lang
            )
    if choices().as_json:
        print_json(carried)
    else:
        _tell(carried, dry_run)
    if carried.refused:
        sys.exit(REFUSED)


def _tell(carried: Carried, dry_run: bool) -> None:
    """Print what became of the commands of a file, and the first that were refused."""
    refused = carried.refused
    if refused:
        print_table(["line", "error", "why"], [[str(r.line), r.error, r.message] for r in refused[:SHOWN]])
    say(
        "{count}: {done}, {nothing} changed nothing, {before} {before:was|were} carried out before, {refused} refused.",
        count=Message("{n} {n:command|commands}", n=carried.commands),
        done=Message("{n} would be carried out" if dry_run else "{n} carried out", n=carried.done),
        nothing=carried.nothing,
        before=carried.before,
        refused=len(refused),
    )
    if len(refused) > SHOWN:
        say("Only the first {number} are shown; --json has all.", number=SHOWN)
