"""The log at a terminal, and the history of a unit with its tasks."""

import json

import pytest
from tests.cli.cells import ends
from tests.cli.wrong import Terminal

TASK = "report/JH-PC11"
KHUNTI = "convenor@Khunti (Lok Sabha)"


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A store where Khunti reported, a person at state headquarters verified, and Dumka acknowledged."""
    with pytest.MonkeyPatch.context() as patch:
        terminal = Terminal(tmp_path_factory.mktemp("log"))
        patch.chdir(terminal.folder)
        report = terminal.file("report.txt", "Report")
        titles = ["--title-en", "Report", "--title-hi", "प्रतिवेदन"]
        period = ["--set", "period_from=2023-10-01", "--set", "period_to=2023-10-31"]
        by_headquarters = ["--as", "headquarters@JH", "--at", "2023-10-20"]
        for args in (
            ["init", "--at", "2023-10-20"],
            ["directive", "issue", "report", "--kind", "written_report", *titles, *period, *by_headquarters],
            ["directive", "assign", "report", "--level", "lok_sabha", "--due", "2099-11-15", *by_headquarters],
            ["report", "submit", TASK, report, "--as", KHUNTI, "--at", "2023-11-05T10:00"],
            ["task", "verify", TASK, "--as", "clerk@JH", "--actor", "P-7"],
            ["task", "acknowledge", "report/JH-PC02", "--as", "convenor@JH-PC02"],
        ):
            done = terminal.run(*args)
            assert done.exit_code == 0, done.output
    return terminal


@pytest.fixture
def run(worked, monkeypatch):
    monkeypatch.chdir(worked.folder)
    return worked.run


def lines(done):
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_each_line_names_its_task_and_who_and_the_newest_is_the_last(run):
    *_, verified, last = lines(run("log"))
    assert verified.endswith(
        "report, Khunti (Lok Sabha): The clerk of Jharkhand (P-7) verified the submission, made on time"
    )
    assert last.endswith("report, Dumka (Lok Sabha): The convenor of Dumka (Lok Sabha) acknowledged the task")


def test_in_hindi_too(run):
    *_, last = lines(run("log", "--lang", "hi"))
    assert last.endswith("report, दुमका (लोकसभा): दुमका (लोकसभा) के संयोजक ने कार्य की पावती दी")
    done = run("log", "--by", "nobody", "--lang", "hi")
    assert (done.stdout, done.stderr) == ("", "कोई प्रविष्टि इससे मेल नहीं खाती।\n")


def test_a_day_is_that_on_which_it_was_recorded_and_the_line_begins_with_that_on_which_it_happened(run):
    submitted = lines(run("log", "--event", "submitted"))
    assert len(submitted) == 1
    assert submitted[0].startswith("5 November 2023, 10:00  report, Khunti (Lok Sabha): ")
    assert "(recorded " in submitted[0]
    assert lines(run("log", "--day", "2023-11-05")) == []
    assert lines(run("log", "--until", "2023-11-05")) == []
    assert len(lines(run("log", "--since", "2023-11-06", "--limit", "1000"))) > 90


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (["--by", "P-7"], ["Verified"]),
        (["--by", "convenor@JH-PC11"], ["ReportRecorded", "Submitted"]),
        (["--office", "क्लर्क@JH"], []),
        (["--office", "the clerk of Jharkhand"], ["Verified"]),
        (["--unit", "khunti lok sabha", "--since", "2023-11-06", "--event", "VERIFIED"], ["Verified"]),
        (["--directive", "प्रतिवेदन", "--limit", "2"], ["Verified", "Acknowledged"]),
        (["--directive", "report", "--unit", "JH-PC02"], ["Acknowledged"]),
    ],
)
def test_what_is_asked_for_is_shown(run, asked, names):
    done = run("log", "--json", *asked)
    assert done.exit_code == 0, done.output
    entries = json.loads(done.stdout)
    assert [each["name"] for each in entries] == names
    assert {each["subject"] for each in entries} <= {TASK, "report/JH-PC02"}


def test_one_goes_on_backwards(run):
    done = run("log", "--limit", "2")
    position = json.loads(run("log", "--limit", "2", "--json").stdout)[0]["position"]
    assert done.stderr == f"For earlier entries: --before {position}\n"
    before = lines(run("log", "--limit", "2", "--before", str(position)))
    assert [*before, *lines(done)] == lines(run("log", "--limit", "4"))
    assert run("log", "--limit", "1000").stderr == ""


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["--event", "Verifed"], 2, "did you mean Verified"),
        (["--limit", "0"], 2, "limit: must be 1 or more, not 0"),
        (["--limit", "x"], 2, "'x'"),
        (["--before", "x"], 2, "'x'"),
        (["--day", "soon"], 2, "'soon' is not a day"),
        (["--since", "2023-11-06", "--until", "2023-11-05"], 2, "until: 2023-11-05 is before 2023-11-06"),
        (["--unit", "Nowhere"], 6, "Nowhere"),
        (["--directive", "nothing"], 6, "nothing"),
        (["--by", "a\nb"], 2, "actor: "),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run, asked, code, said):
    done = run("log", *asked)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_history_of_a_unit_tells_its_tasks_and_names_them(run):
    registered, *acts = lines(run("history", "JH-PC11"))
    assert "registered the Lok Sabha unit Khunti" in registered
    assert [line.partition("  ")[2].partition(":")[0] for line in acts] == ["report, Khunti (Lok Sabha)"] * 3
    entries = json.loads(run("history", "unit/JH-PC11", "--json").stdout)
    assert [each["stream"] for each in entries] == ["unit/JH-PC11", *[f"task/{TASK}"] * 3]


def test_the_history_of_all_below_a_unit_names_the_task_in_each_line(run):
    *_, last = lines(run("history", "JH", "--below"))
    assert last.endswith("  report, Dumka (Lok Sabha): The convenor of Dumka (Lok Sabha) acknowledged the task")


def test_the_history_of_a_task_does_not_name_it_again(run):
    assert not [line for line in lines(run("history", TASK)) if "report, Khunti" in line]


def test_the_files_of_a_unit_are_those_of_its_tasks(run):
    files = json.loads(run("evidence", "list", "JH-PC11", "--json").stdout)
    assert [each["stream"] for each in files] == [f"task/{TASK}"]


def test_what_no_entry_can_match_is_told(desk):
    for args, code, said in (
        (["--office", "foo"], 2, "--office: 'foo' is not an office: write role@UNIT"),
        (["--office", "convenor@NOPE"], 6, "unit: NOPE is unknown"),
        (["--before", "0"], 2, "before: 0 is not a position: write 1 or more"),
    ):
        told = desk.run("log", *args)
        assert (told.exit_code, told.stderr.count("\n")) == (code, 1)
        assert said in told.stderr


@pytest.mark.parametrize("lang", ["en", "hi"])
@pytest.mark.parametrize("question", [["log"], ["history", "written-report"]], ids=" ".join)
def test_lines_go_on_below_at_spaces(desk, monkeypatch, lang, question):
    whole = desk.done(*question, "--lang", lang).stdout
    monkeypatch.setenv("COLUMNS", "60")
    told = desk.done(*question, "--lang", lang).stdout
    assert told.split() == whole.split()
    assert all(ends(line, signs) <= 60 for line in told.splitlines() for signs in (0, 1))
    assert len([line for line in told.splitlines() if not line.startswith("    ")]) == len(whole.splitlines())
