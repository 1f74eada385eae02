"""The keys of persons in a database of their own beside the store, ``FILE.keys``."""

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from directives.domain.errors import StoreUnusable
from directives.i18n.message import Message, reason_of
from directives.store.keys import Keys
from directives.store.private_files import MODE, Fault, fault_in_place
from directives.store.session import Session

_CREATE = "CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID"


class KeysFile(Keys):
    """The keys of one store; those of a store in memory are gone with it."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = None if path is None else Path(f"{path}.keys")
        self._held: dict[str, bytes] = {}
        self._looked_through = False
        self._of_transaction: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let the file go."""
        if self._of_transaction is not None:
            self._of_transaction.close()
        self._of_transaction = None

    def of(self, persons: Iterable[str]) -> dict[str, bytes]:
        """The keys of ``persons``; one whose key is destroyed or lost has none.

        Raises:
            StoreUnusable: the keys cannot be read.
        """
        wanted = [*persons]
        if self._path is None:
            return {person: self._held[person] for person in wanted if person in self._held}
        if not wanted or not self._is_there(self._path):
            return {}
        with _errors_of_ours(self._path), closing(_connected_to_read(self._path)) as connection:
            return _found(connection, wanted)

    def all(self) -> dict[str, bytes]:
        """The keys of all persons.

        Raises:
            StoreUnusable: they cannot be read.
        """
        if self._path is None:
            return {**self._held}
        if not self._is_there(self._path):
            return {}
        with _errors_of_ours(self._path), closing(_connected_to_read(self._path)) as connection:
            return dict(connection.execute("SELECT person, key FROM keys").fetchall())

    def _looked_up(self, session: Session, persons: Sequence[str]) -> dict[str, bytes]:  # noqa: ARG002 # as above
        """As `of`, by a connection that stays open as long as the transaction."""
        if self._path is None or (self._of_transaction is None and not self._is_there(self._path)):
            return self.of(persons)
        with _errors_of_ours(self._path):
            if self._of_transaction is None:
                self._of_transaction = _connected_to_read(self._path)
            return _found(self._of_transaction, persons)

    def _keep(self, session: Session, new: Mapping[str, bytes]) -> None:  # noqa: ARG002 # they have a file of their own
        """Make new keys durable."""
        if self._path is None:
            self._held |= new
        else:
            with self._writing(self._path) as connection, connection:
                connection.executemany("INSERT INTO keys VALUES (?, ?)", new.items())

    def destroy(self, persons: Collection[str]) -> None:
        """Destroy keys; what is sealed under them is noise from then on.

        Raises:
            StoreUnusable: they cannot be written.
        """
        looked_through, self._looked_through = self._looked_through, False  # what fails, the next transaction does
        for person in persons:
            self._held.pop(person, None)
        if self._path is not None and self._is_there(self._path):
            with self._writing(self._path) as connection, connection:
                connection.executemany("DELETE FROM keys WHERE person = ?", [(person,) for person in persons])
        self._looked_through = looked_through

    def finish_erasing(self, erased: Callable[[], Collection[str]]) -> None:
        """Destroy the keys that outlived the erasure of their persons, once; what hinders it, `doctor` tells.

        A process can have died between the event that tells of the erasure and the destruction, or a copy of the keys
        was put back.

        Args:
            erased: asks for those of whom the log has that they are erased, where there are keys at all.
        """
        if self._path is None or self._looked_through:
            return
        with suppress(StoreUnusable):
            left = self.of(erased()) if self._is_there(self._path) else {}
            if left:
                self.destroy(left)
            self._looked_through = True

    @property
    def file_not_here(self) -> Path | None:
        """The file of the keys where there is none; None where it is there, or the store is in memory."""
        return self._path if self._path is not None and not os.path.lexists(self._path) else None

    def fault(self) -> tuple[Path, Fault] | None:
        """The file that is not used, and why: others may read it, or it is no file; None where all is well."""
        return None if self._path is None else next(_faults(self._path), None)

    @staticmethod
    def _is_there(path: Path) -> bool:
        """Whether there are keys; a file that was made and never written to has none.

        Raises:
            StoreUnusable: what is there is not to be used.
        """
        for place, fault in _faults(path):
            raise StoreUnusable("keys: {path} {what}: {way_out}", path=place, **fault._asdict())
        with _errors_of_ours(path):
            return path.exists() and path.stat().st_size > 0

    @contextmanager
    def _writing(self, path: Path) -> Generator[sqlite3.Connection]:
        with _errors_of_ours(path):
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, MODE))
            self._is_there(path)
            with closing(_connected(path, "rw")) as connection:
                connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(_CREATE)
                yield connection


def file_of(keys: Mapping[str, bytes]) -> bytes:
    """The content of a file of ``keys``, made in memory: no key that was destroyed is left in its pages."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(_CREATE)
        connection.executemany("INSERT INTO keys VALUES (?, ?)", keys.items())
        connection.commit()
        return connection.serialize()


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    name = f"file:{quote(str(path))}?mode={mode}"
    return sqlite3.connect(name, uri=True, timeout=30, check_same_thread=False)


def _connected_to_read(path: Path) -> sqlite3.Connection:
    # Who may write is to: after a crash, SQLite puts the file right when it is read.
    return _connected(path, "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro")


def _found(connection: sqlite3.Connection, persons: Sequence[str]) -> dict[str, bytes]:
    query = "SELECT keys.person, keys.key FROM json_each(?) JOIN keys ON person = value"
    return dict(connection.execute(query, (json.dumps([*persons]),)).fetchall())


def _faults(path: Path) -> Iterator[tuple[Path, Fault]]:
    """What is wrong with the file of the keys and with the journal that SQLite keeps beside it, of those there are."""
    for place in (path, Path(f"{path}-journal")):
        try:
            fault = fault_in_place(place.lstat())
        except FileNotFoundError:
            continue
        except OSError as error:
            what = Message("cannot be read ({said})", said=reason_of(error))
            fault = Fault(what, Message("restore it from a backup"))
        if fault is not None:
            yield place, fault


@contextmanager
def _errors_of_ours(path: Path) -> Generator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        forbidden = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
        by_rights = forbidden or isinstance(error, PermissionError)
        raise StoreUnusable(
            "keys: {path} cannot be used ({said}): {way_out}",
            path=path,
            said=reason_of(error),
            way_out=Message("run chmod 600") if by_rights else Message("restore it from a backup"),
        ) from error
