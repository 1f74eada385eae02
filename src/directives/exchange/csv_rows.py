"""The rows of a CSV file whose first line names its columns."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO

from directives.domain.errors import InvalidOrganisation
from directives.domain.validation import require_fit
from directives.domain.values import nfc
from directives.i18n.message import Message


def where_in(name: str, line: int) -> Message:
    """Where it is: a line of the file of that name."""
    return Message("{name} line {line}: ", name=name, line=line)


def rows_in(
    file: IO[str], name: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file of that name as they are read, each with its line; cells are stripped.

    Args:
        columns: those that the first line names; it may name others too.
        optional: those of them that it need not name.

    Raises:
        InvalidOrganisation: it is no UTF-8 text, lacks a column, or has a row of another length.
    """
    reader = csv.DictReader(file, strict=True)
    try:
        reader.fieldnames = _columns(reader.fieldnames or (), name, columns, optional)
        for row in reader:
            where = where_in(name, reader.line_num)
            if None in row or None in row.values():
                raise InvalidOrganisation(
                    "{where}has more or fewer fields than the first line: correct it", where=where
                )
            cells = {column: (value or "").strip() for column, value in row.items()}
            if cells.get(""):
                raise InvalidOrganisation(
                    "{where}{value} is in a column without a name: name it in the first line, or remove it",
                    where=where,
                    value=repr(cells[""]),
                )
            yield reader.line_num, cells
    except csv.Error as error:
        where = where_in(name, reader.reader.line_num)
        raise InvalidOrganisation("{where}is not CSV: correct it ({error})", where=where, error=error) from error
    except UnicodeDecodeError as error:
        raise InvalidOrganisation("file: {path} is not UTF-8 text: save it as UTF-8", path=name) from error


def _columns(named: Sequence[str], name: str, wanted: Sequence[str], optional: Sequence[str]) -> list[str]:
    """The columns that the first line names."""
    columns = [nfc(column).strip() for column in named]
    missing = [column for column in wanted if column not in (*columns, *optional)]
    if missing:
        raise InvalidOrganisation(
            "{name}: column {missing} is missing: the first line must be {choices}",
            name=name,
            missing=missing[0],
            choices=",".join(wanted),
        )
    twice = next((column for column, count in Counter(columns).items() if count > 1), None)
    if twice is not None:
        raise InvalidOrganisation(
            "{name}: column {twice} is a duplicate: name each column once", name=name, twice=twice or repr(twice)
        )
    require_fit({"column": columns}, InvalidOrganisation, where_in(name, 1))
    return columns
