"""A store that one may only read: questions are answered, commands are refused in a line, and nothing is written."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.test_store_faults import ACT, NOBODY, somebody_else, told
from tests.store.test_upgrade import written

from directives import StoreBusy, StoreUnusable, Tracker, samples
from directives.store.sqlite import connections

QUESTIONS = [
    ["status"],
    ["status", "--as-of", "2023-10-20"],
    ["todo", "--unit", "JH-PC01"],
    ["log"],
    ["history", "written-report/JH-PC11"],
    ["board"],
    ["person", "list"],
    ["evidence", "list"],
    ["evidence", "list", "written-report/JH-PC11"],
    ["task", "list"],
    ["overdue"],
    ["org", "tree"],
    ["directive", "list"],
    ["audit", "verify"],
]
COMMANDS = [
    ACT,
    ["rebuild"],
    ["init", "--org", "units.csv"],
    ["meeting", "record", "minutes.toml"],
    ["evidence", "add", "report.txt"],
    ["report", "submit", "written-report/JH-PC02", "report.txt", "--as", "convenor@JH-PC02"],
    ["person", "forget", "JH-PC01/S1", "--reason", "Asked.", "--as", "convenor@JH-PC01"],
]


@pytest.fixture
def folder(run, monkeypatch):
    """A store with evidence and keys in a folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.chdir(folder)
    Path("report.txt").write_text("A report.\n", "utf-8")
    for name, bundled in {"units.csv": "jharkhand.csv", "minutes.toml": "minutes.toml"}.items():
        # Another user may not be let to where the program is.
        shutil.copyfile(Path(samples.__file__).with_name(bundled), name)
    run("init")
    run("meeting", "record")
    assign = ["--level", "lok_sabha", "--scope", "JH", "--due", "2999-01-01"]
    run("directive", "assign", "speakers", *assign, "--as", "headquarters@JH")
    run("report", "submit", "written-report/JH-PC11", "report.txt", "--as", "convenor@JH-PC11")
    speaker = ["--speaker", "S1", "--name", "Asha", "--as", "convenor@JH-PC01"]
    run("speaker", "identify", "speakers/JH-PC01", *speaker)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def rights(folder, of_folder, of_files):
    for each in folder.rglob("*"):
        each.chmod(0o555 if each.is_dir() else of_files)
    for keys in folder.glob("*.keys"):  # those are their owner's alone
        keys.chmod(of_files & 0o600)
        if not os.getuid():
            os.chown(keys, NOBODY, -1)
    folder.chmod(of_folder)


def content(folder):
    return {each.relative_to(folder): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def says(run, *args):
    return run(*args).stdout


@pytest.mark.parametrize(("of_folder", "of_files"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_questions_are_answered_and_commands_refused(folder, run, of_folder, of_files):
    right = [says(run, *question) for question in QUESTIONS]
    rights(folder, of_folder, of_files)
    before = content(folder)
    with somebody_else():
        assert [says(run, *question) for question in QUESTIONS] == right
        assert "Asha" in says(run, "person", "list")
        assert "rows match the events" in says(run, "doctor")
        for command in COMMANDS:
            code, said = told(*command)
            assert (command, code, "it is read-only: let this user write" in said) == (command, 1, True)
    assert content(folder) == before, "nothing was made, a log neither"


def test_what_another_process_has_written_is_read(folder, run):
    with Tracker("directives.db") as tracker:
        tracker.acknowledge(ACT[2], office=ACT[4])
        assert Path("directives.db-wal").stat().st_size
        rights(folder, 0o555, 0o444)
        with somebody_else():
            assert "acknowledged" in says(run, "task", "show", ACT[2])
            assert told(*ACT)[0] == 1


def test_a_log_that_was_left_behind_is_not_passed_over(folder):
    with Tracker("directives.db") as tracker:
        tracker.acknowledge(ACT[2], office=ACT[4])
        shutil.copy("directives.db", "left.db")
        shutil.copy("directives.db-wal", "left.db-wal")
    rights(folder, 0o555, 0o444)
    with somebody_else():
        code, said = told("status", "--db", "left.db")
    assert (code, "left.db was not closed by its last" in said) == (1, True)


def test_an_empty_log_is_none(folder, run):
    Path("directives.db-wal").touch()
    rights(folder, 0o555, 0o444)
    with somebody_else():
        assert "written-report" in says(run, "status")


def test_who_writes_meanwhile_is_noticed(folder):
    rights(folder, 0o555, 0o444)
    with somebody_else(), Tracker("directives.db") as reader:
        with pytest.raises(StoreBusy, match="another user wrote to it while it was read: ask again"):
            read_while_another_writes(reader, folder)
        assert reader.status(), "asked again"


def read_while_another_writes(reader, folder):
    with reader._store.reading() as session:
        assert session.cursor.execute("SELECT count(*) FROM stored_events").fetchone()[0]
        as_root_or_owner(folder)


def as_root_or_owner(folder, *, stays=False):
    """Somebody who may write does; returns them, where they are still there."""
    mine = os.geteuid()
    if mine != os.getuid():
        os.seteuid(os.getuid())
    rights(folder, 0o755, 0o644)
    writer = Tracker("directives.db")
    writer.acknowledge(ACT[2], office=ACT[4])
    if not stays:
        writer.close()
    rights(folder, 0o555, 0o444)
    os.seteuid(mine)
    return writer


def test_a_store_with_a_journal_of_the_other_kind(folder, run):
    """A copy that a tool wrote with a rollback journal."""
    with closing(sqlite3.connect("directives.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    rights(folder, 0o555, 0o444)
    with somebody_else():
        assert "written-report" in says(run, "status")


def test_a_store_of_an_older_format(folder, run):
    old = written(folder / "old.db", 5)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rights(folder, 0o555, 0o444)
    before = content(folder)
    with somebody_else():
        code, said = told("status", "--db", old)
        assert (code, "the format is old and the store read-only" in said) == (1, True)
        with Tracker(old, as_it_is=True) as tracker:
            assert [*tracker.events()]
        with pytest.raises(StoreUnusable, match="format is old"):
            Tracker(old)
    assert content(folder) == before


def test_a_log_that_comes_while_the_file_is_opened_is_read(folder, monkeypatch):
    """Who writes comes between the look at the file and its opening, once."""
    rights(folder, 0o555, 0o444)
    came, connected = [], connections._connected

    def with_a_writer(name, seconds):
        if "immutable" in name and not came:
            came.append(None)
            came[0] = as_root_or_owner(folder, stays=True)
        return connected(name, seconds)

    with somebody_else(), Tracker("directives.db") as reader:
        monkeypatch.setattr(connections, "_connected", with_a_writer)
        assert reader.task(ACT[2]).state == "acknowledged"
    rights(folder, 0o755, 0o644)
    came[0].close()
