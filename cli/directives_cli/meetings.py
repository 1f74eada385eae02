"""``meeting`` and ``directive``."""

import click

from directives import DirectiveView, read_minutes, say_day
from directives_cli.output import print_table
from directives_cli.shell import Noun, choices, print_json, say


@click.group(cls=Noun)
def meeting() -> None:
    """Meetings and their minutes."""


@meeting.command()
@click.argument("minutes", metavar="[MINUTES.toml]", required=False)
def record(minutes: str | None) -> None:
    """Record a meeting, issue its directives and assign them; the bundled minutes when no file is given."""
    given = read_minutes(minutes)
    with choices().open() as tracker:
        events = tracker.record_meeting(given, **choices().envelope(tracker))
        rows = [row for each in given.directives for row in tracker.status(directive=each.id)]
    if choices().as_json:
        print_json([event.model_dump(mode="json") for event in events])
    elif not events:
        say(f"The meeting {given.id} is recorded already: nothing changed.")
    else:
        say(f"Meeting {given.id} recorded, with {len(given.statements)} statements.")
    for row in rows if events else ():
        say(f"{row.directive}: {row.expected or 'no unit is registered that owes it, no'} tasks at level {row.level}.")


@click.group(cls=Noun)
def directive() -> None:
    """Directives, as they were given."""


@directive.command("list")
def list_directives() -> None:
    """Show the directives: to which levels they are assigned, and by when."""
    with choices().open() as tracker:
        found = tracker.directives()
        levels = {level.code: level.name.of(choices().lang) for level in tracker.levels}
    if choices().as_json:
        print_json([each.model_dump(mode="json") for each in found])
        return
    rows = [[each.directive, each.kind, _orders(each, levels), _standing(each), _title(each)] for each in found]
    print_table(["directive", "kind", "assigned to", "state", "title"], rows)


def _title(directive: DirectiveView) -> str:
    return directive.title.of(choices().lang)


def _orders(directive: DirectiveView, levels: dict[str, str]) -> str:
    return "; ".join(f"{levels[each.level]} of {each.scope} by {say_day(each.due)}" for each in directive.assignments)


def _standing(directive: DirectiveView) -> str:
    return "completed" if directive.completed else "open" if directive.assignments else "issued"
