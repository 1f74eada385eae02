"""The group ``task``, without the commands that are made from the fields of the library's."""

from typing import get_args

import click

from directives import Stage, say_day, say_moment
from directives_cli.options import Group, asked, by_page, choices, words
from directives_cli.render import print_fields, print_json, print_tasks, unit_and_level


@click.group(cls=Group)
def task() -> None:
    """Tasks: a directive at a unit."""


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
        tasks = tracker.tasks(directive=directive, unit=unit, level=level, state=state, limit=limit, after=after)
    print_tasks(tasks, limit, "No task matches.")


@task.command("show")
@click.argument("task")
def show_task(task: str) -> None:
    """Show one task."""
    with choices().open() as tracker:
        view, zone = tracker.task(task), tracker.zone
    if choices().as_json:
        print_json(view)
        return
    lang = choices().lang
    lines = {
        "task": view.task,
        "state": ", ".join(map(words, [view.state, *(["overdue"] if view.overdue else [])])),
        "due": say_day(view.due, lang),
        "submitted": "" if view.submitted_at is None else say_moment(view.submitted_at, zone, lang),
        "verified": "" if view.verified_at is None else say_moment(view.verified_at, zone, lang),
        "unit": unit_and_level(view),
        "done by": view.assignee or "",
        "directive": view.title.of(lang),
    }
    print_fields({name: value for name, value in lines.items() if value or name != "done by"}, width=10)
