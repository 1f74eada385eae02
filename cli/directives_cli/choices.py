"""What the options say to the command that runs: who acts, in which store and language, and with which codes."""

import os
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

import directives  # its names are imported when they are used: the help needs few
from directives import Lang, Message
from directives_cli import settings

if TYPE_CHECKING:
    from directives import Tracker, What

_OF_KIND = re.compile(r"^(?:\S+ \S+: )?parameters\.([\w.]+): ")
"""How it begins what is wrong with a parameter of a kind."""


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
        self.parameters: Mapping[str, str] = {}
        """How the fields of the command that runs are typed: ``--due``, ``TASK``."""
        self.file = settings.settings_file() if environment is None else None
        self._environment = os.environ if environment is None else environment
        self._clock: dict[str, Any] = {} if clock is None else {"clock": clock}
        self._tracker: Tracker | None = None
        self._opened: Tracker | None = None

    @property
    def has_recorded(self) -> bool:
        """Whether the command recorded anything."""
        return self._tracker is not None and self._tracker.has_recorded

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
        return {} if self.file is None else settings.checked(self.file, self.written)

    @cached_property
    def written(self) -> dict[str, Any]:
        """What the file of settings has, whatever it is.

        Raises:
            InvalidInput: it cannot be read, or is not TOML.
        """
        return {} if self.file is None else settings.written_in(self.file)

    @property
    def usual_lang(self) -> str:
        """The language where no option names one; a file that cannot be read is told by the command that runs."""
        lang: object = self._environment.get(settings.VARIABLES["lang"])
        if not lang and self.file is not None and os.path.exists(self.file):
            with suppress(directives.InvalidInput):
                lang = self.written.get("lang")
        return lang if isinstance(lang, str) else ""

    def as_typed(self, text: str) -> str:
        """What went wrong, beginning with the option or argument in the place of the field that it stands for."""
        if "parameters" in self.parameters:
            text = _OF_KIND.sub(rf"{self.parameters['parameters']} \1: ", text)
        field, colon, said = text.partition(": ")
        name = field.replace(".", "_")
        return f"{self.parameters[name]}: {said}" if colon and name in self.parameters else text

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._clock["clock"]() if self._clock else datetime.now(UTC)

    @property
    def lang(self) -> Lang:
        """The language of sentences."""
        return "hi" if self.get("lang") == "hi" else "en"

    @property
    def as_json(self) -> bool:
        """Whether JSON was asked for."""
        return bool(self.get("json"))

    @property
    def as_data(self) -> bool:
        """Whether JSON or CSV was asked for, which have codes and no names."""
        return self.as_json or bool(self.get("csv"))

    def envelope(self, zone: str, *, founding: bool = False) -> dict[str, Any]:
        """The fields that every command takes from the common options; those not given are left out.

        A moment without a zone is read in that of the store, ``zone``; a day alone as its first moment.

        Args:
            founding: the store has no units yet, by whose names an office could be named.

        Raises:
            AmbiguousName, NotFound: the office is named by a unit that is several, or none.
        """
        at = self.get("at")
        if at is not None and at.tzinfo is None:
            from zoneinfo import ZoneInfo

            at = at.replace(tzinfo=ZoneInfo(zone))
        office = self._office(founding=founding)
        if office is not None:
            self.warn_of_role(office)
        fields = {
            "office": office,
            "actor": self.get("actor"),
            "occurred_at": at,
            "command_id": self.get("command_id"),
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _office(self, *, founding: bool) -> str | None:
        """The office that acts, with the code of its unit; a store is founded by the one that an option gives."""
        office, source = self.found("as")
        if office is None or founding:
            return office if source == "--as" else None
        assert self._tracker is not None, "an envelope is asked for once the store is open"
        if source == "--as":
            return self._tracker.meant("office", office)
        try:
            meant = self._tracker.meant("office", office)
            if "@" in meant:  # of a setting that is for another store nothing else tells
                self._tracker.meant("unit", meant.partition("@")[2])
            return meant
        except directives.DirectivesError as error:
            said = Message("{source}: {said}", source=source, said=error.message)
            raise error.retold(said) from error

    def headquarters_envelope(self, tracker: "Tracker") -> dict[str, Any]:
        """`envelope`, for a command that headquarters gives where no office is named."""
        return {"office": f"{directives.HEADQUARTERS}@{tracker.top}"} | self.envelope(tracker.zone)

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

    def unit_that_acts(self, tracker: "Tracker") -> str | None:
        """The unit of the office that acts; None where no office is given.

        Raises:
            Misused: what is given is no office.
        """
        office = self.envelope(tracker.zone).get("office")
        if office is not None and "@" not in office:
            raise Misused("--as: {office} is not an office: write role@UNIT, as convenor@JH-PC08", office=repr(office))
        return None if office is None else office.partition("@")[2]

    def warn_of_role(self, office: str) -> None:
        """Tell of a role that is probably misspelt; any role is allowed, so the command goes on."""
        meant = None if self.as_json else directives.role_meant(office)
        if meant is not None:
            role = repr(office.partition("@")[0])
            warning = Message("role {role} is not known: did you mean {known}?", role=role, known=meant)
            click.echo(directives.say_message(warning, self.lang), err=True)

    @contextmanager
    def with_codes(self, params: dict[str, Any], named: Mapping[str, "What"]) -> Generator[None]:
        """Put codes into ``params`` in the place of names; the store stays open for the command that takes them.

        Args:
            named: what each parameter names.

        Raises:
            AmbiguousName, NotFound: a name means several things, or none.
        """
        with self.open() as tracker:
            for param, what in named.items():
                given: str | tuple[str, ...] = params[param]
                several = isinstance(given, tuple)
                codes = tuple(tracker.meant(what, each) for each in (given if several else (given,)))
                params[param] = codes if several else codes[0]
            self._opened = tracker
            try:
                yield
            finally:
                self._opened = None

    def open(self, *, create: bool = False, as_it_is: bool = False) -> "Tracker":
        """The store that ``--db`` names."""
        if self._opened is not None:
            return self._opened
        self._tracker = self._store(create=create, as_it_is=as_it_is)
        return self._tracker

    def _store(self, *, create: bool, as_it_is: bool) -> "Tracker":
        db = self.get("db")
        return directives.Tracker(
            settings.DEFAULT_DB if db is None else db,
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
