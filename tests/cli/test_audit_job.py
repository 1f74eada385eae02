"""The audit log at a terminal."""

import json
import re
import sqlite3
from contextlib import closing

import pytest


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
    assert "Missing option '--key'" in store("audit", "checkpoint", code=2).stderr
    assert (
        "jh.pem is not there: directives audit key makes one"
        in store("audit", "checkpoint", "--key", "jh.pem", code=1).stderr
    )
    assert "origin: is missing: give --origin NAME" in store("audit", "key", "jh.pem", code=2).stderr
    assert "origin: 'a b' is no name" in store("audit", "key", "jh.pem", "--origin", "a b", code=2).stderr
    assert not (tmp_path / "jh.pem").exists()
    key = ["audit", "key", "jh.pem", "--origin", "directives.example/jh"]
    assert "cannot introduce a key" in store(*key, "--as", "convenor@JH-PC01", code=4).stderr
    store(*key)
    assert "has a key: give --replaces OLD" in store(*key[:2], "b.pem", *key[3:], code=2).stderr
    (tmp_path / "c.pem").touch(0o600)
    assert "c.pem holds no private Ed25519 key" in store(*key[:2], "c.pem", *key[3:], code=1).stderr


def test_an_auditor_finds_what_was_rewritten_and_the_store_agrees_with_itself(store, tmp_path):
    policy = store("audit", "key", "jh.pem", "--origin", "directives.example/jh").stdout
    (tmp_path / "jh.policy").write_text(policy)
    (tmp_path / "monday.note").write_text(store("audit", "checkpoint", "--key", "jh.pem").stdout)
    asked = ["audit", "verify", "--policy", "jh.policy", "--against", "monday.note"]
    assert "98 events; 98 under a checkpoint; the last 0 are not proved yet" in store(*asked, "--key", "jh.pem").stdout
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
    assert re.search(r"against +wrong +REWRITTEN: the first 98 events are not those of monday\.note", line)
    told = store(*asked, "--lang", "hi", code=None).stdout
    assert "बदला गया" in told
    assert json.loads(store(*asked, "--json", code=None).stdout)[-1]["check"] == "covered"


def test_a_store_of_an_older_format_is_looked_at_and_left_as_it_is(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "directives.db")) as connection:
        connection.execute("PRAGMA user_version = 9")
    found = store("audit", "verify", code=None)
    assert found.exit_code == 3
    assert "its format is 9 instead of 10" in found.stdout
    with closing(sqlite3.connect(tmp_path / "directives.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (9,)
