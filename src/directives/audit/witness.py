"""A witness: cosigns checkpoints of a log that go on from what it cosigned before (C2SP tlog-witness, add-checkpoint).

What it cosigned last of each log is kept beside its key, in ``KEY.logs``, and is on the disk before it is given away.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from os import PathLike
from pathlib import Path
from time import time
from typing import NamedTuple

from directives.audit.keys import KeyFile, is_there, make_key, read_memory, write_memory
from directives.audit.merkle import EMPTY
from directives.audit.notes import (
    LOG_KEY,
    NAME,
    WITNESS_KEY,
    Checkpoint,
    Key,
    Unreadable,
    cosigned,
    read_key,
    signers_of,
    with_signatures,
)
from directives.audit.requests import Request, read_request
from directives.domain.errors import ForkRefused, InvalidInput, RecordAltered, UnknownReference


class Cosigned(NamedTuple):
    """What a witness answers: its public key, and the signature lines."""

    key: str
    lines: str


class Memory:
    """What a witness cosigned last of one log."""

    def __init__(self, key: KeyFile, origin: str) -> None:
        self._path = key.path.with_name(f"{key.path.name}.logs") / sha256(origin.encode()).hexdigest()

    def last(self) -> Checkpoint | None:
        """The last checkpoint; None where it cosigned none.

        Raises:
            KeyUnusable: it cannot be read.
        """
        return read_memory(self._path) if is_there(self._path) else None

    def keep(self, checkpoint: Checkpoint) -> None:
        """Note, durably, what is about to be cosigned.

        Raises:
            KeyUnusable: it cannot be written.
        """
        write_memory(self._path, checkpoint)

    def keep_fork(self, checkpoint: Checkpoint) -> Path:
        """Keep a checkpoint that does not go on from the last one: with it, it proves what the log did."""
        path = self._path.with_name(f"{self._path.name}.fork")
        write_memory(path, checkpoint)
        return path


def cosign(
    content: bytes | str,
    key: str | PathLike[str],
    name: str,
    logs: Sequence[str],
    *,
    clock: Callable[[], float] = time,
) -> Cosigned:
    """Look at a request, remember its checkpoint, and cosign it as a witness; no store is needed.

    Args:
        content: the request.
        key: the file of the key of the witness; it is made where it is missing.
        name: the name of the witness, a URL without its scheme.
        logs: the public keys of the log that it believes.
        clock: the second since 1970.

    Raises:
        InvalidInput: it is no request, or goes back (status 400 of the protocol).
        RecordAltered: no key of the log signed it, or a signature is not right (403).
        UnknownReference: it is of a log that the witness does not know (404).
        ForkRefused: it starts from another size than the last one (409), or does not go on from it (422).
        KeyUnusable: the key or its memory cannot be used.
    """
    logs = [logs] if isinstance(logs, str) else logs
    if not NAME.fullmatch(name):
        raise InvalidInput(
            "name: {name} is not a name: write a URL without its scheme, for example example.org/auditor",
            name=repr(name),
        )
    keys = [_log_key(each) for each in logs]
    try:
        request = read_request(content.encode() if isinstance(content, str) else content)
    except Unreadable as error:
        raise InvalidInput("request: {said} (400)", said=error.message) from error
    checkpoint = request.checkpoint
    _require_signed(checkpoint, keys)
    if request.old > checkpoint.size:
        raise InvalidInput(
            "request: the old size {old} is larger than the checkpoint's {size} (400)",
            old=request.old,
            size=checkpoint.size,
        )
    path = Path(key)
    key_file = KeyFile(path) if is_there(path) else make_key(path)
    signer = key_file.signer(name, WITNESS_KEY)
    if signer.key.public in {each.public for each in keys}:
        raise InvalidInput("key: {path} is the log's own: a witness needs another one", path=path)
    with key_file.locked():
        memory = Memory(key_file, checkpoint.origin)
        _require_continued(request, memory)
        signature = cosigned(checkpoint.note.text, signer, max(1, int(clock())))
        memory.keep(with_signatures(checkpoint, [signature]))
    return Cosigned(str(signer.key), signature.line)


def _log_key(text: str) -> Key:
    try:
        return read_key(text, LOG_KEY)
    except Unreadable as error:
        raise InvalidInput("log: {said}", said=error.message) from error


def _require_signed(checkpoint: Checkpoint, keys: list[Key]) -> None:
    of_origin = [key for key in keys if key.name == checkpoint.origin]
    if not of_origin:
        raise UnknownReference("log: unknown origin {origin}: give its key with --log (404)", origin=checkpoint.origin)
    try:
        signed = signers_of(checkpoint.note, of_origin)
    except RecordAltered as error:
        raise RecordAltered("request: {said} (403)", said=error.message) from error
    if not signed:
        raise RecordAltered("request: not signed by a key of the log (403)")


def _require_continued(request: Request, memory: Memory) -> None:
    """The checkpoint must go on from the one that was cosigned last."""
    checkpoint, last = request.checkpoint, memory.last()
    before = 0 if last is None else last.size
    if request.old != before:
        raise ForkRefused(
            "request: it continues {old} {old:event|events} but the last checkpoint cosigned has "
            "{before}: use directives audit prove --from {size} (409)",
            old=request.old,
            before=before,
            size=str(before),  # as it is typed
        )
    if not request.continues(EMPTY if last is None else last.root):
        path = memory.keep_fork(checkpoint)
        raise ForkRefused(
            "request: the {size} {size:event does|events do} not continue the {before} cosigned "
            "before; kept as {path} (422)",
            size=checkpoint.size,
            before=before,
            path=path,
        )
