"""Commands on tasks, made from the fields of the library's classes: the shared life cycle, and each kind's own work."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from directives import (
    Document,
    ExtendTask,
    Message,
    Model,
    NotFound,
    OwnAct,
    RecallTask,
    RecordedEvent,
    RescheduleTask,
    ReturnTask,
    StrikeEvent,
    TaskCommand,
    TaskDetails,
    Tracker,
    VerifyTask,
    fields_of_type,
    holding,
    kinds,
    life_cycle,
)
from directives_cli import options, several
from directives_cli.choices import choices
from directives_cli.deeds import ENVELOPE, NAMED, option_of
from directives_cli.lists import listing_of
from directives_cli.options import Group
from directives_cli.render import first_of, say, tell, with_names, written_later
from directives_cli.several import MANY


def nouns() -> set[str]:
    """The nouns of the commands on tasks, those of the kinds too."""
    of_kinds = (noun for kind in kinds().values() for noun in (*(each.NOUN for each in kind.commands), *kind.lists))
    return {*(each.NOUN for each in life_cycle()), *of_kinds}


def noun(name: str, group: click.Command | None, work: str) -> click.Command | None:
    """The group of a noun with a command for each of the library's on tasks; None where there is none.

    A task and a file that must be given are arguments, all else options.

    Args:
        group: one that has commands of its own.
        work: the help of a group for the work of a kind, with the name of the kind.
    """
    found = [(each, None) for each in life_cycle()]
    found += [(each, kind) for kind in kinds().values() for each in kind.commands]
    own = [(each, kind) for each, kind in found if name == each.NOUN]
    listing = listing_of(name)
    if group is None:
        brings = next((kind for kind in kinds().values() if name in kind.lists), None)
        kind = own[0][1] if own else brings
        if kind is None:
            return None
        about = next((command.ABOUT for command, _ in own if command.ABOUT), work.format(kind=kind.name))
        group = Group(name, help=about)
    assert isinstance(group, click.Group), "no kind takes the noun of a command"
    for command, _ in own:
        group.add_command(_command(command))
    if listing is not None:
        group.add_command(listing)
    return group


def _command(command: type[TaskCommand]) -> options.Command:
    """The command for a class of the library."""
    fields = {name: field for name, field in command.model_fields.items() if name not in ENVELOPE}

    def run(**values: Any) -> None:
        _carry_out(command, values)

    params = [_param(name, field) for name, field in fields.items()]
    if command in MANY:
        made = several.command(MANY[command], params, _carry_out)
    else:
        private = options.PrivateCommand if holding(command) else options.Command
        made = private(command.VERB, callback=run, params=params, help=command.__doc__)
    made.example = f"{command.EXAMPLE or _usual(params)} --as {_office(command)}"
    return made


def _office(command: type[TaskCommand]) -> str:
    """An office that may give the command of the example."""
    unit = command.EXAMPLE.partition(" ")[0].rpartition("/")[2]
    return f"convenor@{unit or 'UNIT'}" if issubclass(command, OwnAct | RecallTask) else "clerk@JH"


def _usual(params: Sequence[click.Parameter]) -> str:
    """What must be given, in capitals, where a command has no example of its own."""
    given = (each for each in params if each.required)
    return " ".join(
        f"{each.opts[0]} {(each.metavar or str(each.name)).upper()}"
        if isinstance(each, click.Option)
        else each.metavar or str(each.name).upper()
        for each in given
    )


def _param(name: str, field: FieldInfo) -> click.Parameter:
    """The argument or option for a field."""
    if name == "task":
        return click.Argument([name], type=options.Named("task"))
    if field.annotation is Document:
        return click.Argument([name], metavar="FILE")
    words = _words_of(field.annotation)
    option, metavar = option_of(name)
    if Document in get_args(field.annotation):
        metavar = "FILE"
    metavar = metavar or next((told for kind, told in METAVARS.items() if kind in _parts_of(field.annotation)), None)
    kind = options.Word(words) if words else options.Named(NAMED[name]) if name in NAMED else None
    if _has_fields(field.annotation):
        kind, metavar = options.Fields(), "JSON|@FILE"
    required = field.is_required()
    return click.Option([option, name], metavar=metavar, required=required, help=field.description, type=kind)


METAVARS = {date: "DAY", int: "N"}
"""What the values of these types are called."""


def _parts_of(annotation: Any) -> Sequence[Any]:
    return get_args(annotation) or (annotation,)


def _has_fields(annotation: Any) -> bool:
    """Whether a value has fields of its own, or is a list of such; a document is given by its file."""
    if annotation is Document:
        return False
    is_model = isinstance(annotation, type) and issubclass(annotation, Model)
    return is_model or any(map(_has_fields, get_args(annotation)))


def _words_of(annotation: Any) -> list[str]:
    """The words that a field allows, where it allows only some."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in _words_of(part)]


def _carry_out(command: type[TaskCommand], values: dict[str, Any]) -> None:
    """Carry out a command with what its options gave, and tell how its task stands."""
    with choices().open() as tracker:
        events = tracker.make(command, **values, **choices().own_envelope(tracker.zone))
        view = _task_view(tracker, values["task"])
        tell(tracker, events)
        notes = [] if choices().as_json else tracker.notes(events)
        same_document = "" if view is None else _same_document(tracker, command, events, view)
    if view is not None and not choices().as_json:
        outcome = {"task": view.task, "state": Message(view.state)}
        if events:
            say("{task} is now {state}.", **outcome)
        elif command in (ExtendTask, RescheduleTask):
            say("{task} is already due on that day: nothing changed.", task=view.task)
        elif command is StrikeEvent:
            say("That entry of {task} is already struck out: nothing changed.", task=view.task)
        else:
            say("{task} is already {state}: nothing changed.", **outcome)
        later = written_later(view)
        for note in notes if later is None else [*notes, later]:
            say("Note on {task}: {note}.", task=view.task, note=note)
        if same_document:
            say("The same document was submitted for {tasks}.", tasks=same_document)


def _same_document(
    tracker: Tracker, command: type[TaskCommand], events: Sequence[RecordedEvent], view: TaskDetails
) -> str:
    """The tasks of other units with the same document, for who hands one in and who answers; of the one handed in."""
    if not view.same_document:
        return ""
    tasks: Sequence[str] = ()
    if fields_of_type(command, Document):
        caused = {event.position for event in events}
        files = [file for file in tracker.evidence(view.task) if file.position in caused]
        tasks = [*dict.fromkeys(task for file in files for task in file.same_document)]
    elif issubclass(command, VerifyTask | ReturnTask):
        tasks = view.same_document
    return first_of(with_names(tracker, tasks))


def _task_view(tracker: Tracker, task: str) -> TaskDetails | None:
    """The task as it stands; None when it is owed no more, as after an earlier run of the command the unit retired."""
    try:
        return tracker.task(task)
    except NotFound:
        return None
