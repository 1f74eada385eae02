"""Signed notes, checkpoints and cosignatures, as C2SP has them (signed-note, tlog-checkpoint, tlog-cosignature)."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

from directives.audit.merkle import EMPTY, SIZE
from directives.domain.errors import RecordAltered
from directives.i18n.message import Message

LOG_KEY, WITNESS_KEY = 0x01, 0x04
"""The kinds of keys, and so of signatures: an Ed25519 signature of a note, and a cosignature with its time."""
_MOST_SIGNATURES = 100
_ID = 4
_TIME = 8
_DASH = "— "
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
NAME = re.compile(r"[^\s+]+")
"""The name of a key: no blank, no plus sign."""


class Unreadable(ValueError):
    """What was to be read has not the form that it must have; why, is in ``message``."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, **values)
        super().__init__(str(self.message))


def from_base64(text: str) -> bytes:
    """The bytes of a text in the standard alphabet, which must be the only text for them.

    Raises:
        Unreadable: it is none.
    """
    try:
        found = b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, UnicodeEncodeError) as error:
        raise Unreadable("{text} is not Base64", text=repr(text[:80])) from error
    if to_base64(found) != text:
        raise Unreadable("{text} is not Base64", text=repr(text[:80]))
    return found


def to_base64(content: bytes) -> str:
    """``content`` in Base64 (RFC 4648, section 4)."""
    return b64encode(content).decode()


def to_number(text: str) -> int:
    """A whole number in ASCII digits, without a zero before it.

    Raises:
        Unreadable: it is none.
    """
    if not _NUMBER.fullmatch(text):
        raise Unreadable("{text} is not a number", text=repr(text[:80]))
    return int(text)


def to_hash(text: str) -> bytes:
    """A hash in Base64.

    Raises:
        Unreadable: it is none.
    """
    found = from_base64(text)
    if len(found) != SIZE:
        raise Unreadable("{text} is not a hash", text=repr(text[:80]))
    return found


class Key(NamedTuple):
    """A public key by which signatures are looked at: its name, its kind, and its 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signatures name it."""
        return sha256(b"%b\n%c%b" % (self.name.encode(), self.kind, self.public)).digest()[:_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    def confirms(self, signature: bytes, text: bytes) -> bool:
        """Whether it made an Ed25519 signature of ``text``."""
        # Imported where it is needed: most commands look at no signature.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


def read_key(text: str, kind: int) -> Key:
    """A key as it is written, ``NAME+ID+BASE64``, of that kind.

    Raises:
        Unreadable: it is none.
    """
    name, _, rest = text.partition("+")
    written, _, encoded = rest.partition("+")
    content = from_base64(encoded)
    if not NAME.fullmatch(name) or not _is_text(name) or len(content) != 1 + SIZE:
        raise Unreadable("{key} is not a key; write NAME+ID+BASE64", key=repr(text[:200]))
    key = Key(name, content[0], content[1:])
    if key.id.hex() != written:
        raise Unreadable("{key}: the id does not match the key", key=repr(text[:200]))
    if key.kind != kind:
        raise Unreadable(
            "{key} is of kind {kind}, not {wanted}",
            key=repr(text[:200]),
            kind=f"0x{key.kind:02x}",
            wanted=f"0x{kind:02x}",
        )
    return key


def _is_text(name: str) -> bool:
    """Whether it was read from UTF-8."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


class Signature(NamedTuple):
    """A signature line: the name and the id of a key, and what it made."""

    name: str
    id: bytes
    made: bytes

    @property
    def line(self) -> str:
        """The line, as it stands in a note."""
        return f"{_DASH}{self.name} {to_base64(self.id + self.made)}\n"

    @property
    def time(self) -> int:
        """Of a cosignature, the second since 1970 that it tells."""
        return int.from_bytes(self.made[:_TIME])


class Signer(Protocol):
    """Whoever signs under a public key."""

    @property
    def key(self) -> Key:
        """The public key."""
        ...

    def sign(self, text: bytes) -> bytes:
        """The Ed25519 signature of ``text``."""
        ...


class Note(NamedTuple):
    """A text, with its last line feed, and signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(each.line for each in self.signatures)}"


def read_note(content: bytes) -> Note:
    """The note in ``content``, all of it.

    Raises:
        Unreadable: it is none.
    """
    try:
        whole = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not text or not lines.endswith("\n") or _CONTROL.search(whole):
        raise Unreadable("not a text with signatures below it")
    return Note(f"{text}\n", read_signatures(lines))


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """The signatures in ``lines``, each of which ends with a line feed; at most 100.

    Raises:
        Unreadable: a line is none, or there are too many.
    """
    found = tuple(map(_signature, lines[:-1].split("\n")))
    if len(found) > _MOST_SIGNATURES or not lines.endswith("\n"):
        raise Unreadable("more than {most} signatures", most=_MOST_SIGNATURES)
    return found


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not NAME.fullmatch(name):
        raise Unreadable("{line} is not a signature", line=repr(line[:80]))
    made = from_base64(encoded)
    if len(made) <= _ID:
        raise Unreadable("{line} is not a signature", line=repr(line[:80]))
    return Signature(name, made[:_ID], made[_ID:])


class Checkpoint(NamedTuple):
    """The size and the root of a log at one time, as its log signed it."""

    origin: str
    size: int
    root: bytes
    note: Note

    @property
    def mark(self) -> str:
        """What tells the secret of its log apart from any other, under whatever name the log goes: the origin's end."""
        return self.origin.rpartition("/")[2]

    @property
    def root_text(self) -> str:
        """The root in Base64."""
        return to_base64(self.root)

    def __str__(self) -> str:
        return str(self.note)


def text_of(origin: str, size: int, root: bytes) -> str:
    """The text that a log signs."""
    return f"{origin}\n{size}\n{to_base64(root)}\n"


def read_checkpoint(content: bytes) -> Checkpoint:
    """The checkpoint in ``content``; whether its signatures are right is another question.

    Raises:
        Unreadable: it is none.
    """
    note = read_note(content)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise Unreadable("origin, size or root is missing")
    origin, size, root = lines[0], to_number(lines[1]), to_hash(lines[2])
    if size == 0 and root != EMPTY:
        raise Unreadable("size 0 with the root of a non-empty tree")
    return Checkpoint(origin, size, root, note)


def signed(text: str, signers: Iterable[Signer]) -> Note:
    """``text`` with the signature of each."""
    return Note(text, tuple(_sign(text, signer) for signer in signers))


def _sign(text: str, signer: Signer) -> Signature:
    return Signature(signer.key.name, signer.key.id, signer.sign(text.encode()))


def cosigned(text: str, signer: Signer, time: int) -> Signature:
    """The cosignature of a witness under a checkpoint, at that second since 1970."""
    made = time.to_bytes(_TIME) + signer.sign(_cosigned_text(text, time))
    return Signature(signer.key.name, signer.key.id, made)


def _cosigned_text(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def signers_of(note: Note, keys: Iterable[Key]) -> dict[Key, Signature]:
    """The keys among ``keys`` that signed or cosigned the note; lines of other keys are ignored.

    Raises:
        RecordAltered: a line in the name of one of the keys is not what it made.
    """
    known: Mapping[tuple[str, bytes], Key] = {(key.name, key.id): key for key in keys}
    found: dict[Key, Signature] = {}
    for each in note.signatures:
        key = known.get((each.name, each.id))
        if key is None:
            continue
        if not _is_right(each, key, note.text):
            raise RecordAltered("the signature of {name} does not match this text", name=each.name)
        found.setdefault(key, each)
    return found


def _is_right(signature: Signature, key: Key, text: str) -> bool:
    if key.kind == LOG_KEY:
        return key.confirms(signature.made, text.encode())
    if len(signature.made) <= _TIME or not 0 < signature.time < 1 << 63:
        return False
    return key.confirms(signature.made[_TIME:], _cosigned_text(text, signature.time))


def with_signatures(checkpoint: Checkpoint, more: Sequence[Signature]) -> Checkpoint:
    """The checkpoint with ``more`` signatures; one of a key that signed it before takes the place of that one.

    Raises:
        Unreadable: there are too many.
    """
    kept = {(each.name, each.id): each for each in (*checkpoint.note.signatures, *more)}
    if len(kept) > _MOST_SIGNATURES:
        raise Unreadable("more than {most} signatures", most=_MOST_SIGNATURES)
    return checkpoint._replace(note=Note(checkpoint.note.text, tuple(kept.values())))
