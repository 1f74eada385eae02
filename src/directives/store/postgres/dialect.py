"""What PostgreSQL says otherwise than other databases."""

import re

from directives.store.dialect import Dialect
from directives.store.table import STORED_EVENTS, Table

_TYPES = {"TEXT": 'text COLLATE "C"', "INTEGER": "bigint", "BLOB": "bytea"}
"""The types of columns; texts are in the order of their characters, whatever the database is set to."""
ARRAYS = {"TEXT": "text[]", "INTEGER": "bigint[]", "BLOB": "bytea[]"}
_ONE_COLUMN = re.compile(r"\w+")


class PostgresDialect(Dialect):
    """PostgreSQL's texts, of a store in one schema."""

    temporary = "pg_temp."

    def __init__(self, schema: str) -> None:
        self.stored = f"{schema}."

    def listed(self, parameter: str = "?", name: str = "listed") -> str:
        """A table of the values of a parameter; as an array, of which the server expects ten values and not a hundred.

        So it looks each of them up by an index.
        """
        given = parameter if parameter == "?" else f":{parameter}"
        return f"unnest(ARRAY(SELECT jsonb_array_elements_text(CAST({given} AS jsonb)))) AS {name} (value)"

    def paired(self) -> str:
        """A table of the pairs of the next parameter."""
        return """(SELECT value ->> 0 AS one, value ->> 1 AS other
        FROM jsonb_array_elements(CAST(? AS jsonb)) AS given (value)) AS pairs"""

    def gathered(self, column: str, query: str) -> str:
        """The values of a column as a list in JSON."""
        return f"(SELECT CAST(coalesce(json_agg({column}), '[]') AS text) FROM ({query}) AS rows_in_order)"

    def by_index(self, name: str) -> str:  # noqa: ARG002
        """It has statistics, and is told nothing."""
        return ""

    def unindexed(self, column: str) -> str:
        """It has statistics, and is told nothing."""
        return column

    def is_set(self, column: str) -> str:
        """A number is no condition."""
        return f"{column} <> 0"

    def last_of_each(self, columns: str, source: str, where: str, *, group: str, order: str) -> str:
        """The first row of each group, the last one first."""
        return f"SELECT DISTINCT ON ({group}) {columns} FROM {source} WHERE {where} ORDER BY {group}, {order} DESC"

    def text_in(self, column: str, name: str) -> str:
        """The text of that name in a column of stored JSON."""
        return f"(CAST(convert_from({column}, 'UTF8') AS json) ->> '{name}')"

    def place_of(self, part: str, whole: str) -> str:
        """Where a part begins."""
        return f"position({part} IN {whole})"

    def of_other_types(self, table: Table) -> str:  # noqa: ARG002
        """A column has one type."""
        return "FALSE"

    def create(self, table: Table) -> str:
        """The statement that creates a table."""
        return f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(_columns(table))})"

    def create_temporary(self, table: Table) -> str:
        """The statement that creates a temporary table."""
        return f"CREATE TEMPORARY TABLE {table.name} ({', '.join(_columns(table))})"

    def create_indexes(self, table: Table, *, temporary: bool = False) -> list[str]:
        """The statements that create the indexes of a table; an index is where its table is."""
        there = "" if temporary else "IF NOT EXISTS "
        of = f"{self.temporary}{table.name}" if temporary else table.name
        return [
            f"CREATE INDEX {there}{index.name} ON {of} ({index.columns}){self._condition(index.where)}"
            for index in table.indexes
        ]

    def _condition(self, where: str) -> str:
        condition = self.is_set(where) if _ONE_COLUMN.fullmatch(where) else where
        return f" WHERE {condition}" if condition else ""


def types_of(table: Table) -> list[str]:
    """The types of the columns of a table, as `ARRAYS` has them."""
    return [column.split(" ")[1] for column in table.columns]


def _columns(table: Table) -> list[str]:
    """The columns of a table, with its key."""
    columns = list[str]()
    for column in table.columns:
        name, declared, *rest = column.split(" ")
        columns.append(" ".join([name, _TYPES[declared], *rest]))
    of_key = [f"PRIMARY KEY ({', '.join(table.names_of_key)})"] if table.key else []
    other = ["UNIQUE (originator_id, originator_version)"] if table is STORED_EVENTS else []
    return [*columns, *of_key, *other]
