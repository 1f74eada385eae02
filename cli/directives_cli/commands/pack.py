"""The command ``pack``."""

from collections.abc import Sequence

import click

from directives import InvalidInput, Packed
from directives_cli.choices import choices
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import few_of, say


@click.command(cls=Command)
@click.argument("file", metavar="FILE")
@click.option("--with-keys", is_flag=True, help="Pack the keys of persons too: whoever has FILE reads their data.")
def pack(file: str, with_keys: bool) -> None:
    """Write the store and its evidence to one new file, to keep or to pass on.

    Others may write to the store meanwhile: the copy is of one moment. Files that are missing or altered are told, and
    packed as they are. directives unpack makes a store of it.
    """
    if file == "-":
        raise InvalidInput("file: a pack is not written to standard output: name a new file")
    with choices().open() as tracker:
        packed = tracker.pack(file, with_keys=with_keys)
    if choices().as_json:
        print_json(packed)
    else:
        _tell(packed)
    if packed.missing:
        say(
            "{number} {number:file is|files are} missing or unreadable, and not in the pack: {few}",
            **_few(packed.missing),
        )
    if packed.altered:
        say("{number} {number:file was|files were} altered, and packed unchanged: {few}", **_few(packed.altered))


def _tell(packed: Packed) -> None:
    say(
        "Wrote {file}: {events} {events:event|events}, {files} {files:file|files} of evidence.",
        file=packed.path,
        events=packed.events,
        files=packed.evidence,
    )
    if packed.keys is None:
        say("The keys of persons are not in the pack; --with-keys includes them.")
    elif packed.keys:
        say(
            "The pack holds the keys of {number} {number:person|persons}: keep it where nobody else can read it.",
            number=packed.keys,
        )


def _few(digests: Sequence[str]) -> dict[str, object]:
    """How many there are, and the first of them."""
    return {"number": len(digests), "few": few_of(digests)}
