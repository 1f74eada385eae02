"""The commands that were carried out: the id of each, a digest of what it asked for, and where its events are.

It stands beside the event log and does not follow from it: a command that changed nothing is remembered too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table

COMMANDS = Table(
    "commands",
    ("command_id TEXT NOT NULL", "digest TEXT NOT NULL", "first INTEGER", "last INTEGER", "personal TEXT"),
    key=1,
)
"""``personal`` has the keyed digest of the personal values that a command gave, if its events hold any."""


OF_TEXT = "line-"
"""What ids begin with that earlier versions made of the text of a line."""


class Span(NamedTuple):
    """The positions of the first and the last event of a command; None where it caused none."""

    first: int | None
    last: int | None

    @classmethod
    def of(cls, events: Sequence[RecordedEvent]) -> "Span":
        """That of ``events``, which are in the order of the log."""
        return cls(events[0].position, events[-1].position) if events else cls(None, None)


class Logged(NamedTuple):
    """What is on record of a command: the digest of what it asked for, where its events are, and the keyed digest."""

    digest: str
    span: Span
    personal: str | None = None


def logged(session: Session, command_ids: Iterable[str]) -> dict[str, Logged]:
    """What is on record of those of the commands that were carried out."""
    rows = session.cursor.execute(
        f"""SELECT command_id, digest, first, last, personal FROM {session.dialect.listed()} CROSS JOIN commands
        WHERE command_id = listed.value""",
        (as_list(command_ids),),
    )
    return {row["command_id"]: Logged(row["digest"], Span(row["first"], row["last"]), row["personal"]) for row in rows}


def without_events(session: Session, on_record: Mapping[str, Logged]) -> set[str]:
    """Those of the commands ``on_record`` whose events are not in the log any more, as after it was cut short."""
    ends = {name: {*each.span} for name, each in on_record.items() if each.span.first is not None}
    command_id = session.dialect.text_in("state", "command_id")
    rows = session.cursor.execute(
        f"""SELECT position, {command_id} AS command_id
        FROM {session.dialect.listed()} CROSS JOIN stored_events WHERE position = CAST(listed.value AS bigint)""",
        (as_list(str(position) for positions in ends.values() for position in positions),),
    )
    stands = {row["position"]: row["command_id"] for row in rows}
    others = {name: {stands.get(position) for position in positions} for name, positions in ends.items()}
    stray = {name: found for name, found in others.items() if found != {name}}
    # A line that an earlier version knew by another id is on record under both.
    formerly = {name: max((other or "" for other in found), default="") for name, found in stray.items()}
    twins = logged(session, formerly.values()) if formerly else {}
    return {
        name
        for name, other in formerly.items()
        if not (other.startswith(OF_TEXT) and other in twins and twins[other].span == on_record[name].span)
    }


def remember(session: Session, commands: Mapping[str, Logged]) -> None:
    """Remember commands by their ids."""
    session.insert(
        COMMANDS,
        [(command_id, digest, *span, personal) for command_id, (digest, span, personal) in commands.items()],
    )
