"""The commands on tasks: the shared life cycle, and each kind's own work, made from the fields of their commands."""

from typing import Any, Literal, get_args, get_origin

import click
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from directives import (
    Command,
    Document,
    KindUnusable,
    Message,
    NotFound,
    TaskCommand,
    TaskView,
    Tracker,
    fields_of_type,
    kinds,
    life_cycle,
)
from directives_cli.options import Noun, PrivateVerb, Verb, choices, say, tell

ENVELOPE = Command.model_fields.keys()


def add_commands(main: click.Group) -> None:
    """Give each command on tasks its noun and verb; a task and a document are arguments, all else options."""
    for command in life_cycle():
        _add(main, command, "Tasks.")
    for kind in kinds().values():
        for command in kind.commands:
            _add(main, command, f"The work that directives of the kind {kind.name} ask for.")


def _add(main: click.Group, command: type[TaskCommand], about: str) -> None:
    noun = main.commands.get(command.NOUN)
    if noun is None:
        noun = Noun(command.NOUN, help=about)
        main.add_command(noun)
    if not isinstance(noun, click.Group):
        raise KindUnusable(
            "noun: {noun} of {name} is a command already: give it another noun",
            noun=command.NOUN,
            name=command.__name__,
        )
    noun.add_command(_verb(command))


def _verb(command: type[TaskCommand]) -> Verb:
    fields = {name: field for name, field in command.model_fields.items() if name not in ENVELOPE}

    def run(**given: Any) -> None:
        _carry_out(command, given)

    params = [_param(name, field) for name, field in fields.items()]
    verb = PrivateVerb if fields_of_type(command, SecretStr) else Verb
    return verb(command.VERB, callback=run, params=params, help=command.__doc__)


def _param(name: str, field: FieldInfo) -> click.Parameter:
    if name == "task":
        return click.Argument([name])
    if field.annotation is Document:
        return click.Argument([name], metavar="FILE")
    words = _words(field.annotation)
    option = f"--{name.replace('_', '-')}"
    required = field.is_required()
    return click.Option(
        [option, name], required=required, help=field.description, type=click.Choice(words) if words else None
    )


def _words(annotation: Any) -> list[str]:
    """The words that a field allows, where it allows only some."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in _words(part)]


def _carry_out(command: type[TaskCommand], given: dict[str, Any]) -> None:
    with choices().open() as tracker:
        events = tracker.make(command, **given, **choices().envelope(tracker.zone))
        standing = _standing(tracker, given["task"])
        tell(tracker, events)
    if standing is not None and not choices().as_json:
        told = {"task": standing.task, "state": Message(standing.state)}
        if events:
            say("{task} is now {state}.", **told)
        else:
            say("{task} is {state} already: nothing changed.", **told)


def _standing(tracker: Tracker, task: str) -> TaskView | None:
    """How the task stands; nothing when it is owed no more, as after an earlier run of the command the unit retired."""
    try:
        return tracker.task(task)
    except NotFound:
        return None
