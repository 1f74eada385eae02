"""Policies: what their grammar takes and refuses, by its line, and when a quorum is met; both verifiers agree."""

import pytest
from tests.audit.judges import both
from tests.audit.test_notes import Seed

from directives.audit.notes import LOG_KEY, WITNESS_KEY, Unreadable, cosigned, signed, text_of
from directives.audit.policy import read_policy

ORIGIN = "directives.example/jh/7adf2211e4bceffa"
LOG, NEXT = Seed(ORIGIN, LOG_KEY, 0), Seed(ORIGIN, LOG_KEY, 100)
WITNESSES = [Seed(f"witness.example/w{number}", WITNESS_KEY, 32 + number) for number in range(4)]
W = [f"witness W{number} {seed.key}" for number, seed in enumerate(WITNESSES)]
HEAD = f"log {LOG.key}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (HEAD, ""),
        (f"{HEAD}quorum none\nquorum none\n", "line 3: duplicate quorum"),
        (f"{HEAD}quorum W0\n", "line 2: 'W0' is not defined above"),
        (f"{HEAD}quorum\n", "line 2: write quorum NAME, or quorum none"),
        (f"{HEAD}quorum none none\n", "line 2: write quorum"),
        (f"{HEAD}{HEAD}quorum none\n", "line 2: duplicate key"),
        (f"log\n{HEAD}quorum none\n", r"line 1: write log VKEY \[URL\]"),
        (f"log {LOG.key} a b\nquorum none\n", "line 1: write log"),
        (f"log {WITNESSES[0].key}\nquorum none\n", "line 1: .* is of kind 0x04, not 0x01"),
        (f"{HEAD}witness W {LOG.key}\nquorum none\n", "line 2: .* is of kind 0x01, not 0x04"),
        (f"{HEAD}{W[0]}\n{W[0]}\nquorum none\n", "line 3: duplicate name 'W0'"),
        (f"{HEAD}{W[0]}\nwitness X {WITNESSES[0].key}\nquorum none\n", "line 3: duplicate key"),
        (f"{HEAD}witness none {WITNESSES[0].key}\nquorum none\n", "line 2: duplicate name 'none'"),
        (f"{HEAD}{W[0]}\ngroup W0 any W0\nquorum none\n", "line 3: duplicate name 'W0'"),
        (f"{HEAD}group G any W0\n{W[0]}\nquorum none\n", "line 2: 'W0' is not defined above"),
        (f"{HEAD}group G any G\nquorum none\n", "line 2: 'G' is not defined above"),
        (f"{HEAD}{W[0]}\ngroup G 2 W0\nquorum G\n", "line 3: '2' is not a number from 1 to 1"),
        (f"{HEAD}{W[0]}\ngroup G 0 W0\nquorum G\n", "line 3: '0' is not a number from 1 to 1"),
        (f"{HEAD}{W[0]}\ngroup G 01 W0\nquorum G\n", "line 3: '01' is not a number"),
        (f"{HEAD}{W[0]}\ngroup G १ W0\nquorum G\n", "line 3: '१' is not a number"),
        (f"{HEAD}{W[0]}\ngroup G any\nquorum G\n", "line 3: write group NAME"),
        (f"{HEAD}{W[0]}\ngroup G any W0 W0\nquorum G\n", "line 3: 'W0' is already a member of a group"),
        (f"{HEAD}{W[0]}\ngroup G any W0\ngroup H any W0\nquorum H\n", "line 4: 'W0' is already a member of a group"),
        (f"{HEAD}vote none\n", "line 2: unknown word 'vote'"),
        (f"{HEAD}quorum none\r\n", "line 2: control character"),
        (f"{HEAD}quorum\u00a0none\n", "line 2: unknown word"),
        (f"{HEAD}quorum none\x00\n", "line 2: control character"),
    ],
)
def test_what_is_no_policy_is_named_by_its_line(tmp_path, text, line):
    with pytest.raises(Unreadable, match=line or "quorum is missing"):
        read_policy(text.encode())
    (tmp_path / "p").write_bytes(text.encode())
    (tmp_path / "n").write_text(str(signed(text_of(ORIGIN, 3, bytes(32)), [LOG])))
    assert both(tmp_path / "n", tmp_path / "p") == 2


GROUPS = f"{HEAD}log {NEXT.key}\n{W[0]}\n{W[1]}\n{W[2]} https://w.example\n{W[3]}\n"
NESTED = f"{GROUPS}group A all W0 W1\ngroup B any W2 W3\ngroup Q all A B\nquorum Q\n"


@pytest.mark.parametrize(
    ("policy", "cosigners", "code"),
    [
        (f"{HEAD}quorum none", (), 0),
        ("quorum none\n", (), 3),
        (f"# a policy\n\n \t# of two\n\tlog   {LOG.key}\thttps://a.example\n  quorum \t none \n", (), 0),
        (f"{GROUPS}quorum W0\n", (), 3),
        (f"{GROUPS}quorum W0\n", (0,), 0),
        (f"{GROUPS}quorum W0\n", (1, 2, 3), 3),
        (f"{GROUPS}group G 2 W0 W1 W2\nquorum G\n", (0, 2), 0),
        (f"{GROUPS}group G 2 W0 W1 W2\nquorum G\n", (2, 3), 3),
        (NESTED, (0, 1, 3), 0),
        (NESTED, (0, 1), 3),
        (NESTED, (0, 2, 3), 3),
        (f"{GROUPS}group नाम any W0\nquorum नाम\n", (0,), 0),
    ],
)
def test_a_quorum_is_met_or_not(tmp_path, policy, cosigners, code):
    for signer in (LOG, NEXT) if str(NEXT.key) in policy else (LOG,):
        text = text_of(ORIGIN, 3, bytes(32))
        lines = "".join(cosigned(text, WITNESSES[number], 1_700_000_000).line for number in cosigners)
        (tmp_path / "n").write_text(str(signed(text, [signer])) + lines)
        (tmp_path / "p").write_bytes(policy.encode())
        assert both(tmp_path / "n", tmp_path / "p") == code


def test_a_cosignature_of_another_text_or_time_rejects_the_note(tmp_path):
    text, other = text_of(ORIGIN, 3, bytes(32)), text_of(ORIGIN, 4, bytes(32))
    (tmp_path / "p").write_text(f"{GROUPS}quorum none\n")
    (tmp_path / "n").write_text(str(signed(text, [LOG])) + cosigned(other, WITNESSES[0], 1).line)
    assert both(tmp_path / "n", tmp_path / "p") == 3
    right = cosigned(text, WITNESSES[0], 1_700_000_000)
    later = right._replace(made=(1_700_000_001).to_bytes(8) + right.made[8:])
    (tmp_path / "n").write_text(str(signed(text, [LOG])) + later.line)
    assert both(tmp_path / "n", tmp_path / "p") == 3
