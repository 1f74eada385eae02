"""A store in one file, at a terminal."""

import json
import shutil
from datetime import UTC, date, datetime

import pytest

from directives import Tracker

TASK, OWN = "written-report/JH-PC11", ["--as", "convenor@JH-PC11"]


@pytest.fixture
def known(handed_in):
    with Tracker("directives.db", clock=lambda: datetime(2023, 11, 10, 12, tzinfo=UTC)) as tracker:
        title, asked = {"en": "S", "hi": "व"}, {"trained": 1, "deployed": 0}
        tracker.issue("known", "speaker_identification", title, asked, office="headquarters@JH")
        tracker.assign("known", "vidhan_sabha", "JH", date(2023, 11, 30), office="headquarters@JH")
        speaker = {"speaker": "SP-01", "name": "नमूना वक्ता", "phone": "+910000000001"}
        tracker.work("speaker identify", "known/JH-AC60", **speaker, office="convenor@JH-AC60")
    return handed_in


def test_a_store_is_packed_and_unpacked(handed_in):
    told = handed_in.done("pack", "p.zip")
    assert told.stdout == ""
    assert told.stderr.endswith(" events, 1 file of evidence.\n")
    told = handed_in.done("unpack", "p.zip", "new")
    assert told.stdout == ""
    assert told.stderr == ("Wrote the store new/directives.db; directives doctor --db new/directives.db checks it.\n")
    assert handed_in.done("evidence", "list", "--db", "new/directives.db").stdout.splitlines()[-1].split()[1] == "whole"
    assert handed_in.done("doctor", "--db", "new/directives.db").exit_code == 0


def test_without_a_folder_it_is_made_here(handed_in, monkeypatch):
    handed_in.done("pack", "p.zip")
    refused = handed_in.run("unpack", "p.zip")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: FILE: directives.db is there already: move it away, or name another folder\n",
    )
    elsewhere = handed_in.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert json.loads(handed_in.done("unpack", "../p.zip", "--json").stdout) == {"store": "directives.db"}
    assert sorted(each.name for each in elsewhere.iterdir()) == ["directives.db", "directives.db.evidence"]


def test_what_is_packed_is_told_as_json(handed_in):
    told = json.loads(handed_in.done("pack", "p.zip", "--json").stdout)
    assert (told["path"], told["evidence"], told["missing"], told["altered"], told["keys"]) == ("p.zip", 1, [], [], 0)
    assert told["events"] == told["newest"]


def test_keys_are_told_where_there_are_some(known):
    assert "The keys of persons are not in the pack; --with-keys includes them." in known.done("pack", "p.zip").stderr
    told = known.done("pack", "k.zip", "--with-keys").stderr
    assert "The pack holds the keys of 1 person: keep it where nobody else can read it." in told
    known.done("unpack", "p.zip", "without")
    known.done("unpack", "k.zip", "with")
    assert known.done("doctor", "--db", "without/directives.db").exit_code == 0
    told = json.loads(known.done("doctor", "--json", "--db", "without/directives.db").stdout)
    (found,) = [each for each in told if each["check"] == "personal data"]
    assert (found["state"], found["what_to_do"]) == (
        "look",
        "put the file directives.db.keys beside the store, or unpack a pack with keys",
    )
    assert "नमूना वक्ता" in known.done("person", "list", "--db", "with/directives.db").stdout
    assert "नमूना वक्ता" not in known.done("person", "list", "--db", "without/directives.db").stdout
    known.done("unpack", "k.zip", "again", "--lang", "hi")
    shutil.copy("again/directives.db.keys", "without/directives.db.keys")
    assert "नमूना वक्ता" in known.done("person", "list", "--db", "without/directives.db").stdout


def test_missing_and_altered_files_are_told_and_packed(handed_in):
    (file,) = (each for each in handed_in.folder.joinpath("directives.db.evidence").rglob("*") if each.is_file())
    file.chmod(0o644)
    file.write_text("another")
    told = handed_in.done("pack", "altered.zip").stderr
    assert f"1 file was altered, and packed unchanged: sha256:{file.name}\n" in told
    file.unlink()
    told = handed_in.done("pack", "missing.zip").stderr
    assert f"1 file is missing or unreadable, and not in the pack: sha256:{file.name}\n" in told


def test_what_is_refused_is_told_in_one_line_with_its_exit_code(handed_in):
    handed_in.done("pack", "p.zip")
    content = handed_in.folder.joinpath("p.zip").read_bytes()
    handed_in.folder.joinpath("altered.zip").write_bytes(content.replace(b"evidence/", b"evidence_", 1))
    before = sorted(handed_in.folder.iterdir())
    for args, code, said in (
        (["pack", "p.zip"], 2, "FILE: p.zip is there already: name a new one"),
        (["pack", "-"], 2, "FILE: a pack is not written to standard output: name a new file"),
        (["pack", "nowhere/p.zip"], 2, "FILE: nowhere/p.zip cannot be written"),
        (["pack"], 2, "Missing argument 'FILE'"),
        (["pack", "q.zip", "--db", "nowhere.db"], 6, "there is no store at"),
        (["unpack", "nowhere.zip"], 2, "FILE: nowhere.zip cannot be read: No such file or directory"),
        (["unpack", "report.pdf", "new"], 2, "FILE: report.pdf is no pack: name a file that directives pack made"),
        (["unpack", "altered.zip", "new"], 3, "FILE: altered.zip was altered or is damaged"),
        (["unpack", "p.zip", "report.pdf"], 2, "FOLDER: report.pdf cannot be made"),
        (["unpack", "p.zip", "new", "--db", "x.db"], 2, "--db: the store has the name that it had when it was packed"),
    ):
        told = handed_in.run(*args)
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (code, "", 1), told.stderr
        assert said in told.stderr
    assert sorted(handed_in.folder.iterdir()) == before
