"""What was found by trying to break the audit log: each with what it ought to be."""

import json
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pytest
from tests.audit import tampering
from tests.audit.conftest import Log
from tests.audit.judges import both, by_library
from tests.audit.test_bundle import members, packed
from tests.audit.test_log import altered
from tests.audit.test_notes import Seed
from tests.conftest import Clock
from tests.stores import fresh, raw

from directives import (
    ForkRefused,
    InvalidInput,
    KeyUnusable,
    NotEntitled,
    RecordAltered,
    StoreUnusable,
    Tracker,
    read_organisation,
    verify_file,
)
from directives.audit import introduction
from directives.audit.notes import LOG_KEY, WITNESS_KEY, Unreadable, cosigned, read_checkpoint, signed, text_of
from directives.audit.policy import read_policy
from directives.store import audit_log

NAMES = {"en": "A", "hi": "अ"}


def opened(folder):
    clock = Clock(datetime(2023, 11, 1, tzinfo=UTC))
    return Tracker(tampering.url_of(folder), clock=clock)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    tampering.build(folder)
    with opened(folder) as tracker:
        public = next(event.data.vkey for event in tracker.events() if event.stream == "audit")
        tracker.export(folder / "all.zip")
        tracker.export(folder / "part.zip", task="written-report/JH-PC05")
    (folder / "policy").write_text(f"log {public}\nquorum none\n")
    return folder


@pytest.fixture(scope="module")
def template(built):
    with tampering.template_of(built) as schema:
        yield schema


@pytest.fixture
def store(built, tmp_path, database, request):
    folder = tmp_path / "store"
    if database == "postgres":
        return tampering.copied_to_server(built, request.getfixturevalue("template"), folder)
    return shutil.copytree(built, folder)


def wrong(folder, **asked):
    with opened(folder) as tracker:
        return [f"{each.check}: {each.found}" for each in tracker.audit(**asked) if each.state == "wrong"]


def written(folder, *statements):
    with raw(tampering.url_of(folder)) as handle:
        for statement, *values in statements:
            handle.execute(statement, values)


def test_a_key_is_not_replaced_in_a_store_that_was_put_back(store):
    backup = store.with_name("backup.db")
    shutil.copy(store / "a.db", backup)
    with opened(store) as tracker:
        tracker.rename("JH-PC01", NAMES)
        tracker.checkpoint(store / "log.pem")
    shutil.copy(backup, store / "a.db")
    with opened(store) as tracker:
        before = len([*tracker.events()])
        with pytest.raises(ForkRefused, match="bring back a newer copy"):
            tracker.introduce_log_key(store / "new.pem", replaces=store / "log.pem")
        assert len([*tracker.events()]) == before
    assert not (store / "new.pem").exists()


@pytest.mark.every_store
def test_a_change_of_key_that_was_interrupted_is_finished_by_the_same_again(store, monkeypatch):
    class Killed(BaseException):
        pass

    real, calls = introduction.checkpoint, []

    def dies(*args):
        calls.append(args)
        if len(calls) == 1:
            raise Killed
        return real(*args)

    monkeypatch.setattr(introduction, "checkpoint", dies)
    new, old = store / "new.pem", store / "log.pem"
    with opened(store) as tracker:
        with pytest.raises(Killed):
            tracker.introduce_log_key(new, replaces=old)
        monkeypatch.undo()
        assert wrong(store) == []
        with pytest.raises(KeyUnusable, match="the change of key was not finished: run directives audit key"):
            tracker.checkpoint(new)
        public = tracker.introduce_log_key(new, replaces=old)
        note = read_checkpoint(tracker.checkpoint(new).encode())
    assert len(note.note.signatures) == 2
    assert note.note.signatures[0].id.hex() in public
    assert wrong(store, key=new) == []
    assert "memory: this key was replaced at position" in wrong(store, key=old)[0]


def other_log(folder):
    """A key of another log, which the policy believes too."""
    other = Seed("b.example/0123456789abcdef", LOG_KEY, 9)
    policy = folder / "both.policy"
    policy.write_text(f"log {other.key}\n" + (folder / "policy").read_text())
    return other, policy


@pytest.mark.every_store
def test_another_log_of_the_policy_can_neither_vouch_nor_accuse(store):
    other, policy = other_log(store)
    assert wrong(store, policy=policy) == []
    monday = read_checkpoint((store / "monday.note").read_bytes())
    accusing = store / "accusing.note"
    accusing.write_text(str(signed(text_of(monday.origin, monday.size, bytes(32)), [other])))
    (told,) = wrong(store, policy=policy, against=[accusing])
    assert told == "against: accusing.note is not signed by a key of this log"
    for text in (text_of(other.key.name, 158, monday.root), text_of(monday.origin, 158, monday.root)):
        note = str(signed(text, [other]))
        written(store, ("UPDATE audit_checkpoints SET note = ?, root = ? WHERE size = 158", note, monday.root))
        assert "checkpoints: the checkpoint of 158 events is not signed by a key of this log" in wrong(
            store, policy=policy
        )


def test_a_policy_of_the_newest_key_alone_takes_what_the_former_key_signed(store):
    with opened(store) as tracker:
        public = tracker.introduce_log_key(store / "new.pem", replaces=store / "log.pem")
    (store / "new.policy").write_text(f"log {public}\nquorum none\n")
    assert wrong(store, policy=store / "new.policy") == []
    (told,) = wrong(store, policy=store / "new.policy", against=[store / "monday.note"])
    assert told == "against: monday.note is not signed by a key of this log", "its key is not in the policy"


def test_a_trigger_under_the_name_of_a_statistic_is_found(store):
    with closing(sqlite3.connect(store / "a.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        trigger = "CREATE TRIGGER sqlite_statx AFTER INSERT ON stored_events BEGIN DELETE FROM evidence; END"
        connection.execute(
            "INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_statx', 'stored_events', 0, ?)", (trigger,)
        )
    assert wrong(store) == ["schema: the trigger sqlite_statx was added"]


def test_statistics_are_none_of_it(store):
    written(store, ("ANALYZE",))
    assert wrong(store) == []


@pytest.mark.every_store
def test_a_key_that_was_slipped_in_is_found_by_the_record_itself(store):
    """Without the former key's signature, by an office below, and by the key that is given."""
    with opened(store) as tracker:
        events = [event for event in tracker.events() if event.stream == "audit"]
    with tampering.opened(store) as files:
        state = files.one("SELECT state FROM stored_events WHERE position = ?", events[0].position).decode()
        forged = Seed(events[0].data.origin, LOG_KEY, 50)
        state = state.replace(events[0].data.vkey, str(forged.key)).replace('"headquarters@JH"', '"convenor@JH-PC01"')
        last = state.replace(
            state[state.index('"recorded_at":"') :][:43], '"recorded_at":"2023-10-31T06:00:00.000000Z"'
        )
        end = files.end + 1
        files.do("INSERT INTO stored_events VALUES (?, 'audit', 2, 'LogKeyIntroduced.v1', ?)", end, last.encode())
        files.do("INSERT INTO commands VALUES (?, 'x', ?, ?, NULL)", events[0].command_id + "x", end, end)
    assert any("was introduced by convenor@JH-PC01" in each for each in wrong(store))
    assert any("this key was replaced at position" in each for each in wrong(store, key=store / "log.pem"))
    with opened(store) as tracker:
        states = {each.check: each.state for each in tracker.audit()}
    assert states["keys"] == "look"


@pytest.mark.every_store
def test_a_policy_or_a_key_is_not_passed_over_where_the_log_is_gone(store):
    with tampering.opened(store) as files:
        tampering.without(files, "audit_log", "audit_tiles", "audit_checkpoints")
        files.cut(files.end - 98)
    for asked in ({"policy": store / "policy"}, {"key": store / "log.pem"}, {"against": [store / "monday.note"]}):
        assert wrong(store, log_only=True, **asked), asked


@pytest.mark.every_store
def test_a_policy_is_not_met_by_no_checkpoint(store):
    written(store, ("DELETE FROM audit_checkpoints",))
    assert wrong(store) == []
    assert wrong(store, policy=store / "policy") == ["checkpoints: no checkpoint yet, so the policy is not met"]


def test_the_memory_is_the_key_s_whatever_links_lead_to_it(log, tmp_path):
    link = tmp_path / "link.pem"
    link.symlink_to(log.key)
    log.checkpoint()
    altered(log.tracker, "DELETE FROM audit_checkpoints")
    altered(log.tracker, "DELETE FROM audit_tiles")
    altered(
        log.tracker, "UPDATE stored_events SET state = CAST(CAST(state AS TEXT) || ' ' AS BLOB) WHERE position = 50"
    )
    with pytest.raises(ForkRefused, match="this is another history"):
        log.tracker.checkpoint(link)


def test_a_key_without_its_memory_is_looked_at(log):
    log.checkpoint()
    assert {each.check: each.state for each in log.tracker.audit(key=log.key)}["memory"] == "ok"
    log.last.unlink()
    assert {each.check: each.state for each in log.tracker.audit(key=log.key)}["memory"] == "look"


def test_a_name_is_given_once_and_only_this_log_is_abandoned(log, tmp_path):
    log.checkpoint()
    new, third = tmp_path / "b.pem", tmp_path / "c.pem"
    log.tracker.introduce_log_key(new, "directives.example/b", abandons=log.last)
    log.tracker.checkpoint(new)
    with pytest.raises(InvalidInput, match="is being abandoned, or was: give another name"):
        log.tracker.introduce_log_key(third, "directives.example/jh", abandons=new.with_name("b.pem.last"))
    other = Seed("other.example/zz", LOG_KEY, 3)
    for origin in ("other.example/zz", "other.example/0123456789abcdef", log.public.partition("+")[0]):
        (tmp_path / "note").write_text(str(signed(text_of(origin, 3, bytes(32)), [other])))
        with pytest.raises(InvalidInput, match="note is not a checkpoint of this log"):
            log.tracker.introduce_log_key(third, "directives.example/c", abandons=tmp_path / "note")
    assert not third.exists()


def test_a_key_of_an_interrupted_run_is_used_and_one_that_signed_is_not(tmp_path):
    from directives.audit.keys import make_key

    make_key(tmp_path / "log.pem")
    with Tracker(fresh()) as tracker:
        tracker.found(read_organisation())
        log = Log(tracker, tmp_path)
        log.checkpoint()
    with Tracker(fresh()) as tracker:
        tracker.found(read_organisation())
        with pytest.raises(KeyUnusable, match="already exists: name a new file"):
            tracker.introduce_log_key(tmp_path / "log.pem", "x.example/a")


@pytest.mark.every_store
@pytest.mark.parametrize(
    ("statement", "check"),
    [
        (("INSERT INTO audit_log VALUES ('x', ?)", bytes(range(32))), "log"),
        (("INSERT INTO audit_tiles VALUES (0, -1, ?)", bytes(32)), "tree"),
        (("INSERT INTO audit_tiles VALUES (0, 1, ?)", bytes(32)), "tree"),
        (("INSERT INTO audit_tiles VALUES (-1, 0, ?)", bytes(32)), "tree"),
        (("INSERT INTO audit_tiles VALUES (7, 0, ?)", bytes(32)), "tree"),
        (("INSERT INTO audit_checkpoints SELECT 0, root, note FROM audit_checkpoints WHERE size = 158",), "tree"),
        (("INSERT INTO audit_checkpoints SELECT 150, root, note FROM audit_checkpoints WHERE size = 158",), "tree"),
    ],
)
def test_a_row_too_many_is_found(store, statement, check):
    written(store, statement)
    assert wrong(store)[0].split(":")[0] == check


@pytest.mark.every_store
def test_a_command_that_takes_the_events_of_another_is_found(store):
    written(
        store, ("INSERT INTO commands SELECT 'evil', digest, first, last, personal FROM commands WHERE first = 126",)
    )
    with opened(store) as tracker:
        (found,) = [each for each in tracker.audit() if each.check == "commands"]
    assert (found.state, found.found) == ("wrong", "the event at position 126 does not match its command")


@pytest.mark.parametrize("which", ["tile/0/000.p/142", "tile/entries/000.p/142"])
def test_something_behind_a_published_file_is_found(store, which):
    path = store / "published" / which
    content = path.read_bytes()
    path.write_bytes(content + b"junk")
    assert by_library(store / "published", store / "policy") == 3
    path.chmod(0)
    path.write_bytes(content)
    assert by_library(store / "published", store / "policy") == 0


def test_a_lost_tile_is_published_again_and_what_was_left_is_no_hindrance(store):
    folder = store / "new"
    folder.mkdir()
    (folder / ".checkpoint.0123").write_text("of a run that was killed")
    with opened(store) as tracker:
        assert tracker.publish(folder) == 3
        (folder / "tile" / "entries" / "000.p" / "158").unlink()
        assert tracker.publish(folder) == 1
        assert tracker.publish(folder) == 0


# What the two verifiers said otherwise.


def verified(store, content, against=(), evidence=(), policy=None):
    path = store / "given"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return both(
        path, policy or store / "policy", [store / each for each in against], [store / each for each in evidence]
    )


def test_a_request_that_no_proof_belongs_to_accuses_nobody(store):
    with opened(store) as tracker:
        request = tracker.prove_from(142)
    assert verified(store, request, ["monday.note"]) == 0
    monday, tuesday = ((store / f"{day}.note").read_text() for day in ("monday", "tuesday"))
    assert verified(store, f"old 158\n\n{monday}", ["tuesday.note"]) == 2
    surplus = request.split("\n")[1]
    assert verified(store, f"old 158\n{surplus}\n\n{tuesday}", ["tuesday.note"]) == 2
    assert verified(store, f"old 0\n{surplus}\n\n{tuesday}", ["tuesday.note"]) == 2
    lines = request.split("\n")
    spoilt = "\n".join([lines[0], lines[2], lines[1], *lines[3:]])
    assert verified(store, spoilt, ["monday.note"]) == 3


def test_whatever_is_said_in_the_name_of_a_known_key_must_be_right(store):
    witness = Seed("witness.example/w", WITNESS_KEY, 7)
    other, policy = other_log(store)
    policy.write_text(policy.read_text().replace("quorum none", f"witness W {witness.key}\nquorum none"))
    monday = (store / "monday.note").read_text()
    bad = monday + cosigned("another text\n", witness, 1_700_000_000).line
    foreign = monday + signed("another text\n", [other]).signatures[0].line
    for note in (bad, foreign):
        (store / "bad.note").write_text(note)
        assert verified(store, note, policy=policy) == 3
        assert verified(store, monday, ["bad.note"], policy=policy) == 3
        assert wrong(store, policy=policy, against=[store / "bad.note"])
        content = members(store / "all.zip") | {"checkpoints/142": note.encode()}
        assert both(packed(store / "bad.zip", content), policy) == 3


@pytest.mark.parametrize(("second", "code"), [(1_700_000_000_000, 0), (1 << 62, 0), (1 << 63, 3), (0, 3)])
def test_a_cosignature_of_a_strange_moment(store, second, code):
    witness = Seed("witness.example/w", WITNESS_KEY, 7)
    monday = (store / "monday.note").read_text()
    text = monday.partition("\n\n")[0] + "\n"
    policy = store / "w.policy"
    policy.write_text((store / "policy").read_text().replace("quorum none", f"witness W {witness.key}\nquorum W"))
    assert verified(store, monday + cosigned(text, witness, second).line, policy=policy) == code


def test_a_log_with_the_name_of_a_form_is_read_as_what_it_is(store):
    strange = Seed("c2sp.org/tlog-proof@v1/aaaaaaaaaaaaaaaa", LOG_KEY, 3)
    (store / "s.policy").write_text(f"log {strange.key}\nquorum none\n")
    note = str(signed(text_of(strange.key.name, 3, bytes(32)), [strange]))
    assert verified(store, note, policy=store / "s.policy") == 0


def test_the_name_of_a_key_is_text():
    key = Seed("a", LOG_KEY, 1).key
    with pytest.raises(Unreadable, match="line 1: "):
        read_policy(f"log {key}\nquorum none\n".encode().replace(b"log a+", b"log \xff+"))


def test_a_signature_line_that_is_cut_in_two_is_no_signature(store):
    monday = (store / "monday.note").read_text()
    line = monday.splitlines()[-1]
    for at in (100, 120, len(line) - 4):
        assert verified(store, monday.replace(line, f"{line[:at]}\n{line[at + 1 :]}")) == 2


def test_a_long_note_is_read(store):
    stranger = Seed("x" * 60_000, LOG_KEY, 3)
    monday = (store / "monday.note").read_text()
    assert verified(store, monday + "".join(signed("a\n", [stranger]).signatures[0].line for _ in range(90))) == 0


def test_odd_bundles(store):
    content = members(store / "part.zip")
    plain = content["manifest.json"].decode()
    gone = plain.replace('"files": {', '"files": {"readable/gone": null,', 1)
    assert (
        both(packed(store / "x.zip", content | {"manifest.json": gone.encode()}, listed=False), store / "policy") == 3
    )
    path = store / "x.zip"
    path.write_bytes((store / "all.zip").read_bytes() + (store / "part.zip").read_bytes())
    assert both(path, store / "policy") == 2, "something stands before it"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("checkpoint", content["checkpoint"])
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("checkpoint", content["checkpoint"])
    assert both(path, store / "policy") == 2
    whole = (store / "part.zip").read_bytes()
    at = whole.rindex(b"PK\x05\x06")
    path.write_bytes(whole[: at + 16] + b"\xff\xff\xff\x7f" + whole[at + 20 :])
    assert both(path, store / "policy") == 2


def test_a_digest_is_found_however_it_is_written(store):
    from directives.audit.openings import digests_in, is_object

    digest = f"sha256:{'1' * 64}"
    state = json.dumps({"data": {"document": {"digest": digest}}}).replace("sha256:", "sha256\\u003a")
    assert digests_in(state.encode()) == {digest}
    assert (is_object(b"{}"), is_object(b'{"a":1}'), is_object(b"[1]")) == (False, True, False)


# What went wrong by itself.


def test_a_checkpoint_that_was_interrupted_after_a_part_is_no_difference_to_rebuild(log, monkeypatch):
    from directives.audit import log as module

    log.checkpoint()
    for seat in ("JH-PC01", "JH-PC02", "JH-PC03"):
        log.tracker.rename(seat, NAMES)
    monkeypatch.setattr(module, "PART", 2)
    real = module._signed

    class Killed(BaseException):
        pass

    def dies(*args):
        raise Killed

    monkeypatch.setattr(module, "_signed", dies)
    with pytest.raises(Killed):
        log.checkpoint()
    monkeypatch.setattr(module, "_signed", real)
    assert log.tracker.rebuild()[-1].differing == 0
    assert {each.state for each in log.tracker.audit(key=log.key)} == {"ok"}


def test_a_witness_that_cosigns_again_takes_its_own_place(log, tmp_path):
    log.checkpoint()
    witness = Seed("witness.example/w", WITNESS_KEY, 7)
    policy = tmp_path / "p"
    policy.write_text(f"log {log.public}\nwitness W {witness.key}\nquorum none\n")
    text = log.checkpoint().partition("\n\n")[0] + "\n"
    for second in range(1, 150):
        note = log.tracker.add_cosignatures(cosigned(text, witness, second).line, policy)
    assert note.count("— witness.example/w ") == 1
    assert note.endswith(cosigned(text, witness, 149).line)


def test_an_event_that_cannot_be_read_does_not_hinder_signing(log, meeting):
    log.checkpoint()
    meeting.acknowledge("JH-PC01")
    altered(log.tracker, "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = 102")
    assert log.checkpoint().split("\n")[1] == "102"


def test_nothing_is_left_of_a_key_that_could_not_be_written(tmp_path, monkeypatch):
    from directives.audit import keys

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("directives.store.durable.os.fsync", full)
    with pytest.raises(KeyUnusable, match="No space left on device"):
        keys.make_key(tmp_path / "k.pem")
    assert [*tmp_path.iterdir()] == []


def test_a_witness_is_not_the_log_itself(log):
    from directives import cosign

    log.checkpoint()
    with pytest.raises(InvalidInput, match="is the log's own: a witness needs another one"):
        cosign(log.tracker.prove_from(0).encode(), log.key, "auditor.example/w", [log.public])


def test_a_file_is_read_once_so_that_a_pipe_will_do(store):
    pipe = store / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes((store / "monday.note").read_bytes()), daemon=True).start()
    assert by_library(pipe, store / "policy") == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET secret = randomblob(32)", "UPDATE audit_log SET origin = 'x' || origin"]
)
def test_nothing_is_signed_or_given_away_under_another_secret(store, statement):
    written(store, (statement,))
    with opened(store) as tracker:
        for deed in (
            lambda: tracker.checkpoint(store / "log.pem"),
            lambda: tracker.publish(store / "new"),
            lambda: tracker.export(store / "new.zip"),
            lambda: tracker.receipt(1),
            lambda: tracker.prove_from(0),
            tracker.rebuild,
            lambda: tracker.introduce_log_key(store / "new.pem", replaces=store / "log.pem"),
        ):
            with pytest.raises(RecordAltered, match="was altered: restore the table audit_log from a backup"):
                deed()
    assert not any((store / name).exists() for name in ("new", "new.zip", "new.pem"))


def test_a_log_that_is_gone_is_not_begun_anew(store):
    written(store, ("DELETE FROM audit_log",))
    with opened(store) as tracker:
        before = len([*tracker.events()])
        for deed in (
            lambda: tracker.introduce_log_key(store / "new.pem", "other.example/jh"),
            lambda: tracker.checkpoint(store / "log.pem"),
        ):
            with pytest.raises(RecordAltered, match="the log is missing although a key was introduced"):
                deed()
        assert len([*tracker.events()]) == before
    assert not (store / "new.pem").exists()


def test_a_change_of_key_that_is_refused_signs_nothing(store):
    before = (store / "log.pem.last").read_text()
    with opened(store) as tracker:
        for error, asked in (
            (NotEntitled, {"office": "convenor@JH-PC11"}),
            (KeyUnusable, {"key": store / "no" / "k.pem"}),
        ):
            with pytest.raises(error):
                tracker.introduce_log_key(**{"key": store / "new.pem"} | asked, replaces=store / "log.pem")
        with tracker._store.reading() as session:
            assert [each.size for each in audit_log.checkpoints(session)] == [142, 158]
    assert (store / "log.pem.last").read_text() == before


def test_a_key_that_lost_its_memory_does_not_sign_again(store):
    (store / "log.pem.last").rename(store / "kept")
    with opened(store) as tracker:
        tracker.rename("JH-PC01", NAMES)
        with pytest.raises(KeyUnusable, match="put the last checkpoint that it signed there"):
            tracker.checkpoint(store / "log.pem")
        shutil.copy(store / "tuesday.note", store / "log.pem.last")
        tracker.checkpoint(store / "log.pem")
    assert wrong(store, key=store / "log.pem") == []


def test_the_policy_that_is_given_out_has_the_former_keys_too(store):
    with opened(store) as tracker:
        tracker.introduce_log_key(store / "new.pem", replaces=store / "log.pem")
        policy = tracker.audit_policy()
    assert [line.split()[0] for line in policy.splitlines()] == ["log", "log", "quorum"]
    (store / "new.policy").write_text(policy)
    assert wrong(store, policy=store / "new.policy", against=[store / "monday.note", store / "tuesday.note"]) == []


def test_a_file_that_one_may_not_read_is_not_called_altered(store, monkeypatch):
    from pathlib import Path

    real = Path.open

    def forbidden(self, *args, **given):
        if "a.db.evidence" in self.parts:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **given)

    monkeypatch.setattr(Path, "open", forbidden)
    with opened(store) as tracker:
        assert {each.condition for each in tracker.evidence()} == {"unreadable"}
        states = {each.state for each in tracker.audit() if each.check == "evidence"}
        assert states == {"look"}
        with (
            pytest.raises(StoreUnusable, match="Permission denied"),
            tracker.open_evidence(tracker.evidence()[0].digest),
        ):
            pass


def test_a_store_or_a_folder_in_the_place_of_a_file_is_told(store):
    for path, match in [
        (store / "a.db", "this is a store: name it with --db"),
        (store / "a.db.evidence", "not a published log: it has no checkpoint"),
    ]:
        with pytest.raises(InvalidInput, match=match):
            verify_file(path, store / "policy")
    with pytest.raises(InvalidInput, match="lang: 'fr' is not allowed"):
        verify_file(store / "monday.note", store / "policy", lang="fr")
    assert verify_file(store / "monday.note", store / "policy", against=str(store / "monday.note"))[-1].state == "ok"


@pytest.mark.parametrize("size", ["1", None, 1.5, True])
def test_what_is_no_size_or_position_is_refused_alike(store, size):
    with opened(store) as tracker:
        with pytest.raises(InvalidInput, match=r"from: .* is not a position"):
            tracker.prove_from(size)
        with pytest.raises(InvalidInput, match=r"event: .* is not a position"):
            tracker.receipt(size)


def test_a_newest_checkpoint_that_cannot_be_read_is_told(store):
    written(store, ("UPDATE audit_checkpoints SET note = 'x' WHERE size = 158",))
    with opened(store) as tracker:
        for deed in (
            lambda: tracker.prove_from(0),
            lambda: tracker.publish(store / "new"),
            lambda: tracker.checkpoint(store / "log.pem"),
        ):
            with pytest.raises(RecordAltered, match="the newest checkpoint cannot be read") as caught:
                deed()
            assert "\n" not in str(caught.value)
    assert not (store / "new").exists()


def test_the_memory_of_the_key_finds_a_backup_that_agrees_with_itself(store):
    backup = store.with_name("backup.db")
    shutil.copy(store / "a.db", backup)
    with opened(store) as tracker:
        tracker.rename("JH-PC01", NAMES)
        tracker.rename("JH-PC02", NAMES)
        tracker.checkpoint(store / "log.pem")
    shutil.copy(backup, store / "a.db")
    assert wrong(store) == []
    (told,) = wrong(store, key=store / "log.pem")
    assert told == "memory: 170 events were signed but the store has 168: the last ones are missing"
    with opened(store) as tracker:
        tracker.rename("JH-PC03", NAMES)
        tracker.rename("JH-PC04", NAMES)
    (told,) = wrong(store, key=store / "log.pem")
    assert told == "memory: the first 170 events do not match what this key signed last"
