"""``task``, ``status``, ``overdue`` and ``history``."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import get_args

import click

from directives import Daily, HistoryEntry, Message, Stage, TaskView, say_day, say_moment, say_number
from directives_cli.options import DayType, Misused, Noun, Verb, choices, print_json, say, words
from directives_cli.render import print_fields, print_table

NO_TASK = "No task matches."
COUNTS = {
    "expected": "expected",
    "acknowledged": "acknowledged",
    "submitted": "submitted",
    "returned": "returned",
    "waived": "waived",
    "done": "done",
    "on_time": "on time",
    "late": "late",
    "overdue": "overdue",
}
"""The counts of a status, with their headings."""
ALWAYS = {"expected", "done", "on_time", "late", "overdue"}


@click.group(cls=Noun)
def task() -> None:
    """Tasks: a directive at a unit."""


def asked(command: click.Command) -> click.Command:
    """Add the options that say what a question is about."""
    command.params[:0] = [
        click.Option(["--directive"], metavar="ID", help="Only this directive."),
        click.Option(["--unit"], metavar="CODE", help="Only at this unit and below it."),
        click.Option(["--level"], metavar="LEVEL", help="Only this level: lok_sabha."),
    ]
    return command


def by_page(command: click.Command) -> click.Command:
    """Add the options that say which page of a list is shown."""
    command.params += [
        click.Option(["--limit"], metavar="N", type=int, help="Only so many. [default: all]"),
        click.Option(["--after"], metavar="TASK", help="Only those after this task, the last of the page before."),
    ]
    return command


@asked
@by_page
@task.command("list")
@click.option("--state", type=click.Choice(get_args(Stage)), help="Only tasks in this state.")
def list_tasks(
    directive: str | None,
    unit: str | None,
    level: str | None,
    state: Stage | None,
    limit: int | None,
    after: str | None,
) -> None:
    """Show the tasks that are owed."""
    with choices().open() as tracker:
        found = tracker.tasks(directive=directive, unit=unit, level=level, state=state, limit=limit, after=after)
    print_tasks(found, limit)


@task.command("show")
@click.argument("task")
def show_task(task: str) -> None:
    """Show one task."""
    with choices().open() as tracker:
        found, zone = tracker.task(task), tracker.zone
    if choices().as_json:
        print_json(found)
        return
    lang = choices().lang
    lines = {
        "task": found.task,
        "state": ", ".join(map(words, [found.state, *(["overdue"] if found.overdue else [])])),
        "due": say_day(found.due, lang),
        "submitted": "" if found.submitted_at is None else say_moment(found.submitted_at, zone, lang),
        "verified": "" if found.verified_at is None else say_moment(found.verified_at, zone, lang),
        "unit": _place(found),
        "done by": found.assignee or "",
        "directive": found.title.of(lang),
    }
    print_fields({name: value for name, value in lines.items() if value or name != "done by"}, width=10)


@asked
@click.command(cls=Verb)
@click.option("--as-of", type=DayType(), help="As it was true at the end of this day: 2023-11-01.")
@click.option("--known-at", type=DayType(), help="As far as it was known at the end of this day.")
def status(
    directive: str | None, unit: str | None, level: str | None, as_of: date | None, known_at: date | None
) -> None:
    """Show how the directives stand, level by level; columns of zeros are left out where nobody misses them."""
    with choices().open() as tracker:
        found = tracker.status(directive=directive, unit=unit, level=level, as_of=as_of, known_at=known_at)
    if choices().as_json:
        print_json(found)
        return
    counts = [name for name in COUNTS if name in ALWAYS or any(getattr(row, name) for row in found)]
    lang = choices().lang
    rows = [
        [row.directive, *(say_number(getattr(row, name), lang) for name in counts), row.level_name.of(lang)]
        for row in found
    ]
    headings = [COUNTS[name] for name in counts]
    print_table(["directive", *headings, "level"], rows, numbers=headings, nothing="Nothing is owed.")


@asked
@by_page
@click.command(cls=Verb)
def overdue(directive: str | None, unit: str | None, level: str | None, limit: int | None, after: str | None) -> None:
    """Show the tasks whose due day has passed and that are not verified."""
    with choices().open() as tracker:
        found = tracker.tasks(directive=directive, unit=unit, level=level, overdue=True, limit=limit, after=after)
    print_tasks(found, limit, "Nothing is overdue.")


@asked
@click.command(cls=Verb)
@click.option("--each", is_flag=True, help="A line for each unit.")
def daily(directive: str | None, unit: str | None, level: str | None, each: bool) -> None:
    """Show the days covered by directives that ask for daily activity: the share, the streak to date, the gaps.

    A day is full when all units that owe the directive covered it; a gap is a day that is not.
    """
    with choices().open() as tracker:
        found = tracker.daily(directive=directive, unit=unit, level=level, each=each)
    if choices().as_json:
        print_json(found)
        return
    lang = choices().lang
    headings = ["units", "days", "share", "streak", "longest", "gaps"]
    rows = [
        [
            row.directive,
            *(say_number(number, lang) for number in (row.expected, row.days)),
            "" if row.share is None else f"{row.share}%",
            *(say_number(number, lang) for number in (row.streak, row.longest, len(row.gaps))),
            _by_day(row),
            f"{row.unit_name.of(lang)}, {row.level_name.of(lang)}",
        ]
        for row in found
    ]
    print_table(
        ["directive", *headings, "day by day", "unit"], rows, numbers=headings, nothing="No daily record is owed."
    )


BARS = "·▁▂▃▄▅▆▇█"


def _by_day(row: Daily) -> str:
    """A bar a day, as high as the share of the units that covered it; the last 31 days."""
    if not row.expected:
        return ""
    shares = [min(units, row.expected) / row.expected for units in row.by_day.values()]
    return "".join(BARS[ceil(share * (len(BARS) - 1))] for share in shares[-31:])


def print_tasks(found: Sequence[TaskView], limit: int | None, nothing: str = NO_TASK) -> None:
    """The tasks as a table, or as JSON; where it is a full page, with the way to the next."""
    if choices().as_json:
        print_json(found)
        return
    rows = [
        [each.task, words(each.state), say_day(each.due, choices().lang), _overdue(each), _place(each)]
        for each in found
    ]
    print_table(["task", "state", "due", "", "unit"], rows, nothing=nothing)
    if len(found) == limit:
        say("There may be more: --after {task} shows them.", task=found[-1].task)


def _overdue(task: TaskView) -> str:
    return words("overdue") if task.overdue else ""


def _place(task: TaskView) -> str:
    lang = choices().lang
    return f"{task.unit_name.of(lang)}, {task.level_name.of(lang)}"


@click.command(cls=Verb)
@click.argument("reference", metavar="REF")
@click.option("--below", is_flag=True, help="Of a unit, of all below it, and of their tasks.")
@click.option("--limit", metavar="N", type=int, help="With --below: only so many. [default: all]")
@click.option("--after", metavar="POSITION", type=int, help="With --below: only what was recorded after this position.")
def history(reference: str, below: bool, limit: int | None, after: int | None) -> None:
    """Show what happened to a task (DIRECTIVE/UNIT), a directive, a meeting or a unit."""
    if not below and (limit, after) != (None, None):
        raise Misused("--limit and --after: are for --below, the history of a unit and all below it")
    with choices().open() as tracker:
        zone, lang = tracker.zone, choices().lang
        if below:
            entries = tracker.history_below(reference, lang, after=after or 0, limit=limit)
        else:
            entries = tracker.history(reference, lang)
    if choices().as_json:
        print_json(entries)
        return
    for entry in entries:
        click.echo(_told(entry, zone))
    if below and len(entries) == limit:
        say("There may be more: --after {position} shows them.", position=Message(str(entries[-1].position)))


def _told(entry: HistoryEntry, zone: str) -> str:
    lang = choices().lang
    occurred, recorded = (say_moment(at, zone, lang) for at in (entry.occurred_at, entry.recorded_at))
    later = "" if recorded == occurred else words(Message(" (recorded {moment})", moment=recorded))
    files = "".join(f" [{words(ON_FILES[each.condition])}]" for each in entry.evidence if each.condition in ON_FILES)
    return f"{occurred}  {entry.sentence}{later}{files}"


ON_FILES = {"missing": "its file is not kept here", "altered": "its file was altered"}
"""What a history tells of a file that was handed in and is not there as it was."""
