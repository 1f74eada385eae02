"""Reading what a person names: one clear error instead of the operating system's."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from os import PathLike
from pathlib import Path

from directives.domain.errors import InvalidInput
from directives.i18n.message import reason_of


def path_of(name: str | PathLike[str], error_class: type[InvalidInput]) -> Path:
    """The path of the file of that name.

    Raises:
        error_class: it is no path, or that of a folder.
    """
    try:
        path = Path(name)
    except TypeError as error:
        raise error_class("file: {name} is not a path: name a file", name=repr(name)) from error
    if not str(name):
        raise error_class("file: {name} is not a path: name a file", name=repr(name))
    with reading(path, error_class):
        is_folder = path.is_dir()
    if is_folder:
        raise error_class("file: {path} is a folder: name a file", path=path)
    return path


@contextmanager
def reading(path: Path, error_class: type[InvalidInput]) -> Generator[None]:
    """Turn the operating system's errors about ``path`` into one of ours.

    Raises:
        error_class: there is no such file, or it cannot be read.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise error_class("file: {path} does not exist: name an existing file", path=path) from error
    except (OSError, ValueError) as error:
        raise error_class(
            "file: {path} cannot be read: {said}: name another", path=path, said=reason_of(error)
        ) from error


def bytes_of(name: str | PathLike[str], error_class: type[InvalidInput]) -> bytes:
    """The content of the file of that name.

    Raises:
        error_class: there is none, it is a folder, or it cannot be read.
    """
    path = path_of(name, error_class)
    with reading(path, error_class):
        return path.read_bytes()


def text_of(path: str | PathLike[str], error_class: type[InvalidInput]) -> str:
    """The UTF-8 text of the file at ``path``, without a byte order mark.

    Raises:
        error_class: it cannot be read, or is no UTF-8.
    """
    try:
        return bytes_of(path, error_class).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise error_class(
            "file: {path} is not UTF-8 text (byte {start}): save it as UTF-8", path=path, start=error.start + 1
        ) from error


def given_or_bundled(
    path: str | PathLike[str] | None, bundled: str, error_class: type[InvalidInput]
) -> tuple[str, str]:
    """The name and the text of the file at ``path``; without one, those of a file that comes with this library.

    Raises:
        error_class: the file cannot be read, or is no UTF-8.
    """
    if path is None:
        return bundled, (files("directives") / "samples" / bundled).read_text("utf-8")
    return str(path), text_of(path, error_class)
