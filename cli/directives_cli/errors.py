"""Every error of a command is one line on standard error and an exit code."""

import os
import sys
from collections.abc import Callable
from gettext import gettext
from typing import NoReturn

import click

import directives  # its names are imported when they are used: the help needs few
from directives import DirectivesError, Lang, Message, reason_of
from directives_cli.options import Choices

REFUSED = 4
"""The exit code where some commands of a file are refused."""


def run_and_exit(run: Callable[[Choices], object], lang: Lang) -> NoReturn:
    """Run a command on the choices that its options are kept in, and end the process with its exit code."""
    chosen = Choices()
    chosen.given["lang"] = lang  # also before --lang is read
    try:
        code = run(chosen)
        sys.stdout.flush()
    except click.ClickException as error:
        _fail(_usage(error, lang), error.exit_code)
    except DirectivesError as error:
        if chosen.get("debug"):
            import traceback

            traceback.print_exc()
        _fail(_in_language(error.message, lang), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail(_in_language(Message("interrupted"), lang), 130)
    except OSError as error:
        _fail_on_output(error, lang)
    except Exception as error:
        if chosen.get("debug"):
            raise
        fault = Message("a fault of this program, {error} (--debug shows where)", error=repr(error))
        _fail(_in_language(fault, lang), 1)
    sys.exit(code if isinstance(code, int) else 0)


def prepare_streams() -> None:
    """Let output that the terminal cannot show be escaped, and where it is closed go nowhere, not fail."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] # so Python has it where it is closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 # open for as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _usage(error: click.ClickException, lang: Lang) -> str:
    """The line for an error of usage, with the command whose help says more."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if isinstance(error, click.UsageError) and context is not None:
        said = {"message": message.rstrip(".।"), "command": context.command_path}
        return _in_language(Message("{message}: try {command} --help", **said), lang)
    return message


def _in_language(message: Message, lang: Lang) -> str:
    """A message in a language that is known before any option is read."""
    return directives.say_message(message, lang)


def _fail(message: str, code: int) -> NoReturn:
    """Write the line, and end the process."""
    click.echo(f"{gettext('Error: {message}').format(message=directives.shown(message))}", err=True)
    sys.exit(code)


def _fail_on_output(error: OSError, lang: Lang) -> NoReturn:
    """Standard output is closed or full: nothing more can be written there, not even by the interpreter's exit."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(devnull, sys.stdout.fileno())
    except OSError:
        sys.stdout = open(devnull, "w")  # noqa: SIM115
    if isinstance(error, BrokenPipeError):
        sys.exit(1)
    _fail(_in_language(Message("output: cannot be written: {said}", said=reason_of(error)), lang), 1)
