"""Makes a pack of a store: a copy of it as it stood at one moment, the files that this names, and keys where asked for.

The copy is taken first. A file of evidence is in place before the event that names it is committed, and stays, so all
that the copy names are there. A key is destroyed when its person is erased: the keys are read while nobody writes.
"""

import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import time
from typing import IO, NamedTuple
from uuid import uuid4

from pydantic import Field

from directives.domain.errors import InvalidInput
from directives.domain.values import Model, utc_text
from directives.i18n.message import reason_of
from directives.store.durable import make_durable
from directives.store.event_store import EventStore
from directives.store.evidence_register import all_noted
from directives.store.private_files import MODE
from directives.store.sqlite import pack_form
from directives.store.sqlite.database_file import BESIDE
from directives.store.sqlite.evidence_files import EvidenceFiles
from directives.store.sqlite.keys import file_of
from directives.store.sqlite.session import SqliteSession

_DIGEST = re.compile(rb"sha256:[0-9a-f]{64}")
ENDING = ".packing"
"""What the name of the folder ends with in which a pack is made."""
_LEFT_AFTER = 24 * 60 * 60
"""Seconds after which nobody writes to what is not in place any more."""


class Packed(Model):
    """What was packed.

    Attributes:
        path: the file.
        events: how many events are in it.
        newest: the position of the newest; 0 where there is none.
        evidence: how many files that were handed in are in it.
        missing: the digests of those that were kept, and are not in it, since they are gone or cannot be read.
        altered: the digests of those that are in it, and are not what was handed in.
        keys: how many keys of persons are in it; None where there are some, and they were not asked for.
    """

    path: str
    events: int
    newest: int
    evidence: int
    missing: tuple[str, ...] = Field(default=())
    altered: tuple[str, ...] = Field(default=())
    keys: int | None


class Source(NamedTuple):
    """A store, the file that it is in, and the evidence beside it."""

    store: EventStore
    path: Path
    evidence: EvidenceFiles


def pack(source: Source, target: Path, now: datetime, *, with_keys: bool) -> Packed:
    """Pack the store of ``source`` into the new file ``target``, which is there whole or not at all.

    Raises:
        InvalidInput: a file is there already, or it cannot be written.
        StoreError: the store cannot be read, or the keys cannot.
    """
    if not pack_form.is_plain(source.path.name):
        raise InvalidInput("db: {name} is no name for a store in a pack: rename the store", name=repr(source.path.name))
    if target.name.endswith(BESIDE):
        raise InvalidInput("file: {file} is named as a file beside a store: name another", file=target)
    with working_beside(target, ENDING) as folder:
        made, copy = folder / "pack", folder / "store"
        taken = _taken(source.store, copy, with_keys=with_keys)
        with _new_zip(made, MODE if with_keys else 0o666) as writing:
            with copy.open("rb") as content:
                writing.member(pack_form.STORE, content)
            packed = _with_the_rest(writing, source, taken, now)
        put_in_place(made, target)
    if not with_keys and source.store.keys.file_not_here is None:
        packed = packed.changed(keys=None)
    return packed.changed(path=str(target))


class _Taken(NamedTuple):
    """What was noted of a store while it was copied."""

    events: int
    newest: int
    version: int
    kept: set[str]
    named: set[str]
    keys: dict[str, bytes]


def _taken(store: EventStore, copy: Path, *, with_keys: bool) -> _Taken:
    """Copy the store as it stands at one moment, with the keys of those persons who are not erased in it.

    Nobody writes while the moment is chosen and the keys are read: else a person could be erased between.
    """
    log = store.event_log
    with ExitStack() as stack:
        with ExitStack() as alone:
            if with_keys and log.may_write:
                alone.enter_context(store.writing())
            session = stack.enter_context(store.reading())
            assert isinstance(session, SqliteSession)
            events, erased = log.count(session), {*log.erased(session)}  # the first question takes the snapshot
            held = store.keys.all() if with_keys else {}
        _copy(session, copy)
        keys = {person: key for person, key in held.items() if person not in erased}
        kept, named = {each.digest for each in all_noted(session)}, _named(session)
        return _Taken(events, log.last_position(session), session.catalogue.format, kept, named, keys)


def _with_the_rest(writing: "_Writing", source: Source, taken: _Taken, now: datetime) -> Packed:
    """Write the members of a pack that follow the copy of the store."""
    missing, altered, enclosed = list[str](), list[str](), 0
    for digest in sorted(taken.kept | taken.named):
        found = writing.evidence(digest, source.evidence)
        enclosed += found is not None
        if found is None and digest in taken.kept:
            missing.append(digest)
        elif found not in (None, digest):
            altered.append(digest)
    if taken.keys:
        writing.content(pack_form.KEYS, file_of(taken.keys))
    writing.manifest(source.path.name, taken, now)
    return Packed(
        path="",
        events=taken.events,
        newest=taken.newest,
        evidence=enclosed,
        missing=tuple(missing),
        altered=tuple(altered),
        keys=len(taken.keys),
    )


def _copy(session: SqliteSession, target: Path) -> None:
    with closing(sqlite3.connect(target)) as connection:
        session.cursor.connection.backup(connection)


def _named(session: SqliteSession) -> set[str]:
    """The digests that events name."""
    rows = session.another_cursor().execute("SELECT state FROM stored_events WHERE instr(state, 'sha256:')")
    texts = (state.encode() if isinstance(state, str) else state for (state,) in rows)
    return {digest.decode() for text in texts for digest in _DIGEST.findall(text)}


class _Writing:
    """A pack that is written, and what is noted of its members."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._members: dict[str, pack_form.Member] = {}

    def member(self, name: str, source: IO[bytes]) -> str:
        """Write a member; returns its digest."""
        hashed, size = sha256(), 0
        with self._file.open(name, "w", force_zip64=True) as target:
            while piece := source.read(pack_form.PIECE):
                target.write(piece)
                hashed.update(piece)
                size += len(piece)
        self._members[name] = pack_form.Member(size=size, sha256=hashed.hexdigest())
        return hashed.hexdigest()

    def content(self, name: str, content: bytes) -> None:
        """Write a member of that content."""
        self._file.writestr(name, content)
        self._members[name] = pack_form.Member(size=len(content), sha256=sha256(content).hexdigest())

    def evidence(self, digest: str, files: EvidenceFiles) -> str | None:
        """Write a file that was handed in, as it is; returns its digest, None where it cannot be read."""
        path = files.path_of(digest)
        try:
            source = path.open("rb") if path.is_file() else None
        except OSError:
            source = None
        if source is None:
            return None
        with source:
            return f"sha256:{self.member(f'{pack_form.EVIDENCE}{path.name}', source)}"

    def manifest(self, store: str, taken: _Taken, now: datetime) -> None:
        """Write, last, what is in the pack."""
        told = pack_form.Manifest(
            format=pack_form.FORMAT,
            store=store,
            store_format=taken.version,
            events=taken.events,
            newest=taken.newest,
            keys=pack_form.KEYS in self._members,
            made_at=utc_text(now),
            files=self._members,
        )
        self._file.writestr(pack_form.MANIFEST, told.model_dump_json(indent=1))


@contextmanager
def _new_zip(path: Path, mode: int) -> Generator[_Writing]:
    """A new pack at ``path``, which is on the disk at the end."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
            yield _Writing(written)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def working_beside(target: Path, ending: str) -> Generator[Path]:
    """A folder of this user's alone beside ``target``, in which that is made, and which is gone afterwards.

    What processes left that were killed goes too, once nobody has written to it for a day.

    Raises:
        InvalidInput: there is such a file already, or it cannot be written.
    """
    try:
        require_new(target)
        _sweep(target, ending)
        folder = target.with_name(f".{target.name}.{uuid4().hex}{ending}")
        folder.mkdir(MODE | 0o100)
    except (OSError, ValueError) as error:
        raise _unwritten(target, error) from error
    try:
        yield folder
    except (OSError, ValueError) as error:
        raise _unwritten(target, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_new(path: Path) -> None:
    """Raises `InvalidInput` where a file, a folder or a link is at ``path``."""
    if os.path.lexists(path):
        raise InvalidInput("file: {file} is there already: name a new one", file=path)


def put_in_place(made: Path, path: Path) -> None:
    """Give what was made its name, which nothing else may have by now."""
    try:
        os.link(made, path)
    except FileExistsError:
        require_new(path)
        raise
    except OSError:  # a file system without hard links
        require_new(path)
        made.rename(path)
    make_durable(path.parent)


def _sweep(target: Path, ending: str) -> None:
    with suppress(OSError):
        for each in target.parent.iterdir():
            mine = each.name.startswith(f".{target.name}.") and each.name.endswith(ending)
            with suppress(OSError):
                if mine and time() - each.lstat().st_mtime > _LEFT_AFTER:
                    shutil.rmtree(each)


def _unwritten(path: Path, error: Exception) -> InvalidInput:
    return InvalidInput("file: {file} cannot be written: {said}: name another", file=path, said=reason_of(error))
