"""Whether a store is sound before any event is decoded: its schema, and the order and the types of what is stored."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter

from directives.domain.errors import StoreUnusable
from directives.i18n.message import Message
from directives.store.command_log import OF_TEXT
from directives.store.session import Session
from directives.store.table import HAS_LINE_FEED


@contextmanager
def errors_told(session: Session) -> Generator[None]:
    """Turn what the database says of damage into our error.

    Raises:
        StoreUnusable: it says so.
    """
    try:
        yield
    except (*session.errors, UnicodeDecodeError, OverflowError) as error:
        if session.is_busy(error):
            raise  # told as such by whoever holds the transaction
        raise StoreUnusable("damaged: {said}", said=str(error) or type(error).__name__) from error


def lacking(session: Session) -> list[str]:
    """The streams that lack a version: the names of all, in order."""
    rows = session.another_cursor().execute(
        """SELECT originator_id FROM stored_events GROUP BY originator_id
        HAVING count(*) != max(originator_version) OR min(originator_version) != 1 ORDER BY 1"""
    )
    return [stream for (stream,) in rows]


def disorder(session: Session) -> Iterator[Message]:
    """What is wrong with the order and the types of the events, the first of each kind."""
    for query, message in ORDER:
        row = session.cursor.execute(query).fetchone()
        if row is not None:
            yield Message(message, **dict(row))


ORDER = (
    (
        """SELECT before + 1 AS position FROM (
            SELECT position, lag(position, 1, 0) OVER (ORDER BY position) AS before FROM stored_events) AS pairs
        WHERE position != before + 1 LIMIT 1""",
        "position {position} is missing",
    ),
    (
        """SELECT originator_id AS stream FROM stored_events GROUP BY originator_id
        HAVING count(*) != max(originator_version) OR min(originator_version) != 1 LIMIT 1""",
        "a version of {stream} is missing",
    ),
    (
        """SELECT position FROM (SELECT position, lag(position) OVER (
            PARTITION BY originator_id ORDER BY originator_version) AS before FROM stored_events) AS pairs
        WHERE position < before LIMIT 1""",
        "the event at position {position} precedes an earlier version of its stream",
    ),
    (
        f"SELECT position FROM stored_events WHERE {HAS_LINE_FEED} LIMIT 1",
        "the name at position {position} contains a line feed",
    ),
)
"""What is asked about the order of the events, and how an answer is told."""


def misplaced_commands(session: Session, last: int) -> Iterator[Message]:
    """What is wrong with the commands on record, the first thing: each event belongs to the one that it names.

    Args:
        last: the position of the newest event.
    """
    events = session.streamed(
        f"SELECT position, {session.dialect.text_in('state', 'command_id')} FROM stored_events ORDER BY position"
    )
    done = 0
    for first, end, command_ids in _ranges(session):
        if first != done + 1 or end < first:
            yield Message(
                "the event at position {position} belongs to no command, or to two", position=min(first, done + 1)
            )
            return
        for position in range(first, end + 1):
            named = next(events, (0, ""))[1]
            if named not in command_ids or (len(command_ids) > 1 and not str(named).startswith(OF_TEXT)):
                yield Message("the event at position {position} does not match its command", position=position)
                return
        done = end
    if done != last:
        yield Message("the event at position {position} belongs to no command, or to two", position=min(done, last) + 1)


def _ranges(session: Session) -> Iterator[tuple[int, int, set[str]]]:
    """The positions of the first and the last event of commands, and their ids: several, where ids were given anew."""
    rows = session.streamed(
        """SELECT CAST(first AS bigint), CAST(coalesce(last, 0) AS bigint), command_id FROM commands
        WHERE first IS NOT NULL ORDER BY 1, 2"""
    )
    for (first, end), of_range in groupby(rows, key=itemgetter(0, 1)):
        yield first, end, {command_id for _, _, command_id in of_range}


def commands_without_events(session: Session) -> tuple[int, int]:
    """How many commands on record changed nothing, and how many have the events of another one.

    A line of an import that an earlier version knew by another id is on record under both.
    """
    cursor = session.another_cursor()
    (quiet,) = cursor.execute("SELECT count(*) FROM commands WHERE first IS NULL").fetchone()
    (repeated,) = cursor.execute(
        "SELECT CAST(coalesce(sum(number - 1), 0) AS bigint) FROM (SELECT count(*) AS number FROM commands "
        "WHERE first IS NOT NULL GROUP BY first, last) AS ranges"
    ).fetchone()
    return quiet, repeated
