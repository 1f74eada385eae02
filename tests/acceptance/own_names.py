"""Units and offices by name."""

from pytest_bdd import then

from directives import AmbiguousName, UnknownUnit
from directives.acceptance.words import step


@step(r'somebody writes the unit "(?P<text>.+)"', r'कोई इकाई "(?P<text>.+)" लिखता है')
def written(bench, text):
    try:
        bench.meant = bench.tracker.meant("unit", text)
    except (AmbiguousName, UnknownUnit) as error:
        bench.meant, bench.offered = None, str(error)


@step(r"the unit (?P<code>[\w-]+) is meant", r"इकाई (?P<code>[\w-]+) समझी जाती है", then)
def is_meant(bench, code):
    assert bench.meant == code


@step("each unit is written as it is printed", "हर इकाई वैसे लिखी जाती है जैसे वह छपती है")
def each_is_written(bench):
    labels = bench.tracker.labels(unit.code for unit in bench.tracker.units())
    printed = [(code, label.of(bench.world.lang)) for code, label in labels.items()]
    bench.each_meant = {code: bench.tracker.meant("unit", text) for code, text in printed}


@step(r"each of the (?P<number>\d+) units is meant", r"सभी (?P<number>\d+) इकाइयाँ समझी जाती हैं", then)
def each_is_meant(bench, number):
    assert len(bench.each_meant) == int(number)
    assert [code for code, meant in bench.each_meant.items() if code != meant] == []


@step(
    r'the office "(?P<office>.+)" acknowledges the task "(?P<task>.+)"',
    r'कार्यालय "(?P<office>.+)" कार्य "(?P<task>.+)" की पावती देता है',
)
def acknowledged(bench, office, task):
    tracker = bench.tracker
    tracker.acknowledge(tracker.meant("task", task), office=tracker.meant("office", office))


@step(
    r"the last event was recorded by the office (?P<office>\S+) for the task (?P<task>\S+)",
    r"अंतिम घटना कार्य (?P<task>\S+) के लिए कार्यालय (?P<office>\S+) ने दर्ज की",
    then,
)
def recorded_by(bench, office, task):
    *_, last = bench.tracker.events()
    assert (last.office, last.stream) == (office, f"task/{task}")


@step(
    r'no unit is chosen, and "(?P<names>.+)" are offered',
    r'कोई इकाई नहीं चुनी जाती, और "(?P<names>.+)" सुझाई जाती हैं',
    then,
)
def are_offered(bench, names):
    assert bench.meant is None
    assert all(f"{name}) [JH-" in bench.offered for name in names.removesuffix(")").split("), "))
