"""All commands by the names under which they are written down."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from directives.directive_kinds.registry import task_commands
from directives.domain import audit, meeting, person
from directives.domain.command import Command, commands_in
from directives.domain.directive import commands as directive_commands
from directives.domain.errors import InvalidInput
from directives.domain.organisation import commands as organisation_commands
from directives.domain.task import many
from directives.domain.validation import cause_of, one_line
from directives.i18n.message import Message

NAME = "command"
"""The field that names the command, where one is written down."""


@cache
def commands() -> Mapping[str, type[Command]]:
    """Every command by its noun and verb, ``report submit``; those of kinds of other distributions too."""
    of_domain = (organisation_commands, meeting, directive_commands, person, audit, many)
    return {each.deed(): each for module in of_domain for each in commands_in(module)} | {**task_commands()}


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
            "command: {name} is unknown: use one of {choices}", name=repr(name), choices=", ".join(commands())
        )
    command_class = commands()[name]
    try:
        return command_class.model_validate({key: value for key, value in written.items() if key != NAME})
    except ValidationError as error:
        said = one_line(error, where=Message("{name}: ", name=name), of=command_class)
        raise said from cause_of(error, command_class)
