"""The command line as a subject of the features: what a person would type, and what they would read.

``directives acceptance run --subject directives_cli.subject:CommandLine`` puts the features to it. Each command and
each question goes through the whole program, in this process and by a clock of its own: what it prints with ``--json``
is the answer, and an error is the JSON object on standard error.

A command that has none of its own on the terminal, or a field that fits no option there, is written down as a line of a
file for ``directives import``. So it is with the minutes of a meeting: the command for them reads TOML, and what comes
in here is JSON. The log from a position on is no question of the command line: a `Tracker` opens the store for it.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self, cast, get_args

import click

import directives
from directives import Lang, Tracker, Unit, usual_level, write_levels, write_organisation
from directives.acceptance import CLAIMS, SubjectFault
from directives.acceptance.answers import directive_of, document_of, entry_of, event_of, made_by
from directives_cli.choices import Choices
from directives_cli.main import main
from directives_cli.render import NOT_SO

NAMED = {"directive assign-units": "directive assign"}
"""The commands that have another name on the terminal."""
SPELT = {"office": "as", "occurred_at": "at", "code": "unit", "backdating_days": "backdating"}
"""The fields whose argument or option has another name."""
FAULTS = (1, 130)
"""The exit codes of a program that failed or was interrupted: it refused nothing."""


@dataclass(frozen=True)
class Ran:
    """A run of the program: its exit code, what it printed, and what it told on standard error."""

    code: int
    printed: str
    told: str

    @property
    def answer(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.printed)

    @property
    def caused(self) -> tuple[list[dict[str, Any]], int]:
        """The events that a command caused, and how many; one that is about many things tells the number alone."""
        answer: list[dict[str, Any]] | dict[str, Any] = self.answer
        return (answer, len(answer)) if isinstance(answer, list) else ([], answer["events"])

    @property
    def error(self) -> dict[str, Any] | None:
        """The error that it ended with, if it did: ``error``, ``reason``, ``facts`` and ``message``.

        Raises:
            SubjectFault: the program itself failed.
        """
        if self.code == 0 or (self.code == NOT_SO and self.printed):  # a check that does not hold is an answer too
            return None
        last = self.told.splitlines()[-1] if self.told else ""
        if self.code in FAULTS or not last.startswith("{"):
            raise SubjectFault(f"exit code {self.code}: {last}")
        return json.loads(last)


_TASKS = {False: "task list", True: "overdue"}
"""The command that lists tasks: all, or those that are overdue."""


class CommandLine:
    """The program ``directives``, with a new store in a folder of its own at each reset."""

    name = "directives command line"
    claims = frozenset(CLAIMS)

    def __init__(self) -> None:
        self.now = ""
        self._folder: TemporaryDirectory[str] | None = None
        self._numbers = count(1)

    @property
    def version(self) -> str:
        """That of this distribution."""
        return directives.__version__

    @property
    def url(self) -> str:
        """The store since the last reset, as ``--db`` takes it."""
        return f"sqlite:///{self._in_folder('directives.db')}"

    def reset(
        self, organisation: Sequence[Mapping[str, Any]], levels: Sequence[str], zone: str, founded: str, now: str
    ) -> None:
        """A new store, with this organisation: ``directives init``."""
        self.close()
        self._folder = TemporaryDirectory()
        units = [Unit.model_validate(each) for each in organisation]
        self.set_clock(founded)
        self.shown("init", org=self._units_file(units), levels=self._levels_file(levels), zone=zone, at=founded)
        self.set_clock(now)

    def set_clock(self, now: str) -> None:
        """Let the clock of the program stand there."""
        self.now = now

    def do(self, command: Mapping[str, Any], documents: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """Carry out a command; one that is refused is given once more, to be told in Hindi."""
        typed = self._typed(command, documents)
        ran = self.run(typed)
        if ran.error is None:
            events, number = ran.caused
            return {"outcome": "done", "made": made_by(events)} if number else {"outcome": "nothing"}
        in_hindi = self.run(typed, "hi").error or {}
        message = {"en": ran.error["message"], "hi": in_hindi.get("message", "")}
        return {
            "outcome": "refused",
            "reason": ran.error["reason"] or ran.error["error"],
            "facts": ran.error["facts"],
            "error": ran.error["error"],
            "message": message,
        }

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a question."""
        match dict(question):
            case {"question": "status", **about}:
                return {"rows": self.shown("status", **about)}
            case {"question": "tasks" | "waiting" as listed, **about}:
                overdue = about.pop("overdue", False)
                return {"tasks": self.shown("waiting" if listed == "waiting" else _TASKS[bool(overdue)], **about)}
            case {"question": "daily", **about}:
                (record,) = self.shown("daily", **about)
                return record
            case {"question": "task", "task": task, **day}:
                return self.shown("task show", task, **day)
            case {"question": "person", "person": person}:
                return self.shown("person show", person)
            case {"question": "directive", "directive": directive}:
                return directive_of(self.shown("directive show", directive))
            case {"question": "directives"}:
                return {"directives": [each["directive"] for each in self.shown("directive list")]}
            case {"question": "meeting"}:
                (meeting,) = self.shown("meeting list")
                return self.shown("meeting show", meeting["meeting"])
            case {"question": "history", "of": of, **day}:
                english, hindi = (self.shown("history", of, lang=lang, **day) for lang in ("en", "hi"))
                return {"entries": [entry_of(*same) for same in zip(english, hindi, strict=True)]}
            case {"question": "document", "task": task}:
                return document_of(self.shown("evidence list"), task, self._content)
            case _:
                raise SubjectFault(f"{dict(question)}: is no question")

    def events(self, after: int) -> list[dict[str, Any]]:
        """The events since a position, from the store itself."""
        with Tracker(self.url) as tracker:
            return [event_of(each.model_dump(mode="json")) for each in tracker.events(after)]

    def close(self) -> None:
        """Let the store go, and remove it with all files."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def run(self, typed: "Typed", lang: Lang = "en") -> Ran:
        """Give a command, to be answered as JSON and told in that language."""
        common = ["--json", f"--db={self.url}", f"--lang={lang}"]
        return self.start([*typed.command.split(), *typed.options, *common, "--", *typed.arguments])

    def start(self, words: Sequence[str]) -> Ran:
        """Run the program on these words, in this process and by the clock of this subject."""
        now = datetime.fromisoformat(self.now)
        printed, told, code = StringIO(), StringIO(), 0
        with redirect_stdout(printed), redirect_stderr(told):
            try:
                main.main(words, "directives", obj=Choices(lambda: now, {}))
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Ran(code, printed.getvalue(), told.getvalue())

    def shown(self, command: str, *arguments: str, lang: Lang = "en", **about: Any) -> Any:
        """What a command shows, which is about something by its options; None where it shows nothing.

        Raises:
            SubjectFault: it ended with an error.
        """
        options = [f"--{name.replace('_', '-')}={value}" for name, value in about.items()]
        ran = self.run(Typed(command, options, arguments), lang)
        if ran.error is not None:
            raise SubjectFault(f"{command}: {ran.error['message']}")
        return ran.answer if ran.printed else None

    def _content(self, digest: str) -> bytes:
        file = self._new_file("evidence")
        self.shown("evidence get", digest, str(file))
        return file.read_bytes()

    def _typed(self, command: Mapping[str, Any], documents: Mapping[str, Mapping[str, str]]) -> "Typed":
        """A command as a person would type it, with the files that it names."""
        fields = {name: value for name, value in command.items() if value is not None}
        for field, document in documents.items():
            file = self._new_file(document["name"])
            file.write_bytes(base64.b64decode(document["base64"]))
            fields[field] = str(file)
        typed = Typed.of(self._with_units_in_a_file(fields))
        if typed is None:
            line = self._new_file("commands.jsonl")
            line.write_text(f"{json.dumps(fields, ensure_ascii=False)}\n", "utf-8")
            return Typed("import", (), (str(line),))
        return typed

    def _with_units_in_a_file(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of ``org import``, with the file of units that it reads; of another command, those that it has."""
        given = dict(fields)
        if given["command"] == "org import" and "units" in given:
            given["file"] = self._units_file([Unit.model_validate(each) for each in given.pop("units")])
        return given

    def _units_file(self, units: Sequence[Unit]) -> str:
        """A file of units, as ``init`` and ``org import`` read it."""
        path = self._new_file("units.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            write_organisation(units, file, sorted({name for unit in units for name in unit.attributes}))
        return str(path)

    def _levels_file(self, codes: Sequence[str]) -> str:
        """A file of levels, as ``init`` reads it."""
        path = self._new_file("levels.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            write_levels(map(usual_level, codes), file)
        return str(path)

    def _new_file(self, name: str) -> Path:
        """The path of a new file of that name, in a folder of its own."""
        folder = self._in_folder(str(next(self._numbers)))
        folder.mkdir()
        return folder / Path(name).name

    def _in_folder(self, name: str) -> Path:
        if self._folder is None:
            raise SubjectFault("reset comes first")
        return Path(self._folder.name, name)


class Typed(NamedTuple):
    """What a person types: the name of a command, its options and its arguments."""

    command: str
    options: Sequence[str]
    arguments: Sequence[str]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self | None:
        """A command of these fields; None where the terminal has none, or nothing that a field fits."""
        given = dict(_by_language(fields))
        name = str(given.pop("command"))
        name = NAMED.get(name, name)
        params = _params_of(name)
        options, arguments = list[str](), dict[str, str]()
        for field, value in given.items():
            param = params.get(field) or params.get(SPELT.get(field, ""))
            if isinstance(param, click.Argument) and isinstance(value, str):
                arguments[param.name or ""] = value
            elif isinstance(param, click.Option) and _fits(param, value):
                options += _options(param, value)
            else:
                return None
        return cls(name, options, [arguments[each] for each in params if each in arguments])


def _by_language(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields, with a text in each language as a field for each: ``title_en``, ``title_hi``."""
    for name, value in fields.items():
        texts = cast(Mapping[str, Any], value if isinstance(value, dict) else {})
        if texts and texts.keys() <= {*get_args(Lang)}:
            yield from ((f"{name}_{lang}", text) for lang, text in texts.items())
        else:
            yield name, value


def _params_of(name: str) -> dict[str, click.Parameter]:
    """The arguments and options of a command on the terminal, in their order; none where there is no such command."""
    main.prepare()
    found: click.Command | None = main
    for word in name.split():
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return {} if found is None else {each.name: each for each in found.params if each.name}


def _fits(option: click.Option, value: Any) -> bool:
    """Whether a value can be given by an option: several by one that is given several times."""
    return option.multiple == isinstance(value, list | dict) and option.is_flag == isinstance(value, bool)


def _options(option: click.Option, value: Any) -> list[str]:
    """An option with its value, as it is typed."""
    (name, *_) = option.opts
    match value:
        case bool():
            return [name] if value else []
        case dict():
            named = cast(dict[str, Any], value)
            return [f"{name}={key}={json.dumps(each, ensure_ascii=False)}" for key, each in named.items()]
        case list():
            return [f"{name}={each}" for each in cast(list[Any], value)]
        case _:
            return [f"{name}={value}"]
