"""The options that every command takes, and the types of their values."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

import click
from click.core import ParameterSource

import directives  # its names are imported when they are used: the help needs few
from directives import Lang, Message
from directives_cli.choices import Choices, Misused, Wrong
from directives_cli.fields import as_typed
from directives_cli.helped import Helped
from directives_cli.settings import DEFAULT_DB

if TYPE_CHECKING:
    from directives import What


class Whole(click.types.IntParamType):
    """A whole number, in the digits of any script."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as a number."""
        try:
            return int(value)
        except ValueError:
            raise Wrong("{value} is not a whole number: write digits, as 10", ctx, param, value=repr(value)) from None


class Named(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A thing of the store, by its code or id or by its name; the command that runs gets the code."""

    name = "text"

    def __init__(self, what: "What") -> None:
        self.what: What = what


class Word(click.Choice):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.2 only
    """One of some words, as the program reads it or as it prints it in either language."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [*words]
        super().__init__(self._words)  # pyright: ignore[reportUnknownMemberType] # likewise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word that ``value`` is, or is printed for."""
        text, langs = str(value).casefold(), get_args(Lang)
        for word in self._words:
            if text in (word, *(directives.say_message(Message(word), lang) for lang in langs)):
                return word
        return super().convert(value, param, ctx)  # pyright: ignore[reportUnknownVariableType] # likewise


class _Twice(Exception):
    """A field that is there twice."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _Twice
    return members


class Fields(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A value that has fields, or a list of such, as JSON or in a file of JSON; no message shows it."""

    name = "fields"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value that is written so."""
        text = str(value)
        try:
            if text.startswith("@"):
                text = Path(text.removeprefix("@")).read_text("utf-8-sig")
            return json.loads(text, object_pairs_hook=_each_once)
        except OSError as error:
            said = directives.reason_of(error)
            raise Wrong("{value} cannot be read: {said}", ctx, param, value=repr(value), said=said) from None
        except _Twice:
            raise Wrong("duplicate field: give each field once", ctx, param) from None
        except (ValueError, RecursionError):
            raise Wrong("it is not JSON: write JSON, or @FILE to read it from a file", ctx, param) from None


class KindType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A kind of directives, by its name or its title in either language; what names none is left to the command."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """The name of the kind."""
        try:
            return directives.kind_meant(str(value)).name
        except directives.UnknownKind:
            return value


class ZoneType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """An IANA time zone."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value``, if it names a zone."""
        # Imported here, since the help and most commands need no zone.
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
        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(directives.as_iso(str(value)))
        except ValueError:
            raise Wrong(
                "{value} is not a moment: write 2023-11-30, 2023-11-30T18:00 or 2023-11-30T18:00+05:30",
                ctx,
                param,
                value=repr(value),
            ) from None


class DayType(click.ParamType):  # pyright: ignore[reportMissingTypeArgument] # generic from click 8.5 only
    """A day as ISO 8601."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as a date."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(directives.as_iso(str(value)))
        except ValueError:
            raise Wrong("{value} is not a day: write it as 2023-11-30", ctx, param, value=repr(value)) from None
        if not 1900 <= day.year <= 2999:
            raise Wrong("{value} is not allowed: name a year from 1900 to 2999", ctx, param, value=repr(value))
        return day


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep the value of a common option, where it is given; that of the environment only where none is."""
    if value not in (None, False):
        assert param.name is not None
        chosen = ctx.find_root().ensure_object(Choices)
        source = ctx.get_parameter_source(param.name)
        if source is not ParameterSource.ENVIRONMENT or param.name not in chosen.given:
            chosen.given[param.name] = value
        if source is ParameterSource.COMMANDLINE:
            chosen.typed.add(param.name)


def common_options() -> list[click.Parameter]:
    """The options that every command takes, before or after its name; a new list each time."""

    def option(*names: str, **settings: Any) -> click.Option:
        return click.Option(list(names), expose_value=False, callback=_keep, **settings)

    return [
        option("--db", metavar="FILE|URL", help=f"The store. [env DIRECTIVES_DB; default {DEFAULT_DB}]"),
        option("--as", metavar="ROLE@UNIT", help="The office that acts: convenor@JH-PC08. [env DIRECTIVES_AS]"),
        option(
            "--actor", metavar="ID", help="The person who acts, by a code. [env DIRECTIVES_ACTOR; default: the office]"
        ),
        option("--at", type=MomentType(), help="When it happened, if not now."),
        option("--clock-is-right", is_flag=True, help="Record though the clock lies far after the last entry."),
        option("--command-id", metavar="ID", help="A command of this id is carried out once."),
        option(
            "--lang",
            type=click.Choice(get_args(Lang)),
            envvar="DIRECTIVES_LANG",
            help="Language of the output, en or hi. [env DIRECTIVES_LANG; default en]",
        ),
        option("--json", is_flag=True, help="Print JSON."),
        option("--debug", is_flag=True, help="Show where an error comes from."),
    ]


class Command(Helped):
    """A command with the common options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, with whole numbers that are told in the language of the command."""
        for each in self.params:
            each.type = Whole() if each.type is click.INT else each.type
        return super().parse_args(ctx, args)

    def _refuse(self, option: str) -> NoReturn:
        if option == "--at" and any(param.name == "as_of" for param in self.params):
            raise Misused("--at: questions do not use it: --as-of tells of an earlier day")
        raise Misused("{option}: questions do not use it: leave it out", option=option)

    def invoke(self, ctx: click.Context) -> Any:
        """Run, with codes in the place of names.

        Where the settings of the user are wrong each command says so, whether it needs them or not.
        """
        chosen = ctx.find_root().ensure_object(Choices)
        chosen.parameters = as_typed(ctx, self.params, chosen.typed)
        for name, option in self.refused.items():
            if name in chosen.typed:
                self._refuse(option)
        if ctx.parent is None or ctx.parent.command.name != "config":  # which mends them
            _ = chosen.kept
        types = [(str(param.name), param.type) for param in self.params]
        named: dict[str, What] = {name: each.what for name, each in types if isinstance(each, Named)}
        named = {name: what for name, what in named.items() if ctx.params.get(name)}
        with chosen.with_codes(ctx.params, named) if named else nullcontext():
            return super().invoke(ctx)


class PrivateCommand(Command):
    """A command that takes personal data: what is left over on its line is counted, and not shown."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and refuse what is left over."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise Misused("arguments: too many ({number}): put a text with spaces in quotation marks", number=len(rest))
        return rest


class Group(Helped, click.Group):
    """A group of commands, with the common options; without a command, it shows its help."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invoke_without_command": True, "no_args_is_help": False} | kwargs)
        self.params.extend(common_options())

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named; where none is, show the help."""
        done = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())
        return done

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names of its commands, and what each is for."""
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names of its commands, and what each is for."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([*self.in_short(ctx, self.list_commands(ctx))])

    def in_short(self, ctx: click.Context, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Commands, and the first sentence of what each is for."""
        for name in names:
            command = self.get_command(ctx, name)
            assert command is not None
            yield name, command.get_short_help_str(WHOLE)


WHOLE = 1000
"""A first sentence has no more characters."""


Group.group_class = Group


def taking(*options: Callable[[Callable[..., None]], Callable[..., None]]) -> Callable[..., Callable[..., None]]:
    """A decorator that gives a command ``options``, in their order."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return give


def asked(command: click.Command) -> click.Command:
    """Add the options that say what a question is about."""
    command.params[:0] = [
        click.Option(["--directive"], metavar="ID", type=Named("directive"), help="Only this directive."),
        click.Option(["--unit"], metavar="UNIT", type=Named("unit"), help="Only at this unit and below it."),
        click.Option(["--level"], metavar="LEVEL", type=Named("level"), help="Only this level: lok_sabha."),
    ]
    return command


NOT_FOR_QUESTIONS = {
    "as": "--as",
    "actor": "--actor",
    "at": "--at",
    "clock_is_right": "--clock-is-right",
    "command_id": "--command-id",
}
"""Options that say who acts, when and how; a question does not use them."""


def question(command: click.Command) -> click.Command:
    """Make a command refuse the options that questions do not use."""
    return _refusing(command, NOT_FOR_QUESTIONS)


def question_of_office(command: click.Command) -> click.Command:
    """The same; but for the office, whose unit the question is about where no other is named."""
    return _refusing(command, {name: option for name, option in NOT_FOR_QUESTIONS.items() if name != "as"})


def _refusing(command: click.Command, options: Mapping[str, str]) -> click.Command:
    assert isinstance(command, Command), "it has the common options"
    command.refused = options
    return command


def of_day(command: click.Command) -> click.Command:
    """Add the options that say of which day a question is."""
    command.params += [
        click.Option(["--as-of"], metavar="DAY", type=DayType(), help="As it was true at the end of this day."),
        click.Option(["--known-at"], metavar="DAY", type=DayType(), help="As far as was known at the end of this day."),
    ]
    return question(command)


def as_rows(command: click.Command) -> click.Command:
    """Add the option that prints a list as CSV."""
    command.params.append(
        click.Option(["--csv"], is_flag=True, expose_value=False, callback=_keep, help="Print CSV, for a spreadsheet.")
    )
    return command


ORDERS = ("directive", "level", "unit", "due")
"""The orders in which tasks are listed."""


def in_order(command: click.Command) -> click.Command:
    """Add the option that says in which order tasks are listed."""
    command.params.append(
        click.Option(["--by"], type=Word(ORDERS), default="directive", show_default=True, help="The order.")
    )
    return command


def by_page(command: click.Command) -> click.Command:
    """Add the options that say which page of a list is shown."""
    command.params += [
        click.Option(["--limit"], metavar="N", type=int, help="Only so many. [default: all]"),
        click.Option(
            ["--after"],
            metavar="TASK",
            type=Named("place"),
            help="Only those after this task, the last of the page before.",
        ),
    ]
    return command
