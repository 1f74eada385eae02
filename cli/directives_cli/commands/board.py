"""The command ``board``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Unpack

import click

from directives import Board, BoardCell, Message, OfDay, Tracker, say_number, say_short_day
from directives_cli.choices import Misused, choices, words
from directives_cli.data import print_json, print_rows
from directives_cli.options import Command, Named, Word, as_rows, of_day
from directives_cli.render import cells_across, names_of, print_table, say, table_columns
from directives_cli.tables import natural_width
from directives_cli.titles import day_told

WORDS = {
    "due": "to do",
    "overdue": "late",
    "waiting": "waits",
    "returned": "back",
    "verified": "done",
    "waived": "waived",
}
"""The word of a cell, by how the unit's own task stands."""
GAP = 2
"""Cells between two columns: a board of eight directives is to fit a terminal of 80."""


@as_rows
@of_day
@click.command(cls=Command)
@click.option("--unit", metavar="UNIT", type=Named("unit"), help="Only at this unit and below it. [default: the top]")
@click.option(
    "--level", metavar="LEVEL", type=Named("level"), help="The level of the rows. [default: the next below the unit]"
)
@click.option(
    "--directive",
    "directives",
    metavar="ID",
    type=Named("directive"),
    multiple=True,
    help="Only this directive; repeatable.",
)
@click.option(
    "--by", type=Word(("trouble", "tree")), default="trouble", show_default=True, help="The order of the rows."
)
@click.option("--limit", metavar="N", type=int, help="Only so many. [default: all]")
@click.option("--after", metavar="UNIT", type=Named("unit"), help="Continue after this unit, the last of a page.")
def board(
    unit: str | None,
    level: str | None,
    directives: Sequence[str],
    by: Literal["trouble", "tree"],
    limit: int | None,
    after: str | None,
    **day: Unpack[OfDay],
) -> None:
    """Show how the units of a level stand: a row a unit, a column a directive.

    A cell is the unit's own task: due until that day; late by so many days; waits for an answer since that day; back
    (returned) or done (verified) on that day; waived. Where only units below owe one, it is how many of how many are
    done; where nothing is owed, a dash. Rows in trouble come first: overdue, days late, returned, least days left.
    """
    with choices().open() as tracker:
        view = tracker.board(unit, level, directives=directives, order=by, after=after, limit=limit, **day)
        if choices().as_data:
            _print_data(view)
            return
        names, told = _names(tracker, view), day_told(tracker, **day)
    _print(view, names, told)
    if view.columns and view.rows and len(view.rows) == limit:
        say("For more: --after {task}", task=view.rows[-1].unit)


def _names(tracker: Tracker, view: Board) -> Mapping[str, str]:
    """The names of the rows, told apart where two are alike; and that of the unit that was asked for."""
    lang = choices().lang
    plain = {row.unit: row.name.of(lang) for row in view.rows}
    often = Counter(plain.values())
    alike = [code for code, name in plain.items() if often[name] > 1]
    return plain | names_of(tracker, [*alike, view.unit])


def _print_data(view: Board) -> None:
    """Print the board as JSON, or a row a unit as CSV: of each directive the state, the day and the counts."""
    if choices().as_json:
        if choices().get("csv"):
            raise Misused("--csv and --json: give only one of them")
        print_json(view)
        return
    of_cell = ("state", "day", "days_left", "expected", "done", "waived", "waiting", "returned", "overdue")
    columns = [f"{column.directive}.{name}" for column in view.columns for name in of_cell]
    lang = choices().lang
    rows = [{"unit": row.unit, "name": row.name.of(lang), **row.model_dump(mode="json")["cells"]} for row in view.rows]
    print_rows(rows, ["unit", "name", *columns])


def _print(view: Board, names: Mapping[str, str], day: date | Message) -> None:
    lang = choices().lang
    about = {"level": view.level_name.of(lang), "unit": names[view.unit], "day": day}
    title = words(Message("{level} of {unit}, {day}", **about))
    title = f"{title[:1].upper()}{title[1:]}"
    if not view.columns:
        say("{title}: nothing is owed.", title=title)
        return
    click.echo(f"{title}\n")
    headings = ["unit", *map(str, range(1, len(view.columns) + 1))]
    tables = [_rows(view, names, with_days=with_days) for with_days in (True, False)]
    rows, totals = next((each for each in tables if _fits(headings, *each)), tables[-1])
    print_table(headings, rows, totals=totals, gap=GAP)
    click.echo()
    for number, column in enumerate(view.columns, start=1):
        click.echo(f"{number}  {column.directive}: {column.title.of(lang)}")


def _rows(view: Board, names: Mapping[str, str], *, with_days: bool) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of the table, and those of its totals."""
    ids, lang = [column.directive for column in view.columns], choices().lang
    rows = [
        [names[row.unit], *(_cell(row.cells.get(name), view, with_days=with_days) for name in ids)] for row in view.rows
    ]
    totals = [[words("done"), *(_of(column.done, column.expected) for column in view.columns)]]
    for name in ("waiting", "overdue"):
        numbers = [getattr(column, name) for column in view.columns]
        if any(numbers):
            totals.append([words(name), *(say_number(number, lang) for number in numbers)])
    return rows, totals


def _of(done: int, expected: int) -> str:
    lang = choices().lang
    return f"{say_number(done, lang)}/{say_number(expected, lang)}"


def _cell(cell: BoardCell | None, view: Board, *, with_days: bool) -> str:
    """The word of a cell, and its day."""
    if cell is None:
        return "—"
    if cell.state == "below":
        return _of(cell.done, cell.expected)
    if not with_days or cell.day is None:
        return words(WORDS[cell.state])
    if cell.state == "overdue":
        return words(Message("{days} {days:day|days} late", days=-(cell.days_left or 0)))
    day = say_short_day(cell.day, view.day, choices().lang)
    with_day = {
        "due": Message("due {day}", day=day),
        "waiting": Message("waits {day}", day=day),
        "returned": Message("back {day}", day=day),
        "verified": Message("done {day}", day=day),
    }
    return words(with_day[cell.state])


def _fits(headings: Sequence[str], rows: Sequence[Sequence[str]], totals: Sequence[Sequence[str]]) -> bool:
    """Whether a table of these rows fits the terminal as it is."""
    return natural_width(table_columns(headings, [*rows, *totals]), GAP) <= cells_across()
