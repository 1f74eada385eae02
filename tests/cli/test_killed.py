"""Long work that is killed half-way, by a process that nobody can ask, and done again."""

import json
import sqlite3
import subprocess
import sys
import time
from datetime import date

import pytest

from directives import Text, Tracker, generated_state, write_organisation

ACTS = "SELECT count(*) FROM stored_events WHERE topic = 'Acknowledged.v1'"
UNITS = "SELECT count(*) FROM stored_events WHERE topic = 'Registered.v1'"


def started(store, *words):
    command = [sys.executable, "-c", "from directives_cli.main import main; main()", "--db", f"sqlite:///{store}"]
    return subprocess.Popen([*command, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def counted(store, query):
    if not store.exists():
        return 0
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query).fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # not yet made
    finally:
        connection.close()


def killed_half_way(store, query, total, *words):
    """Kill the command when some of ``total`` is there; how much was."""
    process = started(store, *words)
    deadline = time.monotonic() + 60
    while not counted(store, query) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    found = counted(store, query)
    assert 0 < found < total
    return found


def done(store, *words):
    process = started(store, *words)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out + err


@pytest.mark.slow
def test_an_organisation_and_acts_are_complete_and_without_a_double_after_a_kill(tmp_path):
    store, units, acts = tmp_path / "store.db", tmp_path / "units.csv", tmp_path / "acts.jsonl"
    with units.open("w", encoding="utf-8") as file:
        total = write_organisation(generated_state("JH", scale=0.4), file)
    there = killed_half_way(store, UNITS, total, "init", "--org", units)
    assert f"{total - there:,} units registered" in done(store, "init", "--org", units)
    with Tracker(f"sqlite:///{store}") as tracker:
        assert len({unit.code for unit in tracker.units()}) == total == counted(store, UNITS)
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), office="headquarters@JH")
        tracker.assign("d", "booth", "JH", date(2099, 1, 1), office="headquarters@JH")
        codes = [view.unit for view in tracker.tasks(directive="d")]
    lines = [{"command": "task acknowledge", "task": f"d/{code}", "office": f"clerk@{code}"} for code in codes]
    acts.write_text("\n".join(map(json.dumps, lines)))
    there = killed_half_way(store, ACTS, len(codes), "import", acts, "--keep-going")
    assert f"{len(codes) - there:,} carried out" in done(store, "import", acts, "--keep-going")
    assert counted(store, ACTS) == len(codes)
    assert "wrong" not in done(store, "doctor")
