"""The form of a pack: one ZIP with the copy of a store, its evidence and, where asked for, the keys of persons.

The members are ``store``, ``evidence/HEX``, ``keys``, and ``pack.json``, which names each of the others with its size
and its digest, and is written last.
"""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import from_json

from directives.domain.errors import InvalidInput, NewerStore, RecordAltered
from directives.domain.values import UNFIT, Model
from directives.i18n.message import Message
from directives.store.sqlite.database_file import BESIDE

FORMAT = "directives-pack/v1"
MANIFEST, STORE, KEYS, EVIDENCE = "pack.json", "store", "keys", "evidence/"
LONGEST_MANIFEST = 1024 * 1024 * 1024
"""Bytes of the largest list of members that is read: some million files."""
LONGEST_NAME = 200
"""Bytes of the name of a store, which leaves room for what the names of files beside it end with."""
PIECE = 1024 * 1024
_FORMATS = re.compile(r"directives-pack/v([1-9][0-9]{0,8})")
_MEMBERS = re.compile(rf"{STORE}|{KEYS}|{EVIDENCE}[0-9a-f]{{64}}")


class Member(Model):
    """The size in bytes and the SHA-256 digest of a member of a pack."""

    size: int = Field(ge=0, strict=True)
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Manifest(Model):
    """What is in a pack.

    Attributes:
        store: the name of the file of the store.
        store_format: the version of its stored format.
        events: how many events it has.
        newest: the position of the newest; 0 where there is none.
        keys: whether the keys of persons are in the pack.
        made_at: when it was made.
        files: each member, by its name.
    """

    format: str
    store: str
    store_format: int = Field(ge=1, strict=True)
    events: int = Field(ge=0, strict=True)
    newest: int = Field(ge=0, strict=True)
    keys: bool = Field(strict=True)
    made_at: str
    files: dict[str, Member]


def manifest_in(content: bytes, path: Path) -> Manifest:
    """The manifest of the pack at ``path``.

    Raises:
        InvalidInput: it is that of no pack.
        NewerStore: it was written by a newer version of this library.
        RecordAltered: it names what no pack has.
    """
    try:
        told: Any = from_json(content, allow_inf_nan=False)
        version = _FORMATS.fullmatch(told["format"])
    except (ValueError, TypeError, KeyError) as error:
        raise no_pack(path) from error
    if version is None:
        raise no_pack(path)
    if int(version[1]) > 1:
        raise NewerStore("file: {file} was packed by a newer version of directives: use that one", file=path)
    try:
        manifest = Manifest.model_validate(told)
    except ValidationError as error:
        raise altered(path, Message("{member} cannot be read", member=MANIFEST)) from error
    _require_sound(manifest, path)
    return manifest


def _require_sound(manifest: Manifest, path: Path) -> None:
    strange = next((name for name in manifest.files if not _MEMBERS.fullmatch(name)), None)
    if strange is not None:
        raise altered(path, Message("{member} is no member of a pack", member=repr(strange)))
    if not is_plain(manifest.store):
        raise altered(path, Message("{name} is no name for a store", name=repr(manifest.store)))
    if STORE not in manifest.files or manifest.keys != (KEYS in manifest.files):
        raise altered(path, Message("{member} is missing", member=KEYS if STORE in manifest.files else STORE))


def is_plain(name: str) -> bool:
    """Whether a file of that name stands in the folder in which it is written, and is no file beside a store."""
    if name in ("", ".", "..") or re.search(r"[/\\]", name) or UNFIT.search(name) or name.endswith(BESIDE):
        return False
    try:
        return ":memory:" not in name and "mode=memory" not in name and len(name.encode()) <= LONGEST_NAME
    except UnicodeEncodeError:
        return False


def no_pack(path: Path) -> InvalidInput:
    """That the file at ``path`` is no pack."""
    return InvalidInput("file: {file} is no pack: name a file that directives pack made", file=path)


def altered(path: Path, said: Message) -> RecordAltered:
    """That the pack at ``path`` is not as it was made."""
    return RecordAltered("file: {file} was altered or is damaged, {said}: unpack another copy", file=path, said=said)
