"""Notes, checkpoints and cosignatures, by the vectors of the formats, and what they refuse."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from directives.audit import notes
from directives.audit.notes import (
    LOG_KEY,
    WITNESS_KEY,
    Key,
    Unreadable,
    cosigned,
    read_checkpoint,
    read_key,
    read_note,
    signed,
    signers_of,
    text_of,
)
from directives.domain.errors import RecordAltered

LOG = "directives.example/log+0855faf0+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
WITNESS = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
COSIGNATURE = "IDJKvgAAAABlU/EAkrM7wDhDFWLhHBXJxDJkn3TFpmwkjzfrAb2V5avbgSqQGdLRIjCWYnpHo1Sz6N7CwtTEDHyDj3xrfhxrkFmUCQ=="
NOTE = f"""directives.example/log
7
c6WQ+yZrgVVwQLFGudR54qG1hJsSUWdkL1tkhm8dXH0=

— directives.example/log CFX68AxWM/rjghUKdmhcxonb7G5cQ+iv9aKvPtcettsZhmNFCuI5IABrHGUpJb9HA6PLRQ4trBrpJO+mtDqNLxw3hwM=
— witness.example/w1 {COSIGNATURE}
"""


class Seed:
    """A signer from a seed of 32 bytes."""

    def __init__(self, name, kind, first):
        self._private = Ed25519PrivateKey.from_private_bytes(bytes(range(first, first + 32)))
        self.key = Key(name, kind, self._private.public_key().public_bytes_raw())

    def sign(self, text):
        return self._private.sign(text)


def test_the_note_of_the_specification_is_verified():
    key = read_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LOG_KEY)
    made = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    note = read_note(f"This is an example message.\n\n— example.com/foo {made}\n".encode())
    assert [*signers_of(note, [key])] == [key]


def test_the_checkpoint_of_the_vector_is_made_again_byte_by_byte():
    log, witness = Seed("directives.example/log", LOG_KEY, 0), Seed("witness.example/w1", WITNESS_KEY, 32)
    assert (str(log.key), str(witness.key)) == (LOG, WITNESS)
    checkpoint = read_checkpoint(NOTE.encode())
    text = text_of(checkpoint.origin, checkpoint.size, checkpoint.root)
    note = signed(text, [log])
    note = note._replace(signatures=(*note.signatures, cosigned(text, witness, 1_700_000_000)))
    assert str(note) == str(checkpoint) == NOTE
    found = signers_of(note, [read_key(LOG, LOG_KEY), read_key(WITNESS, WITNESS_KEY)])
    assert found[witness.key].time == 1_700_000_000


def test_a_known_key_that_fails_rejects_the_note_and_an_unknown_one_is_passed_over():
    log = read_key(LOG, LOG_KEY)
    stranger = Seed("directives.example/log", LOG_KEY, 64)
    text = NOTE.partition("\n\n")[0] + "\n"
    assert signers_of(signed(text, [stranger]), [log]) == {}
    forged = read_note(NOTE.encode().replace(b"\n7\n", b"\n8\n"))
    with pytest.raises(RecordAltered, match=r"signature of directives\.example/log does not match this text"):
        signers_of(forged, [log])
    with pytest.raises(RecordAltered, match=r"signature of witness\.example/w1"):
        signers_of(forged, [read_key(WITNESS, WITNESS_KEY)])


def test_a_text_may_hold_empty_lines_and_is_split_at_the_last_one():
    log = Seed("directives.example/log", LOG_KEY, 0)
    note = signed("a\n\nb\n", [log])
    assert read_note(str(note).encode()) == note
    assert [*signers_of(note, [log.key])] == [log.key]


SIGNATURE = f"— a {b64encode(bytes(68)).decode()}\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a text with signatures"),
        (b"a\n", "not a text with signatures"),
        (b"a\n\n", "not a text with signatures"),
        (b"\xff\n\n" + SIGNATURE.encode(), "not UTF-8 text"),
        (f"a\r\n\n{SIGNATURE}".encode(), "not a text with signatures"),
        (f"a\x00\n\n{SIGNATURE}".encode(), "not a text with signatures"),
        (f"a\n\n{SIGNATURE[:-1]}".encode(), "not a text with signatures"),
        (f"\n\n{SIGNATURE}".encode(), "not a text with signatures"),
        (f"a\n\n- a {b64encode(bytes(68)).decode()}\n".encode(), "is not a signature"),
        (f"a\n\n— a+b {b64encode(bytes(68)).decode()}\n".encode(), "is not a signature"),
        (f"a\n\n—  {b64encode(bytes(68)).decode()}\n".encode(), "is not a signature"),
        ("a\n\n— a AAAA\n".encode(), "is not a signature"),
        ("a\n\n— a AAAAAAB=\n".encode(), "is not Base64"),  # bits behind the last byte
        ("a\n\n— a AAAAAAA\n".encode(), "is not Base64"),
        ("a\n\n— a AAAA AAAA\n".encode(), "is not Base64"),
        (f"a\n\n{SIGNATURE}\n".encode(), "not a text with signatures"),
        (f"a\n\n{SIGNATURE * 101}".encode(), "more than 100 signatures"),
    ],
)
def test_what_is_no_note(content, why):
    with pytest.raises(Unreadable, match=why):
        read_note(content)


ROOT = b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\n", "origin, size or root is missing"),
        (f"a\n\n7\n{ROOT}\n", "origin, size or root is missing"),
        (f"a\n07\n{ROOT}\n", "'07' is not a number"),
        (f"a\n-1\n{ROOT}\n", "'-1' is not a number"),
        (f"a\n٧\n{ROOT}\n", "is not a number"),
        (f"a\n7 \n{ROOT}\n", "is not a number"),
        (f"a\n7\n{ROOT[:-4]}\n", "is not"),
        (f"a\n7\n{b64encode(bytes(31)).decode()}\n", "is not a hash"),
        (f"a\n0\n{ROOT}\n", "size 0 with the root"),
    ],
)
def test_what_is_no_checkpoint(text, why):
    with pytest.raises(Unreadable, match=why):
        read_checkpoint(f"{text}\n{SIGNATURE}".encode())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not Base64|is not a key"),
        (LOG.replace("0855faf0", "0855faf1"), "the id does not match"),
        (LOG.replace("0855faf0", "0855FAF0"), "the id does not match"),
        (LOG.replace("/log", "/lo g"), "is not a key"),
        (LOG[:-4], "is not a key"),
        (LOG + "=", "is not Base64"),
        (WITNESS, "is of kind 0x04, not 0x01"),
    ],
)
def test_what_is_no_key_of_a_log(text, why):
    with pytest.raises(Unreadable, match=why):
        read_key(text, LOG_KEY)


def test_what_base64_leaves_open_is_refused():
    with pytest.raises(Unreadable):
        notes.from_base64("AAB=")
    assert notes.from_base64("AAA=") == b"\0\0"
