"""Where a store is: a place in which one is opened or made, with its evidence and its keys."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from directives.domain.errors import InvalidInput, StoreMissing
from directives.i18n.message import Message
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence
from directives.store.keys import Keys
from directives.store.table import Table
from directives.store.urls import driver_missing, is_of_server

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
    def open(self, tables: Sequence[Table], *, create: bool) -> EventStore:
        """Open the store.

        Args:
            tables: all tables but for the log.
            create: make an empty store when there is none.

        Raises:
            StoreMissing: there is no store, and ``create`` was not asked for.
            NotOurStore: what is there is no store of ours; it is left as it is.
            NewerStore: it was written by a newer version of this library.
            StoreError: it cannot be used.
        """

    @abstractmethod
    def open_copy(self, tables: Sequence[Table]) -> EventStore:
        """Open an empty store to which another one is copied, or one to which that was begun.

        Raises:
            InvalidInput: there is a store, or something else.
            StoreError: it cannot be used.
        """

    @property
    @abstractmethod
    def told(self) -> str:
        """The place, for people."""

    @abstractmethod
    def leave(self, store: EventStore) -> None:
        """Close the store; one that was made and never written to is gone."""

    @abstractmethod
    def pack(self, store: EventStore, target: Path, now: datetime, *, with_keys: bool) -> "Packed":
        """Pack the store into the new file ``target``, see `directives.Tracker.pack`."""

    @abstractmethod
    def room(self) -> tuple[int, int] | Message:
        """How many bytes are free, and how many the store takes; or why that is not asked."""


def place_of(url: str | os.PathLike[str], lock_timeout: float = LOCK_TIMEOUT_SECONDS) -> Place:
    """The place of a store, by its path or its URL.

    Args:
        lock_timeout: how many seconds are waited for another who writes.

    Raises:
        InvalidInput: it is empty, or a URL of something else; or what it takes is not installed.
    """
    if is_of_server(url):
        try:
            from directives.store.postgres.place import PostgresPlace
        except ImportError as error:
            raise driver_missing() from error
        return PostgresPlace(os.fspath(url), lock_timeout)
    from directives.store.sqlite.place import SqlitePlace

    return SqlitePlace(url, lock_timeout)


def unfinished(path: object) -> StoreMissing:
    """That a copy there is not whole."""
    return StoreMissing("db: {path} is a copy that was interrupted: copy the store there again", path=path)


def there_already(path: object) -> InvalidInput:
    """That a store is where one is to be copied to."""
    return InvalidInput("to: there is something at {path} already: name another place", path=path)
