"""What is printed for programs: JSON, and CSV for spreadsheets."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import click

from directives_cli.choices import Misused, choices

if TYPE_CHECKING:  # what only some commands need is imported where they do
    from pydantic import BaseModel


LOG_COLUMNS = (
    *("position", "subject", "stream", "name", "occurred_at", "recorded_at", "actor", "office", "on_behalf_of"),
    *("source", "command_id", "sentence"),
)
"""The columns of the log, and of a history, as CSV."""


def print_json(value: Any) -> None:
    """Print ``value`` as JSON in UTF-8, unescaped; the values of the library in it as they say themselves."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: "BaseModel") -> dict[str, Any]:
    return value.model_dump(mode="json")


def print_data(rows: "Sequence[BaseModel]", columns: Sequence[str]) -> bool:
    """Print ``rows`` as JSON or CSV where that was asked for; returns whether it was.

    Args:
        columns: those of the CSV, by the names that JSON has; ``work.groups`` for what stands in an object.
    """
    if not choices().as_data:
        return False
    if not choices().get("csv"):
        print_json(rows)
        return True
    if choices().as_json:
        raise Misused("--csv and --json: give only one of them")
    print_rows([row.model_dump(mode="json") for row in rows], columns)
    return True


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print ``rows`` as CSV; what else they have than ``columns`` is left out."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(_cells(row)) for row in rows)
    click.echo(text.getvalue(), nl=False)


def _cells(row: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """The cells of a row; what stands in an object has the name of that before its own."""
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _cells(cast(dict[str, Any], value), f"{within}{name}.")
        else:
            yield f"{within}{name}", _cell(value)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_cell, cast(list[Any], value)))
        case dict():
            return " ".join(filter(None, map(_cell, cast(dict[str, Any], value).values())))
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return str(value)


_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula, where it is none."""
