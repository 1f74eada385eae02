"""What a word may become, as a shell is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives import Candidate, Candidates, Tracker
from directives_cli import completing
from directives_cli.completing import complete, words_of

SEATS = [f"written-report/JH-PC1{number}" for number in range(5)]
BREAKS = " \t\n\"'><=;|&(:@"


@pytest.fixture
def told(desk, monkeypatch):
    monkeypatch.setattr(completing, "others_may_bring_kinds", lambda: False)

    def told(line, shell="bash", **environment):
        return [*complete(shell, {"DIRECTIVES_LINE": line, "DIRECTIVES_BREAKS": BREAKS, **environment})]

    return told


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("directives stat", ["status"]),
        ("directives task verif", ["verify"]),
        ("directives nothing ", []),
        ("directives status --a", ["--as-of"]),
        ("directives task verify --a", ["--as", "--actor", "--at"]),
        ("directives task list --state ret", ["returned"]),
        ("directives task list --state लौ", ["लौटाया\\ गया"]),
        ("directives task verify wri", ["written-report/"]),
        ("directives task verify written-report/jh-pc11", ["written-report/JH-PC11"]),
        ("directives task verify written-report/JH-AC5", []),  # no seat of that level owes it
        ("directives task verify social-groups/JH-AC59", ["social-groups/JH-AC59"]),
        ("directives task show a b", []),
        (
            "directives task verify written-report/JH-PC01 written-report/JH-PC1",
            SEATS,
        ),
        ("directives todo --unit torp", ["Torpa"]),
        ("directives todo --unit तोर", ["तोरपा"]),
        ("directives todo --unit=jh-pc11", ["JH-PC11"]),
        ("directives todo --unit khunt", ["Khunti\\ \\(Vidhan\\ Sabha\\)", "Khunti\\ \\(Lok\\ Sabha\\)"]),
        ("directives todo --unit 'khunti (jh-p", ["Khunti (JH-PC11)"]),
        ("directives todo --unit 'khunti (l", ["Khunti (Lok Sabha)"]),
        ("directives todo --unit 'खूंटी (लो", ["खूंटी (लोकसभा)"]),
        ("directives evidence get ", []),
        ("directives todo --as conv", ["convenor@"]),
        ("directives todo --as सं", ["संयोजक@"]),
        ("directives todo --as convenor@torp", ["@Torpa"]),
        ("directives todo --as 'convenor@torp", ["convenor@Torpa"]),
        ("directives status --level lok", ["lok_sabha"]),
        ("directives status --level लोक", ["लोकसभा"]),
        ("directives meeting show j", ["jharkhand-2023-10-19"]),
        ("directives history speak", ["speakers"]),
        ("directives kind show wr", ["written_report"]),
        ("directives init --org ", ["\x01file"]),
        ("cd x; directives --db directives.db todo --unit torp", ["Torpa"]),
        ("directives todo --db nowhere.db --unit torp", []),
        ("directives todo --db postgres://x --unit torp", []),
    ],
)
def test_a_word_becomes(told, line, expected):
    assert told(line) == expected


def test_where_others_may_bring_kinds_the_commands_are_made(told, monkeypatch):
    monkeypatch.setattr(completing, "others_may_bring_kinds", lambda: True)
    assert told("directives stat") == ["status"]
    assert told("directives todo --unit torp") == ["Torpa"]
    assert told("directives kind show wr") == ["written_report"]


def test_other_shells_are_told_what_it_is(told):
    assert told("directives todo --unit torp", "fish") == ["Torpa\tJH-AC59, vidhan_sabha"]
    assert told("directives todo --lang hi --unit JH-AC59", "zsh") == ["JH-AC59\tतोरपा, vidhan_sabha"]


def test_the_store_is_that_of_the_environment_or_the_settings(told, desk, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert told("directives todo --unit torp") == []
    assert told("directives todo --unit torp", DIRECTIVES_DB=str(desk.folder / "directives.db")) == ["Torpa"]


@pytest.mark.parametrize("broken", ["no store", "another schema"], ids=str)
def test_a_store_that_cannot_be_read_has_no_names(told, desk, broken):
    Path(desk.folder, "directives.db").write_bytes(b"SQLite format 3\0" if broken == "another schema" else b"?")
    assert told("directives todo --unit torp") == []


@given(st.text(alphabet="ab \\'\"@=", max_size=12))
def test_any_line_has_a_word_that_is_being_typed(line):
    assert words_of(line)
    told = [*complete("bash", {"DIRECTIVES_LINE": f"directives todo --unit {line}", "DIRECTIVES_DB": "nowhere"})]
    assert not any("a" in each for each in told)


def test_words_of_quoted_and_escaped_text():
    texts = [word.text for word in words_of("a 'b c' d\\ e \"f\"g 'h")]
    assert texts == ["a", "b c", "d e", "fg", "h"]
    assert [word.text for word in words_of("x && y ")] == ["y", ""]


def test_it_needs_neither_click_nor_pydantic():
    told = "print(sorted({'click', 'pydantic'} & {*sys.modules}), file=sys.stderr)"
    code = f"import directives_cli.program as p, sys; p.run(); {told}"
    environment = {"DIRECTIVES_COMPLETE": "bash", "DIRECTIVES_LINE": "directives todo --unit a"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stderr == "[]\n"


def test_every_name_that_is_offered_is_understood(desk):
    store = Candidates(desk.folder / "directives.db", most=1000)
    offered = {
        each.text for letter in "abcdefghijklmnopqrstuvwxyzकखगघचछजझटडतदधनपबभमरलसह" for each in store.units(letter)
    }
    assert len(offered) > 150
    with Tracker(desk.folder / "directives.db") as tracker:
        assert len({tracker.meant("unit", each) for each in offered}) == 96


def test_a_digest_is_completed(told, desk):
    desk.done("evidence", "add", "report.pdf")
    (digest,) = told("directives evidence get ")
    assert len(digest) == 12
    assert told(f"directives evidence get {digest[:6]}") == [digest]


def test_candidates_are_public(desk):
    store = Candidates(desk.folder / "directives.db", "hi")
    assert store.units("JH-PC11") == [Candidate("JH-PC11", "खूंटी, lok_sabha")]
    assert [each.text for each in store.levels("")][:3] == ["state", "lok_sabha", "vidhan_sabha"]
    assert [each.text for each in store.directives("s")] == ["social-groups", "speakers"]
    assert len(Candidates(desk.folder / "directives.db", most=3).units("")) == 3


def test_the_script_is_written_where_the_shell_looks(desk, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.folder / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder / "config"))
    places = {
        "bash": "data/bash-completion/completions/directives",
        "zsh": "data/zsh/site-functions/_directives",
        "fish": "config/fish/completions/directives.fish",
    }
    for shell, place in places.items():
        done = desk.done("completion", shell)
        assert (desk.folder / place).read_text() == desk.done("completion", shell, "--print").stdout
        assert str(desk.folder / place) in done.stderr.replace("\n", "")
    assert json.loads(desk.done("completion", "fish", "--json").stdout) == {"file": str(desk.folder / places["fish"])}


def test_a_place_that_cannot_be_written_is_told(desk, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder / desk.file("in-the-way", "")))
    done = desk.run("completion", "fish")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
    assert desk.run("completion", "tcsh").exit_code == 2
