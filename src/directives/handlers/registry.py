"""Which handler carries a command out: one for each class of commands, found by the class and its bases."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from directives.domain.command import Command
from directives.domain.errors import InvalidInput
from directives.handlers.unit_of_work import UnitOfWork

Handle = Callable[[Any, UnitOfWork], None]
HandleType = TypeVar("HandleType", bound=Handle)


class Handler(NamedTuple):
    """How commands of a class are carried out.

    Attributes:
        handle: reads, decides and records; raises what the decision raises.
        needs_office: whether the office that acts must be at a unit of the organisation.
        after_commit: what is to be done once the command is committed, also when it was carried out before: a crash
            can have come between.
    """

    handle: Handle
    needs_office: bool = True
    after_commit: Handle | None = None


_HANDLERS: dict[type[Command], Handler] = {}
HANDLERS: Mapping[type[Command], Handler] = MappingProxyType(_HANDLERS)
"""The handlers by the classes that they are registered for."""


def handles(
    *commands: type[Command], needs_office: bool = True, after_commit: Handle | None = None
) -> Callable[[HandleType], HandleType]:
    """Register a function as the handler of ``commands``.

    Raises:
        TypeError: one of them has a handler.
    """

    def register(handle: HandleType) -> HandleType:
        for command in commands:
            if command in _HANDLERS:
                raise TypeError(f"{command.__name__} is handled by {_HANDLERS[command].handle.__qualname__}")
            _HANDLERS[command] = Handler(handle, needs_office, after_commit)
        return handle

    return register


def handler_of(command: type[Command]) -> Handler:
    """The handler of a class of commands, or of the nearest of its bases that has one.

    Raises:
        InvalidInput: there is none.
    """
    for base in command.__mro__:
        if base in _HANDLERS:
            return _HANDLERS[base]
    raise InvalidInput("command: {name} cannot be carried out by a tracker", name=command.__name__)
