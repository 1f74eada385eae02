"""The main job at a terminal: record the meeting, hand a report in, verify it, see it; and what is wrong input."""

import hashlib
import json
import re
from pathlib import Path

import pytest

TASK = "written-report/JH-PC11"
REPORTS = ["--directive", "written-report"]


@pytest.fixture
def office(run, tmp_path):
    """A store with the meeting recorded; run by an office, and the state of the store must not change on an error."""
    run("init")
    run("meeting", "record")
    (tmp_path / "report.txt").write_text("A report.\n")
    (tmp_path / "empty.txt").touch()

    def office(*args, code=0):
        before = run("history", TASK, "--json").stdout if code else ""
        result = run(*args, code=code)
        assert not code or run("history", TASK, "--json").stdout == before
        return result

    return office


def test_status_after_the_meeting(office):
    rows = json.loads(office("status", "--json").stdout)
    expected = {(row["directive"], row["level"]): row["expected"] for row in rows}
    assert expected == {
        ("written-report", "lok_sabha"): 14,
        ("social-groups", "lok_sabha"): 14,
        ("social-groups", "vidhan_sabha"): 81,
        ("social-groups", "block"): 0,
        ("speakers", "block"): 0,
        ("speakers", "panchayat"): 0,
        ("alliance-support", "lok_sabha"): 14,
    }
    (row,) = json.loads(office("status", "--json", *REPORTS).stdout)
    assert (row["directive"], row["level"], row["expected"], row["done"]) == ("written-report", "lok_sabha", 14, 0)
    assert "unit" not in row
    assert list(row) == [
        "directive",
        "kind",
        "level",
        "expected",
        "acknowledged",
        "waiting",
        "returned",
        "verified",
        "waived",
        "done",
        "on_time",
        "on_time_by_date",
        "late",
        "overdue",
        "work",
    ]
    (row,) = json.loads(office("status", "--json", *REPORTS, "--unit", "JH-PC11").stdout)
    assert (row["unit"], row["expected"], row["overdue"]) == ("JH-PC11", 1, 1)
    assert json.loads(office("status", "--json", *REPORTS, "--unit", "JH-AC01").stdout) == []
    assert json.loads(office("status", "--json", *REPORTS, "--level", "block").stdout) == []


def test_the_meeting_twice_changes_nothing_and_says_so(run):
    run("init")
    assert "14 tasks" in run("meeting", "record").stderr
    again = run("meeting", "record")
    assert "nothing changed" in again.stderr
    assert json.loads(run("meeting", "record", "--json").stdout) == []


def test_a_report_from_hand_to_verification(office, run, tmp_path):
    own, above = ("--as", "convenor@JH-PC11"), ("--as", "clerk@JH")
    assert "is now acknowledged" in office("task", "acknowledge", TASK, *own, "--at", "2023-10-25").stderr
    assert "nothing changed" in office("task", "acknowledge", TASK, *own).stderr
    office("report", "submit", TASK, "report.txt", *own, "--at", "2023-11-10T10:00")
    office("report", "submit", TASK, "report.txt", *own, code=4)
    office("task", "return", TASK, "--reason", "No figures.", *above, "--at", "2023-11-12")
    (tmp_path / "report.txt").write_text("A report with figures.\n")
    office(*own, "report", "submit", TASK, "report.txt", "--at", "2023-11-15T23:59")
    office("task", "verify", TASK, *own, code=4)
    office("task", "verify", TASK, *above, "--actor", "convenor@JH-PC11", code=4)
    assert "is now verified" in office("task", "verify", TASK, *above).stderr
    office("task", "verify", TASK, *above, code=4)
    shown = json.loads(office("task", "show", TASK, "--json").stdout)
    assert (shown["state"], shown["submitted_at"], shown["overdue"]) == (
        "verified",
        "2023-11-15T18:29:00.000000Z",
        False,
    )
    (row,) = json.loads(office("status", "--json", *REPORTS).stdout)
    assert (row["done"], row["on_time"], row["late"], row["overdue"]) == (1, 1, 0, 13)
    names = [entry["name"] for entry in json.loads(office("history", TASK, "--json").stdout)]
    assert names == [
        "AssignedToLevel",
        "Acknowledged",
        "ReportRecorded",
        "Submitted",
        "Returned",
        "ReportRecorded",
        "Submitted",
        "Verified",
    ]


def test_the_history_in_hindi_and_in_english(office):
    office("report", "submit", TASK, "report.txt", "--as", "convenor@JH-PC11", "--at", "2023-11-10T10:00")
    first, second, third = office("history", TASK, "--lang", "hi").stdout.splitlines()
    assert first.startswith(
        "19 अक्टूबर 2023, 00:00  झारखंड के मुख्यालय ने इसे झारखंड की हर लोकसभा इकाई को सौंपा, नियत तिथि 15 नवंबर 2023"
    )
    assert "खूंटी (लोकसभा) के संयोजक ने 1 अक्टूबर 2023 से 31 अक्टूबर 2023 तक का प्रतिवेदन 1 प्रस्तुत किया" in second
    assert third.startswith("10 नवंबर 2023, 10:00  खूंटी (लोकसभा) के संयोजक ने कार्य की पूर्णता प्रस्तुत की")
    assert "The convenor of Khunti (Lok Sabha) submitted the task as done" in office("history", TASK).stdout


def test_an_entry_of_the_history_in_json(office):
    entry = json.loads(office("history", "directive/written-report", "--json").stdout)[0]
    assert list(entry) == [
        "position",
        "stream",
        "version",
        "name",
        "occurred_at",
        "recorded_at",
        "actor",
        "office",
        "source",
        "command_id",
        "data",
        "sentence",
        "evidence",
    ]
    assert (entry["position"], entry["stream"], entry["source"]) == (99, "directive/written-report", "cli")


def test_lists_are_arrays_and_tables(office):
    tasks = json.loads(office("task", "list", "--json", *REPORTS).stdout)
    assert len(tasks) == 14
    assert list(tasks[0]) == [
        "task",
        "directive",
        "kind",
        "unit",
        "level",
        "state",
        "due",
        "overdue",
        "days_left",
        "on_time",
        "submitted_at",
        "written_at",
        "verified_at",
    ]
    assert len(json.loads(office("overdue", "--json", *REPORTS).stdout)) == 14
    assert len(json.loads(office("task", "list", "--json", "--state", "submitted").stdout)) == 0
    assert json.loads(office("directive", "list", "--json").stdout)[0]["assignments"][0]["due"] == "2023-11-15"
    table = office("task", "list", "--lang", "hi", "--unit", "JH-PC11", *REPORTS).stdout.splitlines()
    row = table[-3].split()
    assert row[:6] == [TASK, "सौंपा", "गया", "15", "नवंबर", "2023"]
    assert row[7:] == ["दिन", "अतिदेय", "खूंटी", "(लोकसभा)"]
    assert "Lok Sabha of Jharkhand by 15 November 2023" in office("directive", "list").stdout


OWN = ["--as", "convenor@JH-PC11"]
SUBMIT = ["report", "submit", TASK]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ([*SUBMIT, "none.txt", *OWN], 2, "none.txt does not exist"),
        ([*SUBMIT, "empty.txt", *OWN], 2, "empty.txt is empty"),
        ([*SUBMIT, ".", *OWN], 2, ". is a folder"),
        ([*SUBMIT, "report.txt"], 2, "--as: no office is given: use --as ROLE@UNIT"),
        ([*SUBMIT, "report.txt", "--as", "convenor"], 2, "--as: 'convenor' is not allowed: write role@UNIT"),
        ([*SUBMIT, "report.txt", "--as", "convenor@JH-PC99"], 6, "JH-PC99, which is not a unit"),
        ([*SUBMIT, "report.txt", "--as", "convenor@JH-PC01"], 4, "cannot act for JH-PC11"),
        ([*SUBMIT, "report.txt", *OWN, "--period-to", "2023-02-30"], 2, "--period-to: '2023-02-30' is not allowed"),
        ([*SUBMIT, "report.txt", *OWN, "--at", "2023-02-30"], 2, "'2023-02-30' is not a moment"),
        ([*SUBMIT, "report.txt", *OWN, "--at", "2999-01-01"], 2, "is in the future"),
        ([*SUBMIT, "report.txt", *OWN, "--at", "0001-01-01"], 2, "name a year from 1900 to 2999"),
        ([*SUBMIT, "report.txt", *OWN, "--command-id", ""], 2, "--command-id: '' is not allowed"),
        ([*SUBMIT, "report.txt", *OWN, "--language", "fr"], 2, "'fr' is not one of"),
        (["task", "return", TASK, "--as", "clerk@JH"], 2, "Missing option '--reason'"),
        (["task", "return", TASK, "--as", "clerk@JH", "--reason", " "], 2, "reason: ' ' is not allowed"),
        (["task", "show", "nothing"], 6, "TASK: nothing is unknown"),
        (["task", "show", "nothing/JH-PC11"], 6, "TASK: nothing is unknown"),
        (["task", "show", "written-report/JH-PC99"], 6, "TASK: JH-PC99 is unknown"),
        (["task", "verify", "written-report/JH-AC01", "--as", "clerk@JH"], 6, "JH-AC01 owes nothing"),
        (["status", "--unit", "X"], 6, "unit: X is unknown"),
        (["task", "list", "--level", "X"], 6, "level: X is unknown"),
        (["overdue", "--directive", "X"], 6, "directive: X is unknown"),
        (["history", "X"], 6, "REF: X is unknown"),
        (["history", "unit/X"], 6, "REF: unit/X is unknown"),
        (["meeting", "record", "none.toml"], 2, "none.toml does not exist"),
        (["meeting", "record", "report.txt"], 2, "report.txt: is not TOML"),
        (["meeting", "record", "empty.txt"], 2, "empty.txt: id: is missing"),
        (["status", "--db", "sqlite:///report.txt"], 1, "is not a store of directives"),
        (["status", "--db", "sqlite:///none.db"], 6, "there is no store"),
    ],
)
def test_wrong_input_is_one_line_and_changes_nothing(office, args, code, said):
    assert said in office(*args, code=code).stderr


def test_a_command_id_is_carried_out_once(office):
    submit = [*SUBMIT, "report.txt", *OWN, "--command-id", "c1", "--json"]
    assert office(*submit).stdout == office(*submit).stdout
    assert (
        "c1 was used for another command"
        in office("task", "acknowledge", TASK, *OWN, "--command-id", "c1", code=5).stderr
    )


def test_minutes_that_contradict_themselves(office, tmp_path):
    def record(**change):
        fields = {
            "id": "m",
            "kind": "written_report",
            "statement": "S1",
            "level": "booth",
            "scope": "JH",
            "due": "2024-01-01",
        }
        fields |= change
        (tmp_path / "m.toml").write_text(
            """
            id = "m"
            held_on = 2023-10-19
            title = {{ en = "M", hi = "म" }}
            statements = [{{ no = "S1", asks_for = "goal", text = {{ en = "S", hi = "स" }} }}]
            [[directives]]
            id = "d"
            kind = "{kind}"
            statements = ["{statement}"]
            title = {{ en = "D", hi = "द" }}
            set_by_issuing_office = ["due"]
            assign = [{{ level = "{level}", scope = "{scope}", due = {due} }}]
            """.format(**fields)
        )
        return ["meeting", "record", "m.toml"]

    assert "directives.d.statements: S9 is unknown" in office(*record(statement="S9"), code=2).stderr
    assert "kind: nothing is unknown" in office(*record(kind="nothing"), code=6).stderr
    assert "level: zila is unknown" in office(*record(level="zila"), code=6).stderr
    assert "unit: X is unknown" in office(*record(scope="X"), code=6).stderr
    assert "due: 18 October 2023 is before" in office(*record(due="2023-10-18"), code=2).stderr
    assert "due" in office(*record(due='"soon"'), code=2).stderr
    assert len(json.loads(office("directive", "list", "--json").stdout)) == 4
    assert "no registered unit owes it" in office(*record()).stderr
    assert len(json.loads(office("directive", "list", "--json").stdout)) == 5


def test_a_task_for_people(office):
    office("report", "submit", TASK, "report.txt", "--as", "convenor@JH-PC11", "--at", "2023-11-10T10:00")
    shown = office("task", "show", TASK, "--lang", "hi").stdout.splitlines()
    assert [re.sub(r"\([^()]*, \d\d:\d\d को दर्ज\)", "(दर्ज)", " ".join(line.split())) for line in shown] == [
        "कार्य written-report/JH-PC11",
        "निर्देश संगठन सशक्तिकरण का लिखित प्रतिवेदन",
        "इकाई खूंटी (लोकसभा)",
        "स्थिति प्रस्तुत",
        "नियत तिथि 15 नवंबर 2023",
        "अपेक्षा languages: hi, en",
        "period_from: 1 अक्टूबर 2023",
        "period_to: 31 अक्टूबर 2023",
        "max_bytes: 2,00,00,000",
        "साक्ष्य report.txt, 10 बाइट, " + hashlib.sha256(Path("report.txt").read_bytes()).hexdigest()[:12],
        "इतिहास 10 नवंबर 2023, 10:00 खूंटी (लोकसभा) के संयोजक ने 1 अक्टूबर 2023 से 31 अक्टूबर 2023 तक का "
        "प्रतिवेदन 1 प्रस्तुत किया (दर्ज)",
        "10 नवंबर 2023, 10:00 खूंटी (लोकसभा) के संयोजक ने कार्य की पूर्णता प्रस्तुत की (दर्ज)",
        "टिप्पणी तिथि के अनुसार समय पर, लेकिन 15 नवंबर 2023 के बाद दर्ज",
        "उत्तर दे सकता है झारखंड",
        "आगे directives task verify written-report/JH-PC11",
    ]
    assert "No task matches." in office("task", "list", "--state", "returned").stderr
    empty = office("status", "--level", "booth", "--known-at", "2020-01-01").stderr
    assert re.fullmatch(r"Status of Jharkhand, at the end of 1 January 2020, as known then: nothing is owed\.\n", empty)


def test_options_are_taken_before_and_after_the_command(run):
    run("--db", "sqlite:///a.db", "init")
    assert run("--json", "org", "tree", "--db", "sqlite:///a.db").stdout.startswith("[")
    assert run("--db", "sqlite:///missing.db", "org", "--json", "tree", "--db", "sqlite:///a.db").stdout.startswith("[")


def test_lists_are_shown_page_by_page(run):
    run("init")
    run("meeting", "record")
    everything = json.loads(run("task", "list", "--level", "vidhan_sabha", "--json").stdout)
    first = run("task", "list", "--level", "vidhan_sabha", "--limit", "2")
    assert f"For more: --after {everything[1]['task']}" in first.stderr
    second = run("task", "list", "--level", "vidhan_sabha", "--limit", "2", "--after", everything[1]["task"], "--json")
    assert json.loads(second.stdout) == everything[2:4]
    late = run("overdue", "--limit", "1", "--json")
    assert len(json.loads(late.stdout)) == 1
    assert "limit: must be 1 or more, not 0" in run("overdue", "--limit", "0", code=2).stderr
    assert "unit: NOWHERE is unknown" in run("overdue", "--after", "written-report/NOWHERE", code=6).stderr


def test_the_history_of_all_below_a_unit_is_shown_page_by_page(run):
    run("init")
    run("meeting", "record")
    run("task", "acknowledge", "written-report/JH-PC08", "--as", "convenor@JH-PC08")
    everything = json.loads(run("history", "JH-PC08", "--below", "--json").stdout)
    assert {entry["name"] for entry in everything} == {"Registered", "Acknowledged"}
    first = run("history", "JH-PC08", "--below", "--limit", "2")
    assert len(first.stdout.splitlines()) == 2
    assert f"--after {everything[1]['position']}" in first.stderr
    rest = run("history", "JH-PC08", "--below", "--after", str(everything[1]["position"]), "--json")
    assert json.loads(rest.stdout) == everything[2:]
    assert "only with --below" in run("history", "JH-PC08", "--limit", "2", code=2).stderr
    assert "unit: NOWHERE is unknown" in run("history", "NOWHERE", "--below", code=6).stderr


def test_a_status_of_an_earlier_day_is_shown(run):
    run("init")
    run("meeting", "record")
    before = json.loads(run("status", "--as-of", "2023-10-18", "--json").stdout)
    assert before == []
    then = json.loads(run("status", "--as-of", "2023-10-19", "--directive", "written-report", "--json").stdout)
    assert [(row["expected"], row["overdue"]) for row in then] == [(14, 0)]
    late = json.loads(run("status", "--as-of", "2023-11-30", "--directive", "written-report", "--json").stdout)
    assert [(row["expected"], row["overdue"]) for row in late] == [(14, 14)]
    assert json.loads(run("status", "--as-of", "2023-11-30", "--known-at", "2023-10-18", "--json").stdout) == []
    assert "'yesterday' is not a day: write it as 2023-11-30" in run("status", "--as-of", "yesterday", code=2).stderr
    assert "name a year from 1900 to 2999" in run("status", "--known-at", "0001-01-01", code=2).stderr
