"""The command starts and says what it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from directives import Tracker, __version__
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


def test_a_command_whose_output_cannot_be_written_says_that_it_was_carried_out(tmp_path):
    url, rename = f"sqlite:///{tmp_path}/s.db", ("org", "rename", "JH-AC60", "--name-en", "Other", "--json")
    with open("/dev/full", "w") as full:
        done = in_a_process("--db", url, "init", "--json", stdout=full)
        assert (done.returncode, "but the command was carried out" in done.stderr) == (1, True)
        done = in_a_process("--db", url, *rename, stdout=full)
        assert json.loads(done.stderr)["message"] == (
            "output: cannot be written (No space left on device), but the command was carried out: see directives log"
        )
        assert done.returncode == 1
        refused = in_a_process("--db", url, "org", "show", "NOWHERE", "--json", stdout=full)
        assert refused.returncode == 6
    with Tracker(url) as tracker:
        assert tracker.unit("JH-AC60").name.en == "Other"
        assert not tracker.has_recorded


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


def test_the_language_of_the_environment_is_that_where_none_is_given(run, monkeypatch):
    run("init")
    monkeypatch.setenv("DIRECTIVES_LANG", "hi")
    assert "दर्ज की" in run("history", "JH-PC11").stdout
    assert "registered" in run("history", "JH-PC11", "--lang", "en").stdout
    assert "registered" in run("--lang", "en", "history", "JH-PC11").stdout
    assert "registered" in run("--lang", "hi", "history", "JH-PC11", "--lang", "en").stdout


def test_a_fault_is_one_line_and_debug_shows_where(run, monkeypatch):
    run("init")
    monkeypatch.setattr("directives_cli.commands.org._tree", lambda _: 1 // 0)
    assert "internal error, ZeroDivisionError" in run("org", "tree", code=1).stderr
    assert isinstance(CliRunner().invoke(main, ["org", "tree", "--debug"]).exception, ZeroDivisionError)
    assert "Traceback" in CliRunner().invoke(main, ["--debug", "history", "nothing"]).stderr


def test_with_json_an_error_is_one_object_with_its_reason_and_facts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def fails(*args, code):
        result = runner.invoke(main, [*args, "--json"])
        assert result.exit_code == code
        assert result.stderr.count("\n") == 1
        return json.loads(result.stderr)

    assert runner.invoke(main, ["init"]).exit_code == 0
    refused = fails("org", "retire", "JH-PC01", "--reason", "Merged.", code=4)
    assert refused == {
        "error": "UnitsBelow",
        "reason": "units-below",
        "facts": {"unit": "JH-PC01", "below": 6},
        "message": "code: JH-PC01 has 6 units below it: move or retire those first",
    }
    assert "इकाइयाँ" in fails("org", "retire", "JH-PC01", "--reason", "x", "--lang", "hi", code=4)["message"]
    misused = fails("org", "retire", "JH-PC01", code=2)
    assert (misused["error"], misused["reason"], misused["facts"]) == ("MissingParameter", None, {})


def test_a_refused_line_has_its_reason_in_json(run, tmp_path):
    run("init")
    line = {"command": "org retire", "code": "JH-PC01", "reason": "Merged.", "office": "headquarters@JH"}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line))
    result = CliRunner().invoke(main, ["import", "lines.jsonl", "--keep-going", "--json"])
    (refused,) = json.loads(result.stdout)["refused"]
    assert (refused["reason"], refused["facts"]) == ("units-below", {"unit": "JH-PC01", "below": 6})
