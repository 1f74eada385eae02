"""Connections to a server, from the driver's pool; one that the server closed meanwhile is replaced."""

import logging
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import psycopg
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper
from psycopg_pool import ConnectionPool, PoolTimeout

from directives.store.postgres.address import Address

MOST = 8
"""Connections of one process at most."""
WAIT_SECONDS = 5.0
"""How long a connection is waited for, from the pool and from the server."""
IDLE_SECONDS = 20
"""After so many seconds without a statement the server ends a writer, and so frees the store from who sleeps: sooner
than others give up who wait for it.
"""
STATEMENTS = 300
"""Statements that a connection keeps prepared; a command uses about forty."""

logging.getLogger("psycopg").addHandler(logging.NullHandler())
"""Where nobody asked for logs, the driver writes nothing to standard error: what hinders a command is told by it."""


class Connections:
    """Connections to one address."""

    def __init__(self, address: Address, lock_timeout: float) -> None:
        self._address, self._lock_timeout = address, lock_timeout
        self._settings = dict[str, Any](_SETTINGS)
        if not address.patient:
            self._settings["connect_timeout"] = int(WAIT_SECONDS)
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            address.conninfo,
            kwargs=self._settings,
            min_size=0,
            max_size=MOST,
            open=False,
            configure=partial(_configured, address, lock_timeout),
            timeout=WAIT_SECONDS,
            num_workers=1,
            reconnect_timeout=WAIT_SECONDS,
        )

    def open(self) -> None:
        """Begin: whether the server is there is seen at once.

        Raises:
            psycopg.Error: it is not, or does not let this user in.
        """
        self._look()
        self._pool.open()

    def close(self) -> None:
        """Close those that are not in use."""
        self._pool.close()

    def _look(self) -> None:
        """Connect once, for the reason why it cannot be done: the pool knows none."""
        psycopg.connect(self._address.conninfo, **self._settings).close()

    @contextmanager
    def connection(self) -> Generator[psycopg.Connection[Any]]:
        """A connection, in no transaction."""
        connection = self._taken()
        try:
            yield connection
        finally:
            self._put_back(connection)

    @contextmanager
    def begun(self, statements: str) -> Generator[psycopg.Connection[Any]]:
        """A connection on which a transaction was begun by ``statements``.

        One that the server closed while nobody used it is replaced by another one, and those begin again: nothing was
        done yet.
        """
        connection = self._begun(statements)
        try:
            yield connection
        finally:
            self._put_back(connection)

    def _begun(self, statements: str) -> psycopg.Connection[Any]:
        for left in range(MOST, -1, -1):
            connection = self._taken()
            try:
                connection.execute(statements.encode())
            except BaseException as error:
                gone = connection.closed
                self._put_back(connection)
                if not (left and gone and isinstance(error, psycopg.OperationalError)):
                    raise
            else:
                return connection
        raise AssertionError("the last one is returned, or raises")

    def _taken(self) -> psycopg.Connection[Any]:
        try:
            return self._pool.getconn()
        except PoolTimeout:
            self._look()
        return self._pool.getconn()  # the server is back, which the pool sees when it tries again

    def _put_back(self, connection: psycopg.Connection[Any]) -> None:
        if not connection.closed:
            with suppress(psycopg.Error):
                connection.rollback()
        self._pool.putconn(connection)


_SETTINGS: dict[str, Any] = {
    "autocommit": True,  # transactions are begun by hand
    "prepare_threshold": 2,
    "client_encoding": "utf8",
    "fallback_application_name": "directives",
}


_PLANNING = "SET random_page_cost = 1.1; SET jit = off"
"""The statements look few rows up by indexes, which mostly are in memory: by default the server would read whole tables
instead, as on a disk that turns, and compile what takes a millisecond.
"""


def _configured(address: Address, lock_timeout: float, connection: psycopg.Connection[Any]) -> None:
    """Set a new connection up: where tables are looked for, and how long anything waits."""
    milliseconds = max(1, round(lock_timeout * 1000))
    where = f"SET search_path = {address.schema}; SET TIME ZONE 'UTC'"
    connection.execute(f"{where}; SET lock_timeout = {milliseconds}; {_PLANNING}".encode())
    connection.prepared_max = STATEMENTS
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.adapters.register_dumper(int, Int8BinaryDumper)
