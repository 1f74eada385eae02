"""The command ``copy``."""

from shlex import quote

import click

from directives import Copied, store_path
from directives_cli.choices import Misused, choices
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import few_of, progress_of, say


@click.command(cls=Command)
@click.argument("source", metavar="FROM")
@click.argument("to", metavar="TO")
@click.option("--with-keys", is_flag=True, help="Copy the keys of persons too, without which nobody reads their data.")
def copy(source: str, to: str, with_keys: bool) -> None:
    """Copy a store to another place: from a file to a server, from a server to a file.

    Others may write to it meanwhile: the copy is of one moment. All of it is compared at the end. After an
    interruption, the same command goes on where it ended.
    """
    if "db" in choices().typed:
        raise Misused("--db: the store is named as FROM: leave --db out")
    choices().given["db"] = source
    _call("FROM")
    with choices().open() as tracker, progress_of("events") as tell:
        _call("TO")
        copied = tracker.copy(to, with_keys=with_keys, progress=tell)
    if choices().as_json:
        print_json(copied)
    else:
        _tell(copied, to)
    if copied.missing:
        say(
            "{number} {number:file is|files are} missing or unreadable, and not in the copy: {few}",
            number=len(copied.missing),
            few=few_of(copied.missing),
        )
    if copied.altered:
        say(
            "{number} {number:file was|files were} altered, and copied unchanged: {few}",
            number=len(copied.altered),
            few=few_of(copied.altered),
        )


def _call(name: str) -> None:
    """Let what is wrong with the name of a store be told of the argument by which it is given."""
    choices().parameters = {**choices().parameters, "db": name}


def _tell(copied: Copied, to: str) -> None:
    say(
        "Copied to {place}: {events} {events:event|events}, {files} {files:file|files} of evidence; all is alike.",
        place=copied.path,
        events=copied.events,
        files=copied.evidence,
    )
    if copied.before:
        say("An earlier attempt had copied {number} {number:event|events} of these.", number=copied.before)
    if copied.keys is None:
        say("The keys of persons were not copied; --with-keys includes them.")
    elif copied.keys:
        say("The keys of {number} {number:person|persons} were copied.", number=copied.keys)
    if store_path(to) is not None:  # a URL may hold a password
        say("directives status --db {url} reads the copy.", url=quote(to))
