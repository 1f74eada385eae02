"""Submitted files in the database, piece by piece: whoever reaches the store reaches them."""

import os
import shutil
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory, gettempdir
from time import time
from typing import BinaryIO, cast

from directives.domain.document import Document
from directives.store.evidence import PIECE, PREFIX, Condition, Evidence, Staged, altered, copied, missing, pieces_of
from directives.store.postgres.address import Address
from directives.store.postgres.catalogue import EVIDENCE_PIECES
from directives.store.postgres.connections import Connections
from directives.store.postgres.cursor import PostgresCursor
from directives.store.postgres.errors import errors_of_ours
from directives.store.session import Cursor, Session

_STAGED = "directives-staged-"
"""What the names of folders begin with in which copies are that are not in the database yet."""
_LEFT_AFTER = 24 * 60 * 60
"""Seconds after which nobody writes to a copy any more."""
_IN_MEMORY = 8 * PIECE
"""Bytes of a file that is read without one on the disk of this machine."""


class EvidenceTable(Evidence):
    """The files of one store."""

    def __init__(self, address: Address, connections: Connections) -> None:
        self._address, self._connections = address, connections

    @property
    def folder(self) -> Path | None:
        """None: they stand in the database."""
        return None

    @contextmanager
    def _cursor(self) -> Generator[PostgresCursor]:
        with errors_of_ours(self._address), self._connections.connection() as connection:
            yield PostgresCursor(connection, named=False)

    @property
    def are_here(self) -> bool:
        """Whether there is any."""
        with self._cursor() as cursor:
            return cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {EVIDENCE_PIECES.name})").fetchone()[0]

    def condition(self, document: Document) -> Condition:
        """Whether the file is there, and is what it was."""
        with self._cursor() as cursor:
            return _condition(cursor, document.digest)

    def has(self, digest: str) -> bool:
        """Whether there is a file of that digest, whatever is in it."""
        with self._cursor() as cursor:
            return next(_pieces(cursor, digest), None) is not None

    @contextmanager
    def opened(self, digest: str) -> Generator[BinaryIO]:
        """The file of that digest, after a look at its content."""
        hashed, found = sha256(), False
        with SpooledTemporaryFile(_IN_MEMORY) as file:
            with self._cursor() as cursor:
                for piece in _pieces(cursor, digest):
                    found = True
                    hashed.update(piece)
                    file.write(piece)
            if not found:
                raise missing(digest)
            if f"{PREFIX}{hashed.hexdigest()}" != digest:
                raise altered(digest)
            file.seek(0)
            yield cast(BinaryIO, file)

    @contextmanager
    def as_it_is(self, digest: str) -> Generator[BinaryIO]:
        """The file of that digest, whatever is in it."""
        with SpooledTemporaryFile(_IN_MEMORY) as file:
            with self._cursor() as cursor:
                for piece in _pieces(cursor, digest):
                    file.write(piece)
            file.seek(0)
            yield cast(BinaryIO, file)

    @contextmanager
    def staged(self, pieces: Iterable[bytes], name: str) -> Generator[Staged]:
        """A copy of what is in ``pieces`` on the disk of this machine, until it is in the database."""
        _sweep()
        with TemporaryDirectory(prefix=_STAGED) as folder:
            copy = Path(folder) / "copy"
            yield Staged(copied(pieces, copy, name), copy)

    def keep(self, session: Session, staged: Staged) -> None:
        """Write a copy into the database; one that is there and is what it was stays."""
        digest = staged.document.digest
        if _condition(session.another_cursor(), digest) == "whole":
            return
        session.cursor.execute(f"DELETE FROM {EVIDENCE_PIECES.name} WHERE digest = ?", (digest,))
        with staged.copy.open("rb") as file:
            for number, piece in enumerate(pieces_of(file)):
                session.insert(EVIDENCE_PIECES, [(digest, number, piece)])

    def off_record(self, on_record: Collection[str]) -> list[str]:
        """The digests of files that are there, and not among those ``on_record``."""
        with self._cursor() as cursor:
            rows = cursor.execute(f"SELECT DISTINCT digest FROM {EVIDENCE_PIECES.name} ORDER BY digest").fetchall()
        return [digest for (digest,) in rows if digest not in on_record]

    def close(self) -> None:
        """They stay."""


def _sweep() -> None:
    """Remove copies that processes of this user left which were killed: those of a day ago."""
    for each in Path(gettempdir()).glob(f"{_STAGED}*"):
        with suppress(OSError):
            status = each.lstat()
            if status.st_uid == os.geteuid() and time() - status.st_mtime > _LEFT_AFTER:
                shutil.rmtree(each, ignore_errors=True)


def _pieces(cursor: Cursor, digest: str) -> Iterator[bytes]:
    """The pieces of a file, in their order; so few bytes at once as one of them has."""
    number = 0
    while True:
        row = cursor.execute(
            f"SELECT content FROM {EVIDENCE_PIECES.name} WHERE digest = ? AND number = ?", (digest, number)
        ).fetchone()
        if row is None:
            return
        yield row[0]
        number += 1


def _condition(cursor: Cursor, digest: str) -> Condition:
    hashed, found = sha256(), False
    for piece in _pieces(cursor, digest):
        found = True
        hashed.update(piece)
    if not found:
        return "missing"
    return "whole" if f"{PREFIX}{hashed.hexdigest()}" == digest else "altered"
