"""A key that signs, in a file that nobody else may read, and beside it the memory of what it signed last.

The memory, ``KEY.last``, is outside the database: a store that was put back, copied or rewritten differs from it.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from directives.audit.notes import Checkpoint, Key, Unreadable, read_checkpoint
from directives.domain.errors import KeyUnusable
from directives.i18n.message import reason_of
from directives.store import durable
from directives.store.private_files import MODE, fault_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class KeySigner:
    """A private key that signs under a name."""

    def __init__(self, private: "Ed25519PrivateKey", name: str, kind: int) -> None:
        self._private = private
        self._key = Key(name, kind, private.public_key().public_bytes_raw())

    @property
    def key(self) -> Key:
        """The public key."""
        return self._key

    def sign(self, text: bytes) -> bytes:
        """The Ed25519 signature of ``text``."""
        return self._private.sign(text)


class KeyFile:
    """A private Ed25519 key in a file (PKCS#8, PEM), with its memory beside it.

    Raises:
        KeyUnusable: it is not there, is open to others, or holds no such key.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._private = _read(path)

    def signer(self, name: str, kind: int) -> KeySigner:
        """Signs with it under that name."""
        return KeySigner(self._private, name, kind)

    @contextmanager
    def locked(self) -> Generator[None]:
        """Let nobody else sign with it meanwhile.

        Raises:
            KeyUnusable: it cannot be read.
        """
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise KeyUnusable("key: {path} cannot be read: {said}", path=self.path, said=reason_of(error)) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @property
    def memory(self) -> Path:
        """Where it is noted what was signed last: beside the file itself, whatever links lead to it."""
        path = self.path.resolve()
        return path.with_name(f"{path.name}.last")

    def last(self) -> Checkpoint | None:
        """What it signed last; None where that is nothing.

        Raises:
            KeyUnusable: the memory cannot be read.
        """
        return read_memory(self.memory) if is_there(self.memory) else None

    def remember(self, checkpoint: Checkpoint) -> None:
        """Note, durably, what it is about to sign.

        Raises:
            KeyUnusable: the memory cannot be written.
        """
        write_memory(self.memory, checkpoint)

    def remove(self) -> None:
        """Remove a key that was made and never came to be used."""
        self.path.unlink(missing_ok=True)


def is_there(path: Path) -> bool:
    """Whether there is a file.

    Raises:
        KeyUnusable: that cannot be told.
    """
    try:
        return path.exists()
    except (OSError, ValueError) as error:
        raise KeyUnusable("key: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error


def read_memory(path: Path) -> Checkpoint:
    """The checkpoint that a key signed last.

    Raises:
        KeyUnusable: it cannot be read.
    """
    try:
        return read_checkpoint(path.read_bytes())
    except OSError as error:
        raise KeyUnusable("key: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error
    except Unreadable as error:
        raise KeyUnusable(
            "key: {path} is not a checkpoint ({said}): restore it from a backup", path=path, said=error.message
        ) from error


def write_memory(path: Path, checkpoint: Checkpoint) -> None:
    """Note a checkpoint, durably.

    Raises:
        KeyUnusable: it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        durable.replace(path, str(checkpoint).encode(), MODE)
    except OSError as error:
        raise KeyUnusable("key: {path} cannot be written: {said}", path=path, said=reason_of(error)) from error


def make_key(path: Path) -> KeyFile:
    """A new key at ``path``, on the disk.

    Raises:
        KeyUnusable: something is there already, or it cannot be written.
    """
    # Imported where it is needed: most commands sign nothing.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        durable.write_new(path, content, MODE)
    except FileExistsError as error:
        raise KeyUnusable("key: {path} already exists: name a new file", path=path) from error
    except OSError as error:
        raise KeyUnusable("key: {path} cannot be created: {said}", path=path, said=reason_of(error)) from error
    return KeyFile(path)


def _read(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        content = _content(path)
    except FileNotFoundError as error:
        raise KeyUnusable("key: {path} does not exist: name the file of the key", path=path) from error
    except OSError as error:
        raise KeyUnusable("key: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error
    try:
        private = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key(path)
    return private


def _content(path: Path) -> bytes:
    """What is in the file, which is its owner's alone; what is no file is never waited for."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        fault = fault_of(os.fstat(file.fileno()))
        if fault is not None:
            raise KeyUnusable("key: {path} {what}: {way_out}", path=path, **fault._asdict())
        return file.read()


def _no_key(path: Path) -> KeyUnusable:
    return KeyUnusable("key: {path} is not a private Ed25519 key: create one with directives audit key", path=path)


def require_apart(path: Path, evidence: Path | None) -> None:
    """A key is kept apart from the evidence, which others are given.

    Raises:
        KeyUnusable: it is in its folder.
    """
    if evidence is not None and evidence.resolve() in path.resolve().parents:
        raise KeyUnusable("key: {path} is inside the evidence folder: use another place", path=path)
