"""Files that commands write: new ones, whole or not at all."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from directives import InvalidInput, reason_of


@contextmanager
def new_file(
    path: Path, mode: Literal["x", "xb"], encoding: str | None = None, *, private: bool = False
) -> Generator[IO[Any]]:
    """A new file at ``path``, open for writing; it is removed again where it is not written as a whole.

    Args:
        private: nobody else may read it.

    Raises:
        InvalidInput: there is one already, or it cannot be written.
    """
    try:
        file = open(path, mode, encoding=encoding, opener=_for_its_owner if private else None)  # noqa: SIM115
    except FileExistsError as error:
        raise InvalidInput("file: {file} already exists: name a new one", file=path) from error
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error
    try:
        with file:
            yield file
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritten(path, error) from error
        raise


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _unwritten(path: Path, error: Exception) -> InvalidInput:
    return InvalidInput("file: {file} cannot be written: {said}: name another", file=path, said=reason_of(error))
