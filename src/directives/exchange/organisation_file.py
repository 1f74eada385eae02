"""An organisation file of any length: checked as a whole, and given in parts, in memory that does not grow with it."""

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any, Self

from directives.domain.errors import DirectivesError, InvalidOrganisation
from directives.domain.organisation.tree import cycle, unknown_level, unknown_parent, wrong_level
from directives.domain.organisation.units import Level, Unit, levels_for
from directives.domain.values import Text
from directives.exchange.files import path_of, reading
from directives.exchange.organisation_csv import given_by_line, units_in
from directives.i18n.message import Message

PART = 2000
"""Units that are given together, and registered in one transaction."""
_TABLE = """CREATE TABLE units (line INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, parent TEXT, level TEXT NOT NULL,
    name_en TEXT NOT NULL, name_hi TEXT NOT NULL, attributes TEXT NOT NULL)"""


class OrganisationFile:
    """The units of the CSV file at ``path``, in a scratch database that is gone with it.

    Raises:
        InvalidOrganisation: the file is missing, no UTF-8 text, lacks a column, or has a row that is no unit or is
            there twice.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path: Path = path_of(path, InvalidOrganisation)
        self.name = str(path)
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute(_TABLE)
        self._scratch.execute("BEGIN")
        with reading(self._path, InvalidOrganisation), self._path.open(encoding="utf-8-sig", newline="") as file:
            found = units_in(file, self.name)
            while part := [*islice(found, PART)]:
                self._take_in(part)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    def __len__(self) -> int:
        return self._one("SELECT count(*) FROM units")[0]

    def _one(self, query: str, *values: Any) -> tuple[Any, ...]:
        return self._scratch.execute(query, values).fetchone() or ()

    def _take_in(self, part: list[tuple[int, Unit]]) -> None:
        rows = [
            (line, unit.code, unit.parent, unit.level, unit.name.en, unit.name.hi, _written(unit.attributes))
            for line, unit in part
        ]
        try:
            self._scratch.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as error:
            last = self._one("SELECT max(line) FROM units")[0]  # those before the first that is there twice are in
            line, code = next((row[0], row[1]) for row in rows if last is None or row[0] > last)
            twice = InvalidOrganisation("code: {code} is there twice: give each unit a code of its own", code=code)
            raise given_by_line(twice, self.name, line) from error

    @property
    def levels(self) -> tuple[Level, ...]:
        """The usual levels, with a nation above where there is one."""
        return levels_for(self._unit(row) for row in self._scratch.execute("SELECT * FROM units ORDER BY line LIMIT 1"))

    def check(self) -> None:
        """The units must be one tree of the usual levels.

        Raises:
            InvalidOrganisation: an unknown level, an orphan, a cycle, a level that is not below the parent's, or not
                exactly one top unit.
        """
        with self.told_by_line():
            self._check([level.code for level in self.levels])

    def _check(self, ranks: list[str]) -> None:
        known = json.dumps(ranks)
        self._require_levels(ranks)
        for row in self._scratch.execute(
            """SELECT * FROM units WHERE parent IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM units AS above WHERE above.code = units.parent) ORDER BY line LIMIT 1"""
        ):
            raise InvalidOrganisation(unknown_parent(self._unit(row)))
        for row in self._scratch.execute(
            """SELECT units.* FROM units JOIN units AS above ON above.code = units.parent
            JOIN json_each(?) AS own ON own.value = units.level JOIN json_each(?) AS upper ON upper.value = above.level
            WHERE upper.key >= own.key ORDER BY units.line LIMIT 1""",
            (known, known),
        ):
            unit = self._unit(row)
            raise InvalidOrganisation(self._ring(unit) or wrong_level(unit, self._of(unit.parent)))
        tops = [code for (code,) in self._scratch.execute("SELECT code FROM units WHERE parent IS NULL LIMIT 3")]
        if len(tops) != 1:
            raise InvalidOrganisation(
                "parent: {tops} have none: exactly one top unit is needed",
                tops=", ".join(tops),
                code="".join(tops[1:2]),
            )

    def _require_levels(self, codes: list[str]) -> None:
        for row in self._scratch.execute(
            "SELECT * FROM units WHERE level NOT IN (SELECT value FROM json_each(?)) ORDER BY line LIMIT 1",
            (json.dumps(codes),),
        ):
            raise InvalidOrganisation(unknown_level(self._unit(row), codes))

    def _ring(self, unit: Unit) -> Message | None:
        """That the unit reports to itself, or to one under it; None where it does not."""
        above = {unit.code: unit}
        while unit.parent is not None and unit.parent not in above:
            unit = self._of(unit.parent)
            above[unit.code] = unit
        return None if unit.parent is None else cycle(above, unit.code)

    def _of(self, code: str | None) -> Unit:
        return self._unit(self._one("SELECT * FROM units WHERE code = ?", code))

    def _unit(self, row: tuple[Any, ...]) -> Unit:
        _, code, parent, level, name_en, name_hi, attributes = row
        name = Text.of_valid({"en": name_en, "hi": name_hi})
        noted: dict[str, str] = json.loads(attributes) if attributes else {}
        return Unit.of_valid({"code": code, "parent": parent, "level": level, "name": name, "attributes": noted})

    def all(self) -> tuple[Unit, ...]:
        """The units, as the file lists them."""
        return tuple(map(self._unit, self._scratch.execute("SELECT * FROM units ORDER BY line")))

    def parts(self, levels: tuple[Level, ...]) -> Iterator[tuple[Unit, ...]]:
        """The units in parts, those of a level after those of the level above it.

        Raises:
            InvalidOrganisation: one is of another level.
        """
        codes = [level.code for level in levels]
        self._require_levels(codes)
        rows = self._scratch.execute(
            "SELECT units.* FROM units JOIN json_each(?) ON value = level ORDER BY key, line", (json.dumps(codes),)
        )
        yield tuple(self._unit(row) for row in islice(rows, 1))
        while part := tuple(self._unit(row) for row in islice(rows, PART)):
            yield part

    @contextmanager
    def told_by_line(self) -> Generator[None]:
        """Let an error about the tree, or about one of the units, name the file and the line."""
        try:
            yield
        except DirectivesError as error:
            found = self._one("SELECT line FROM units WHERE code = ?", str(error.message.values.get("code")))
            raise given_by_line(error, self.name, found[0] if found else None) from error


def _written(attributes: dict[str, str]) -> str:
    return json.dumps(attributes) if attributes else ""
