"""The keys of persons, apart from the events, and what is sealed under them.

Each person has a key of their own in a database of its own beside the store, ``FILE.keys``. A key is made durable
before the event that needs it is committed, and destroyed after the event that tells of its erasure.
"""

import json
import os
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from directives.domain.errors import StoreUnusable
from directives.domain.event import Event
from directives.domain.person import may_hold_personal, personal_in
from directives.domain.personal import Sealed, Unsealed, with_values
from directives.i18n.message import Message, reason_of
from directives.store.private_files import MODE, Fault, fault_in_place

_NONCE = 12
_CREATE = "CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID"


class Keys:
    """The keys of one store; those of a store in memory are gone with it.

    Those that a transaction makes are new until it commits.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = None if path is None else Path(f"{path}.keys")
        self._held: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self._read: dict[str, bytes | None] = {}
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

    def begin(self) -> None:
        """Forget what a transaction made that did not commit, and what it read."""
        self.close()
        self._new.clear()
        self._read.clear()

    def of_or_new(self, persons: Collection[str]) -> dict[str, bytes]:
        """The keys of ``persons``, made where there are none."""
        held = self.looked_up(persons)
        self._new |= {person: os.urandom(32) for person in persons if person not in held}
        return {person: held.get(person) or self._new[person] for person in persons}

    def looked_up(self, persons: Collection[str]) -> dict[str, bytes]:
        """As `of`, within a transaction, with those that it made; what it asked for before is not read again."""
        unknown = [person for person in persons if person not in self._read and person not in self._new]
        if unknown:
            self._read |= dict.fromkeys(unknown) | self._looked_up(unknown)
        found = {person: self._new.get(person) or self._read.get(person) for person in persons}
        return {person: key for person, key in found.items() if key is not None}

    def _looked_up(self, persons: Sequence[str]) -> dict[str, bytes]:
        """As `of`, by a connection that stays open as long as the transaction."""
        if self._path is None or (self._of_transaction is None and not self._is_there(self._path)):
            return self.of(persons)
        with _errors_of_ours(self._path):
            if self._of_transaction is None:
                self._of_transaction = _connected_to_read(self._path)
            return _found(self._of_transaction, persons)

    def write(self) -> None:
        """Make the new keys durable.

        Raises:
            StoreUnusable: they cannot be written.
        """
        self.close()
        new, self._new, self._read = self._new, {}, {}
        if self._path is None:
            self._held |= new
        elif new:
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


def key_missing(person: str) -> StoreUnusable:
    """That the key of a person is missing who was not erased."""
    return StoreUnusable("keys: the key of {person} is missing: restore the keys from a backup", person=person)


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


def sealed(fact: Event, stream: str, keys: Keys) -> Event:
    """``fact`` with each personal value sealed under the key of its person, bound to its path and to ``stream``."""
    if not may_hold_personal(type(fact)):
        return fact
    values = {path: value for path, value in personal_in(fact).items() if isinstance(value, Unsealed)}
    held = keys.of_or_new({value.person for value in values.values()})
    boxes = {
        path: Sealed(person=value.person, box=_seal(value, held[value.person], stream, path))
        for path, value in values.items()
    }
    return with_values(fact, boxes)


def _seal(value: Unsealed, key: bytes, stream: str, field: str) -> str:
    # Imported where it is needed: most commands seal nothing.
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE)
    text = value.text.get_secret_value().encode()
    box = ChaCha20Poly1305(key).encrypt(nonce, text, _context(value.person, stream, field))
    return b64encode(nonce + box).decode()


def opened(box: str, key: bytes | None, person: str, stream: str, field: str) -> str | None:
    """What was sealed; None where the key is not the one, or the value was altered or is bound to another context."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    content = b64decode(box)
    if key is None or len(content) < _NONCE:
        return None
    try:
        context = _context(person, stream, field)
        return ChaCha20Poly1305(key).decrypt(content[:_NONCE], content[_NONCE:], context).decode()
    except InvalidTag:
        return None


def _context(person: str, stream: str, field: str) -> bytes:
    """What a sealed value is bound to."""
    return json.dumps([person, stream, field]).encode()
