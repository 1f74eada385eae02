"""What a kind of directive is: one file that says what it asks for and when it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue, ValidationError

from directives.model.command import one_line
from directives.model.errors import InvalidInput
from directives.model.event import Event, RecordedEvent
from directives.model.task import Order, TaskCommand, TaskState
from directives.model.values import Model, Text

Work = dict[str, JsonValue]
"""What a kind keeps in the state of a task for its next decision."""


@dataclass(frozen=True)
class Kind:
    """A kind of directive.

    Attributes:
        name: its stable name, ``written_report``.
        title: what people call it.
        parameters: what an office that issues such a directive sets.
        commands: the work of the kind, each beside the noun and verb that it has on the command line.
        decide: (command, state, order, moment) to the facts; raises `Refused` or `InvalidInput`.
        evolve: (work, event) to the work after the event.
    """

    name: str
    title: Text
    parameters: type[Model]
    commands: tuple[type[TaskCommand], ...]
    decide: Callable[[Any, TaskState, Order, datetime], tuple[Event, ...]]
    evolve: Callable[[Work, RecordedEvent], Work]

    def read_parameters(self, directive: str, given: Mapping[str, JsonValue]) -> Work:
        """``given`` as the kind reads them, with its defaults, ready for JSON.

        Raises:
            InvalidInput: a parameter that the kind does not have, or a value that it does not allow.
        """
        try:
            return self.parameters.model_validate(given).model_dump(mode="json")
        except ValidationError as error:
            raise one_line(error, where=f"directive {directive}: parameters.") from error

    def work(self, command: TaskCommand, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
        """Decide about the kind's own work.

        Raises:
            InvalidInput: the command is of another kind.
        """
        if not isinstance(command, self.commands):
            ways = ", ".join(f"{each.NOUN} {each.VERB}" for each in self.commands)
            raise InvalidInput(f"task: {order.task} is a {self.title.en}: its work is recorded by {ways}")
        return self.decide(command, state, order, at)
