"""What every command is made of."""

from types import ModuleType
from typing import Annotated, ClassVar
from uuid import uuid4

from pydantic import AfterValidator, Field, StringConstraints

from directives.domain.office import OfficeText
from directives.domain.values import Model, Moment, nfc, printable
from directives.i18n.message import Message

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
CommandId = Annotated[_Name, printable(Message("it without control characters"))]


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
    def deed(cls) -> str:
        """The noun and the verb, ``group create``: the name by which a command is written down."""
        return f"{cls.NOUN} {cls.VERB}"

    @property
    def acting(self) -> str:
        """The actor's code."""
        return self.actor or self.office


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
