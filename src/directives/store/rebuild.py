"""Recreates the read models, for a store of an older format or to check them; their schema is given."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from heapq import merge
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import Field

from directives.domain.errors import StoreUnusable
from directives.domain.values import Model
from directives.i18n.message import Message
from directives.store.audit_log import AUDIT_TABLES
from directives.store.catalogue import FORMAT, Ill, aside, ill_tables
from directives.store.command_log import COMMANDS
from directives.store.event_store import EventStore
from directives.store.evidence_register import EVIDENCE
from directives.store.mending import mend
from directives.store.progress import Progress, no_progress
from directives.store.session import Session
from directives.store.sqlite.session import SqliteSession
from directives.store.table import STORED_EVENTS, Table

Row = tuple[Any, ...]
BESIDE = (COMMANDS, EVIDENCE, *AUDIT_TABLES)
"""The tables that do not follow from the events."""


FORMER = ("units_that_changed",)
"""Indexes of read models that earlier formats had, and this one has not."""


class Schema(NamedTuple):
    """The tables of the read models, and how events are taken into them, with a way to read a stream of the log."""

    tables: Sequence[Table]
    replay: Callable[..., Iterator[int]]

    def replayed(self, store: EventStore, session: Session) -> Iterator[int]:
        """Take all events of a store into its read models; tells how many are in."""
        return self.replay(store.all(session), session, partial(store.stream, session))

    @property
    def beside_the_log(self) -> tuple[Table, ...]:
        """All tables but for the log."""
        return (*BESIDE, *self.tables)


KEPT = {
    "states": "state rows",
    "units": "units",
    "unit_names": "names of units",
    "unit_counts": "counts of units",
    "unit_places": "places of units",
    "tasks": "tasks",
    "acts": "former states of tasks",
    "tallies": "totals",
    "work_counts": "totals of work",
    "days": "daily records",
    "documents": "documents",
}
"""What the tables of the read models hold, for people."""


class Rebuilt(Model):
    """A recreated table: its rows, and how many differed from the events before.

    Attributes:
        mended: whether it, or an index of it, was missing, defined differently or damaged.
        lost: whether it was missing and follows from no event: what it held is gone.
    """

    table: str
    rows: int
    differing: int
    mended: bool = Field(default=False, exclude_if=lambda mended: not mended)
    lost: bool = Field(default=False, exclude_if=lambda lost: not lost)

    @property
    def title(self) -> Message:
        """What the table holds, for people: ``names of units``; the name of the table where it has no words."""
        return Message(KEPT.get(self.table, self.table))


def bring_up_to_date(store: EventStore, schema: Schema) -> None:
    """Write the read models as this version has them, in one transaction, unless that was done.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    if not store.event_log.may_write:
        raise StoreUnusable(
            "store: the format is old and the store read-only: a user who may write upgrades it with "
            "any question; directives audit verify reads it as it is"
        )
    with store.writing() as session:
        catalogue = session.catalogue
        if catalogue.format == FORMAT:
            return
        added = [each for each in catalogue.unlike(schema.beside_the_log) if each.name not in FORMER]
        with catalogue.foreign_aside(added, {}):
            for table in schema.tables:  # no format had another read model: what else is there is of somebody else
                session.cursor.execute(f"DROP TABLE IF EXISTS {table.name}")
            for table in BESIDE:
                catalogue.bring_to_form(table)
            create(session, schema.tables)
            for _ in schema.replayed(store, session):
                pass
            create_indexes(session, schema.tables)
        catalogue.set_format(FORMAT)


def rebuild(store: EventStore, schema: Schema, progress: Progress = no_progress) -> list[Rebuilt]:
    """Write the read models anew, in one transaction, and compare them with those that stood.

    What of the other tables and indexes of ours is missing, different or damaged is put right; what others added to
    the file stays.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was. Or its file is damaged otherwise too.
    """
    tables = (STORED_EVENTS, *BESIDE, *schema.tables)
    with store.reading() as session:  # one that comes upon damage writes nothing any more
        damaged = session.catalogue.damaged_among(tables)
    with store.writing() as session, _damage_told(session):
        catalogue = session.catalogue
        found = catalogue.unlike(schema.beside_the_log)
        ill = ill_tables(tables, found, damaged)
        lost = {table.name for table in BESIDE if not catalogue.has(table)}
        with catalogue.foreign_aside(found, ill):
            mend(session, BESIDE, ill)
            made = _rebuilt(store, session, schema, ill, progress)
            rebuilt = [each.changed(lost=True) if each.table in lost else each for each in made]
    if any(each.damaged for each in ill.values()):
        store.event_log.vacuum()
    _require_whole(store)
    return rebuilt


def _require_whole(store: EventStore) -> None:
    with store.reading() as session:
        damage = session.catalogue.damage()
    if damage is not None:
        raise _beyond_rebuilding(damage)


@contextmanager
def _damage_told(session: Session) -> Generator[None]:
    try:
        yield
    except session.errors as error:
        if not session.is_damage(error):
            raise
        raise _beyond_rebuilding(str(error)) from error


def _beyond_rebuilding(said: str) -> StoreUnusable:
    return StoreUnusable(
        "store: the file is damaged ({said}), and a rebuild cannot repair it: restore it from a backup", said=said
    )


def _rebuilt(
    store: EventStore, session: Session, schema: Schema, ill: Mapping[str, Ill], progress: Progress
) -> list[Rebuilt]:
    """Make the read models anew."""
    for table in schema.tables:
        session.catalogue.drop_indexes(table, damaged=table.name in ill and ill[table.name].damaged)
        session.catalogue.set_aside(table)
    create(session, schema.tables)
    total = store.event_log.count(session)
    for done in schema.replayed(store, session):
        progress(done, total)
    create_indexes(session, schema.tables)
    rebuilt = [compared(session, table, ill.get(table.name)) for table in schema.tables]
    for table in schema.tables:
        session.catalogue.drop_aside(table, damaged=table.name in ill and ill[table.name].damaged)
    others = (table for table in (STORED_EVENTS, *BESIDE) if table.name in ill)
    return rebuilt + [
        Rebuilt(table=table.name, rows=count(session, table), differing=0, mended=True) for table in others
    ]


def create(session: Session, tables: Sequence[Table]) -> None:
    """Create the tables, and those beside the log."""
    for table in (*BESIDE, *tables):
        session.cursor.execute(session.dialect.create(table))


def create_indexes(session: Session, tables: Sequence[Table]) -> None:
    """Create the indexes of the tables; of many rows at once that is much quicker than row by row."""
    for table in tables:
        for statement in session.dialect.create_indexes(table):
            session.cursor.execute(statement)


def compared(session: Session, table: Table, ill: Ill | None = None) -> Rebuilt:
    """How many rows of a table, and of the one that stood before and was set aside, are not in both.

    Args:
        ill: what was wrong with the one that stood; a damaged one is not read.
    """
    rows, before = count(session, table), aside(table)
    if ill is not None and ill.damaged:
        return Rebuilt(table=table.name, rows=rows, differing=0, mended=True)
    alike = " AND ".join(
        f"one.{name} {'=' if number < table.key else 'IS NOT DISTINCT FROM'} other.{name}"
        for number, name in enumerate(table.names)
    )
    try:
        with session.savepoint():
            differing = sum(
                session.cursor.execute(
                    f"SELECT count(*) FROM {here} AS one "
                    f"WHERE NOT EXISTS (SELECT 1 FROM {there} AS other WHERE {alike})"
                ).fetchone()[0]
                for here, there in ((table.name, before), (before, table.name))
            )
    except session.errors:  # it had other columns
        if ill is None:
            raise
        differing = rows
    return Rebuilt(table=table.name, rows=rows, differing=differing, mended=ill is not None)


def count(session: Session, table: Table) -> int:
    """How many rows a table has."""
    return session.cursor.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]


@contextmanager
def scratch(tables: Sequence[Table]) -> Generator[Session]:
    """The tables, empty, in a database of their own that is gone afterwards."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        session = SqliteSession(connection.cursor())
        create(session, tables)
        yield session


def differing(
    session: Session, other: Session, table: Table, left_out: Callable[[Row], bool] = lambda _: False
) -> Iterator[str]:
    """The keys of the rows of a table that are not alike in two databases, but for those that are ``left_out``."""
    key = _in_order(table.key)
    query = f"SELECT * FROM {table.name} ORDER BY {', '.join(table.names[: table.key])}"
    rows = merge(*(each.streamed(query) for each in (session, other)), key=key)
    for _, group in groupby(rows, key=key):
        one, *more = group
        if more != [one] and not left_out(one):
            yield " ".join(map(str, one[: table.key]))


def _in_order(columns: int) -> Callable[[tuple[object, ...]], tuple[tuple[int, Any], ...]]:
    """The key of a row, in SQLite's order of values: in a file that was altered a text can be of another type."""
    return lambda row: tuple((_RANKS.get(type(value), 0), value) for value in row[:columns])


_RANKS: dict[type, int] = {int: 1, float: 1, str: 2, bytes: 3}
