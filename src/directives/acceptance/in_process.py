"""This library as a subject: a tracker in this process, in memory unless it is given a folder."""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Unpack

from pydantic import BaseModel, JsonValue

from directives.acceptance.answers import directive_of, document_of, entry_of, event_of, made_by
from directives.acceptance.subject import CLAIMS
from directives.domain.errors import DirectivesError
from directives.domain.organisation.units import Unit, usual_level
from directives.exchange.named_commands import commands
from directives.i18n.catalogue import say_message
from directives.tracker import OfDay, Tracker

DAYS = ("as_of", "known_at")
"""The fields of a question that are days."""
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


MEMORY = "sqlite:///:memory:"


class TrackerSubject:
    """A `Tracker` that is recreated at each reset.

    Args:
        folder: where its stores are, one after the other; without one they are in memory.
        new: gives the URL of an empty store for each reset, where there is no folder.
    """

    name = "directives"
    claims = frozenset(CLAIMS)

    def __init__(self, folder: Path | None = None, new: Callable[[], str] = lambda: MEMORY) -> None:
        self._root = self._folder = folder
        self._new = new
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
        units = [Unit.model_validate(each) for each in organisation]
        self.tracker.found(units, levels=[*map(usual_level, levels)], zone=zone)
        self.set_clock(now)

    def open(self) -> None:
        """Open the store, again where it was let go."""
        url = self._new() if self._folder is None else f"sqlite:///{self.store}"
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
        return {"outcome": "done", "made": made_by([*map(_plain, events)])} if events else {"outcome": "nothing"}

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a question."""
        about = dict(question)
        answered = self._questions[about.pop("question")]
        days = {name: about[name] and date.fromisoformat(about[name]) for name in DAYS if name in about}
        return answered(**about | days)

    def events(self, after: int) -> list[dict[str, Any]]:
        """The events since a position."""
        return [event_of(each) for each in map(_plain, self.tracker.events(after))]

    def close(self) -> None:
        """Let the store go."""
        if self._tracker is not None:
            self._tracker.close()
            self._tracker = None

    def _status(self, **about: Any) -> dict[str, JsonValue]:
        return {"rows": [*map(_plain, self.tracker.status(**about))]}

    def _task(self, task: str, **day: Unpack[OfDay]) -> dict[str, JsonValue]:
        return _plain(self.tracker.task(task, **day))

    def _tasks(self, **about: Any) -> dict[str, JsonValue]:
        return {"tasks": [*map(_plain, self.tracker.tasks(**about))]}

    def _waiting(self, **about: Any) -> dict[str, JsonValue]:
        return {"tasks": [*map(_plain, self.tracker.waiting(**about))]}

    def _history(self, of: str, **day: Unpack[OfDay]) -> dict[str, Any]:
        english, hindi = (map(_plain, self.tracker.history(of, lang, **day)) for lang in ("en", "hi"))
        return {"entries": [entry_of(*same) for same in zip(english, hindi, strict=True)]}

    def _daily(self, **about: Any) -> dict[str, JsonValue]:
        (record,) = self.tracker.daily(**about)
        return _plain(record)

    def _directive(self, directive: str) -> dict[str, Any]:
        return directive_of(_plain(self.tracker.directive(directive)))

    def _directives(self) -> dict[str, JsonValue]:
        return {"directives": [each.directive for each in self.tracker.directives()]}

    def _meeting(self) -> dict[str, JsonValue]:
        (meeting,) = self.tracker.meetings()
        return _plain(meeting)

    def _document(self, task: str) -> dict[str, Any]:
        return document_of([*map(_plain, self.tracker.evidence())], task, self._content)

    def _content(self, digest: str) -> bytes:
        with self.tracker.open_evidence(digest) as file:
            return file.read()

    def _person(self, person: str) -> dict[str, JsonValue]:
        return _plain(self.tracker.person(person))


def _plain(value: BaseModel) -> dict[str, Any]:
    """A value of the library as JSON has it."""
    return value.model_dump(mode="json")
