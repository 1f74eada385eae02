"""A kind is tried: whether its functions give what they must, about a task of which nothing is on record."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError

from directives.directive_kinds.kind import Kind, Work
from directives.directive_kinds.listing import OnRecord
from directives.directive_kinds.others.wrong import Wrong
from directives.directive_kinds.parameters import parameters_of
from directives.domain.errors import DirectivesError, InvalidInput, KindUnusable
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import TaskCommand
from directives.domain.task.events import Acknowledged
from directives.domain.task.state import TASK, Order

UNIT, OFFICE, TASK_ID = "JH-AC60", "convenor@JH-AC60", "directive/JH-AC60"
AT = datetime(2023, 11, 1, tzinfo=UTC)
"""What a kind is tried with."""


def require_results(kind: Kind, decide: Callable[..., Any]) -> None:
    """Try a kind whose functions are guarded, by the parameters of its own examples.

    Args:
        decide: its decision as it was written, which may say what it gives.

    Raises:
        Wrong: a function gives what it must not, as far as that can be told by trying.
    """
    promised = _promised(decide)
    if any(isinstance(each, type) and issubclass(each, Event) for each in (promised, *get_args(promised))):
        raise Wrong("{function} does not return {wanted}", function="decide", wanted="tuple[Event, ...]")
    try:
        asked = kind.read_parameters("", {each.name: each.example for each in kind.asks})
    except InvalidInput:
        return  # what fits together only the kind knows
    made_up = _are_made_up(kind)
    for trial in _trials(kind, asked):
        try:
            trial()
        except KindUnusable as error:
            if made_up and error.__cause__ is not None:
                continue  # what it trips over may be of the example alone
            raise Wrong("{why}", why=error.message.values["why"]) from error
        except DirectivesError:  # it refuses
            continue


def _are_made_up(kind: Kind) -> bool:
    """Whether the kind names no example of some text or value that must be given."""
    fields = kind.parameters.model_fields
    return any(each.required and each.type in ("text", "json") and not fields[each.name].examples for each in kind.asks)


def _promised(decide: Callable[..., Any]) -> Any:
    """What a decision says that it gives; None where it does not."""
    try:
        return get_type_hints(decide).get("return")
    except Exception:  # names that are not there when the program runs
        return None


def _trials(kind: Kind, asked: Work) -> Iterator[Callable[[], object]]:
    nothing, act = Work(), _an_act()
    yield lambda: kind.counts(nothing, asked)
    yield lambda: kind.lacking(nothing, asked)
    yield lambda: kind.figures and kind.figures(nothing, asked)
    yield lambda: kind.evolve(nothing, act)
    yield lambda: kind.numbered(nothing, act)
    yield lambda: kind.covers(nothing, act)
    yield lambda: kind.uncovers(nothing, act)
    yield lambda: kind.covered(nothing)
    yield lambda: kind.notes(nothing, act, asked)
    yield lambda: kind.window and kind.window(asked)
    for listing in kind.lists.values():
        yield lambda listing=listing: listing.rows(OnRecord([], asked, "UTC", None))
    for command_class in kind.commands:
        example = {view.name: view.example for view in parameters_of(command_class) if view.required}
        try:
            command = command_class.model_validate(example | {"task": TASK_ID, "office": OFFICE})
        except ValidationError:  # it has no example: what is decided is looked at when it is asked
            continue
        yield lambda command=command: _decided(kind, command, asked)


def _decided(kind: Kind, command: TaskCommand, asked: Work) -> None:
    """Have an example decided; what that trips over may be of the example alone."""
    try:
        kind.decide(command, TASK.initial, _an_order(asked), AT)
    except KindUnusable as error:
        if error.__cause__ is None:
            raise


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
