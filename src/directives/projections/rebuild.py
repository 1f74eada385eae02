"""State rows and read tables made anew from the events, for a store of an older format or to prove them right."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from directives.domain.errors import StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.organisation import Registered
from directives.domain.values import Model
from directives.projections.tables import BESIDE, CREATE, INDEXES, TABLES, Tables
from directives.store.database_file import FORMAT
from directives.store.event_store import PAGE, Ledger
from directives.store.gc_paused import collecting_later
from directives.store.progress import Progress, no_progress

FOLDED = 5000
"""Events that are taken in together."""


class Rebuilt(Model):
    """A table that was made anew: its rows, and how many of those that stood, or should have, were otherwise."""

    table: str
    rows: int
    differing: int


def bring_up_to_date(ledger: Ledger) -> None:
    """Write the state rows and read tables as this version has them, in one transaction, unless that was done.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    with ledger.rows.writing() as cursor:
        if cursor.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            return
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        create(cursor)
        for _ in fold(events(ledger, cursor), cursor):
            pass
        create_indexes(cursor)
        cursor.execute(f"PRAGMA user_version = {FORMAT}")


def rebuild(ledger: Ledger, progress: Progress = no_progress) -> list[Rebuilt]:
    """Write the state rows and read tables anew, in one transaction, and compare them with those that stood.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    with ledger.rows.writing() as cursor:
        for statement in INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {statement.split()[5]}")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} RENAME TO before_{table}")
        create(cursor)
        total = cursor.execute("SELECT count(*) FROM stored_events").fetchone()[0]
        for done in fold(events(ledger, cursor), cursor):
            progress(done, total)
        create_indexes(cursor)
        found = [compared(cursor, table, f"before_{table}") for table in TABLES]
        for table in TABLES:
            cursor.execute(f"DROP TABLE before_{table}")
    return found


def create(cursor: sqlite3.Cursor) -> None:
    """Create the tables, and what stands beside the log."""
    for statement in (*BESIDE, *CREATE):
        cursor.execute(statement)


def create_indexes(cursor: sqlite3.Cursor) -> None:
    """Create the indexes of the tables; of many rows at once that is much quicker than row by row."""
    for statement in INDEXES:
        cursor.execute(statement)


def events(ledger: Ledger, cursor: sqlite3.Cursor) -> Iterator[RecordedEvent]:
    """All events, in log order, inside the transaction of ``cursor``."""
    first = 1
    while page := ledger.rows.between(cursor, first, first + PAGE - 1):
        yield from map(ledger.event, page)
        first += PAGE


def fold(given: Iterator[RecordedEvent], cursor: sqlite3.Cursor) -> Iterator[int]:
    """Take events into the empty tables of ``cursor``; tells from time to time how many are in.

    Raises:
        StoreUnusable: one cannot be read, or does not follow from those before it.
    """
    done = 0
    while page := [*islice(given, FOLDED)]:
        with collecting_later():
            tables = Tables(cursor)  # a new one a page, so that memory does not grow with the log
            joining = (event.data.parent for event in page if isinstance(event.data, Registered))
            tables.expect_tasks((event.stream for event in page), filter(None, joining))
            for _, group in groupby(page, key=attrgetter("stream")):
                _apply([*group], tables)
            tables.flush()
        done += len(page)
        yield done


def _apply(events: Sequence[RecordedEvent], tables: Tables) -> None:
    """Take events of one stream in; where they do not fit what came before, whatever they trip over, it is damage."""
    event = events[0]
    try:
        tables.apply(events)
    except sqlite3.Error:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:120] or type(error).__name__
        raise StoreUnusable(
            "store: the event at position {position}, {name} of {stream}, "
            "does not follow from those before it ({said}): restore it from a copy",
            position=event.position,
            name=event.name,
            stream=event.stream,
            said=said,
        ) from error


def compared(cursor: sqlite3.Cursor, table: str, other: str) -> Rebuilt:
    """How many rows of ``table`` and of ``other`` are not in both."""
    rows = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    columns = [row["name"] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
    key = TABLES[table]
    alike = " AND ".join(f"one.{name} {'=' if n < key else 'IS'} other.{name}" for n, name in enumerate(columns))
    differing = sum(
        cursor.execute(
            f"SELECT count(*) FROM {here} AS one WHERE NOT EXISTS (SELECT 1 FROM {there} AS other WHERE {alike})"
        ).fetchone()[0]
        for here, there in ((table, other), (other, table))
    )
    return Rebuilt(table=table, rows=rows, differing=differing)


@contextmanager
def scratch() -> Generator[sqlite3.Cursor]:
    """The tables, empty, in a database of their own that is gone afterwards."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        cursor = connection.cursor()
        create(cursor)
        yield cursor


def differing(cursor: sqlite3.Cursor, other: sqlite3.Cursor, table: str) -> Iterator[str]:
    """The keys of the rows of ``table`` that are not alike in two databases."""
    width = TABLES[table]
    key = itemgetter(slice(width))
    query = f"SELECT * FROM {table} ORDER BY {', '.join(map(str, range(1, width + 1)))}"
    rows = merge(*(map(tuple, each.execute(query)) for each in (cursor, other)), key=key)
    for names, group in groupby(rows, key=key):
        one, *more = group
        if more != [one]:
            yield " ".join(map(str, names))
