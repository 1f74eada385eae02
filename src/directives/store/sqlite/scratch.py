"""Units in a scratch database that is gone with the process: a list of any length, in memory that does not grow."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from directives.domain.organisation.units import Unit
from directives.domain.values import Text
from directives.store.dialect import as_list
from directives.store.sqlite.dialect import SQLITE

_TABLE = """CREATE TABLE units (line INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, parent TEXT, level TEXT NOT NULL,
    name_en TEXT NOT NULL, name_hi TEXT, attributes TEXT NOT NULL)"""
_FIRST = "ORDER BY units.line LIMIT 1"


class UnitTwice(Exception):
    """A unit is there twice: its code, and the line of the second."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code, line)
        self.code, self.line = code, line


class ScratchUnits:
    """Units with the lines of a file on which they are."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute(_TABLE)
        self._connection.execute("BEGIN")

    def close(self) -> None:
        """Let them go."""
        self._connection.close()

    def __len__(self) -> int:
        return self._one("SELECT count(*) FROM units")[0]

    def _one(self, query: str, *values: Any) -> tuple[Any, ...]:
        return self._connection.execute(query, values).fetchone() or ()

    def _first(self, query: str, *values: Any) -> Unit | None:
        row = self._one(f"{query} {_FIRST}", *values)
        return _unit(row) if row else None

    def add(self, numbered: Sequence[tuple[int, Unit]]) -> None:
        """Take units in, each with its line.

        Raises:
            UnitTwice: one of that code is in already.
        """
        rows = [
            (line, unit.code, unit.parent, unit.level, unit.name.en, unit.name.hi, _written(unit.attributes))
            for line, unit in numbered
        ]
        try:
            self._connection.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as error:
            last = self._one("SELECT max(line) FROM units")[0]  # those before the first that is there twice are in
            line, code = next((row[0], row[1]) for row in rows if last is None or row[0] > last)
            raise UnitTwice(code, line) from error

    def line_of(self, code: str | None) -> int | None:
        """The line of the unit of that code; None where there is none."""
        row = self._one("SELECT line FROM units WHERE code = ?", code)
        return row[0] if row else None

    def of(self, code: str | None) -> Unit:
        """The unit of that code, which is there."""
        return _unit(self._one("SELECT * FROM units WHERE code = ?", code))

    def first(self) -> Unit | None:
        """The first one."""
        return self._first("SELECT * FROM units")

    def first_of_other_levels(self, levels: Sequence[str]) -> Unit | None:
        """The first one that is of none of ``levels``."""
        return self._first(
            f"SELECT * FROM units WHERE level NOT IN (SELECT value FROM {SQLITE.listed()})", as_list(levels)
        )

    def first_orphan(self) -> Unit | None:
        """The first one whose parent is not there."""
        return self._first(
            """SELECT * FROM units WHERE parent IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM units AS above WHERE above.code = units.parent)"""
        )

    def first_not_below(self, levels: Sequence[str]) -> Unit | None:
        """The first one whose level is not below that of its parent, by the order of ``levels``."""
        return self._first(
            """SELECT units.* FROM units JOIN units AS above ON above.code = units.parent
            JOIN json_each(?) AS own ON own.value = units.level JOIN json_each(?) AS upper ON upper.value = above.level
            WHERE upper.key >= own.key""",
            as_list(levels),
            as_list(levels),
        )

    def tops(self) -> list[str]:
        """The codes of the first three that have no parent."""
        return [code for (code,) in self._connection.execute("SELECT code FROM units WHERE parent IS NULL LIMIT 3")]

    def all(self) -> Iterator[Unit]:
        """All, in the order of their lines."""
        return map(_unit, self._connection.execute("SELECT * FROM units ORDER BY line"))

    def by_level(self, levels: Sequence[str], together: int) -> Iterator[tuple[Unit, ...]]:
        """All in parts, those of a level after those of the level above it; the first one by itself."""
        rows = self._connection.execute(
            f"SELECT units.* FROM units JOIN {SQLITE.listed()} ON listed.value = level ORDER BY listed.key, line",
            (as_list(levels),),
        )
        yield tuple(map(_unit, islice(rows, 1)))
        while part := tuple(map(_unit, islice(rows, together))):
            yield part


def _unit(row: tuple[Any, ...]) -> Unit:
    _, code, parent, level, name_en, name_hi, attributes = row
    name = Text.of_valid({"en": name_en, "hi": name_hi})
    noted: dict[str, str] = json.loads(attributes) if attributes else {}
    return Unit.of_valid({"code": code, "parent": parent, "level": level, "name": name, "attributes": noted})


def _written(attributes: dict[str, str]) -> str:
    return json.dumps(attributes) if attributes else ""
