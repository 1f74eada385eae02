"""Stores of older formats, as they were written then, are brought up to date; their events stay as they are."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.store.test_fold import check_fold

from directives import StoreUnusable, Tracker
from directives.store.catalogue import FORMAT
from directives.store.rebuild import bring_up_to_date
from directives.store.sqlite.database_file import format_of
from directives.tracker import SCHEMA

GOLDEN = Path(__file__).parents[1] / "golden"
NAME = {"en": "Name", "hi": "नाम"}
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-02"}
LOG = "SELECT * FROM stored_events"


def queried(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def written(path, version):
    """A store of that format at ``path``."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {0x44495256}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((GOLDEN / f"store-format-{version}.sql").read_text("utf-8"))
    return path


@pytest.fixture
def old(tmp_path):
    return written(tmp_path / "old.db", 1)


def test_one_of_the_second_format_too(tmp_path):
    path = written(tmp_path / "old.db", 2)
    log = queried(path, LOG)
    now = datetime(2023, 11, 20, tzinfo=UTC)
    with Tracker(f"sqlite:///{path}", clock=lambda: now) as tracker:
        check_fold(tracker, list(tracker.events()))
        numbers = [(r.directive, r.level, r.expected, r.on_time, r.waived, r.overdue) for r in tracker.status()]
        assert numbers == [("g", "lok_sabha", 2, 1, 1, 0), ("w", "lok_sabha", 2, 0, 1, 1)]
        assert tracker.status(directive="g")[0].work == {"groups": 1, "active_workers": 7}
        assert tracker.daily(directive="g")[0].covered == 1
        unit = {"code": "B1", "parent": "B", "level": "block", "name": NAME}
        hq = {"office": "headquarters@X"}
        assert len(tracker.register([unit], command_id="c5", **hq)) == 1, "carried out once"
        asked = {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2023-10-22", "days_percent": 30}
        assert len(tracker.issue("g", "social_groups", NAME, asked, grace_days=5, command_id="c2", **hq)) == 1
        reopened = tracker.reopen_task("g/A", "No.", office="clerk@X")
        assert [event.name for event in reopened] == ["Reopened", "LevelReopened"]
        assert not [each for each in tracker.doctor() if each.state == "wrong"]
    assert queried(path, LOG)[: len(log)] == log
    assert format_of(path) == FORMAT


def test_one_of_the_third_format_has_no_files_yet(tmp_path):
    path = written(tmp_path / "old.db", 3)
    log = queried(path, LOG)
    report = tmp_path / "report.txt"
    report.write_text("A report.\n")
    with Tracker(f"sqlite:///{path}", clock=lambda: datetime(2023, 11, 20, tzinfo=UTC)) as tracker:
        check_fold(tracker, list(tracker.events()))
        assert [(r.directive, r.expected, r.on_time, r.overdue) for r in tracker.status()] == [
            ("s", 1, 1, 0),
            ("w", 1, 0, 0),
        ]
        (view,) = tracker.evidence()
        assert (view.condition, view.kept) == ("missing", False)
        assert tracker.keep_evidence(report).digest == view.digest
        assert tracker.evidence()[0].condition == "whole"
        asked = {"period_from": "2023-10-01", "period_to": "2023-10-02"}
        assert tracker.issue("w", "written_report", NAME, asked, office="headquarters@X") == ()
        assert not [each for each in tracker.doctor() if each.state == "wrong"]
    assert queried(path, LOG)[: len(log)] == log
    assert format_of(path) == FORMAT


def test_one_of_the_fourth_format_keeps_the_states_of_tasks_with_their_rows(tmp_path):
    path = written(tmp_path / "old.db", 4)
    log = queried(path, LOG)
    with Tracker(f"sqlite:///{path}", clock=lambda: datetime(2023, 11, 20, tzinfo=UTC)) as tracker:
        check_fold(tracker, list(tracker.events()))
        assert [(r.level, r.expected, r.acknowledged, r.waiting, r.verified, r.waived) for r in tracker.status()] == [
            ("state", 1, 0, 1, 0, 0),
            ("lok_sabha", 2, 1, 0, 1, 0),
            ("block", 2, 0, 1, 0, 1),
        ]
        assert [event.name for event in tracker.verify("w/X", office="president@X", actor="v")] == [
            "Verified",
            "LevelCompleted",
        ]
        assert tracker.status(unit="A1")[0].waiting == 1
        assert not [each for each in tracker.doctor() if each.state == "wrong" and each.check != "evidence"]
    assert queried(path, "SELECT count(*) FROM states WHERE stream LIKE 'task/%'") == [(0,)]
    assert queried(path, LOG)[: len(log)] == log
    assert format_of(path) == FORMAT


def test_one_of_the_fifth_format_has_what_waits_by_the_moment_when_it_was_written_down(tmp_path):
    path = written(tmp_path / "old.db", 5)
    log = queried(path, LOG)
    with Tracker(f"sqlite:///{path}", clock=lambda: datetime(2023, 11, 20, tzinfo=UTC)) as tracker:
        check_fold(tracker, list(tracker.events()))
        numbers = [(r.directive, r.expected, r.waiting, r.returned, r.verified, r.overdue) for r in tracker.status()]
        assert numbers == [("w", 3, 1, 0, 2, 0), ("l", 2, 0, 1, 0, 2)]
        (waiting,) = tracker.waiting()
        assert (waiting.task, waiting.since) == ("w/C", datetime(2023, 10, 26, 7, tzinfo=UTC))
        assert [tracker.task(f"w/{unit}").same_document for unit in "ABC"] == [("w/B",), ("w/A",), ()]
        look = [each.found for each in tracker.doctor() if each.state == "look"]
        assert "1 document was submitted by more than one unit: w/A" in look
        assert not [each for each in tracker.doctor() if each.state == "wrong" and each.check != "evidence"]
    assert queried(path, LOG)[: len(log)] == log
    assert format_of(path) == FORMAT


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
        bring_up_to_date(tracker._store, SCHEMA)
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


def test_one_that_is_held_by_another_says_so(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable.__base__, match="another process holds it"):
            Tracker(f"sqlite:///{old}", lock_timeout=0)
