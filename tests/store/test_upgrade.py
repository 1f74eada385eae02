"""A store of the first format, as it was written then, is read and brought up to date; its events stay as they are."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.store.test_fold import check_fold

from directives import StoreUnusable, Tracker
from directives.store.place import FORMAT, format_of
from directives.store.rebuild import bring_up_to_date

DUMP = Path(__file__).parents[1] / "golden" / "store-format-1.sql"
NAME = {"en": "Name", "hi": "नाम"}
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-02"}
LOG = "SELECT * FROM stored_events"


def queried(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {0x44495256}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(DUMP.read_text("utf-8"))
    return path


def test_it_is_brought_up_to_date_once_and_goes_on(old):
    log = queried(old, LOG)
    with Tracker(f"sqlite:///{old}", clock=lambda: datetime(2023, 11, 20, tzinfo=UTC)) as tracker:
        (row,) = tracker.status()
        assert (row.expected, row.on_time, row.overdue, row.work) == (2, 1, 1, {})
        check_fold(tracker, list(tracker.events()))
        assert tracker.history("directive/d")[0].data.grace_days == 0
        again = {"command_id": "c3", "office": "headquarters@X"}
        assert len(tracker.assign("d", "lok_sabha", "X", date(2023, 11, 15), **again)) == 1, "carried out once"
        issued = tracker.issue("d", "written_report", NAME, PERIOD, command_id="c2", office="headquarters@X")
        assert [event.name for event in issued] == ["Issued"], "this one too, though it can say more today"
        bring_up_to_date(tracker._ledger)
    assert queried(old, LOG) == log
    assert format_of(old) == FORMAT


def test_where_it_cannot_be_it_stands_as_it_was(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE stored_events SET topic = 'Founded.v9' WHERE position = 1")
        connection.commit()
    before = queried(old, "SELECT * FROM states")
    with pytest.raises(Exception, match=r"event Founded\.v9 at 1 is unknown"):
        Tracker(f"sqlite:///{old}")
    assert queried(old, "SELECT * FROM states") == before
    assert format_of(old) == 1


def test_one_that_is_held_by_another_says_so(old, monkeypatch):
    monkeypatch.setattr("directives.store.application.LOCK_TIMEOUT_SECONDS", 0)
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable.__base__, match="another process has held it"):
            Tracker(f"sqlite:///{old}")
