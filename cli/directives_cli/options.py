"""The options that every command takes, the types of their values, and what they say to the command that runs."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import click
from click.core import ParameterSource

import directives  # its names are imported when they are used: the help needs few
from directives import Lang, Message
from directives_cli import settings
from directives_cli.hindi import Spoken

if TYPE_CHECKING:
    from directives import Tracker

DEFAULT_DB = "directives.db"
DEFAULTS = {"db": DEFAULT_DB, "lang": "en"}
"""The values of settings that are not given anywhere."""


class Choices:
    """The values of the common options; the innermost place where one is given wins.

    Args:
        clock: the present moment, where it is not the machine's.
        environment: variables that stand for options that are not given, where they are not the machine's; the
            settings of the user are then not read.
    """

    def __init__(
        self, clock: Callable[[], datetime] | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.given: dict[str, Any] = {}
        self.typed: set[str] = set()
        self.file = settings.settings_file() if environment is None else None
        self._environment = os.environ if environment is None else environment
        self._clock: dict[str, Any] = {} if clock is None else {"clock": clock}

    def get(self, name: str) -> Any:
        """The value of an option, else of its environment variable, else the user's setting, else None."""
        if name in self.given or name not in settings.VARIABLES:
            return self.given.get(name)
        return self.found(name)[0]

    def found(self, name: str) -> tuple[Any, str | None]:
        """The value of a setting, and where it is from: an option, a variable, a file; None if it is nowhere."""
        variable = settings.VARIABLES[name]
        if name in self.typed:
            return self.given[name], f"--{name}"
        if self._environment.get(variable):
            return self._environment[variable], variable
        return (self.kept[name], str(self.file)) if name in self.kept else (None, None)

    @cached_property
    def kept(self) -> dict[str, str]:
        """The settings of the user.

        Raises:
            InvalidInput: the file cannot be read, or says something that is not allowed.
        """
        return {} if self.file is None else settings.checked(self.file, self._written)

    @cached_property
    def _written(self) -> dict[str, Any]:
        return {} if self.file is None else settings.written_in(self.file)

    @property
    def usual_lang(self) -> str:
        """The language where no option names one; a file that cannot be read is told by the command that runs."""
        lang: object = self._environment.get(settings.VARIABLES["lang"])
        if not lang and self.file is not None and os.path.exists(self.file):
            with suppress(directives.InvalidInput):
                lang = self._written.get("lang")
        return lang if isinstance(lang, str) else ""

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
        office = self.get("as")
        if office is not None:
            self._warn_of_role(office)
        fields = {
            "office": office,
            "actor": self.get("actor"),
            "occurred_at": at,
            "command_id": self.get("command_id"),
        }
        return {name: value for name, value in fields.items() if value is not None}

    def own_envelope(self, zone: str) -> dict[str, Any]:
        """`envelope`, for a command that no office gives by default.

        Raises:
            InvalidInput: no office is given.
        """
        fields = self.envelope(zone)
        if "office" not in fields:
            raise directives.InvalidInput(
                "--as: no office is given: use --as ROLE@UNIT, set DIRECTIVES_AS, "
                "or run directives config set as ROLE@UNIT"
            )
        return fields

    def _warn_of_role(self, office: str) -> None:
        """Tell of a role that is probably misspelt; any role is allowed, so the command goes on."""
        meant = None if self.as_json else directives.role_meant(office)
        if meant is not None:
            role = repr(office.partition("@")[0])
            warning = Message("role {role} is not known: did you mean {known}?", role=role, known=meant)
            click.echo(directives.say_message(warning, self.lang), err=True)

    def open(self, *, create: bool = False, as_it_is: bool = False) -> "Tracker":
        """The store that ``--db`` names."""
        db = self.get("db")
        return directives.Tracker(
            DEFAULT_DB if db is None else db,
            create=create,
            as_it_is=as_it_is,
            source="cli",
            clock_is_right=bool(self.get("clock_is_right")),
            **self._clock,
        )


def choices() -> Choices:
    """The choices of the command that runs."""
    return click.get_current_context().find_root().ensure_object(Choices)


def words(message: str | Message) -> str:
    """A sentence in English, told in the language of the command."""
    return directives.say_message(Message(message) if isinstance(message, str) else message, choices().lang)


class Wrong(click.BadParameter):
    """An option has a value that is not allowed; told in the language of the command."""

    def __init__(
        self, template: str, ctx: click.Context | None = None, param: click.Parameter | None = None, **values: object
    ) -> None:
        super().__init__(words(Message(template, **values)), ctx, param)


class Misused(click.UsageError):
    """Options do not go together; told in the language of the command."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(words(Message(template, **values)))


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
        try:
            day = value if isinstance(value, date) else date.fromisoformat(directives.as_iso(str(value)))
        except ValueError:
            raise Wrong("{value} is no day: write it as 2023-11-30", ctx, param, value=repr(value)) from None
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
            help="The language of all that is said, en or hi. [env DIRECTIVES_LANG; default en]",
        ),
        option("--json", is_flag=True, help="Print JSON."),
        option("--debug", is_flag=True, help="Show where an error comes from."),
    ]


class Command(Spoken, click.Command):
    """A command with the common options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options())

    def invoke(self, ctx: click.Context) -> Any:
        """Run, unless the settings of the user are wrong: each command says so, whether it needs them or not."""
        _ = ctx.find_root().ensure_object(Choices).kept
        return super().invoke(ctx)


class PrivateCommand(Command):
    """A command that takes personal data: what is left over on its line is counted, and not shown."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and refuse what is left over."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise Misused(
                "arguments: {number} are too many: put a text with spaces in quotation marks", number=len(rest)
            )
        return rest


class Group(Spoken, click.Group):
    """A group of commands, with the common options."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("no_args_is_help", False)
        super().__init__(*args, **kwargs)
        self.params.extend(common_options())


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
        click.Option(["--directive"], metavar="ID", help="Only this directive."),
        click.Option(["--unit"], metavar="CODE", help="Only at this unit and below it."),
        click.Option(["--level"], metavar="LEVEL", help="Only this level: lok_sabha."),
    ]
    return command


def by_page(command: click.Command) -> click.Command:
    """Add the options that say which page of a list is shown."""
    command.params += [
        click.Option(["--limit"], metavar="N", type=int, help="Only so many. [default: all]"),
        click.Option(["--after"], metavar="TASK", help="Only those after this task, the last of the page before."),
    ]
    return command
