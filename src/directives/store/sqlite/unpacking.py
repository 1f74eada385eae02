"""Makes a store of a pack: all of it is looked at before anything is put in place."""

import fcntl
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from directives.domain.errors import DirectivesError, InvalidInput, NewerStore, StoreUnusable
from directives.i18n.message import Message, reason_of
from directives.store.durable import make_durable
from directives.store.private_files import MODE
from directives.store.sqlite import pack_form
from directives.store.sqlite.database_file import BESIDE, format_of
from directives.store.sqlite.pack_form import KEYS, MANIFEST, STORE, Manifest, Member, altered, manifest_in, no_pack
from directives.store.sqlite.packing import put_in_place, require_new, working_beside

ENDING = ".unpacking"
"""What the name of the folder ends with in which a store is unpacked."""
EVIDENCE = pack_form.EVIDENCE.rstrip("/")
_BESIDE = ((EVIDENCE, ".evidence"), (KEYS, ".keys"))
"""What is put in place before the store, and what its name there ends with."""
_PLACING = "placing"
"""The file that tells that things are being put in place, and which."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, LookupError, ArithmeticError),
)
"""What Python raises about a ZIP that it cannot read."""
_SPARE = 16 * 1024 * 1024
"""Bytes that must be free besides what is unpacked."""


def unpack(path: str | PathLike[str], folder: str | PathLike[str] = ".") -> Path:
    """Make the store, with its evidence and keys, that is in the pack at ``path``; returns the path of the store.

    Everything is compared with its digest first: a store is there whole, or not at all.

    Args:
        folder: the folder in which it is made; it is made too, where it is not there.

    Raises:
        InvalidInput: it is no pack or cannot be read, or such a store, or a part of one, is in the folder already.
        RecordAltered: the pack was altered or is damaged.
        NewerStore: it was made by a newer version of this library.
        StoreUnusable: there is too little room.
    """
    source, place = Path(path), Path(folder)
    with _opened(source) as (file, manifest), _made(place):
        store = place / manifest.store
        _take_back(store)
        _require_none(store)
        with working_beside(store, ENDING) as parts, _held(parts):
            _require_room(place, manifest, source)
            for name, member in manifest.files.items():
                _extract(file, source, (name, member), parts)
            _require_store(parts / STORE, manifest, source)
            _put_in_place(parts, store)
    return store


@contextmanager
def _opened(path: Path) -> Generator[tuple[zipfile.ZipFile, Manifest]]:
    """The pack, whose members are those that its manifest names, each once and as large as that says."""
    try:
        path.stat()
        if not path.is_file():
            raise no_pack(path)
        file = zipfile.ZipFile(path)
    except OSError as error:
        said = reason_of(error)
        raise InvalidInput("file: {path} cannot be read: {said}: name another", path=path, said=said) from error
    except _DAMAGED as error:
        raise no_pack(path) from error
    with file:
        yield file, _manifest(file, path)


def _manifest(file: zipfile.ZipFile, path: Path) -> Manifest:
    sizes = {each.filename: each.file_size for each in file.infolist()}
    if MANIFEST not in sizes:
        raise no_pack(path)
    twice = [name for name, number in Counter(file.namelist()).items() if number > 1]
    if twice:
        raise altered(path, Message("{member} is there twice", member=repr(twice[0])))
    if sizes.pop(MANIFEST) > pack_form.LONGEST_MANIFEST:
        raise altered(path, Message("{member} is too large", member=MANIFEST))
    manifest = manifest_in(b"".join(_pieces(file, MANIFEST, path)), path)
    for name in sizes.keys() ^ manifest.files.keys():
        said = "{member} is not named in it" if name in sizes else "{member} is missing"
        raise altered(path, Message(said, member=repr(name)))
    for name, member in manifest.files.items():
        if sizes[name] != member.size:
            raise altered(path, Message("{member} is not as large as it was", member=name))
    return manifest


def _pieces(file: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    """The content of a member, piece by piece."""
    try:
        with file.open(name) as content:
            while piece := content.read(pack_form.PIECE):
                yield piece
    except (OSError, *_DAMAGED) as error:
        raise altered(path, Message("{member} cannot be read", member=name)) from error


def _extract(file: zipfile.ZipFile, path: Path, named: tuple[str, Member], parts: Path) -> None:
    """Write a member into the folder ``parts``, if it is what the manifest says."""
    name, member = named
    digits = name.removeprefix(pack_form.EVIDENCE)
    target = parts / name if digits == name else parts / EVIDENCE / digits[:2] / digits
    hashed, size = sha256(), 0
    with _new(target, MODE if name == KEYS else 0o666 if name == STORE else 0o444) as written:
        for piece in _pieces(file, name, path):
            size += len(piece)
            if size > member.size:
                break
            hashed.update(piece)
            written.write(piece)
    if (size, hashed.hexdigest()) != (member.size, member.sha256):
        raise altered(path, Message("{member} has another digest", member=name))


@contextmanager
def _new(path: Path, mode: int) -> Generator[BinaryIO]:
    """A new file that is on the disk at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    make_durable(path.parent)


def _require_none(store: Path) -> None:
    """Raises `InvalidInput` where there is such a store, or a part of one."""
    for suffix in ("", *BESIDE):
        if os.path.lexists(f"{store}{suffix}"):
            raise InvalidInput(
                "file: {file} is there already: move it away, or name another folder", file=f"{store}{suffix}"
            )


def _require_room(folder: Path, manifest: Manifest, path: Path) -> None:
    needed, free = sum(each.size for each in manifest.files.values()) + _SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise StoreUnusable(
            "file: {file} needs {needed} bytes, and {free} are free: free some space, or name another folder",
            file=path,
            needed=needed,
            free=free,
        )


def _require_store(store: Path, manifest: Manifest, path: Path) -> None:
    """Raises an error where what was unpacked is no store, or not the one that the manifest tells of."""
    try:
        version = format_of(store)
        name = f"file:{quote(str(store.absolute()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(name, uri=True)) as connection:
            found = connection.execute("SELECT count(*), coalesce(max(position), 0) FROM stored_events").fetchone()
    except NewerStore as error:
        raise NewerStore("file: {file} was packed by a newer version of directives: use that one", file=path) from error
    except (DirectivesError, sqlite3.Error) as error:
        raise altered(path, Message("{member} is no store of directives", member=STORE)) from error
    if (version, *found) != (manifest.store_format, manifest.events, manifest.newest):
        raise altered(path, Message("{member} is not the store that was packed", member=STORE))


def _put_in_place(parts: Path, store: Path) -> None:
    """Put the store in place, after what stands beside it; or nothing."""
    placed = list[tuple[Path, Path]]()
    there = [(parts / part, Path(f"{store}{suffix}")) for part, suffix in _BESIDE if (parts / part).exists()]
    with _new(parts / _PLACING, MODE) as file:
        file.write("\n".join(part.name for part, _ in there).encode())
    try:
        for part, target in there:
            require_new(target)
            part.rename(target)
            placed.append((part, target))
        put_in_place(parts / STORE, store)
    except BaseException:
        for part, target in reversed(placed):
            target.rename(part)
        raise


def _take_back(store: Path) -> None:
    """Take back what a process had put in place that was killed before it came to the store itself."""
    with suppress(OSError):
        for parts in [*store.parent.iterdir()] if not os.path.lexists(store) else ():
            if parts.name.startswith(f".{store.name}.") and parts.name.endswith(ENDING):
                with suppress(OSError), _held(parts, wait=False):
                    _take_back_of(parts, store)


def _take_back_of(parts: Path, store: Path) -> None:
    placing = parts / _PLACING
    if not placing.exists() or not (parts / STORE).exists():
        return
    meant = placing.read_text().split()
    for part, suffix in _BESIDE:
        target = Path(f"{store}{suffix}")
        if part in meant and not (parts / part).exists() and os.path.lexists(target):
            target.rename(parts / part)
    shutil.rmtree(parts)


@contextmanager
def _held(folder: Path, *, wait: bool = True) -> Generator[None]:
    """Keep others from taking ``folder`` for one of a process that was killed.

    Raises:
        BlockingIOError: another process holds it, and is not waited for.
    """
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(opened)


@contextmanager
def _made(folder: Path) -> Generator[None]:
    """The folder, which is made where it is not there, and is gone again where nothing comes into it."""
    missing = list[Path]()
    try:
        missing += [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            "folder: {folder} cannot be made: {said}: name another", folder=folder, said=reason_of(error)
        ) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for each in missing:
                each.rmdir()
        raise
