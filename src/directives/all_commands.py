"""All commands by the names under which they are written down, and their JSON Schema."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic.json_schema import models_json_schema

from directives.model import meeting, orders, personal, units
from directives.model.command import Command
from directives.model.complaint import one_line
from directives.model.errors import InvalidInput
from directives.model.kinds import deeds
from directives.model.message import Message

NAME = "command"
"""The field that names the command, where one is written down."""


@cache
def commands() -> Mapping[str, type[Command]]:
    """Every command by its noun and verb, ``report submit``; those of kinds of other distributions too."""
    others: tuple[type[Command], ...] = (
        units.FoundOrganisation,
        units.RegisterUnits,
        units.RenameUnit,
        units.MoveUnit,
        units.RetireUnit,
        meeting.RecordMeeting,
        orders.IssueDirective,
        orders.AssignToLevel,
        orders.AssignToUnits,
        orders.AmendDirective,
        orders.ExtendDirective,
        orders.ReopenLevel,
        orders.WithdrawDirective,
        personal.ErasePerson,
    )
    return {**{each.deed(): each for each in others}, **deeds()}


def command_of(written: Mapping[str, Any]) -> Command:
    """The command that is ``written`` down: its fields, and its name as ``command``.

    Raises:
        InvalidInput: no such command, or a field that is missing, unknown, or has a value that is not allowed.
    """
    if NAME not in written:
        raise InvalidInput("command: is missing: name it, as report submit")
    name = written[NAME]
    if not isinstance(name, str) or name not in commands():
        raise InvalidInput(
            "command: {name} is none: use one of {choices}", name=repr(name), choices=", ".join(commands())
        )
    try:
        return commands()[name].model_validate({key: value for key, value in written.items() if key != NAME})
    except ValidationError as error:
        raise one_line(error, where=Message("{name}: ", name=name)) from error


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one written command."""
    by_class, definitions = models_json_schema([(each, "validation") for each in commands().values()])
    found: dict[str, Any] = definitions["$defs"]
    for name, command in commands().items():
        own = found[by_class[command, "validation"]["$ref"].rpartition("/")[2]]
        own["properties"] = {NAME: {"const": name, "description": (command.__doc__ or name).split("\n")[0]}} | own[
            "properties"
        ]
        own["required"] = [NAME, *own.get("required", [])]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A command of directives, one a line",
        "oneOf": [by_class[command, "validation"] for command in commands().values()],
        "$defs": found,
    }
