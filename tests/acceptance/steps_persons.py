"""Persons: recorded, sealed, erased."""

from pytest_bdd import given, then, when
from tests.acceptance.world import DAY, OFFICE_EN, OFFICE_HI, UNIT, WHY, does, step

SPEAKER = r"(?P<speaker>SP-\d+)"
NAME = r'"(?P<name>[^"]+)"'
PHONE = r"(?P<phone>[\d ]+)"


def standing(world, unit, speaker):
    """How the person stands, and what is told of them."""
    found = world.tracker.person(f"{world.unit(unit)}/{speaker}")
    return found.state, found.name, found.phone


@step(
    rf"the convenor of {UNIT} identifies the speaker {SPEAKER} as {NAME}, number {PHONE}, on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} की पहचान {NAME} के रूप में करते हैं, नंबर {PHONE}",
    given,
    when,
)
def records(world, unit, speaker, name, phone, day):
    world.work("speaker identify", "speakers", unit, day, speaker=speaker, name=name, phone=phone)


@step(
    rf"{OFFICE_EN} {does('erase')} the data of the speaker {SPEAKER} of {UNIT} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {UNIT} के वक्ता {SPEAKER} का डेटा (मिटाता है|(?P<tries>मिटाने की कोशिश) करते हैं), कारण: {WHY}",
)
def erases(world, office, tries, speaker, unit, day, reason):
    given = world.given(office, day)
    world.act(tries, world.tracker.forget_person, f"{world.unit(unit)}/{speaker}", reason, **given)


@step("the file of the keys is lost", "कुंजियों की फ़ाइल खो जाती है", when)
def keys_lost(world):
    (world.folder / "directives.db.keys").unlink()


@step(
    rf"the speaker {SPEAKER} of {UNIT} is {NAME}, number (?P<phone>\d+)",
    rf"{UNIT} का वक्ता {SPEAKER} {NAME} है, नंबर (?P<phone>\d+)",
    then,
)
def is_known(world, speaker, unit, name, phone):
    assert standing(world, unit, speaker) == ("known", name, phone)


@step(
    rf"the name of the speaker {SPEAKER} of {UNIT} cannot be read",
    rf"{UNIT} के वक्ता {SPEAKER} का नाम पढ़ा नहीं जा सकता",
    then,
)
def is_unreadable(world, speaker, unit):
    assert standing(world, unit, speaker) == ("unreadable", None, None)


@step(
    rf"the data of the speaker {SPEAKER} of {UNIT} are erased",
    rf"{UNIT} के वक्ता {SPEAKER} का डेटा मिटाया जा चुका है",
    then,
)
def is_erased(world, speaker, unit):
    assert standing(world, unit, speaker) == ("erased", None, None)


@step(
    rf'the files of the store hold neither {NAME} nor "(?P<phone>\d+)"',
    rf'भंडार की फ़ाइलों में न {NAME} मिलता है, न "(?P<phone>\d+)"',
    then,
)
def not_in_clear(world, name, phone):
    content = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    assert b"SpeakerIdentified" in content
    assert name.encode() not in content
    assert phone.encode() not in content
