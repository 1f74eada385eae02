"""What happened below a unit, and a page after what is no task."""

from pytest_bdd import then

from directives.acceptance.words import UNIT, step


@step(
    rf"what happened in {UNIT} and below it begins with its registration and ends with that report",
    rf"{UNIT} और उसके नीचे का इतिहास उसके पंजीकरण से आरंभ और उसी प्रतिवेदन पर समाप्त होता है",
    then,
)
def happened_below(bench, unit):
    code = bench.world.unit(unit)
    first, *_, last = bench.tracker.history_below(code, bench.world.lang)
    assert (first.name, first.stream) == ("Registered", f"unit/{code}")
    assert (last.name, last.stream) == ("Submitted", f"task/written-report/{code}")


@step(r'the page after "(?P<task>.+)" is asked for', r'"(?P<task>.+)" के बाद का पृष्ठ माँगा जाता है')
def page_after(bench, task):
    bench.refused(bench.tracker.tasks, after=task)
