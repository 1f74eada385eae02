"""Files that are on the disk when they are said to be."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def make_durable(folder: Path) -> None:
    """Let the folder's entries reach the disk, where the system lets one ask for it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet, durably; a part of it is removed again.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be written.
    """
    made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    make_durable(path.parent)


def replace(path: Path, content: bytes, mode: int) -> None:
    """Write a file in the place of one that may be there, durably; nobody ever finds a part of it.

    Raises:
        OSError: it cannot be written.
    """
    passing = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        write_new(passing, content, mode)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    make_durable(path.parent)
