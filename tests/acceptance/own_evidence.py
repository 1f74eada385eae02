"""Files that are handed in: altered and removed by somebody, and handed in twice."""

import pytest
from pytest_bdd import then, when

from directives import DirectivesError
from directives.acceptance.steps.evidence import FILE, SAYS
from directives.acceptance.words import UNIT, listed, step


def files_of(bench):
    """The files that are kept beside the store, temporary ones too."""
    return [path for path in bench.store.parent.glob("directives.db.evidence/**/*") if path.is_file()]


def task(bench, unit):
    return bench.world.task("report", unit)


@step("somebody alters the file that is kept by hand", "कोई रखी हुई फ़ाइल को हाथ से बदल देता है", when)
def alters(bench):
    (path,) = files_of(bench)
    path.chmod(0o644)
    path.write_text("something else")


@step("somebody removes the file that is kept", "कोई रखी हुई फ़ाइल को हटा देता है", when)
def removes(bench):
    (path,) = files_of(bench)
    path.unlink()


@step(
    rf"the history of the report of {UNIT} tells that the file is (?P<condition>altered|missing)",
    rf"{UNIT} के प्रतिवेदन का इतिहास बताता है कि फ़ाइल (?P<condition>बदली हुई है|नहीं मिली)",
    then,
)
def history_tells(bench, unit, condition):
    told = [each.condition for entry in bench.tracker.history(task(bench, unit)) for each in entry.evidence]
    assert told == [{"बदली हुई है": "altered", "नहीं मिली": "missing"}.get(condition, condition)]


@step(
    rf"the file of {UNIT} cannot be read because {SAYS}",
    rf"{UNIT} की फ़ाइल पढ़ने नहीं दी जाती क्योंकि {SAYS}",
    then,
)
def file_cannot_be_read(bench, unit, content):
    (found,) = bench.tracker.evidence(task(bench, unit))
    with pytest.raises(DirectivesError) as caught, bench.tracker.open_evidence(found.digest):
        pass
    bench.refused_by(caught.value)
    bench.world.refused_because(content)


@step(rf"the same file {FILE} is kept again", rf"वही फ़ाइल {FILE} फिर रखी जाती है", when)
def kept_again(bench, name):
    bench.tracker.keep_evidence(bench.file(name))


@step(
    rf"the report of {UNIT} is shown with the same document as the report of (?P<other>.+)",
    rf"{UNIT} के प्रतिवेदन के साथ दिखता है कि वही दस्तावेज़ (?P<other>.+) के प्रतिवेदन में भी है",
    then,
)
def same_document(bench, unit, other):
    assert bench.tracker.task(task(bench, unit)).same_document == (task(bench, other),)


@step(
    r"the list of what waits tells of the same document for (?P<units>.+) alone",
    r"प्रतीक्षा सूची में केवल (?P<units>.+) के आगे एक ही दस्तावेज़ होने की सूचना है",
    then,
)
def same_document_in_list(bench, units):
    told = {each.unit for each in bench.tracker.waiting() if each.same_document}
    assert told == {bench.world.unit(name) for name in listed(units)}


@step(
    rf"the history of the report of {UNIT} tells of the same document as in the report of (?P<other>.+)",
    rf"{UNIT} के प्रतिवेदन का इतिहास बताता है कि वही दस्तावेज़ (?P<other>.+) के प्रतिवेदन में भी है",
    then,
)
def same_document_in_history(bench, unit, other):
    told = [each.same_document for entry in bench.tracker.history(task(bench, unit)) for each in entry.evidence]
    assert told == [(task(bench, other),)]
