"""What is committed, byte by byte, by the vector of the design."""

from base64 import b64decode
from hashlib import sha256

from directives.audit.merkle import Frontier
from directives.audit.openings import entry_of, leaf_of, leaves_of, opened, opening_of, origin_of, salt_of

SECRET = bytes(range(32))
ENVELOPE = (
    '{"occurred_at":"2026-01-05T06:00:00.000000Z","recorded_at":"2026-01-05T06:00:00.000000Z","actor":"a",'
    '"office":"headquarters@JH","source":"library","command_id":"c","data":%s}'
)
EVENTS = [
    ("organisation", 1, "Founded.v1", (ENVELOPE % "{}").encode()),
    ("unit/JH", 1, "Registered.v1", (ENVELOPE % '{"x":"हिन्दी"}').encode()),
    ("task/d/JH", 1, "Submitted.v1", (ENVELOPE % '{"a":1}').encode()),
]


def test_the_vector():
    salts = [salt_of(SECRET, index) for index in range(3)]
    assert [salt.hex() for salt in salts] == [
        "1adc1a180ccb5e685c351f89c33aeae7",
        "569882cbafbc850e779d44a979f68ee7",
        "3b8b996b532ab585bd5695731206e81c",
    ]
    assert salt_of(SECRET, 257).hex() == "155665222d1750279510b0c1643439e4"
    openings = [opening_of(salt, event) for salt, event in zip(salts, EVENTS, strict=True)]
    assert [len(each) for each in openings] == [216, 238, 220]
    leaves = leaves_of(SECRET, 0, EVENTS)
    assert [leaf.hex() for leaf in leaves] == [
        "d1ffdfab847752927e6ca6709c56883c4c2940841678a786a7a595cf42149143",
        "abf765d67227a30131298c1ed49ece15241cce299b69c9682d1f7e20febaa1bd",
        "17d5a1cb30485fec5ae83d3fe5b7217e22ada2f8f4a26560e6628f16038dcf02",
    ]
    assert [leaf_of(each) for each in openings] == leaves
    assert {len(entry_of(each)) for each in openings} == {52}
    assert Frontier().root(leaves) == b64decode("+iu3Los0KSyooujK6wgbz55A4CMNWpqjDxA96QaeCsg=")
    assert origin_of("directives.example/jh", SECRET) == "directives.example/jh/7adf2211e4bceffa"


def test_leaves_of_the_middle_of_a_tile_have_their_own_salts():
    for first in (0, 1, 255, 256, 300):
        assert leaves_of(SECRET, first, EVENTS[:1]) == [leaf_of(opening_of(salt_of(SECRET, first), EVENTS[0]))]
    assert len(leaves_of(SECRET, 254, EVENTS)) == 2, "a tile ends"


def test_an_opening_is_read_again_and_nothing_else_is():
    salt = salt_of(SECRET, 1)
    assert opened(opening_of(salt, EVENTS[1])) == (salt, EVENTS[1])
    for wrong in (b"", salt, salt + b"a\n1\nb", salt + b"a\n01\nb\nc", salt + b"\xff\n1\nb\nc", salt + b"a\nx\nb\nc"):
        assert opened(wrong) is None


def test_the_event_of_a_neighbour_cannot_be_guessed():
    """Two lines of one import, microseconds apart: without a salt the neighbour's event is found by its digest."""

    def event(microsecond):
        return (
            "task/d/JH-S11949",
            1,
            "Acknowledged.v1",
            (ENVELOPE.replace("000000Z", f"{microsecond:06}Z", 1) % "{}").encode(),
        )

    def digest(opening):
        return sha256(b"\0directives-event/v1\n" + sha256(opening).digest()).digest()

    (leaf,) = leaves_of(SECRET, 7, [event(3335)])
    guesses = [event(microsecond) for microsecond in range(5000)]
    bare = digest(opening_of(b"", event(3335)))
    assert [digest(opening_of(b"", each)) for each in guesses].index(bare) == 3335
    for salt in (b"", bytes(16), salt_of(SECRET, 6), salt_of(bytes(32), 7)):
        assert leaf not in {digest(opening_of(salt, each)) for each in guesses}
    assert digest(opening_of(salt_of(SECRET, 7), event(3335))) == leaf
