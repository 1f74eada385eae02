"""The driver's errors, told as ours."""

from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from eventsourcing.domain import EventSourcingError
from psycopg_pool import PoolClosed, PoolTimeout

from directives.domain.errors import StoreBusy, StoreUnusable
from directives.i18n.message import Message
from directives.store.postgres.address import Address
from directives.store.table import STORED_EVENTS

_BUSY = {
    "55P03",  # a lock was not given in time
    "25P03",  # the transaction was idle for too long
    "57014",  # cancelled
    "40001",
    "40P01",
    "53300",  # too many connections
}
"""Conditions under which the same is worth another try (PostgreSQL's error codes, appendix A of its manual)."""
_WAYS_OUT = {
    "53100": Message("the disk of the server is full: free some space and try again"),
    "53200": Message("the server has no memory left: try again, or give it more"),
    "25006": Message("the store is read-only: use an address of a server that may be written to"),
    "42501": Message("this user may not do that: grant it the rights that docs/operations.md lists"),
    "XX001": Message("what is stored is damaged: restore it from a backup"),
    "XX002": Message("an index is damaged: run directives rebuild"),
}
_LACKS = {"42P01", "42703", "42704", "3F000"}
"""A table, a column, an index or a schema is missing."""
DAMAGE = {"XX000", "XX001", "XX002"}


def is_busy(error: Exception) -> bool:
    """Whether the server cannot be asked now, which says nothing of what is stored."""
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and error.sqlstate not in DAMAGE


@contextmanager
def errors_of_ours(address: Address) -> Generator[None]:
    """Turn the driver's and the library's errors into ours."""
    try:
        yield
    except (psycopg.Error, EventSourcingError) as error:
        raise _told(error, address) from error


def first_line(error: Exception) -> str:
    """What the server or the driver says, without its details."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def _told(error: Exception, address: Address) -> StoreUnusable | StoreBusy:
    said = first_line(error)
    state = getattr(error, "sqlstate", None)
    if isinstance(error, PoolTimeout) or state in _BUSY:
        return StoreBusy("store: another process holds it: try again")
    if isinstance(error, PoolClosed):
        return StoreUnusable("store: it was closed: open it again")
    if state == "42P01" and STORED_EVENTS.name in said:
        return StoreUnusable(
            "store: {way_out} ({said})",
            way_out=Message("the table of events is missing: restore it from a backup"),
            said=said,
        )
    way_out = _WAYS_OUT.get(state or "")
    if way_out is None and state in _LACKS:
        way_out = Message("the schema lacks a part of the store: recreate it with directives rebuild")
    if way_out is not None:
        return StoreUnusable("store: {way_out} ({said})", way_out=way_out, said=said)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnusable(
            "store: the server of {address} cannot be reached ({said}): try again; a command with the same id is "
            "carried out once",
            address=address.told,
            said=said,
        )
    return StoreUnusable("store: cannot be used: {said}", said=said)
