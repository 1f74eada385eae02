"""A kind is tried: whether its functions give what they must, about a task of which nothing is on record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast, get_args, get_type_hints

from directives.directive_kinds.kind import Kind, Lack, Work
from directives.directive_kinds.others.wrong import Wrong
from directives.directive_kinds.parameters import parameters_of
from directives.domain.errors import InvalidInput
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.events import Acknowledged
from directives.domain.task.state import TASK, Order
from directives.i18n.message import Message, tripped_over

UNIT, OFFICE, TASK_ID, AT = "UNIT", "clerk@UNIT", "directive/UNIT", datetime(2023, 11, 1, tzinfo=UTC)
"""What a kind is tried with."""


def require_results(kind: Kind) -> None:
    """Raises `Wrong` when a function of the kind gives what it must not, as far as that can be told by trying.

    Each is asked about a task of which nothing is on record, by the parameters of the kind's own examples.
    """
    decided = _promised(kind)
    if any(isinstance(each, type) and issubclass(each, Event) for each in (decided, *get_args(decided))):
        raise Wrong("{function} does not give {wanted}", function="decide", wanted="tuple[Event, ...]")
    try:
        asked = kind.read_parameters("", {each.name: each.example for each in kind.asks})
    except InvalidInput:
        return  # what fits together only the kind knows
    for function, wanted, right in (*_tried(kind, asked), *_decided(kind, asked)):
        if not right:
            raise Wrong("{function} does not give {wanted}", function=function, wanted=wanted)


def _promised(kind: Kind) -> Any:
    """What the kind's decision says that it gives; None where it does not."""
    try:
        return get_type_hints(kind.decide).get("return")
    except Exception:  # names that are not there when the program runs
        return None


def _tried(kind: Kind, asked: Work) -> Iterator[tuple[str, str, bool]]:
    """What each function of the kind must give, and whether it does."""
    nothing, act = Work(), _an_act()
    counted = _given("counts", kind.counts, nothing, asked)
    numbers = isinstance(counted, Mapping) and _all(cast(Mapping[str, object], counted).values(), int)
    yield "counts", "Mapping[str, int]", numbers
    yield "counts", "names of counted", not kind.counted or {*counted} == {*kind.counted}
    lacks = _given("lacking", kind.lacking, nothing, asked)
    yield "lacking", "Sequence[Lack]", isinstance(lacks, Sequence) and _all(lacks, Lack)
    if kind.figures is not None:
        figures = _given("figures", kind.figures, nothing, asked)
        yield "figures", "Mapping[str, JsonValue]", isinstance(figures, Mapping)
    for name, function in {"evolve": kind.evolve, "numbered": kind.numbered}.items():
        yield name, "dict", isinstance(_given(name, function, nothing, act), dict)
    day = _given("covers", kind.covers, nothing, act)
    yield "covers", "date | None", day is None or isinstance(day, date)
    yield "uncovers", "Iterable[date]", _all(_given("uncovers", kind.uncovers, nothing, act), date)
    yield "covered", "Iterable[date]", _all(_given("covered", kind.covered, nothing), date)
    yield "notes", "Sequence[Message]", _all(_given("notes", kind.notes, nothing, act, asked), Message)
    if kind.window is not None:
        window = _given("window", kind.window, asked)
        yield "window", "tuple[date, date]", _all(window, date) and len(window) == 2


def _decided(kind: Kind, asked: Work) -> Iterator[tuple[str, str, bool]]:
    """What the kind decides about an example of each of its commands; nothing where it refuses, or has no example."""
    for command_class in kind.commands:
        views = {view.name: view for view in parameters_of(command_class)}
        example = {name: view.example for name, view in views.items() if view.required}
        try:
            command = command_class.model_validate(example | {"task": TASK_ID, "office": OFFICE})
            facts = cast(object, kind.decide(command, TASK.initial, _an_order(asked), AT))
        except Exception:  # it refuses, or the example is none: what it gives is looked at again when it is asked
            continue
        yield "decide", "tuple[Event, ...]", isinstance(facts, tuple) and _all(facts, Event)


def _given(name: str, function: Any, *values: Any) -> Any:
    """What a function of a kind gives.

    Raises:
        Wrong: it trips over something.
    """
    try:
        return function(*values)
    except Exception as error:  # whatever the code of others does
        raise Wrong("{function} fails ({error})", function=name, error=tripped_over(error)) from error


def _all(values: Any, wanted: type) -> bool:
    return isinstance(values, Iterable) and all(isinstance(each, wanted) for each in cast(Iterable[object], values))


def _an_order(asked: Work) -> Order:
    """What a directive asks of a unit."""
    return Order(
        task=TASK_ID,
        lineage=(UNIT,),
        assignee=UNIT,
        level="state",
        due=AT.date(),
        owed_from=AT,
        zone="UTC",
        parameters=asked,
        now=AT,
        doing=(UNIT,),
        earliest=None,
    )


def _an_act() -> RecordedEvent:
    """An event of the life cycle, which every kind meets."""
    return RecordedEvent(
        position=1,
        stream=f"task/{TASK_ID}",
        version=1,
        name=Acknowledged.NAME,
        occurred_at=AT,
        recorded_at=AT,
        actor=OFFICE,
        office=OFFICE,
        source="library",
        command_id="1",
        data=Acknowledged(),
    )
