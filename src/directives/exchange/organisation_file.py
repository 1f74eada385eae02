"""An organisation file of any length: checked as a whole, and given in parts, in memory that does not grow with it."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Self

from directives.domain.errors import DirectivesError, InvalidOrganisation
from directives.domain.organisation.tree import cycle, unknown_level, unknown_parent, wrong_level
from directives.domain.organisation.units import LEVELS, NATION, Level, Unit, levels_for
from directives.exchange.files import path_of, reading
from directives.exchange.organisation_csv import given_by_line, units_in
from directives.store.sqlite.scratch import ScratchUnits, UnitTwice

PART = 2000
"""Units that are given together, and registered in one transaction."""


class OrganisationFile:
    """The units of the CSV file at ``path``, in a scratch database that is gone with it.

    Args:
        levels: those of the organisation, from the top; the file may name them by what they are called too. Above
            them is a nation, where the file begins with one.

    Raises:
        InvalidOrganisation: the file is missing, no UTF-8 text, lacks a column, or has a row that is no unit or is
            there twice.
    """

    def __init__(self, path: str | PathLike[str], levels: Sequence[Level] = LEVELS) -> None:
        self._path: Path = path_of(path, InvalidOrganisation)
        self.name = str(path)
        self._levels = tuple(levels)
        self._units = ScratchUnits()
        with reading(self._path, InvalidOrganisation), self._path.open(encoding="utf-8-sig", newline="") as file:
            numbered = units_in(file, self.name, (NATION, *levels))
            while part := [*islice(numbered, PART)]:
                self._take_in(part)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._units.close()

    def __len__(self) -> int:
        return len(self._units)

    def _take_in(self, part: Sequence[tuple[int, Unit]]) -> None:
        try:
            self._units.add(part)
        except UnitTwice as error:
            twice = InvalidOrganisation(
                "code: {code} is a duplicate: give each unit its own code", code=error.code, about_unit=error.code
            )
            raise given_by_line(twice, self.name, error.line) from error

    @property
    def levels(self) -> tuple[Level, ...]:
        """Those of the organisation, with a nation above where there is one."""
        first = self._units.first()
        return levels_for(() if first is None else (first,), self._levels)

    def check(self) -> None:
        """The units must be one tree of these levels.

        Raises:
            InvalidOrganisation: an unknown level, an orphan, a cycle, a level that is not below the parent's, or not
                exactly one top unit.
        """
        with self.told_by_line():
            self._check([level.code for level in self.levels])

    def _check(self, levels: Sequence[str]) -> None:
        self._require_levels(levels)
        orphan = self._units.first_orphan()
        if orphan is not None:
            raise unknown_parent(orphan)
        unit = self._units.first_not_below(levels)
        if unit is not None:
            raise self._ring(unit) or wrong_level(unit, self._units.of(unit.parent))
        tops = self._units.tops()
        if len(tops) != 1:
            raise InvalidOrganisation(
                "parent: {tops} have none: exactly one top unit is needed",
                tops=", ".join(tops),
                about_unit="".join(tops[1:2]),
            )

    def _require_levels(self, levels: Sequence[str]) -> None:
        unit = self._units.first_of_other_levels(levels)
        if unit is not None:
            raise unknown_level(unit, levels)

    def _ring(self, unit: Unit) -> InvalidOrganisation | None:
        """That the unit reports to itself, or to one under it; None where it does not."""
        above = {unit.code: unit}
        while unit.parent is not None and unit.parent not in above:
            unit = self._units.of(unit.parent)
            above[unit.code] = unit
        return None if unit.parent is None else cycle(above, unit.code)

    def all(self) -> tuple[Unit, ...]:
        """The units, as the file lists them."""
        return tuple(self._units.all())

    def parts(self, levels: tuple[Level, ...]) -> Iterator[tuple[Unit, ...]]:
        """The units in parts, those of a level after those of the level above it.

        Raises:
            InvalidOrganisation: one is of another level.
        """
        codes = [level.code for level in levels]
        self._require_levels(codes)
        return self._units.by_level(codes, PART)

    @contextmanager
    def told_by_line(self) -> Generator[None]:
        """Let an error about the tree, or about one of the units, name the file and the line."""
        try:
            yield
        except DirectivesError as error:
            raise given_by_line(error, self.name, self._units.line_of(error.about)) from error
