"""Several tasks at a terminal: shown with their number, asked about, and all of them changed or none."""

import json
from types import SimpleNamespace

import pytest

from directives_cli import several

HQ = ["--as", "clerk@JH"]
SEATS = ("JH-PC01", "JH-PC02", "JH-PC03", "JH-PC04")
TASKS = [f"written-report/{seat}" for seat in SEATS]
WAITING = ["task", "verify", "--directive", "written-report", "--waiting", *HQ]


@pytest.fixture
def reports(desk):
    """Four seats have handed a report in, each another file."""
    for seat in SEATS:
        file = desk.file(f"{seat}.txt", f"Report of {seat}.")
        desk.done("report", "submit", f"written-report/{seat}", file, "--as", f"convenor@{seat}")
    return desk


@pytest.fixture
def at_terminal(monkeypatch):
    """Somebody can be asked."""
    monkeypatch.setattr(several, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


def states(desk):
    found = json.loads(desk.done("task", "list", "--directive", "written-report", "--json").stdout)
    return [each["state"] for each in found if each["task"] in TASKS]


@pytest.mark.usefixtures("at_terminal")
def test_what_waits_is_shown_asked_about_and_verified(reports):
    done = reports.run(*WAITING, typed="y\n")
    assert done.exit_code == 0
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["task", "waiting", "since", "due", "unit"],
        ["─" * len(done.stdout.splitlines()[1])],
        *(
            [task, "10", "November", "2023", "15", "November", "2023", name, "(Lok", "Sabha)"]
            for task, name in zip(TASKS, ("Rajmahal", "Dumka", "Godda", "Chatra"), strict=True)
        ),
    ]
    assert done.stderr.splitlines() == ["Verify 4 tasks? [y/N] y", "Verified: 4 tasks."]
    assert states(reports) == ["verified"] * 4


@pytest.mark.usefixtures("at_terminal")
@pytest.mark.parametrize("lang", ["en", "hi"])
@pytest.mark.parametrize("typed", ["\n", "n\n", "नहीं\n", "Yes please\n"])
def test_any_other_answer_leaves_all_as_it_was(reports, typed, lang):
    before = reports.stands()
    done = reports.run("--lang", lang, *WAITING, typed=typed)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == {"en": "Nothing was changed.", "hi": "कुछ नहीं बदला गया।"}[lang]
    assert reports.stands() == before


@pytest.mark.usefixtures("at_terminal")
@pytest.mark.parametrize("typed", ["हाँ\n", " हां \n", "Y\n", "yes\n"])
def test_in_hindi_it_is_asked_in_hindi(reports, typed):
    done = reports.run("--lang", "hi", *WAITING, typed=typed)
    assert "4 कार्य: सत्यापित करें? [हाँ/नहीं]" in done.stderr
    assert done.stderr.splitlines()[-1] == "सत्यापित: 4 कार्य।"
    assert states(reports) == ["verified"] * 4


@pytest.mark.usefixtures("at_terminal")
def test_what_is_submitted_while_it_asks_is_not_taken(reports, monkeypatch):
    def meanwhile(*_, **__):
        reports.done("task", "return", TASKS[1], *HQ, "--reason", "No figures.")
        again = reports.file("again.txt", "Another report.")
        reports.done("report", "submit", TASKS[1], again, "--as", "convenor@JH-PC02")
        return "y"

    monkeypatch.setattr(several.click, "prompt", meanwhile)
    done = reports.run(*WAITING)
    assert (done.exit_code, done.stderr) == (
        4,
        f"Error: TASK: {TASKS[1]} was submitted after you looked: look at it first "
        "(1 of 4 tasks refused, nothing was changed)\n",
    )
    assert states(reports) == ["submitted"] * 4


def test_without_a_terminal_yes_must_be_given(reports):
    ways = (
        "--yes: 4 tasks cannot be confirmed without a terminal: give --yes",
        "--yes: टर्मिनल के बिना 4 कार्य की पुष्टि नहीं ली जा सकती: --yes दें",
    )
    reports.wrong(WAITING, 2, "--yes", ways)
    done = reports.done(*WAITING, "--yes")
    assert done.stderr == "Verified: 4 tasks.\n"


@pytest.mark.usefixtures("at_terminal")
def test_json_asks_nobody_and_prints_the_events_of_one_command(reports):
    assert reports.run(*WAITING, "--json").exit_code == 2
    done = reports.done(*WAITING, "--json", "--yes", "--command-id", "v-1")
    assert [(each["stream"], each["command_id"]) for each in json.loads(done.stdout)] == [
        (f"task/{task}", "v-1") for task in TASKS
    ]
    again = reports.done(*WAITING, "--json", "--yes", "--command-id", "v-1")
    assert json.loads(again.stdout) == []
    named = reports.done("task", "verify", *TASKS, *HQ, "--json", "--yes", "--command-id", "v-1")
    assert json.loads(named.stdout) == json.loads(done.stdout)
    other = reports.run("task", "verify", *TASKS[:2], *HQ, "--yes", "--command-id", "v-1")
    assert other.exit_code == 5


def test_tasks_are_named_or_chosen_and_not_both(reports):
    missing = ("is missing: name tasks, or choose them by --directive", "कार्यों के नाम दें, या उन्हें इनसे चुनें")
    reports.wrong(["task", "waive", "--reason", "x", *HQ], 2, "TASK", missing)
    both = ("use one of the two", "दोनों में से एक ही दें")
    reports.wrong(["task", "verify", TASKS[0], "--waiting", *HQ], 2, "TASK", both)


def test_one_refusal_refuses_all_and_says_which(reports):
    refused = ("(1 of 2 tasks refused, nothing was changed)", "(2 में से 1 कार्य अस्वीकृत, कुछ नहीं बदला गया)")
    before = reports.stands()
    for lang, said in zip(("en", "hi"), refused, strict=True):
        done = reports.run("--lang", lang, "task", "verify", TASKS[0], "written-report/JH-PC05", *HQ, "--yes")
        assert done.exit_code == 4
        assert "written-report/JH-PC05" in done.stderr
        assert said in done.stderr
    assert reports.stands() == before


def test_a_single_task_is_acted_on_as_ever(reports):
    assert reports.done("task", "verify", TASKS[0], *HQ).stderr.splitlines()[-1] == f"{TASKS[0]} is now verified."
    again = reports.run("task", "verify", TASKS[0], TASKS[0], *HQ)
    assert again.stderr == f"Error: TASK: {TASKS[0]} is verified already\n"


def test_nothing_that_matches_is_no_error_and_records_nothing(reports):
    before = reports.stands()
    done = reports.done("task", "verify", "--unit", "JH-PC09", "--waiting", *HQ)
    assert (done.stdout, done.stderr) == ("", "No task matches: nothing was changed.\n")
    assert reports.stands() == before


def test_each_act_has_its_choice_and_its_outcome(reports):
    def outcome(*args):
        return reports.done("task", *args, "--yes").stderr.splitlines()

    unit = ["--unit", "JH-PC11", "--level", "lok_sabha"]
    names = [f"{directive}/JH-PC11" for directive in ("written-report", "social-groups", "alliance-support")]
    own = ["--as", "convenor@JH-PC11"]
    assert outcome("acknowledge", *unit, *own) == [f"Acknowledged: {', '.join(names)}."]
    assert outcome("acknowledge", *unit, *own) == ["No task matches: nothing was changed."]
    given = ["--due", "2024-01-05", "--reason", "Flood.", *HQ]
    assert outcome("extend", *unit, *given) == [f"Extended until 5 January 2024: {', '.join(names)}."]
    assert outcome("extend", *names, *given) == ["3 tasks: nothing changed."]
    assert outcome("return", "--waiting", "--reason", "No figures.", *HQ) == ["Returned: 4 tasks."]
    waived = outcome("waive", "--directive", "written-report", "--reason", "Merged.", *HQ)
    assert waived[0] == "Waived: 14 tasks."
    assert len(waived) == 3
    assert "completed" in waived[1]
    assert "completed" in waived[2]


def test_the_day_and_the_reason_are_looked_at_before_anybody_is_asked(reports):
    args = ["task", "extend", "--unit", "JH-PC11", "--due", "soon", "--reason", "x", *HQ, "--yes"]
    reports.wrong(args, 2, "due", ("write a day", "कोई दिन लिखें"))


def test_a_document_of_another_unit_is_told_in_the_table(reports):
    for seat in ("JH-PC05", "JH-PC06"):
        reports.done("report", "submit", f"written-report/{seat}", "report.pdf", "--as", f"convenor@{seat}")
    done = reports.done(*WAITING, "--yes")
    rows = [line for line in done.stdout.splitlines() if line.startswith("written-report/JH-PC05")]
    assert "written-report/JH-PC06" in rows[0]


def test_an_office_below_the_top_chooses_what_it_may_answer(desk):
    desk.file("other.pdf", "Other")
    desk.done("report", "submit", "written-report/JH-PC11", "report.pdf", "--as", "convenor@JH-PC11")
    told = desk.done("task", "verify", "--waiting", "--yes", "--as", "convenor@JH-PC04")
    assert "No task matches" in told.stderr
    assert "Verified" in desk.done("task", "verify", "--waiting", "--yes", "--as", "clerk@JH").stderr


def test_wrong_values_are_told_where_nothing_is_chosen_too(desk):
    for args, field in ((["--reason", ""], "reason"), (["--reason", "R", "--due", "2030-13-01"], "due")):
        told = desk.run("task", "return", "--waiting", "--yes", *args, "--as", "clerk@JH")
        assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
        assert field in told.stderr
