"""What a kind of directive is: one file that says what it asks for and when it is done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import JsonValue, ValidationError

from directives.directive_kinds.listing import Listing
from directives.directive_kinds.parameters import ParameterView, parameters_of, with_type
from directives.domain.errors import InvalidInput, NotFulfilled
from directives.domain.event import Event, RecordedEvent
from directives.domain.personal import holding
from directives.domain.task.commands import SubmitTask, TaskCommand
from directives.domain.task.decisions import require_open, require_own_act, submit
from directives.domain.task.state import Order, TaskState
from directives.domain.validation import one_line
from directives.domain.values import Model, Text
from directives.i18n.message import Listed, Message

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


def as_work(kept: Model) -> Work:
    """What is kept of the work, as it stands in the state of a task; `asked_of` does not read it again at once."""
    work: Work = kept.model_dump(mode="json")
    _LAST[type(kept)] = _Read(work, kept)
    return work


class Lack(NamedTuple):
    """Something that a directive asks for, and of which too little is on record.

    Attributes:
        what: its stable name, ``days``.
        have: how many are on record.
        wanted: how many are asked for.
        message: the same for people.
        deed: the noun and the verb of the command that records more of it, ``activity post``; empty where none does.
        fields: values of that command that are known, ``{"platform": "x"}``, and ``FILE`` where it needs a file;
            ``occurred_at`` is the day on which it must have happened, if that has passed.
        reason: the code of `REASONS` with which a submission is refused for it, if it has one.
    """

    what: str
    have: int
    wanted: int
    message: Message
    deed: str
    fields: Mapping[str, str] = {}
    reason: str | None = None


def _nothing_counted(_: Work, __: Mapping[str, JsonValue]) -> Mapping[str, int]:
    return {}


def _nothing_lacks(_: Work, __: Mapping[str, JsonValue]) -> Sequence[Lack]:
    return ()


def _no_notes(_: Work, __: RecordedEvent, ___: Mapping[str, JsonValue]) -> Sequence[Message]:
    return ()


def _no_days(_: Work) -> Iterable[date]:
    return ()


def _none_uncovered(_: Work, __: RecordedEvent) -> Iterable[date]:
    return ()


def _as_before(work: Work, _: RecordedEvent) -> Work:
    return work


def _no_day(_: Work, __: RecordedEvent) -> date | None:
    return None


@dataclass(frozen=True)
class Kind:
    """A kind of directive.

    Attributes:
        name: its stable name, ``written_report``.
        title: what people call it.
        parameters: what an office that issues such a directive sets, each with a description.
        commands: the work of the kind, each beside the noun and verb that it has on the command line.
        decide: (command, state, order, moment) to the facts; raises `Refused` or `InvalidInput`.
        evolve: (work, event) to the work after the event. It takes any of the events of a task in their order, also
            where one that came before was struck out: what names something that is not there changes nothing.
        numbered: (work, event) to the work after an event that was taken back, so that a number or code that it gave
            is not given again.
        lacking: (work, parameters) to all that the unit has still to do before it can submit.
        figures: (work, parameters) to the figures by which a submission is judged. A kind without it has a command of
            its own that submits.
        counts: (work, parameters) to the numbers that are added up over units; the same names whatever the work.
        counted: what people call those numbers, each by its name.
        covers: (work, event) to the day that the event is the first to cover, for a kind with a daily record.
        uncovers: (work, event) to the days that the event says are not covered after all.
        covered: work to the days that it covers: those of which `covers` told, without those of `uncovers`.
        window: parameters to the first and the last day of that record.
        about: what such a directive is for, in a sentence.
        notes: (work before the event, event, parameters) to what who recorded it should know, though it is allowed:
            that it does not count.
        lists: the lists of what is on record, each by its noun: ``directives group list``.
        installed: false of what stands in for a kind that is not, see `absent`.
    """

    name: str
    title: Text
    parameters: type[Model]
    commands: tuple[type[TaskCommand], ...]
    decide: Callable[[Any, TaskState, Order, datetime], tuple[Event, ...]]
    evolve: Callable[[Work, RecordedEvent], Work]
    lacking: Callable[[Work, Mapping[str, JsonValue]], Sequence[Lack]] = _nothing_lacks
    figures: Callable[[Work, Mapping[str, JsonValue]], Mapping[str, JsonValue]] | None = None
    counts: Callable[[Work, Mapping[str, JsonValue]], Mapping[str, int]] = _nothing_counted
    counted: Mapping[str, Text] = field(default_factory=dict[str, Text])
    covers: Callable[[Work, RecordedEvent], date | None] = _no_day
    covered: Callable[[Work], Iterable[date]] = _no_days
    uncovers: Callable[[Work, RecordedEvent], Iterable[date]] = _none_uncovered
    numbered: Callable[[Work, RecordedEvent], Work] = _as_before
    window: Callable[[Mapping[str, JsonValue]], tuple[date, date]] | None = None
    about: Message | None = None
    notes: Callable[[Work, RecordedEvent, Mapping[str, JsonValue]], Sequence[Message]] = _no_notes
    lists: Mapping[str, Listing] = field(default_factory=dict[str, Listing])
    installed: bool = True

    def __post_init__(self) -> None:
        """Raises TypeError: a parameter holds a personal value; parameters are told to everybody."""
        for name in holding(self.parameters):
            raise TypeError(
                f"{self.parameters.__name__}.{name}: no parameter holds a personal value, since all are told them"
            )

    @property
    def asks(self) -> tuple[ParameterView, ...]:
        """What an office that issues such a directive sets: each parameter with its type, limits and meaning."""
        return parameters_of(self.parameters)

    def read_parameters(self, directive: str, given: Mapping[str, JsonValue]) -> Work:
        """``given`` as the kind reads them, with its defaults, ready for JSON.

        Raises:
            InvalidInput: a parameter that the kind does not have, or a value that it does not allow; the message has
                the type of the parameter, and an example.
        """
        try:
            return self.parameters.model_validate(given).model_dump(mode="json")
        except ValidationError as error:
            told = one_line(error, where=Message("directive {directive}: parameters.", directive=directive))
            where = error.errors(include_url=False)[0]["loc"]
            raise (told.retold(with_type(told.message, where[0], self.asks)) if where else told) from error

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
            NotFulfilled: what the directive asks for is not there; all that lacks is named, and the reason is that of
                the first.
            NotEntitled, OutOfOrder, TaskClosed, AlreadySubmitted: the life cycle says no.
        """
        if self.figures is None:
            raise InvalidInput(
                "task: {task} is of the kind {kind}: it is submitted by {ways}",
                task=order.task,
                kind=self.name,
                ways=self._ways,
            )
        require_own_act(command, order, at)
        require_open(state, order)
        lacking = self.lacking(state.work, order.parameters)
        if lacking:
            raise _not_fulfilled(order.task, lacking)
        return (submit(state, order, {**self.figures(state.work, order.parameters)}, at),)

    @property
    def counts_work(self) -> bool:
        """Whether numbers are added up over units."""
        return self.counts is not _nothing_counted

    @property
    def has_notes(self) -> bool:
        """Whether it may note anything about an event."""
        return self.notes is not _no_notes

    @property
    def _ways(self) -> str:
        return ", ".join(each.deed() for each in self.commands)


class _Anything(Model):
    """The parameters of a kind that is not installed, of which nobody knows any."""


def _kind_lacks(_: Work, __: Mapping[str, JsonValue]) -> Sequence[Lack]:
    message = Message("its kind is not installed, so nothing can be recorded about it")
    return [Lack("kind", 0, 1, message, "")]


def _nothing_decided(*_: object) -> tuple[Event, ...]:
    return ()


def absent(name: str) -> Kind:
    """What stands in for a kind that is not installed: it knows the life cycle of its tasks, and nothing of their work.

    It answers questions; nothing is recorded by it.
    """
    return Kind(name, Text(en=name), _Anything, (), _nothing_decided, _as_before, _kind_lacks, installed=False)


def _not_fulfilled(task: str, lacking: Sequence[Lack]) -> NotFulfilled:
    """What a submission is refused with that lacks something."""
    first, all_of_it = lacking[0], Listed(*(each.message for each in lacking), between="; ")
    refusal = NotFulfilled(first.message, reason=first.reason)
    return refusal.retold(Message("task: {task} is not done yet: {lacking}", task=task, lacking=all_of_it))
