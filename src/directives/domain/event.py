"""What every event is made of, and the register of their names."""

import re
import types
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar

from pydantic import Field, JsonValue, SerializeAsAny, model_serializer

from directives.domain.personal import IN_EVENTS, is_of_this_library, require_plain_places
from directives.domain.values import Line, Model, Moment, Text

_TOPIC = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,99})\.v([1-9][0-9]{0,5})")
EVENTS: dict[str, type["Event"]] = {}
"""Every event class by its topic (``LevelCompleted.v1``), under which it is stored for ever."""


_ASIDE: list[list[type["Event"]]] = []


@contextmanager
def names_not_taken() -> Generator[list[type["Event"]]]:
    """Let classes be made whose name another one has: they are set aside, and not known by it."""
    _ASIDE.append([])
    try:
        yield _ASIDE[-1]
    finally:
        _ASIDE.pop()


class Event(Model):
    """A fact that was recorded.

    Each class declares a ``NAME``, a ``VERSION`` and a ``SENTENCE`` of its own. Name, version and fields ARE the
    storage format: they never change. What changes gets a class of the next version, and the old one is still read.
    """

    VERSION: ClassVar[int]
    NAME: ClassVar[str]
    SENTENCE: ClassVar[Text]
    """How a history tells the event, with its fields and ``office`` in braces."""
    WORDS: ClassVar[Mapping[str, Mapping[str, Text]]] = {}
    """How a history tells the values of a field that stand for something: the ``platform`` ``x`` as X (Twitter)."""

    REGISTERED: ClassVar[bool] = True
    """Whether events of the class are known by their topic."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        if not cls.REGISTERED:
            return
        missing = [name for name in ("NAME", "VERSION", "SENTENCE") if name not in cls.__dict__]
        if missing:
            raise TypeError(f"{cls.__name__}: declare a {missing[0]} of its own")
        if "current" in cls.__dict__:
            raise TypeError(f"{cls.__name__}: current is called upcast now: rename it")
        if not _TOPIC.fullmatch(cls.topic()):
            raise TypeError(f"{cls.__name__}: {cls.topic()} is no name of letters and digits and a version from 1")
        if cls.topic() in EVENTS:
            if not _ASIDE:
                raise TypeError(f"{cls.__name__}: {cls.topic()} belongs to {EVENTS[cls.topic()].__qualname__}")
            _ASIDE[-1].append(cls)
            return
        if not cls.is_ours():
            require_plain_places(cls, IN_EVENTS)
        EVENTS[cls.topic()] = cls

    @classmethod
    def is_ours(cls) -> bool:
        """Whether the event is one of this library, and not of a kind of another distribution."""
        return is_of_this_library(cls)

    @property
    def sentence(self) -> Text:
        """The `SENTENCE` that tells this one: an event whose fields can be left out has another one for that."""
        return self.SENTENCE

    def upcast(self) -> "Event":
        """The event as its newest version has it; the class of an older version says how."""
        return self

    @classmethod
    @cache
    def topic(cls) -> str:
        """The name and version under which the event is stored: ``LevelCompleted.v1``."""
        return f"{cls.NAME}.v{cls.VERSION}"


class Opaque(Event):
    """An event of a kind that is not installed: what it holds is as it was stored, and nobody here knows what it means.

    Attributes:
        content: all that it holds.
    """

    REGISTERED: ClassVar[bool] = False
    content: dict[str, JsonValue]

    @model_serializer
    def _as_stored(self) -> dict[str, JsonValue]:
        return self.content

    @property
    def sentence(self) -> Text:
        """That there is more to tell, by whoever has the kind."""
        return Text(
            en=f"{{office}} recorded {self.NAME}, which only its kind of directive can tell",
            hi=f"{{office}} ने {self.NAME} दर्ज किया, जिसे केवल निर्देश का वही प्रकार बता सकता है",
        )


@cache
def opaque(topic: str) -> type[Opaque] | None:
    """The class of the opaque events of ``topic``; None where that is no topic."""
    parts = _TOPIC.fullmatch(topic)
    if parts is None:
        return None
    fields = {"NAME": parts[1], "VERSION": int(parts[2]), "__module__": __name__, "__doc__": Opaque.__doc__}
    return types.new_class(f"Opaque{parts[1]}", (Opaque,), exec_body=lambda own: own.update(fields))


class TakingBack(Model):
    """What an event holds that takes back what was recorded before, in its own stream.

    The state is the fold of the stream without the events at ``takes_back``. They stay on record.
    """

    takes_back: tuple[int, ...]
    reason: Line


class RecordedEvent(Model):
    """An event as it stands in the log: where, when it happened and was recorded, who, through what, and why.

    ``on_behalf_of`` is the unit for which an office above it recorded what that unit did.
    """

    position: int
    stream: str
    version: int
    name: str
    occurred_at: Moment
    recorded_at: Moment
    actor: str
    office: str
    source: str
    command_id: str
    on_behalf_of: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    data: SerializeAsAny[Event]

    @property
    def originator_id(self) -> str:
        """The stream, by the name that the eventsourcing library has for it."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version in the stream, from 1, by the name that the eventsourcing library has for it."""
        return self.version


def taking_back() -> list[str]:
    """The topics of the events that take others back."""
    return [topic for topic, event in EVENTS.items() if issubclass(event, TakingBack)]


def taken_back(events: Iterable[RecordedEvent]) -> set[int]:
    """The positions that some of ``events``, all of one stream, take back."""
    return {position for event in events if isinstance(event.data, TakingBack) for position in event.data.takes_back}


def standing(events: Iterable[RecordedEvent]) -> list[RecordedEvent]:
    """The events among ``events``, all of one stream, that no other takes back."""
    read = [*events]
    gone = taken_back(read)
    return [event for event in read if event.position not in gone]
