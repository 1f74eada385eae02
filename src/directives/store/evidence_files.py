"""Submitted files, stored once each by their SHA-256 digest, in a folder beside the database.

A file is copied under a name of its own, made durable, and put in place whole, inside the transaction of the event
that names it. What it is called and what its name ends in mean nothing: it is known by its content alone, and that is
looked at whenever it is read.
"""

import codecs
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import BinaryIO, Literal, NamedTuple
from uuid import uuid4

from directives.domain.document import MEDIA_TYPE, Document
from directives.domain.errors import EvidenceAltered, EvidenceMissing, InvalidDocument, StoreUnusable
from directives.i18n.message import reason_of
from directives.store.durable import make_durable

CEILING = 1024 * 1024 * 1024
"""Bytes of the largest file that is looked at; the limit of a directive is its issuing office's."""
_PIECE = 1024 * 1024
_HEAD = 64 * 1024
_PREFIX = "sha256:"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COPY = re.compile(r"\.[0-9a-f]{32}")
"""What a copy is called that is not in place yet."""
_KEPT = re.compile(r"[0-9a-f]{64}")
_LEFT_AFTER = 24 * 60 * 60
"""Seconds after which nobody writes to a copy any more."""
Condition = Literal["whole", "missing", "altered", "unreadable"]


class Staged(NamedTuple):
    """A copy that is not in place yet, and what it is."""

    document: Document
    copy: Path


class EvidenceFiles:
    """The files of one store.

    Args:
        path: the file of the store; one in memory has them in a folder that goes with it.
    """

    def __init__(self, path: Path | None) -> None:
        self._folder = None if path is None else Path(f"{path}.evidence")
        self._passing = path is None

    def close(self) -> None:
        """Remove the files of a store in memory."""
        if self._passing and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    @property
    def folder(self) -> Path | None:
        """The folder; None where nothing was kept of a store in memory."""
        return self._folder

    @property
    def are_here(self) -> bool:
        """Whether the folder is there; a store that came without it has no file of its evidence."""
        return self._passing or (self._folder is not None and os.path.lexists(self._folder))

    def path_of(self, digest: str) -> Path:
        """Where the file of that digest is, or would be."""
        name = digest.removeprefix(_PREFIX)
        return self._made() / name[:2] / name

    def condition(self, document: Document) -> Condition:
        """Whether the file is there, and is what it was; one that this user may not read may be either."""
        try:
            with self.path_of(document.digest).open("rb") as file:
                return "whole" if _digest(file) == document.digest else "altered"
        except FileNotFoundError:
            return "missing"
        except PermissionError:
            return "unreadable"
        except OSError:
            return "altered"

    @contextmanager
    def opened(self, digest: str) -> Generator[BinaryIO]:
        """The file of that digest, after a look at its content.

        Raises:
            EvidenceMissing, EvidenceAltered: it is not there, or is another one by now.
        """
        try:
            file = self.path_of(digest).open("rb")
        except FileNotFoundError as error:
            raise EvidenceMissing(
                "evidence: {digest} is not stored here: add it with directives evidence add FILE",
                reason="missing",
                digest=digest,
            ) from error
        except PermissionError as error:
            raise StoreUnusable(
                "evidence: {path} cannot be read: {said}", path=self.path_of(digest), said=reason_of(error)
            ) from error
        except OSError as error:
            raise EvidenceAltered(
                "evidence: {digest} cannot be read ({said}): restore it from a backup",
                reason="altered",
                digest=digest,
                said=reason_of(error),
            ) from error
        with file:
            if _digest(file) != digest:
                raise EvidenceAltered(
                    "evidence: {digest} was altered: restore it with directives evidence add FILE",
                    reason="altered",
                    digest=digest,
                )
            file.seek(0)
            yield file

    @contextmanager
    def staged(self, pieces: Iterable[bytes], name: str) -> Generator[Staged]:
        """A copy of what is in ``pieces``, ready to be put in place; gone afterwards where it was not.

        Args:
            name: what the file is called, for messages.

        Raises:
            InvalidDocument: it is empty, too large, or cannot be read.
            StoreUnusable: the copy cannot be written.
        """
        self._sweep()
        copy = self._made() / f".{uuid4().hex}"
        try:
            yield Staged(_copied(pieces, copy, name), copy)
        finally:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
                copy.parent.rmdir()  # where nothing is kept there

    def keep(self, staged: Staged) -> None:
        """Put a copy in place, whole; one that is there and is what it was stays.

        Raises:
            StoreUnusable: it cannot be put there.
        """
        path = self.path_of(staged.document.digest)
        if self.condition(staged.document) == "whole":
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged.copy, path)
            make_durable(path.parent)
        except OSError as error:
            raise _unwritable(path.parent, error) from error

    def off_record(self, on_record: Collection[str]) -> list[str]:
        """The digests by which files in the folder are called that are not among those ``on_record``."""
        if self._folder is None:
            return []
        found: list[str] = []
        with suppress(OSError):
            for folder in sorted(self._folder.iterdir()):
                if folder.is_dir() and not folder.is_symlink():
                    found += [
                        f"{_PREFIX}{each.name}" for each in sorted(folder.iterdir()) if _KEPT.fullmatch(each.name)
                    ]
        return [digest for digest in found if digest not in on_record]

    def _sweep(self) -> None:
        """Remove copies that processes left which were stopped: those that nobody has written to for a day."""
        if self._folder is None:
            return
        with suppress(OSError):
            for each in self._folder.iterdir():
                with suppress(OSError):  # another process removes it too, or it is not this user's
                    if _COPY.fullmatch(each.name) and time() - each.lstat().st_mtime > _LEFT_AFTER:
                        each.unlink()

    def _made(self) -> Path:
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="directives-evidence-"))
        return self._folder


def _unwritable(folder: Path, error: OSError) -> StoreUnusable:
    return StoreUnusable("evidence: {folder} cannot be written: {said}", folder=folder, said=reason_of(error))


def _copied(pieces: Iterable[bytes], copy: Path, name: str) -> Document:
    """Write ``pieces`` to ``copy``, durably, and say what they are."""
    try:
        with _new_file(copy) as target:
            digest, size = described(pieces, name, target.write)
            target.flush()
            os.fsync(target.fileno())
        copy.chmod(0o444)
    except OSError as error:
        raise _unwritable(copy.parent, error) from error
    return Document(digest=digest, media_type=media_type_of(copy), size=size)


def _new_file(path: Path) -> BinaryIO:
    """Make the file and its folder, which another process may just have removed as empty."""
    for _ in range(10):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            return path.open("xb")
    return path.open("xb")


def described(pieces: Iterable[bytes], name: str, write: Callable[[bytes], object] = len) -> tuple[str, int]:
    """The digest and the size of what is in ``pieces``, each of which is given to ``write``.

    Raises:
        InvalidDocument: there is nothing in it, or more than `CEILING`.
    """
    hashed, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > CEILING:
            raise InvalidDocument(
                "file: {name} has more than {limit} bytes: submit a smaller one", name=name, limit=CEILING
            )
        hashed.update(piece)
        write(piece)
    if not size:
        raise InvalidDocument(
            "file: {name} is empty: name the file of the document", reason="document-empty", name=name
        )
    return f"{_PREFIX}{hashed.hexdigest()}", size


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The content of ``file``, piece by piece."""
    while piece := file.read(_PIECE):
        yield piece


def _digest(file: BufferedReader) -> str:
    return f"{_PREFIX}{hashlib.file_digest(file, 'sha256').hexdigest()}"


def media_type_of(path: Path) -> str:
    """The media type (RFC 6838) of the file at ``path``, by its content alone."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if _is_text(head):
        return "text/plain"
    import puremagic  # here, since most commands hand no file in, and it reads its table when it is imported

    with suppress(puremagic.PureError, ValueError):
        media_type = puremagic.from_file(str(path), mime=True)  # pyright: ignore[reportUnknownMemberType] # PathLike without its type
        if re.fullmatch(MEDIA_TYPE, media_type):
            return media_type
    return "application/octet-stream"


def _is_text(head: bytes) -> bool:
    """Whether a file begins with text in UTF-8; a character may be cut in two at the end of ``head``."""
    text = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return not head.startswith(b"%PDF") and not _CONTROL.search(text.decode(head))
    except UnicodeDecodeError:
        return False
