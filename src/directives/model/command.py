"""What every command is made of."""

from typing import Annotated, ClassVar
from uuid import uuid4

from pydantic import Field, StringConstraints, ValidationError

from directives.model.errors import InvalidInput
from directives.model.offices import OfficeText
from directives.model.values import Model, Moment, printable

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
CommandId = Annotated[_Name, printable("it without control characters")]


class Command(Model):
    """A request to change something; the same ``command_id`` is carried out once.

    ``office`` acts, through ``actor`` (a code, by default the office itself), at ``occurred_at`` (by default now),
    by way of ``source``.
    """

    NOUN: ClassVar[str]
    VERB: ClassVar[str]

    command_id: CommandId = Field(default_factory=lambda: str(uuid4()))
    office: OfficeText
    actor: _Name | None = None
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


def one_line(error: ValidationError, error_class: type[InvalidInput] = InvalidInput, where: str = "") -> InvalidInput:
    """Pydantic's first complaint in one line that names the field, the value and what is expected."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "value"
    if first["type"] == "missing":
        said = "is missing"
    elif first["type"] == "extra_forbidden":
        said = "is no field here: remove it"
    else:
        given = repr(first["input"])
        shown = given if len(given) <= 80 else given[:77] + "..."
        said = f"{shown} is not allowed: {first['msg'].removeprefix('Value error, ')}"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return error_class(f"{where}{field}: {said}{more}")
