"""Receipts: made for the events of a store, verified without it, by the library and by the stand-alone verifier."""

import random
from base64 import b64decode, b64encode
from datetime import date
from hashlib import sha256

import pytest
from tests.audit import oracle
from tests.audit.judges import both, stand_alone
from tests.audit.test_notes import Seed
from tests.audit.test_openings import EVENTS, SECRET

from directives import InvalidInput, NotCheckpointed, UnknownReference, UnknownTask, verify_file
from directives.audit.merkle import Tree
from directives.audit.notes import LOG_KEY, WITNESS_KEY, cosigned, read_checkpoint, signed, text_of
from directives.audit.openings import leaves_of, opening_of, salt_of

ORIGIN = "directives.example/jh/7adf2211e4bceffa"
LOG, WITNESS = Seed(ORIGIN, LOG_KEY, 0), Seed("witness.example/w1", WITNESS_KEY, 32)
QUORUM = f"log {LOG.key}\nwitness W1 {WITNESS.key}\nquorum W1\n"


def vector():
    """The receipt of the second of the three events of the design, put together from its lines."""
    leaves = leaves_of(SECRET, 0, EVENTS)
    tree = Tree(lambda level, number: oracle.tiles(leaves).get((level, number), b""))
    opening = opening_of(salt_of(SECRET, 1), EVENTS[1])
    hashes = [b64encode(each).decode() for each in tree.inclusion(1, 3)]
    note = signed(text_of(ORIGIN, 3, tree.root(3)), [LOG])
    return "\n".join(
        ["c2sp.org/tlog-proof@v1", f"extra {b64encode(opening).decode()}", "index 1", *hashes, "", str(note)]
    ).encode()


@pytest.fixture
def policy(tmp_path, log):
    path = tmp_path / "log.policy"
    path.write_text(log.policy)
    return path


def test_the_vector_is_made_byte_by_byte(tmp_path):
    content = vector()
    assert LOG.key.id.hex() == "54574913"
    assert len(content) == 672
    assert sha256(content).hexdigest() == "97e4a1602f4313dd00032b554618c869e5e18d57ce392e5ce13475e53ac2a2aa"
    (tmp_path / "r").write_bytes(content)
    (tmp_path / "p").write_text(f"log {LOG.key}\nquorum none\n")
    assert both(tmp_path / "r", tmp_path / "p") == 0
    (tmp_path / "p").write_text(QUORUM)
    assert both(tmp_path / "r", tmp_path / "p") == 3, "nobody cosigned it"


def submitted(meeting, tmp_path):
    """A report of a seat, and the file."""
    report = tmp_path / "report.txt"
    report.write_text("Report.\n")
    meeting.tracker.submit_report("written-report/JH-PC11", report, office="convenor@JH-PC11")
    return report


def written(tmp_path, receipt):
    path = tmp_path / receipt.file_name
    path.write_text(receipt.text)
    return path


def test_a_receipt_of_each_event_of_a_task_holds_without_the_store(log, meeting, policy, tmp_path):
    report = submitted(meeting, tmp_path)
    note = tmp_path / "note"
    note.write_text(log.checkpoint())
    found = log.tracker.receipts("written-report/JH-PC11")
    assert [each.name for each in found] == ["Registered", "AssignedToLevel", "ReportRecorded", "Submitted"]
    assert [written(tmp_path, each).name for each in found][2] == "000000102-ReportRecorded.tlog-proof"
    for receipt in found:
        path = tmp_path / receipt.file_name
        assert both(path, policy, [note]) == 0
        named = receipt.name in ("ReportRecorded", "Submitted")
        assert both(path, policy, evidence=[report]) == (0 if named else 3)
        assert both(path, policy, evidence=[policy]) == 3
    assert log.tracker.receipt(102) == found[2].text
    findings = verify_file(tmp_path / found[2].file_name, policy, evidence=[report])
    assert [each.check for each in findings] == ["event", "document", "checkpoint"]
    assert findings[0].found == (
        "102, task/written-report/JH-PC11: The convenor of JH-PC11 submitted report 1 for 1 October 2023 to "
        "31 October 2023; 20 October 2023, 06:00 UTC, recorded then"
    )
    assert "दर्ज" in verify_file(tmp_path / found[2].file_name, policy, lang="hi")[0].found


def test_what_is_under_no_checkpoint_has_no_receipt_yet(log, meeting, tmp_path):
    with pytest.raises(NotCheckpointed, match="event: 50 is under no checkpoint yet: run directives audit checkpoint"):
        log.tracker.receipt(50)
    log.checkpoint()
    submitted(meeting, tmp_path)
    with pytest.raises(NotCheckpointed, match="event: 102 is under no checkpoint yet"):
        log.tracker.receipt(102)
    assert [each.name for each in log.tracker.receipts("written-report/JH-PC11")] == ["Registered", "AssignedToLevel"]
    for wrong in (0, 104, -1):
        with pytest.raises(UnknownReference, match="directives history REF --json shows positions"):
            log.tracker.receipt(wrong)
    with pytest.raises(UnknownTask):
        log.tracker.receipts("written-report/JH-AC01")
    with pytest.raises(InvalidInput):
        log.tracker.receipt(True)


def test_history_and_the_task_tell_under_which_checkpoint_an_event_is(log, meeting, tmp_path):
    submitted(meeting, tmp_path)
    assert log.tracker.task("written-report/JH-PC11").checkpoint is None
    assert [entry.checkpoint for entry in log.tracker.history("written-report/JH-PC11")] == [None, None, None]
    log.checkpoint()
    log.tracker.verify("written-report/JH-PC11", office="clerk@JH")
    assert [entry.checkpoint for entry in log.tracker.history("written-report/JH-PC11")] == [103, 103, 103, None]
    task = log.tracker.task("written-report/JH-PC11")
    assert (task.newest_act, task.checkpoint) == (104, None)
    log.checkpoint()
    assert log.tracker.task("written-report/JH-PC11").checkpoint == 104
    meeting.acknowledge("JH-PC01")
    (*_, last) = log.tracker.history("written-report/JH-PC01")
    assert "checkpoint" not in last.model_dump(), "left out where there is none"


def test_a_receipt_holds_after_the_person_was_erased(log, meeting, policy, tmp_path, clock):
    title, own = {"en": "Speakers", "hi": "वक्ता"}, {"office": "convenor@JH-AC60"}
    log.tracker.issue("s", "speaker_identification", title, {"trained": 1, "deployed": 0}, office="headquarters@JH")
    log.tracker.assign("s", "vidhan_sabha", "JH", date(2024, 1, 1), office="headquarters@JH")
    log.tracker.work("speaker identify", "s/JH-AC60", speaker="SP-01", name="नमूना वक्ता", phone="0000000001", **own)
    log.checkpoint()
    receipt = written(tmp_path, log.tracker.receipts("s/JH-AC60")[-1])
    assert both(receipt, policy) == 0
    content = receipt.read_text()
    opening = b64decode(content.split("\n")[1].removeprefix("extra "))
    assert "नमूना".encode() not in opening, "it was sealed"
    log.tracker.forget_person("JH-AC60/SP-01", "Asked for.", **own)
    log.checkpoint()
    assert both(receipt, policy) == 0
    assert both(written(tmp_path, log.tracker.receipts("s/JH-AC60")[2]), policy) == 0


def test_a_receipt_from_another_size_accuses_nobody(log, meeting, policy, tmp_path):
    note = tmp_path / "note"
    note.write_text(log.checkpoint())
    meeting.acknowledge("JH-PC01")
    log.checkpoint()
    path = written(tmp_path, log.tracker.receipts(102)[0])
    assert both(path, policy, [note]) == 2
    (finding,) = [each for each in verify_file(path, policy, against=[note]) if each.check == "against"]
    assert finding.found == "note: this does not show it: ask for directives audit prove --from 101"


def test_a_request_shows_that_the_log_continues(log, meeting, policy, tmp_path):
    note, path = tmp_path / "note", tmp_path / "request"
    note.write_text(log.checkpoint())
    for seat in range(1, 10):
        meeting.acknowledge(f"JH-PC{seat:02}")
        log.checkpoint()
    path.write_text(log.tracker.prove_from(101))
    assert path.read_text().startswith("old 101\n")
    assert both(path, policy, [note]) == 0
    assert both(path, policy) == 2, "nothing to go on from"
    path.write_text(log.tracker.prove_from(0))
    assert both(path, policy, [note]) == 2, "0 proves nothing"
    path.write_text(log.tracker.prove_from(100))
    assert both(path, policy, [note]) == 2
    lines = log.tracker.prove_from(101).split("\n")
    lines[1] = b64encode(bytes(32)).decode()
    path.write_text("\n".join(lines))
    assert both(path, policy, [note]) == 3
    for size in (-1, 111):
        with pytest.raises(InvalidInput, match="give a size from 0 to 110"):
            log.tracker.prove_from(size)


def test_a_bare_checkpoint_is_compared_at_its_own_size_alone(log, meeting, policy, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text(log.checkpoint())
    meeting.acknowledge("JH-PC01")
    second.write_text(log.checkpoint())
    assert both(first, policy) == both(first, policy, [first]) == 0
    assert both(second, policy, [first]) == 2
    forged = tmp_path / "forged"
    forged.write_text(str(signed(text_of(LOG.key.name, 3, bytes(32)), [LOG])))
    assert both(forged, policy) == 3
    assert both(first, policy, [forged]) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:0],
        lambda text: text.replace("v1", "v2", 1),
        lambda text: text.replace("extra ", "extra", 1),
        lambda text: text.replace("index 1\n", "index 01\n"),
        lambda text: text.replace("index 1\n", ""),
        lambda text: text.replace("\n\n", "\n", 1),
        lambda text: text.replace("index 1\n", "index 1\nAAAA\n"),
        lambda text: text.replace("extra ", "extra AAAA", 1),
        lambda text: text + "\n",
        lambda text: text[:-1],
        lambda text: text.replace("\n3\n", "\n03\n"),
    ],
)
def test_what_is_no_receipt_cannot_be_read(tmp_path, spoil):
    (tmp_path / "p").write_text(f"log {LOG.key}\nquorum none\n")
    (tmp_path / "r").write_text(spoil(vector().decode()))
    assert both(tmp_path / "r", tmp_path / "p") in (2, 3)
    if spoil(vector().decode()).startswith("c2sp.org/tlog-proof@v1\nextra"):
        return
    assert both(tmp_path / "r", tmp_path / "p") == 2


def cosigned_vector():
    content = vector().decode()
    checkpoint = read_checkpoint(content.split("\n\n", 1)[1].encode())
    return (content + cosigned(checkpoint.note.text, WITNESS, 1_700_000_000).line).encode()


@pytest.mark.slow
def test_each_bit_of_a_receipt_that_is_flipped_is_refused_where_a_quorum_is_asked(tmp_path):
    content, path, policy = cosigned_vector(), tmp_path / "r", tmp_path / "p"
    policy.write_text(QUORUM)
    path.write_bytes(content)
    assert both(path, policy) == 0
    bits = [*range(len(content) * 8)]
    for bit in random.Random(5).sample(bits, 1000):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        assert both(path, policy) in (2, 3), bit


def test_the_verifier_is_one_file_apart_from_the_library():
    from tests.audit.judges import VERIFIER

    text = VERIFIER.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert "directives" not in {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert stand_alone("none", "none")[0] == 2
