"""The tree of a store against its events, in one pass: what they come to at each size, and where they part."""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from directives.audit.merkle import SIZE, WIDTH, GrowingTiles, Roots, parting
from directives.audit.openings import leaves_of
from directives.store import audit_log
from directives.store.session import Session


class Pass(NamedTuple):
    """What the events of a store come to.

    Attributes:
        events: how many there are.
        roots: the root of their tree at each size that was asked for and that they reach.
        altered_leaf: the first position whose leaf is not that of the tile; None where all are.
        altered_tile: whether another tile is not what the events make of it.
    """

    events: int
    roots: dict[int, bytes]
    altered_leaf: int | None
    altered_tile: bool


def pass_over(session: Session, secret: bytes, sizes: Iterable[int]) -> Pass:
    """Read all events once, a tile at a time, and compare what they come to with the tiles that are kept."""
    newest = audit_log.newest(session)
    covered = max(audit_log.leaves_in(session), 0 if newest is None else newest.size)
    roots, above, done, altered, missing = Roots(sizes), GrowingTiles(), 0, None, False
    for events in chain(audit_log.committed_in_order(session), [[]]):
        leaves = leaves_of(secret, done, events)
        end = done + len(leaves)
        if altered is None and done < covered:
            kept = audit_log.tile(session, 0, done // WIDTH)
            missing = missing or len(kept) != min(WIDTH, covered - done) * SIZE
            place = parting(kept, b"".join(leaves))
            altered = None if place is None else done + place + 1
        root = roots.push_tile(leaves)
        if root is not None and end <= covered:
            above.add_above(0, done // WIDTH, root)
        done = end
    missing = missing or audit_log.leaf_tiles(session) != -(-min(covered, done) // WIDTH)
    return Pass(done, roots.at, altered, missing or above.tiles != _tiles_above(session) or covered > done)


def _tiles_above(session: Session) -> dict[tuple[int, int], bytes]:
    """The tiles above the leaves, as they are kept."""
    return {(level, number): hashes for level, number, hashes in audit_log.all_tiles(session) if level}
