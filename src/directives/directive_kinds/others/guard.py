"""What the functions of a kind of another distribution trip over, or give that they must not, is told of that kind."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple, cast

from pydantic import ValidationError
from pydantic_core import to_json

from directives.directive_kinds.kind import Kind, Lack
from directives.directive_kinds.listing import Listing
from directives.domain.errors import DirectivesError, KindUnusable
from directives.domain.event import EVENTS, Event
from directives.domain.task.events import Submitted
from directives.domain.values import Text
from directives.i18n.message import Message, tripped_over

MOST = 2**53
"""What a kind counts stays below it, as the whole numbers of JSON do (RFC 8259, section 6)."""


class Gives(NamedTuple):
    """What a function gives: as Python writes it, what is taken of a result, and whether that is it."""

    wanted: str
    taken: Callable[[Any], Any]
    right: Callable[[Any], bool]


def guarded(kind: Kind, distribution: str) -> Kind:
    """``kind`` with all its functions guarded; those that it leaves to their default stay."""
    guards = _Guards(kind, distribution)
    own = {
        each.name: guards.of(each.name, getattr(kind, each.name))
        for each in fields(Kind)
        if each.name in GIVES and getattr(kind, each.name) not in (each.default, None)
    }
    lists = {noun: guards.listing(listing) for noun, listing in kind.lists.items()}
    return replace(kind, **own, lists=lists)


class _Guards:
    """Guards functions of one kind."""

    def __init__(self, kind: Kind, distribution: str) -> None:
        self._kind, self._distribution, self._counted = kind.name, distribution, {*kind.counted}

    def of(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, guarded."""
        gives = GIVES[name]
        if name == "counts" and self._counted:
            gives = gives._replace(wanted="the numbers of counted", right=self._right_numbers)
        keeps = name in ("evolve", "numbered")

        def guard(*values: Any) -> Any:
            given = (deepcopy(values[0]), *values[1:]) if keeps else values
            try:
                result = gives.taken(function(*given))
                right = gives.right(result)
            except (DirectivesError, KeyboardInterrupt, GeneratorExit):
                raise
            except BaseException as error:  # whatever the code of others does, to end the process too
                raise self._unusable(Message("{function} fails ({error})", function=name, error=told(error))) from error
            if not right:
                raise self._unusable(Message("{function} does not return {wanted}", function=name, wanted=gives.wanted))
            return values[0] if keeps and result == values[0] else result

        return guard

    def listing(self, listing: Listing) -> Listing:
        """The list, its rows guarded."""
        return replace(listing, rows=self.of("rows", listing.rows))

    def _right_numbers(self, counted: Any) -> bool:
        return _are_numbers(counted) and {*counted} == self._counted

    def _unusable(self, why: Message) -> KindUnusable:
        return KindUnusable(
            "kind: {kind} of {distribution} does not work: {why}: fix or remove it",
            kind=self._kind,
            distribution=self._distribution,
            why=why,
        )


def told(error: BaseException) -> str:
    """What an error says that nobody raised on purpose; of one that ends the process, its class."""
    return tripped_over(error) if isinstance(error, Exception) else type(error).__name__


def _as_it_is(result: Any) -> Any:
    return result


def _all(wanted: type) -> Callable[[Any], bool]:
    def right(results: Any) -> bool:
        return all(isinstance(each, wanted) for each in results)

    return right


_are_days = _all(date)


def _are_lacks(lacks: Any) -> bool:
    return isinstance(lacks, Sequence) and _all(Lack)(lacks)


def _are_figures(figures: Any) -> bool:
    return isinstance(figures, Mapping) and _is_work({**figures})


def _is_day(day: Any) -> bool:
    return day is None or isinstance(day, date)


def _is_window(days: Any) -> bool:
    return len(days) == 2 and _are_days(days)


def _are_events(facts: Any) -> bool:
    return isinstance(facts, tuple) and all(map(_is_event, cast(Iterable[object], facts)))


def _is_event(fact: object) -> bool:
    """Whether a fact is an event of others, or the submission; one that can be read again."""
    if not isinstance(fact, Event) or EVENTS.get(fact.topic()) is not type(fact):
        return False
    try:
        type(fact).model_validate(dict(fact))
    except ValidationError:
        return False
    return isinstance(fact, Submitted) or not type(fact).is_ours()


def _is_work(work: Any) -> bool:
    return isinstance(work, dict) and json.loads(to_json(work)) == work


def _are_numbers(counted: Any) -> bool:
    return isinstance(counted, Mapping) and all(
        isinstance(name, str) and isinstance(number, int) and abs(number) < MOST
        for name, number in cast(Mapping[object, object], counted).items()
    )


def _are_rows(rows: Any) -> bool:
    values = (value for row in rows for value in row.values())
    return all(value is None or isinstance(value, Text | bool | int | date | str | tuple) for value in values)


GIVES: Mapping[str, Gives] = {
    "decide": Gives("tuple[Event, ...]", _as_it_is, _are_events),
    "evolve": Gives("dict[str, JsonValue]", _as_it_is, _is_work),
    "numbered": Gives("dict[str, JsonValue]", _as_it_is, _is_work),
    "lacking": Gives("Sequence[Lack]", _as_it_is, _are_lacks),
    "figures": Gives("Mapping[str, JsonValue]", _as_it_is, _are_figures),
    "counts": Gives("Mapping[str, int]", _as_it_is, _are_numbers),
    "covers": Gives("date | None", _as_it_is, _is_day),
    "uncovers": Gives("Iterable[date]", tuple, _are_days),
    "covered": Gives("Iterable[date]", tuple, _are_days),
    "window": Gives("tuple[date, date]", tuple, _is_window),
    "notes": Gives("Sequence[Message]", tuple, _all(Message)),
    "rows": Gives("Iterable[Row]", list, _are_rows),
}
"""What each function of a kind, and the rows of its lists, must give."""
