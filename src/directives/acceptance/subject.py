"""What the features run against: anything that takes commands and answers questions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StrictInt, TypeAdapter

PROTOCOL = 1
"""The version of the protocol: of the commands' and questions' shape, and of the messages of JSON Lines."""

CLAIMS = {
    "s1": "the written report of each Lok Sabha seat",
    "s2": "social-media groups and each day's activity",
    "s3": "active workers from the Lok Sabha down to the block",
    "s4": "speakers in rural areas",
    "s5": "support to the alliance",
    "s6": "the goal, and the record of the meeting",
    "life": "tasks and directives that change",
    "org": "an organisation that changes",
    "times": "when something happened, and when it was recorded",
    "earlier": "how things stood on an earlier day, and what was known of it then",
    "assign": "whom a directive is assigned to",
    "evidence": "submitted files",
    "action": "actions that are asked for so many times, with a file or without",
    "person": "personal data that is sealed and erased",
    "undo": "what was wrong is taken back",
    "waiting": "the list of what waits for an answer",
    "lists": "lists page by page",
    "backdating": "what is dated in time and written down later is counted apart and limited",
    "clocks": "clocks that run ahead or stand wrong",
    "wording": "this library's own sentences, in English and Hindi",
    "events": "this library's own events",
}
"""What a subject may claim. A scenario needs all claims among its tags and those of its feature."""
OWN = "own"
"""The tag of scenarios on this library's own store, files and lists: they run in its own tests alone."""


class SubjectFault(Exception):
    """The subject does not keep to the protocol: what was asked, and what is wrong with the answer."""


class SubjectGone(SubjectFault):
    """The subject cannot be started, or started again: nothing more can be asked of it."""


class Subject(Protocol):
    """A tool that keeps directives and tasks.

    What goes in and comes out is JSON as Python has it: dictionaries, lists, texts, numbers. Moments have a zone. A
    fault is an exception; a refusal is an answer.
    """

    @property
    def name(self) -> str:
        """What the tool is called."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    @property
    def claims(self) -> Collection[str]:
        """What of `CLAIMS` it claims."""
        ...

    def reset(
        self,
        organisation: Sequence[Mapping[str, Any]],
        levels: Sequence[str],
        zone: str,
        founded: str,
        now: str,
    ) -> None:
        """Forget everything, and begin with this organisation.

        Args:
            organisation: the units as ``org import`` has them, each before those below it: ``code``, ``parent``,
                ``level``, ``name`` in ``en`` and ``hi``, and ``attributes``, which may be left aside.
            levels: the codes of the levels from the top.
            zone: the IANA time zone in which days end.
            founded: the moment since which those units are there.
            now: the present moment, until `set_clock` says another.
        """
        ...

    def set_clock(self, now: str) -> None:
        """Let the present moment be ``now``, and stand there."""
        ...

    def do(self, command: Mapping[str, Any], documents: Mapping[str, Mapping[str, str]]) -> Mapping[str, Any]:
        """Carry out a command and say what became of it, as `Done`, `Nothing` or `Refused` has it.

        Args:
            command: as ``directives schema commands`` has it, without its documents.
            documents: by the field of the command: ``name`` and ``base64`` of the file.
        """
        ...

    def ask(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a question; both as ``directives schema questions`` has them."""
        ...

    def events(self, after: int) -> Sequence[Mapping[str, Any]]:
        """The events since position ``after``, as `EventAnswer` has them; asked for where ``events`` is claimed."""
        ...

    def close(self) -> None:
        """Let everything go."""
        ...


class Answer(BaseModel):
    """What a subject answers: it may say more than is asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Done(Answer):
    """The command was carried out; ``made`` has the id of what it made: ``group``."""

    outcome: Literal["done"]
    made: dict[str, str] = Field(default_factory=dict[str, str])


class Nothing(Answer):
    """What the command asks for is so already."""

    outcome: Literal["nothing"]


class Refused(Answer):
    """The command was refused, and nothing changed.

    ``reason`` and ``facts`` stand in ``features/reasons.json``. ``error`` and ``message`` are shown, and ``message``,
    by language, is compared where ``wording`` is claimed.
    """

    outcome: Literal["refused"]
    reason: str
    facts: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])
    error: str | None = None
    message: dict[str, str] = Field(default_factory=dict[str, str])


class EventAnswer(Answer):
    """An event: its place in the log, its name, the task, directive, meeting or unit it is of, and what it says."""

    position: StrictInt
    event: str
    of: str
    data: dict[str, JsonValue]


Outcome = Done | Nothing | Refused
OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Annotated[Outcome, Field(discriminator="outcome")])
EVENTS: TypeAdapter[list[EventAnswer]] = TypeAdapter(list[EventAnswer])
