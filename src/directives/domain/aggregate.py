"""What an aggregate is: the name of its streams, its first state, and how an event changes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from directives.domain.event import RecordedEvent
from directives.domain.values import Model

State = TypeVar("State", bound=Model)


@dataclass(frozen=True)
class StreamKind:
    """Streams that begin with one word.

    Attributes:
        prefix: the word, ``task``; it IS part of the storage format.
    """

    prefix: str

    def stream(self, *ids: str) -> str:
        """The stream of that aggregate: ``task/written-report/JH-PC08``."""
        return "/".join((self.prefix, *ids))


@dataclass(frozen=True)
class Aggregate(StreamKind, Generic[State]):
    """An aggregate whose state is stored beside its events.

    Attributes:
        initial: its state before anything happened; made without validation, and so without the validators of those
            that a process never reads.
        evolve: (state, event) to the state after the event.
    """

    initial: State
    evolve: Callable[[State, RecordedEvent], State]
