"""What a table is: its columns, its key and its indexes, once, for those who create it and those who compare it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """An index: the columns, as SQL has them, and the rows that it holds."""

    name: str
    columns: str
    where: str = ""

    @property
    def condition(self) -> str:
        """What of the statement that creates it says which rows it holds."""
        return f" WHERE {self.where}" if self.where else ""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        columns: each column, its type (TEXT, INTEGER or BLOB) and its constraint, as SQL has them.
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
    def names_of_key(self) -> tuple[str, ...]:
        """The names of the columns of the key."""
        return self.names[: self.key]


STORED_EVENTS = Table(
    "stored_events",
    (
        "position INTEGER NOT NULL",
        "originator_id TEXT NOT NULL",
        "originator_version INTEGER NOT NULL",
        "topic TEXT NOT NULL",
        "state BLOB NOT NULL",
    ),
    key=1,
    clustered=False,
)
"""The log; no two of its rows have the same stream and version."""
HAS_LINE_FEED = "(originator_id LIKE '%\n%' OR topic LIKE '%\n%')"
"""The condition that a name of an event has a line feed in it."""
