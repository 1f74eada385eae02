"""The audit log at a terminal."""

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
