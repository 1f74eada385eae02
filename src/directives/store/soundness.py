"""Whether a store is sound before any event is decoded: its schema, and the order and the types of what is stored."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

from directives.domain.errors import StoreUnusable
from directives.i18n.message import Message
from directives.store.command_log import OF_TEXT
from directives.store.database_file import APPLICATION_ID, FORMAT
from directives.store.dialect import text_in
from directives.store.recorder import LOG
from directives.store.session import Session
from directives.store.table import Table

_MADE = """SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY type != 'table', type, name"""
"""What is in the schema, but for the tables in which ANALYZE keeps its statistics."""


@contextmanager
def errors_told() -> Generator[None]:
    """Turn what the database says of a damaged file into our error.

    Raises:
        StoreUnusable: it says so.
    """
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError) as error:
        if isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "busy" in str(error)):
            raise  # told as such by whoever holds the transaction
        raise StoreUnusable("damaged: {said}", said=str(error) or type(error).__name__) from error


class Unlike(NamedTuple):
    """A thing of the schema that is not as this version makes it.

    Attributes:
        how: ``missing`` and ``different`` are things of ours; ``added`` is a thing of somebody else.
        kind: ``table``, ``index``, ``trigger`` or ``view``.
        table: the table on which it is.
    """

    how: Literal["missing", "added", "different"]
    kind: str
    name: str
    table: str

    @property
    def ours(self) -> bool:
        """Whether this version makes such a thing."""
        return self.how != "added"

    @property
    def told(self) -> Message:
        """It, in a sentence."""
        values = {"kind": self.kind, "name": self.name}
        if self.how == "missing":
            return Message("the {kind} {name} is missing", **values)
        if self.how == "added":
            return Message("the {kind} {name} was added", **values)
        return Message("the {kind} {name} is defined differently", **values)


def unlike(session: Session, statements: Sequence[str]) -> list[Unlike]:
    """What of the schema is not as ``statements`` make it: tables, indexes, triggers and views."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (LOG, *statements):
            connection.execute(statement)
        wanted = _made(connection.cursor())
    stands = _made(session.another_cursor())
    found: list[Unlike] = []
    for (kind, name), what in wanted.items():
        if (kind, name) not in stands:
            found.append(Unlike("missing", kind, name, what[0]))
        elif stands[kind, name] != what:
            found.append(Unlike("different", kind, name, what[0]))
    return found + [Unlike("added", *key, stands[key][0]) for key in stands if key not in wanted]


def _made(cursor: sqlite3.Cursor) -> dict[tuple[str, str], tuple[str, str | None]]:
    """What is in a schema, by kind and name: the table on which it is, and the statement that made it."""
    return {(kind, name): (table, sql) for kind, name, table, sql in cursor.execute(_MADE)}


def lacking(session: Session) -> list[str]:
    """The streams that lack a version: the names of all, in order."""
    rows = session.another_cursor().execute(
        """SELECT originator_id FROM stored_events GROUP BY originator_id
        HAVING count(*) != max(originator_version) OR min(originator_version) != 1 ORDER BY 1"""
    )
    return [stream for (stream,) in rows]


def marked(session: Session) -> bool:
    """Whether the file has the marks of a store of this format."""
    marks = [session.cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return marks == [APPLICATION_ID, FORMAT]


def mistyped(session: Session, tables: Sequence[Table]) -> Iterator[Message]:
    """What is stored as another type than its column has, the first row of each table: no later check can read it."""
    for table in tables:
        wrong = " OR ".join(map(_other_type, table.columns))
        row = session.cursor.execute(f"SELECT {table.names[0]} FROM {table.name} WHERE {wrong} LIMIT 1").fetchone()
        if row is not None:
            yield Message("{table} {key}: wrong column type", table=table.name, key=row[0])


def _other_type(column: str) -> str:
    name, declared, *rest = column.split(" ")
    types = f"'{declared.lower()}'" + ("" if rest else ", 'null'")
    return f"typeof({name}) NOT IN ({types})"


def disorder(session: Session) -> Iterator[Message]:
    """What is wrong with the order and the types of the events, the first of each kind."""
    for query, message in ORDER:
        row = session.cursor.execute(query).fetchone()
        if row is not None:
            yield Message(message, **dict(row))


ORDER = (
    (
        """SELECT before + 1 AS position FROM (
            SELECT position, lag(position, 1, 0) OVER (ORDER BY position) AS before FROM stored_events)
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
            PARTITION BY originator_id ORDER BY originator_version) AS before FROM stored_events)
        WHERE position < before LIMIT 1""",
        "the event at position {position} precedes an earlier version of its stream",
    ),
    (
        """SELECT position FROM stored_events WHERE instr(originator_id, char(10)) OR instr(topic, char(10)) LIMIT 1""",
        "the name at position {position} contains a line feed",
    ),
)
"""What is asked about the order of the events, and how an answer is told."""


def misplaced_commands(session: Session, last: int) -> Iterator[Message]:
    """What is wrong with the commands on record, the first thing: each event belongs to the one that it names.

    Args:
        last: the position of the newest event.
    """
    events = session.another_cursor().execute(
        f"SELECT position, {text_in('state', 'command_id')} FROM stored_events ORDER BY position"
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
    rows = session.another_cursor().execute(
        """SELECT CAST(first AS INTEGER), CAST(ifnull(last, 0) AS INTEGER), command_id FROM commands
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
        "SELECT ifnull(sum(number - 1), 0) FROM (SELECT count(*) AS number FROM commands "
        "WHERE first IS NOT NULL GROUP BY first, last)"
    ).fetchone()
    return quiet, repeated
