"""The kinds of other distributions are found by their entry points; what cannot work is left out."""

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from inspect import get_annotations, signature
from string import Formatter
from typing import Any, NamedTuple, cast

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.listing import Listing
from directives.directive_kinds.others.guard import guarded, told
from directives.directive_kinds.others.trial import require_results
from directives.directive_kinds.others.wrong import Wrong
from directives.domain import audit, meeting, person
from directives.domain.command import Command, commands_in
from directives.domain.directive import commands as of_directives
from directives.domain.event import EVENTS, Event, names_not_taken
from directives.domain.organisation import commands as of_organisations
from directives.domain.task.commands import OwnAct, TaskCommand, life_cycle
from directives.domain.values import Text
from directives.i18n.message import Message

NOUNS = frozenset(
    [
        "acceptance",
        "audit",
        "board",
        "completion",
        "config",
        "copy",
        "daily",
        "demo",
        "diff",
        "directive",
        "doctor",
        "evidence",
        "history",
        "import",
        "init",
        "kind",
        "log",
        "meeting",
        "org",
        "overdue",
        "pack",
        "person",
        "rebuild",
        "schema",
        "status",
        "task",
        "todo",
        "unpack",
        "waiting",
    ]
)
"""The nouns that the command line has itself."""
FIELDS = frozenset(
    [
        "actor",
        "as",
        "at",
        "clock_is_right",
        "command_class",
        "deed",
        "self",
        "command",
        "command_id",
        "db",
        "debug",
        "dry_run",
        "for",
        "help",
        "json",
        "lang",
        "occurred_at",
        "office",
        "on_behalf_of",
        "source",
        "task",
        "yes",
    ]
)
"""The names that each command on a task has already, as fields, as options, or in a line of a file."""


class _Brought(NamedTuple):
    """What a distribution brings: a kind, whose functions are guarded, if it can work; and its events."""

    point: EntryPoint
    kind: Kind | None
    events: frozenset[type[Event]]
    why_not: Message = Message("")


def add_others(kinds: dict[str, Kind], distributions: dict[str, str]) -> Iterator[Message]:
    """Add the kinds of other distributions to ``kinds``, and whence they came; tells what is left out, and why.

    The events of what is left out are unknown. Where two have one name of an event, nobody can tell of which of them
    an event on record is: all of them are left out.
    """
    brought, contested = list[_Brought](), set[str]()
    for point in sorted(entry_points(group="directives.kinds")):
        others = kinds | {each.kind.name: each.kind for each in brought if each.kind is not None}
        brought.append(_brought(point, others, contested))
    clear = [_unless_contested(each, brought, contested) for each in brought]
    for each in clear:
        if each.kind is not None:
            kinds[each.kind.name], distributions[each.kind.name] = each.kind, _distribution(each.point)
            continue
        yield Message(
            "kind: {name} of {distribution} is left out: {why}: fix or remove it",
            name=each.point.name,
            distribution=_distribution(each.point),
            why=each.why_not,
        )
    kept = {event for each in clear if each.kind is not None for event in each.events}
    gone = {event for each in clear for event in each.events} - kept
    for topic in [topic for topic, event in EVENTS.items() if event in gone]:
        del EVENTS[topic]


def _unless_contested(mine: _Brought, brought: Sequence[_Brought], contested: set[str]) -> _Brought:
    """The same; where it has an event of which somebody else has the name too, why it is left out."""
    for event in sorted(mine.events, key=lambda event: event.NAME) if mine.kind is not None else ():
        others = [each for each in brought if each.point != mine.point and event.NAME in _names_of(each)]
        apart = [each for each in others if event not in each.events]
        if event.NAME in contested and apart:
            told = ", ".join(sorted({_distribution(each.point) for each in apart}))
            return mine._replace(kind=None, why_not=_taken(event.NAME, told))
    return mine


def _names_of(brought: _Brought) -> set[str]:
    return {event.NAME for event in brought.events}


def _taken(event: str, by: str) -> Message:
    return Message("{distribution} has an event {name} too", distribution=by, name=event)


def _distribution(point: EntryPoint) -> str:
    return point.value if point.dist is None else f"{point.dist.name} {point.dist.version}"


def _brought(point: EntryPoint, others: Mapping[str, Kind], contested: set[str]) -> _Brought:
    """What an entry point brings, looked at beside the ``others``; the names of events that others have are noted."""
    events, before = frozenset[type[Event]](), {*EVENTS}
    try:
        with names_not_taken() as twice:
            kind = _loaded(point)
        events = _events_of(point, before, twice)
        contested |= {event.NAME for event in events if _others_of(event, events)}
        _require_events(events)
        _require_shape(kind)
        _require_own_names(kind, others)
        safe = guarded(kind, _distribution(point))
        require_results(safe, kind.decide)
    except Wrong as wrong:
        return _Brought(point, None, events or _events_of(point, before, ()), wrong.message)
    return _Brought(point, safe, events)


def _events_of(point: EntryPoint, before: set[str], twice: Iterable[type[Event]]) -> frozenset[type[Event]]:
    """The events of a kind: those that came with it, and those of others that stand in its module."""
    module = vars(sys.modules.get(point.module, object)).values()
    there = {each for each in EVENTS.values() if each.__module__ == point.module}
    named = {each for each in module if isinstance(each, type) and issubclass(each, Event) and each.REGISTERED}
    came = {event for topic, event in EVENTS.items() if topic not in before}
    return frozenset(event for event in {*there, *named, *came, *twice} if not event.is_ours() and event is not Event)


def _others_of(event: type[Event], own: Collection[type[Event]]) -> bool:
    """Whether somebody else has the name of an event."""
    return any(each.NAME == event.NAME and each not in own for each in EVENTS.values())


def _loaded(point: EntryPoint) -> Kind:
    try:
        kind = point.load()
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # whatever the code of others does, to end the process too
        raise Wrong("{value} cannot be loaded ({error})", value=point.value, error=told(error)) from error
    if not isinstance(kind, Kind):
        raise Wrong("{value} is not a Kind", value=point.value)
    return kind


def _require_events(events: Iterable[type[Event]]) -> None:
    """Raises `Wrong` when an event has the name of one of this library, a field that each has, or no right sentence."""
    ours = {each.NAME for each in EVENTS.values() if each.is_ours()}
    for event in events:
        if event.NAME in ours:
            raise Wrong("{distribution} has an event {name} too", distribution="directives", name=event.NAME)
        if "office" in event.model_fields:
            raise Wrong("the event {name} has a field office, as every event has: rename it", name=event.NAME)
        for text in _texts_of(event):
            _require_sentence(event, text)


def _texts_of(event: type[Event]) -> Iterator[str]:
    """The sentences of an event, in both languages: those that its class has."""
    for value in vars(event).values():
        if isinstance(value, Text):
            yield from filter(None, (value.en, value.hi))


def _require_sentence(event: type[Event], text: str) -> None:
    try:
        named = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        named = [("", "", None)]
    if any(name not in ("office", *event.model_fields) or form or turned for name, form, turned in named):
        raise Wrong("the sentence “{text}” of the event {name} names an unknown field", text=text, name=event.NAME)


def _require_shape(kind: Kind) -> None:
    """Raises `Wrong` when a part of the kind is of another type or form than it must be."""
    listings = [each for each in cast(Mapping[str, object], kind.lists).values() if not isinstance(each, Listing)]
    right = {
        "name": isinstance(kind.name, str) and _SLUG.fullmatch(kind.name),  # pyright: ignore[reportUnnecessaryIsInstance]
        "title": isinstance(kind.title, Text),  # pyright: ignore[reportUnnecessaryIsInstance]
        "parameters": isinstance(kind.parameters, type),  # pyright: ignore[reportUnnecessaryIsInstance]
        "commands": isinstance(kind.commands, tuple) and kind.commands,  # pyright: ignore[reportUnnecessaryIsInstance]
        "lists": not listings,
        "decide": _takes(kind.decide, 4),
    }
    for part, is_so in right.items():
        if not is_so:
            raise Wrong("its {part} is wrong", part=part)
    for command in kind.commands:
        _require_command(command)


def _takes(function: Any, number: int) -> bool:
    try:
        signature(function).bind(*range(number))
    except (TypeError, ValueError):
        return False
    return True


def _require_command(command: type[TaskCommand]) -> None:
    words = [getattr(command, name, None) for name in ("NOUN", "VERB")]
    if TaskCommand not in getattr(command, "__mro__", ()) or not all(map(_is_word, words)):
        raise Wrong("{command} is not a class of commands on tasks with a NOUN and a VERB", command=str(command))
    _require_fields(command)


def _is_word(text: object) -> bool:
    return isinstance(text, str) and _WORD.fullmatch(text) is not None


_SLUG = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _require_fields(command: type[TaskCommand]) -> None:
    """Raises `Wrong` when a field of its own has the name of one that each command has, or of an option."""
    own = {
        name
        for each in command.__mro__
        if issubclass(each, TaskCommand) and each not in (TaskCommand, OwnAct, *life_cycle())
        for name in get_annotations(each)
    }
    for name in sorted(own & FIELDS):
        raise Wrong("the field {field} of {deed} has a name that is in use", field=name, deed=command.deed())


def _require_own_names(kind: Kind, others: Mapping[str, Kind]) -> None:
    """Raises `Wrong` when the kind takes a name that is in use."""
    if kind.name in others:
        raise Wrong("the name {what} is in use", what=kind.name)
    own = {command.deed() for command in kind.commands}
    taken = {command.deed() for command in _commands(others)}
    lists = {f"{noun} list" for each in (kind, *others.values()) for noun in each.lists}  # several kinds may share one
    nouns = {each.partition(" ")[0] for each in own} | {*kind.lists}
    in_use = sorted((own & taken) | ((own | taken) & lists) | (nouns & NOUNS))
    if in_use:
        raise Wrong("the name {what} is in use", what=in_use[0])


def _commands(kinds: Mapping[str, Kind]) -> Iterator[type[Command]]:
    for module in (of_organisations, meeting, of_directives, person, audit):
        yield from commands_in(module)
    yield from life_cycle()
    for kind in kinds.values():
        yield from kind.commands
