"""Where a store is, and whether it is ours: looked at before SQLite opens, and so may change, any file."""

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from directives.domain.errors import InvalidInput, NewerStore, NotOurStore, StoreMissing, StoreUnusable
from directives.i18n.message import reason_of
from directives.store.catalogue import FORMAT, UNFINISHED

APPLICATION_ID = 0x44495256
"""``DIRV`` in the header of every store, at byte 68 (SQLite's database file format, section 1.3)."""
_PREFIX = "sqlite:///"
_OTHER = re.compile(r"[a-z][a-z0-9+.-]+://|(?:sqlite|file):", re.IGNORECASE)
"""What a URL of something else begins with; a drive, as in ``C:/x.db``, is a single letter."""
BESIDE = ("-wal", "-shm", "-journal", ".keys", ".evidence")
"""What the names of files and of the folder beside a store end with."""
_MAGIC = b"SQLite format 3\x00"


def store_path(url: str | os.PathLike[str]) -> Path | None:
    """The file of a store, by its path or its URL; None for a store in memory.

    Raises:
        InvalidInput: it is empty, or a URL of something else.
    """
    text = os.fspath(url)
    name = text.removeprefix(_PREFIX)
    other = name == text and isinstance(url, str) and _OTHER.match(name)
    if other or not name or "\0" in name:
        raise InvalidInput(
            "db: {url} does not name a store: write the path of a file, sqlite:///FILE or sqlite:///:memory:",
            url=repr(re.sub("//[^@]*@", "//…@", text)),  # which may hold a password
        )
    if text == f"{_PREFIX}:memory:":
        return None
    if ":memory:" in name or "mode=memory" in name:
        raise InvalidInput("db: {url} would mean a store in memory: name another file", url=repr(text))
    if name.endswith(BESIDE):
        raise InvalidInput("db: {url} is the name of a file beside a store: name the store", url=repr(text))
    return Path(os.path.abspath(name))


def memory_database() -> str:
    """A new database in memory that all connections of this process share."""
    return f"file:directives-{uuid4().hex}?mode=memory&cache=shared"


def format_of(path: Path) -> int:
    """The version of the format of the store in the file, as its header has it; it is not opened as a database.

    Raises:
        StoreMissing: there is no file.
        NotOurStore: a folder, or a file of another kind.
        NewerStore: written by a newer version of this library.
        StoreUnusable: it cannot be read.
    """
    try:
        if path.is_dir():
            raise NotOurStore("db: {path} is a folder: name a file", path=path)
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreMissing("db: there is no store at {path}: create one with directives init", path=path) from error
    except OSError as error:
        raise StoreUnusable("db: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error
    if header[:16] != _MAGIC or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise NotOurStore(
            "db: {path} is not a store of directives: name another file with --db; nothing was changed", path=path
        )
    version = int.from_bytes(header[60:64])
    if version > FORMAT and version != UNFINISHED:
        raise NewerStore("db: {path} was written by a newer version of directives: use that version", path=path)
    return version


def is_begun(path: Path) -> bool:
    """Whether more than a mark was ever written into a store."""
    log = Path(f"{path}-wal")
    with path.open("rb") as file:
        pages = int.from_bytes(file.read(100)[28:32])
    return pages != 1 or (log.exists() and log.stat().st_size > 0)


def require_finished(path: Path) -> None:
    """Look whether more than a mark was ever written into a store.

    Raises:
        StoreMissing: who made it was interrupted, or is still at it.
    """
    if not is_begun(path):
        raise StoreMissing("db: {path} was not set up completely: run directives init", path=path)


def claim(path: Path, version: int = FORMAT) -> os.stat_result | None:
    """Make an empty database with our mark at ``path``; None when a file of that name is there already.

    It is made under another name and put in place whole, so that nobody ever finds it without its mark.

    Returns:
        What the file is, for `discard`.

    Raises:
        StoreUnusable: the folder is missing or cannot be written.
        NotOurStore: what belongs to a store that is gone was left there.
    """
    try:
        if path.exists():
            return None
        _require_nothing_left(path)
    except OSError as error:
        raise StoreUnusable("db: {path} cannot be created: {said}", path=path, said=reason_of(error)) from error
    making = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
        _mark(making, version)
        made = making.stat()
        return made if _put_in_place(making, path) else None
    except (OSError, sqlite3.Error) as error:
        raise StoreUnusable("db: {path} cannot be created: {said}", path=path, said=reason_of(error)) from error
    finally:
        making.unlink(missing_ok=True)


def _require_nothing_left(path: Path) -> None:
    """Nothing of another store may become part of a new one: not its log, its keys, or its evidence."""
    for suffix in BESIDE:
        left = Path(f"{path}{suffix}")
        if os.path.lexists(left) and not path.exists():  # another process may just have made the store
            raise NotOurStore(
                "db: {left} belongs to a store that is missing: restore that store, move this file "
                "away, or name another file with --db; nothing was changed",
                left=left,
            )


def _mark(path: Path, version: int) -> None:
    """Before the write-ahead log is switched on: the mark must stand in the file itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        mark(connection, version)
        connection.execute("PRAGMA journal_mode = WAL")


def mark(database: sqlite3.Connection | sqlite3.Cursor, version: int = FORMAT) -> None:
    """Note that it is a store of ours, and its format."""
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {version}")


def _put_in_place(made: Path, path: Path) -> bool:
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
        except FileExistsError:
            return False
        made.replace(path)
    return True


def discard(path: Path, made: os.stat_result) -> None:
    """Remove a store that was claimed and never came to be.

    It stays where something came into it, where another process has it open, and where another file is there by now.
    Who opens it meanwhile waits, and then finds that it is gone, see `is_there`.

    Args:
        made: what `claim` made.
    """
    name = f"file:{quote(str(path))}?mode=rw"
    with (
        suppress(OSError, sqlite3.Error),
        closing(sqlite3.connect(name, uri=True, timeout=0, isolation_level=None)) as connection,
    ):
        if not is_there(path, made) or _has_events(connection):
            return
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            return  # only who is alone may leave the write-ahead log
        connection.execute("BEGIN EXCLUSIVE")
        if is_there(path, made) and not _has_events(connection):
            path.unlink()
            connection.execute("ROLLBACK")
            return
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA journal_mode = WAL")


def _has_events(connection: sqlite3.Connection) -> bool:
    made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'stored_events'").fetchone()
    return made is not None and connection.execute("SELECT EXISTS (SELECT 1 FROM stored_events)").fetchone()[0] == 1


def is_there(path: Path, made: os.stat_result) -> bool:
    """Whether the file at ``path`` is that one, and not one that took its place."""
    try:
        return os.path.samestat(path.stat(), made)
    except FileNotFoundError:
        return False
