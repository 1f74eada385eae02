"""The language in which the command line speaks, English or Hindi: its help, its errors, and those of click."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from gettext import bindtextdomain, gettext, textdomain
from typing import get_args

import click

import directives
from directives import Lang

DOMAIN = "directives"


def language_of(args: Sequence[str], usual: str) -> Lang:
    """The language that ``args`` ask for, before anything is parsed: errors are told in it too; else the usual one."""
    wanted = usual
    for index, word in enumerate(args):
        if word == "--lang":
            wanted = "".join(args[index + 1 : index + 2])
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
    return next((lang for told in (wanted, usual) for lang in get_args(Lang) if lang == told), "en")


@contextmanager
def spoken_in(lang: Lang) -> Generator[None]:
    """Let gettext, by which click speaks, find our catalogue of that language."""
    before, domain = os.environ.get("LANGUAGE"), textdomain()
    bindtextdomain(DOMAIN, os.path.join(os.path.dirname(directives.__file__), "i18n", "locale"))
    textdomain(DOMAIN)
    os.environ["LANGUAGE"] = lang
    try:
        yield
    finally:
        textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def translated(text: str) -> str:
    """``text`` in the language that is spoken, each paragraph by itself."""
    return "\n\n".join(gettext(" ".join(each.split())) for each in text.split("\n\n") if each.strip())


class Spoken(click.Command):
    """A command whose help is told in the language that is spoken."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        with ExitStack() as stack:
            for described in (self, *self.params):
                stack.enter_context(_translated_help(described))
            super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        with _translated_help(self):
            return super().get_short_help_str(limit)


@contextmanager
def _translated_help(described: click.Command | click.Parameter) -> Generator[None]:
    """Let the help of a command or an option be in the language that is spoken, for a while."""
    english: str | None = getattr(described, "help", None)
    if english is None:
        yield
        return
    described.help = translated(english)
    try:
        yield
    finally:
        described.help = english
