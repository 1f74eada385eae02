"""Every error of a command is one line on standard error and an exit code."""

import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from gettext import gettext
from typing import NoReturn

import click

import directives  # its names are imported when they are used: the help needs few
from directives import DirectivesError, Lang, Message, reason_of
from directives_cli.choices import Choices

REFUSED = 4
"""The exit code where some commands of a file are refused."""


@dataclass(frozen=True)
class Teller:
    """How what went wrong is told: one line on standard error, in ``lang``; with ``--json`` a JSON object."""

    lang: Lang
    as_json: bool
    chosen: Choices

    def fail(self, message: str | Message, code: int, error: BaseException) -> NoReturn:
        """Write the line, and end the process."""
        text = message if isinstance(message, str) else directives.say_message(message, self.lang)
        if self.as_json:
            why = {"reason": getattr(error, "reason", None), "facts": getattr(error, "facts", {})}
            told = {"error": type(error).__name__, **why, "message": text}
            click.echo(json.dumps(told, ensure_ascii=False), err=True)
        else:
            told = directives.shown(self.chosen.as_typed(text))
            click.echo(gettext("Error: {message}").format(message=told), err=True)
        sys.exit(code)


def run_and_exit(
    run: Callable[[Choices], object], lang: Lang, *, as_json: bool = False, chosen: Choices | None = None
) -> NoReturn:
    """Run a command on the choices that its options are kept in, and end the process with its exit code.

    Args:
        as_json: tell an error as JSON; known before any option is read, as ``lang`` is.
        chosen: those choices, where they are not by the clock and the environment of the machine.
    """
    chosen = chosen or Choices()
    teller = Teller(lang, as_json, chosen)
    chosen.given["lang"] = lang  # also before --lang is read
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = partial(_tell_warning, lang, warnings.showwarning)
            code = run(chosen)
        sys.stdout.flush()
    except click.ClickException as error:
        teller.fail(_usage(error, lang), error.exit_code, error)
    except DirectivesError as error:
        if chosen.get("debug"):
            import traceback

            traceback.print_exc()
        teller.fail(error.message, error.exit_code, error)
    except (click.Abort, KeyboardInterrupt) as error:
        teller.fail(Message("interrupted"), 130, error)
    except OSError as error:
        _fail_on_output(error, teller, carried_out=chosen.has_recorded)
    except Exception as error:
        if chosen.get("debug"):
            raise
        fault = Message("internal error, {error} (--debug shows where)", error=repr(error))
        teller.fail(fault, 1, error)
    sys.exit(code if isinstance(code, int) else 0)


def _tell_warning(lang: Lang, tell: Callable[..., None], warning: Warning | str, *rest: object, **more: object) -> None:
    """Tell what a question leaves out, in a line; of other warnings what Python tells."""
    if isinstance(warning, directives.WorkLeftOut | directives.KindLeftOut):
        click.echo(directives.shown(directives.say_message(warning.message, lang)), err=True)
    else:
        tell(warning, *rest, **more)


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
        return directives.say_message(Message("{message}: try {command} --help", **said), lang)
    return message


def _fail_on_output(error: OSError, teller: Teller, *, carried_out: bool) -> NoReturn:
    """Standard output is closed or full: nothing more can be written there, not even by the interpreter's exit."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(devnull, sys.stdout.fileno())
    except OSError:
        sys.stdout = open(devnull, "w")  # noqa: SIM115
    if carried_out:
        carried = Message(
            "output: cannot be written ({said}), but the command was carried out: see directives log",
            said=reason_of(error),
        )
        teller.fail(carried, 1, error)
    if isinstance(error, BrokenPipeError):
        sys.exit(1)
    teller.fail(Message("output: cannot be written: {said}", said=reason_of(error)), 1, error)
