"""The log, what is on record, what happened at a unit and below it, and a page after what is no task."""

from pytest_bdd import then

from directives.acceptance.words import NUMBER, UNIT, platform, step


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


@step(
    rf"the log of the convenor of {UNIT} has that report alone",
    rf"{UNIT} के संयोजक की प्रविष्टियों में केवल वही प्रतिवेदन है",
    then,
)
def log_of_office(bench, unit):
    code = bench.world.unit(unit)
    entries = bench.tracker.log(office=f"convenor@{code}", lang=bench.world.lang)
    assert [entry.name for entry in entries] == ["ReportRecorded", "Submitted"]
    assert {entry.subject for entry in entries} == {f"written-report/{code}"}


@step(
    r"all pages of the log, read backwards, have each entry once",
    r"पीछे की ओर पढ़े गए सभी पृष्ठों में हर प्रविष्टि एक बार है",
    then,
)
def log_backwards(bench):
    found, before = [], None
    while page := bench.tracker.log(before=before, limit=7):
        found, before = [*page, *found], page[0].position
    assert [entry.position for entry in found] == [event.position for event in bench.tracker.events()]


@step(
    rf"the history of the seat {UNIT} has its registration and the acts on its report",
    rf"सीट {UNIT} के इतिहास में उसका पंजीकरण और उसके प्रतिवेदन पर हुए काम हैं",
    then,
)
def history_of_unit(bench, unit):
    code = bench.world.unit(unit)
    entries = bench.tracker.history(f"unit/{code}", bench.world.lang)
    assert [entry.name for entry in entries] == ["Registered", "ReportRecorded", "Submitted"]
    assert {entry.subject for entry in entries} == {code, f"written-report/{code}"}


@step(
    rf"the list of the groups of {UNIT} has {NUMBER} groups, and that on (?P<name>\S+) is retired",
    rf"{UNIT} के समूहों की सूची में {NUMBER} समूह हैं, और (?P<name>\S+) का समूह बंद है",
    then,
)
def list_of_groups(bench, unit, number, name):
    rows = [record.values for record in bench.tracker.records("group", bench.world.unit(unit))]
    assert len(rows) == number
    assert [row["platform"] for row in rows if row["retired"] is not None] == [platform(name)]
