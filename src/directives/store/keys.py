"""The keys of persons, apart from the events, and what is sealed under them.

A key is made durable before the event that needs it is committed, and destroyed after the event that tells of its
erasure.
"""

import json
import os
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from directives.domain.errors import StoreUnusable
from directives.domain.event import Event
from directives.domain.person import may_hold_personal, personal_in
from directives.domain.personal import Sealed, Unsealed, with_values
from directives.store.private_files import Fault
from directives.store.session import Session

_NONCE = 12


class Keys(ABC):
    """The keys of one store. Those that a transaction makes are new until it commits."""

    def __init__(self) -> None:
        self._new: dict[str, bytes] = {}
        self._read: dict[str, bytes | None] = {}

    @property
    def are_readable(self) -> bool:
        """Whether this user may read them."""
        try:
            self.all()
        except StoreUnusable:
            return False
        return True

    @abstractmethod
    def of(self, persons: Iterable[str]) -> dict[str, bytes]:
        """The keys of ``persons``; one whose key is destroyed or lost has none.

        Raises:
            StoreUnusable: the keys cannot be read.
        """

    @abstractmethod
    def all(self) -> dict[str, bytes]:
        """The keys of all persons.

        Raises:
            StoreUnusable: they cannot be read.
        """

    @abstractmethod
    def destroy(self, persons: Collection[str]) -> None:
        """Destroy keys; what is sealed under them is noise from then on.

        Raises:
            StoreUnusable: they cannot be written.
        """

    @abstractmethod
    def finish_erasing(self, erased: Callable[[], Collection[str]]) -> None:
        """Destroy the keys that outlived the erasure of their persons, once; what hinders it, `doctor` tells.

        A process can have died between the event that tells of the erasure and the destruction, or a copy of the keys
        was put back.

        Args:
            erased: asks for those of whom the log has that they are erased, where there are keys at all.
        """

    @property
    @abstractmethod
    def file_not_here(self) -> Path | None:
        """The file of the keys where there is none; None where it is there, or they stand in the store."""

    @abstractmethod
    def fault(self) -> tuple[Path, Fault] | None:
        """The file that is not used, and why: others may read it, or it is no file; None where all is well."""

    @abstractmethod
    def _looked_up(self, session: Session, persons: Sequence[str]) -> Mapping[str, bytes]:
        """As `of`, within a transaction."""

    @abstractmethod
    def _keep(self, session: Session, new: Mapping[str, bytes]) -> None:
        """Make new keys durable, at the latest with the transaction."""

    @abstractmethod
    def close(self) -> None:
        """Let them go."""

    def begin(self, session: Session) -> None:
        """Begin a transaction; what another made that did not commit, and what it read, is forgotten."""
        self.close()
        self._session = session
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
            self._read |= dict.fromkeys(unknown) | dict(self._looked_up(self._session, unknown))
        found = {person: self._new.get(person) or self._read.get(person) for person in persons}
        return {person: key for person, key in found.items() if key is not None}

    def take(self, keys: Mapping[str, bytes]) -> None:
        """Have these keys written with the transaction: they come from another store."""
        self._new |= keys

    def write(self) -> None:
        """Make the new keys durable.

        Raises:
            StoreUnusable: they cannot be written.
        """
        self.close()
        new, self._new, self._read = self._new, {}, {}
        if new:
            self._keep(self._session, new)


def key_missing(person: str) -> StoreUnusable:
    """That the key of a person is missing who was not erased."""
    return StoreUnusable("keys: the key of {person} is missing: restore the keys from a backup", person=person)


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
