"""The audit log at a terminal."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

from directives.store.catalogue import FORMAT


@pytest.fixture
def store(run, monkeypatch):
    monkeypatch.delenv("DIRECTIVES_AUDIT_KEY", raising=False)
    run("init")
    return run


def test_headquarters_begins_a_log_and_signs_it(store, tmp_path, monkeypatch):
    begun = store("audit", "key", "jh.pem", "--origin", "directives.example/jh")
    policy = begun.stdout.splitlines()
    assert policy[0].startswith("log directives.example/jh/")
    assert policy[1:] == ["quorum none"]
    assert "keep jh.pem to yourself" in begun.stderr
    assert store("audit", "key", "jh.pem").stdout == begun.stdout, "once"
    signed = store("audit", "checkpoint", "--key", "jh.pem")
    assert signed.stdout.startswith(policy[0].split()[1].partition("+")[0] + "\n98\n")
    assert signed.stderr == "98 events are under this checkpoint.\n"
    monkeypatch.setenv("DIRECTIVES_AUDIT_KEY", "jh.pem")
    assert store("audit", "checkpoint").stdout == signed.stdout
    assert "ने ऑडिट लॉग की कुंजी" in store("history", "audit", "--lang", "hi").stdout


def test_what_is_wrong_with_a_key_is_one_line(store, tmp_path):
    assert "--key is required, or set DIRECTIVES_AUDIT_KEY" in store("audit", "checkpoint", code=2).stderr
    assert (
        "jh.pem does not exist: name the file of the key"
        in store("audit", "checkpoint", "--key", "jh.pem", code=1).stderr
    )
    assert "origin: is missing: give --origin NAME" in store("audit", "key", "jh.pem", code=2).stderr
    assert "origin: 'a b' is not a name" in store("audit", "key", "jh.pem", "--origin", "a b", code=2).stderr
    assert not (tmp_path / "jh.pem").exists()
    key = ["audit", "key", "jh.pem", "--origin", "directives.example/jh"]
    assert "cannot introduce a key" in store(*key, "--as", "convenor@JH-PC01", code=4).stderr
    store(*key)
    assert "already has a key: give --replaces OLD" in store(*key[:2], "b.pem", *key[3:], code=2).stderr
    (tmp_path / "c.pem").touch(0o600)
    assert "c.pem is not a private Ed25519 key" in store(*key[:2], "c.pem", *key[3:], code=1).stderr


def test_an_auditor_finds_what_was_rewritten_and_the_store_agrees_with_itself(store, tmp_path):
    policy = store("audit", "key", "jh.pem", "--origin", "directives.example/jh").stdout
    (tmp_path / "jh.policy").write_text(policy)
    (tmp_path / "monday.note").write_text(store("audit", "checkpoint", "--key", "jh.pem").stdout)
    asked = ["audit", "verify", "--policy", "jh.policy", "--against", "monday.note"]
    assert "98 events; 98 under a checkpoint; the last 0 not proved yet" in store(*asked, "--key", "jh.pem").stdout
    with closing(sqlite3.connect(tmp_path / "directives.db")) as connection:
        change = "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'Khunti', 'Khuntj') AS BLOB)"
        connection.execute(change)
        connection.execute("DELETE FROM audit_checkpoints")
        connection.execute("DELETE FROM audit_tiles")
        connection.commit()
    (tmp_path / "jh.pem.last").unlink()
    assert store("rebuild", code=None).exit_code == 3
    store("audit", "checkpoint", "--key", "jh.pem")
    assert " wrong " not in store("audit", "verify").stdout
    found = store(*asked, "--log-only", code=None)
    assert found.exit_code == 3
    (line,) = [line for line in found.stdout.splitlines() if " wrong " in line]
    assert re.search(r"against +wrong +REWRITTEN: the first 98 events do not match monday\.note", line)
    told = store(*asked, "--lang", "hi", code=None).stdout
    assert "बदला गया" in told
    assert json.loads(store(*asked, "--json", code=None).stdout)[-1]["check"] == "covered"


def test_a_store_of_an_older_format_is_looked_at_and_left_as_it_is(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "directives.db")) as connection:
        connection.execute("PRAGMA user_version = 9")
    said = f"the format is 9, not {FORMAT}: any other command upgrades it"
    assert said in store("audit", "verify", code=1).stderr
    with closing(sqlite3.connect(tmp_path / "directives.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (9,)


def test_a_witness_cosigns_and_its_lines_are_put_under_the_note(store, tmp_path):
    key = store("audit", "key", "jh.pem", "--origin", "directives.example/jh").stdout.split()[1]
    store("audit", "checkpoint", "--key", "jh.pem")
    (tmp_path / "request").write_text(store("audit", "prove", "--from", "0").stdout)
    ask = ["audit", "witness", "request", "--key", "w.pem", "--name", "auditor.example/w1", "--log", key]
    given = store(*ask)
    assert given.stdout.startswith("— auditor.example/w1 ")
    (line,) = given.stderr.splitlines()
    witness = line.partition(": ")[2]
    assert witness.startswith("witness auditor.example/w1 auditor.example/w1+")
    (tmp_path / "lines").write_text(given.stdout)
    (tmp_path / "jh.policy").write_text(f"log {key}\n{witness}\nquorum auditor.example/w1\n")
    note = store("audit", "checkpoint", "--add", "lines", "--policy", "jh.policy").stdout
    assert note.endswith(given.stdout)
    assert "has 98: use directives audit prove --from 98 (409)" in store(*ask, code=4).stderr
    (tmp_path / "request").write_text(store("audit", "prove", "--from", "98", "-o", "98").stdout)
    again = store(*ask[:2], "98", *ask[3:], "--json")
    assert json.loads(again.stdout)["key"] == witness.split()[2]
    assert store("audit", "witness", "none", *ask[3:], code=2).stderr.startswith("Error: file: none cannot be read")
    assert "requires --policy" in store("audit", "checkpoint", "--add", "lines", code=2).stderr


def test_a_convenor_holds_a_receipt_that_anyone_verifies_without_a_store(store, tmp_path):
    store("meeting", "record")
    policy = store("audit", "key", "jh.pem", "--origin", "directives.example/jh").stdout
    (tmp_path / "jh.policy").write_text(policy)
    (tmp_path / "r.txt").write_text("Report.\n")
    store("report", "submit", "written-report/JH-PC11", "r.txt", "--as", "convenor@JH-PC11")
    assert (
        "is under no checkpoint yet: run directives audit checkpoint" in store("audit", "prove", "111", code=6).stderr
    )
    assert "the last act is under no checkpoint yet" in store("task", "show", "written-report/JH-PC11").stdout
    store("audit", "checkpoint", "--key", "jh.pem")
    assert "under the checkpoint of 112 events" in store("task", "show", "written-report/JH-PC11").stdout
    assert "3 of 3 entries are under a checkpoint" in store("history", "written-report/JH-PC11").stderr
    written = store("audit", "prove", "written-report/JH-PC11", "-o", "receipts").stdout.splitlines()
    assert written[2] == "receipts/000000111-ReportRecorded.tlog-proof"
    assert len(written) == 4
    (tmp_path / "directives.db").unlink()
    verify = ["audit", "verify", written[2], "--policy", "jh.policy", "--evidence", "r.txt"]
    told = store(*verify).stdout
    assert "submitted report 1" in told
    assert "r.txt is the document sha256:" in told
    assert "प्रस्तुत किया" in store(*verify, "--lang", "hi").stdout
    (tmp_path / "other.txt").write_text("Another.\n")
    wrong = store(*verify[:-1], "other.txt", code=None)
    assert (wrong.exit_code, "is not a document that was submitted" in wrong.stdout) == (3, True)
    assert "--policy is required" in store(*verify[:3], code=2).stderr
    assert (
        "not a receipt, request, checkpoint or bundle"
        in store("audit", "verify", "r.txt", "--policy", "jh.policy", code=2).stderr
    )
    assert "--evidence needs a receipt" in store("audit", "verify", "--evidence", "r.txt", code=2).stderr


def test_receipts_are_written_where_one_says(store, tmp_path):
    store("audit", "key", "jh.pem", "--origin", "directives.example/jh")
    store("audit", "checkpoint", "--key", "jh.pem")
    assert store("audit", "prove", "50").stdout == "000000050-Registered.tlog-proof\n"
    assert store("audit", "prove", "50", "-o", "one.tlog-proof").stdout == "one.tlog-proof\n"
    assert store("audit", "prove", "50", "-o", "one.tlog-proof").stdout == "one.tlog-proof\n", "it again"
    (tmp_path / "two.tlog-proof").write_text("mine")
    assert "two.tlog-proof already exists" in store("audit", "prove", "50", "-o", "two.tlog-proof", code=2).stderr
    assert (tmp_path / "two.tlog-proof").read_text() == "mine"
    assert "give an event or a task" in store("audit", "prove", code=2).stderr
    assert store("audit", "prove", "५०", "-o", "-").stdout.startswith("c2sp.org/tlog-proof@v1\n")
    assert "event: no event at position 99" in store("audit", "prove", "99", code=6).stderr
    assert "from: 99 is not allowed: give a size from 0 to 98" in store("audit", "prove", "--from", "99", code=2).stderr
    assert store("audit", "publish", "public").stderr == "Wrote 3 files to public.\n"
    assert store("audit", "publish", "public").stderr == "Wrote 0 files to public.\n"


def test_a_bundle_is_written_and_verified_without_the_store(store, tmp_path):
    (tmp_path / "jh.policy").write_text(store("audit", "key", "jh.pem", "--origin", "directives.example/jh").stdout)
    (tmp_path / "note").write_text(store("audit", "checkpoint", "--key", "jh.pem").stdout)
    assert store("audit", "export", "all.zip").stderr == "Wrote 98 events to all.zip.\n"
    assert store("audit", "export", "pc.zip", "--unit", "JH-PC11", "--json").stdout.startswith("{")
    (tmp_path / "directives.db").unlink()
    verify = ["audit", "verify", "--policy", "jh.policy", "--against", "note"]
    assert "98 events: all under the checkpoint" in store(*verify, "all.zip").stdout
    told = store(*verify, "pc.zip").stdout
    assert "events are in the log; it is not proved that these are the events of unit JH-PC11, and all of them" in told
