"""What every command is made of."""

from datetime import timedelta
from functools import cache
from types import ModuleType
from typing import Annotated, Any, ClassVar
from uuid import uuid4

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticSerializationError

from directives.domain.document import Document
from directives.domain.errors import InvalidInput
from directives.domain.office import OfficeText
from directives.domain.personal import IN_COMMANDS, is_of_this_library, require_plain_places
from directives.domain.values import Model, Moment, fields_of_type, nfc, printable
from directives.i18n.message import Message

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
CommandId = Annotated[_Name, printable(Message("it without control characters"))]


CLOCKS_DIFFER = timedelta(minutes=5)
"""How far from this clock another one may be that gave a moment: one that lies so far ahead counts as now."""


class Command(Model):
    """A request to change something; the same ``command_id`` is carried out once.

    ``office`` acts, through ``actor`` (a code, by default the office itself), at ``occurred_at`` (by default now),
    by way of ``source``.
    """

    NOUN: ClassVar[str]
    VERB: ClassVar[str]

    command_id: CommandId = Field(default_factory=lambda: str(uuid4()))
    office: OfficeText
    actor: Annotated[_Name, AfterValidator(nfc)] | None = None
    occurred_at: Moment | None = None
    source: Annotated[str, StringConstraints(min_length=1, max_length=200)] = "library"

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        if not is_of_this_library(cls):
            require_plain_places(cls, IN_COMMANDS)

    @classmethod
    def deed(cls) -> str:
        """The noun and the verb, ``group create``: the name by which a command is written down."""
        return f"{cls.NOUN} {cls.VERB}"

    @property
    def acting(self) -> str:
        """The actor's code."""
        return self.actor or self.office


_NEVER_ASKED = ("command_id", "source")
"""Fields of a command that say which one it is and how it came, and not what it asks for."""


@cache
def _not_asked(command: type[Command]) -> dict[str, Any]:
    """What of a command of that class is not asked for; nor is a file asked for by its name."""
    files = fields_of_type(command, Document)
    return dict.fromkeys(_NEVER_ASKED, True) | {name: {"name": True} for name in files}


def asked_by(command: Command, left_out: dict[str, Any] | None = None) -> bytes:
    """What ``command`` asks for, as JSON: without its id, the way it came and ``left_out``; personal values are masked.

    Stores keep digests of it, so its form never changes.

    Raises:
        InvalidInput: it holds a text that cannot be stored.
    """
    try:
        return command.__pydantic_serializer__.to_json(command, exclude=_not_asked(type(command)) | (left_out or {}))
    except PydanticSerializationError as error:
        raise InvalidInput("{deed}: contains invalid Unicode: {error}", deed=command.deed(), error=error) from error


def commands_in(module: ModuleType) -> tuple[type[Command], ...]:
    """The commands that a module defines, in the order of their definition: the classes with a verb."""
    return tuple(
        member
        for member in vars(module).values()
        if isinstance(member, type)
        and issubclass(member, Command)
        and member.__module__ == module.__name__
        and hasattr(member, "VERB")
    )
