"""The tree, against the definitions of RFC 6962 and the vectors that an independent implementation took."""

import random
from base64 import b64decode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit import oracle

from directives.audit.merkle import EMPTY, Frontier, TileMissing, Tree, continues, included, leaf_hash

SEVEN = [leaf_hash(f"d{number}".encode()) for number in range(7)]


def tree_of(leaves):
    tiles = oracle.tiles(leaves)
    return Tree(lambda level, number: tiles.get((level, number), b""))


def test_the_roots_of_the_vectors():
    roots = {
        1: "xn+f/mjgdhAhNB3VFkKPQvvepjNzHL2toDvqa4TGUvc=",
        2: "RseHCEE6IxdfUfrxwiYEvMtESC1VO0WUOxiRMOqCIcg=",
        3: "xkxbkyaVGi24LVRiVlaWKGZZ0cekomqScDVo9jRi97o=",
        4: "jfOHCzP65lDoGTiZT5jrRVGxQ7hsldPa5OZETgBxUBY=",
        7: "c6WQ+yZrgVVwQLFGudR54qG1hJsSUWdkL1tkhm8dXH0=",
    }
    assert {size: tree_of(SEVEN).root(size) for size in roots} == {
        size: b64decode(text) for size, text in roots.items()
    }
    assert tree_of([]).root(0) == EMPTY == b64decode("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    abc = [leaf_hash(each) for each in (b"a", b"b", b"c")]
    assert abc[0].hex() == "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c"
    assert tree_of(abc).root(3) == b64decode("NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=")


def test_the_proof_of_the_vector():
    proof = [
        "82bfRxjvdQZDF3lP9TAOCWPpbdk/4kIDEYBV+loAvhM=",
        "RseHCEE6IxdfUfrxwiYEvMtESC1VO0WUOxiRMOqCIcg=",
        "PPBf8W0mwCSCjpOzoUxWVuWry8Xm8Lziz4oWlyBZlnQ=",
    ]
    assert tree_of(SEVEN).inclusion(3, 7) == [b64decode(each) for each in proof]


@pytest.mark.parametrize("size", range(1, 131))
def test_every_proof_to_130_is_that_of_the_definition_and_holds(size):
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    tree, root = tree_of(leaves), oracle.root(leaves)
    assert tree.root(size) == root
    for index in range(size):
        proof = tree.inclusion(index, size)
        assert proof == oracle.path(index, leaves)
        assert included(leaves[index], index, size, root, proof)
        assert not included(leaves[index], index + 1, size, root, proof)
        assert not included(leaves[index - 1], index, size, root, proof) or size == 1
    for smaller in range(size + 1):
        proof, former = tree.consistency(smaller, size), oracle.root(leaves[:smaller])
        assert proof == oracle.proof(smaller, leaves)
        assert continues(smaller, size, former, root, proof)
        assert not continues(smaller, size, former, leaf_hash(b"x"), proof) or smaller == 0
        assert not continues(smaller, size, former, root, [*proof, root])


def test_a_proof_that_was_altered_does_not_hold():
    rng = random.Random(23)
    for _ in range(300):
        size = rng.randint(2, 600)
        leaves = [leaf_hash(b"%d" % number) for number in range(size)]
        tree, root, index = tree_of(leaves), oracle.root(leaves), rng.randrange(size)
        proof = tree.inclusion(index, size)
        spoilt = rng.randrange(len(proof))
        altered = [sha256(each).digest() if at == spoilt else each for at, each in enumerate(proof)]
        for wrong in (altered, proof[:-1], proof[::-1], [*proof, root]):
            assert wrong == proof or not included(leaves[index], index, size, root, wrong)
        smaller = rng.randint(1, size - 1)
        proof, former = tree.consistency(smaller, size), oracle.root(leaves[:smaller])
        spoilt = rng.randrange(len(proof))
        altered = [sha256(each).digest() if at == spoilt else each for at, each in enumerate(proof)]
        for wrong in (altered, proof[:-1], [*proof, root], []):
            assert not continues(smaller, size, former, root, wrong)


@given(st.lists(st.integers(0, 300), max_size=6), st.integers(0, 255))
def test_a_tree_that_grows_has_the_root_of_the_whole(parts, more):
    leaves = [leaf_hash(b"%d" % number) for number in range(sum(parts) * 256 // 256 + more)]
    frontier = Frontier()
    full = len(leaves) // 256 * 256
    for start in range(0, full, 256):
        tile = leaves[start : start + 256]
        assert frontier.push_tile(tile) == oracle.root(tile)
    assert frontier.root(leaves[full:]) == oracle.root(leaves)
    assert frontier.push_tile(leaves[full:]) is None
    assert frontier.root() == oracle.root(leaves) == tree_of(leaves).root(len(leaves))


@pytest.mark.slow
def test_proofs_over_several_levels_of_tiles():
    leaves = [leaf_hash(b"%d" % number) for number in range(71_067)]
    tree = tree_of(leaves)
    rng = random.Random(7)
    for size in (256, 257, 65_535, 65_536, 65_537, 70_000, 71_067):
        root = tree.root(size)
        assert root == oracle.root(leaves[:size])
        for index in (0, size - 1, *(rng.randrange(size) for _ in range(40))):
            assert included(leaves[index], index, size, root, tree.inclusion(index, size))
        for smaller in (1, 255, 256, size - 1, *(rng.randrange(1, size) for _ in range(40))):
            assert continues(smaller, size, tree.root(smaller), root, tree.consistency(smaller, size))


def test_a_tile_that_is_missing_or_short_is_named():
    tiles = oracle.tiles([leaf_hash(b"%d" % number) for number in range(600)])
    del tiles[0, 1]
    with pytest.raises(TileMissing) as caught:
        Tree(lambda level, number: tiles.get((level, number), b"")).inclusion(300, 600)
    assert (caught.value.level, caught.value.number) == (0, 1)
