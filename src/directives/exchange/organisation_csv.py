"""Organisations as CSV files: ``code,parent,level,name_en,name_hi``; further columns are kept as attributes.

The Hindi name may be left empty, and so may its whole column.
"""

import csv
import io
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from typing import IO, Self

from pydantic import ValidationError

from directives.domain.errors import DirectivesError, InvalidOrganisation
from directives.domain.organisation.names import level_code
from directives.domain.organisation.units import Level, Unit
from directives.domain.validation import one_line, require_fit
from directives.exchange.csv_rows import rows_in, where_in
from directives.exchange.files import given_or_bundled
from directives.i18n.message import Message

COLUMNS = ("code", "parent", "level", "name_en", "name_hi")
OPTIONAL = ("name_hi",)


class ListedUnits(tuple[Unit, ...]):
    """The units of a file, which knows its name and on which line each unit is."""

    name: str
    lines: dict[str, int]

    @classmethod
    def of(cls, name: str, numbered: Iterator[tuple[int, Unit]]) -> Self:
        """The units of ``numbered``, each with its line."""
        pairs = [*numbered]
        listed = cls(unit for _, unit in pairs)
        listed.name, listed.lines = name, {unit.code: line for line, unit in pairs}
        return listed

    @contextmanager
    def told_by_line(self) -> Generator[None]:
        """Let an error about the tree, or about one of the units, name the file and the line."""
        try:
            yield
        except DirectivesError as error:
            raise given_by_line(error, self.name, self.lines.get(error.about or "")) from error


def given_by_line(error: DirectivesError, name: str, line: int | None) -> DirectivesError:
    """The error about the file of that name, with the line where one is to blame; one of another kind as it is."""
    if line is None and not isinstance(error, InvalidOrganisation):
        return error
    where = where_in(name, line) if line else Message("{name}: ", name=name)
    message = Message("{where}{said}", where=where, said=error.message)
    return error.of_line(line, message) if line else error.retold(message)


def read_organisation(path: str | PathLike[str] | None = None, levels: Sequence[Level] = ()) -> ListedUnits:
    """The units of the CSV file at ``path``; without one, those of the bundled Jharkhand organisation.

    Args:
        levels: those that the file may name by what they are called, besides their codes.

    Raises:
        InvalidOrganisation: the file is missing, no UTF-8 text, lacks a column, or has a row that is no unit.
    """
    name, text = given_or_bundled(path, "jharkhand.csv", InvalidOrganisation)
    return ListedUnits.of(name, units_in(io.StringIO(text, newline=""), name, levels))


def units_in(file: IO[str], name: str, levels: Sequence[Level] = ()) -> Iterator[tuple[int, Unit]]:
    """The units of a file of that name, each with its line, as they are read.

    Args:
        levels: those that the file may name by what they are called.

    Raises:
        InvalidOrganisation: it is no UTF-8 text, lacks a column, or has a row that is no unit.
    """
    for line, cells in rows_in(file, name, COLUMNS, OPTIONAL):
        yield line, _unit(cells, where_in(name, line), levels)


def _unit(cells: Mapping[str, str], where: Message, levels: Sequence[Level]) -> Unit:
    try:
        unit = Unit.model_validate(
            {
                "code": cells["code"],
                "parent": cells["parent"] or None,
                "level": level_code(cells["level"], levels),
                "name": {"en": cells["name_en"], "hi": cells.get("name_hi") or None},
                "attributes": {column: value for column, value in cells.items() if value and column not in COLUMNS},
            }
        )
    except ValidationError as error:
        raise one_line(error, InvalidOrganisation, where) from error
    require_fit(unit, InvalidOrganisation, where)
    return unit


def write_organisation(units: Iterable[Unit], file: IO[str], attributes: Sequence[str] = ()) -> int:
    """Write ``units`` as an organisation file has them, with those ``attributes`` as columns; returns how many."""
    writer, written = csv.writer(file, lineterminator="\n"), 0
    writer.writerow((*COLUMNS, *attributes))
    for written, unit in enumerate(units, start=1):  # noqa: B007 # the last is the number of all
        noted = (unit.attributes.get(name, "") for name in attributes)
        writer.writerow((unit.code, unit.parent or "", unit.level, unit.name.en, unit.name.hi or "", *noted))
    return written
