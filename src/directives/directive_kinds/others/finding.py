"""The kinds of other distributions are found by their entry points; what cannot work is left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from inspect import get_annotations
from typing import Any

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.others.trial import require_results
from directives.directive_kinds.others.wrong import Wrong
from directives.domain import audit, meeting, person
from directives.domain.command import Command, commands_in
from directives.domain.directive import commands as of_directives
from directives.domain.event import EVENTS, Event
from directives.domain.organisation import commands as of_organisations
from directives.domain.task.commands import OwnAct, TaskCommand, life_cycle
from directives.domain.values import Text
from directives.i18n.message import Message, tripped_over

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


def add_others(kinds: dict[str, Kind], distributions: dict[str, str]) -> Iterator[Message]:
    """Add the kinds of other distributions to ``kinds``, and whence they came; tells what is left out, and why."""
    for point in entry_points(group="directives.kinds"):
        before = {*EVENTS}
        try:
            kind = _loaded(point)
            events = [each for topic, each in EVENTS.items() if topic not in before or each.__module__ == point.module]
            _require_events(events, {EVENTS[topic].NAME for topic in before if EVENTS[topic] not in events})
            _require_shape(kind)
            _require_own_names(kind, kinds)
            require_results(kind)
        except Wrong as wrong:
            yield Message(
                "kind: {name} of {distribution} is left out: {why}: mend or remove it",
                name=point.name,
                distribution=_distribution(point),
                why=wrong.message,
            )
            continue
        kinds[kind.name] = kind
        distributions[kind.name] = _distribution(point)


def _distribution(point: EntryPoint) -> str:
    return point.value if point.dist is None else f"{point.dist.name} {point.dist.version}"


def _loaded(point: EntryPoint) -> Kind:
    before = {*EVENTS}
    try:
        kind = point.load()
    except Exception as error:  # whatever the code of others does
        _forget(EVENTS.keys() - before)
        raise Wrong("{value} cannot be loaded ({error})", value=point.value, error=tripped_over(error)) from error
    if not isinstance(kind, Kind):
        raise Wrong("{value} is no Kind", value=point.value)
    return kind


def _forget(topics: Iterable[str]) -> None:
    """Let events be unknown, so that those on record are told as such."""
    for topic in [*topics]:
        del EVENTS[topic]


def _require_events(events: Sequence[type[Event]], taken: set[str]) -> None:
    """Raises `Wrong` when the name of an event is taken, or one of its sentences cannot be told."""
    try:
        for event in events:
            if event.NAME in taken:
                raise Wrong("the name of the event {name} is in use", name=event.NAME)
            if "office" in event.model_fields:
                raise Wrong("the event {name} has a field office, which each has: rename it", name=event.NAME)
            for text in _texts_of(event):
                _require_sentence(event, text)
    except Wrong:
        _forget([event.topic() for event in events])
        raise


def _texts_of(event: type[Event]) -> Iterator[str]:
    """The sentences of an event, in both languages: those that its class has."""
    for value in vars(event).values():
        if isinstance(value, Text):
            yield from filter(None, (value.en, value.hi))


def _require_sentence(event: type[Event], text: str) -> None:
    try:
        text.format(**dict.fromkeys(("office", *event.model_fields), ""))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise Wrong(
            "the sentence “{text}” of the event {name} names what is no field of it", text=text, name=event.NAME
        ) from error


def _require_shape(kind: Kind) -> None:
    """Raises `Wrong` when a part of the kind is of another type than it must be."""
    parts: dict[str, tuple[Any, type]] = {"title": (kind.title, Text), "parameters": (kind.parameters, type)}
    for name, (part, wanted) in parts.items():
        if not isinstance(part, wanted):
            raise Wrong("its {part} is of another type than it must be", part=name)
    for command in kind.commands:
        if TaskCommand not in getattr(command, "__mro__", ()) or not hasattr(command, "VERB"):
            raise Wrong("{command} is no class of commands on tasks with a NOUN and a VERB", command=str(command))
        _require_fields(command)


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
