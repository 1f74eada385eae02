"""Levels as files: ``code,name_en,name_hi`` from the top as CSV, or as a list of ``levels`` in TOML."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from typing import IO

from pydantic import ValidationError

from directives.domain.errors import InvalidInput, InvalidOrganisation
from directives.domain.organisation.tree import check_levels
from directives.domain.organisation.units import BUNDLED_LEVELS, Level
from directives.domain.validation import one_line, require_fit
from directives.domain.values import Model
from directives.exchange.csv_rows import rows_in, where_in
from directives.exchange.files import text_of
from directives.exchange.toml_files import told_in
from directives.i18n.message import Message

COLUMNS = ("code", "name_en", "name_hi")
OPTIONAL = ("name_hi",)


class _Levels(Model):
    """What a TOML file of levels has."""

    levels: tuple[Level, ...]


def read_levels(name: str | PathLike[str]) -> tuple[Level, ...]:
    """The levels that are known by that name, ``lok-sabha`` or ``district``; else those in the file at that path.

    A file whose name ends in ``.toml`` is TOML, any other one is CSV; ``./district`` is a file.

    Raises:
        InvalidOrganisation: no such name and no such file; or the file is neither, or does not name levels.
    """
    if name in BUNDLED_LEVELS:
        return BUNDLED_LEVELS[str(name)]
    path, text = fspath(name), _text_of(name)
    levels = _of_toml(path, text) if path.casefold().endswith(".toml") else tuple(_of_csv(path, text))
    where = Message("{name}: ", name=path)
    try:
        check_levels(levels)
    except InvalidOrganisation as error:
        raise error.retold(Message("{where}{said}", where=where, said=error.message)) from error
    require_fit({"levels": levels}, InvalidOrganisation, where)
    return levels


def _text_of(name: str | PathLike[str]) -> str:
    try:
        return text_of(name, InvalidOrganisation)
    except InvalidInput as error:
        said = Message("{said}, or use one of {choices}", said=error.message, choices=", ".join(BUNDLED_LEVELS))
        raise error.retold(said) from error


def _of_toml(name: str, text: str) -> tuple[Level, ...]:
    with told_in(Message("{name}: ", name=name), InvalidOrganisation):
        return _Levels.model_validate(tomllib.loads(text)).levels


def _of_csv(name: str, text: str) -> Iterator[Level]:
    for line, cells in rows_in(io.StringIO(text, newline=""), name, COLUMNS, OPTIONAL):
        yield _level(cells, where_in(name, line))


def _level(cells: Mapping[str, str], where: Message) -> Level:
    try:
        name = {"en": cells["name_en"], "hi": cells.get("name_hi") or None}
        others = {column: value for column, value in cells.items() if value and column not in COLUMNS}
        return Level.model_validate({"code": cells["code"], "name": name} | others)
    except ValidationError as error:
        raise one_line(error, InvalidOrganisation, where) from error


def write_levels(levels: Iterable[Level], file: IO[str]) -> int:
    """Write ``levels`` as `read_levels` reads them from CSV; returns how many."""
    rows: Sequence[Level] = [*levels]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((level.code, level.name.en, level.name.hi or "") for level in rows)
    return len(rows)
