"""The file of the keys is used only where it is a file of its owner alone, and nothing else is ever waited for."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from tests.cli.test_store_faults import NOBODY, somebody_else
from tests.store.speakers import NAME, PERSON, directed, identify, path, store

from directives import KeyUnusable, StoreUnusable, Tracker
from directives.audit.keys import KeyFile
from directives.store.private_files import fault_in_place

__all__ = ["path", "store"]


def _linked(keys):
    keys.rename(keys.with_name("elsewhere"))
    keys.symlink_to("elsewhere")


def _instead(make):
    def put(keys):
        keys.unlink()
        make(keys)

    return put


SPOILT = {
    "read by the group": (lambda keys: keys.chmod(0o640), "is readable by others: run chmod 600"),
    "written by others": (lambda keys: keys.chmod(0o602), "is readable by others: run chmod 600"),
    "open to all": (lambda keys: keys.chmod(0o666), "is readable by others: run chmod 600"),
    "a link": (_linked, "is a link: put the file itself there"),
    "a link to nothing": (_instead(lambda keys: keys.symlink_to("nothing")), "is a link: put the file itself there"),
    "two names": (lambda keys: os.link(keys, keys.with_name("other")), "has another name too, by a hard link: remove"),
    "a folder": (_instead(lambda keys: keys.mkdir()), "is not a file: put a file of keys there"),
    "a pipe": (_instead(os.mkfifo), "is not a file: put a file of keys there"),
    "a device": (_instead(lambda keys: keys.symlink_to("/dev/zero")), "is a link"),
    "a pipe for a journal": (lambda keys: os.mkfifo(f"{keys}-journal"), "is not a file"),
}


@pytest.fixture(autouse=True)
def known(store):
    identify(store)


@pytest.mark.parametrize("spoilt", SPOILT)
def test_keys_with_wrong_rights_links_or_place_are_refused_by_name(store, path, spoilt):
    keys, (spoil, said) = path.with_name("d.db.keys"), SPOILT[spoilt]
    spoil(keys)
    before = len(list(store.events()))
    for use in (
        lambda: store.person(PERSON),
        lambda: store.persons(),
        lambda: identify(store, "SP-02"),
    ):
        with pytest.raises(StoreUnusable, match=rf"^keys: .*d\.db\.keys(-journal)? {said}") as caught:
            use()
        assert "\n" not in str(caught.value)
    assert len(list(store.events())) == before
    assert store.acknowledge("speakers/JH-AC59", office="convenor@JH-AC59"), "what needs no key is done"
    (found,) = [each for each in store.doctor() if each.check == "personal data"]
    assert found.state == "wrong"
    assert said.startswith(found.found.partition(" ")[2])
    assert found.what_to_do


def test_keys_of_another_user_are_refused(path, store, monkeypatch):
    keys = path.with_name("d.db.keys")
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert str(fault_in_place(keys.lstat()).what) == "belongs to another user"
    with pytest.raises(StoreUnusable, match="belongs to another user: make it your own, or run this as that user"):
        store.person(PERSON)


def test_a_file_that_was_made_and_never_written_to_has_no_keys(store, path):
    keys = path.with_name("d.db.keys")
    keys.unlink()
    os.close(os.open(keys, os.O_CREAT | os.O_RDWR, 0o600))
    assert store.person(PERSON).state == "unreadable"
    identify(store, "SP-02")
    assert store.person("JH-AC60/SP-02").name == NAME


def test_keys_are_read_where_nothing_can_be_written(store, path, monkeypatch):
    keys = path.with_name("d.db.keys")
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    keys.chmod(0o400)
    assert store.person(PERSON).name == NAME


def test_what_a_crash_left_half_written_is_put_right_when_it_is_read(store, path):
    import sqlite3

    keys, journal = path.with_name("d.db.keys"), path.with_name("d.db.keys-journal")
    connection = sqlite3.connect(keys, isolation_level=None)
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO keys VALUES (?, zeroblob(900))", [(f"x{n}",) for n in range(200)])
    assert journal.stat().st_size
    copies = [shutil.copy(each, each.with_suffix(".copy")) for each in (keys, journal)]
    connection.rollback()
    connection.close()
    for copy, place in zip(copies, (keys, journal), strict=True):
        shutil.copy(copy, place)
    os.chmod(journal, 0o600)
    assert store.person(PERSON).name == NAME
    assert not journal.exists()


def test_a_key_that_signs_is_a_file_too_and_nothing_else_is_waited_for(tmp_path):
    os.mkfifo(tmp_path / "key")
    with pytest.raises(KeyUnusable, match=r"^key: .*key is not a file: put a file of keys there$"):
        KeyFile(tmp_path / "key")


@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_keys_that_their_owner_may_not_use_are_told_with_the_right_way_out(mode):
    place = Path(tempfile.mkdtemp())
    with Tracker(place / "d.db", create=True) as tracker:
        identify(directed(tracker))
    (place / "d.db.keys").chmod(mode)
    for each in (place, *place.iterdir()) if not os.getuid() else ():
        os.chown(each, NOBODY, -1)
    refused = pytest.raises(StoreUnusable, match=r"keys: .*: run chmod 600")
    with somebody_else(), Tracker(place / "d.db") as tracker, refused:
        identify(tracker, "SP-02")
    shutil.rmtree(place)
