"""What SQLite knows of the tables of a store, and how they are put right.

What others added is told, and never removed: it stands aside while the tables are made anew, and comes back.
"""

import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager

from directives.i18n.message import Message
from directives.store.catalogue import FORMAT, Catalogue, Health, Ill, Unlike, aside, differences, unfit
from directives.store.session import Cursor
from directives.store.sqlite.database_file import APPLICATION_ID
from directives.store.sqlite.dialect import SQLITE
from directives.store.table import STORED_EVENTS, Table

_MADE = """SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY type != 'table', type, name"""
"""What is in the schema, but for the tables in which ANALYZE keeps its statistics."""


def statements(tables: Sequence[Table]) -> list[str]:
    """The statements that create the log, and ``tables`` beside it with their indexes."""
    creating = [SQLITE.create(table) for table in (STORED_EVENTS, *tables)]
    return creating + [statement for table in tables for statement in SQLITE.create_indexes(table)]


class SqliteCatalogue(Catalogue):
    """The schema of a store in a file, or in memory."""

    _past_indexes = " NOT INDEXED"

    @property
    def format(self) -> int:
        """In SQLite's ``user_version``."""
        return self._session.cursor.execute("PRAGMA user_version").fetchone()[0]

    def set_format(self, version: int) -> None:
        """Note it there."""
        self._session.cursor.execute(f"PRAGMA user_version = {version}")

    @property
    def is_marked(self) -> bool:
        """Whether the file has the marks of a store of this format."""
        marks = [
            self._session.cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        return marks == [APPLICATION_ID, FORMAT]

    def has(self, table: Table) -> bool:
        """Whether there is such a table."""
        return self._form_of(table) is not None

    def _form_of(self, table: Table) -> str | None:
        """The statement that created a table; None where there is none."""
        row = self._session.cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table.name,)
        ).fetchone()
        return None if row is None else row["sql"]

    def health(self) -> Health:
        """Whether the file is whole."""
        damage = self.damage()
        if damage is None:
            return Health("file", "ok", Message("whole"))
        way_out = Message("run directives rebuild; it recreates indexes and read tables, and reports other damage")
        return Health("file", "wrong", Message("damaged: {said}", said=damage), way_out)

    def damage(self) -> str | None:
        """What is wrong with the file, by SQLite's own check; None where it is whole."""
        try:
            result = self._session.cursor.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            return str(error)
        return None if result == "ok" else result

    def damaged_among(self, tables: Sequence[Table]) -> set[str]:
        """The tables in which, or in whose indexes, the database finds a fault, by their names."""
        return {table.name for table in tables if self.has(table) and self._is_damaged(table.name)}

    def _is_damaged(self, table: str) -> bool:
        try:
            rows = self._session.another_cursor().execute(f"PRAGMA integrity_check({table})").fetchall()
        except sqlite3.DatabaseError:
            return True
        return rows != [("ok",)]

    def unlike(self, tables: Sequence[Table]) -> list[Unlike]:
        """What of the schema is not as it is made: tables, indexes, triggers and views."""
        with closing(sqlite3.connect(":memory:")) as connection:
            for statement in statements(tables):
                connection.execute(statement)
            wanted = _made(connection.cursor())
        stands = _made(self._session.another_cursor())
        return differences(wanted, stands)

    @contextmanager
    def foreign_aside(self, found: Sequence[Unlike], ill: Mapping[str, Ill]) -> Generator[None]:
        """Let triggers, views and indexes of somebody else be gone for a while: none is in the way, and none is lost.

        Raises:
            StoreUnusable: one of them does not fit the tables as they should be.
        """
        foreign = {(each.kind, each.name) for each in found if not each.ours}
        rows = self._session.another_cursor().execute(
            """SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE type != 'table' AND sql IS NOT NULL ORDER BY rowid"""
        )
        beside = [row for row in rows if row[:2] in foreign]
        for kind, name, table, _ in sorted(beside, key=lambda row: row[0] != "trigger"):  # those of a view go with it
            if kind == "index" and table in ill and ill[table].damaged:
                self._strike("type = 'index' AND name = ?", name)
            else:
                self._session.cursor.execute(f"DROP {kind} {_quoted(name)}")
        yield
        for kind, name, _, statement in beside:
            try:
                self._session.cursor.execute(statement)
            except sqlite3.DatabaseError as error:
                raise unfit(kind, name, str(error)) from error

    def bring_to_form(self, table: Table) -> None:
        """Give a table that stands the form that a new one has, row by row as it was."""
        stands = self._form_of(table)
        if stands is not None and stands != SQLITE.create(table).replace(" IF NOT EXISTS", ""):
            self.copied_anew(table)

    def _columns_of(self, table: Table) -> set[str]:
        return {row["name"] for row in self._session.cursor.execute(f"PRAGMA table_info({table.name})")}

    def set_aside(self, table: Table) -> None:
        """Rename a table, to compare it with the one that replaces it."""
        self._session.cursor.execute(SQLITE.create(table))  # one that is missing is empty
        self._session.cursor.execute("PRAGMA legacy_alter_table = ON")  # what others added goes on to mean the old name
        self._session.cursor.execute(f"ALTER TABLE {table.name} RENAME TO {aside(table)}")
        self._session.cursor.execute("PRAGMA legacy_alter_table = OFF")
        self._session.cursor.execute(SQLITE.create(table))

    def drop_aside(self, table: Table, *, damaged: bool = False) -> None:
        """Drop a table that was set aside.

        Of a damaged one nobody knows which pages are its own: it is struck from the schema, and the file written anew
        (`Recorder.vacuum`) frees its pages.
        """
        if damaged:
            self._strike("tbl_name = ?", aside(table))
        else:
            self._session.cursor.execute(f"DROP TABLE {aside(table)}")

    def drop_indexes(self, table: Table, *, damaged: bool) -> None:
        """Drop the indexes of a read model before it is recreated."""
        if damaged:
            self._strike("type = 'index' AND sql IS NOT NULL AND tbl_name = ?", table.name)
        for index in table.indexes:
            self._session.cursor.execute(f"DROP INDEX IF EXISTS {index.name}")

    def _strike(self, which: str, value: str) -> None:
        self._session.cursor.execute("PRAGMA writable_schema = ON")
        self._session.cursor.execute(f"DELETE FROM sqlite_master WHERE {which}", (value,))
        self._session.cursor.execute("PRAGMA writable_schema = RESET")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _made(cursor: Cursor | sqlite3.Cursor) -> dict[tuple[str, str], tuple[str, str | None]]:
    """What is in a schema, by kind and name: the table on which it is, and the statement that made it."""
    return {(kind, name): (table, sql) for kind, name, table, sql in cursor.execute(_MADE)}
