"""The log grows with the events, a key signs it, and its memory refuses any other history."""

import shutil

import pytest
from tests.audit import oracle
from tests.audit.conftest import Log
from tests.stores import fresh

from directives import ForkRefused, InvalidInput, KeyUnusable, NotCheckpointed, NotEntitled, RecordAltered, Tracker
from directives.audit.notes import LOG_KEY, read_checkpoint, read_key, signers_of
from directives.audit.openings import leaf_of, opening_of, salt_of
from directives.store import audit_log

pytestmark = pytest.mark.every_store


def rows_of(tracker):
    with tracker._store.reading() as session:
        cursor = session.another_cursor()
        cursor.execute("SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY position")
        return cursor.fetchall()


def leaves_by_definition(tracker):
    with tracker._store.reading() as session:
        secret = audit_log.log_of(session).secret
    return [leaf_of(opening_of(salt_of(secret, index), row)) for index, row in enumerate(rows_of(tracker))]


def altered(tracker, statement, *values):
    """What whoever can write the file can do."""
    with tracker._store.writing() as session:
        session.cursor.execute(statement, values)


def test_a_checkpoint_is_the_root_over_all_events_signed_by_the_key(log):
    note = read_checkpoint(log.checkpoint().encode())
    leaves = leaves_by_definition(log.tracker)
    assert (note.origin, note.size) == (log.public.partition("+")[0], len(leaves))
    assert note.root == oracle.root(leaves)
    assert [str(key) for key in signers_of(note.note, [read_key(log.public, LOG_KEY)])] == [log.public]
    assert log.last.read_text() == str(note)
    assert log.last.stat().st_mode & 0o777 == log.key.stat().st_mode & 0o777 == 0o600


def test_the_key_is_in_the_record(log):
    (event,) = [event for event in log.tracker.events() if event.stream == "audit"]
    assert (event.name, event.office, event.data.vkey) == ("LogKeyIntroduced", "headquarters@JH", log.public)
    assert event.data.abandons is None
    (told,) = log.tracker.history("audit")
    assert told.sentence == f"The headquarters of Jharkhand introduced the key {log.public} of the audit log"


def test_nothing_new_gives_the_last_one_again(log):
    first = log.checkpoint()
    assert log.checkpoint() == first
    count = len([*log.tracker.events()])
    assert log.tracker.introduce_log_key(log.key, "directives.example/jh") == log.public, "it signs already"
    assert len([*log.tracker.events()]) == count


def test_a_tree_that_grows_bit_by_bit_is_the_tree_of_the_whole(log, meeting):
    from directives.audit import log as module

    before = module.PART
    module.PART = 7  # the parts of one checkpoint end anywhere in a tile
    try:
        sizes = []
        for seat in ("JH-PC01", "JH-PC02", "JH-PC03"):
            meeting.acknowledge(seat)
            note = read_checkpoint(log.checkpoint().encode())
            sizes.append(note.size)
            assert note.root == oracle.root(leaves_by_definition(log.tracker))
    finally:
        module.PART = before
    with log.tracker._store.reading() as session:
        assert {(level, number): hashes for level, number, hashes in audit_log.all_tiles(session)} == oracle.tiles(
            leaves_by_definition(log.tracker)
        )
        assert [signed.size for signed in audit_log.checkpoints(session)] == sizes


def test_a_store_without_a_log_says_how_one_is_begun(meeting, tmp_path):
    with pytest.raises(KeyUnusable, match="does not exist: name the file of the key"):
        meeting.tracker.checkpoint(tmp_path / "none.pem")
    other = Tracker(fresh())
    from directives import read_organisation

    other.found(read_organisation())
    log = Log(other, tmp_path)
    with pytest.raises(NotCheckpointed, match="this store has no audit log: start one with directives audit key"):
        meeting.tracker.checkpoint(log.key)
    other.close()


def refused(log, error, match, key="other.pem", *args, **given):
    path = log.key.with_name(key)
    before, there = len([*log.tracker.events()]), path.exists()
    with pytest.raises(error, match=match) as caught:
        log.tracker.introduce_log_key(path, *args, **given)
    assert "\n" not in str(caught.value)
    assert path.exists() == there, "no key is left behind"
    assert len([*log.tracker.events()]) == before


def test_what_is_no_new_key_is_refused(log):
    refused(
        log,
        InvalidInput,
        "already has a key: give --replaces OLD or --abandon",
        "other.pem",
        "directives.example/jh",
    )
    refused(log, InvalidInput, "already has a key: give --replaces OLD or --abandon")
    refused(log, InvalidInput, "give only one of --replaces and --abandon", replaces=log.key, abandons=log.key)
    log.checkpoint()
    for name in ("a b", "a+b", "https://directives.example/jh", "", "x" * 300):
        refused(log, InvalidInput, "origin: '.*' is not a name", "other.pem", name, abandons=log.last)
    refused(log, InvalidInput, "origin: is missing: give --origin NAME", abandons=log.last)
    refused(log, KeyUnusable, "none.pem does not exist", replaces=log.key.with_name("none.pem"))
    refused(log, KeyUnusable, "none.last cannot be read", "other.pem", "x", abandons=log.key.with_name("none.last"))
    log.key.with_name("there.pem").write_text("something")
    log.key.with_name("there.pem").chmod(0o600)
    refused(log, KeyUnusable, "there.pem is not a private Ed25519 key", "there.pem", replaces=log.key)
    refused(log, InvalidInput, "a replaced key keeps the log's name", "other.pem", "y", replaces=log.key)
    refused(log, NotEntitled, "cannot introduce a key", replaces=log.key, office="convenor@JH-PC01")


def test_a_key_that_others_can_read_or_that_is_none_is_refused(log):
    log.key.chmod(0o640)
    with pytest.raises(KeyUnusable, match="is readable by others: run chmod 600"):
        log.checkpoint()
    log.key.chmod(0o600)
    for content in (b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", _rsa()):
        log.key.write_bytes(content)
        with pytest.raises(KeyUnusable, match="is not a private Ed25519 key"):
            log.checkpoint()
    log.key.unlink()
    with pytest.raises(KeyUnusable, match="does not exist"):
        log.checkpoint()


def _rsa():
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_key_among_the_evidence_is_refused(tmp_path):
    from directives import read_organisation

    with Tracker(f"sqlite:///{tmp_path}/a.db", create=True) as tracker:
        tracker.found(read_organisation())
        (tmp_path / "a.db.evidence").mkdir()
        with pytest.raises(KeyUnusable, match="is inside the evidence folder: use another place"):
            tracker.introduce_log_key(tmp_path / "a.db.evidence" / "k.pem", "x.example/a")


def test_a_key_is_replaced_and_both_sign_the_checkpoint_between(log):
    log.checkpoint()
    new = log.key.with_name("new.pem")
    public = log.tracker.introduce_log_key(new, replaces=log.key)
    assert public.partition("+")[0] == log.public.partition("+")[0]
    note = read_checkpoint(new.with_name("new.pem.last").read_bytes())
    keys = [read_key(each, LOG_KEY) for each in (log.public, public)]
    assert {*signers_of(note.note, keys)} == {*keys}
    with pytest.raises(KeyUnusable, match="was replaced by"):
        log.checkpoint()
    log.key.unlink()
    log.tracker.rename("JH-PC01", {"en": "A", "hi": "अ"})
    after = read_checkpoint(log.tracker.checkpoint(new).encode())
    assert [*signers_of(after.note, keys)] == [keys[1]]


def test_a_lost_key_is_abandoned_for_another_name(log):
    log.checkpoint()
    log.key.unlink()
    new = log.key.with_name("new.pem")
    refused(log, InvalidInput, "is being abandoned", "new.pem", "directives.example/jh", abandons=log.last)
    public = log.tracker.introduce_log_key(new, "directives.example/jh2", abandons=log.last)
    event = [*log.tracker.events()][-1]
    assert event.data.abandons.origin == log.public.partition("+")[0]
    assert "which goes on from directives.example/jh/" in log.tracker.sentence(event)
    note = read_checkpoint(log.tracker.checkpoint(new).encode())
    assert note.origin == public.partition("+")[0]
    assert note.origin.startswith("directives.example/jh2/")
    assert note.origin[-16:] == log.public.partition("+")[0][-16:], "the secret stays"


@pytest.fixture
def on_disk(tmp_path):
    """A log in a file, with one checkpoint, and a copy of the store of before a second one."""
    from directives import read_organisation

    with Tracker(f"sqlite:///{tmp_path}/a.db", create=True) as tracker:
        tracker.found(read_organisation())
        log = Log(tracker, tmp_path)
        log.checkpoint()
    shutil.copy(tmp_path / "a.db", tmp_path / "copy.db")
    return log


def acted(path, key, names):
    """Rename units, and sign."""
    with Tracker(f"sqlite:///{path}") as tracker:
        for unit in names:
            tracker.rename(unit, {"en": path.name, "hi": "नाम"})
        return tracker.checkpoint(key)


def test_a_copy_that_was_put_back_is_refused_by_the_memory_of_the_key(on_disk, tmp_path):
    acted(tmp_path / "a.db", on_disk.key, ["JH-PC01", "JH-PC02"])
    with pytest.raises(ForkRefused, match=r"has signed (\d+) events and the store has \d+: bring back a newer copy"):
        acted(tmp_path / "copy.db", on_disk.key, ["JH-PC03"])
    with pytest.raises(ForkRefused, match="events do not match what this key signed: this is another history"):
        acted(tmp_path / "copy.db", on_disk.key, ["JH-PC04", "JH-PC05"])
    acted(tmp_path / "a.db", on_disk.key, ["JH-PC03"])


def test_another_store_is_refused_by_the_memory(on_disk, tmp_path):
    from directives import read_organisation

    with Tracker(fresh()) as other:
        other.found(read_organisation())
        public = other.introduce_log_key(tmp_path / "b.pem", "directives.example/jh")
        assert public.partition("+")[0] != on_disk.public.partition("+")[0], "two stores never have one origin"
        with pytest.raises(KeyUnusable, match="does not sign the log of this store"):
            other.checkpoint(on_disk.key)


def test_a_rewritten_store_is_refused(on_disk, tmp_path):
    path = tmp_path / "a.db"
    with Tracker(f"sqlite:///{path}") as tracker:
        altered(tracker, "UPDATE audit_tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND number = 0")
        tracker.rename("JH-PC01", {"en": "A", "hi": "अ"})
        with pytest.raises(RecordAltered, match="do not match its last checkpoint of"):
            tracker.checkpoint(on_disk.key)
        altered(tracker, "DELETE FROM audit_checkpoints")
        with pytest.raises(ForkRefused, match="this is another history"):
            tracker.checkpoint(on_disk.key)


def test_a_store_that_was_cut_is_refused(on_disk, tmp_path):
    with Tracker(f"sqlite:///{tmp_path}/a.db") as tracker:
        altered(tracker, "DELETE FROM stored_events WHERE position > 90")
        with pytest.raises(RecordAltered, match="the 90 events of this store do not match"):
            tracker.checkpoint(on_disk.key)


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("after", ["keep_tiles", "remember", "keep"])
def test_killed_anywhere_it_signs_the_same_note_afterwards(on_disk, tmp_path, monkeypatch, after):
    from directives.audit.keys import KeyFile

    owner = KeyFile if after == "remember" else audit_log
    real = getattr(owner, after)

    def dies(*args):
        real(*args)
        raise Killed

    monkeypatch.setattr(owner, after, dies)
    with pytest.raises(Killed):
        acted(tmp_path / "a.db", on_disk.key, ["JH-PC01"])
    remembered = on_disk.last.read_text()
    monkeypatch.undo()
    with Tracker(f"sqlite:///{tmp_path}/a.db") as tracker:
        note = tracker.checkpoint(on_disk.key)
    assert remembered == note or after == "keep_tiles"
    assert read_checkpoint(note.encode()).size == read_checkpoint(on_disk.last.read_bytes()).size


def test_a_damaged_memory_is_told(log):
    log.checkpoint()
    log.last.write_text("x")
    with pytest.raises(KeyUnusable, match=r"log\.pem\.last is not a checkpoint"):
        log.checkpoint()


@pytest.mark.slow
def test_processes_that_sign_at_once_sign_one_note(on_disk, tmp_path):
    import subprocess
    import sys

    with Tracker(f"sqlite:///{tmp_path}/a.db") as tracker:
        tracker.rename("JH-PC01", {"en": "A", "hi": "अ"})
    script = (
        "import sys; from directives import Tracker\n"
        "with Tracker(sys.argv[1]) as tracker: print(tracker.checkpoint(sys.argv[2]), end='')"
    )
    command = [sys.executable, "-c", script, f"sqlite:///{tmp_path}/a.db", str(on_disk.key)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0, 0, 0]
