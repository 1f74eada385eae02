"""The command ``todo``."""

from collections.abc import Mapping
from datetime import date

import click

from directives import Message, TodoTask, Tracker, day_of, say_day
from directives_cli.choices import Misused, choices, words
from directives_cli.data import print_data
from directives_cli.deeds import typed
from directives_cli.options import Command, Named, as_rows, by_page, question_of_office
from directives_cli.render import TASK_COLUMNS, days_left, more_after, names_of, print_text, say, unit_of

FIELDS = tuple(f"fields.{name}" for name in ("platform", "what", "partner", "evidence", "occurred_at"))
"""The columns of what is known of the command to use."""


@question_of_office
@as_rows
@by_page
@click.command(cls=Command)
@click.option("--unit", metavar="UNIT", type=Named("unit"), help="The unit. [default: that of the acting office]")
@click.option("--below", is_flag=True, help="Include the tasks of the units below it.")
@click.option("--within", metavar="DAYS", type=int, help="Only tasks due within so many days, or overdue.")
@click.option("--directive", metavar="ID", type=Named("directive"), help="Only this directive.")
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Only this level: lok_sabha.")
def todo(
    unit: str | None,
    below: bool,
    within: int | None,
    directive: str | None,
    level: str | None,
    limit: int | None,
    after: str | None,
) -> None:
    """Show what a unit still has to do, by due day, with the command to use.

    Listed are the unit's own tasks and those reassigned to it. Submitted tasks wait for an answer: see directives
    waiting.
    """
    with choices().open() as tracker:
        unit = unit or choices().unit_that_acts(tracker)
        if unit is None:
            raise Misused("--as: no office is given: use --as ROLE@UNIT, set DIRECTIVES_AS, or name a unit with --unit")
        tasks = tracker.todo(
            unit, below=below, within=within, directive=directive, level=level, limit=limit, after=after
        )
        if print_data(tasks, (*TASK_COLUMNS, "lacking", "deed", *FIELDS)):
            return
        names = names_of(tracker, (unit, *(code for each in tasks for code in (each.unit, each.assignee))))
        waiting = _waiting(tracker, unit)
        today = day_of(choices().now, tracker.zone)
        about: dict[str, object] = {"unit": names[unit], "day": today}
    if tasks:
        click.echo(words(Message("{unit}, {day}: to do, by due day", **about)))
    elif within is None:
        say("{unit} has nothing to do.", **about)
    else:
        say("{unit} has nothing to do that is due within {days} {days:day|days}.", days=within, **about)
    for task in tasks:
        _print(task, names, today, of_another=below or task.unit != unit)
    more_after(tasks, limit, "place_by_due")
    if waiting:
        say(
            "{number} {number:submission waits|submissions wait} for its answer: directives waiting --unit {code}",
            number=waiting,
            code=unit,
        )


def _waiting(tracker: Tracker, unit: str) -> int:
    """How many submissions an office of the unit may answer: those of units below it; of the top unit, all."""
    own = tracker.unit(unit)
    rows = tracker.status(unit=unit)
    return sum(row.waiting for row in rows if own.parent is None or row.level != own.level)


def _print(task: TodoTask, names: Mapping[str, str], today: date, *, of_another: bool) -> None:
    """Print a task: its due day, what it is, what is lacking, and the command to use."""
    lang = choices().lang
    left = days_left(task) + (f", {words(task.state)}" if task.state == "returned" else "")
    where = f", {unit_of(task, names)}" if of_another else ""
    click.echo()
    print_text([f"{say_day(task.due, lang)} ({left}): {task.title.of(lang)}{where}"])
    for lack in task.lacking:
        print_text([f"  - {words(lack.told())}"])
    if task.deed:
        click.echo(f"  {typed(task.deed, task.task, task.fields, today)}")
