"""What a kind of directive is: one file that says what it asks for and when it is done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import JsonValue, ValidationError

from directives.domain.errors import InvalidInput
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import SubmitTask, TaskCommand
from directives.domain.task.decisions import require_open, require_own_act, submit
from directives.domain.task.state import Order, TaskState
from directives.domain.validation import one_line
from directives.domain.values import Model, Text
from directives.i18n.message import Message

ParametersType = TypeVar("ParametersType", bound=Model)
Work = dict[str, JsonValue]
"""What a kind keeps in the state of a task for its next decision."""


class _Read(NamedTuple):
    parameters: Mapping[str, JsonValue]
    model: Model


_LAST: dict[type[Model], _Read] = {}


def asked_of(model: type[ParametersType], parameters: Mapping[str, JsonValue]) -> ParametersType:
    """``parameters`` by their class; those that were asked for last, in bulk the same ones, are not read again."""
    last = _LAST.get(model)
    if last is None or last.parameters is not parameters:
        last = _LAST[model] = _Read(parameters, model.model_validate(parameters))
    return cast(ParametersType, last.model)


def _nothing_counted(_: Work, __: Mapping[str, JsonValue]) -> Mapping[str, int]:
    return {}


def _no_days(_: Work) -> Iterable[date]:
    return ()


def _no_day(_: Work, __: RecordedEvent) -> date | None:
    return None


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
        judge: (state, order) to the figures by which a submission is judged; raises `NotFulfilled`. A kind
            without it has a command of its own that submits.
        counts: (work, parameters) to the numbers that are added up over units; the same names whatever the work.
        covers: (work, event) to the day that the event is the first to cover, for a kind with a daily record.
        covered: work to the days that it covers: those of which `covers` told.
        window: parameters to the first and the last day of that record.
    """

    name: str
    title: Text
    parameters: type[Model]
    commands: tuple[type[TaskCommand], ...]
    decide: Callable[[Any, TaskState, Order, datetime], tuple[Event, ...]]
    evolve: Callable[[Work, RecordedEvent], Work]
    judge: Callable[[TaskState, Order], Work] | None = None
    counts: Callable[[Work, Mapping[str, JsonValue]], Mapping[str, int]] = _nothing_counted
    covers: Callable[[Work, RecordedEvent], date | None] = _no_day
    covered: Callable[[Work], Iterable[date]] = _no_days
    window: Callable[[Mapping[str, JsonValue]], tuple[date, date]] | None = None

    def read_parameters(self, directive: str, given: Mapping[str, JsonValue]) -> Work:
        """``given`` as the kind reads them, with its defaults, ready for JSON.

        Raises:
            InvalidInput: a parameter that the kind does not have, or a value that it does not allow.
        """
        try:
            return self.parameters.model_validate(given).model_dump(mode="json")
        except ValidationError as error:
            raise one_line(error, where=Message("directive {directive}: parameters.", directive=directive)) from error

    def work(self, command: TaskCommand, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
        """Decide about the kind's own work.

        Raises:
            InvalidInput: the command is of another kind.
        """
        if not isinstance(command, self.commands):
            raise InvalidInput(
                "task: {task} is of the kind {kind}: its work is recorded by {ways}",
                task=order.task,
                kind=self.name,
                ways=self._ways,
            )
        return self.decide(command, state, order, at)

    def submission(self, command: SubmitTask, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
        """Decide that the task is submitted as done.

        Raises:
            InvalidInput: a command of the kind submits such a task.
            NotFulfilled: what the directive asks for is not there.
            NotEntitled, OutOfOrder, TaskClosed, AlreadySubmitted: the life cycle says no.
        """
        if self.judge is None:
            raise InvalidInput(
                "task: {task} is of the kind {kind}: it is submitted by {ways}",
                task=order.task,
                kind=self.name,
                ways=self._ways,
            )
        require_own_act(command, order, at)
        require_open(state, order)
        return (submit(state, order, self.judge(state, order), at),)

    @property
    def counts_work(self) -> bool:
        """Whether numbers are added up over units."""
        return self.counts is not _nothing_counted

    @property
    def _ways(self) -> str:
        return ", ".join(each.deed() for each in self.commands)
