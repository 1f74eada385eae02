"""What ``audit verify`` says of stores that are well, of older formats, of damage, and of what was rewritten."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.audit import oracle, tampering
from tests.audit.tampering import act
from tests.audit.test_log import altered, leaves_by_definition
from tests.conftest import Clock
from tests.store.test_upgrade import written

from directives import (
    DirectivesError,
    InvalidInput,
    RecordAltered,
    StoreError,
    StoreUnusable,
    Tracker,
    read_minutes,
    read_organisation,
)
from directives.audit.openings import leaf_of, opening_of, salt_of
from directives.store.catalogue import FORMAT

CHECKS = ["file", "schema", "types", "order", "log", "tree", "checkpoints"]


def states(findings, *names):
    return {each.check: each.state for each in findings if not names or each.check in names}


def wrong(findings):
    return [f"{each.check}: {each.found}" for each in findings if each.state == "wrong"]


def test_the_checks_stand_in_their_order_and_the_last_line_tells_what_is_covered(log, meeting):
    log.checkpoint()
    meeting.acknowledge("JH-PC01")
    findings = log.tracker.audit()
    assert [each.check for each in findings][:8] == [*CHECKS, "events"]
    assert findings[-2].check == "commands"
    assert findings[-1].found == "102 events; 101 under a checkpoint; the last 1 not proved yet"
    assert {each.state for each in findings} == {"ok"}
    assert [each.check for each in log.tracker.audit(log_only=True)] == [*CHECKS, "covered"]


def test_a_store_without_a_log_is_looked_at(meeting):
    findings = meeting.tracker.audit()
    assert states(findings, "log", "covered") == {"log": "look", "covered": "look"}
    assert wrong(findings) == []


def test_an_empty_store_is_no_fault(empty):
    assert wrong(empty.audit()) == []


@pytest.mark.slow
def test_honest_rounds_give_no_false_alarm(tmp_path):
    """Acts, checkpoints, publishing, VACUUM, rebuild, a change of key, an erasure; all earlier notes are held."""
    rng, clock, notes = random.Random(12), Clock(datetime(2023, 10, 20, 6, tzinfo=UTC)), []
    path, key = tmp_path / "a.db", tmp_path / "0.pem"
    with Tracker(f"sqlite:///{path}", create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(read_minutes())
        tracker.introduce_log_key(key, "directives.example/jh")
    for number in range(1, 13):
        clock.forward(hours=rng.randint(1, 30))
        with Tracker(f"sqlite:///{path}", clock=clock) as tracker:
            act(tracker, tmp_path, f"JH-PC{number:02}")
            if number % 4 == 0:
                former, key = key, tmp_path / f"{number}.pem"
                tracker.introduce_log_key(key, replaces=former)
            if number == 6:
                own = {"office": "convenor@JH-AC60"}
                title, asked = {"en": "Speakers", "hi": "वक्ता"}, {"trained": 1, "deployed": 0}
                tracker.issue("s", "speaker_identification", title, asked, office="headquarters@JH")
                tracker.assign("s", "vidhan_sabha", "JH", date(2024, 1, 1), office="headquarters@JH")
                tracker.work("speaker identify", "s/JH-AC60", speaker="SP-01", name="नमूना", phone="0000000001", **own)
            if number == 9:
                tracker.forget_person("JH-AC60/SP-01", "Asked for.", **own)
            note = tmp_path / f"{number}.note"
            note.write_text(tracker.checkpoint(key))
            notes.append(note)
            if number % 3 == 0:
                tracker.publish(tmp_path / "published")
                notes[-1:] = [note, tmp_path / "published"] if number == 3 else [note]
            if number % 5 == 0:
                tracker.rebuild()
        if number % 2:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("VACUUM")
                connection.execute("ANALYZE")
                connection.execute("REINDEX")
        with Tracker(f"sqlite:///{path}", clock=clock) as tracker:
            assert wrong(tracker.audit(against=notes, key=key)) == []
            assert {each.state for each in tracker.audit(against=notes, key=key) if each.check == "against"} == {"ok"}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    tampering.build(folder)
    return folder


@pytest.fixture
def folder(base, tmp_path):
    return Path(shutil.copytree(base, tmp_path / "store"))


def audited(folder, **asked):
    with Tracker(f"sqlite:///{folder}/a.db", as_it_is=True, clock=Clock(datetime(2023, 11, 1, tzinfo=UTC))) as tracker:
        return tracker.audit(**asked)


def test_what_was_published_names_the_first_event_that_was_rewritten(folder):
    with tampering.opened(folder) as files:
        position = files.position("Verified.v1")
        tampering.KINDS["actor"](files)
    assert wrong(audited(folder))[0] == f"tree: the event at position {position} is not the one that was signed"
    tampering.resigned(folder)
    assert wrong(audited(folder)) == [], "a store agrees with itself"
    (told,) = wrong(audited(folder, against=[folder / "monday.note"]))
    assert told.startswith(
        "against: REWRITTEN: the first 142 events do not match monday.note, which directives.example/jh/"
    )
    (told,) = wrong(audited(folder, against=[folder / "published"]))
    assert told.startswith(f"against: REWRITTEN: the event at position {position} is not the one in published, which")


def test_a_note_of_another_log_or_key_is_named_for_what_it_is(folder, log, tmp_path):
    other = tmp_path / "other.note"
    other.write_text(log.checkpoint())
    (told,) = wrong(audited(folder, against=[other]))
    assert told == f"against: other.note belongs to another log, {log.public.partition('+')[0]}"
    text = (folder / "monday.note").read_text()
    other.write_text(text.replace("\n142\n", "\n141\n"))
    assert "the signature of directives.example/jh/" in wrong(audited(folder, against=[other]))[0]
    other.write_text("x")
    with pytest.raises(InvalidInput, match=r"other\.note: not a log checkpoint: not a text with signatures"):
        audited(folder, against=[other])
    with pytest.raises(InvalidInput, match=r"none\.note cannot be read"):
        audited(folder, against=[tmp_path / "none.note"])


def test_a_note_of_more_events_than_there_are_is_cut(folder):
    with tampering.opened(folder) as files:
        files.cut(files.end - 130)
        files.do("DELETE FROM audit_checkpoints")
    tampering.remade(folder)
    (told,) = wrong(audited(folder, against=[folder / "monday.note"]))
    assert told == "against: CUT: monday.note covers 142 events, the store has 130"


def test_a_policy_tells_whom_to_believe(folder, log, tmp_path):
    policy = tmp_path / "policy"
    with Tracker(f"sqlite:///{folder}/a.db") as tracker:
        key = next(event.data.vkey for event in tracker.events() if event.stream == "audit")
    policy.write_text(f"log {key}\nquorum none\n")
    assert wrong(audited(folder, policy=policy, against=[folder / "monday.note"])) == []
    policy.write_text(log.policy)
    (told,) = wrong(audited(folder, policy=policy))
    assert "no log key of the policy signed it as directives.example/jh/" in told
    policy.write_text(f"log {key}")
    with pytest.raises(InvalidInput, match="quorum is missing"):
        audited(folder, policy=policy)


@pytest.mark.parametrize("version", range(1, 6))
def test_a_store_of_an_older_format_keeps_every_leaf_and_gets_the_form_of_this_one(tmp_path, version):
    path, secret = written(tmp_path / "old.db", version), bytes(32)

    def leaves():
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(
                "SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY position"
            ).fetchall()
        return [leaf_of(opening_of(salt_of(secret, index), row)) for index, row in enumerate(rows)]

    before = leaves()
    with (
        Tracker(f"sqlite:///{path}", as_it_is=True) as tracker,
        pytest.raises(StoreUnusable, match=f"the format is {version}, not {FORMAT}: any other command upgrades it"),
    ):
        tracker.audit()
    assert leaves() == before
    with Tracker(f"sqlite:///{path}", clock=Clock(datetime(2023, 11, 20, tzinfo=UTC))) as tracker:
        assert [each for each in wrong(tracker.audit()) if "file is missing" not in each] == []
        tracker.introduce_log_key(tmp_path / "k.pem", "x.example/old")
        tracker.checkpoint(tmp_path / "k.pem")
        assert wrong(tracker.audit(key=tmp_path / "k.pem", log_only=True)) == []
    assert leaves()[: len(before)] == before


def test_rebuild_makes_the_tiles_anew_and_keeps_them_where_the_events_are_not_those_that_were_signed(log):
    log.checkpoint()
    with log.tracker._store.reading() as session:
        tiles = [*session.another_cursor().execute("SELECT * FROM audit_tiles ORDER BY level, number")]
    altered(log.tracker, "DELETE FROM audit_tiles")
    *_, rebuilt = log.tracker.rebuild()
    assert (rebuilt.table, rebuilt.rows, rebuilt.differing) == ("audit_tiles", 1, 1)
    assert log.tracker.rebuild()[-1].differing == 0
    altered(
        log.tracker, "UPDATE stored_events SET state = CAST(CAST(state AS TEXT) || ' ' AS BLOB) WHERE position = 50"
    )
    with pytest.raises(RecordAltered, match="the first 101 events do not match what was signed"):
        log.tracker.rebuild()
    with log.tracker._store.reading() as session:
        assert [*session.another_cursor().execute("SELECT * FROM audit_tiles ORDER BY level, number")] == tiles
    assert oracle.root(leaves_by_definition(log.tracker)) not in {row[2] for row in tiles}


def dumped(path):
    """What is in a store, but for the digests of commands; with the marks of its file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE commands SET digest = ''")
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")]
        return marks, [*connection.iterdump()]


def flips(base, folder, count, seed):
    """Flip single bits of the file of a store; returns how many were found, changed nothing, and neither."""
    path, rng = folder / "a.db", random.Random(seed)
    shutil.copy(base / "a.db", path)
    with Tracker(f"sqlite:///{path}", clock=Clock(datetime(2023, 11, 1, tzinfo=UTC))) as tracker:
        tracker.checkpoint(folder / "log.pem")
    content, found, same, other = path.read_bytes(), 0, 0, []
    expected = dumped(shutil.copy(path, folder / "expected.db"))
    for _ in range(count):
        bit = rng.randrange(len(content) * 8)
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        for leftover in folder.glob("a.db-*"):
            leftover.unlink()
        path.write_bytes(flipped)
        if _is_found(folder):
            found += 1
            continue
        path.write_bytes(flipped)
        if dumped(path) == expected:
            same += 1
        else:
            other.append(bit)
    return found, same, other


def _is_found(folder):
    try:
        return bool(wrong(audited(folder)))
    except StoreError:
        return True
    except DirectivesError:
        return True


@pytest.mark.slow
def test_a_bit_flipped_anywhere_is_found_or_changes_nothing_but_the_digest_of_a_command(base, folder):
    found, same, other = flips(base, folder, 1000, 23)
    assert other == []
    assert found > 300
    assert same > 100
