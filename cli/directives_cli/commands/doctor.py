"""``doctor`` and ``rebuild``."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

import click

from directives import say_number
from directives_cli.options import Verb, choices, print_json, say, words
from directives_cli.render import print_table

NOT_SO = 3
"""The exit code where a check does not hold."""


@contextmanager
def progress_of(what: str) -> Generator[Callable[[int, int], None]]:
    """A bar on a terminal, with the rate and the time left; told how many of how many are done."""
    # Imported here, since most commands need none of it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    what, console = words(what), Console(stderr=True)
    rate = TextColumn("{task.fields[rate]} " + what + "/s")
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar:
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


@click.command(cls=Verb)
def doctor() -> None:
    """Check the store: whether what is kept ready is what the events say, and what an office should look after.

    Exits with 3 when something is wrong.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        found = tracker.doctor(tell, lang=choices().lang)
    if choices().as_json:
        print_json(found)
    else:
        rows = [[words(f.check), words(f.state), f.found, f.what_to_do] for f in found]
        print_table(["check", "", "found", "what to do"], rows)
    if any(each.state == "wrong" for each in found):
        sys.exit(NOT_SO)


@click.command(cls=Verb)
def rebuild() -> None:
    """Make the state rows and read tables anew from the events, and compare them with those that stood.

    Exits with 3 when they were not the same; what stands then is what the events say.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        found = tracker.rebuild(tell)
    if choices().as_json:
        print_json(found)
    else:
        lang = choices().lang
        rows = [[each.table, say_number(each.rows, lang), say_number(each.differing, lang)] for each in found]
        print_table(["table", "rows", "differing"], rows, numbers=["rows", "differing"])
    differing = sum(each.differing for each in found)
    if differing:
        say("{number} rows were not what the events say; they are now.", number=differing)
        sys.exit(NOT_SO)
    say("What stood is what the events say, row by row.")
