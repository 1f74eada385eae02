"""The command ``pack``."""

from collections.abc import Sequence

import click

from directives import Message, Packed, say_number
from directives_cli.choices import choices
from directives_cli.data import print_json
from directives_cli.options import Command
from directives_cli.render import say


@click.command(cls=Command)
@click.argument("file", metavar="FILE")
@click.option("--with-keys", is_flag=True, help="Pack the keys of persons too: whoever has FILE reads their data.")
def pack(file: str, with_keys: bool) -> None:
    """Write a new file with a copy of the store and the files that were handed in, to keep or to hand on.

    Others may write to the store meanwhile: the copy is of one moment. Files that are missing or altered are told, and
    packed as they are. directives unpack makes a store of it.
    """
    with choices().open() as tracker:
        packed = tracker.pack(file, with_keys=with_keys)
    if choices().as_json:
        print_json(packed)
    else:
        _tell(packed)
    if packed.missing:
        say("{number} files are missing or cannot be read, and are not in it: {few}", **_few(packed.missing))
    if packed.altered:
        say("{number} files were altered, and are in it as they are: {few}", **_few(packed.altered))


def _tell(packed: Packed) -> None:
    lang = choices().lang
    numbers = {"events": say_number(packed.events, lang), "files": say_number(packed.evidence, lang)}
    say("{file}: {events} events, {files} files that were handed in.", file=packed.path, **numbers)
    if packed.keys is None:
        say("The keys of persons are not in it: --with-keys packs them too.")
    elif packed.keys:
        keys = say_number(packed.keys, lang)
        say("The keys of {number} persons are in it: keep it where nobody else can read it.", number=keys)


def _few(digests: Sequence[str]) -> dict[str, object]:
    """How many there are, and the first of them."""
    first, more = ", ".join(digests[:3]), len(digests) - 3
    few = Message("{codes} and {number} more", codes=first, number=more) if more > 0 else first
    return {"number": len(digests), "few": few}
