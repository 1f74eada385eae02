"""What a table is: its columns, its key and its indexes, once, for those who create it and those who compare it."""

from dataclasses import dataclass

from directives.store import dialect


@dataclass(frozen=True)
class Index:
    """An index: the columns, as SQL has them, and the rows that it holds."""

    name: str
    columns: str
    where: str = ""

    def create_on(self, table: str, schema: str = "") -> str:
        """The statement that creates it."""
        condition = f" WHERE {self.where}" if self.where else ""
        return f"CREATE INDEX IF NOT EXISTS {schema}{self.name} ON {table} ({self.columns}){condition}"


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        columns: each column, its type and its constraint, as SQL has them.
        key: how many of the first columns are its key.
        clustered: whether its rows stand in the order of the key; those of many kilobytes do not.
    """

    name: str
    columns: tuple[str, ...]
    key: int
    indexes: tuple[Index, ...] = ()
    clustered: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.partition(" ")[0] for column in self.columns)

    @property
    def create(self) -> str:
        """The statement that creates it, without its indexes."""
        return dialect.create_table(self.name, self.columns, self.names[: self.key], clustered=self.clustered)

    @property
    def create_indexes(self) -> tuple[str, ...]:
        """The statements that create its indexes."""
        return tuple(index.create_on(self.name) for index in self.indexes)

    @property
    def create_temporary(self) -> str:
        """The statement that creates a temporary table of this name, which is meant while it is there."""
        return dialect.temporary(self.create)

    @property
    def create_temporary_indexes(self) -> tuple[str, ...]:
        """The statements that create its indexes; of many rows at once that is quicker than row by row."""
        return tuple(index.create_on(self.name, dialect.TEMPORARY) for index in self.indexes)

    @property
    def insert(self) -> str:
        """The statement that inserts a row."""
        return f"INSERT INTO {self.name} VALUES ({', '.join('?' * len(self.columns))})"

    @property
    def replace(self) -> str:
        """The statement that inserts a row in the place of one of the same key."""
        key, others = ", ".join(self.names[: self.key]), self.names[self.key :]
        return f"{self.insert} ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{o} = excluded.{o}' for o in others)}"
