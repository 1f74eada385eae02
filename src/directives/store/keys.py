"""The keys of persons, apart from the events, and what is sealed under them.

Each person has a key of their own in a database of its own beside the store, ``FILE.keys``. A key is made durable
before the event that needs it is committed, and destroyed after the event that tells of its erasure.
"""

import json
import os
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Collection, Generator, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from directives.domain.errors import StoreUnusable
from directives.domain.event import Event
from directives.domain.person import Sealed, Unsealed, personal_in
from directives.i18n.message import reason_of

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

    def of(self, persons: Iterable[str]) -> dict[str, bytes]:
        """The keys of ``persons``; one whose key is destroyed or lost has none.

        Raises:
            StoreUnusable: the keys cannot be read.
        """
        wanted = [*persons]
        if self._path is None:
            return {person: self._held[person] for person in wanted if person in self._held}
        if not self._path.exists() or not self._path.stat().st_size:  # just being made
            return {}
        with self._read(self._path) as connection:
            rows = connection.execute(
                "SELECT keys.person, keys.key FROM json_each(?) JOIN keys ON person = value", (json.dumps(wanted),)
            )
            return dict(rows.fetchall())

    def begin(self) -> None:
        """Forget what a transaction made that did not commit."""
        self._new.clear()

    def of_or_new(self, person: str) -> bytes:
        """The key of ``person``, made where there is none."""
        key = self._new.get(person) or self.of([person]).get(person)
        if key is None:
            key = self._new[person] = os.urandom(32)
        return key

    def write(self) -> None:
        """Make the new keys durable.

        Raises:
            StoreUnusable: they cannot be written.
        """
        new, self._new = self._new, {}
        if self._path is None:
            self._held |= new
        elif new:
            with self._opened(self._path) as connection, connection:
                connection.executemany("INSERT INTO keys VALUES (?, ?)", new.items())

    def destroy(self, persons: Collection[str]) -> None:
        """Destroy keys; what is sealed under them is noise from then on.

        Raises:
            StoreUnusable: they cannot be written.
        """
        for person in persons:
            self._held.pop(person, None)
        if self._path is not None and self._path.exists():
            with self._opened(self._path) as connection, connection:
                connection.executemany("DELETE FROM keys WHERE person = ?", [(person,) for person in persons])

    @contextmanager
    def _read(self, path: Path) -> Generator[sqlite3.Connection]:
        """The keys to be read, also by a user who may not write."""
        try:
            with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=30)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise _unusable(path, error) from error

    @contextmanager
    def _opened(self, path: Path) -> Generator[sqlite3.Connection]:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(_CREATE)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> StoreUnusable:
    return StoreUnusable(
        "keys: {path} cannot be used ({said}): restore it from a copy", path=path, said=reason_of(error)
    )


def sealed(fact: Event, stream: str, keys: Keys) -> Event:
    """``fact`` with each personal value sealed under the key of its person, bound to its field and to ``stream``."""
    values = personal_in(fact)
    if not values:
        return fact
    changes = {
        name: Sealed(person=value.person, box=_seal(value, keys.of_or_new(value.person), stream, name))
        for name, value in values.items()
        if isinstance(value, Unsealed)
    }
    return fact.model_copy(update=changes)


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
