"""The library's own test case of an application recorder, run on ours; and what ours refuses."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.tests.persistence import ApplicationRecorderTestCase

from directives import StoreUnusable, Tracker, read_organisation
from directives.store.recorder import Recorder
from directives.store.sqlite import database_file, recorder
from directives.store.sqlite.keys import KeysFile
from directives.store.sqlite.recorder import SqliteRecorder


class Appending(SqliteRecorder):
    """A recorder that appends what it is given at the next positions, as commands do."""

    def insert_events(self, stored_events, **_):
        try:
            with self.writing() as session:
                last = self.last_position(session)
                rows = [
                    (position, event.originator_id, event.originator_version, event.topic, event.state)
                    for position, event in enumerate(stored_events, start=last + 1)
                ]
                self.append(session, rows)
        except StoreUnusable as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise IntegrityError(error) from error
            raise
        return [row[0] for row in rows]

    def last_position(self, session):
        return session.cursor.execute("SELECT coalesce(max(position), 0) FROM stored_events").fetchone()[0]


def recorder_in(path):
    """A recorder in a new file, or in memory."""
    if path is not None:
        database_file.claim(path)
    recorder = Appending(path, KeysFile(path), 30)
    recorder.create(())
    return recorder


class OnFile(ApplicationRecorderTestCase):
    """The library's test case, on a file."""

    def setUp(self):
        self.folder, self.threads = TemporaryDirectory(), {*threading.enumerate()}

    def path(self):
        return Path(self.folder.name) / "log.db"

    def create_recorder(self):
        self.recorder = recorder_in(self.path())
        return self.recorder

    def tearDown(self):
        for thread in {*threading.enumerate()} - self.threads:  # the library's test case leaves its readers behind
            thread.join()
        self.recorder.close()
        self.folder.cleanup()

    def new_originator_id(self):
        return f"task/d/{uuid4()}"


class InMemory(OnFile):
    """The library's test case, in memory."""

    def path(self):
        return None


del ApplicationRecorderTestCase  # which would be collected by itself


def test_events_are_not_written_past_the_read_models():
    recorder = recorder_in(None)
    event = StoredEvent(originator_id="task/d/X", originator_version=1, topic="t", state=b"{}")
    with pytest.raises(StoreUnusable, match="only commands write events"):
        Recorder.insert_events(recorder, [event])
    with recorder.reading() as session:
        assert recorder.count(session) == 0


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "s.db"
    with Tracker(f"sqlite:///{path}", create=True) as tracker:
        tracker.found(read_organisation())
    return path


def alone(path, folder):
    """The number of events in a copy of the file by itself, as somebody makes it who knows of no log beside it."""
    copy = folder / "copy.db"
    shutil.copyfile(path, copy)
    connection = sqlite3.connect(copy)
    try:
        return connection.execute("SELECT count(*) FROM stored_events").fetchone()[0]
    finally:
        connection.close()


def test_the_file_alone_has_everything_once_all_have_closed_it(path, tmp_path):
    url = f"sqlite:///{path}"
    assert alone(path, tmp_path) == 97
    writer, reader = Tracker(url), Tracker(url)
    assert len(reader.units()) == 96
    writer.retire("JH-AC60", "Merged.")
    writer.close()
    assert len(reader.units()) == 95
    reader.close()
    assert alone(path, tmp_path) == 98
    with Tracker(url) as only_asking:
        assert only_asking.status() == []
    assert alone(path, tmp_path) == 98
    assert not Path(f"{path}-wal").exists()


def test_questions_are_asked_over_a_connection_that_cannot_write_and_is_used_again(path):
    with Tracker(f"sqlite:///{path}") as tracker:
        with tracker._store.reading() as session:
            first = session.cursor.connection
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                session.cursor.execute("DELETE FROM units")
        with tracker._store.reading() as session:
            assert session.cursor.connection is first
            with tracker._store.reading() as another:
                assert another.cursor.connection is not first


def ask_while_another_writes(reader, path):
    with reader._store.reading() as session:
        with Tracker(f"sqlite:///{path}") as writer:
            writer.retire("JH-AC59", "Merged.")
        session.cursor.execute("SELECT count(*) FROM units").fetchone()


def test_who_cannot_write_reads_what_others_have_written_since(path, monkeypatch):
    with Tracker(f"sqlite:///{path}") as reader:
        monkeypatch.setattr(os, "access", lambda *_, **__: False)
        monkeypatch.setattr(recorder, "writable", lambda _: True)  # who writes is another user
        assert len(reader.units()) == 96
        with Tracker(f"sqlite:///{path}") as writer:
            writer.retire("JH-AC60", "Merged.")
            assert len(reader.units()) == 95, "with a log beside the file"
        assert len(reader.units()) == 95, "without one"
        ask_while_another_writes(reader, path)  # with the locks that others heed
        assert len(reader.units()) == 94


def test_a_file_that_is_gone_is_told_in_one_line(path):
    with Tracker(f"sqlite:///{path}") as tracker:
        path.unlink()
        with pytest.raises(StoreUnusable, match="store: cannot be used: unable to open database file"):
            tracker.units()


FORKED = """
import os, sys
from directives import Tracker
tracker = Tracker(sys.argv[1], create=True)
assert len(tracker.units()) == 96
if os.fork() == 0:
    for deed in (tracker.units, lambda: tracker.retire("JH-AC60", "Merged.")):
        try:
            deed()
        except Exception as error:
            print(type(error).__name__, error, flush=True)
    tracker.close()
    os._exit(7)
print(os.waitstatus_to_exitcode(os.wait()[1]))
print(len(tracker.units()), "units")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_a_tracker_of_the_parent_is_refused_in_a_forked_process(path):
    done = subprocess.run([sys.executable, "-c", FORKED, f"sqlite:///{path}"], capture_output=True, text=True)
    refused = "StoreUnusable store: it was opened by another process: open it again in this one\n"
    assert done.stdout == 2 * refused + "7\n96 units\n", done.stderr
