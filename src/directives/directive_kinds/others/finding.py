"""The kinds of other distributions are found by their entry points; what cannot work is left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from directives.domain.event import EVENTS, Event, NameTaken
from directives.domain.organisation import commands as of_organisations
from directives.domain.task.commands import OwnAct, TaskCommand, life_cycle
from directives.domain.values import Text
from directives.i18n.message import Message

NOUNS = frozenset(
    [
        "acceptance",
        "audit",
        "board",
        "config",
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
        "person",
        "rebuild",
        "schema",
        "status",
        "task",
        "todo",
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
    """What a distribution brings: a kind, whose functions are guarded, and its events."""

    point: EntryPoint
    kind: Kind
    events: Sequence[type[Event]]


def add_others(kinds: dict[str, Kind], distributions: dict[str, str]) -> Iterator[Message]:
    """Add the kinds of other distributions to ``kinds``, and whence they came; tells what is left out, and why."""
    found, left_out = dict[str, _Brought](), list[tuple[EntryPoint, Message]]()
    for point in sorted(entry_points(group="directives.kinds")):
        try:
            brought = _brought(point, {**kinds, **{name: each.kind for name, each in found.items()}})
            found[brought.kind.name] = brought
        except Wrong as wrong:
            left_out.append((point, wrong.message))
        except NameTaken as taken:
            # Of which of the two an event on record is, nobody can tell.
            other = next((each for each in found.values() if taken.owner in each.events), None)
            left_out.append((point, _taken(taken.name, None if other is None else other.point)))
            if other is not None:
                left_out.append((other.point, _taken(taken.name, point)))
                _forget(each.topic() for each in found.pop(other.kind.name).events)
    for name, each in found.items():
        kinds[name], distributions[name] = each.kind, _distribution(each.point)
    for point, why in left_out:
        yield Message(
            "kind: {name} of {distribution} is left out: {why}: mend or remove it",
            name=point.name,
            distribution=_distribution(point),
            why=why,
        )


def _taken(event: str, by: EntryPoint | None) -> Message:
    owner = "directives" if by is None else _distribution(by)
    return Message("{distribution} has an event {name} too", distribution=owner, name=event)


def _distribution(point: EntryPoint) -> str:
    return point.value if point.dist is None else f"{point.dist.name} {point.dist.version}"


def _brought(point: EntryPoint, others: Mapping[str, Kind]) -> _Brought:
    """The kind of an entry point, if it can work beside the ``others``.

    Raises:
        Wrong: it cannot.
        NameTaken: one of its events has the name of another.
    """
    before = {*EVENTS}
    kind = _loaded(point)
    events = [each for topic, each in EVENTS.items() if topic not in before or each.__module__ == point.module]
    try:
        _require_events(events)
    except (Wrong, NameTaken):
        _forget(each.topic() for each in events)
        raise
    _require_shape(kind)
    _require_own_names(kind, others)
    safe = guarded(kind, _distribution(point))
    require_results(safe, kind.decide)
    return _Brought(point, safe, events)


def _loaded(point: EntryPoint) -> Kind:
    before = {*EVENTS}
    try:
        kind = point.load()
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # whatever the code of others does, to end the process too
        _forget(EVENTS.keys() - before)
        if isinstance(error, NameTaken):
            raise
        raise Wrong("{value} cannot be loaded ({error})", value=point.value, error=told(error)) from error
    if not isinstance(kind, Kind):
        raise Wrong("{value} is no Kind", value=point.value)
    return kind


def _forget(topics: Iterable[str]) -> None:
    """Let events be unknown, so that those on record are told as such."""
    for topic in [*topics]:
        del EVENTS[topic]


def _require_events(events: Sequence[type[Event]]) -> None:
    """Look at the names and the sentences of events.

    Raises:
        Wrong: one has a field that each has, or a sentence that cannot be told.
        NameTaken: one has the name of an event of somebody else.
    """
    for event in events:
        owner = next((each for each in EVENTS.values() if each.NAME == event.NAME and each not in events), None)
        if owner is not None:
            raise NameTaken(event.NAME, owner)
        if "office" in event.model_fields:
            raise Wrong("the event {name} has a field office, which each has: rename it", name=event.NAME)
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
        raise Wrong(
            "the sentence “{text}” of the event {name} names what is no field of it", text=text, name=event.NAME
        )


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
            raise Wrong("its {part} is not what it must be", part=part)
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
        raise Wrong("{command} is no class of commands on tasks with a NOUN and a VERB", command=str(command))
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
