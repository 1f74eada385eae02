"""A fifth kind is one file of another distribution; no file of this one knows of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def directives(tmp_path):
    """Run the command line in a process that has the other distribution on its path."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}

    def run(*args, code=0, path=HERE):
        done = subprocess.run(
            [sys.executable, "-c", "from directives_cli.main import main; main()", *map(str, args)],
            env={**env, "PYTHONPATH": str(path), "PYTHONUTF8": "1"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    return run


def listed_of(directives, task, name):
    entries = json.loads(directives("history", task, "--json").stdout)
    return [entry["position"] for entry in entries if entry["name"] == name]


def strike(own, position):
    return "task", "strike", *own, "--event", position, "--reason", "Never visited."


@pytest.mark.slow
def test_a_fifth_kind_is_found_by_its_entry_point_and_has_its_command_and_its_events(directives):
    own = ["house-visits/JH-AC01", "--as", "convenor@JH-AC01"]
    directives("init")
    directives("meeting", "record", HERE / "minutes.toml")
    assert "Record visits to houses." in directives("house", "--help").stdout
    directives("house", "visit", *own, "--houses", "300")
    refused = directives("task", "submit", *own, code=4)
    assert (
        refused.stderr
        == "Error: TASK: house-visits/JH-AC01 is not done yet: houses: 300 were visited: 500 are asked for\n"
    )
    assert "house visit" in directives("report", "submit", *own, HERE / "minutes.toml", code=2).stderr
    directives("house", "visit", *own, "--houses", "200")
    directives("task", "submit", *own)
    directives("task", "verify", own[0], "--as", "clerk@JH")
    (row,) = json.loads(directives("status", "--unit", "JH", "--json").stdout)
    assert (row["kind"], row["expected"], row["done"], row["work"]) == ("house_visits", 81, 1, {"houses": 500})
    listed = json.loads(directives("house", "list", *own[1:], "--json").stdout)
    assert [each["values"]["houses"] for each in listed] == [300, 200]
    position = listed_of(directives, own[0], "HousesVisited")[0]
    assert "carries submission 1" in directives(*strike(own, position), code=4).stderr
    directives("task", "take-back", own[0], "--as", "clerk@JH", "--reason", "By mistake.")
    directives("task", "return", own[0], "--as", "clerk@JH", "--reason", "300 were never visited.")
    directives(*strike(own, position))
    (row,) = json.loads(directives("status", "--unit", "JH", "--json").stdout)
    assert (row["done"], row["work"]) == (0, {"houses": 200})
    listed = json.loads(directives("house", "list", *own[1:], "--json").stdout)
    assert [each["values"]["houses"] for each in listed] == [200]
    told = directives("history", own[0], "--lang", "hi").stdout
    assert "राजमहल (विधानसभा) के संयोजक ने 300 घरों में संपर्क किया" in told


def test_without_that_distribution_there_is_no_such_kind(run):
    run("init")
    assert "kind: house_visits is unknown" in run("meeting", "record", HERE / "minutes.toml", code=6).stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "bad:KIND cannot be loaded (No module named 'bad')"),
        ("KIND = 5", "bad:KIND is not a Kind"),
        ("from directives.directive_kinds.written_report import KIND", "the name written_report is in use"),
    ],
)
def test_a_kind_that_cannot_be_used_is_told_in_one_line(directives, tmp_path, content, said):
    info = tmp_path / "bad-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[directives.kinds]\nbad = bad:KIND\n")
    if content is not None:
        (tmp_path / "bad.py").write_text(content)
    done = directives("kind", "list", path=tmp_path)
    assert done.stderr == f"kind: bad of bad 1.0 is left out: {said}: fix or remove it\n"
    assert "written_report" in done.stdout
