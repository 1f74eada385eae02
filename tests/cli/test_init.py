"""``init`` and ``org`` at a terminal."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from directives import InvalidInput, Tracker
from directives_cli.main import main


def test_init_and_tree(run, tmp_path):
    assert "96 units registered" in run("init").stderr
    before = (tmp_path / "directives.db").read_bytes()
    assert "nothing changed" in run("init").stderr
    assert (tmp_path / "directives.db").read_bytes()[100:200] == before[100:200]
    shown = run("org", "tree", "--lang", "hi").stdout
    assert shown.startswith("JH  झारखंड\n")
    assert len(json.loads(run("--json", "org", "tree").stdout)) == 96


def test_a_refused_init_leaves_no_file(run, tmp_path):
    (tmp_path / "org.csv").write_text("code,parent,level,name_en,name_hi\nA,B,block,A,ए\n")
    said = run("init", "--org", "org.csv", code=2).stderr
    assert "parent: B of A does not exist" in said
    run("init", "--org", "nowhere.csv", code=2)
    run("init", "--org", tmp_path, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["org.csv"]


def foreign_database(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        foreign_database,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"hello"),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(200)),
    ],
)
def test_a_file_that_is_not_ours_is_left_as_it_is(run, tmp_path, make):
    path = tmp_path / "other.db"
    make(path)
    before = path.read_bytes()
    for command in (["init"], ["org", "tree"]):
        assert "is not a store of directives" in run("--db", "sqlite:///other.db", *command, code=1).stderr
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["other.db"]


def test_a_store_that_is_missing_a_folder_or_no_url(run, tmp_path):
    run("org", "tree", code=6)
    run("org", "tree", "--db", f"sqlite:///{tmp_path}", code=1)
    run("init", "--db", f"sqlite:///{tmp_path}", code=1)
    run("init", "--db", "sqlite:///missing/x.db", code=1)
    run("org", "tree", "--db", "mysql://x.db", code=2)
    run("init", "--db", "sqlite:///a:memory:b", code=2)
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_a_newer_version(run, tmp_path):
    run("init")
    with sqlite3.connect(tmp_path / "directives.db") as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "newer version" in run("org", "tree", code=1).stderr


def test_a_moment_without_a_zone_is_read_in_that_of_the_store(run):
    assert (
        "'Mars/X' is not allowed: name an IANA time zone"
        in run("init", "--zone", "Mars/X", "--at", "2023-10-01", code=2).stderr
    )
    run("init", "--zone", "UTC", "--at", "2023-10-01")
    (entry,) = json.loads(run("history", "unit/JH", "--json").stdout)
    assert entry["occurred_at"] == "2023-10-01T00:00:00.000000Z"
    run("meeting", "record", "--at", "2023-10-19T12:00")
    assert (
        json.loads(run("history", "written-report", "--json").stdout)[0]["occurred_at"] == "2023-10-19T12:00:00.000000Z"
    )


def test_usage_errors_are_one_line(run):
    run("nothing", code=2)
    run("init", "--zone", code=2)
    run("init", "--at", "yesterday", code=2)


@pytest.mark.parametrize("words", [[], ["org"], ["task", "--db", "nowhere.db"], ["-h"], ["org", "-h"]], ids=" ".join)
def test_a_noun_alone_shows_its_help(run, words):
    told = run(*words).stdout
    assert told.startswith("Usage: ")
    assert "Common options" in told
    assert not Path("nowhere.db").exists()


def test_the_store_is_named_by_a_plain_path_too(run, tmp_path, monkeypatch):
    (tmp_path / "x").mkdir()
    for name in ("t1.db", "./x/t1.db", f"{tmp_path}/x/t2.db", "C:t.db"):
        assert "96 units registered." in run("init", "--db", name).stderr
        assert run("org", "show", "JH", "--db", name, "--json").stdout
        assert (tmp_path / name).is_file()
    run("org", "show", "JH", "--db", "sqlite:///t1.db")
    monkeypatch.setenv("DIRECTIVES_DB", "x/t2.db")
    run("org", "show", "JH")
    for path in (tmp_path / "t1.db", "t1.db"):
        with Tracker(path) as tracker:
            assert tracker.top == "JH"


@pytest.mark.parametrize(
    "url",
    ["mysql://x/y", "mysql://x.db", "sqlite://x.db", "sqlite:x.db", "file:x.db", "FILE:///x.db", "", "sqlite:///"],
)
def test_what_names_no_store_is_told(run, tmp_path, url):
    told = "does not name a store: write the path of a file, sqlite:///FILE or sqlite:///:memory:"
    assert f"db: {url!r} {told}" in run("init", "--db", url, code=2).stderr
    assert "किसी भंडार का नाम नहीं" in CliRunner().invoke(main, ["init", "--db", url, "--lang", "hi"]).stderr
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("url", [":memory:", "x:memory:y", "file?mode=memory", Path(":memory:"), "a\0b", Path("a\0b")])
def test_a_path_that_is_like_a_store_in_memory_or_has_a_null_byte_is_refused(url):
    with pytest.raises(InvalidInput, match=r"^db: "):
        Tracker(url, create=True)


def changed_organisation(run):
    hq = ["--as", "headquarters@JH"]
    run("org", "rename", "JH-PC11", "--name-en", "Khunti New", "--name-hi", "नई खूंटी", *hq)
    run("org", "move", "JH-AC60", "--parent", "JH-PC01", "--reason", "Order.", *hq)
    run("org", "retire", "JH-AC81", "--reason", "Merged.", *hq)


def test_init_again_after_changes_of_the_organisation_changes_nothing(run):
    run("init")
    changed_organisation(run)
    before = run("log", "--json").stdout
    said = run("init").stderr
    assert "This organisation is already registered: nothing changed." in said
    assert "3 of these units differ from the store; see directives org import." in said
    assert json.loads(run("init", "--json").stdout) == {"units": 96, "events": 0, "differing": 3}
    assert run("log", "--json").stdout == before
    assert "another organisation" in run("init", "--zone", "UTC", code=4).stderr


HEAD = "code,parent,level,name_en,name_hi"


def written(path, *rows):
    path.write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    return path


ROWS = (
    "S,,state,S,एस",
    "P1,S,lok_sabha,P1,पी",
    "P2,S,lok_sabha,P2,पी",
    "A1,P1,vidhan_sabha,A1,ए",
    "A2,P1,vidhan_sabha,A2,ए",
)


@pytest.mark.parametrize("part", [2000, 2])
def test_init_again_of_a_file_short_or_long(run, tmp_path, monkeypatch, part):
    from directives.exchange import organisation_file

    monkeypatch.setattr(organisation_file, "PART", part)
    org = written(tmp_path / "org.csv", *ROWS)
    assert "5 units registered." in run("init", "--org", org).stderr
    again = run("init", "--org", org).stderr
    assert "nothing changed" in again
    assert "by now" not in again
    hq = ["--as", "headquarters@S"]
    run("org", "rename", "S", "--name-en", "Top", "--name-hi", "ऊपर", *hq)
    run("org", "move", "A1", "--parent", "P2", "--reason", "Order.", *hq)
    run("org", "retire", "A2", "--reason", "Merged.", *hq)
    said = run("init", "--org", org).stderr
    assert "nothing changed" in said
    assert "3 of these units differ from the store; see directives org import." in said
    assert "nothing changed" in run("init", "--org", written(tmp_path / "part.csv", *ROWS[:4])).stderr, "each is known"
    more = written(tmp_path / "more.csv", *ROWS, "P3,S,lok_sabha,P3,पी")
    assert "another organisation" in run("init", "--org", more, code=4).stderr
    other = written(tmp_path / "other.csv", "T,,state,T,टी", "P1,T,lok_sabha,P1,पी", "P2,T,lok_sabha,P2,पी")
    assert "another organisation" in run("init", "--org", other, code=4).stderr
    assert "another organisation" in run("init", "--org", org, "--zone", "UTC", code=4).stderr
