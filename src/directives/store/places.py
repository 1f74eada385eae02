"""Where a store is: a place in which one is opened or made, with its evidence and its keys."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from directives.i18n.message import Message
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence
from directives.store.keys import Keys
from directives.store.table import Table

if TYPE_CHECKING:
    from directives.store.sqlite.packing import Packed

LOCK_TIMEOUT_SECONDS = 30.0


class Place(ABC):
    """A place of a store.

    Attributes:
        evidence: the files that were handed in.
        keys: the keys of persons.
        older: whether the store that was opened has an older format.
    """

    evidence: Evidence
    keys: Keys
    older = False

    @property
    @abstractmethod
    def path(self) -> Path | None:
        """The file of the store; None where it is in none."""

    @abstractmethod
    def open(self, tables: Sequence[Table], lock_timeout: float, *, create: bool) -> EventStore:
        """Open the store.

        Args:
            tables: all tables but for the log.
            lock_timeout: how many seconds it waits for another who writes.
            create: make an empty store when there is none.

        Raises:
            StoreMissing: there is no store, and ``create`` was not asked for.
            NotOurStore: what is there is no store of ours; it is left as it is.
            NewerStore: it was written by a newer version of this library.
            StoreError: it cannot be used.
        """

    @abstractmethod
    def leave(self, store: EventStore) -> None:
        """Close the store; one that was made and never written to is gone."""

    @abstractmethod
    def pack(self, store: EventStore, target: Path, now: datetime, *, with_keys: bool) -> "Packed":
        """Pack the store into the new file ``target``, see `directives.Tracker.pack`."""

    @abstractmethod
    def room(self) -> tuple[int, int] | Message:
        """How many bytes are free, and how many the store takes; or why that is not asked."""


def place_of(url: str | os.PathLike[str]) -> Place:
    """The place of a store, by its path or its URL.

    Raises:
        InvalidInput: it is empty, or a URL of something else.
    """
    from directives.store.sqlite.place import SqlitePlace

    return SqlitePlace(url)
