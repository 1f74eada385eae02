"""Files that are given to be verified, whoever made them."""

from pathlib import Path

from directives.audit.notes import Checkpoint, Unreadable, read_checkpoint
from directives.domain.errors import InvalidInput
from directives.i18n.message import reason_of

MOST = 4 * 1024 * 1024
"""Bytes of the longest file that is held in memory: a receipt has the state of one event."""


def content_of(path: Path, most: int = MOST) -> bytes:
    """What is in a file.

    Raises:
        InvalidInput: it cannot be read, or is too long.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error
    if len(content) > most:
        raise InvalidInput("file: {file} has more than {limit} bytes: not a file of this log", file=path, limit=most)
    return content


def beginning_of(path: Path) -> bytes:
    """The first bytes of a file.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(4)
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error


def checkpoint_in(path: Path) -> Checkpoint:
    """The checkpoint in a file.

    Raises:
        InvalidInput: it is none.
    """
    try:
        return read_checkpoint(content_of(path))
    except Unreadable as error:
        raise InvalidInput("{file}: not a log checkpoint: {said}", file=path, said=error.message) from error
