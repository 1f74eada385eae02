"""What the tree holds of an event: a commitment to it, salted, so that who sees one can guess no event.

The salts follow from one secret of the store, a tile's with one call of SHAKE-256. The formats are those of
docs/audit.md, and never change.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256, shake_256
from typing import Any

from directives.audit.notes import Unreadable
from directives.audit.strict_json import strictly
from directives.domain.document import DIGEST
from directives.store.audit_log import TOGETHER, Committed

SECRET = 32
"""Bytes of the secret."""
_SALT = 16
_SALTS = b"directives-salt/v1\n"
_ENTRY = b"directives-event/v1\n"
_LEAF = b"\x00" + _ENTRY
_ORIGIN = b"directives-origin/v1\n"


def mark_of(secret: bytes) -> str:
    """The 16 hexadecimal digits at the end of the origin of the log with that secret."""
    return sha256(_ORIGIN + secret).hexdigest()[:16]


def origin_of(name: str, secret: bytes) -> str:
    """The origin of the log of that name and secret."""
    return f"{name}/{mark_of(secret)}"


def _salts(secret: bytes, number: int) -> bytes:
    """The salts of the events of a tile, one after another."""
    return shake_256(_SALTS + secret + number.to_bytes(8)).digest(TOGETHER * _SALT)


def salt_of(secret: bytes, index: int) -> bytes:
    """The salt of the event at position ``index`` + 1."""
    number, place = divmod(index, TOGETHER)
    return _salts(secret, number)[place * _SALT : (place + 1) * _SALT]


def opening_of(salt: bytes, event: Committed) -> bytes:
    """What opens the commitment to an event: its salt, stream, version, topic and stored state."""
    stream, version, topic, state = event
    return b"%b%b\n%d\n%b\n%b" % (salt, stream.encode(), version, topic.encode(), state)


def opened(opening: bytes) -> tuple[bytes, Committed] | None:
    """The salt and the event of an opening; None if it is not one."""
    salt, rest = opening[:_SALT], opening[_SALT:]
    parts = rest.split(b"\n", 3)
    if len(parts) != 4 or not re.fullmatch(rb"[1-9][0-9]{0,17}", parts[1]):
        return None
    try:
        return salt, (parts[0].decode(), int(parts[1]), parts[2].decode(), parts[3])
    except UnicodeDecodeError:
        return None


def digests_in(state: bytes) -> set[str]:
    """The digests of the documents that a stored state names, anywhere in its data; of one that is no JSON, none."""
    if b"digest" not in state and b"\\" not in state:  # no name can be written so that it does not look like it
        return set()
    try:
        written = strictly(state.decode())
    except (Unreadable, UnicodeDecodeError):
        return set()
    return {*_digests(written.get("data"))} if isinstance(written, dict) else set()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] # it is JSON


def _digests(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        digest = value.get("digest")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if isinstance(digest, str) and re.fullmatch(DIGEST, digest):
            yield digest
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
            yield from _digests(each)


def is_object(state: bytes) -> bool:
    """Whether a stored state is a JSON object that says something."""
    try:
        written = strictly(state.decode())
        return isinstance(written, dict) and bool(written)  # pyright: ignore[reportUnknownArgumentType] # it is JSON
    except (Unreadable, UnicodeDecodeError):
        return False


def entry_of(opening: bytes) -> bytes:
    """The entry of the log for an event: nothing but the commitment."""
    return _ENTRY + sha256(opening).digest()


def leaf_of(opening: bytes) -> bytes:
    """The hash of that entry."""
    return sha256(_LEAF + sha256(opening).digest()).digest()


def _openings(secret: bytes, first: int, events: Iterable[Committed]) -> Iterator[bytes]:
    """The openings of events from index ``first`` on, all of one tile."""
    number, place = divmod(first, TOGETHER)
    block = _salts(secret, number)
    starts = range(place * _SALT, TOGETHER * _SALT, _SALT)
    for start, (stream, version, topic, state) in zip(starts, events, strict=False):
        salt = block[start : start + _SALT]
        yield b"%b%b\n%d\n%b\n%b" % (salt, stream.encode(), version, topic.encode(), state)


def entries_of(secret: bytes, first: int, events: Iterable[Committed]) -> list[bytes]:
    """The entries of events from index ``first`` on, all of one tile."""
    return [entry_of(opening) for opening in _openings(secret, first, events)]


def leaves_of(secret: bytes, first: int, events: Iterable[Committed]) -> list[bytes]:
    """The leaves of events from index ``first`` on, all of one tile."""
    return [sha256(_LEAF + sha256(opening).digest()).digest() for opening in _openings(secret, first, events)]
