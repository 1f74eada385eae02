"""The group ``meeting``."""

from collections.abc import Mapping
from typing import Any

import click

from directives import (
    Minutes,
    RecordMeeting,
    Tracker,
    day_of,
    kinds,
    minutes_template,
    read_minutes,
    say_day,
    shown,
)
from directives_cli.choices import Misused, choices, words
from directives_cli.data import print_data, print_json
from directives_cli.options import Group, KindType, as_rows, question
from directives_cli.render import print_table, say, say_owed


@click.group(cls=Group)
def meeting() -> None:
    """Meetings and their minutes."""


@meeting.command()
@click.argument("minutes", metavar="[MINUTES.toml]", required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would be recorded.")
def record(minutes: str | None, dry_run: bool) -> None:
    """Record a meeting, issue its directives and assign them; without a file, those of the bundled minutes."""
    with choices().open() as tracker:
        meeting_minutes, envelope = read_minutes(minutes, tracker.meant), choices().headquarters_envelope(tracker)
        if dry_run:
            _show(tracker, meeting_minutes, envelope)
            return
        events = tracker.record_meeting(meeting_minutes, **envelope)
        streams = {event.stream for event in events}
        new = [each.id for each in meeting_minutes.directives if f"directive/{each.id}" in streams]
        rows = [row for name in new for row in tracker.status(directive=name)]
    if choices().as_json:
        print_json(events)
        return
    if f"meeting/{meeting_minutes.id}" in streams:
        say(
            "Meeting {meeting} recorded, with {number} {number:statement|statements}.",
            meeting=meeting_minutes.id,
            number=len(meeting_minutes.statements),
        )
    elif new:
        say(
            "The meeting {meeting} was already recorded; these minutes add {new}.",
            meeting=meeting_minutes.id,
            new=", ".join(new),
        )
    else:
        say("The meeting {meeting} is already recorded: nothing changed.", meeting=meeting_minutes.id)
    say_owed(rows)
    for statement in meeting_minutes.statements if new else ():
        if statement.asks_for == "goal":
            say("{no}: a goal, for which no task is owed.", no=statement.no)


def _show(tracker: Tracker, minutes: Minutes, envelope: Mapping[str, Any]) -> None:
    """Print what recording the minutes would record, a sentence each."""
    entries = tracker.preview(tracker.command(RecordMeeting, minutes=minutes, **envelope), choices().lang)
    if choices().as_json:
        print_json(entries)
        return
    for entry in entries:
        click.echo(f"{entry.stream}: {entry.sentence}")
    if entries:
        say("Nothing was recorded: leave --dry-run out to record it.")
    else:
        say("Nothing would change.")


@meeting.command("template")
@click.option(
    "--kind",
    "names",
    metavar="KIND",
    type=KindType(),
    multiple=True,
    help="A directive of this kind. [default: of each kind]",
)
def template(names: tuple[str, ...]) -> None:
    """Print minutes to fill in, for the levels of this organisation: directives meeting template > minutes.toml."""
    known = kinds()
    for name in names:
        if name not in known:
            raise Misused("--kind: {kind} is unknown: use one of {choices}", kind=repr(name), choices=", ".join(known))
    with choices().open() as tracker:
        levels, today = tracker.levels, day_of(choices().now, tracker.zone)
    chosen = [known[name] for name in dict.fromkeys(names)] or [*known.values()]
    click.echo(minutes_template(levels, chosen, today, choices().lang), nl=False)


@question
@as_rows
@meeting.command("list")
def list_meetings() -> None:
    """Show the recorded meetings."""
    with choices().open() as tracker:
        meetings = tracker.meetings()
    if print_data(meetings, ("meeting", "held_on", "title.en", "title.hi")):
        return
    rows = [[each.meeting, say_day(each.held_on, choices().lang), each.title.of(choices().lang)] for each in meetings]
    print_table(["meeting", "held on", "title"], rows, nothing="No meeting is recorded.")


@question
@meeting.command("show")
@click.argument("meeting")
def show_meeting(meeting: str) -> None:
    """Show what was said at a meeting, and the directives that follow; a goal has none."""
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
