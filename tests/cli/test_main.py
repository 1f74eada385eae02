"""The command starts and says what it is."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from directives import __version__
from directives_cli.main import main


def test_version():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout == f"directives, version {__version__}\n"


def in_a_process(*args, **streams):
    """Run the command in a process of its own, with output that the test runner cannot make."""
    command = [str(Path(sys.executable).with_name("directives")), *args]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, **streams)


def test_output_that_cannot_be_written_is_no_traceback(tmp_path):
    url = f"sqlite:///{tmp_path}/s.db"
    assert in_a_process("--db", url, "init").returncode == 0
    with open("/dev/full", "w") as full:
        done = in_a_process("--db", url, "org", "tree", stdout=full)
    assert (done.returncode, done.stderr) == (1, "Error: output: cannot be written: No space left on device\n")
    closed = in_a_process("--db", url, "org", "tree", preexec_fn=lambda: os.close(1))
    assert (closed.returncode, closed.stderr) == (0, "")
    reader, writer = os.pipe()
    os.close(reader)
    done = in_a_process("--db", url, "org", "tree", "--json", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_output_in_ascii_is_no_traceback(tmp_path):
    url = f"sqlite:///{tmp_path}/s.db"
    in_a_process("--db", url, "init")
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = in_a_process("--db", url, "org", "tree", "--lang", "hi", stdout=subprocess.PIPE, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 96


def test_the_office_and_the_store_may_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("DIRECTIVES_DB", "sqlite:///other.db")
    monkeypatch.setenv("DIRECTIVES_AS", "convenor@JH-PC01")
    run("init", "--as", "headquarters@JH")
    run("meeting", "record", "--as", "headquarters@JH")
    assert "is now acknowledged" in run("task", "acknowledge", "written-report/JH-PC01").stderr
    run("task", "acknowledge", "written-report/JH-PC02", code=4)


def test_a_fault_is_one_line_and_debug_shows_where(run, monkeypatch):
    run("init")
    monkeypatch.setattr("directives_cli.commands.org._trees", lambda _: 1 // 0)
    assert "a fault of this program, ZeroDivisionError" in run("org", "tree", code=1).stderr
    assert isinstance(CliRunner().invoke(main, ["org", "tree", "--debug"]).exception, ZeroDivisionError)
    assert "Traceback" in CliRunner().invoke(main, ["--debug", "history", "nothing"]).stderr
