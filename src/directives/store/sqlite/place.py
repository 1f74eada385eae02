"""A store in a file, with its evidence and its keys beside it; or in memory."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from directives.domain.errors import InvalidInput, NotOurStore
from directives.i18n.message import Message
from directives.store.catalogue import FORMAT, UNFINISHED
from directives.store.event_store import EventStore
from directives.store.places import Place, there_already, unfinished
from directives.store.sqlite import database_file
from directives.store.sqlite.evidence_files import EvidenceFiles
from directives.store.sqlite.keys import KeysFile
from directives.store.sqlite.recorder import SqliteRecorder, errors_of_ours
from directives.store.table import Table

if TYPE_CHECKING:
    from directives.store.sqlite.packing import Packed


class SqlitePlace(Place):
    """A file, or memory."""

    def __init__(self, url: str | os.PathLike[str], lock_timeout: float) -> None:
        self._lock_timeout = lock_timeout
        self._path = database_file.store_path(url)
        self._files = EvidenceFiles(self._path)
        self.evidence = self._files
        self.keys = KeysFile(self._path)
        self._made: os.stat_result | None = None

    @property
    def path(self) -> Path | None:
        """The file of the store; None for one in memory."""
        return self._path

    def open(self, tables: Sequence[Table], *, create: bool) -> EventStore:
        """Open the store; one in memory is always made."""
        path = self._path
        self._made = database_file.claim(path) if path is not None and create else None
        version = FORMAT if path is None or self._made is not None else database_file.format_of(path)
        if version == UNFINISHED:
            raise unfinished(path)
        self.older = version < FORMAT
        creating = path is None or (create and not self.older)
        if path is not None and not creating:
            database_file.require_finished(path)
        try:
            return self._opened(tables if creating else ())
        except BaseException:
            if path is not None and self._made is not None:
                database_file.discard(path, self._made)
            raise

    def _opened(self, tables: Sequence[Table]) -> EventStore:
        with errors_of_ours():
            recorder = SqliteRecorder(self._path, self.keys, self._lock_timeout)
            store = EventStore(recorder)
            if tables:
                try:
                    recorder.create(tables)
                except BaseException:
                    store.close()
                    raise
        return store

    def open_copy(self, tables: Sequence[Table]) -> EventStore:
        """Open an empty store to which another one is copied, or one to which that was begun."""
        path = self._path
        if path is None:
            raise InvalidInput("to: a store in memory is gone with the command: name a file")
        made = database_file.claim(path, UNFINISHED)  # from its first moment on
        if made is None:
            try:
                version = database_file.format_of(path)
            except NotOurStore as error:
                raise there_already(path) from error
            if version != UNFINISHED:
                raise there_already(path)
        with errors_of_ours():
            recorder = SqliteRecorder(path, self.keys, self._lock_timeout)
            store = EventStore(recorder)
            try:
                recorder.create(tables, UNFINISHED)
            except BaseException:
                store.close()
                if made is not None:
                    database_file.discard(path, made)
                raise
        return store

    @property
    def told(self) -> str:
        """The file."""
        return ":memory:" if self._path is None else str(self._path)

    def leave(self, store: EventStore) -> None:
        """Close the store; a file that was made and never written to is gone."""
        nothing_came = self._made is not None and not store.event_log.select_notifications(0, 1)
        store.close()
        self.evidence.close()
        if self._path is not None and self._made is not None and nothing_came:
            database_file.discard(self._path, self._made)
        self._made = None

    def pack(self, store: EventStore, target: Path, now: datetime, *, with_keys: bool) -> "Packed":
        """Pack the store into the new file ``target``."""
        from directives.store.sqlite.packing import Source, pack

        if self._path is None:
            raise InvalidInput("db: a store in memory cannot be packed: name the file of a store")
        return pack(Source(store, self._path, self._files), target, now, with_keys=with_keys)

    def room(self) -> tuple[int, int] | Message:
        """How many bytes are free, and how many the store takes."""
        path = self._path
        if path is None:
            return Message("the store is in memory")
        size = sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists())
        return shutil.disk_usage(path.parent).free, size
