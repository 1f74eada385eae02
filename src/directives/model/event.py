"""What every event is made of, and the register of their names."""

from typing import Any, ClassVar

from pydantic import SerializeAsAny

from directives.model.values import Model, Moment

EVENTS: dict[str, type["Event"]] = {}
"""Every event class by its topic (``LevelCompleted.v1``), under which it is stored for ever."""


class Event(Model):
    """A fact that was recorded.

    Its name is the name of its class, its ``VERSION`` is declared by the class itself. Name, version and fields ARE the
    storage format: they never change. What changes gets a class of the next version, and the old one is still read.
    """

    VERSION: ClassVar[int]
    NAME: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        if "VERSION" not in cls.__dict__ or "NAME" not in cls.__dict__:
            raise TypeError(f"{cls.__name__}: declare a NAME and a VERSION of its own")
        if cls.topic() in EVENTS:
            raise TypeError(f"{cls.__name__}: {cls.topic()} belongs to {EVENTS[cls.topic()].__qualname__}")
        EVENTS[cls.topic()] = cls

    @classmethod
    def topic(cls) -> str:
        """The name and version under which the event is stored: ``LevelCompleted.v1``."""
        return f"{cls.NAME}.v{cls.VERSION}"


class Envelope(Model):
    """Who, when and why, of every event."""

    occurred_at: Moment
    recorded_at: Moment
    actor: str
    office: str
    source: str
    command_id: str


class RecordedEvent(Envelope):
    """An event as it stands in the log."""

    position: int
    stream: str
    version: int
    name: str
    data: SerializeAsAny[Event]

    @property
    def originator_id(self) -> str:
        """The stream, by the name that the eventsourcing library has for it."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version in the stream, from 1, by the name that the eventsourcing library has for it."""
        return self.version
