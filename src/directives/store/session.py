"""One transaction on the store."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress


class Session:
    """One transaction: what store and projections read and write through.

    Attributes:
        cursor: that of the database; used in ``store`` and ``projections`` only.
    """

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.cursor = cursor
        self._after_commit: list[Callable[[], object]] = []

    def another_cursor(self) -> sqlite3.Cursor:
        """A cursor of its own on the same transaction, for rows as plain tuples that are read bit by bit."""
        cursor = self.cursor.connection.cursor()
        cursor.row_factory = None
        return cursor

    @contextmanager
    def temporary_tables(self) -> Generator[None]:
        """Lets temporary tables be made, also where nothing else may be written; they are gone at the end.

        They are dropped, and not rolled back: in memory that would stop what other threads read.
        """
        only_read = self.cursor.execute("PRAGMA query_only").fetchone()[0]
        self.cursor.execute("PRAGMA query_only = 0")
        try:
            yield
        finally:
            made = self.cursor.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'").fetchall()
            for row in made:
                self.cursor.execute(f"DROP TABLE temp.{row['name']}")
            self.cursor.execute(f"PRAGMA query_only = {only_read}")

    def after_commit(self, deed: Callable[[], object]) -> None:
        """Have ``deed`` done once the transaction is committed; one that is rolled back does nothing of it."""
        self._after_commit.append(deed)

    def committed(self) -> None:
        """Do what was to be done after the commit."""
        for deed in self._after_commit:
            deed()

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """A part of the transaction that an error takes back, and nothing else with it."""
        self.cursor.execute("SAVEPOINT part")
        waiting = len(self._after_commit)
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # of some errors the database rolls all back by itself
                self.cursor.execute("ROLLBACK TO part")
                self.cursor.execute("RELEASE part")
            del self._after_commit[waiting:]
            raise
        self.cursor.execute("RELEASE part")
