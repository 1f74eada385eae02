"""The commands that were carried out: the id of each, a digest of what it asked for, and where its events are.

It stands beside the event log and does not follow from it: a command that changed nothing is remembered too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from directives.domain.event import RecordedEvent
from directives.store.dialect import LISTED, as_list
from directives.store.session import Session
from directives.store.table import Table

COMMANDS = Table(
    "commands", ("command_id TEXT NOT NULL", "digest TEXT NOT NULL", "first INTEGER", "last INTEGER"), key=1
)


class Span(NamedTuple):
    """The positions of the first and the last event of a command; None where it caused none."""

    first: int | None
    last: int | None

    @classmethod
    def of(cls, events: Sequence[RecordedEvent]) -> "Span":
        """That of ``events``, which are in the order of the log."""
        return cls(events[0].position, events[-1].position) if events else cls(None, None)


class Logged(NamedTuple):
    """What is on record of a command: the digest of what it asked for, and where its events are."""

    digest: str
    span: Span


def logged(session: Session, command_ids: Iterable[str]) -> dict[str, Logged]:
    """What is on record of those of the commands that were carried out."""
    rows = session.cursor.execute(
        f"SELECT command_id, digest, first, last FROM {LISTED} CROSS JOIN commands WHERE command_id = listed.value",
        (as_list(command_ids),),
    )
    return {row["command_id"]: Logged(row["digest"], Span(row["first"], row["last"])) for row in rows}


def remember(session: Session, commands: Mapping[str, Logged]) -> None:
    """Remember commands by their ids."""
    session.cursor.executemany(
        "INSERT INTO commands VALUES (?, ?, ?, ?)",
        [(command_id, digest, *span) for command_id, (digest, span) in commands.items()],
    )
