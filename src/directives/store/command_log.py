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


def digests_of(session: Session, command_ids: Iterable[str]) -> dict[str, str]:
    """The digests of those of the commands that were carried out."""
    rows = session.cursor.execute(
        f"SELECT command_id, digest FROM {LISTED} CROSS JOIN commands WHERE command_id = listed.value",
        (as_list(command_ids),),
    )
    return {row["command_id"]: row["digest"] for row in rows}


def span_of(session: Session, command_id: str) -> Span:
    """Where the events of a command are that was carried out."""
    row = session.cursor.execute("SELECT first, last FROM commands WHERE command_id = ?", (command_id,)).fetchone()
    return Span(row["first"], row["last"])


def remember(session: Session, commands: Mapping[str, tuple[str, Span]]) -> None:
    """Remember commands by their ids: the digest and the span of each."""
    session.cursor.executemany(
        "INSERT INTO commands VALUES (?, ?, ?, ?)",
        [(command_id, digest, *span) for command_id, (digest, span) in commands.items()],
    )
