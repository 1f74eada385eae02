"""RFC 6962, section 2.1, written from its definitions alone; slow, and looked at nowhere but in tests."""

from hashlib import sha256


def leaf(entry):
    return sha256(b"\0" + entry).digest()


def left_of(size):
    """The largest power of two below ``size``."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def root(leaves):
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = left_of(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = left_of(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m, leaves):
    return [] if m == 0 else subproof(m, leaves, known=True)


def subproof(m, leaves, *, known):
    if m == len(leaves):
        return [] if known else [root(leaves)]
    k = left_of(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], known=known), root(leaves[k:])]
    return [*subproof(m - k, leaves[k:], known=False), root(leaves[:k])]


def tiles(leaves):
    """All tiles of a tree, by level and number: only what is full stands in the level above."""
    found, level, hashes = {}, 0, leaves
    while hashes:
        for number in range(0, len(hashes), 256):
            found[level, number // 256] = b"".join(hashes[number : number + 256])
        full = [hashes[start : start + 256] for start in range(0, len(hashes) - 255, 256)]
        level, hashes = level + 1, [root(each) for each in full]
    return found
