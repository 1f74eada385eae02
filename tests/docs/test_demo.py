"""The demo tells the meeting's whole story, on a store of its own."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def row(*cells):
    return re.compile(r"^" + " +".join(cells) + r"$", re.M)


@pytest.fixture
def told(run, tmp_path):
    return run("demo", tmp_path / "story").stdout


@pytest.mark.parametrize(
    "cells",
    [
        ("written-report", "14", "1", "2", "1", "1", "11", "Lok Sabha"),
        ("social-groups", "14", "0", "1", "1", "0", "13", "Lok Sabha"),
        ("social-groups", "81", "1", "0", "0", "0", "81", "Vidhan Sabha"),
        ("speakers", "6", "0", "1", "1", "0", "5", "block"),
        ("speakers", "18", "1", "0", "0", "0", "18", "panchayat"),
        ("alliance-support", "14", "0", "1", "1", "0", "0", "Lok Sabha"),
        ("social-groups", "1", "14", "85.7%", "4", "4", "2", "████·████·████", r"Khunti \(Lok Sabha\), Lok Sabha"),
    ],
)
def test_it_ends_with_how_the_directives_stand(told, cells):
    assert row(*cells).search(told), told[told.index("$ directives status") :]


def test_it_ends_with_what_is_overdue_and_a_history_in_hindi(told):
    assert "Sample Block 2 of Khunti" in told
    assert "घटक दल partner-a की पुष्टि दर्ज की: सभा से हमें लाभ हुआ" in told
    assert "S6   लक्ष्य " in told


def test_it_tells_what_changes(told):
    assert "खूंटी (विधानसभा) से हटाकर तोरपा में रखा: प्रखंड की सीमा बदली" in told
    assert row("totals", "ok", ".* matche?s? the events").search(told)


def test_the_commands_to_go_on_with_work(told, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "story")
    lines = told[told.index("# To go on") :].splitlines()[1:]
    assert len(lines) >= 5
    for line in lines:
        run(*line.split()[1:])
    history = json.loads(run("history", "written-report/JH-PC11", "--json").stdout)
    assert {entry["recorded_at"][:4] for entry in history} == {"2023"}, "with the clock of the story"


def test_a_folder_that_is_in_use_is_left_alone(run, tmp_path):
    (tmp_path / "mine.txt").touch()
    assert "is not empty: name an empty" in run("demo", tmp_path, code=2).stderr
    assert "cannot be used" in run("demo", tmp_path / "mine.txt" / "x", code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_make_demo_is_that_command():
    assert "directives demo demo" in (ROOT / "Makefile").read_text("utf-8")
