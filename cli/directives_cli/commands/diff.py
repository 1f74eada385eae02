"""The command ``diff``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import click

from directives import (
    CountsDifference,
    Difference,
    Listed,
    Message,
    Status,
    TaskDifference,
    TaskThen,
    Tracker,
    kind_or_absent,
    say_number,
)
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.entries import line_of
from directives_cli.options import Command, DayType, asked, question
from directives_cli.render import COUNTS, names_of, print_lines, print_table, say

ALWAYS = ("expected", "done", "overdue")
"""The counts that are shown also where nothing of them changed."""


@asked
@question
@click.command(cls=Command)
@click.option("--from", "first", metavar="DAY", type=DayType(), required=True, help="The earlier day: 2023-11-01.")
@click.option("--to", "last", metavar="DAY", type=DayType(), required=True, help="The later day; today means now.")
def diff(directive: str | None, unit: str | None, level: str | None, first: date, last: date) -> None:
    """Show what changed between the ends of two days.

    Each day is told as far as it was known at its end.

    First come the counts before and after, then each task that changed, joined or left, then what was recorded in
    between with a date of the first day or before. Newly overdue tasks are counted, not listed.
    """
    with choices().open() as tracker:
        lang = choices().lang
        found = tracker.diff(first, last, directive=directive, unit=unit, level=level, lang=lang)
        if choices().as_json:
            print_json(found)
            return
        zone, names = tracker.zone, _names(tracker, found)
    about = {"unit": names[found.unit], "from": found.from_day, "to": found.to_day}
    title = words(Message("Changes: {unit}, from the end of {from} to the end of {to}", **about))
    nothing = Message("{title}: nothing changed.", title=Message(title))
    _print_counts(found, title, nothing)
    lines = [words(_told(each, names)) for each in found.tasks]
    if found.written_later:
        day = Message("Recorded in between, and dated {day} or before:", day=found.from_day)
        lines += ["", words(day), *(line_of(entry, zone, about=True) for entry in found.written_later)]
    print_lines(lines)


def _names(tracker: Tracker, found: Difference) -> Mapping[str, str]:
    """The names of the units that are named."""
    doing = (then.assignee for task in found.tasks for then in (task.before, task.after) if then is not None)
    return names_of(tracker, [found.unit, *(task.unit for task in found.tasks), *filter(None, doing)])


def _print_counts(found: Difference, title: str, nothing: Message) -> None:
    """Print the totals that changed."""
    changed = [each for each in found.counts if any(_differs(each, name) for name in COUNTS)]
    work = [*_work_of(found.counts)]
    if not changed:
        say("{what}", what=Message(title) if found.tasks or work else nothing)
    counts = [name for name in COUNTS if name in ALWAYS or any(_differs(each, name) for each in changed)]
    rows = [
        [each.directive, *(_before_and_after(each, name) for name in counts), each.level_name.of(choices().lang)]
        for each in changed
    ]
    headings = [COUNTS[name] for name in counts]
    if changed:
        print_table(["directive", *headings, "level"], rows, numbers=headings, title=title, gap=2)
        click.echo()
    if work:
        click.echo("\n".join([*work, ""]))


def _numbers(row: Status | None) -> dict[str, int]:
    """The counts of a row; of one that is not there, nothing."""
    return {} if row is None else {name: getattr(row, name) for name in COUNTS} | row.work


def _work_of(rows: Sequence[CountsDifference]) -> Iterator[str]:
    """A line for each row of which the work changed: ``social-groups, Lok Sabha: groups 3 → 12``."""
    lang = choices().lang
    for each in rows:
        some = each.after or each.before
        assert some is not None, "one of them is there"
        called = kind_or_absent(some.kind).counted
        told = [
            f"{called[name].of(lang) if name in called else name} {_before_and_after(each, name)}"
            for name in some.work
            if _differs(each, name)
        ]
        if told:
            yield f"{each.directive}, {each.level_name.of(lang)}: {', '.join(told)}"


def _differs(each: CountsDifference, name: str) -> bool:
    return _numbers(each.before).get(name, 0) != _numbers(each.after).get(name, 0)


def _before_and_after(each: CountsDifference, name: str) -> str:
    """``3``, or ``3 → 5`` where it changed."""
    before, after = (say_number(_numbers(row).get(name, 0), choices().lang) for row in (each.before, each.after))
    return after if before == after else f"{before} → {after}"


def _told(each: TaskDifference, names: Mapping[str, str]) -> Message:
    """A task in a sentence."""
    about = {"task": each.task, "unit": names[each.unit]}
    if each.before is None or each.after is None:
        then = each.after or each.before
        assert then is not None, "one of them is there"
        stands = {"state": Message(then.state), "due": then.due}
        if each.change == "joined":
            return Message("{task}, {unit}: owed since then; {state}, due {due}", **about, **stands)
        return Message("{task}, {unit}: no longer owed; it was {state}, due {due}", **about, **stands)
    changes = tuple(_changes(each.before, each.after, each.unit, names))
    return Message("{task}, {unit}: {changes}", **about, changes=Listed(*changes, between="; "))


def _changes(before: TaskThen, after: TaskThen, unit: str, names: Mapping[str, str]) -> Iterator[Message]:
    """What changed about a task that was owed before and is owed after."""
    if before.state != after.state:
        yield Message("{before} → {after}", before=Message(before.state), after=Message(after.state))
    elif before.submitted_at != after.submitted_at or before.verified_at != after.verified_at:
        yield Message("{state} again", state=Message(after.state))
    if after.on_time is not None and before.on_time != after.on_time:
        yield Message("on time" if after.on_time else "late")
    if before.due != after.due:
        yield Message("due {before} → {after}", before=before.due, after=after.due)
    if before.assignee != after.assignee:
        yield Message("done by {unit}", unit=names[after.assignee or unit])
