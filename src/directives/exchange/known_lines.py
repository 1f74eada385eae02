"""Ids for lines that give no ``command_id``: made of the command as it was read, and formerly of the line's text."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from directives.domain.command import Command, asked_by
from directives.domain.personal import holding, left_out_of
from directives.domain.task.commands import TaskCommand
from directives.domain.values import Model
from directives.exchange.named_commands import NAME, commands
from directives.store.command_log import OF_TEXT


def known_as_read(command: Command) -> Command:
    """``command`` in the form that all its spellings share, under an id made of what it asks for.

    The form matters because a command whose id is on record must have the digest that is on record, too.

    Raises:
        InvalidInput: it holds a text that cannot be stored.
    """
    fields = {name: _in_order(value) for name, value in command.__dict__.items()}
    if isinstance(command, TaskCommand):
        fields["task"] = command.task.removeprefix("task/")
    if command.actor == command.office:  # as it is without one
        fields["actor"] = None
    known = command.changed(**fields)
    return known.changed(command_id=_id_of(known))


def _in_order(value: object) -> object:
    """``value`` with the names of every mapping in order."""
    match value:
        case None | str() | int() | date():  # most are: to ask first whether it is a `Model` takes long
            return value
        case dict():
            mapping = cast(dict[str, object], value)
            return {name: _in_order(mapping[name]) for name in sorted(mapping)}
        case list():
            return [*map(_in_order, cast(list[object], value))]
        case tuple():
            return (*map(_in_order, cast(tuple[object, ...], value)),)
        case Model():
            return value.changed(**{name: _in_order(inner) for name, inner in value})
        case _:
            return value


def _id_of(command: Command) -> str:
    """An id is stored in the clear: personal values have no part in it."""
    asked = asked_by(command, left_out_of(command))
    return f"read-{_digest(command.deed().encode() + asked)}"


def former_id_of(fields: Mapping[str, Any]) -> str:
    """The id made of the text of a line that gives ``fields``; earlier versions recorded the line under it.

    It is only looked up, and must never change.
    """
    command = commands().get(str(fields.get(NAME)))
    left_out = {"source", *(() if command is None else holding(command))}
    asked = {name: value for name, value in fields.items() if name not in left_out}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return f"{OF_TEXT}{_digest(text.encode('utf-8', 'surrogatepass'))}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:40]
