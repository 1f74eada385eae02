"""What of a store's schema is ours, put right: tables and indexes that are missing, different or damaged.

What others added is told, and never removed: it stands aside while the tables are made anew, and comes back.
"""

import sqlite3
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from directives.domain.errors import StoreUnusable
from directives.store.command_log import COMMANDS
from directives.store.database_file import form_of
from directives.store.dialect import text_in
from directives.store.recorder import LOG, STORED_EVENTS
from directives.store.session import Session
from directives.store.soundness import Unlike
from directives.store.table import Table


class Ill(NamedTuple):
    """What is wrong with the form of a table and of its indexes.

    Attributes:
        lost: it is missing, or defined differently.
        damaged: the database says that it, or an index of it, is damaged.
    """

    lost: bool
    damaged: bool


def ill_tables(tables: Sequence[Table], found: Sequence[Unlike], damaged: Collection[str]) -> dict[str, Ill]:
    """The tables of ours that are not well, by their names, with what is wrong with each.

    Args:
        found: what of the schema is not as it should be.
        damaged: the tables in which the database finds a fault.

    Raises:
        StoreUnusable: a thing of somebody else has the name of a table.
    """
    ours = {table.name for table in tables}
    for each in found:
        if each.how == "added" and each.kind != "table" and each.name in ours:
            raise StoreUnusable(
                "store: the {kind} {name} has the name of a table of the store: give it another name",
                kind=each.kind,
                name=each.name,
            )
    lost = {each.name for each in found if each.ours and each.kind == "table"}
    names = {each.table for each in found if each.ours} | set(damaged)
    return {name: Ill(name in lost, name in damaged) for name in sorted(names)}


def damaged_among(session: Session, tables: Sequence[Table]) -> set[str]:
    """The tables in which, or in whose indexes, the database finds a fault, by their names."""
    return {table.name for table in tables if form_of(session, table.name) and _is_damaged(session, table.name)}


def _is_damaged(session: Session, table: str) -> bool:
    try:
        rows = session.another_cursor().execute(f"PRAGMA integrity_check({table})").fetchall()
    except sqlite3.DatabaseError:
        return True
    return rows != [("ok",)]


@contextmanager
def foreign_aside(session: Session, found: Sequence[Unlike], ill: Mapping[str, Ill]) -> Generator[None]:
    """Let triggers, views and indexes of somebody else be gone for a while: none stands in the way, and none is lost.

    Raises:
        StoreUnusable: one of them does not fit the tables as they should be.
    """
    foreign = {(each.kind, each.name) for each in found if not each.ours}
    rows = session.another_cursor().execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL ORDER BY rowid"
    )
    beside = [row for row in rows if row[:2] in foreign]
    for kind, name, table, _ in sorted(beside, key=lambda row: row[0] != "trigger"):  # those of a view go with it
        if kind == "index" and table in ill and ill[table].damaged:
            _strike(session, "type = 'index' AND name = ?", name)
        else:
            session.cursor.execute(f"DROP {kind} {_quoted(name)}")
    yield
    for kind, name, _, statement in beside:
        try:
            session.cursor.execute(statement)
        except sqlite3.DatabaseError as error:
            raise StoreUnusable(
                "store: the {kind} {name}, which was added, does not fit the store ({said}): remove it",
                kind=kind,
                name=name,
                said=str(error),
            ) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def mend(session: Session, tables: Sequence[Table], ill: Mapping[str, Ill]) -> None:
    """Put the log, and ``tables`` that do not follow from it, right; what they hold is kept.

    Raises:
        StoreUnusable: the log is missing, or a table has not the columns that it should have.
    """
    if STORED_EVENTS.name in ill and form_of(session, STORED_EVENTS.name) is None:
        raise StoreUnusable(
            "store: the table of events is missing: restore it from a backup; if nothing was set up "
            "yet, run directives init"
        )
    if STORED_EVENTS.name in ill:
        copied_anew(session, STORED_EVENTS, LOG, damaged=ill[STORED_EVENTS.name].damaged)
    for table in tables:
        if table.name not in ill:
            continue
        if form_of(session, table.name) is not None:
            copied_anew(session, table, table.create, damaged=ill[table.name].damaged)
            continue
        session.cursor.execute(table.create)
        if table is COMMANDS:
            _commands_of_events(session)


def copied_anew(session: Session, table: Table, create: str, *, damaged: bool = False) -> None:
    """Make a table anew with the rows that it has.

    Raises:
        StoreUnusable: it has not the columns that it should have.
    """
    has = {row["name"] for row in session.cursor.execute(f"PRAGMA table_info({table.name})")}
    for name, column in zip(table.names, table.columns, strict=True):
        if name not in has and column.endswith("NOT NULL"):
            raise StoreUnusable(
                "store: the table {table} has no column {column}: restore it from a backup",
                table=table.name,
                column=name,
            )
    set_aside(session, table, create)
    names = ", ".join(name for name in table.names if name in has)
    by_table = " NOT INDEXED" if damaged else ""
    session.cursor.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {aside(table)}{by_table}")
    drop_aside(session, table, damaged=damaged)


def _commands_of_events(session: Session) -> None:
    """Note the commands that events name, with a digest of none: another of that id is refused, not carried out."""
    session.cursor.execute(
        f"""INSERT INTO commands (command_id, digest, first, last) SELECT {text_in("state", "command_id")} AS id, '',
        min(position), max(position) FROM stored_events WHERE id IS NOT NULL GROUP BY id"""
    )


def aside(table: Table) -> str:
    """The name of a table while it is set aside."""
    return f"directives_before_{table.name}"


def set_aside(session: Session, table: Table, create: str | None = None) -> None:
    """Rename a table, to compare it with the one that replaces it."""
    session.cursor.execute(table.create)  # one that is missing is empty
    session.cursor.execute("PRAGMA legacy_alter_table = ON")  # what others added goes on to mean the old name
    session.cursor.execute(f"ALTER TABLE {table.name} RENAME TO {aside(table)}")
    session.cursor.execute("PRAGMA legacy_alter_table = OFF")
    session.cursor.execute(create or table.create)


def drop_aside(session: Session, table: Table, *, damaged: bool = False) -> None:
    """Drop a table that was set aside.

    Of a damaged one nobody knows which pages are its own: it is struck from the schema, and the file written anew
    (`Recorder.vacuum`) frees its pages.
    """
    if damaged:
        _strike(session, "tbl_name = ?", aside(table))
    else:
        session.cursor.execute(f"DROP TABLE {aside(table)}")


def drop_indexes(session: Session, table: Table, *, damaged: bool) -> None:
    """Drop the indexes of a read model before it is recreated."""
    if damaged:
        _strike(session, "type = 'index' AND sql IS NOT NULL AND tbl_name = ?", table.name)
    for index in table.indexes:
        session.cursor.execute(f"DROP INDEX IF EXISTS {index.name}")


def _strike(session: Session, which: str, value: str) -> None:
    session.cursor.execute("PRAGMA writable_schema = ON")
    session.cursor.execute(f"DELETE FROM sqlite_master WHERE {which}", (value,))
    session.cursor.execute("PRAGMA writable_schema = RESET")
