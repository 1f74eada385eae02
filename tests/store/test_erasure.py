"""An erasure destroys the key once it is recorded, and never before; one that was interrupted is finished."""

import json
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest
from tests.store.speakers import HQ, NAME, PERSON, bytes_in, identify, of_doctor, path, store

from directives import NotEntitled, StoreError, Tracker, WrittenCommands
from directives.store.sqlite import keys as keys_module
from directives.store.sqlite.keys import KeysFile as Keys

__all__ = ["path", "store"]


def test_a_refused_or_rolled_back_erasure_leaves_the_key(store, path, tmp_path):
    identify(store)
    key = store._place.keys.of([PERSON])[PERSON]
    with pytest.raises(NotEntitled):
        store.forget_person(PERSON, "No.", office="convenor@JH-AC59")
    assert key in bytes_in(tmp_path)
    forget = {"command": "person forget", "person": PERSON, "reason": "No."} | HQ
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"
    file.write_text("\n".join(map(json.dumps, [forget, {**forget, "office": "convenor@JH-AC59"}])))
    with pytest.raises(NotEntitled):
        store.import_commands(WrittenCommands(file))
    store.import_commands(WrittenCommands(file), dry_run=True)
    assert store._place.keys.of([PERSON]) == {PERSON: key}
    assert store.person(PERSON).name == NAME


def test_an_erasure_whose_key_cannot_be_destroyed_stands_and_is_finished_later(store, path, monkeypatch):
    identify(store)
    identify(store, "SP-02")

    def fail(*_):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as patch:
        patch.setattr(Keys, "_writing", fail_with(fail))
        with pytest.raises(StoreError) as caught:
            store.forget_person(PERSON, "No.", **HQ)
        said = str(caught.value)
        assert said.startswith(f"person: the erasure of {PERSON} is recorded, but the key is not destroyed yet (")
        assert "run it again, or the next command" in said
        assert "restore" not in said
        assert store.person(PERSON).state == "erased"
        assert of_doctor(store) == [("wrong", f"keys of 1 erased person still exist: {PERSON}")]
        assert store.acknowledge("speakers/JH-AC59", office="convenor@JH-AC59"), "other work goes on"
    assert {*store._place.keys.of([PERSON, "JH-AC60/SP-02"])} == {PERSON, "JH-AC60/SP-02"}
    assert store.acknowledge("speakers/JH-AC58", office="convenor@JH-AC58")
    assert {*store._place.keys.of([PERSON, "JH-AC60/SP-02"])} == {"JH-AC60/SP-02"}
    assert of_doctor(store)[0][0] == "ok"


def fail_with(fail):
    @contextmanager
    def writing(self, path):
        with keys_module._errors_of_ours(path):
            fail()
            yield

    return writing


def test_an_erasure_that_was_killed_before_the_key_is_finished_at_the_next_opening_for_writing(store, path):
    identify(store)
    store.close()
    killed = """
import os, sys
from datetime import datetime
from directives import Tracker
from directives.store.sqlite.keys import KeysFile as Keys
Keys.destroy = lambda *_: os._exit(9)
now = datetime.fromisoformat(sys.argv[3])
Tracker(sys.argv[1], clock=lambda: now).forget_person(sys.argv[2], "No.", office="headquarters@JH")
"""
    args = [sys.executable, "-c", killed, path, PERSON, store._clock().isoformat()]
    assert subprocess.run(args, check=False).returncode == 9
    with Tracker(path, clock=store._clock) as reader:
        assert reader.person(PERSON).state == "erased"
        assert of_doctor(reader) == [("wrong", f"keys of 1 erased person still exist: {PERSON}")]
        assert [*reader._place.keys.of([PERSON])] == [PERSON], "not by reading"
    with Tracker(path, clock=store._clock) as writer:
        with pytest.raises(NotEntitled):
            identify(writer, "SP-02", office="convenor@JH-AC59")
        assert writer._place.keys.of([PERSON]) == {}
        assert of_doctor(writer)[0][0] == "ok"
