"""Stores that are made at one moment, refused, removed, or left in parts: none is taken for another, none is lost."""

import multiprocessing
import sqlite3
from contextlib import closing

import pytest

from directives import (
    DirectivesError,
    InvalidInput,
    InvalidOrganisation,
    NotOurStore,
    StoreMissing,
    StoreUnusable,
    Text,
    Tracker,
    Unit,
    read_organisation,
)
from directives.store.sqlite import database_file, recorder

SPAWN = multiprocessing.get_context("spawn")
NAME = Text(en="Name", hi="नाम")
ORPHAN = [Unit(code="A", parent="B", level="block", name=NAME)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "s.db"


def refused(tracker):
    with pytest.raises(InvalidOrganisation):
        tracker.found(ORPHAN)


def another(path):
    """A store of one unit, beside that one."""
    other = path.with_name("other.db")
    with Tracker(other, create=True) as tracker:
        tracker.found([Unit(code="X", parent=None, level="state", name=NAME)])
    return other


def codes(path):
    with Tracker(path) as tracker:
        return len(tracker.units())


def test_a_refused_one_does_not_remove_what_another_filled(path):
    with Tracker(path, create=True) as first:
        refused(first)
        with Tracker(path, create=True) as second:
            second.found(read_organisation())
    assert codes(path) == 96


def test_nor_what_another_has_open(path):
    first = Tracker(path, create=True)
    with Tracker(path, create=True) as second:
        refused(first)
        first.close()
        second.found(read_organisation())
    assert codes(path) == 96


def test_who_opened_what_was_removed_is_told_and_leaves_nothing(path):
    first = Tracker(path, create=True)
    second = Tracker(path)  # not connected yet
    first.close()
    assert not path.exists()
    with pytest.raises(StoreUnusable):
        second.found(read_organisation())
    second.close()
    assert [*path.parent.iterdir()] == []


def test_who_opened_what_was_replaced_does_not_write_in_vain(path):
    with Tracker(path, create=True) as first:
        first.found(read_organisation())
        first.close()
    with Tracker(path) as second:
        assert len(second.units()) == 96
        another(path).replace(path)
        with pytest.raises(StoreUnusable, match="was removed, or replaced, after it was opened"):
            second.rename("JH-PC11", NAME)


def test_a_refused_one_does_not_remove_what_took_its_place(path):
    first = Tracker(path, create=True)
    another(path).replace(path)
    first.close()
    assert path.exists()


def test_a_disk_that_is_full_leaves_no_half_store(path, monkeypatch):
    def full(self, statements):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(recorder.SqliteRecorder, "create", full)
    with pytest.raises(StoreUnusable, match="full"):
        Tracker(path, create=True)
    assert [*path.parent.iterdir()] == []


def test_a_store_that_was_begun_and_never_finished_is_told_and_finished(path):
    database_file.claim(path)
    with pytest.raises(StoreMissing, match="was not set up completely: run directives init"):
        Tracker(path)
    with Tracker(path, create=True) as tracker:
        tracker.found(read_organisation())
        with Tracker(path) as other:
            assert other.top == "JH"
    with Tracker(path) as tracker:
        assert tracker.top == "JH"


def made_by(path, good, barrier, outcomes):
    """In a process of its own."""
    barrier.wait(60)
    try:
        with Tracker(path, create=True) as tracker:
            tracker.found(read_organisation() if good else ORPHAN)
        outcomes.put("made")
    except InvalidOrganisation:
        outcomes.put("refused")
    except DirectivesError as error:
        outcomes.put(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize("number", range(2))
def test_good_and_refused_ones_at_one_moment(path, number):
    goods = [True, False, True, False]
    barrier, outcomes = SPAWN.Barrier(len(goods)), SPAWN.Queue()
    workers = [SPAWN.Process(target=made_by, args=(path, good, barrier, outcomes)) for good in goods]
    for worker in workers:
        worker.start()
    said = [outcomes.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(60)
    others = [each for each in said if each not in ("made", "refused") and "was removed" not in each]
    assert [each for each in others if "unable to open" not in each] == [], said
    if "made" in said:
        assert codes(path) == 96, said
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal", ".keys", ".evidence"])
def test_what_was_left_of_a_store_is_neither_taken_in_nor_removed(path, suffix):
    left = path.with_name(f"s.db{suffix}")
    left.mkdir() if suffix == ".evidence" else left.write_bytes(b"what was left")
    with pytest.raises(NotOurStore, match=f"db: {left} belongs to a store that is missing"):
        Tracker(path, create=True)
    assert [*path.parent.iterdir()] == [left]
    assert left.is_dir() or left.read_bytes() == b"what was left"


def test_the_log_of_a_store_that_was_deleted_does_not_come_back(path):
    with Tracker(path, create=True) as tracker:
        tracker.found(read_organisation())
        log = path.with_name("s.db-wal").read_bytes()
        main = path.read_bytes()
    path.unlink()
    path.with_name("s.db-wal").write_bytes(log)
    with pytest.raises(NotOurStore, match="-wal belongs"):
        Tracker(path, create=True)
    path.write_bytes(main)
    assert codes(path) == 96, "it is brought back"


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal", ".keys", ".evidence"])
def test_a_name_of_a_file_beside_a_store_is_none_of_a_store(path, suffix):
    for url in (f"{path}{suffix}", f"sqlite:///{path}{suffix}"):
        with pytest.raises(InvalidInput, match="is the name of a file beside a store: name the store"):
            Tracker(url, create=True)
    assert [*path.parent.iterdir()] == []


def test_a_file_system_without_hard_links(path, monkeypatch):
    def none(*_):
        raise OSError

    monkeypatch.setattr(database_file.os, "link", none)
    with Tracker(path, create=True) as first:
        refused(first)
    assert not path.exists()
    with Tracker(path, create=True) as tracker:
        tracker.found(read_organisation())
    assert codes(path) == 96
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
