"""The audit log in the record itself: which key signs its checkpoints, so that every change of key is under one too."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from directives.domain.aggregate import Aggregate
from directives.domain.command import Command
from directives.domain.errors import InvalidInput, Refused
from directives.domain.event import Event, RecordedEvent
from directives.domain.office import require_at_or_above
from directives.domain.values import Model, Text, matching
from directives.i18n.message import Message

Origin = Annotated[
    str, matching(r"[^\s+]+/[0-9a-f]{16}", Message("NAME/ and 16 hexadecimal digits, without a blank or a +"), 250)
]
"""The name of an audit log: a URL without its scheme, and what tells the log's secret apart from any other."""
LogKey = Annotated[str, matching(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", Message("NAME+ID+BASE64"), 400)]
"""A public key of a log, as C2SP signed-note writes it."""


class Abandoned(Model):
    """The last checkpoint of a log that goes on under another name: its origin, its size, and its root in Base64."""

    origin: Origin
    size: Annotated[int, Field(ge=0)]
    root: str

    def __str__(self) -> str:
        return f"{self.origin} ({self.size})"


# Events. Names, versions and fields are the storage format.


class LogKeyIntroduced(Event):
    """From here on this key signs the checkpoints of the audit log."""

    NAME: ClassVar[str] = "LogKeyIntroduced"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} introduced the key {vkey} of the audit log",
        hi="{office} ने ऑडिट लॉग की कुंजी {vkey} लागू की",
    )
    ABANDONING: ClassVar[Text] = Text(
        en="{office} introduced the key {vkey} of the audit log, which goes on from {abandons} under another name",
        hi="{office} ने ऑडिट लॉग की कुंजी {vkey} लागू की; {abandons} से यह लॉग दूसरे नाम से आगे चलता है",
    )
    origin: Origin
    vkey: LogKey
    abandons: Abandoned | None

    @property
    def sentence(self) -> Text:
        """Another sentence, where a log is abandoned."""
        return self.SENTENCE if self.abandons is None else self.ABANDONING


# State.


class AuditState(Model):
    """The keys that were introduced, in their order: the last one signs."""

    keys: tuple[str, ...] = ()


def evolve(state: AuditState, event: RecordedEvent) -> AuditState:
    """The keys after ``event``."""
    match event.data:
        case LogKeyIntroduced(vkey=vkey):
            return AuditState(keys=(*state.keys, vkey))
        case _:
            return state


AUDIT = Aggregate("audit", AuditState.model_construct(), evolve)


# Commands and decisions.


class IntroduceLogKey(Command):
    """Introduce a key that signs the checkpoints of the audit log from now on."""

    NOUN: ClassVar[str] = "audit"
    VERB: ClassVar[str] = "key"
    origin: Origin
    vkey: LogKey
    abandons: Abandoned | None = None


def introduce(
    command: IntroduceLogKey, state: AuditState, origin: str | None, lineage: Sequence[str]
) -> tuple[Event, ...]:
    """Decide that a key signs from now on; nothing when it does.

    Args:
        origin: that of the log of this store; None where it has none.
        lineage: the code of the top unit.

    Raises:
        NotEntitled: the office is not of the top unit.
        InvalidInput: the log has another origin, or the key another name.
        Refused: the key was replaced by another one.
    """
    require_at_or_above(command.office, lineage, Message("introduce a key of the audit log"))
    name = command.vkey.partition("+")[0]
    if command.origin != origin or name != origin:
        raise InvalidInput(
            "origin: {origin} is not the audit log of this store: use directives audit key",
            origin=command.origin if name == command.origin else name,
        )
    if state.keys[-1:] == (command.vkey,):
        return ()
    if command.vkey in state.keys:
        raise Refused("key: {key} was replaced: make a new one", key=command.vkey)
    return (LogKeyIntroduced(origin=command.origin, vkey=command.vkey, abandons=command.abandons),)
