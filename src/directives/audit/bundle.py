"""A bundle: the events of a store, or of a part of it, in one file that anyone verifies without the store.

A ZIP of the checkpoint, the events with what opens their commitments, and, of a part, the proof of each; files that
were handed in, where asked for; and what people read, which is not proved. The form is in docs/audit.md.
"""

import json
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple
from uuid import uuid4

from directives.audit.log import log_of, tree_of
from directives.audit.merkle import Tree
from directives.audit.notes import to_base64
from directives.audit.openings import digests_in, salt_of
from directives.domain.errors import InvalidInput, NotCheckpointed, RecordAltered
from directives.domain.values import Model, utc_text
from directives.i18n.message import reason_of
from directives.store import audit_log
from directives.store.audit_log import Committed, Log, Signed
from directives.store.evidence import Evidence
from directives.store.session import Session

FORMAT = "directives-bundle/v1"
ALL = "all"
MANIFEST, CHECKPOINT, EVENTS = "manifest.json", "checkpoint", "events.jsonl"
EARLIER, EVIDENCE, READABLE = "checkpoints/", "evidence/", "readable/"


class Exported(Model):
    """What was written: how many events, enclosed files, and files that are named and not enclosed."""

    scope: str
    events: int
    enclosed: int
    not_enclosed: int


class Scope(NamedTuple):
    """What of the record is written.

    Attributes:
        name: ``all``, or what it is a part of: ``task written-report/JH-PC08``.
        positions: of a part, the positions of its events.
    """

    name: str
    positions: Sequence[int] | None = None


class Enclosing(NamedTuple):
    """What else is enclosed.

    Attributes:
        readable: what people read, by name: makes it from the events that are enclosed.
        evidence: the files that were handed in; None where they are not asked for.
    """

    readable: Mapping[str, Callable[[Sequence[int] | None, int], Iterable[str]]]
    evidence: Evidence | None


def export(session: Session, path: str | PathLike[str], scope: Scope, enclosing: Enclosing, now: datetime) -> Exported:
    """Write the events of ``scope`` that are under the newest checkpoint into the new file at ``path``.

    Raises:
        NotCheckpointed: nothing of it is under a checkpoint, or the store has no log.
        InvalidInput: a file is there already, or it cannot be written.
        EvidenceAltered: a file that is to be enclosed is another one by now.
        RecordAltered: an event is no text.
    """
    log, newest = log_of(session), audit_log.newest(session)
    covered = None if scope.positions is None else [each for each in scope.positions if newest and each <= newest.size]
    if newest is None or covered == []:
        raise NotCheckpointed(
            "log: nothing of this is under a checkpoint yet: run directives audit checkpoint", reason="not-checkpointed"
        )
    with _new_zip(Path(path)) as writing:
        events = _Events(log, tree_of(session), newest, whole=covered is None)
        with writing.member(EVENTS) as member:
            for position, committed in _committed(session, covered, newest.size):
                member.write(events.line(position, committed))
        writing.text(CHECKPOINT, [newest.note])
        for earlier in audit_log.checkpoints(session)[:-1] if covered is None else ():
            writing.text(f"{EARLIER}{earlier.size}", [earlier.note])
        enclosed = _enclose(writing, enclosing.evidence, sorted(events.named))
        for name, made in enclosing.readable.items():
            writing.text(f"{READABLE}{name}", made(covered, newest.size))
        writing.manifest(scope.name, now)
    not_enclosed = len(events.named) - enclosed
    return Exported(scope=scope.name, events=events.count, enclosed=enclosed, not_enclosed=not_enclosed)


class _Events:
    """The lines of events, and what is noted of them."""

    def __init__(self, log: Log, tree: Tree, newest: Signed, *, whole: bool) -> None:
        self._log, self._tree, self._size, self._whole = log, tree, newest.size, whole
        self.count = 0
        self.named: set[str] = set()

    def line(self, position: int, committed: Committed) -> bytes:
        """The line of an event."""
        stream, version, topic, state = committed
        try:
            text = state.decode()
        except UnicodeDecodeError as error:
            raise RecordAltered("log: the event at position {position} is not text", position=position) from error
        self.count += 1
        self.named |= digests_in(state)
        salt = to_base64(salt_of(self._log.secret, position - 1))
        line: dict[str, Any] = {
            "position": position,
            "stream": stream,
            "version": version,
            "topic": topic,
            "salt": salt,
            "state": text,
        }
        if not self._whole:
            line |= {"proof": [to_base64(each) for each in self._tree.inclusion(position - 1, self._size)]}
        return f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _committed(session: Session, positions: Sequence[int] | None, size: int) -> Iterator[tuple[int, Committed]]:
    """What is committed of the events at those positions, or of all up to a size."""
    if positions is None:
        yield from enumerate(chain.from_iterable(audit_log.committed(session, 1, size)), start=1)
        return
    for position in positions:
        event = audit_log.committed_at(session, position)
        if event is not None:
            yield position, event


def _enclose(writing: "_Zip", files: Evidence | None, digests: Sequence[str]) -> int:
    """Enclose the files that are kept; returns how many."""
    if files is None:
        return 0
    there = [digest for digest in digests if files.has(digest)]
    for digest in there:
        with files.opened(digest) as source, writing.member(f"{EVIDENCE}{digest.removeprefix('sha256:')}") as member:
            while piece := source.read(1 << 20):
                member.write(piece)
    return len(there)


class _Member:
    """A member of a ZIP that is written, and its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hashed = file, sha256()

    def write(self, piece: bytes) -> None:
        """Write a piece of it."""
        self._file.write(piece)
        self._hashed.update(piece)

    @property
    def digest(self) -> str:
        """The digest of all that was written."""
        return self._hashed.hexdigest()


class _Zip:
    """A bundle that is written, and the digests of its members."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._digests: dict[str, str] = {}

    @contextmanager
    def member(self, name: str) -> Generator[_Member]:
        """A member to write."""
        with self._file.open(name, "w", force_zip64=True) as file:
            member = _Member(file)
            yield member
        self._digests[name] = member.digest

    def text(self, name: str, parts: Iterable[str]) -> None:
        """Write a member that is text."""
        with self.member(name) as member:
            for part in parts:
                member.write(part.encode())

    def manifest(self, scope: str, now: datetime) -> None:
        """Write, last, what is in it: it tells damage and loss, and proves nothing."""
        content = {"format": FORMAT, "scope": scope, "made_at": utc_text(now), "files": self._digests}
        self._file.writestr(MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))


@contextmanager
def _new_zip(path: Path) -> Generator[_Zip]:
    """A new bundle at ``path``, which is there whole or not at all.

    Raises:
        InvalidInput: a file is there already, or it cannot be written.
    """
    passing = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        if path.exists():
            raise InvalidInput("file: {file} already exists: name a new one", file=path)
        with zipfile.ZipFile(passing, "x", zipfile.ZIP_DEFLATED) as file:
            yield _Zip(file)
        passing.rename(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            "file: {file} cannot be written: {said}: name another", file=path, said=reason_of(error)
        ) from error
    finally:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
