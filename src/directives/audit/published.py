"""The log in a folder, as any log client reads it (C2SP tlog-tiles): entries and tiles, and the checkpoint last."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

from directives.audit.log import log_of, newest_checkpoint, tree_of
from directives.audit.merkle import SIZE, WIDTH, GrowingTiles, Roots, Tree, leaf_hash, parting, widths
from directives.audit.notes import Checkpoint
from directives.audit.openings import entries_of, leaves_of
from directives.audit.reading import checkpoint_in
from directives.domain.errors import ForkRefused, InvalidInput
from directives.i18n.message import Message, reason_of
from directives.store import audit_log, durable
from directives.store.event_store import EventStore
from directives.store.session import Session

CHECKPOINT = "checkpoint"
ENTRIES = "entries"
_MODE = 0o644


def path_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile, or a bundle of entries, is in the folder: ``tile/0/x001/234``, ``tile/0/000.p/7``."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    end = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{end}"


def is_published(path: Path) -> bool:
    """Whether a log was published there: whether it is a folder."""
    try:
        return path.is_dir()
    except OSError:  # what is wrong with it is told when it is read
        return False


def checkpoint_of(folder: Path) -> Checkpoint:
    """The checkpoint of the folder.

    Raises:
        InvalidInput: it has none.
    """
    if _content(folder / CHECKPOINT) is None:
        raise InvalidInput("{folder}: not a published log: it has no checkpoint", folder=folder)
    return checkpoint_in(folder / CHECKPOINT)


def _tile_in(folder: Path, size: int, level: int, number: int) -> bytes:
    """The hashes of a tile in the folder; nothing where it is not there, or is longer than it should be."""
    width = min(WIDTH, size // WIDTH**level - number * WIDTH)
    for each in {width, WIDTH}:  # the full tile serves for a part of it too
        content = _content(folder / path_of(level, number, each))
        if content is not None:
            return content[: width * SIZE] if len(content) == each * SIZE else b""
    return b""


def _content(path: Path) -> bytes | None:
    """What is in a file of the folder; None where it is not there.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error


def first_other(session: Session, secret: bytes, folder: Path, size: int) -> int | None:
    """The position of the first event whose leaf is not the one in the folder; None where all are."""
    done = 0
    for events in audit_log.committed_in_order(session):
        leaves = b"".join(leaves_of(secret, done, events))
        place = parting(_tile_in(folder, size, 0, done // WIDTH), leaves)
        if place is not None:
            return done + place + 1
        done += len(events)
        if done >= size:
            break
    return None


def publish(store: EventStore, folder: Path) -> int:
    """Write what is new in the log to the folder, up to the newest checkpoint; returns how many files.

    What was published before stays as it is; a tile that is lost is written again. The checkpoint comes last, so that
    whoever reads it finds what it is of.

    Raises:
        NotCheckpointed: there is no checkpoint to publish.
        RecordAltered: the log, or its newest checkpoint, was altered.
        ForkRefused: the folder has another log, another history, or other bytes where something is to stand.
        InvalidInput: it cannot be written, or holds what is no log.
    """
    with store.reading() as session:
        log, checkpoint = log_of(session), newest_checkpoint(session)
        try:
            before = _published_size(folder, checkpoint, tree_of(session))
            files = _files(session, log.secret, before, checkpoint.size)
            written = sum(_write(folder / path, make, known=known) for path, make, known in files)
            if _content(folder / CHECKPOINT) == str(checkpoint).encode():
                return written
            os.sync()
            durable.replace(folder / CHECKPOINT, str(checkpoint).encode(), _MODE)
        except (OSError, ValueError) as error:
            message = "folder: {folder} cannot be written: {said}"
            raise InvalidInput(message, folder=folder, said=reason_of(error)) from error
        return written + 1


def _published_size(folder: Path, checkpoint: Checkpoint, tree: Tree) -> int:
    """How many events are published; 0 in a new folder.

    Raises:
        ForkRefused: another log, or another history.
        InvalidInput: what is in the folder is no log.
    """
    if not (folder / CHECKPOINT).exists():
        if folder.exists() and any(each.name != "tile" and not each.name.startswith(".") for each in folder.iterdir()):
            raise InvalidInput("folder: {folder} contains other files: use a new or empty folder", folder=folder)
        return 0
    before = checkpoint_of(folder)
    if before.origin != checkpoint.origin:
        raise ForkRefused(
            "folder: {folder} contains the log {origin}: use another folder", folder=folder, origin=before.origin
        )
    if before.size > checkpoint.size:
        raise ForkRefused(
            "folder: {folder} has {published} {published:event|events} but the store has signed only "
            "{size}: bring back a newer copy",
            reason="older-copy",
            folder=folder,
            published=before.size,
            size=checkpoint.size,
        )
    if tree.root(before.size) != before.root:
        raise ForkRefused(
            "folder: the {size} {size:event|events} published in {folder} {size:differs|differ} from "
            "this store: this is another history",
            folder=folder,
            size=before.size,
        )
    return before.size


def _files(session: Session, secret: bytes, before: int, size: int) -> Iterator[tuple[str, Callable[[], bytes], bool]]:
    """The paths of a log of that size, each with what makes its content, and whether size ``before`` has it too."""
    for level, hashes in widths(size):
        for number in range(-(-hashes // WIDTH)):
            width, known = min(WIDTH, hashes - number * WIDTH), number < before // WIDTH**level // WIDTH
            if level == 0:
                yield path_of(ENTRIES, number, width), partial(_entries, session, secret, number, width), known
            yield path_of(level, number, width), partial(_tile, session, level, number, width), known


def _tile(session: Session, level: int, number: int, width: int) -> bytes:
    return audit_log.tile(session, level, number)[: width * SIZE]


def _entries(session: Session, secret: bytes, number: int, width: int) -> bytes:
    """The entries of a tile, each after its length in two bytes."""
    first = number * WIDTH
    (events,) = audit_log.committed(session, first + 1, first + width)
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries_of(secret, first, events))


def _write(path: Path, make: Callable[[], bytes], *, known: bool) -> bool:
    """Write a file that is not there; one that is there must have the same content, unless that is ``known``.

    Raises:
        ForkRefused: it has another one.
    """
    if path.exists():
        if not known and path.read_bytes() != make():
            raise ForkRefused("folder: {path} was published with different content: this is another history", path=path)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        passing.write_bytes(make())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    return True


def read_published(folder: Path, size: int, sizes: Iterable[int]) -> tuple[dict[int, bytes], Message | None]:
    """What the entries in the folder come to at its size and at others, and what is wrong with its tiles."""
    roots, above = Roots({size, *sizes}), GrowingTiles()
    for number in range(-(-size // WIDTH) or 1):
        width = min(WIDTH, size - number * WIDTH)
        leaves = [leaf_hash(entry) for entry in _entries_in(folder, number, width)]
        if len(leaves) != width or b"".join(leaves) != _tile_in(folder, size, 0, number):
            message = Message("entries {number} are missing or do not match their tile", number=number)
            return roots.at | {size: b""}, message
        root = roots.push_tile(leaves)
        if root is not None:
            above.add_above(0, number, root)
    other = next((which for which, tile in above.tiles.items() if bytes(tile) != _tile_in(folder, size, *which)), None)
    if other is not None:
        return roots.at, Message("the tile {level}/{number} is missing or was altered", level=other[0], number=other[1])
    return roots.at, None


def _entries_in(folder: Path, number: int, width: int) -> list[bytes]:
    """The entries of a bundle in the folder, as many as there are up to ``width``; none where there are more."""
    for each in {width, WIDTH}:
        content = _content(folder / path_of(ENTRIES, number, each))
        if content is None:
            continue
        entries: list[bytes] = []
        while content and len(entries) < each:
            length = int.from_bytes(content[:2])
            entries.append(content[2 : 2 + length])
            content = content[2 + length :]
        return [] if content else entries[:width]
    return []
