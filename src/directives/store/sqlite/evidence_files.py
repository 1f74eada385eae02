"""Submitted files in a folder beside the database.

A file is copied under a name of its own, made durable, and put in place whole.
"""

import os
import re
import shutil
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import BinaryIO
from uuid import uuid4

from directives.domain.document import Document
from directives.domain.errors import EvidenceAltered, StoreUnusable
from directives.i18n.message import reason_of
from directives.store.durable import make_durable
from directives.store.evidence import (
    PREFIX,
    Condition,
    Evidence,
    Staged,
    altered,
    copied,
    digest_of,
    missing,
    unwritable,
)
from directives.store.session import Session

_COPY = re.compile(r"\.[0-9a-f]{32}")
"""What a copy is called that is not in place yet."""
_KEPT = re.compile(r"[0-9a-f]{64}")
_LEFT_AFTER = 24 * 60 * 60
"""Seconds after which nobody writes to a copy any more."""


class EvidenceFiles(Evidence):
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
        name = digest.removeprefix(PREFIX)
        return self._made() / name[:2] / name

    def condition(self, document: Document) -> Condition:
        """Whether the file is there, and is what it was; one that this user may not read may be either."""
        try:
            with self.path_of(document.digest).open("rb") as file:
                return "whole" if digest_of(file) == document.digest else "altered"
        except FileNotFoundError:
            return "missing"
        except PermissionError:
            return "unreadable"
        except OSError:
            return "altered"

    def has(self, digest: str) -> bool:
        """Whether there is a file of that digest, whatever is in it."""
        return self.path_of(digest).exists()

    @contextmanager
    def opened(self, digest: str) -> Generator[BinaryIO]:
        """The file of that digest, after a look at its content.

        Raises:
            EvidenceMissing, EvidenceAltered: it is not there, or is another one by now.
        """
        try:
            file = self.path_of(digest).open("rb")
        except FileNotFoundError as error:
            raise missing(digest) from error
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
            if digest_of(file) != digest:
                raise altered(digest)
            file.seek(0)
            yield file

    @contextmanager
    def as_it_is(self, digest: str) -> Generator[BinaryIO]:
        """The file of that digest, whatever is in it."""
        try:
            file = self.path_of(digest).open("rb")
        except OSError as error:
            raise missing(digest) from error
        with file:
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
            yield Staged(copied(pieces, copy, name), copy)
        finally:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
                copy.parent.rmdir()  # where nothing is kept there

    def keep(self, session: Session, staged: Staged) -> None:  # noqa: ARG002 # they stand beside the store
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
            raise unwritable(path.parent, error) from error

    def off_record(self, on_record: Collection[str]) -> list[str]:
        """The digests by which files in the folder are called that are not among those ``on_record``."""
        if self._folder is None:
            return []
        found: list[str] = []
        with suppress(OSError):
            for folder in sorted(self._folder.iterdir()):
                if folder.is_dir() and not folder.is_symlink():
                    found += [f"{PREFIX}{each.name}" for each in sorted(folder.iterdir()) if _KEPT.fullmatch(each.name)]
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
