"""eventsourcing's Application over our recorder and mapper."""

from collections.abc import Iterator, Sequence
from typing import cast

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import Environment, EnvType

from directives.domain.event import RecordedEvent
from directives.store.keys import Keys
from directives.store.mapper import EventMapper
from directives.store.recorder import Recorder

PAGE = 1000
LOCK_TIMEOUT_SECONDS = 30


class Ledger(Application[str]):
    """The event log of one store.

    Only ``env`` configures it: the library would lay the whole process environment underneath, and an embedder's
    ``COMPRESSOR_TOPIC`` would change the bytes that are stored here.
    """

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """``env``, and nothing of the process environment."""
        return Environment(name, env)

    def construct_mapper(self) -> Mapper[str]:
        """Our mapper."""
        return EventMapper()

    @property
    def rows(self) -> Recorder:
        """The recorder, by its own type."""
        return cast(Recorder, self.recorder)

    def after(self, position: int, topics: Sequence[str] = ()) -> Iterator[RecordedEvent]:
        """The events that follow ``position``, in log order; all, or those of ``topics``."""
        while page := self.rows.select_notifications(position, PAGE, topics=topics, inclusive_of_start=False):
            yield from map(self.event, page)
            position = page[-1].id

    def stream(self, name: str) -> Iterator[RecordedEvent]:
        """The events of one stream, in order."""
        return map(self.event, self.rows.select_events(name))

    def event(self, stored: StoredEvent) -> RecordedEvent:
        """The event of a row of the log."""
        return cast(EventMapper, self.mapper).to_domain_event(stored)


def open_ledger(database: str, keys: Keys, tables: Sequence[str] = ()) -> Ledger:
    """The ledger in the SQLite database of that name (a path, or a ``file:`` URI), with the keys of its persons.

    Args:
        tables: the statements that create the tables beside the log, where both are to be created.
    """
    ledger = Ledger(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "APPLICATION_RECORDER_TOPIC": f"{Recorder.__module__}:{Recorder.__qualname__}",
            "SQLITE_DBNAME": database,
            "SQLITE_LOCK_TIMEOUT": str(LOCK_TIMEOUT_SECONDS),
            "ORIGINATOR_ID_TYPE": "text",
            "CREATE_TABLE": "no",
        }
    )
    ledger.rows.keys = keys
    if tables:
        ledger.rows.create(tables)
    return ledger
