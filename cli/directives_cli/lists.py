"""Lists of what is on record, made from the kinds: ``group list``, ``report list``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

import click

from directives import (
    Listing,
    Message,
    Record,
    Text,
    Value,
    day_of,
    kinds,
    say_number,
    say_short_day,
)
from directives_cli.choices import choices, words
from directives_cli.data import print_data
from directives_cli.options import Command, Named, as_rows, by_page, question_of_office
from directives_cli.render import more_after, names_of, print_table, say
from directives_cli.titles import title_of

LIST = "list"
EXAMPLE = "--unit JH-PC11 --below"
HELP = """List what is recorded about tasks.

Without --unit, the unit is that of the acting office; without an office, it is the top unit with all units below it.
A task is listed under the unit that owes it.
"""


def listing_of(noun: str) -> click.Command | None:
    """The list of what is on record under a noun; None where no kind has one."""
    listings = [kind.lists[noun] for kind in kinds().values() if noun in kind.lists]
    return _command(noun, reduce(_together, listings)) if listings else None


def _together(one: Listing, other: Listing) -> Listing:
    """The columns of the lists that two kinds have under one noun."""
    return replace(
        one,
        columns={**other.columns, **one.columns},
        words={**other.words, **one.words},
        hidden=(*one.hidden, *other.hidden),
        marks=(*one.marks, *other.marks),
    )


def _command(noun: str, listing: Listing) -> click.Command:
    """The command that prints a list."""

    def run(unit: str | None, below: bool, **asked: Any) -> None:
        _print(noun, listing, unit, below=below, **asked)

    unit_help = "The unit. [default: that of the acting office]"
    params: list[click.Parameter] = [
        click.Option(["--unit"], metavar="UNIT", type=Named("unit"), help=unit_help),
        click.Option(["--below"], is_flag=True, help="Include what the units below it have recorded."),
        click.Option(["--directive"], metavar="ID", type=Named("directive"), help="Only this directive."),
    ]
    made = Command(LIST, callback=run, params=params, help=HELP)
    made.example = EXAMPLE
    return question_of_office(as_rows(by_page(made)))


def _print(noun: str, listing: Listing, unit: str | None, *, below: bool, limit: int | None, **asked: Any) -> None:
    with choices().open() as tracker:
        unit = unit or choices().unit_that_acts(tracker)
        below, unit = below or unit is None, unit or tracker.top
        records = tracker.records(noun, unit, below=below, limit=limit, **asked)
        if print_data(
            records, ("task", "directive", "unit", "number", *(f"values.{name}" for name in listing.columns))
        ):
            return
        names, today = names_of(tracker, (each.unit for each in records)), day_of(choices().now, tracker.zone)
        told = {each.directive for each in records}
        what = Message(
            "{what} ({directive})" if len(told) == 1 else "{what}", what=listing.title, directive=min(told, default="")
        )
        title = title_of(tracker, what, unit, below=below)
    if not records and below:
        say("{title}: nothing is on record.", title=title)
    elif not records:
        say("{title}: nothing is on record. --below adds the units below.", title=title)
    if not records:
        return
    click.echo(title)
    click.echo()
    _print_table(listing, records, names if below else {}, today)
    more_after(records, limit)


def _print_table(listing: Listing, records: Sequence[Record], names: Mapping[str, str], today: date) -> None:
    """Print the records, without the columns that are empty.

    Args:
        names: the names of the units; none, where there is but one.
    """
    lang, columns = choices().lang, dict[str, list[str]]()
    numbers = list[str]()
    if len({each.directive for each in records}) > 1:
        columns["directive"] = [each.directive for each in records]
    for name in (each for each in listing.columns if each not in listing.hidden):
        values, heading = [each.values.get(name) for each in records], listing.columns[name].of(lang)
        if any(value is not None and (value is not False or name not in listing.marks) for value in values):
            columns[heading] = [_in_words(value, listing.words.get(name, {}), today) for value in values]
            numbers += [heading] * _are_numbers(values)
    if names:
        columns["unit"] = [names[each.unit] for each in records]
    print_table([*columns], [*zip(*columns.values(), strict=True)], numbers=numbers, gap=2)


def _are_numbers(values: Iterable[Value]) -> bool:
    """Whether all of ``values`` that are there are numbers."""
    return all(value is None or (isinstance(value, int) and not isinstance(value, bool)) for value in values)


def _in_words(value: Value, named: Mapping[str, Text], today: date) -> str:
    """A value for people."""
    lang = choices().lang
    match value:
        case None:
            return ""
        case bool():
            return words("yes") if value else words("no")
        case int():
            return say_number(value, lang)
        case date():
            return say_short_day(value, today, lang)
        case Text():
            return value.of(lang)
        case tuple():
            return ", ".join(_in_words(each, named, today) for each in value)
        case str():
            return named[value].of(lang) if value in named else value
