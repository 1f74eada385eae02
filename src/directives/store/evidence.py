"""Submitted files, stored once each by their SHA-256 digest, inside the transaction of the event that names them.

What a file is called and what its name ends in mean nothing: it is known by its content alone, and that is looked at
whenever it is read.
"""

import codecs
import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, cast

from directives.domain.document import MEDIA_TYPE, Document
from directives.domain.errors import EvidenceAltered, EvidenceMissing, InvalidDocument, StoreUnusable
from directives.i18n.message import reason_of
from directives.store.session import Session

CEILING = 1024 * 1024 * 1024
"""Bytes of the largest file that is looked at; the limit of a directive is its issuing office's."""
PIECE = 1024 * 1024
"""Bytes that are read together."""
PREFIX = "sha256:"
"""What digests begin with."""
_HEAD = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
Condition = Literal["whole", "missing", "altered", "unreadable"]


class Staged(NamedTuple):
    """A copy that is not in place yet, and what it is."""

    document: Document
    copy: Path


class Evidence(ABC):
    """The files of one store."""

    @property
    @abstractmethod
    def folder(self) -> Path | None:
        """The folder in which they are; None where there is none."""

    @property
    @abstractmethod
    def are_here(self) -> bool:
        """Whether they came with the store; one that came without them has no file of its evidence."""

    @abstractmethod
    def condition(self, document: Document) -> Condition:
        """Whether the file is there, and is what it was; one that this user may not read may be either."""

    @abstractmethod
    def has(self, digest: str) -> bool:
        """Whether there is a file of that digest, whatever is in it."""

    @abstractmethod
    def opened(self, digest: str) -> AbstractContextManager[BinaryIO]:
        """The file of that digest, after a look at its content.

        Raises:
            EvidenceMissing, EvidenceAltered: it is not there, or is another one by now.
        """

    @abstractmethod
    def as_it_is(self, digest: str) -> AbstractContextManager[BinaryIO]:
        """The file of that digest, whatever is in it.

        Raises:
            EvidenceMissing: it is not there.
        """

    @abstractmethod
    def staged(self, pieces: Iterable[bytes], name: str) -> AbstractContextManager[Staged]:
        """A copy of what is in ``pieces``, ready to be put in place; gone afterwards where it was not.

        Args:
            name: what the file is called, for messages.

        Raises:
            InvalidDocument: it is empty, too large, or cannot be read.
            StoreUnusable: the copy cannot be written.
        """

    @abstractmethod
    def keep(self, session: Session, staged: Staged) -> None:
        """Put a copy in place, whole; one that is there and is what it was stays.

        Raises:
            StoreUnusable: it cannot be put there.
        """

    @abstractmethod
    def off_record(self, on_record: Collection[str]) -> list[str]:
        """The digests of files that are there, and not among those ``on_record``."""

    @abstractmethod
    def close(self) -> None:
        """Let them go; those of a store in memory are removed."""


def missing(digest: str) -> EvidenceMissing:
    """That the file of that digest is not there."""
    return EvidenceMissing(
        "evidence: {digest} is not stored here: add it with directives evidence add FILE",
        reason="missing",
        digest=digest,
    )


def altered(digest: str) -> EvidenceAltered:
    """That the file of that digest is another one by now."""
    return EvidenceAltered(
        "evidence: {digest} was altered: restore it with directives evidence add FILE", reason="altered", digest=digest
    )


def unwritable(folder: Path, error: OSError) -> StoreUnusable:
    """That nothing can be written in ``folder``."""
    return StoreUnusable("evidence: {folder} cannot be written: {said}", folder=folder, said=reason_of(error))


def copied(pieces: Iterable[bytes], copy: Path, name: str) -> Document:
    """Write ``pieces`` to ``copy``, durably, and say what they are."""
    try:
        with _new_file(copy) as target:
            digest, size = described(pieces, name, target.write)
            target.flush()
            os.fsync(target.fileno())
        copy.chmod(0o444)
    except OSError as error:
        raise unwritable(copy.parent, error) from error
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
    return f"{PREFIX}{hashed.hexdigest()}", size


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The content of ``file``, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


def digest_of(file: BinaryIO) -> str:
    """The digest of what is in ``file``."""
    return f"{PREFIX}{hashlib.file_digest(cast(BufferedReader, file), 'sha256').hexdigest()}"


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
