"""This library as a subject: a tracker in this process, in memory unless it is given a folder."""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import JsonValue

from directives.acceptance.subject import CLAIMS
from directives.domain.errors import DirectivesError
from directives.domain.event import RecordedEvent
from directives.domain.organisation.units import LEVELS, NATIONAL_LEVELS, Unit
from directives.exchange.named_commands import commands
from directives.i18n.catalogue import say_message
from directives.queries.history import HistoryEntry
from directives.queries.tasks import TaskView
from directives.queries.waiting import WaitingTask
from directives.tracker import Tracker

WRITTEN = ("text", "reason", "name", "summary", "subject", "gathering", "speaker")
"""The fields of events in which people wrote something."""
STREAMS = ("task", "directive", "meeting", "unit", "person")
"""What the names of streams begin with."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def refusal_of(error: DirectivesError) -> dict[str, Any]:
    """An error as the answer that tells it."""
    return {
        "outcome": "refused",
        "reason": error.reason or type(error).__name__,
        "facts": error.facts,
        "error": type(error).__name__,
        "message": {"en": say_message(error.message, "en"), "hi": say_message(error.message, "hi")},
    }


class TrackerSubject:
    """A `Tracker` that is made anew at each reset.

    Args:
        folder: where its stores are, one after the other; without one they are in memory.
    """

    name = "directives"
    claims = frozenset(CLAIMS)

    def __init__(self, folder: Path | None = None) -> None:
        self._root = self._folder = folder
        self._numbers = count(1)
        self._now = _BEGINNING
        self._closing = ExitStack()
        self._tracker: Tracker | None = None
        self._questions: dict[str, Callable[..., dict[str, Any]]] = {
            "status": self._status,
            "task": self._task,
            "tasks": self._tasks,
            "waiting": self._waiting,
            "history": self._history,
            "daily": self._daily,
            "directive": self._directive,
            "directives": self._directives,
            "meeting": self._meeting,
            "document": self._document,
            "person": self._person,
        }

    @property
    def version(self) -> str:
        """That of this distribution."""
        return version("directives")

    @property
    def tracker(self) -> Tracker:
        """The tracker since the last reset."""
        if self._tracker is None:
            raise ValueError("reset comes first")
        return self._tracker

    @property
    def store(self) -> Path:
        """The file of the store since the last reset, where a folder was given."""
        if self._folder is None:
            raise ValueError("the store is in memory")
        return self._folder / "directives.db"

    def reset(
        self, organisation: Sequence[Mapping[str, Any]], levels: Sequence[str], zone: str, founded: str, now: str
    ) -> None:
        """A new store, with this organisation."""
        self.close()
        if self._root is not None:
            self._folder = self._root / f"{next(self._numbers)}"
            self._folder.mkdir()
        self._now = datetime.fromisoformat(founded)
        self.open()
        known = {level.code: level for level in (*NATIONAL_LEVELS, *LEVELS)}
        units = [Unit.model_validate(each) for each in organisation]
        self.tracker.found(units, levels=[known[code] for code in levels], zone=zone)
        self.set_clock(now)

    def open(self) -> None:
        """Open the store, again where it was let go."""
        url = "sqlite:///:memory:" if self._folder is None else f"sqlite:///{self.store}"
        self._tracker = Tracker(url, create=True, clock=lambda: self._now)

    def set_clock(self, now: str) -> None:
        """Let the clock of the store stand there."""
        self._now = datetime.fromisoformat(now)

    def do(self, command: Mapping[str, Any], documents: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """Carry out a command."""
        fields = dict(command)
        name = fields.pop("command")
        try:
            with ExitStack() as stack:
                for field, document in documents.items():
                    folder = stack.enter_context(TemporaryDirectory())
                    path = Path(folder, Path(document["name"]).name)
                    path.write_bytes(base64.b64decode(document["base64"]))
                    fields[field] = path
                events = self.tracker.make(commands()[name], **fields)
        except DirectivesError as error:
            return refusal_of(error)
        return {"outcome": "done", "made": _made(events)} if events else {"outcome": "nothing"}

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a question."""
        about = dict(question)
        return self._questions[about.pop("question")](**about)

    def events(self, after: int) -> list[dict[str, Any]]:
        """The events since a position."""
        return [
            {
                "position": each.position,
                "event": each.name,
                "of": _named(each.stream),
                "data": each.data.model_dump(mode="json"),
            }
            for each in self.tracker.events(after)
        ]

    def close(self) -> None:
        """Let the store go."""
        if self._tracker is not None:
            self._tracker.close()
            self._tracker = None

    def _status(
        self, *, as_of: str | None = None, known_at: str | None = None, **about: str | None
    ) -> dict[str, JsonValue]:
        rows = self.tracker.status(**about, as_of=_day(as_of), known_at=_day(known_at))
        return {"rows": [row.model_dump(mode="json") for row in rows]}

    def _task(self, task: str) -> dict[str, JsonValue]:
        return self.tracker.task(task).model_dump(mode="json")

    def _tasks(self, **about: Any) -> dict[str, JsonValue]:
        return {"tasks": _rows(self.tracker.tasks(**about))}

    def _waiting(self, directive: str) -> dict[str, JsonValue]:
        return {"tasks": _rows(self.tracker.waiting(directive=directive))}

    def _history(self, of: str) -> dict[str, Any]:
        in_hindi = {each.position: each.sentence for each in self.tracker.history(of, "hi")}
        return {"entries": [_entry(each, in_hindi[each.position]) for each in self.tracker.history(of, "en")]}

    def _daily(self, unit: str, level: str) -> dict[str, JsonValue]:
        (record,) = self.tracker.daily(unit=unit, level=level)
        return record.model_dump(mode="json")

    def _directive(self, directive: str) -> dict[str, Any]:
        found = self.tracker.directive(directive)
        levels = [{"level": each.level, "completed": each.expected is not None} for each in found.assignments]
        return found.model_dump(mode="json") | {"levels": levels}

    def _directives(self) -> dict[str, JsonValue]:
        return {"directives": [each.directive for each in self.tracker.directives()]}

    def _meeting(self) -> dict[str, JsonValue]:
        (meeting,) = self.tracker.meetings()
        return meeting.model_dump(mode="json")

    def _document(self, task: str) -> dict[str, Any]:
        files = self.tracker.evidence()
        kept = len({each.digest for each in files if each.kept})
        own = [each for each in files if each.stream == f"task/{task}"]
        if not own:
            return {"condition": "none", "kept": kept}
        content = None
        if own[-1].condition == "whole":
            with self.tracker.open_evidence(own[-1].digest) as file:
                content = base64.b64encode(file.read()).decode()
        return own[-1].model_dump(mode="json") | {"base64": content, "kept": kept}

    def _person(self, person: str) -> dict[str, JsonValue]:
        return self.tracker.person(person).model_dump(mode="json")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _named(stream: str) -> str:
    """What an event is of, by the name that a history has for it: ``written-report/JH-PC11``, ``JH-PC11``."""
    what, _, name = stream.partition("/")
    return name if what in STREAMS else stream


def _made(events: Sequence[RecordedEvent]) -> dict[str, str]:
    groups = [str(each.data.model_dump()["group"]) for each in events if each.name == "GroupCreated"]
    return {"group": groups[-1]} if groups else {}


def _rows(tasks: Sequence[TaskView | WaitingTask]) -> list[JsonValue]:
    return [{"task": each.task, "unit": each.unit} for each in tasks]


def _entry(entry: HistoryEntry, in_hindi: str) -> dict[str, Any]:
    data = entry.data.model_dump(mode="json")
    return {
        "event": entry.name,
        "occurred_at": entry.occurred_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "office": entry.office,
        "on_behalf_of": entry.on_behalf_of,
        "words": [word for name in WRITTEN if name in data for word in _words(data[name])],
        "due": data.get("due"),
        "sentence": {"en": entry.sentence, "hi": in_hindi},
    }


def _words(value: JsonValue) -> list[str]:
    """The texts of a field: of a name, those in each language; of what is sealed, none."""
    match value:
        case str():
            return [value]
        case {"en": str(english), "hi": str(hindi)}:
            return [english, hindi]
        case _:
            return []
