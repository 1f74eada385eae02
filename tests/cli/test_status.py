"""How the directives stand, at a terminal: the day and the unit, the table, and the work that is counted."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest

from directives import Status, Text, Tracker

KHUNTI = ["--as", "convenor@JH-PC11"]


@pytest.fixture
def worked(desk):
    """Two groups in Khunti with their workers, and a step of the alliance."""
    task = "social-groups/JH-PC11"
    for platform, active in (("x", 670), ("whatsapp", 1340)):
        desk.done("group", "create", task, "--platform", platform, "--name", "Khunti", *KHUNTI)
        desk.done("group", "count", task, "--group", f"{platform}-1", "--active", active, *KHUNTI)
    desk.done("alliance", "record", "alliance-support/JH-PC11", "--what", "step", "--text", "Committee.", *KHUNTI)
    return desk


def told(done):
    """The title, and what stands below the table."""
    title, _, *table = done.stdout.splitlines()
    return title, table[table.index("") + 1 :] if "" in table else []


def test_the_work_that_is_counted_stands_below_the_table(worked):
    assert told(worked.run("status", "--unit", "JH-PC11")) == (
        "Status of Khunti (Lok Sabha), 10 November 2023",
        [
            "social-groups, Lok Sabha: groups 2, active workers 2,010",
            "alliance-support, Lok Sabha: steps 1, briefings 0, activities 0, confirmations 0",
        ],
    )
    assert told(worked.run("status", "--directive", "written-report")) == ("Status of Jharkhand, 10 November 2023", [])


def test_the_same_in_hindi(worked):
    assert told(worked.run("status", "--unit", "JH-PC11", "--directive", "social-groups", "--lang", "hi")) == (
        "खूंटी (लोकसभा) की स्थिति, 10 नवंबर 2023",
        ["social-groups, लोकसभा: समूह 2, सक्रिय कार्यकर्ता 2,010"],
    )


def test_no_work_is_no_line(desk):
    assert told(desk.run("status")) == ("Status of Jharkhand, 10 November 2023", [])
    assert desk.run("status", "--level", "booth").stdout == ""


def test_the_title_has_the_days_that_are_asked_about(worked):
    worked.now += timedelta(days=2)
    title, work = told(worked.run("status", "--as-of", "2023-11-09"))
    assert (title, work) == ("Status of Jharkhand, at the end of 9 November 2023", [])
    both = worked.run("status", "--as-of", "2023-11-09", "--known-at", "2023-11-10")
    expected = "Status of Jharkhand, at the end of 9 November 2023, as known at the end of 10 November 2023"
    assert told(both)[0] == expected
    known = worked.run("status", "--known-at", "2023-11-10", "--lang", "hi")
    assert told(known)[0] == "झारखंड की स्थिति, 10 नवंबर 2023 के अंत में, जैसा तब ज्ञात था"


def test_a_number_without_a_word_has_its_name(worked, monkeypatch):
    row = dict.fromkeys(Status.model_fields, 0) | {"directive": "d", "kind": "action", "level": "l", "unit": None}
    row["not_installed"] = None
    row |= {"work": {"actions": 3, "own_number": 1}, "level_name": Text(en="Level")}
    monkeypatch.setattr(Tracker, "status", lambda *_, **__: [Status(**row)])
    assert told(worked.run("status"))[1] == ["d, Level: actions 3, own_number 1"]


def test_as_csv_it_has_the_numbers_of_json_and_the_work(worked):
    rows = [*csv.DictReader(StringIO(worked.run("status", "--csv").stdout))]
    stored = json.loads(worked.run("status", "--json").stdout)
    assert len(rows) == len(stored)
    for row, each in zip(rows, stored, strict=True):
        numbers = {name: str(value) for name, value in each.items() if name not in ("work",)}
        assert {name: row[name] for name in numbers} == numbers
        assert {name: row[f"work.{name}"] for name in each["work"]} == {k: str(v) for k, v in each["work"].items()}
    assert rows[1]["work.active_workers"] == "2010"
    assert worked.run("status", "--csv", "--json").exit_code == 2


def test_daily_as_csv_has_the_window_and_the_gaps(worked):
    worked.done("activity", "post", "social-groups/JH-PC11", "--text", "Posted.", "--at", "2023-11-10", *KHUNTI)
    (row,) = csv.DictReader(StringIO(worked.run("daily", "--unit", "JH-PC11", "--level", "lok_sabha", "--csv").stdout))
    (stored,) = json.loads(worked.run("daily", "--unit", "JH-PC11", "--level", "lok_sabha", "--json").stdout)
    assert (row["window_from"], row["window_to"], row["unit"]) == ("2023-11-01", "2023-11-14", "JH-PC11")
    assert row["gaps"].split("; ") == stored["gaps"]
    assert (row["covered"], row["streak"]) == ("1", "1")
