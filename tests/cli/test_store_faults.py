"""A full disk, a read-only file, a store that is held: one line, the right exit code, and the store as it was."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from directives import Tracker
from directives_cli.main import main

ACT = ["task", "acknowledge", "written-report/JH-PC01", "--as", "convenor@JH-PC01"]
NOBODY = 65534


@pytest.fixture
def folder(run, monkeypatch):
    """A store in a folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    monkeypatch.chdir(folder)
    run("init")
    run("meeting", "record")
    run("status")
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def told(*args):
    """Exit code and the one line of an error."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.exit_code, result.stderr


def log(folder):
    with closing(sqlite3.connect(folder / "directives.db")) as connection:
        return connection.execute("SELECT count(*), max(position) FROM stored_events").fetchone()


@contextmanager
def somebody_else():
    """As a user who is not root; whoever runs this as such a user stays who they are."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_is_read_only_is_read_and_not_written(folder, run):
    (folder / "directives.db").chmod(0o444)
    path = folder / "commands.jsonl"
    path.write_text(json.dumps({"command": "task acknowledge", "task": ACT[2], "office": ACT[4]}))
    run("import", path, "--dry-run")
    (folder / "directives.db").chmod(0o444)
    before = log(folder)
    for each in folder.glob("directives.db-*"):
        each.unlink()
    with somebody_else():
        run("status")
        for act in (ACT, ["rebuild"], ["import", path]):
            code, said = told(*act)
            assert (code, "it is read-only: let this user write" in said) == (1, True)
    assert log(folder) == before


def test_a_file_that_may_not_be_read(folder):
    (folder / "directives.db").chmod(0)
    with somebody_else():
        assert told("status") == (1, f"Error: --db: {folder}/directives.db cannot be read: Permission denied\n")


def limited(*args, kilobytes):
    """The command in a process of its own that may write no file longer than that."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    command = [sys.executable, "-c", "from directives_cli.main import main; main()", *map(str, args)]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, timeout=60)


def test_a_disk_that_is_full_in_the_midst_of_an_import_leaves_the_store_as_it_was(folder, run):
    task = {"command": "alliance record", "what": "step", "task": "alliance-support/JH-PC01", "office": "clerk@JH-PC01"}
    path = folder / "commands.jsonl"
    path.write_text("".join(json.dumps({**task, "text": f"{number} {'x' * 1000}"}) + "\n" for number in range(2500)))
    before = log(folder)
    result = limited("import", path, kilobytes=1000)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: store: the disk cannot be read or written: look at its space")
    assert result.stderr.count("\n") == 1
    assert log(folder) == before
    kept = limited("import", path, "--keep-going", kilobytes=3000)
    assert kept.returncode == 1
    assert "(the first 1,000 were carried out; run it again to continue from there)" in kept.stderr
    assert log(folder)[0] == before[0] + 1000
    told = run("import", path).stderr
    assert "2,500 commands: 1,500 carried out, 0 changed nothing, 1,000 were carried out before" in told
    run("doctor")


def test_a_database_that_is_full(folder, monkeypatch):
    from directives.store.recorder import Recorder

    def full(self, session, events):
        cursor = session.cursor
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        cursor.executemany(
            "INSERT INTO commands VALUES (?, 'x', 1, 1, NULL)", [(str(number) * 50,) for number in range(9999)]
        )

    before = log(folder)
    monkeypatch.setattr(Recorder, "append", full)
    assert told(*ACT)[0] == 1
    assert "store: the disk is full: free some space and try again" in told(*ACT)[1]
    assert log(folder) == before


def test_a_store_that_is_held(folder, monkeypatch):
    monkeypatch.setitem(Tracker.__init__.__kwdefaults__, "lock_timeout", 0)
    with closing(sqlite3.connect(folder / "directives.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for act in (ACT, ["rebuild"]):
            assert told(*act) == (1, "Error: store: another process holds it: try again\n")


def test_a_store_of_a_newer_format(folder):
    with closing(sqlite3.connect(folder / "directives.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    content = (folder / "directives.db").read_bytes()
    for act in (ACT, ["status"], ["doctor"], ["rebuild"]):
        code, said = told(*act)
        assert (code, "was written by a newer version of directives: use that version" in said) == (1, True)
    assert (folder / "directives.db").read_bytes() == content
