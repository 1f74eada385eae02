"""What one database says otherwise than another; everything else that is asked of them, both understand."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable

from directives.store.table import Table


class Dialect(ABC):
    """The texts of one database.

    Attributes:
        stored: what the name of a table begins with, where a temporary one of the same name is not meant.
        temporary: what it begins with where just that is meant.
    """

    stored: str
    temporary: str

    @abstractmethod
    def listed(self, parameter: str = "?", name: str = "listed") -> str:
        """A table of the values of a parameter made by `as_list`, as ``listed.value``; of the next, or of a named one.

        Args:
            name: what the table is called.
        """

    @abstractmethod
    def paired(self) -> str:
        """A table of the pairs of the next parameter, made by `as_pairs`, as ``pairs.one`` and ``pairs.other``."""

    @abstractmethod
    def gathered(self, column: str, query: str) -> str:
        """The values of a column of the rows of ``query``, in their order, as one value: a list in JSON."""

    @abstractmethod
    def by_index(self, name: str) -> str:
        """Have the database use that index, where it would take another one by itself."""

    @abstractmethod
    def unindexed(self, column: str) -> str:
        """A column for which the database is not to look for an index."""

    @abstractmethod
    def is_set(self, column: str) -> str:
        """The condition that a column of ones and zeros has a one."""

    @abstractmethod
    def last_of_each(self, columns: str, source: str, where: str, *, group: str, order: str) -> str:
        """A query for the last row, by ``order``, of each ``group`` of rows."""

    @abstractmethod
    def text_in(self, column: str, name: str) -> str:
        """The text of that name in a column of stored JSON."""

    @abstractmethod
    def place_of(self, part: str, whole: str) -> str:
        """Where in a text, or in bytes, a part begins, from 1; 0 where it is not in it."""

    @abstractmethod
    def of_other_types(self, table: Table) -> str:
        """The condition that a row has a value of another type than its column."""

    @abstractmethod
    def create(self, table: Table) -> str:
        """The statement that creates a table which is not there yet, without its indexes."""

    @abstractmethod
    def create_temporary(self, table: Table) -> str:
        """The statement that creates a temporary table of this name, which is meant while it is there."""

    @abstractmethod
    def create_indexes(self, table: Table, *, temporary: bool = False) -> list[str]:
        """The statements that create the indexes of a table; of many rows at once that is quicker than row by row."""


def as_list(values: Iterable[str]) -> str:
    """``values`` as one parameter."""
    return json.dumps([*values])


def as_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """``pairs`` as one parameter."""
    return json.dumps([*pairs])
