"""The same command id with other personal values is told, by a digest under the keys of the persons."""

import hashlib
import hmac
import json
import sqlite3
from contextlib import closing

import pytest
from tests.store.speakers import HQ, NAME, OWN, PERSON, PHONE, TASK, identify, of_doctor, path, store

from directives import CommandIdReused, Tracker, WrittenCommands

__all__ = ["path", "store"]
OTHER = ({"phone": "+910000000009"}, {"name": "नमूना वक्ता नौ"})


def digests(path):
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT command_id, personal FROM commands WHERE personal IS NOT NULL"))


def by_hand(key):
    """The digest of the command ``c``, as its specification has it."""
    content = json.dumps(["c", [PERSON], {"name": NAME, "phone": PHONE}], separators=(",", ":"))
    own = hmac.new(key, b"directives: personal values of a command, v1", "sha256").digest()
    return hmac.new(own, content.encode(), "sha256").hexdigest()


@pytest.mark.parametrize("other", OTHER)
def test_other_personal_values_under_the_same_id_are_told_and_not_shown(store, path, other):
    (first,) = identify(store, command_id="c")
    assert identify(store, command_id="c") == (first,)
    with pytest.raises(
        CommandIdReused, match=r"^command id: c was used for the same command with other personal"
    ) as told:
        identify(store, command_id="c", **other)
    assert not any(value in repr(told.value) for value in (NAME, PHONE, *other.values()))
    with pytest.raises(CommandIdReused, match="used for another command"):
        identify(store, command_id="c", phone=None)
    assert store.person(PERSON).phone == PHONE


def test_the_digest_of_personal_values_is_gone_with_the_key_of_the_person(store, path):
    identify(store, command_id="c")
    identify(store, "SP-02", command_id="d")
    store.acknowledge("speakers/JH-AC59", office="convenor@JH-AC59")
    written = {name: json.loads(each) for name, each in digests(path).items()}
    assert {name: each["persons"] for name, each in written.items()} == {"c": [PERSON], "d": ["JH-AC60/SP-02"]}
    assert written["c"]["digest"] != written["d"]["digest"], "bound to the command"
    store.work("speaker stand-down", TASK, speaker="SP-02", reason="No.", **OWN)
    identify(store, "SP-02", command_id="e")
    assert json.loads(digests(path)["e"])["digest"] != written["d"]["digest"]
    assert written["c"]["digest"] == by_hand(store._place.keys.of([PERSON])[PERSON])
    guesses = (hashlib.sha256(text.encode()).hexdigest() for text in (NAME, PHONE, PHONE[1:], NAME + PHONE))
    assert written["c"]["digest"] not in guesses
    store.forget_person(PERSON, "No.", **HQ)
    (event,) = identify(store, command_id="c", phone="+910000000009")
    assert event.data.speaker == "SP-01", "nobody can tell, and it was done before"
    with pytest.raises(CommandIdReused):
        identify(store, "SP-02", command_id="d", phone="+910000000009")


def test_a_command_of_an_older_store_has_no_digest_and_is_done_before(store, path):
    identify(store, command_id="c")
    store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("""ALTER TABLE commands DROP COLUMN personal; PRAGMA user_version = 13;""")
    with Tracker(path, clock=store._clock) as again:
        assert len(identify(again, command_id="c", phone="+910000000009")) == 1
        identify(again, "SP-02", command_id="d")
        assert [*digests(path)] == ["d"]
        assert of_doctor(again)[0][0] == "ok"


def test_a_corrected_line_of_an_import_is_told_with_its_number(store, tmp_path):
    line = {"command": "speaker identify", "task": TASK, "name": NAME} | OWN
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"

    def write(phones):
        lines = [{**line, "speaker": f"SP-{number}", "phone": phone} for number, phone in enumerate(phones)]
        file.write_text("\n".join(json.dumps(each) for each in lines))

    write([PHONE, PHONE])
    assert store.import_commands(WrittenCommands(file)).done == 2
    write([PHONE, "+910000000009"])
    with pytest.raises(CommandIdReused, match=r"^line 2: command id: read-.* with other personal values"):
        store.import_commands(WrittenCommands(file))
    done = store.import_commands(WrittenCommands(file), keep_going=True)
    assert (done.before, [(each.line, each.error) for each in done.refused]) == (1, [(2, "CommandIdReused")])


def test_the_keys_of_many_commands_that_come_again_are_read_at_once(store, tmp_path, monkeypatch):
    line = {"command": "speaker identify", "task": TASK, "name": NAME} | OWN
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"
    file.write_text("\n".join(json.dumps({**line, "speaker": f"SP-{number}"}) for number in range(50)))
    assert store.import_commands(WrittenCommands(file)).done == 50
    asked = []
    reading = store._place.keys._looked_up
    monkeypatch.setattr(
        store._place.keys,
        "_looked_up",
        lambda session, persons: asked.append(len(persons)) or reading(session, persons),
    )
    assert store.import_commands(WrittenCommands(file)).before == 50
    assert asked == [50]
