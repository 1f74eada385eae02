"""The command ``history``."""

from collections.abc import Iterator
from typing import Unpack

import click

from directives import EvidenceView, Message, OfDay
from directives_cli.choices import Misused, choices, words
from directives_cli.data import LOG_COLUMNS, print_data
from directives_cli.entries import line_of, mark_of
from directives_cli.options import Command, Named, as_rows, of_day
from directives_cli.render import first_of, print_text, say
from directives_cli.titles import day_told

ON_FILES = {
    "missing": "its file is not stored here",
    "altered": "its file was altered",
    "unreadable": "its file cannot be read",
}
"""What a history tells of a file that was handed in and is not there as it was."""


@as_rows
@of_day
@click.command(cls=Command)
@click.argument("reference", metavar="REF", type=Named("reference"))
@click.option("--below", is_flag=True, help="Of a unit: include all units below it, and their tasks.")
@click.option("--numbers", is_flag=True, help="Show the number of each entry too, for use with task strike.")
@click.option("--limit", metavar="N", type=int, help="With --below: at most this many. [default: all]")
@click.option("--after", metavar="POSITION", type=int, help="With --below: only entries after this position.")
def history(
    reference: str, below: bool, numbers: bool, limit: int | None, after: int | None, **day: Unpack[OfDay]
) -> None:
    """Show what happened to a task, a directive, a meeting or a unit.

    A task is written DIRECTIVE/UNIT.

    Of an earlier day: what had happened by then, with the names of then.
    """
    if not below and (limit, after) != (None, None):
        raise Misused("--limit and --after: only with --below, the history of a unit and all units below it")
    with choices().open() as tracker:
        zone, lang = tracker.zone, choices().lang
        if below:
            entries = tracker.history_below(reference.removeprefix("unit/"), lang, after=after or 0, limit=limit, **day)
        else:
            entries = tracker.history(reference, lang, **day)
        told = day_told(tracker, **day)
    if print_data(entries, (*LOG_COLUMNS, "taken_back_by")):
        return
    lines = list[str]()
    for entry in entries:
        of_another = entry.stream.startswith("task/") and entry.subject != reference.removeprefix("task/")
        files = "".join(f" [{told}]" for each in entry.evidence for told in _on_file(each))
        number = f"{entry.position:>6}  " if numbers else ""
        lines.append(number + line_of(entry, zone, about=of_another) + mark_of(entry) + files)
    if isinstance(told, Message):
        say("{what}, {day}: {number} {number:entry|entries}.", what=reference, day=told, number=len(entries))
    print_text(lines)
    proved = [entry.checkpoint for entry in entries if entry.checkpoint is not None]
    if proved:
        last = {"number": len(proved), "all": len(entries), "size": max(proved)}
        say(
            "{number} of {all} {all:entry|entries} {number:is|are} under a checkpoint, the newest "
            "under that of {size} {size:event|events}.",
            **last,
        )
    if below and len(entries) == limit:
        say("For more entries: --after {position}", position=Message(str(entries[-1].position)))


def _on_file(view: EvidenceView) -> Iterator[str]:
    """What is told of a file: that it is not there as it was, and for which other tasks it was handed in."""
    if view.condition in ON_FILES:
        yield words(ON_FILES[view.condition])
    if view.same_document:
        yield words(Message("the same document was submitted for {tasks}", tasks=first_of(view.same_document)))
