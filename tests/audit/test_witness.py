"""A witness cosigns what goes on from what it cosigned before, and nothing else; its lines are put under the note."""

import shutil

import pytest
from tests.audit.judges import both
from tests.audit.test_notes import Seed

from directives import ForkRefused, InvalidInput, KeyUnusable, NotCheckpointed, RecordAltered, UnknownReference, cosign
from directives.audit import witness as module
from directives.audit.keys import KeyFile
from directives.audit.notes import (
    LOG_KEY,
    WITNESS_KEY,
    cosigned,
    read_checkpoint,
    read_key,
    signed,
    signers_of,
    text_of,
)

NAME = "auditor.example/w1"


@pytest.fixture
def asked(log, tmp_path):
    """Ask the witness, of a request, at a moment."""

    def ask(request, at=1_700_000_000):
        return cosign(request.encode(), tmp_path / "w.pem", NAME, [log.public], clock=lambda: at)

    return ask


def test_it_cosigns_what_goes_on_and_the_quorum_is_met(log, meeting, asked, tmp_path):
    log.checkpoint()
    first = asked(log.tracker.prove_from(0))
    policy, note = tmp_path / "p", tmp_path / "n"
    policy.write_text(f"log {log.public}\nwitness auditor {first.key}\nquorum auditor\n")
    note.write_text(log.checkpoint())
    assert both(note, policy) == 3
    note.write_text(log.tracker.add_cosignatures(first.lines, policy))
    assert both(note, policy) == 0
    assert note.read_text().endswith(first.lines)
    assert log.tracker.add_cosignatures(first.lines, policy) == note.read_text(), "once"
    assert log.checkpoint() == note.read_text(), "nothing new"
    assert {each.state for each in log.tracker.audit(policy=policy) if each.check == "checkpoints"} == {"ok"}
    meeting.acknowledge("JH-PC01")
    log.checkpoint()
    assert {each.state for each in log.tracker.audit(policy=policy) if each.check == "checkpoints"} == {"wrong"}
    second = asked(log.tracker.prove_from(101), 1_700_000_100)
    assert second.key == first.key
    log.tracker.add_cosignatures(second.lines, policy)
    receipt = tmp_path / "r"
    receipt.write_text(log.tracker.receipt(102))
    assert both(receipt, policy) == 0
    again = asked(log.tracker.prove_from(102), 1_700_000_200)
    assert again.lines != second.lines, "the same checkpoint at a later moment"


def test_a_cosignature_is_right_by_its_own_format(log, asked):
    log.checkpoint()
    given = asked(log.tracker.prove_from(0))
    checkpoint = read_checkpoint((log.tracker.prove_from(0).partition("\n\n")[2] + given.lines).encode())
    key = read_key(given.key, WITNESS_KEY)
    assert signers_of(checkpoint.note, [key])[key].time == 1_700_000_000


def test_what_it_refuses_by_the_statuses_of_the_protocol(log, meeting, asked, tmp_path):
    log.checkpoint()
    request = log.tracker.prove_from(0)
    for broken in ("", "old\n", request.replace("old 0", "old 00"), request.replace("\n\n", "\n", 1), request + "x"):
        with pytest.raises(InvalidInput, match=r"\(400\)"):
            asked(broken)
    with pytest.raises(InvalidInput, match=r"the old size 102 is larger than the checkpoint's 101 \(400\)"):
        asked(request.replace("old 0", "old 102"))
    with pytest.raises(RecordAltered, match=r"\(403\)"):
        asked(request.replace("\n101\n", "\n100\n"))
    stranger = Seed(log.public.partition("+")[0], LOG_KEY, 9)
    unsigned = signed(text_of(stranger.key.name, 101, bytes(32)), [stranger])
    with pytest.raises(RecordAltered, match=r"not signed by a key of the log \(403\)"):
        asked(f"old 0\n\n{unsigned}")
    other = Seed("other.example/log", LOG_KEY, 9)
    with pytest.raises(UnknownReference, match=r"unknown origin other\.example/log: .*\(404\)"):
        asked(f"old 0\n\n{signed(text_of('other.example/log', 3, bytes(32)), [other])}")
    assert not (tmp_path / "w.pem").exists(), "nothing of it made a key"
    asked(request)
    with pytest.raises(ForkRefused, match=r"has 101: use directives audit prove --from 101 \(409\)"):
        asked(request)
    meeting.acknowledge("JH-PC01")
    log.checkpoint()
    with pytest.raises(ForkRefused, match=r"\(409\)"):
        asked(log.tracker.prove_from(100))
    lines = log.tracker.prove_from(101).split("\n")
    with pytest.raises(ForkRefused, match=r"\(422\)"):
        asked("\n".join([lines[0], *lines[2:]]))
    asked(log.tracker.prove_from(101))


def test_a_fork_is_refused_and_kept(log, meeting, asked, tmp_path, monkeypatch):
    log.checkpoint()
    asked(log.tracker.prove_from(0))
    signer = KeyFile(log.key).signer(log.public.partition("+")[0], LOG_KEY)
    rewritten = str(signed(text_of(signer.key.name, 101, bytes(32)), [signer]))
    with pytest.raises(ForkRefused, match=r"events do not continue the 101 cosigned before; kept as .*\.fork \(422\)"):
        asked(f"old 101\n\n{rewritten}")
    (kept,) = (tmp_path / "w.pem.logs").glob("*.fork")
    assert kept.read_text() == rewritten
    (last,) = (path for path in (tmp_path / "w.pem.logs").iterdir() if path.suffix != ".fork")
    policy = tmp_path / "p"
    policy.write_text(log.policy)
    assert both(last, policy, [kept]) == 3, "two notes that exclude each other convince anyone"


def test_it_remembers_before_it_answers(log, asked, monkeypatch, tmp_path):
    log.checkpoint()

    class Killed(BaseException):
        pass

    real = module.Memory.keep

    def dies(self, checkpoint):
        real(self, checkpoint)
        raise Killed

    monkeypatch.setattr(module.Memory, "keep", dies)
    with pytest.raises(Killed):
        asked(log.tracker.prove_from(0))
    monkeypatch.undo()
    with pytest.raises(ForkRefused, match="the last checkpoint cosigned has 101"):
        asked(log.tracker.prove_from(0))
    asked(log.tracker.prove_from(101))


def test_wrong_names_keys_and_memories_are_one_line(log, tmp_path):
    log.checkpoint()
    request = log.tracker.prove_from(0).encode()
    for name, logs, match in [
        ("a b", [log.public], "name: 'a b' is not a name"),
        (NAME, ["x"], "log: "),
        (NAME, [str(Seed("w", WITNESS_KEY, 1).key)], "log: .* is of kind 0x04, not 0x01"),
    ]:
        with pytest.raises(InvalidInput, match=match):
            cosign(request, tmp_path / "w.pem", name, logs)
    cosign(request, tmp_path / "w.pem", NAME, [log.public])
    (kept,) = (tmp_path / "w.pem.logs").iterdir()
    kept.write_text("x")
    with pytest.raises(KeyUnusable, match="is not a checkpoint"):
        cosign(request, tmp_path / "w.pem", NAME, [log.public])
    shutil.rmtree(tmp_path / "w.pem.logs")
    (tmp_path / "w.pem").chmod(0o644)
    with pytest.raises(KeyUnusable, match="is readable by others"):
        cosign(request, tmp_path / "w.pem", NAME, [log.public])


def test_what_cannot_be_put_under_a_note(log, meeting, asked, tmp_path):
    policy = tmp_path / "p"
    policy.write_text(log.policy)
    seed = Seed("auditor.example/w1", WITNESS_KEY, 5)
    policy.write_text(f"log {log.public}\nwitness W {seed.key}\nquorum none\n")
    with pytest.raises(NotCheckpointed, match="no checkpoint yet"):
        log.tracker.add_cosignatures(cosigned("a\n", seed, 1).line, policy)
    log.checkpoint()
    policy.write_text(log.policy)
    given = asked(log.tracker.prove_from(0))
    with pytest.raises(InvalidInput, match=r"add: auditor\.example/w1 is not a witness of the policy"):
        log.tracker.add_cosignatures(given.lines, policy)
    policy.write_text(f"log {log.public}\nwitness W {given.key}\nquorum none\n")
    with pytest.raises(InvalidInput, match=r"add: .* is not a signature"):
        log.tracker.add_cosignatures("x\n", policy)
    meeting.acknowledge("JH-PC01")
    log.checkpoint()
    with pytest.raises(InvalidInput, match="does not match this text: it may be of an earlier checkpoint"):
        log.tracker.add_cosignatures(given.lines, policy)
