"""A copy of a store: each table as it stands, at the same positions, wherever it goes; and on from where it ended."""

import os
import sqlite3
from contextlib import closing

import pytest
from tests import stores
from tests.audit.conftest import Log
from tests.store.speakers import PERSON
from tests.store.test_pack import stocked

from directives import InvalidInput, StoreMissing, StoreUnusable, Tracker
from directives.store import copying
from directives.store.copying import digest_of
from directives.store.rebuild import BESIDE
from directives.store.table import STORED_EVENTS
from directives.tracker import SCHEMA

TABLES = (STORED_EVENTS, *BESIDE, *SCHEMA.tables)


@pytest.fixture
def path(tmp_path):
    """A store with two files, a person and a checkpoint; its log's key and policy stand beside it."""
    path = stocked(tmp_path / "from.db")
    with Tracker(path) as tracker:
        log = Log(tracker, tmp_path)
        log.checkpoint()
        (tmp_path / "policy").write_text(log.policy)
    return path


@pytest.fixture
def place(database, tmp_path):
    """The URL of a place where no store is."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'to.db'}"
        return
    with stores.server().elsewhere() as url:
        yield url


def digests(url):
    with Tracker(url) as tracker, tracker._store.reading() as session:
        return {table.name: digest_of(session, table) for table in TABLES}


def copied(source, to, **given):
    with Tracker(source) as tracker:
        return tracker.copy(to, **given)


@pytest.mark.every_store
def test_there_and_back_each_table_is_the_same(path, place, tmp_path):
    before = digests(path)
    there = copied(path, place, with_keys=True)
    assert (there.evidence, there.keys, there.before, there.missing, there.altered) == (2, 1, 0, (), ())
    assert digests(place) == before
    back = copied(place, tmp_path / "back.db", with_keys=True)
    assert back.changed(path="") == there.changed(path="")
    assert digests(tmp_path / "back.db") == before
    with Tracker(tmp_path / "back.db") as tracker, Tracker(place) as server, Tracker(path) as first:
        for each in (tracker, server):
            assert each.person(PERSON) == first.person(PERSON)
            assert each.audit(policy=tmp_path / "policy")[-1].state == "ok"
            assert {finding.state for finding in each.audit(policy=tmp_path / "policy")} <= {"ok", "look"}
            assert {finding.state for finding in each.doctor()} <= {"ok", "look"}
            assert list(each.events()) == list(first.events())
            assert each.history("written-report/JH-PC11") == first.history("written-report/JH-PC11")


@pytest.mark.every_store
def test_without_keys_what_is_sealed_stays_sealed(path, place):
    assert copied(path, place).keys is None
    with Tracker(place) as tracker:
        assert tracker.person(PERSON).name is None
        assert tracker._place.keys.all() == {}


@pytest.mark.every_store
@pytest.mark.parametrize("step", ["_rows", "_evidence", "_fold", "_require_alike"])
def test_one_that_was_interrupted_goes_on_where_it_ended(path, place, monkeypatch, step):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(copying, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        copied(path, place, with_keys=True)
    monkeypatch.undo()
    for create in (False, True):
        with pytest.raises(StoreMissing, match="is a copy that was interrupted: copy the store there again"):
            Tracker(place, create=create)
    with Tracker(path) as tracker:
        tracker.retire("JH-AC60", "Merged.")
    again = copied(path, place, with_keys=True)
    assert (again.before, again.events) == (again.events - 1, again.newest)
    assert digests(place) == digests(path)


@pytest.mark.every_store
def test_where_something_is_nothing_is_copied(path, place, monkeypatch):
    copied(path, place)
    with pytest.raises(InvalidInput, match=r"to: there is something at .* already: name another"):
        copied(path, place)
    with Tracker(place) as tracker:
        assert len(tracker.units()) == 96


@pytest.mark.every_store
def test_part_of_another_store_is_not_gone_on_with(path, place, tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "_rows", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        copied(path, place)
    monkeypatch.undo()
    (tmp_path / "other").mkdir()
    other = stocked(tmp_path / "other" / "from.db")
    with pytest.raises(InvalidInput, match="to: there is part of a copy of another store"):
        copied(other, place)
    assert copied(path, place).before > 0


@pytest.mark.every_store
def test_files_that_are_missing_or_altered_are_told(path, place):
    with Tracker(path) as tracker:
        first, second = [tracker._evidence.path_of(each.digest) for each in tracker.evidence()][:2]
        digest = [each.digest for each in tracker.evidence()]
    first.unlink()
    second.chmod(0o644)
    second.write_text("another")
    told = copied(path, place)
    assert (told.evidence, told.missing, told.altered) == (1, (digest[0],), (digest[1],))
    with Tracker(place) as tracker:
        assert [each.condition for each in tracker.evidence()] == ["missing", "altered"]


@pytest.mark.every_store
def test_read_models_that_are_wrong_are_told_before_it_is_a_store(path, place):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE tallies SET count = count + 1")
    with pytest.raises(StoreUnusable, match="to: the table tallies is not as it is in the store"):
        copied(path, place)
    with Tracker(path) as tracker:
        tracker.rebuild()
    assert copied(path, place).before > 0
    assert digests(place) == digests(path)


def test_a_file_is_marked_as_a_copy_from_its_first_moment_on(path, tmp_path, monkeypatch):
    """Also where what was written to it stands in its log alone, as after a process was killed."""
    monkeypatch.setattr(copying, "_events", lambda *_: os._exit(9))
    if (child := os.fork()) == 0:
        copied(path, tmp_path / "to.db")
    assert os.waitpid(child, 0)[1] >> 8 == 9
    monkeypatch.undo()
    with pytest.raises(StoreMissing, match="is a copy that was interrupted"):
        Tracker(tmp_path / "to.db")
    copied(path, tmp_path / "to.db")
    assert digests(tmp_path / "to.db") == digests(path)


def test_into_memory_nothing_is_copied(path):
    with pytest.raises(InvalidInput, match="to: a store in memory is gone with the command: name a file"):
        copied(path, "sqlite:///:memory:")
