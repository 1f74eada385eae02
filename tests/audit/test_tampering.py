"""What finds each of 47 kinds of tampering by 4 attackers: the table of docs/audit.md, as data.

A word is the check that is wrong without anything else being given; ``monday`` and ``tuesday`` are the notes that must
be given, ``memory`` is what the key remembers; ``nothing`` finds it.
"""

import shutil

import pytest
from tests import stores
from tests.audit import tampering
from tests.audit.tampering import ATTACKERS, KINDS, found_by, tampered, tampered_on_server, url_of

FOUND_BY = {
    "gap": "order | order | order | order",
    "swapped": "order | order | order | order",
    "stream renamed": "order | order | order | order",
    "version hole": "order | order | order | order",
    "recorded_at backwards": "tree | tree | events | events",
    "re-dated past a neighbour": "tree | tree | events | events",
    "TEXT for BLOB": "types | types | types | types",
    "trigger added": "schema | schema | schema | schema",
    "table added": "schema | schema | schema | schema",
    "a bit flipped": "tree | tree | monday | monday",
    "actor": "tree | tree | monday | monday",
    "office": "tree | tree | monday | monday",
    "source": "tree | tree | monday | monday",
    "occurred_at": "tree | tree | monday | monday",
    "document digest": "tree | tree | evidence | evidence",
    "self-verification forged": "tree | tree | monday | monday",
    "on_time flipped": "tree | tree | monday | monday",
    "duplicate JSON key": "tree | tree | monday | monday",
    "trailing space": "tree | tree | monday | monday",
    "command_id": "tree | tree | monday | monday",
    "removed and renumbered": "tree | tree | monday | monday",
    "inserted and renumbered": "tree | tree | monday | monday",
    "cut to before Monday": "tree | tree | monday | monday",
    "secret": "log | log | log | log",
    "whole audit tables dropped": "log | log | log | log",
    "origin": "log | log | log | log",
    "last events cut into Tuesday": "tree | tree | tuesday | tuesday",
    "Monday's row deleted": "monday, to be looked at | monday, to be looked at | memory | memory",
    "all checkpoints deleted": "memory | memory | memory | memory",
    "topic changed after the last checkpoint": "events | events | events | events",
    "evidence replaced": "evidence | evidence | evidence | evidence",
    "evidence deleted": "evidence | evidence | evidence | evidence",
    "evidence row altered": "evidence | evidence | evidence | evidence",
    "all commands deleted": "commands | commands | commands | commands",
    "a range moved": "commands | commands | commands | commands",
    "last 2 events cut with commands left": "state rows | commands | commands | commands",
    "index dropped": "schema | nothing | memory | memory",
    "user_version": "StoreUnusable | nothing | memory | memory",
    "tallies": "totals | nothing | memory | memory",
    "tasks row": "tasks | nothing | memory | memory",
    "tile bit": "tree | nothing | memory | memory",
    "tiles removed": "tree | nothing | memory | memory",
    "note signed by another key": "checkpoints | checkpoints | memory | memory",
    "altered after the last checkpoint": "nothing | nothing | memory | memory",
    "digest of a command": "nothing | nothing | memory | memory",
    "a command without events planted": "nothing | nothing | memory | memory",
    "evidence file and row deleted": "nothing | nothing | memory | memory",
}

NOT_ON_SERVER = {"TEXT for BLOB": "a column has one type"}
"""What cannot be done there, and why; all else is found there by the same."""
BESIDE_ROWS = ("trigger added", "table added", "index dropped", "user_version")
"""What alters more than rows: the schema is not lent again."""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    tampering.build(folder)
    return folder


def test_every_kind_is_in_the_table():
    assert len(KINDS) == 47
    assert [*FOUND_BY] == [*KINDS]


def test_a_store_that_nobody_touched_is_well(base):
    assert found_by(base) == "nothing"


@pytest.mark.parametrize("kind", KINDS)
def test_what_finds_it(base, tmp_path, kind):
    found = []
    for attacker in ATTACKERS:
        found.append(found_by(tampered(base, tmp_path / attacker, kind, attacker)))
        shutil.rmtree(tmp_path / attacker)
    assert found == FOUND_BY[kind].split(" | ")


@pytest.fixture(scope="module")
def template(base):
    """A schema of the server with the same store."""
    with tampering.template_of(base) as schema:
        yield schema


@pytest.mark.parametrize(
    "attacker", [pytest.param(each, marks=() if each == "raw" else pytest.mark.slow) for each in ATTACKERS]
)
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize("kind", [each for each in KINDS if each not in NOT_ON_SERVER])
def test_what_finds_it_on_a_server(base, template, tmp_path, kind, database, attacker):
    folder = tampered_on_server(base, template, tmp_path / "store", kind, attacker)
    expected = FOUND_BY[kind].split(" | ")[ATTACKERS.index(attacker)]
    try:
        assert found_by(folder) == expected
    finally:
        if kind in BESIDE_ROWS:
            stores.server().drop(url_of(folder))
