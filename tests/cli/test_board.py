"""How the units of a level stand, at a terminal."""

import csv
import json
from io import StringIO

import pytest
from tests.cli.cells import ends

HQ = ["--as", "clerk@JH"]
DIRECTIVES = ["written-report", "social-groups", "speakers", "alliance-support"]


def rows(told):
    """The rows of a table, and those of its totals."""
    table, _, legend = told.stdout.partition("\n\n1  ")
    lines = table.splitlines()[4:]
    cells = [line.replace(" 1 day", "  1 day").split("  ") for line in lines]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in cells]
    found = {line[0]: line[1:] for line in cells if line}
    return found, legend


@pytest.fixture
def in_all_states(desk):
    """One seat of each: verified, waiting, returned, waived; the others are due, and from the 16th on overdue."""
    for seat in ("JH-PC01", "JH-PC02", "JH-PC03"):
        desk.file(f"{seat}.pdf", f"The report of {seat}")
        desk.done("report", "submit", f"written-report/{seat}", f"{seat}.pdf", "--as", f"convenor@{seat}")
    desk.done("task", "verify", "written-report/JH-PC01", *HQ)
    desk.done("task", "return", "written-report/JH-PC03", "--reason", "Unsigned.", *HQ)
    desk.done("task", "waive", "written-report/JH-PC04", "--reason", "Flood.", *HQ)
    return desk


def test_the_fourteen_seats_in_a_word_and_a_day(in_all_states):
    told = in_all_states.done("board")
    assert told.stdout.startswith("Lok Sabha of Jharkhand, 10 November 2023\n\nunit")
    found, legend = rows(told)
    assert len(found) == 14 + 2
    assert [found[name][0] for name in ("Rajmahal", "Dumka", "Godda", "Chatra", "Ranchi")] == [
        "done 10 Nov",
        "waits 10 Nov",
        "back 10 Nov",
        "waived",
        "due 15 Nov",
    ]
    assert found["Ranchi"][1:] == ["due 20 Nov", "due 15 Dec"]
    assert found["done"] == ["1/14", "0/14", "0/14"]
    assert next(iter(found)) == "Godda", "a returned one is the first, as long as nothing is overdue"
    assert legend.startswith(
        "written-report: Written report on the strengthening of the organisation\n2  social-groups:"
    )


def test_the_days_late_once_the_due_day_has_passed(in_all_states):
    in_all_states.now = in_all_states.now.replace(day=16)
    found, _ = rows(in_all_states.done("board"))
    assert found["Ranchi"][0] == found["Godda"][0] == "1 day late"
    assert found["Dumka"][0] == "waits 10 Nov", "what waits is nobody's delay but headquarters'"
    assert found["overdue"][0] == "11"
    in_all_states.now = in_all_states.now.replace(day=18)
    assert rows(in_all_states.done("board"))[0]["Ranchi"][0] == "3 days late"


def test_what_is_owed_only_below_is_counted(desk):
    found, _ = rows(desk.done("board", "--level", "state", "--directive", "written-report"))
    assert found["Jharkhand"] == ["0/14"]


def test_by_tree_and_page_by_page(in_all_states):
    tree = json.loads(in_all_states.done("board", "--by", "tree", "--json").stdout)
    assert [row["unit"] for row in tree["rows"]] == [f"JH-PC{number:02}" for number in range(1, 15)]
    page = in_all_states.done("board", "--by", "tree", "--limit", "3", "--after", "JH-PC02")
    found, _ = rows(page)
    assert [*found][:3] == ["Godda", "Chatra", "Kodarma"]
    assert found["done"][0] == "1/14", "the totals are of all pages"
    assert "--after JH-PC05" in page.stderr


def test_four_directives_with_days_and_eight_without_fit_eighty_cells(in_all_states, monkeypatch):
    told = [in_all_states.done("board").stdout]
    for number in range(5):
        issue = ["--kind", "written_report", "--title-en", "R", "--set", "period_from=2023-10-01"]
        in_all_states.done("directive", "issue", f"r-{number}", *issue, "--set", "period_to=2023-10-31", *HQ)
        in_all_states.done("directive", "assign", f"r-{number}", "--level", "lok_sabha", "--due", "2023-12-01", *HQ)
    chosen = [*DIRECTIVES[:2], "alliance-support", *(f"r-{number}" for number in range(5))]
    options = [option for each in chosen for option in ("--directive", each)]
    monkeypatch.setenv("COLUMNS", "80")
    told += [in_all_states.done("board", *options).stdout, in_all_states.done("board", "--lang", "hi", *options).stdout]
    assert all(ends(line, signs) <= 80 for text in told for line in text.splitlines()[:20] for signs in (0, 1))
    assert "  back  " in told[1]
    assert "10 Nov" not in told[1].partition("\n\n")[2]


def test_as_json_and_csv(in_all_states):
    view = json.loads(in_all_states.done("board", "--json").stdout)
    assert (view["unit"], view["level"], view["day"], view["number"]) == ("JH", "lok_sabha", "2023-11-10", 14)
    cells = {row["unit"]: row["cells"].get("written-report") for row in view["rows"]}
    assert cells["JH-PC01"] == {
        "expected": 1,
        "done": 1,
        "waived": 0,
        "waiting": 0,
        "returned": 0,
        "overdue": 0,
        "state": "verified",
        "day": "2023-11-10",
        "days_left": None,
    }
    lines = list(csv.DictReader(StringIO(in_all_states.done("board", "--csv").stdout)))
    assert {line["unit"]: line["written-report.state"] for line in lines} == {
        unit: cell["state"] for unit, cell in cells.items()
    }


def test_in_hindi(in_all_states):
    told = in_all_states.done("board", "--lang", "hi").stdout
    assert told.startswith("झारखंड की लोकसभा इकाइयाँ, 10 नवंबर 2023\n\nइकाई")
    assert "15 नव॰ तक" in told
    assert "10 नव॰ को लौटा" in told


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--unit", "JH-PC11", "--level", "state"], 2, "level: state is above JH-PC11: name a level below it"),
        (["--unit", "NOWHERE"], 6, "unit: NOWHERE is unknown"),
        (["--after", "JH"], 6, "after: JH is not on the board: name the last unit of a page"),
        (["--limit", "0"], 2, "limit: must be 1 or more"),
        (["--csv", "--json"], 2, "--csv and --json: give only one of them"),
    ],
)
def test_wrong_input(desk, args, code, said):
    told = desk.run("board", *args)
    assert (told.exit_code, told.stderr.count("\n")) == (code, 1)
    assert said in told.stderr


def test_a_directive_that_is_named_twice_counts_once(desk):
    once = json.loads(desk.done("board", "--level", "state", "--directive", "written-report", "--json").stdout)
    twice = ["--directive", "written-report", "--directive", "written-report"]
    assert json.loads(desk.done("board", "--level", "state", *twice, "--json").stdout) == once
    assert once["columns"][0]["expected"] == 14


def test_below_a_unit_the_days_of_an_extension_count(desk):
    later = ["task", "extend", "written-report/JH-PC11", "--due", "2023-11-18", "--reason", "Flood.", *HQ]
    desk.done(*later)
    for number in range(1, 15):
        if number != 11:
            desk.done("task", "waive", f"written-report/JH-PC{number:02}", "--reason", "R.", *HQ)
    ask = ["board", "--level", "state", "--directive", "written-report", "--json"]

    def cell():
        return json.loads(desk.done(*ask).stdout)["rows"][0]["cells"]["written-report"]

    desk.now = desk.now.replace(day=17)
    assert (cell()["overdue"], cell()["days_left"], cell()["day"]) == (0, 1, None)
    desk.now = desk.now.replace(day=20)
    assert (cell()["overdue"], cell()["days_left"], cell()["day"]) == (1, -2, "2023-11-18")


def test_a_returned_task_comes_before_one_that_is_due_the_same_day(desk):
    desk.done("report", "submit", "written-report/JH-PC12", "report.pdf", "--as", "convenor@JH-PC12")
    desk.done("task", "return", "written-report/JH-PC12", "--reason", "Unsigned.", *HQ)
    board = json.loads(desk.done("board", "--json").stdout)
    assert board["rows"][0]["unit"] == "JH-PC12"
