"""What may stand where on a command line, as data: ``grammar.json`` has it, for the completion of words.

``make reference`` writes the file from the commands, so that a shell need not wait for them to be made.
"""

from collections.abc import Iterator
from typing import Any

import click

from directives import Message, say_message
from directives_cli.helped import COMMON
from directives_cli.main import main
from directives_cli.options import KindType, Named, Word, common_options

OFFICES = ("as", "office")
"""The parameters that name an office."""
FILES = ("FILE", "FOLDER", "DIR", "MINUTES")
"""What the value of a parameter is called, or begins with, that is a file."""


def grammar() -> dict[str, Any]:
    """The commands with their arguments and options, and the common options; each with what its values are."""
    main.prepare()
    return {"commands": dict(_commands(main, ())), "common": _options(common_options())}


def _commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
            continue
        own = [each for each in command.params if each.name not in COMMON]
        arguments = [each for each in own if isinstance(each, click.Argument)]
        yield (
            " ".join((*path, name)),
            {
                "arguments": [_values(each) for each in arguments],
                "repeats": any(each.nargs == -1 for each in arguments),
                "options": _options(own),
                "refused": [f"--{each.replace('_', '-')}" for each in getattr(command, "refused", ())],
            },
        )


def _options(params: list[click.Parameter]) -> dict[str, Any]:
    """The options, each with what its values are; None for one that takes none."""
    options = (each for each in params if isinstance(each, click.Option))
    return {each.opts[0]: None if each.is_flag else _values(each) for each in options}


def _values(param: click.Parameter) -> str | list[list[str]]:
    """What the values of a parameter are: the words, each with its Hindi, or a word for a thing of the store."""
    kind, called = param.type, (param.metavar or str(param.name)).strip("[]").upper()
    if param.name in OFFICES:
        return "office"
    if isinstance(kind, click.Choice):
        words = [str(each) for each in kind.choices]
        said = [say_message(Message(each), "hi") if isinstance(kind, Word) else each for each in words]
        return [[each, hindi] for each, hindi in zip(words, said, strict=True)]
    if isinstance(kind, Named):
        return kind.what
    if isinstance(kind, KindType) or called == "KIND":
        return "kind"
    if called == "DIRECTIVE":
        return "directive"
    if called == "DIGEST":
        return "digest"
    if called == "MEETING":
        return "meeting"
    return "file" if called.startswith(FILES) or isinstance(kind, click.Path) else ""
