"""The command ``unpack``."""

from shlex import quote

import click

from directives import unpack as unpacked
from directives_cli.choices import Misused, choices
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import say


@click.command(cls=Command)
@click.argument("file", metavar="FILE")
@click.argument("folder", metavar="[FOLDER]", default=".")
def unpack(file: str, folder: str) -> None:
    """Restore a store from a pack, with its evidence and keys, into a folder.

    It has the name that it had. All of it is compared with its digests first; nothing that is there is replaced.
    """
    if "db" in choices().typed:
        raise Misused("--db: the store has the name that it had when it was packed: name a folder instead")
    store = unpacked(file, folder)
    if choices().as_json:
        print_json({"store": str(store)})
    else:
        say("Wrote the store {file}; directives doctor --db {file} checks it.", file=quote(str(store)))
