"""What all commands share: their common options, and one line and an exit code for whatever goes wrong."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from gettext import gettext
from typing import TYPE_CHECKING, Any, NoReturn, get_args

import click

from directives import DirectivesError, Lang, Message, reason_of
from directives_cli.hindi import Spoken, language_of, spoken_in

if TYPE_CHECKING:  # what only some commands need is imported where they do
    from pydantic import BaseModel

    from directives import RecordedEvent, Tracker

DEFAULT_DB = "sqlite:///directives.db"


class Choices:
    """What the common options say; the innermost place where one is given wins.

    Args:
        clock: the present moment, where it is not the machine's.
        environment: variables that stand for options that are not given.
    """

    def __init__(
        self, clock: Callable[[], datetime] | None = None, environment: Mapping[str, str] = os.environ
    ) -> None:
        self.given: dict[str, Any] = {}
        self._environment = environment
        self._clock: dict[str, Any] = {} if clock is None else {"clock": clock}

    def get(self, name: str, env: str | None = None) -> Any:
        """The value of an option, else of its environment variable, else None."""
        return self.given[name] if name in self.given else (self._environment.get(env) or None if env else None)

    @property
    def lang(self) -> Lang:
        """The language of sentences."""
        return "hi" if self.get("lang") == "hi" else "en"

    @property
    def as_json(self) -> bool:
        """Whether JSON was asked for."""
        return bool(self.get("json"))

    def envelope(self, zone: str) -> dict[str, Any]:
        """The fields that every command takes from the common options; those not given are left out.

        A moment without a zone is read in that of the store, ``zone``; a day alone as its first moment.
        """
        at = self.get("at")
        if at is not None and at.tzinfo is None:
            from zoneinfo import ZoneInfo

            at = at.replace(tzinfo=ZoneInfo(zone))
        fields = {
            "office": self.get("as", "DIRECTIVES_AS"),
            "actor": self.get("actor"),
            "occurred_at": at,
            "command_id": self.get("command_id"),
        }
        return {name: value for name, value in fields.items() if value is not None}

    def open(self, *, create: bool = False) -> "Tracker":
        """The store that ``--db`` names."""
        from directives import Tracker

        return Tracker(self.get("db", "DIRECTIVES_DB") or DEFAULT_DB, create=create, source="cli", **self._clock)


def choices() -> Choices:
    """Those of the command that runs."""
    return click.get_current_context().find_root().ensure_object(Choices)


class Wrong(click.BadParameter):
    """What is wrong with an option, in the language of the command."""

    def __init__(
        self, template: str, ctx: click.Context | None = None, param: click.Parameter | None = None, **values: object
    ) -> None:
        super().__init__(words(Message(template, **values)), ctx, param)


class Misused(click.UsageError):
    """What is wrong with the options together, in the language of the command."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(words(Message(template, **values)))


class ZoneType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """An IANA time zone."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value``, if it names a zone."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Wrong(
                "{value} is not allowed: name an IANA time zone, for example Asia/Kolkata",
                ctx,
                param,
                value=repr(value),
            ) from None


class MomentType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A moment as ISO 8601; a day alone, or a time without a zone, is read in the zone of the store."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as a datetime."""
        from directives import as_iso

        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(as_iso(str(value)))
        except ValueError:
            raise Wrong(
                "{value} is no moment: write 2023-11-30, 2023-11-30T18:00 or 2023-11-30T18:00+05:30",
                ctx,
                param,
                value=repr(value),
            ) from None


class DayType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A day as ISO 8601."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as a date."""
        from directives import as_iso

        try:
            day = value if isinstance(value, date) else date.fromisoformat(as_iso(str(value)))
        except ValueError:
            raise Wrong("{value} is no day: write it as 2023-11-30", ctx, param, value=repr(value)) from None
        if not 1900 <= day.year <= 2999:
            raise Wrong("{value} is not allowed: name a year from 1900 to 2999", ctx, param, value=repr(value))
        return day


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value not in (None, False):
        assert param.name is not None
        ctx.find_root().ensure_object(Choices).given[param.name] = value


def common_options() -> list[click.Parameter]:
    """The options that every command takes, before or after its name."""

    def option(*names: str, **settings: Any) -> click.Option:
        return click.Option(list(names), expose_value=False, callback=_keep, **settings)

    return [
        option("--db", metavar="URL", help=f"The store. [env DIRECTIVES_DB; default {DEFAULT_DB}]"),
        option("--as", metavar="ROLE@UNIT", help="The office that acts: convenor@JH-PC08. [env DIRECTIVES_AS]"),
        option("--actor", metavar="ID", help="The person who acts, by a code. [default: the office]"),
        option("--at", type=MomentType(), help="When it happened, if not now."),
        option("--command-id", metavar="ID", help="A command of this id is carried out once."),
        option(
            "--lang",
            type=click.Choice(get_args(Lang)),
            envvar="DIRECTIVES_LANG",
            help="The language of all that is said, en or hi. [env DIRECTIVES_LANG; default en]",
        ),
        option("--json", is_flag=True, help="Print JSON."),
        option("--debug", is_flag=True, help="Show where an error comes from."),
    ]


def _with_common(command: click.Command) -> None:
    command.params.extend(common_options())


class Verb(Spoken, click.Command):
    """A command with the common options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_common(self)


class PrivateVerb(Verb):
    """A command that takes personal data: what is left over on its line is counted, and not shown."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise Misused(
                "arguments: {number} are too many: put a text with spaces in quotation marks", number=len(rest)
            )
        return rest


class Noun(Spoken, click.Group):
    """A group of commands with the common options; every error is one line."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("no_args_is_help", False)
        super().__init__(*args, **kwargs)
        _with_common(self)

    def main(  # pyright: ignore[reportIncompatibleMethodOverride] # click overloads it on standalone_mode
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **_: Any
    ) -> NoReturn:
        """Run, and turn whatever goes wrong into one line on stderr and its exit code."""
        prepare_streams()
        given = sys.argv[1:] if args is None else args
        lang = language_of(given)
        with spoken_in(lang):
            self._run(given, prog_name, lang)

    def _run(self, args: Sequence[str], prog_name: str | None, lang: Lang) -> NoReturn:
        chosen = Choices()
        chosen.given["lang"] = lang  # also before --lang is read
        try:
            code: object = super().main(args, prog_name, standalone_mode=False, obj=chosen)
            sys.stdout.flush()
        except click.ClickException as error:
            _fail(_usage(error, lang), error.exit_code)
        except DirectivesError as error:
            if chosen.get("debug"):
                import traceback

                traceback.print_exc()
            _fail(_said(error.message, lang), error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _fail(_said(Message("interrupted"), lang), 130)
        except OSError as error:
            _fail_on_output(error, lang)
        except Exception as error:
            if chosen.get("debug"):
                raise
            fault = Message("a fault of this program, {error} (--debug shows where)", error=repr(error))
            _fail(_said(fault, lang), 1)
        sys.exit(code if isinstance(code, int) else 0)


Noun.group_class = Noun


def prepare_streams() -> None:
    """Let output that the terminal cannot show be escaped, and where it is closed go nowhere, not fail."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] # so Python has it where it is closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 # open for as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _usage(error: click.ClickException, lang: Lang) -> str:
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if isinstance(error, click.UsageError) and context is not None:
        said = {"message": message.rstrip(".।"), "command": context.command_path}
        return _said(Message("{message}: try {command} --help", **said), lang)
    return message


def _said(message: Message, lang: Lang) -> str:
    from directives import say_message

    return say_message(message, lang)


def _fail(message: str, code: int) -> NoReturn:
    from directives import shown

    click.echo(f"{gettext('Error: {message}').format(message=shown(message))}", err=True)
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
    _fail(_said(Message("output: cannot be written: {said}", said=reason_of(error)), lang), 1)


def print_json(value: Any) -> None:
    """``value`` as JSON in UTF-8, unescaped; the values of the library in it as they say themselves."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: "BaseModel") -> dict[str, Any]:
    return value.model_dump(mode="json")


def tell(tracker: "Tracker", events: "Sequence[RecordedEvent]", nothing: Message | None = None) -> None:
    """What a command caused, as JSON or a sentence each; or that it caused none, in the words ``nothing``."""
    if choices().as_json:
        print_json(events)
        return
    for event in events:
        click.echo(tracker.sentence(event, choices().lang), err=True)
    if nothing is not None and not events:
        say("{what}: nothing changed.", what=nothing)


def say(template: str, **values: object) -> None:
    """A message for the person, on stderr, in the language of the command."""
    click.echo(words(Message(template, **values)), err=True)


def words(said: str | Message) -> str:
    """What is said in English, in the language of the command."""
    return _said(Message(said) if isinstance(said, str) else said, choices().lang)
