"""Files that are handed in: kept, read again, altered and removed by somebody."""

import pytest
from pytest_bdd import given, then, when
from tests.acceptance.world import DAY, NUMBER, UNIT, does, listed, require_reason, step

from directives import DirectivesError, say_message

FILE = r'"(?P<name>[^"]+)"'
SAYS = r'"(?P<content>[^"]+)"'


def files_of(world):
    """The files that are kept beside the store, temporary ones too."""
    return [path for path in world.folder.glob("directives.db.evidence/**/*") if path.is_file()]


def evidence_of(world, unit):
    (found,) = world.tracker.evidence(world.task("report", unit))
    return found


@step(
    rf"the convenor of {UNIT} hands the file {FILE} in on {DAY}, which says {SAYS}",
    rf"{UNIT} के संयोजक {DAY} को फ़ाइल {FILE} सौंपते हैं जिसमें लिखा है {SAYS}",
)
def hands_a_file_in(world, unit, name, day, content):
    world.hand_in("report", unit, day, content=content, name=name)


@step(
    rf"the convenor of {UNIT} {does('hand')} in a file of {NUMBER} bytes on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {NUMBER} बाइट की फ़ाइल (सौंपते हैं|(?P<tries>सौंपने की कोशिश) करते हैं)",
)
def hands_bytes_in(world, unit, tries, number, day):
    world.hand_in("report", unit, day, tries=tries, content="x" * number)


@step(
    rf"state headquarters set on {DAY} that a file has at most {NUMBER} bytes",
    rf"प्रदेश मुख्यालय ने {DAY} को तय किया कि फ़ाइल {NUMBER} बाइट से बड़ी न हो",
    given,
)
def largest_file(world, day, number):
    given = world.given("state headquarters", day)
    world.tracker.amend("written-report", "Large files.", parameters={"max_bytes": number}, **given)


@step(rf"{NUMBER} files? (is|are) kept", rf"{NUMBER} (फ़ाइल|फ़ाइलें) रखी हुई (है|हैं)", then)
def files_kept(world, number):
    assert len(files_of(world)) == number


@step(
    rf"the file of {UNIT} is whole and says {SAYS}",
    rf"{UNIT} की फ़ाइल यथावत है, उसमें लिखा है {SAYS}",
    then,
)
def file_says(world, unit, content):
    found = evidence_of(world, unit)
    with world.tracker.open_evidence(found.digest) as file:
        assert (found.condition, file.read().decode()) == ("whole", content)


@step(rf"the file of {UNIT} is of the type {FILE}", rf"{UNIT} की फ़ाइल का प्रकार {FILE} है", then)
def file_is_of_type(world, unit, name):
    assert evidence_of(world, unit).media_type == name


@step("somebody alters the file that is kept by hand", "कोई रखी हुई फ़ाइल को हाथ से बदल देता है", when)
def alters(world):
    (path,) = files_of(world)
    path.chmod(0o644)
    path.write_text("something else")


@step("somebody removes the file that is kept", "कोई रखी हुई फ़ाइल को हटा देता है", when)
def removes(world):
    (path,) = files_of(world)
    path.unlink()


@step(
    rf"the history of the report of {UNIT} tells that the file is (?P<condition>altered|missing)",
    rf"{UNIT} के प्रतिवेदन का इतिहास बताता है कि फ़ाइल (?P<condition>बदली हुई है|नहीं मिली)",
    then,
)
def history_tells(world, unit, condition):
    told = [each.condition for entry in world.history("report", unit) for each in entry.evidence]
    assert told == [{"बदली हुई है": "altered", "नहीं मिली": "missing"}.get(condition, condition)]


@step(
    rf"the file of {UNIT} cannot be read because {SAYS}",
    rf"{UNIT} की फ़ाइल पढ़ने नहीं दी जाती क्योंकि {SAYS}",
    then,
)
def file_cannot_be_read(world, unit, content):
    digest = evidence_of(world, unit).digest
    with pytest.raises(DirectivesError) as caught, world.tracker.open_evidence(digest):
        pass
    assert content in say_message(caught.value.message, world.lang)
    require_reason(caught.value, content)


@step(rf"the same file {FILE} is kept again", rf"वही फ़ाइल {FILE} फिर रखी जाती है", when)
def kept_again(world, name):
    world.tracker.keep_evidence(world.folder / name)


@step(
    rf"the report of {UNIT} is shown with the same document as the report of (?P<other>.+)",
    rf"{UNIT} के प्रतिवेदन के साथ दिखता है कि वही दस्तावेज़ (?P<other>.+) के प्रतिवेदन में भी है",
    then,
)
def same_document(world, unit, other):
    assert world.tracker.task(world.task("report", unit)).same_document == (world.task("report", other),)


@step(
    r"the list of what waits tells of the same document for (?P<units>.+) alone",
    r"प्रतीक्षा सूची में केवल (?P<units>.+) के आगे एक ही दस्तावेज़ होने की सूचना है",
    then,
)
def same_document_in_list(world, units):
    told = {each.unit for each in world.tracker.waiting() if each.same_document}
    assert told == {world.unit(name) for name in listed(units)}


@step(
    rf"the history of the report of {UNIT} tells of the same document as in the report of (?P<other>.+)",
    rf"{UNIT} के प्रतिवेदन का इतिहास बताता है कि वही दस्तावेज़ (?P<other>.+) के प्रतिवेदन में भी है",
    then,
)
def same_document_in_history(world, unit, other):
    told = [each.same_document for entry in world.history("report", unit) for each in entry.evidence]
    assert told == [(world.task("report", other),)]
