"""What SQLite says otherwise than other databases."""

from directives.store.dialect import Dialect
from directives.store.table import STORED_EVENTS, Table


class SqliteDialect(Dialect):
    """SQLite's texts."""

    stored = "main."
    temporary = "temp."

    def listed(self, parameter: str = "?", name: str = "listed") -> str:
        """A table of the values of a parameter."""
        return f"json_each({parameter if parameter == '?' else f':{parameter}'}) AS {name}"

    def paired(self) -> str:
        """A table of the pairs of the next parameter."""
        return """(SELECT json_extract(value, '$[0]') AS one, json_extract(value, '$[1]') AS other
        FROM json_each(?)) AS pairs"""

    def gathered(self, column: str, query: str) -> str:
        """The values of a column as a list in JSON."""
        return f"(SELECT json_group_array({column}) FROM ({query}) AS rows_in_order)"

    def by_index(self, name: str) -> str:
        """Without statistics SQLite would take another one."""
        return f"INDEXED BY {name}"

    def unindexed(self, column: str) -> str:
        """A plus keeps SQLite from looking for an index."""
        return f"+{column}"

    def is_set(self, column: str) -> str:
        """A number is a condition."""
        return column

    def last_of_each(self, columns: str, source: str, where: str, *, group: str, order: str) -> str:
        """With a single maximum, the other columns are those of its row (https://www.sqlite.org/lang_select.html)."""
        return f"SELECT {columns}, max({order}) FROM {source} WHERE {where} GROUP BY {group}"

    def text_in(self, column: str, name: str) -> str:
        """The text of that name in a column of stored JSON."""
        return f"json_extract(CAST({column} AS TEXT), '$.{name}')"

    def place_of(self, part: str, whole: str) -> str:
        """Where a part begins."""
        return f"instr({whole}, {part})"

    def of_other_types(self, table: Table) -> str:
        """A column takes values of any type."""
        return " OR ".join(map(_other_type, table.columns))

    def create(self, table: Table) -> str:
        """The position of an event is a declared key, so that SQLite never renumbers it."""
        if table is STORED_EVENTS:
            return _LOG
        of_key = [f"PRIMARY KEY ({', '.join(table.names_of_key)})"] if table.key else []
        rows = " WITHOUT ROWID" if table.clustered else ""
        return f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join([*table.columns, *of_key])}){rows}"

    def create_temporary(self, table: Table) -> str:
        """The statement that creates a temporary table."""
        return self.create(table).replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)

    def create_indexes(self, table: Table, *, temporary: bool = False) -> list[str]:
        """The statements that create the indexes of a table."""
        schema = self.temporary if temporary else ""
        return [
            f"CREATE INDEX IF NOT EXISTS {schema}{index.name} ON {table.name} ({index.columns}){index.condition}"
            for index in table.indexes
        ]


def _other_type(column: str) -> str:
    name, declared, *rest = column.split(" ")
    types = f"'{declared.lower()}'" + ("" if rest else ", 'null'")
    return f"typeof({name}) NOT IN ({types})"


_LOG = """CREATE TABLE IF NOT EXISTS stored_events (
    position INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"""


SQLITE = SqliteDialect()
