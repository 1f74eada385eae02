"""What one database says otherwise than another; everything else that is asked of it, both understand."""

import json
from collections.abc import Iterable, Sequence

LISTED = "json_each(?) AS listed"
"""A table of the values of a parameter made by `as_list`, as ``listed.value``."""


def listed(parameter: str, name: str = "listed") -> str:
    """As `LISTED`, of a named parameter, under another name."""
    return f"json_each(:{parameter}) AS {name}"


def as_list(values: Iterable[str]) -> str:
    """``values`` as one parameter."""
    return json.dumps([*values])


PAIRS = """(SELECT json_extract(value, '$[0]') AS one, json_extract(value, '$[1]') AS other
FROM json_each(?)) AS pairs"""
"""A table of the pairs of a parameter made by `as_pairs`, as ``pairs.one`` and ``pairs.other``."""


def as_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """``pairs`` as one parameter."""
    return json.dumps([*pairs])


def gathered(column: str, query: str) -> str:
    """The values of a column of the rows of ``query``, in their order, as one value: a list in JSON."""
    return f"(SELECT json_group_array({column}) FROM ({query}))"


STORED = "main."
"""What the name of a table begins with, where a temporary one of the same name is not meant."""


TEMPORARY = "temp."
"""What it begins with where just that is meant."""


def temporary(create: str) -> str:
    """The statement that creates a temporary table, of that which creates a stored one."""
    return create.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)


def by_index(name: str) -> str:
    """Have the database use that index: without statistics it would take another one."""
    return f"INDEXED BY {name}"


def create_table(name: str, columns: Iterable[str], key: Sequence[str], *, clustered: bool) -> str:
    """The statement that creates a table, with or without a key; ``clustered`` rows stand in the order of the key."""
    of_key = [f"PRIMARY KEY ({', '.join(key)})"] if key else []
    rows = " WITHOUT ROWID" if clustered else ""
    return f"CREATE TABLE IF NOT EXISTS {name} ({', '.join([*columns, *of_key])}){rows}"


def last_of_each(columns: str, source: str, where: str, *, group: str, order: str) -> str:
    """A query for the last row, by ``order``, of each ``group`` of rows."""
    return f"SELECT {columns}, max({order}) FROM {source} WHERE {where} GROUP BY {group}"


def text_in(column: str, name: str) -> str:
    """The text of that name in a column of stored JSON."""
    return f"json_extract(CAST({column} AS TEXT), '$.{name}')"
