"""The audit log beside the events: the secret of its salts, its tree in tiles, and the checkpoints that were signed.

The tiles follow from the events and the secret. Secret and checkpoints follow from nothing: they are kept.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from directives.store.session import Session
from directives.store.table import HAS_LINE_FEED, STORED_EVENTS, Table

AUDIT_LOG = Table("audit_log", ("origin TEXT NOT NULL", "secret BLOB NOT NULL"), key=0, clustered=False)
AUDIT_TILES = Table(
    "audit_tiles",
    ("level INTEGER NOT NULL", "number INTEGER NOT NULL", "hashes BLOB NOT NULL"),
    key=2,
    clustered=False,
)
AUDIT_CHECKPOINTS = Table(
    "audit_checkpoints", ("size INTEGER NOT NULL", "root BLOB NOT NULL", "note TEXT NOT NULL"), key=1, clustered=False
)
AUDIT_TABLES = (AUDIT_LOG, AUDIT_TILES, AUDIT_CHECKPOINTS)
TOGETHER = 256
"""Events that are read together: those of a tile."""
_HASH = 32

Committed = tuple[str, int, str, bytes]
"""What is committed of an event: its stream, its version, its topic and its stored state."""


class Log(NamedTuple):
    """The log of a store: its origin, and the secret from which its salts and the end of its origin follow."""

    origin: str
    secret: bytes


class Signed(NamedTuple):
    """A checkpoint that was signed: the size and the root of the tree, and the note, word by word."""

    size: int
    root: bytes
    note: str


def log_of(session: Session) -> Log | None:
    """The log of the store; None where none was begun."""
    row = session.cursor.execute("SELECT origin, secret FROM audit_log").fetchone()
    return None if row is None else Log(row["origin"], row["secret"])


def begin(session: Session, log: Log) -> None:
    """Note the log, or its new origin."""
    session.cursor.execute("DELETE FROM audit_log")
    session.insert(AUDIT_LOG, [log])


def tile(session: Session, level: int, number: int) -> bytes:
    """The hashes of a tile, one after another; empty if it does not exist."""
    row = session.cursor.execute(
        "SELECT hashes FROM audit_tiles WHERE level = ? AND number = ?", (level, number)
    ).fetchone()
    return b"" if row is None else row["hashes"]


def keep_tiles(session: Session, tiles: Iterable[tuple[int, int, bytes]]) -> None:
    """Write tiles, by level and number; a partial one that has grown is overwritten."""
    session.replace(AUDIT_TILES, tiles)


def all_tiles(session: Session) -> Iterator[tuple[int, int, bytes]]:
    """All tiles, by level and number."""
    yield from session.streamed("SELECT level, number, hashes FROM audit_tiles ORDER BY level, number")


def last_position(session: Session) -> int:
    """The position of the newest event; 0 in an empty log."""
    return session.cursor.execute("SELECT coalesce(max(position), 0) AS last FROM stored_events").fetchone()["last"]


def rows_of_log(session: Session) -> int:
    """How many logs are noted: one at most is right."""
    return session.cursor.execute("SELECT count(*) AS number FROM audit_log").fetchone()["number"]


def leaf_tiles(session: Session) -> int:
    """How many tiles of leaves there are."""
    return session.cursor.execute("SELECT count(*) AS tiles FROM audit_tiles WHERE level = 0").fetchone()["tiles"]


def leaves_in(session: Session) -> int:
    """How many events are in the tree."""
    row = session.cursor.execute(
        "SELECT number, length(hashes) AS bytes FROM audit_tiles WHERE level = 0 ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return 0 if row is None else row["number"] * TOGETHER + row["bytes"] // _HASH


def newest(session: Session) -> Signed | None:
    """The newest checkpoint."""
    return next(iter(_signed(session, "ORDER BY size DESC LIMIT 1")), None)


def checkpoints(session: Session) -> list[Signed]:
    """All checkpoints, the smallest first."""
    return _signed(session, "ORDER BY size")


class Checkpoints:
    """The sizes of the checkpoints of a store."""

    def __init__(self, session: Session) -> None:
        rows = session.another_cursor().execute("SELECT size FROM audit_checkpoints ORDER BY size")
        self._sizes = [size for (size,) in rows]

    def covering(self, position: int) -> int | None:
        """The size of the first one that the event at that position is under; None where there is none."""
        place = bisect_left(self._sizes, position)
        return self._sizes[place] if place < len(self._sizes) else None


def position_of_newest(session: Session, stream: str) -> int | None:
    """The position of the newest event of a stream; None where it has none."""
    row = session.cursor.execute(
        "SELECT position FROM stored_events WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1", (stream,)
    ).fetchone()
    return None if row is None else row["position"]


def _signed(session: Session, which: str, *values: int) -> list[Signed]:
    rows = session.cursor.execute(f"SELECT size, root, note FROM audit_checkpoints {which}", values)
    return [Signed(*row) for row in rows]


def keep(session: Session, signed: Signed) -> None:
    """Keep a checkpoint; one of that size is overwritten."""
    session.replace(AUDIT_CHECKPOINTS, [signed])


_COMMITTED = "SELECT originator_id, originator_version, topic, state FROM stored_events"


def committed(session: Session, first: int, last: int) -> Iterator[list[Committed]]:
    """What is committed of the events from position ``first`` to ``last``, a tile at a time."""
    rows = session.streamed(f"{_COMMITTED} WHERE position BETWEEN ? AND ? ORDER BY position", (first, last))
    return _by_tile(rows, (first - 1) % TOGETHER)


def committed_in_order(session: Session) -> Iterator[list[Committed]]:
    """What is committed of all events, a tile at a time, whatever positions they have."""
    return _by_tile(session.streamed(f"{_COMMITTED} ORDER BY position"), 0)


def _by_tile(rows: Iterator[Committed], begun: int) -> Iterator[list[Committed]]:
    """``rows`` a tile at a time; the first tile has so many before them."""
    while events := [*islice(rows, TOGETHER - begun)]:
        begun = 0
        yield events


def committed_at(session: Session, position: int) -> Committed | None:
    """What is committed of the event at a position; None where there is none."""
    return next((event for events in committed(session, position, position) for event in events), None)


def key_events(session: Session) -> list[tuple[int, str]]:
    """The positions and the states of the events that introduced a key, as they are stored."""
    rows = session.cursor.execute(
        "SELECT position, state FROM stored_events WHERE originator_id = 'audit' ORDER BY originator_version"
    )
    return [(row["position"], row["state"]) for row in rows]


def not_to_be_committed(session: Session, first: int, last: int) -> int | None:
    """The position of an event of which no opening could be made: of another type, or with a line feed in a name."""
    row = session.cursor.execute(
        f"""SELECT position FROM stored_events WHERE position BETWEEN ? AND ?
        AND ({HAS_LINE_FEED} OR {session.dialect.of_other_types(STORED_EVENTS)}) LIMIT 1""",
        (first, last),
    ).fetchone()
    return None if row is None else row["position"]
