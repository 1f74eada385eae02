"""The Merkle tree of a transparency log: RFC 6962, section 2.1, over tiles of 256 hashes (C2SP tlog-tiles)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

from directives.domain.errors import RecordAltered

WIDTH = 256
"""Hashes in a full tile (C2SP tlog-tiles: tile height 8)."""
SIZE = 32
"""Bytes of a hash."""
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""
_HEIGHT = 8

Tile = Callable[[int, int], bytes]
"""Gives the hashes of a tile, by level and number, one after another: as many as there are."""


class TileMissing(RecordAltered):
    """A tile, or a hash of it, is not there: its level and its number."""

    def __init__(self, level: int, number: int) -> None:
        super().__init__(
            "log: the tile {level}/{number} is missing or too short: run directives rebuild",
            level=level,
            number=number,
        )
        self.level, self.number = level, number


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def whole(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes whose number is a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def split(hashes: bytes) -> list[bytes]:
    """Hashes that stand one after another, one by one."""
    return [hashes[start : start + SIZE] for start in range(0, len(hashes), SIZE)]


def parting(kept: bytes, made: bytes) -> int | None:
    """The place of the first of the hashes ``kept`` that ``made`` does not have there; None where it has them all."""
    if made.startswith(kept):
        return None
    places = range(0, len(kept), SIZE)
    return next(place // SIZE for place in places if kept[place : place + SIZE] != made[place : place + SIZE])


class Frontier:
    """A tree that grows: the roots of the whole subtrees over its leaves, the largest first."""

    def __init__(self) -> None:
        self._subtrees: list[tuple[int, bytes]] = []

    def push(self, height: int, subtree: bytes) -> None:
        """Add the root of a whole subtree of 2 ** ``height`` leaves, which none before is smaller than."""
        while self._subtrees and self._subtrees[-1][0] == height:
            subtree = node_hash(self._subtrees.pop()[1], subtree)
            height += 1
        self._subtrees.append((height, subtree))

    def push_tile(self, leaves: Sequence[bytes]) -> bytes | None:
        """Add the leaves of a tile and return the root of it; None of the last one, which may not be full."""
        if len(leaves) == WIDTH:
            root = whole(leaves)
            self.push(_HEIGHT, root)
            return root
        for leaf in leaves:
            self.push(0, leaf)
        return None

    def root(self, more: Iterable[bytes] = ()) -> bytes:
        """The root; as it would be with ``more`` leaves."""
        grown = Frontier()
        grown._subtrees = [*self._subtrees]
        for leaf in more:
            grown.push(0, leaf)
        return _joined([subtree for _, subtree in grown._subtrees])


class Roots:
    """The roots of a tree at some sizes, while its leaves come in, a tile at a time.

    Attributes:
        at: the root at each of the sizes that was reached.
    """

    def __init__(self, sizes: Iterable[int]) -> None:
        self._waiting, self._frontier, self._size = sorted({*sizes}, reverse=True), Frontier(), 0
        self.at: dict[int, bytes] = {}

    def push_tile(self, leaves: Sequence[bytes]) -> bytes | None:
        """Add the leaves of a tile; returns its root as `Frontier.push_tile` does."""
        end = self._size + len(leaves)
        while self._waiting and self._waiting[-1] <= end:
            size = self._waiting.pop()
            self.at[size] = self._frontier.root(leaves[: size - self._size])
        self._size = end
        return self._frontier.push_tile(leaves)


class GrowingTiles:
    """Tiles that grow: those of a level in their order, each full one with its root in the level above.

    Args:
        kept: gives what there is of a tile before anything is added.
    """

    def __init__(self, kept: Tile | None = None) -> None:
        self._kept = kept
        self.tiles: dict[tuple[int, int], bytearray] = {}

    def add(self, level: int, number: int, hashes: Sequence[bytes]) -> None:
        """Add hashes at the end of a tile, which has room for them.

        Raises:
            RecordAltered: a tile is not as long as those below it make it.
        """
        tile = self.tiles.get((level, number))
        if tile is None:
            tile = self.tiles[level, number] = bytearray(self._kept(level, number) if self._kept else b"")
        tile += b"".join(hashes)
        if len(tile) == WIDTH * SIZE:
            self.add_above(level, number, whole(split(bytes(tile))))

    def add_above(self, level: int, number: int, root: bytes) -> None:
        """Add the root of a full tile to the level above it.

        Raises:
            RecordAltered: a tile is not as long as those below it make it.
        """
        above, place = divmod(number, WIDTH)
        self.add(level + 1, above, [root])
        if len(self.tiles[level + 1, above]) != (place + 1) * SIZE:
            raise RecordAltered("log: a tile is missing or was altered: run directives rebuild")


def _joined(subtrees: Sequence[bytes]) -> bytes:
    """The root over subtrees of falling size."""
    if not subtrees:
        return EMPTY
    root = subtrees[-1]
    for subtree in reversed(subtrees[:-1]):
        root = node_hash(subtree, root)
    return root


def widths(size: int) -> Iterator[tuple[int, int]]:
    """The number of hashes of each level of tiles in a tree of that size, level by level from the leaves."""
    level = 0
    while size:
        yield level, size
        level, size = level + 1, size // WIDTH


class Tree:
    """What a tree of tiles can show: its root at any size, and proofs. A tile that was read is held.

    Raises:
        TileMissing: in all of it.
    """

    def __init__(self, tile: Tile) -> None:
        self._tile = lru_cache(512)(tile)

    def root(self, size: int) -> bytes:
        """The root over the first ``size`` leaves."""
        return self._range(0, size) if size else EMPTY

    def leaf(self, index: int) -> bytes:
        """The hash of a leaf."""
        return self._subtree(index, 1)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The hashes that lead from a leaf to the root over ``size`` leaves, the leaf's side first."""
        proof: list[bytes] = []
        first, last = 0, size
        while last - first > 1:
            middle = first + _left(last - first)
            if index < middle:
                proof.append(self._range(middle, last))
                last = middle
            else:
                proof.append(self._range(first, middle))
                first = middle
        return proof[::-1]

    def consistency(self, smaller: int, size: int) -> list[bytes]:
        """The hashes which show that the first ``smaller`` leaves of ``size`` are those of the tree at that time."""
        if smaller in (0, size):
            return []
        proof: list[bytes] = []
        first, last, known = 0, size, True
        while smaller != last:
            middle = first + _left(last - first)
            if smaller <= middle:
                proof.append(self._range(middle, last))
                last = middle
            else:
                proof.append(self._range(first, middle))
                first, known = middle, False
        return ([] if known else [self._range(first, last)]) + proof[::-1]

    def _range(self, first: int, last: int) -> bytes:
        subtrees: list[bytes] = []
        while first < last:
            count = 1 << ((last - first).bit_length() - 1)
            subtrees.append(self._subtree(first, count))
            first += count
        return _joined(subtrees)

    def _subtree(self, first: int, count: int) -> bytes:
        """The root over ``count`` leaves, a power of two, from ``first``, a multiple of it."""
        level = 0
        while count >= WIDTH:
            level, first, count = level + 1, first // WIDTH, count // WIDTH
        number, start = divmod(first, WIDTH)
        hashes = self._tile(level, number)[start * SIZE : (start + count) * SIZE]
        if len(hashes) != count * SIZE:
            raise TileMissing(level, number)
        return whole(split(hashes))


def _left(size: int) -> int:
    """The number of leaves in the left subtree: the largest power of two below ``size``, which is above 1."""
    return 1 << ((size - 1).bit_length() - 1)


def included(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that a leaf is in the tree of that size and root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        found, here, last = _step(found, each, here, last)
    return last == 0 and found == root


def continues(smaller: int, size: int, former: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that a tree continues a smaller one (RFC 9162, section 2.1.4.2)."""
    if not 0 < smaller < size:
        return not proof and ((smaller == size and former == root) or (smaller == 0 <= size and former == EMPTY))
    if not proof:
        return False
    proof = [former, *proof] if smaller & (smaller - 1) == 0 else [*proof]
    here, last = smaller - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = proof[0]
    for each in proof[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old = node_hash(each, old)
        new, here, last = _step(new, each, here, last)
    return last == 0 and old == former and new == root


def _step(found: bytes, sibling: bytes, here: int, last: int) -> tuple[bytes, int, int]:
    """One hash further up: what was found with its sibling, and the places of it and of the last node there."""
    if here & 1 or here == last:
        found = node_hash(sibling, found)
        while here and not here & 1:
            here, last = here >> 1, last >> 1
    else:
        found = node_hash(found, sibling)
    return found, here >> 1, last >> 1
