"""Files that are given to be verified, whoever made them."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from directives.audit.notes import Checkpoint, Unreadable, read_checkpoint
from directives.domain.errors import InvalidInput
from directives.i18n.message import reason_of

MOST = 64 * 1024 * 1024
"""Bytes of the longest file that is held in memory: a receipt has the state of one event."""


@contextmanager
def opened(path: Path) -> Generator[BufferedReader]:
    """A file that is read once: a pipe too.

    Raises:
        InvalidInput: it cannot be opened.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error
    with file:
        yield file


def content_in(file: BufferedReader, path: Path) -> bytes:
    """What is in a file.

    Raises:
        InvalidInput: it cannot be read, or is too long.
    """
    try:
        content = file.read(MOST + 1)
    except OSError as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error
    if len(content) > MOST:
        raise InvalidInput("file: {file} has more than {limit} bytes: not a file of this log", file=path, limit=MOST)
    return content


def checkpoint_in(path: Path) -> Checkpoint:
    """The checkpoint in a file.

    Raises:
        InvalidInput: it is none.
    """
    try:
        with opened(path) as file:
            return read_checkpoint(content_in(file, path))
    except Unreadable as error:
        raise InvalidInput("{file}: not a log checkpoint: {said}", file=path, said=error.message) from error
