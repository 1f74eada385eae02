"""Organisations as CSV files: ``code,parent,level,name_en,name_hi``; further columns are kept as attributes.

The Hindi name may be left empty, and so may its whole column.
"""

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from typing import IO, Any, Self

from pydantic import ValidationError

from directives.domain.errors import DirectivesError, InvalidOrganisation
from directives.domain.organisation.units import Unit
from directives.domain.validation import one_line, require_fit
from directives.domain.values import nfc
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


def read_organisation(path: str | PathLike[str] | None = None) -> ListedUnits:
    """The units of the CSV file at ``path``; without one, those of the bundled Jharkhand organisation.

    Raises:
        InvalidOrganisation: the file is missing, no UTF-8 text, lacks a column, or has a row that is no unit.
    """
    name, text = given_or_bundled(path, "jharkhand.csv", InvalidOrganisation)
    return ListedUnits.of(name, units_in(io.StringIO(text, newline=""), name))


def where_in(name: str, line: int) -> Message:
    """Where it is: a line of the file of that name."""
    return Message("{name} line {line}: ", name=name, line=line)


def units_in(file: IO[str], name: str) -> Iterator[tuple[int, Unit]]:
    """The units of a file of that name, each with its line, as they are read.

    Raises:
        InvalidOrganisation: it is no UTF-8 text, lacks a column, or has a row that is no unit.
    """
    reader = csv.DictReader(file, strict=True)
    try:
        columns = [nfc(column).strip() for column in reader.fieldnames or ()]
        missing = [column for column in COLUMNS if column not in (*columns, *OPTIONAL)]
        if missing:
            raise InvalidOrganisation(
                "{name}: column {missing} is missing: the first line must be {choices}",
                name=name,
                missing=missing[0],
                choices=",".join(COLUMNS),
            )
        twice = next((column for column, count in Counter(columns).items() if count > 1), None)
        if twice is not None:
            raise InvalidOrganisation(
                "{name}: column {twice} is there twice: name each column once", name=name, twice=twice or repr(twice)
            )
        require_fit({"column": columns}, InvalidOrganisation, where_in(name, 1))
        reader.fieldnames = columns
        for row in reader:
            yield reader.line_num, _unit(row, where_in(name, reader.line_num))
    except csv.Error as error:
        where = where_in(name, reader.reader.line_num)
        raise InvalidOrganisation("{where}is no CSV: correct it ({error})", where=where, error=error) from error
    except UnicodeDecodeError as error:
        raise InvalidOrganisation("file: {path} is no UTF-8 text: save it as UTF-8", path=name) from error


def _unit(row: dict[Any, Any], where: Message) -> Unit:
    if None in row or None in row.values():
        raise InvalidOrganisation("{where}has more or fewer fields than the first line: correct it", where=where)
    cells = {column: (value or "").strip() for column, value in row.items()}
    if cells.get(""):
        raise InvalidOrganisation(
            "{where}{value} stands in a column without a name: name it in the first line, or remove it",
            where=where,
            value=repr(cells[""]),
        )
    try:
        unit = Unit.model_validate(
            {
                "code": cells["code"],
                "parent": cells["parent"] or None,
                "level": cells["level"],
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
