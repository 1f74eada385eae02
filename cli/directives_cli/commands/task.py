"""The group ``task``, without the commands that are made from the fields of the library's."""

from typing import Literal, get_args

import click

from directives import Message, Stage, TaskDetails, Tracker, say_day, say_moment
from directives_cli.choices import choices, words
from directives_cli.options import Group, Named, Word, as_rows, asked, by_page
from directives_cli.render import (
    TOLD,
    first_of,
    names_of,
    print_fields,
    print_json,
    print_tasks,
    unit_of,
    with_names,
    written_later,
)

OPTIONAL = ("done by", "note", "judged", "same document", "proved")
"""What is left out where there is nothing to say."""


@click.group(cls=Group)
def task() -> None:
    """Tasks: a directive at a unit."""


@asked
@as_rows
@by_page
@task.command("list")
@click.option(
    "--state", "states", type=Word(get_args(Stage)), multiple=True, help="Only tasks in this state; again for several."
)
@click.option("--within", metavar="DAYS", type=int, help="Only what is due in so many days, or was due before.")
@click.option(
    "--by", type=Word(("directive", "level", "unit", "due")), default="directive", show_default=True, help="The order."
)
def list_tasks(
    directive: str | None,
    unit: str | None,
    level: str | None,
    states: tuple[Stage, ...],
    within: int | None,
    by: Literal["directive", "level", "unit", "due"],
    limit: int | None,
    after: str | None,
) -> None:
    """Show the tasks that are owed."""
    with choices().open() as tracker:
        tasks = tracker.tasks(
            directive=directive, unit=unit, level=level, state=states, within=within, by=by, limit=limit, after=after
        )
        print_tasks(tracker, tasks, limit, "No task matches.", "place_by_due" if by == "due" else "place")


@task.command("show")
@click.argument("task", type=Named("task"))
def show_task(task: str) -> None:
    """Show one task."""
    with choices().open() as tracker:
        view, zone = tracker.task(task), tracker.zone
        judged = _judged(tracker, view)
        same_document = first_of(with_names(tracker, view.same_document), TOLD)
        names = names_of(tracker, (view.unit, view.assignee))
    if choices().as_json:
        print_json(view)
        return
    lang = choices().lang
    lines = {
        "task": view.task,
        "state": ", ".join(map(words, [view.state, *(["overdue"] if view.overdue else [])])),
        "due": say_day(view.due, lang),
        "submitted": _submitted(view, zone),
        "verified": "" if view.verified_at is None else say_moment(view.verified_at, zone, lang),
        "note": words(written_later(view) or ""),
        "judged": judged,
        "same document": same_document,
        "proved": _proved(view),
        "unit": unit_of(view, names),
        "done by": view.assignee or "",
        "directive": view.title.of(lang),
    }
    print_fields({name: value for name, value in lines.items() if value or name not in OPTIONAL}, width=10)


def _submitted(view: TaskDetails, zone: str) -> str:
    """When the submission was made; and when it was written down, where that was later."""
    if view.submitted_at is None or view.written_at is None:
        return ""
    lang = choices().lang
    made, written = say_moment(view.submitted_at, zone, lang), say_moment(view.written_at, zone, lang)
    return made + ("" if made == written else words(Message(" (recorded {moment})", moment=written)))


def _proved(view: TaskDetails) -> str:
    """Under which checkpoint the newest act is, where the store has an audit log."""
    if view.newest_act is None:
        return ""
    if view.checkpoint is None:
        return words(Message("the last act is under no checkpoint yet"))
    return words(Message("under the checkpoint of {size} events", size=view.checkpoint))


def _judged(tracker: Tracker, view: TaskDetails) -> str:
    """Whether a verified task was done on time, by which day, and by which extension of its level."""
    if view.on_time is None:
        return ""
    if view.on_time_by is None:
        return words("late")
    by_day = words(Message("on time, by {day}", day=view.on_time_by))
    return by_day if view.extension is None else f"{by_day}: {tracker.sentence(view.extension, choices().lang)}"
