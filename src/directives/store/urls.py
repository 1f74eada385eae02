"""What the name of a store means: a file, memory, or a server."""

import os
from pathlib import Path

from directives.domain.errors import InvalidInput
from directives.store.sqlite import database_file

SERVERS = ("postgresql://", "postgres://")
"""What the URL of a store of a server begins with."""


def is_of_server(url: str | os.PathLike[str]) -> bool:
    """Whether a URL names a server."""
    return isinstance(url, str) and url.lower().startswith(SERVERS)


def driver_missing() -> InvalidInput:
    """That what a server takes is not installed."""
    return InvalidInput("db: a store of a server needs the extra postgres: run pip install 'directives[postgres]'")


def store_path(url: str | os.PathLike[str]) -> Path | None:
    """The file of a store, by its path or its URL; None for a store in memory, or of a server.

    Raises:
        InvalidInput: it is empty, or a URL of something else; or what it takes is not installed.
    """
    if not is_of_server(url):
        return database_file.store_path(url)
    try:
        from directives.store.postgres.address import address_of
    except ImportError as error:
        raise driver_missing() from error
    address_of(os.fspath(url))
    return None
