"""Organisations as CSV files: ``code,parent,level,name_en,name_hi``; further columns are kept as attributes."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from os import PathLike
from typing import Any

from pydantic import ValidationError

from directives.exchange.files import given_or_bundled
from directives.model.complaint import one_line
from directives.model.errors import InvalidOrganisation
from directives.model.message import Message
from directives.model.units import Unit

COLUMNS = ("code", "parent", "level", "name_en", "name_hi")


def read_organisation(path: str | PathLike[str] | None = None) -> tuple[Unit, ...]:
    """The units of the CSV file at ``path``; without one, those of the bundled Jharkhand organisation.

    Raises:
        InvalidOrganisation: the file is missing, no UTF-8 text, lacks a column, or has a row that is no unit.
    """
    name, text = given_or_bundled(path, "jharkhand.csv", InvalidOrganisation)
    return tuple(_units(text, name))


def _units(text: str, name: str) -> Iterator[Unit]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise InvalidOrganisation(
                "{name}: column {missing} is missing: the first line must be {choices}",
                name=name,
                missing=missing[0],
                choices=",".join(COLUMNS),
            )
        columns: list[str] = [*(reader.fieldnames or ())]
        twice = next((column for column, count in Counter(columns).items() if count > 1), None)
        if twice is not None:
            raise InvalidOrganisation(
                "{name}: column {twice} is there twice: name each column once", name=name, twice=twice
            )
        for row in reader:
            yield _unit(row, Message("{name} line {line}: ", name=name, line=reader.line_num))
    except csv.Error as error:
        raise InvalidOrganisation(
            "{name} line {line}: is no CSV: {error}", name=name, line=reader.line_num, error=error
        ) from error


def _unit(row: dict[Any, Any], where: Message) -> Unit:
    if None in row or None in row.values():
        raise InvalidOrganisation("{where}has more or fewer fields than the first line: correct it", where=where)
    given = {column: (value or "").strip() for column, value in row.items()}
    try:
        return Unit.model_validate(
            {
                "code": given["code"],
                "parent": given["parent"] or None,
                "level": given["level"],
                "name": {"en": given["name_en"], "hi": given["name_hi"]},
                "attributes": {column: value for column, value in given.items() if value and column not in COLUMNS},
            }
        )
    except ValidationError as error:
        raise one_line(error, InvalidOrganisation, where) from error
