"""What commands print: tables, trees and bars of progress for people, JSON for programs, and sentences."""

import os
import re
import sys
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from shutil import get_terminal_size
from typing import TYPE_CHECKING, cast

import click

from directives import Message, day_of, say_day, say_number, shown
from directives_cli.choices import choices, words
from directives_cli.data import print_data, print_json
from directives_cli.tables import Column, field_lines, table_lines, wrapped

if TYPE_CHECKING:  # what only some commands need is imported where they do
    from directives import (
        EvidenceView,
        Finding,
        Record,
        RecordedEvent,
        Status,
        TaskDetails,
        TaskToActOn,
        TaskView,
        Tracker,
        WaitingTask,
    )


COUNTS = {
    "expected": "expected",
    "acknowledged": "acknowledged",
    "waiting": "waiting",
    "returned": "returned",
    "waived": "waived",
    "done": "done",
    "on_time": "on time",
    "on_time_by_date": "on time by date",
    "late": "late",
    "overdue": "overdue",
}
"""The counts of a status, with their headings."""


def tell(tracker: "Tracker", events: "Sequence[RecordedEvent]", nothing: Message | None = None) -> None:
    """Print what a command caused, as JSON or a sentence each; or that it caused none, in the words ``nothing``."""
    if choices().as_json:
        print_json(events)
        return
    for event in events:
        click.echo(tracker.sentence(event, choices().lang), err=True)
    if nothing is not None and not events:
        say("{what}: nothing changed.", what=nothing)


NOT_SO = 3
"""The exit code where a check does not hold."""


def tell_findings(findings: "Sequence[Finding]") -> None:
    """Print what checks found, and end the process with an exit code of its own where something is wrong."""
    if choices().as_json:
        print_json(findings)
    else:
        headings = ["check", "", "found", "what to do"]
        columns = len(headings) if any(each.what_to_do for each in findings) else len(headings) - 1
        rows = [[words(f.check), words(f.state), f.found, f.what_to_do][:columns] for f in findings]
        print_table(headings[:columns], rows)
    if any(each.state == "wrong" for each in findings):
        sys.exit(NOT_SO)


def say(template: str, **values: object) -> None:
    """Print a message for the person on standard error, in the language of the command."""
    click.echo(words(Message(template, **values)), err=True)


def say_owed(rows: "Sequence[Status]") -> None:
    """Print who owes a directive now."""
    for row in rows:
        where = {"directive": row.directive, "level": row.level_name.of(choices().lang)}
        if row.expected:
            say("{directive}: {number} {number:task|tasks}, {level}.", number=row.expected, **where)
        else:
            say("{directive}: no registered unit owes it, {level}.", **where)


def cells_across() -> int:
    """How many cells a line of the terminal has, or ``COLUMNS`` says; of a file or a pipe many."""
    return get_terminal_size((WIDE, 0)).columns


def in_color() -> bool:
    """Whether standard output is told apart by more than letters: on a terminal, without ``NO_COLOR``."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def print_lines(lines: Sequence[str]) -> None:
    """Print lines; on a terminal that they do not fit, by its pager."""
    if sys.stdout.isatty() and len(lines) >= get_terminal_size((WIDE, 24)).lines:
        click.echo_via_pager("".join(f"{click.unstyle(line)}\n" for line in lines))  # not all pagers take colours
    elif lines:
        click.echo("\n".join(lines), color=in_color())


def print_text(lines: Sequence[str]) -> None:
    """Print lines of text: on a terminal, what does not fit goes on below, further right."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        print_lines(lines)
        return
    parts = [wrapped(line, cells_across() - len(INDENT)) for line in lines]
    print_lines([f"{INDENT if number else ''}{each}" for part in parts for number, each in enumerate(part)])


INDENT = "    "


def print_title(title: str) -> None:
    """Print the title of what follows, below a blank line."""
    click.echo()
    click.echo(click.style(title, bold=True), color=in_color())


def print_fields(fields: Mapping[str, str | Sequence[str]], width: int, own: Mapping[str, str] | None = None) -> None:
    """Print the name and the value of each of ``fields``, a line each; names are ``width`` characters wide or more.

    Several values of a field stand one below the other. The names of the ``own`` fields that follow are those that a
    party gave, and are in no catalogue.
    """
    named = [(words(name), value) for name, value in fields.items()]
    told = [
        (shown(name), [shown(each) for each in ([value] if isinstance(value, str) else value)])
        for name, value in (*named, *(own or {}).items())
    ]
    print_lines([*field_lines(told, cells_across(), width)])


def value_told(value: object) -> str:
    """A value of a parameter as people read it: days in words, lists with commas."""
    lang = choices().lang
    match value:
        case bool():
            return words("yes") if value else words("no")
        case int():
            return say_number(value, lang)
        case None | []:
            return words("none")
        case list():
            entries = cast(list[object], value)
            return ("; " if any(isinstance(each, dict) for each in entries) else ", ").join(map(value_told, entries))
        case dict():
            members = cast(dict[str, object], value).items()
            return ", ".join(f"{name}: {value_told(each)}" for name, each in members)
        case str() if _DAY.fullmatch(value):
            return say_day(date.fromisoformat(value), lang)
        case _:
            return str(value)


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


NOTHING = Message("There is nothing to show.")
WIDE = 200
"""Cells of a line where there is no terminal."""


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Collection[str] = (),
    important: Collection[str] = (),
    nothing: str | Message = NOTHING,
    totals: Sequence[Sequence[str]] = (),
    gap: int = 3,
    title: str = "",
    ending: str = "",
) -> None:
    """Print a table, or the message that there is ``nothing``; the columns headed by ``numbers`` are numbers.

    The rows of ``totals`` stand below the others; ``gap`` is how many cells there are between columns. The title and
    the ending are lines before and after it. On a narrow terminal those headed by ``important`` stay beside the first,
    and others go below their row.
    """
    if not rows:
        click.echo(words(nothing), err=True)
        return
    width = cells_across()
    head, lines = table_lines(
        table_columns(headings, [*rows, *totals], numbers),
        width,
        gap=gap,
        important=[words(each) for each in important],
        totals=len(totals),
    )
    before = [*wrapped(shown(title), width), ""] if title else []
    after = ["", *wrapped(shown(ending), width)] if ending else []
    bold = [click.style(line, bold=True) for line in head[:-1]]
    print_lines([*before, *bold, head[-1], *lines, *after])


def table_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[str] = ()
) -> list[Column]:
    """The columns of a table, their headings in the language of the command."""
    cells = zip(*([shown(cell) for cell in row] for row in rows), strict=True)
    return [
        Column(words(heading) if heading else "", each, heading in numbers)
        for heading, each in zip(headings, cells, strict=True)
    ]


def names_of(tracker: "Tracker", units: Iterable[str | None]) -> dict[str, str]:
    """The shortest name of each of these units that means it alone, by its code; none where data is asked for."""
    if choices().as_data:
        return {}
    lang = choices().lang
    labels = tracker.labels({code for code in units if code is not None})
    return {code: label.of(lang) for code, label in labels.items()}


TASK_COLUMNS = (
    *("task", "directive", "kind", "unit", "level", "state", "due", "days_left", "overdue", "on_time"),
    *("submitted_at", "written_at", "verified_at", "assignee"),
)
"""The columns of a list of tasks as CSV."""


def print_tasks(
    tracker: "Tracker",
    tasks: "Sequence[TaskView]",
    limit: int | None,
    nothing: Message,
    *,
    title: str,
    by: str,
) -> None:
    """Print the tasks as a table, or as data; where they are a full page, with the way to the next."""
    if print_data(tasks, TASK_COLUMNS):
        return
    names = names_of(tracker, (code for each in tasks for code in (each.unit, each.assignee)))
    rows = [
        [each.task, words(each.state), say_day(each.due, choices().lang), days_left(each), unit_of(each, names)]
        for each in tasks
    ]
    print_table(
        ["task", "state", "due", "time left", "unit"],
        rows,
        nothing=nothing,
        title=title,
        ending=_number_of(tasks, limit),
    )
    more_after(tasks, limit, "place_by_due" if by == "due" else "place")


def tasks_in_words(number: int) -> Message:
    """``1 task``, ``14 tasks``."""
    return Message("{number} {number:task|tasks}", number=number)


def may_answer(units: Sequence[str], names: Mapping[str, str]) -> str:
    """The nearest unit whose offices may answer, and whether those above it may too."""
    name = names[units[0]]
    return name if len(units) == 1 else words(Message("{unit} or above", unit=name))


def _number_of(tasks: "Sequence[TaskView]", limit: int | None) -> str:
    """How many tasks are shown, and how many of them are overdue; of a page only that it is one."""
    if len(tasks) == limit:
        return words(Message("{tasks} on this page", tasks=tasks_in_words(len(tasks))))
    late = sum(1 for each in tasks if each.overdue)
    number = tasks_in_words(len(tasks))
    return words(Message("{tasks}, {late} overdue", tasks=number, late=late) if late else number)


def more_after(tasks: "Sequence[TaskView | WaitingTask | Record]", limit: int | None, place: str = "place") -> None:
    """Print the way to the next page, where these are a full one; ``place`` is the attribute that says it."""
    if tasks and len(tasks) == limit:
        say("For more: --after {task}", task=getattr(tasks[-1], place))


def days_left(task: "TaskView") -> str:
    """How many days the unit has left, or by how many it is late; empty where it has nothing to do."""
    days = task.days_left
    if days is None:
        return ""
    if days < 0:
        return words(Message("{days} {days:day|days} overdue", days=-days))
    if days > 1:
        return words(Message("{days} {days:day|days}", days=days))
    return words("tomorrow") if days else words("today")


def since_of(written: datetime, made: datetime, zone: str) -> str:
    """The day on which a submission was written down; with the day on which it was made, where that is another."""
    since, day = (say_day(day_of(moment, zone), choices().lang) for moment in (written, made))
    return since if since == day else words(Message("{since} (made {made})", since=since, made=day))


def unit_of(task: "TaskView | WaitingTask | TaskToActOn", names: Mapping[str, str]) -> str:
    """The name of the unit that owes a task, and of the one that does it, if it is another."""
    if task.assignee is None:
        return names[task.unit]
    return words(Message("{unit} (done by {other})", unit=names[task.unit], other=names[task.assignee]))


def written_later(task: "TaskDetails") -> Message | None:
    """What an office that answers a submission should know of one that was dated back over its due day."""
    if task.written_down_after is None:
        return None
    return Message("on time by its date, but recorded after {day}", day=task.written_down_after)


TOLD = 10
"""Tasks with the same document that the library tells at most."""


def few_of(codes: Sequence[str], number: int = 3) -> str:
    """The first of ``codes``, and how many there are besides."""
    first, more = ", ".join(codes[:number]), len(codes) - number
    return words(Message("{codes} and {number} more", codes=first, number=more)) if more > 0 else first


def first_of(tasks: Sequence[str], number: int = 3) -> str:
    """The first of ``tasks`` with the same document, and how many there are besides."""
    if len(tasks) < TOLD:
        return few_of(tasks, number)
    first, more = ", ".join(tasks[:number]), len(tasks) - number
    if more > 0:
        return words(Message("{codes} and at least {number} more", codes=first, number=more))
    return words(Message("{codes} ({number} at most are shown)", codes=first, number=number))


def with_names(tracker: "Tracker", tasks: Sequence[str]) -> list[str]:
    """``tasks``, each with the name of its unit."""
    names = names_of(tracker, (task.rpartition("/")[2] for task in tasks))
    return [f"{names[task.rpartition('/')[2]]} [{task}]" for task in tasks if names]


def add_same_document(
    headings: list[str], rows: list[list[str]], views: "Sequence[EvidenceView | WaitingTask | TaskToActOn]"
) -> None:
    """Add a column of the tasks with the same document to a table of ``views``, where there are some."""
    if any(view.same_document for view in views):
        headings.append("same document")
        for row, view in zip(rows, views, strict=True):
            row.append(first_of(view.same_document))


@contextmanager
def progress_of(what: str) -> Generator[Callable[[int, int], None]]:
    """A bar on a terminal, with the rate and the time left; it is called with (done, total)."""
    # Imported here, since most commands need none of it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    what, on_stderr = words(what), Console(stderr=True)
    rate = TextColumn("{task.fields[rate]} " + what + "/s")
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=on_stderr, disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")

        def tell(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task,
                completed=done,
                total=total,
                rate="" if speed is None else say_number(round(speed), choices().lang),
            )

        yield tell
