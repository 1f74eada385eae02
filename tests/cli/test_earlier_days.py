"""Questions about an earlier day, at the terminal."""

import json
from datetime import UTC, datetime

import pytest

TASK = "written-report/JH-PC11"
QUESTIONS = {
    "status": ["status"],
    "overdue": ["overdue"],
    "waiting": ["waiting"],
    "task list": ["task", "list"],
    "task show": ["task", "show", TASK],
    "daily": ["daily"],
    "board": ["board"],
    "history": ["history", TASK],
    "org tree": ["org", "tree"],
}
each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture
def worked(desk):
    """A report of the 10th of November, verified on the 18th; the seat is called otherwise since the 20th."""
    desk.now = datetime(2023, 11, 10, 6, tzinfo=UTC)
    desk.done("report", "submit", TASK, "report.pdf", "--as", "convenor@JH-PC11")
    desk.now = datetime(2023, 11, 18, 6, tzinfo=UTC)
    desk.done("task", "verify", TASK, "--as", "clerk@JH", "--actor", "v")
    desk.now = datetime(2023, 11, 20, 6, tzinfo=UTC)
    desk.done("org", "rename", "JH-PC11", "--name-en", "New", "--name-hi", "नया")
    desk.done("org", "retire", "JH-AC81", "--reason", "Merged.")
    desk.now = datetime(2023, 11, 25, 6, tzinfo=UTC)
    return desk


def told(result):
    return result.stdout + result.stderr


@each_question
def test_each_says_of_which_day_it_tells(worked, question):
    earlier = told(worked.run(*question, "--as-of", "2023-11-12"))
    assert "at the end of 12 November 2023" in earlier
    assert "as known" not in earlier
    known = told(worked.run(*question, "--as-of", "2023-11-12", "--known-at", "2023-11-19"))
    assert "at the end of 12 November 2023, as known at the end of 19 November 2023" in known
    alone = told(worked.run(*question, "--known-at", "2023-11-12"))
    assert "at the end of 12 November 2023, as known then" in alone
    hindi = told(worked.run(*question, "--as-of", "2023-11-12", "--lang", "hi"))
    assert "12 नवंबर 2023 के अंत में" in hindi
    assert "at the end" not in hindi
    assert worked.run(*question, "--as-of", "2023-11-25").stdout == worked.run(*question).stdout
    assert worked.run(*question, "--as-of", "2030-01-01").stdout == worked.run(*question).stdout


@each_question
@pytest.mark.parametrize(
    "option",
    [["--as", "clerk@JH"], ["--actor", "v"], ["--at", "2023-11-01"], ["--clock-is-right"], ["--command-id", "c"]],
)
def test_a_question_refuses_what_it_does_not_use(worked, question, option):
    refused = worked.run(*question, *option)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"Error: {option[0]}: questions do not use it")
    assert refused.stderr.count("\n") == 1


OTHERS = [
    *(["directive", "list"], ["directive", "show", "speakers"], ["meeting", "list"], ["org", "show", "JH"]),
    *(["org", "find", "Khunti"], ["person", "list"], ["evidence", "list"], ["kind", "list"], ["doctor"], ["log"]),
    *(["todo", "--unit", "JH"], ["report", "list", "--below"]),
]


@pytest.mark.parametrize("question", OTHERS, ids=" ".join)
def test_so_does_every_other_question(worked, question):
    refused = worked.run(*question, "--at", "2023-11-01")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert refused.stderr.startswith("Error: --at: questions do")
    assert worked.run(*question).exit_code == 0
    assert worked.run("report", "list", "--as", "convenor@JH-PC11").exit_code == 0, "its unit is meant"


@each_question
@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
def test_what_is_no_day_is_refused_in_one_line(worked, question, option):
    refused = worked.run(*question, option, "12 Nov")
    assert refused.exit_code == 2
    assert "is not a day: write it as 2023-11-30" in refused.stderr


def data(desk, *question):
    return json.loads(desk.run(*question, "--json").stdout)


def test_they_tell_what_was_so_then(worked):
    then, now = ["--as-of", "2023-11-12"], ["--as-of", "2023-11-18"]
    assert [row["task"] for row in data(worked, "waiting", *then)] == [TASK]
    assert data(worked, "waiting", *now) == []
    assert data(worked, "task", "show", TASK, *then)["state"] == "submitted"
    assert data(worked, "task", "show", TASK, *now)["state"] == "verified"
    assert [row["task"] for row in data(worked, "task", "list", "--state", "submitted", *then)] == [TASK]
    assert [row["name"] for row in data(worked, "history", TASK, *then)][-1] == "Submitted"
    assert data(worked, "overdue", *then) == []
    assert len(data(worked, "overdue", "--as-of", "2023-11-16")) == 13, "the one that waits is not among them"
    rows = {row["unit"]: row["cells"]["written-report"]["state"] for row in data(worked, "board", *then)["rows"]}
    assert (rows["JH-PC11"], rows["JH-PC01"]) == ("waiting", "due")
    (row,) = data(worked, "status", *then, "--level", "vidhan_sabha")
    assert row["expected"] == 81
    (row,) = data(worked, "status", "--level", "vidhan_sabha")
    assert row["expected"] == 80


def test_units_have_the_names_of_then_in_the_tree_and_in_histories(worked):
    assert {unit["code"]: unit["name"]["en"] for unit in data(worked, "org", "tree")}["JH-PC11"] == "New"
    units = {unit["code"]: unit["name"]["en"] for unit in data(worked, "org", "tree", "--as-of", "2023-11-12")}
    assert (units["JH-PC11"], "JH-AC81" in units) == ("Khunti", True)
    assert "JH-AC81" not in {unit["code"] for unit in data(worked, "org", "tree", "--as-of", "2023-11-20")}
    assert data(worked, "org", "tree", "--as-of", "2019-01-01") == []
    assert "convenor of Khunti" in worked.run("history", TASK, "--as-of", "2023-11-12").stdout
    assert "convenor of New" in worked.run("history", TASK).stdout


def test_what_was_not_owed_then_is_told_in_a_line(worked):
    refused = worked.run("task", "show", TASK, "--as-of", "2019-01-01")
    said = "was not owed on 1 January 2019, as far as was known: name other days, or none"
    told = f"Error: TASK: written-report/JH-PC11 {said}\n"
    assert (refused.exit_code, refused.stderr) == (6, told)


def test_what_to_do_next_is_of_today(worked):
    assert "next" in worked.run("task", "show", "written-report/JH-PC01").stdout
    assert "next" not in worked.run("task", "show", "written-report/JH-PC01", "--as-of", "2023-11-12").stdout


def test_what_changed_between_two_days_is_told_in_counts_and_sentences(worked):
    worked.done("task", "acknowledge", "written-report/JH-PC01", "--as", "convenor@JH-PC01", "--at", "2023-11-11T09:00")
    days = ["--from", "2023-11-12", "--to", "2023-11-25"]
    printed = worked.done("diff", *days, "--directive", "written-report").stdout
    assert printed.startswith("Changes: Jharkhand, from the end of 12 November 2023 to the end of 25 November 2023\n")
    (row,) = [line for line in printed.splitlines() if line.startswith("written-report ")]
    assert row.split() == [
        "written-report",
        "14",
        "0",
        "→",
        "1",
        "1",
        "→",
        "0",
        "0",
        "→",
        "1",
        "0",
        "→",
        "1",
        "0",
        "→",
        "13",
        "Lok",
        "Sabha",
    ]
    assert "written-report/JH-PC11, New: submitted → verified; on time\n" in printed
    assert "written-report/JH-PC01, Rajmahal (Lok Sabha): assigned → acknowledged\n" in printed
    later = printed.partition("Recorded in between, and dated 12 November 2023 or before:\n")[2]
    assert "11 November 2023, 09:00" in later
    hindi = worked.done("diff", *days, "--directive", "written-report", "--lang", "hi").stdout
    assert "बदलाव: झारखंड, 12 नवंबर 2023 के अंत से 25 नवंबर 2023 के अंत तक" in hindi
    assert "प्रस्तुत → सत्यापित; समय पर" in hindi
    found = data(worked, "diff", *days, "--level", "vidhan_sabha")
    assert [(task["task"], task["change"]) for task in found["tasks"]] == [("social-groups/JH-AC81", "left")]
    assert [(row["before"]["expected"], row["after"]["expected"]) for row in found["counts"]] == [(81, 80)]


def test_nothing_changed_is_told_in_a_line(worked):
    quiet = worked.done("diff", "--from", "2023-11-12", "--to", "2023-11-13")
    assert quiet.stderr.endswith("13 November 2023: nothing changed.\n")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["--from", "2023-11-25", "--to", "2023-11-26"], "from: 25 November 2023 has not ended: name an earlier day"),
        (["--from", "2023-11-12", "--to", "2023-11-12"], "to: 12 November 2023 is not after 12 November 2023"),
        (["--from", "2023-11-28", "--to", "2023-11-01"], "to: 1 November 2023 is not after 28 November 2023"),
        (["--from", "2023-11-12"], "Missing option '--to'"),
        (["--from", "12 Nov", "--to", "2023-11-12"], "is not a day: write it as 2023-11-30"),
        (["--from", "2023-11-12", "--to", "2023-11-13", "--at", "2023-11-12"], "--at: questions do not use it"),
    ],
)
def test_days_that_make_no_sense_are_refused_in_a_line(worked, days, said):
    refused = worked.run("diff", *days)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert said in refused.stderr
