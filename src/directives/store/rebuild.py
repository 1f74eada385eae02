"""The read models made anew, for a store of an older format or to prove them right; what they are is given."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from heapq import merge
from itertools import groupby
from typing import Any, NamedTuple

from directives.domain.values import Model
from directives.store.audit_log import AUDIT_TABLES
from directives.store.command_log import COMMANDS
from directives.store.database_file import FORMAT, form_of, format_in, tables_beside
from directives.store.event_store import EventStore
from directives.store.evidence_register import EVIDENCE
from directives.store.progress import Progress, no_progress
from directives.store.session import Session
from directives.store.table import Table

Row = tuple[Any, ...]
BESIDE = (COMMANDS, EVIDENCE, *AUDIT_TABLES)
"""The tables that do not follow from the events."""


class Schema(NamedTuple):
    """The tables of the read models, and how events are taken into them, with a way to read a stream of the log."""

    tables: Sequence[Table]
    replay: Callable[..., Iterator[int]]

    def replayed(self, store: EventStore, session: Session) -> Iterator[int]:
        """Take all events of a store into its read models; tells how many are in."""
        return self.replay(store.all(session), session, partial(store.stream, session))

    @property
    def statements(self) -> list[str]:
        """The statements that create all tables beside the log, with their indexes."""
        creating = [table.create for table in (*BESIDE, *self.tables)]
        return creating + [statement for table in self.tables for statement in table.create_indexes]


class Rebuilt(Model):
    """A table that was made anew: its rows, and how many of those that stood, or should have, were otherwise."""

    table: str
    rows: int
    differing: int


def bring_up_to_date(store: EventStore, schema: Schema) -> None:
    """Write the read models as this version has them, in one transaction, unless that was done.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    with store.writing() as session:
        if format_in(session) == FORMAT:
            return
        for name in tables_beside(session, {each.name for each in BESIDE}):
            session.cursor.execute(f"DROP TABLE {name}")
        for table in BESIDE:
            _bring_to_form(session, table)
        create(session, schema.tables)
        for _ in schema.replayed(store, session):
            pass
        create_indexes(session, schema.tables)
        session.cursor.execute(f"PRAGMA user_version = {FORMAT}")


def _bring_to_form(session: Session, table: Table) -> None:
    """Give a table that stands the form that a new one has, row by row as it was."""
    stands = form_of(session, table.name)
    if stands is None or stands == table.create.replace(" IF NOT EXISTS", ""):
        return
    set_aside(session, table)
    names = ", ".join(table.names)
    session.cursor.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM before_{table.name}")
    drop_aside(session, table)


def rebuild(store: EventStore, schema: Schema, progress: Progress = no_progress) -> list[Rebuilt]:
    """Write the read models anew, in one transaction, and compare them with those that stood.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    with store.writing() as session:
        for table in schema.tables:
            for index in table.indexes:
                session.cursor.execute(f"DROP INDEX IF EXISTS {index.name}")
            set_aside(session, table)
        create(session, schema.tables)
        total = store.event_log.count(session)
        for done in schema.replayed(store, session):
            progress(done, total)
        create_indexes(session, schema.tables)
        rebuilt = [compared(session, table) for table in schema.tables]
        for table in schema.tables:
            drop_aside(session, table)
    return rebuilt


def set_aside(session: Session, table: Table) -> None:
    """Let a table stand under another name, to be compared with the one that is made anew in its place."""
    session.cursor.execute(f"ALTER TABLE {table.name} RENAME TO before_{table.name}")
    session.cursor.execute(table.create)


def drop_aside(session: Session, table: Table) -> None:
    """Drop a table that was set aside."""
    session.cursor.execute(f"DROP TABLE before_{table.name}")


def create(session: Session, tables: Sequence[Table]) -> None:
    """Create the tables, and those beside the log."""
    for table in (*BESIDE, *tables):
        session.cursor.execute(table.create)


def create_indexes(session: Session, tables: Sequence[Table]) -> None:
    """Create the indexes of the tables; of many rows at once that is much quicker than row by row."""
    for table in tables:
        for statement in table.create_indexes:
            session.cursor.execute(statement)


def compared(session: Session, table: Table) -> Rebuilt:
    """How many rows of a table, and of the one that stood before and was set aside, are not in both."""
    rows = count(session, table)
    alike = " AND ".join(
        f"one.{name} {'=' if number < table.key else 'IS'} other.{name}" for number, name in enumerate(table.names)
    )
    before = f"before_{table.name}"
    differing = sum(
        session.cursor.execute(
            f"SELECT count(*) FROM {here} AS one WHERE NOT EXISTS (SELECT 1 FROM {there} AS other WHERE {alike})"
        ).fetchone()[0]
        for here, there in ((table.name, before), (before, table.name))
    )
    return Rebuilt(table=table.name, rows=rows, differing=differing)


def count(session: Session, table: Table) -> int:
    """How many rows a table has."""
    return session.cursor.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]


@contextmanager
def scratch(tables: Sequence[Table]) -> Generator[Session]:
    """The tables, empty, in a database of their own that is gone afterwards."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        session = Session(connection.cursor())
        create(session, tables)
        yield session


def differing(
    session: Session, other: Session, table: Table, left_out: Callable[[Row], bool] = lambda _: False
) -> Iterator[str]:
    """The keys of the rows of a table that are not alike in two databases, but for those that are ``left_out``."""
    key = _in_order(table.key)
    query = f"SELECT * FROM {table.name} ORDER BY {', '.join(table.names[: table.key])}"
    rows = merge(*(map(tuple, each.cursor.execute(query)) for each in (session, other)), key=key)
    for _, group in groupby(rows, key=key):
        one, *more = group
        if more != [one] and not left_out(one):
            yield " ".join(map(str, one[: table.key]))


def _in_order(columns: int) -> Callable[[tuple[object, ...]], tuple[tuple[int, Any], ...]]:
    """The key of a row, in SQLite's order of values: in a file that was altered a text can be of another type."""
    return lambda row: tuple((_RANKS.get(type(value), 0), value) for value in row[:columns])


_RANKS: dict[type, int] = {int: 1, float: 1, str: 2, bytes: 3}
