"""The group ``meeting``."""

import click

from directives import read_minutes, say_day, shown
from directives_cli.choices import choices, words
from directives_cli.options import Group
from directives_cli.render import print_json, print_table, say, say_owed


@click.group(cls=Group)
def meeting() -> None:
    """Meetings and their minutes."""


@meeting.command()
@click.argument("minutes", metavar="[MINUTES.toml]", required=False)
def record(minutes: str | None) -> None:
    """Record a meeting, issue its directives and assign them; the bundled minutes when no file is given."""
    meeting_minutes = read_minutes(minutes)
    with choices().open() as tracker:
        events = tracker.record_meeting(meeting_minutes, **choices().envelope(tracker.zone))
        streams = {event.stream for event in events}
        new = [each.id for each in meeting_minutes.directives if f"directive/{each.id}" in streams]
        rows = [row for name in new for row in tracker.status(directive=name)]
    if choices().as_json:
        print_json(events)
        return
    if f"meeting/{meeting_minutes.id}" in streams:
        say(
            "Meeting {meeting} recorded, with {number} statements.",
            meeting=meeting_minutes.id,
            number=len(meeting_minutes.statements),
        )
    elif new:
        say(
            "The meeting {meeting} was recorded before; these minutes add {new}.",
            meeting=meeting_minutes.id,
            new=", ".join(new),
        )
    else:
        say("The meeting {meeting} is recorded already: nothing changed.", meeting=meeting_minutes.id)
    say_owed(rows)
    for statement in meeting_minutes.statements if new else ():
        if statement.asks_for == "goal":
            say("{no}: a goal, for which no task is owed.", no=statement.no)


@meeting.command("list")
def list_meetings() -> None:
    """Show the meetings that are recorded."""
    with choices().open() as tracker:
        meetings = tracker.meetings()
    if choices().as_json:
        print_json(meetings)
        return
    rows = [[each.meeting, say_day(each.held_on, choices().lang), each.title.of(choices().lang)] for each in meetings]
    print_table(["meeting", "held on", "title"], rows)


@meeting.command("show")
@click.argument("meeting")
def show_meeting(meeting: str) -> None:
    """Show what was said at a meeting, and which directives follow from it; from a goal none does."""
    with choices().open() as tracker:
        view = tracker.meeting(meeting)
    if choices().as_json:
        print_json(view)
        return
    lang = choices().lang
    click.echo(f"{say_day(view.held_on, lang)}  {shown(view.title.of(lang))}")
    rows = [
        [each.no, ", ".join(each.directives) or words(each.asks_for), each.text.of(lang)] for each in view.statements
    ]
    print_table(["", "asks for", "what was said"], rows)
