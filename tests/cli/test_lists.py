"""Lists at a terminal: their titles and totals, as CSV, and by the pager of a terminal."""

import csv
from io import StringIO

import click
import pytest

from directives_cli import render

HQ = ["--as", "clerk@JH"]


def rows(told):
    return list(csv.DictReader(StringIO(told.stdout)))


@pytest.fixture
def submitted(desk):
    desk.done("report", "submit", "written-report/JH-PC11", "report.pdf", "--as", "convenor@JH-PC11")
    return desk


def test_a_list_says_of_what_unit_and_day_it_is_and_how_many_there_are(submitted):
    submitted.now = submitted.now.replace(day=16)
    told = submitted.done("task", "list", "--directive", "written-report").stdout.splitlines()
    assert (told[0], told[-1]) == ("Tasks: Jharkhand, 16 November 2023", "14 tasks, 13 overdue")
    told = submitted.done("overdue", "--unit", "JH-PC12").stdout.splitlines()
    assert (told[0], told[-1]) == ("Overdue tasks: Lohardaga (Lok Sabha), 16 November 2023", "1 task, 1 overdue")
    told = submitted.done("waiting").stdout.splitlines()
    assert (told[0], told[-1]) == (
        "Waiting for an answer: Jharkhand, 16 November 2023",
        "1 task",
    )


def test_each_list_as_csv(submitted):
    waiting = rows(submitted.done("waiting", "--csv"))
    assert [(row["task"], row["may_answer"]) for row in waiting] == [("written-report/JH-PC11", "JH")]
    tasks = rows(submitted.done("task", "list", "--csv", "--state", "submitted", "--state", "verified"))
    assert [(row["task"], row["state"], row["days_left"]) for row in tasks] == [
        ("written-report/JH-PC11", "submitted", "")
    ]
    late = rows(submitted.done("overdue", "--csv"))
    assert late == []
    directives = rows(submitted.done("directive", "list", "--csv"))
    assert directives[0]["title.hi"] == "संगठन सशक्तिकरण का लिखित प्रतिवेदन"
    (file,) = rows(submitted.done("evidence", "list", "--csv"))
    assert (file["name"], file["size"], file["condition"]) == ("report.pdf", "6", "whole")
    log = rows(submitted.done("log", "--csv", "--limit", "1"))
    assert (log[0]["name"], log[0]["subject"]) == ("Submitted", "written-report/JH-PC11")
    (meeting,) = rows(submitted.done("meeting", "list", "--csv"))
    assert (meeting["meeting"], meeting["held_on"]) == ("jharkhand-2023-10-19", "2023-10-19")
    found = rows(submitted.done("org", "find", "खूंटी", "--csv"))
    assert [(row["code"], row["name.en"]) for row in found][:2] == [("JH-PC11", "Khunti"), ("JH-AC60", "Khunti")]
    told = rows(submitted.done("history", "written-report/JH-PC11", "--csv"))
    assert [row["name"] for row in told] == ["AssignedToLevel", "ReportRecorded", "Submitted"]
    assert submitted.done("person", "list", "--csv").stdout == "person,state,phone,name\n"


def test_that_there_is_nothing_is_told_in_hindi_too(desk):
    assert desk.done("overdue", "--lang", "hi").stderr == "कोई कार्य अतिदेय नहीं है।\n"
    assert desk.done("task", "list", "--state", "waived", "--lang", "hi").stderr == "कोई कार्य नहीं मिला।\n"


def test_a_text_that_begins_like_a_formula_is_none_in_csv(desk):
    desk.done("directive", "issue", "sum", "--kind", "action", "--title-en", "=1+1", "--set", "what=-x", *HQ)
    (row,) = [row for row in rows(desk.done("directive", "list", "--csv")) if row["directive"] == "sum"]
    assert row["title.en"] == "'=1+1"


def test_in_the_order_that_is_asked_for(desk):
    def units(*args):
        return [row["task"] for row in rows(desk.done("task", "list", "--csv", "--limit", "3", *args))]

    assert units("--by", "unit", "--unit", "JH-PC11") == [
        "written-report/JH-PC11",
        "social-groups/JH-PC11",
        "alliance-support/JH-PC11",
    ]
    assert units("--by", "due", "--within", "4") == []
    assert [task.partition("/")[0] for task in units("--by", "due", "--unit", "JH-PC11")] == [
        "written-report",
        "social-groups",
        "social-groups",
    ]


def test_what_does_not_fit_a_terminal_goes_to_its_pager(desk, monkeypatch):
    paged = []
    monkeypatch.setattr(click, "echo_via_pager", lambda text, color=None: paged.append(text))  # noqa: ARG005
    monkeypatch.setattr(render.sys, "stdout", Terminal())
    render.print_lines(["a line"] * 30)
    render.print_lines(["a line"] * 3)
    assert paged == ["a line\n" * 30]


class Terminal:
    """A terminal of 24 lines, by what rich and click ask of one."""

    encoding = "utf-8"

    def isatty(self):
        return True

    def write(self, text):
        return len(text)

    def flush(self):
        pass
