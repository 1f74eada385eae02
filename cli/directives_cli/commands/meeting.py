"""The group ``meeting``."""

import click

from directives import read_minutes, say_day, shown
from directives_cli.options import Group, choices, words
from directives_cli.render import print_json, print_table, say, say_owed


@click.group(cls=Group)
def meeting() -> None:
    """Meetings and their minutes."""


@meeting.command()
@click.argument("minutes", metavar="[MINUTES.toml]", required=False)
def record(minutes: str | None) -> None:
    """Record a meeting, issue its directives and assign them; the bundled minutes when no file is given."""
    given = read_minutes(minutes)
    with choices().open() as tracker:
        events = tracker.record_meeting(given, **choices().envelope(tracker.zone))
        streams = {event.stream for event in events}
        new = [each.id for each in given.directives if f"directive/{each.id}" in streams]
        rows = [row for name in new for row in tracker.status(directive=name)]
    if choices().as_json:
        print_json(events)
        return
    if f"meeting/{given.id}" in streams:
        say("Meeting {meeting} recorded, with {number} statements.", meeting=given.id, number=len(given.statements))
    elif new:
        say("The meeting {meeting} was recorded before; these minutes add {new}.", meeting=given.id, new=", ".join(new))
    else:
        say("The meeting {meeting} is recorded already: nothing changed.", meeting=given.id)
    say_owed(rows)
    for said in given.statements if new else ():
        if said.asks_for == "goal":
            say("{no}: a goal, for which no task is owed.", no=said.no)


@meeting.command("list")
def list_meetings() -> None:
    """Show the meetings that are recorded."""
    with choices().open() as tracker:
        found = tracker.meetings()
    if choices().as_json:
        print_json(found)
        return
    rows = [[each.meeting, say_day(each.held_on, choices().lang), each.title.of(choices().lang)] for each in found]
    print_table(["meeting", "held on", "title"], rows)


@meeting.command("show")
@click.argument("meeting")
def show_meeting(meeting: str) -> None:
    """Show what was said at a meeting, and which directives follow from it; from a goal none does."""
    with choices().open() as tracker:
        found = tracker.meeting(meeting)
    if choices().as_json:
        print_json(found)
        return
    lang = choices().lang
    click.echo(f"{say_day(found.held_on, lang)}  {shown(found.title.of(lang))}")
    rows = [
        [each.no, ", ".join(each.directives) or words(each.asks_for), each.text.of(lang)] for each in found.statements
    ]
    print_table(["", "asks for", "what was said"], rows)
