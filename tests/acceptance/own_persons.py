"""Personal data in the files of the store."""

from pytest_bdd import then, when

from directives.acceptance.steps.persons import NAME, SPEAKER, standing
from directives.acceptance.words import UNIT, step


@step("the file of the keys is lost", "कुंजियों की फ़ाइल खो जाती है", when)
def keys_lost(bench):
    bench.store.with_name("directives.db.keys").unlink()


@step(
    rf"the name of the speaker {SPEAKER} of {UNIT} cannot be read",
    rf"{UNIT} के वक्ता {SPEAKER} का नाम पढ़ा नहीं जा सकता",
    then,
)
def is_unreadable(world, speaker, unit):
    assert standing(world, unit, speaker) == ("unreadable", None, None)


@step(
    rf'the files of the store hold neither {NAME} nor "(?P<phone>\d+)"',
    rf'भंडार की फ़ाइलों में न {NAME} मिलता है, न "(?P<phone>\d+)"',
    then,
)
def not_in_clear(bench, name, phone):
    content = b"".join(path.read_bytes() for path in bench.folder.rglob("*") if path.is_file())
    assert b"SpeakerIdentified" in content
    assert name.encode() not in content
    assert phone.encode() not in content
