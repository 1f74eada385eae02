"""Acts on several tasks at once: named or chosen, shown with their number, asked about, and done to all or none."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from directives import (
    AcknowledgeTasks,
    ExtendTasks,
    InvalidInput,
    Message,
    RecordedEvent,
    ReturnTasks,
    SeenTask,
    TaskCommand,
    TasksCommand,
    TaskToActOn,
    Tracker,
    VerifyTasks,
    WaiveTasks,
    say_day,
)
from directives_cli import options
from directives_cli.choices import Misused, choices, words
from directives_cli.data import print_json
from directives_cli.render import add_same_document, names_of, print_table, say, since_of, tasks_in_words, unit_of

MANY: Mapping[type[TaskCommand], type[TasksCommand]] = {
    each.EACH: each for each in (AcknowledgeTasks, ReturnTasks, VerifyTasks, WaiveTasks, ExtendTasks)
}
"""The commands on one task that can be given for several at once, each with the command that is then given."""
ON_WHAT_WAITS = (ReturnTasks, VerifyTasks)
"""Those that answer submissions which wait."""
ON_WHAT_WAS_SEEN = (*ON_WHAT_WAITS, WaiveTasks)
"""Those that must not hit a submission which was made after the tasks were shown."""
QUESTIONS: Mapping[type[TasksCommand], Message] = {
    AcknowledgeTasks: Message("Acknowledge {tasks}?"),
    ReturnTasks: Message("Return {tasks}?"),
    VerifyTasks: Message("Verify {tasks}?"),
    WaiveTasks: Message("Waive {tasks}?"),
    ExtendTasks: Message("Extend {tasks}?"),
}
OUTCOMES: Mapping[type[TasksCommand], Message] = {
    AcknowledgeTasks: Message("Acknowledged: {tasks}."),
    ReturnTasks: Message("Returned: {tasks}."),
    VerifyTasks: Message("Verified: {tasks}."),
    WaiveTasks: Message("Waived: {tasks}."),
    ExtendTasks: Message("Extended until {due}: {tasks}."),
}
ANY = SeenTask(task="any/ANY")
"""Stands for the tasks of a command that is only looked at."""
YES = ("y", "yes", "हाँ", "हां")
FEW = 3
"""So many tasks are named, more are counted."""
HELP = """Name several tasks, or choose them by options. They are listed, and you are asked before anything changes.
All of them change, or none. A task submitted after the list was made is left alone."""

One = Callable[[type[TaskCommand], dict[str, Any]], None]


def command(many: type[TasksCommand], params: Sequence[click.Parameter], one: One) -> options.Command:
    """The command for one task or several.

    Args:
        params: those of the command on one task; the argument is replaced.
        one: carries out the command on one task.
    """

    def run(**values: Any) -> None:
        _run(many, values, one)

    given = [click.Argument(["task"], nargs=-1, type=options.Named("task")), *params[1:], *_choosing(many)]
    return options.Command(many.VERB, callback=run, params=given, help=f"{many.EACH.__doc__}\n\n{HELP}")


def _choosing(many: type[TasksCommand]) -> list[click.Parameter]:
    chosen = options.asked(click.Command(None)).params
    if many in ON_WHAT_WAITS:
        waiting = "Every task that waits for an answer; narrow it down by --directive, --unit and --level."
        chosen.append(click.Option(["--waiting"], is_flag=True, help=waiting))
    chosen.append(
        click.Option(["--yes"], is_flag=True, help="Do not ask for confirmation. Required without a terminal.")
    )
    return chosen


def _run(many: type[TasksCommand], values: dict[str, Any], one: One) -> None:
    tasks = tuple(dict.fromkeys(values.pop("task")))
    chosen = {name: values.pop(name) for name in ("directive", "unit", "level")}
    waiting, yes = values.pop("waiting", False), values.pop("yes")
    by_options = waiting or any(chosen.values())
    if tasks and by_options:
        raise Misused("TASK: tasks are both named and chosen by options: use one of the two")
    if not tasks and not by_options:
        ways = ", ".join(["--directive", "--unit", "--level", *(["--waiting"] if many in ON_WHAT_WAITS else [])])
        raise Misused("TASK: is missing: name tasks, or choose them by {ways}", ways=ways)
    if len(tasks) == 1:
        one(many.EACH, {"task": tasks[0]} | values)
        return
    with choices().open() as tracker:
        envelope = choices().own_envelope(tracker.zone)
        tracker.command(many, tasks=[ANY], **values, **envelope)  # wrong values are told where nothing is chosen, too
        behalf = values.get("on_behalf_of")
        found = tracker.to_act_on(many.VERB, envelope["office"], tasks=tasks, on_behalf_of=behalf, **chosen)  # pyright: ignore[reportArgumentType]
        if not found:
            _nothing()
            return
        _require_few(many, len(found))
        seen = [each.seen if many in ON_WHAT_WAS_SEEN else SeenTask(task=each.task) for each in found]
        command = tracker.command(many, tasks=seen, **values, **envelope)
        if not yes:
            _ask(tracker, command, found)
        elif not choices().as_json:
            _show(tracker, command, found)
        _tell(tracker, command, tracker.execute(command))


def _require_few(many: type[TasksCommand], number: int) -> None:
    if number > many.MOST:
        raise InvalidInput(
            "TASK: too many at once ({tasks}): choose {most} or fewer, by --directive, --unit or --level",
            tasks=tasks_in_words(number),
            most=many.MOST,
        )


def _nothing() -> None:
    if choices().as_json:
        print_json([])
    else:
        say("No task matches: nothing was changed.")


def _ask(tracker: Tracker, command: TasksCommand, found: Sequence[TaskToActOn]) -> None:
    """Show the tasks, and ask whether to act on them; end the command where not.

    Raises:
        InvalidInput: there is nobody to be asked.
    """
    tasks = tasks_in_words(len(found))
    if choices().as_json or not sys.stdin.isatty():
        raise InvalidInput("--yes: {tasks} cannot be confirmed without a terminal: give --yes", tasks=tasks)
    _show(tracker, command, found)
    question = Message(QUESTIONS[type(command)].template, tasks=tasks)
    asked = words(Message("{question} [y/N]", question=question))
    answer = click.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    if str(answer).strip().casefold() not in YES:
        say("Nothing was changed.")
        raise click.exceptions.Exit(1)


def _show(tracker: Tracker, command: TasksCommand, found: Sequence[TaskToActOn]) -> None:
    lang, zone = choices().lang, tracker.zone
    names = names_of(tracker, (code for each in found for code in (each.unit, each.assignee)))
    if isinstance(command, ON_WHAT_WAITS):
        headings = ["task", "waiting since", "due", "unit"]
        middle = [_since(each, zone) for each in found]
    else:
        headings = ["task", "state", "due", "unit"]
        middle = [words(each.state) for each in found]
    rows = [
        [each.task, shown, say_day(each.due, lang), unit_of(each, names)]
        for each, shown in zip(found, middle, strict=True)
    ]
    add_same_document(headings, rows, found)
    print_table(headings, rows)


def _since(task: TaskToActOn, zone: str) -> str:
    """Since when a submission waits; the state of a task, where none does."""
    if task.state != "submitted" or task.written_at is None or task.submitted_at is None:
        return words(task.state)
    return since_of(task.written_at, task.submitted_at, zone)


def _tell(tracker: Tracker, command: TasksCommand, events: Sequence[RecordedEvent]) -> None:
    """Print what was done: the events as JSON; or a line, and what followed from it."""
    if choices().as_json:
        print_json(events)
        return
    streams = {event.stream for event in events}
    done = [each.task for each in command.tasks if f"task/{each.task}" in streams]
    if done:
        tasks = tasks_in_words(len(done)) if len(done) > FEW else ", ".join(done)
        outcome = Message(OUTCOMES[type(command)].template, tasks=tasks, due=getattr(command, "due", None))
        click.echo(words(outcome), err=True)
    if len(done) < len(command.tasks):
        say("{what}: nothing changed.", what=tasks_in_words(len(command.tasks) - len(done)))
    for event in events:
        if not event.stream.startswith("task/"):
            click.echo(tracker.sentence(event, choices().lang), err=True)
