"""The meeting's other directives at a terminal: groups, speakers, the alliance; units that join; what ends early."""

import json
import re
from importlib.resources import files

import pytest

SAMPLE = files("directives") / "samples" / "khunti-sample.csv"
SEAT, HQ = ["--as", "convenor@JH-PC11"], ["--as", "headquarters@JH"]
GROUPS, SUPPORT, REPORT = "social-groups/JH-PC11", "alliance-support/JH-PC11", "written-report/JH-PC11"
BLOCK, OWN = "speakers/JH-AC60-B1", ["--as", "convenor@JH-AC60-B1"]


@pytest.fixture
def store(run):
    run("init", "--at", "2023-10-01")
    run("org", "import", SAMPLE, "--at", "2023-10-01")
    run("meeting", "record")
    return run


def stored(run, *args):
    return json.loads(run(*args, "--json").stdout)


def test_four_directives_and_fourteen_and_eighty_one_tasks(run):
    run("init")
    recorded = run("meeting", "record").stderr
    assert "speakers: no registered unit owes it, panchayat." in recorded
    assert "S6: a goal, for which no task is owed." in recorded
    rows = stored(run, "status")
    assert len({row["directive"] for row in rows}) == 4
    assert {row["expected"] for row in rows if row["level"] == "lok_sabha"} == {14}
    assert {row["expected"] for row in rows if row["level"] == "vidhan_sabha"} == {81}


def test_the_meeting_is_listed_and_shown(store):
    assert "jharkhand-2023-10-19   19 October 2023" in store("meeting", "list").stdout
    shown = store("meeting", "show", "jharkhand-2023-10-19", "--lang", "hi").stdout
    assert "S2   social-groups" in shown
    assert "S6   लक्ष्य" in shown
    (meeting,) = stored(store, "meeting", "list")
    assert [said["directives"] for said in meeting["statements"]][-1] == []
    assert "MEETING: m is unknown" in store("meeting", "show", "m", code=6).stderr


def test_units_are_imported_once(run):
    run("init")
    assert "cannot change the units" in run("org", "import", SAMPLE, "--as", "clerk@JH-PC01", code=4).stderr
    assert "24 registered." in run("org", "import", SAMPLE).stderr
    assert "nothing changed" in run("org", "import", SAMPLE).stderr
    assert "Sample Block 1 of Torpa" in run("org", "tree").stdout
    assert stored(run, "org", "import", SAMPLE) == {"units": 24, "events": 0}
    assert "none.csv does not exist" in run("org", "import", "none.csv", code=2).stderr


def test_groups_and_the_daily_record(store):
    told = store("group", "create", GROUPS, "--platform", "x", "--name", "खूंटी", *SEAT, "--at", "2023-10-31").stderr
    assert told == (
        "The convenor of Khunti (Lok Sabha) created the group x-1 on X (Twitter), “खूंटी”\n"
        f"{GROUPS} is now acknowledged.\n"
    )
    for day in ("2023-11-01", "2023-11-02", "2023-11-04"):
        store("activity", "post", GROUPS, "--text", "सभा", *SEAT, "--at", day)
    store("group", "count", GROUPS, "--group", "x-1", "--active", "१२०", *SEAT)
    (row,) = stored(store, "status", "--unit", "JH-PC11", "--level", "lok_sabha", "--directive", "social-groups")
    assert row["work"] == {"groups": 1, "active_workers": 120}
    (record,) = stored(store, "daily", "--unit", "JH-PC11", "--level", "lok_sabha")
    assert (record["days"], record["covered"], record["longest"], len(record["gaps"])) == (14, 3, 2, 11)
    each = store("daily", "--level", "lok_sabha", "--each").stdout
    assert "██·█··········   Khunti (Lok Sabha)" in each
    assert len(each.splitlines()) == 35
    assert re.search(r"social-groups +1–14 November 2023 +3 November, 5–14 November +Khunti \(Lok Sabha\)\n", each)
    together = store("daily", "--unit", "JH-PC11", "--level", "lok_sabha", "--lang", "hi").stdout
    assert "1–14 नवंबर 2023 3 नवंबर, 5–14 नवंबर" in " ".join(together.split())
    assert store("daily", "--directive", "speakers").stderr == "No daily record is owed.\n"


def test_speakers_and_support(store):
    store("speaker", "identify", BLOCK, "--speaker", "SP-01", *OWN)
    deploy = ["speaker", "deploy", BLOCK, "--speaker", "SP-01", "--gathering", "हाट", *OWN]
    assert "train before deploying" in store(*deploy, code=4).stderr
    store("speaker", "train", BLOCK, "--speaker", "SP-01", "--subject", "बोलना", *OWN)
    assert "at a block gathering" in store(*deploy).stderr
    store("speaker", "stand-down", BLOCK, "--speaker", "SP-01", "--reason", "बाहर", *OWN)
    assert (
        "speakers: 0 are trained: 2 are asked for; speakers: 0 are deployed"
        in store("task", "submit", BLOCK, *OWN, code=4).stderr
    )
    support = ["alliance", "record", SUPPORT, "--text", "बैठक", *SEAT]
    store(*support, "--what", "briefing", "--partner", "partner-a")
    assert "was never briefed" in store(*support, "--what", "confirmation", "--partner", "partner-b", code=4).stderr
    assert "'rally' is not one of" in store(*support, "--what", "rally", code=2).stderr


def test_waived_and_withdrawn(store):
    waive = ["task", "waive", REPORT, "--reason", "बाढ़"]
    assert "an office above must" in store(*waive, *SEAT, code=4).stderr
    assert "is now waived" in store(*waive, *HQ).stderr
    assert "is already waived: nothing changed" in store(*waive, *HQ).stderr
    assert stored(store, "status", "--directive", "written-report")[0]["waived"] == 1
    withdraw = ["directive", "withdraw", "speakers", "--reason", "टला"]
    assert "--scope" in store(*withdraw, "--help").stdout
    assert "one is missing" in store(*withdraw, "--level", "block", *HQ, code=2).stderr
    assert "cannot withdraw" in store(*withdraw, *SEAT, code=4).stderr
    store(*withdraw, "--level", "block", "--scope", "JH", *HQ)
    assert [row["level"] for row in stored(store, "status", "--directive", "speakers")] == ["panchayat"]
    assert "withdrew the directive" in store(*withdraw, *HQ).stderr
    assert "already withdrawn: nothing changed" in store(*withdraw, *HQ).stderr
    assert store("overdue", "--directive", "speakers").stderr == "Nothing is overdue.\n"
    own = ["speakers/JH-AC60-B1-P1", "--as", "convenor@JH-AC60-B1-P1"]
    assert "was withdrawn" in store("speaker", "identify", *own, "--speaker", "SP-01", code=4).stderr
    assert "withdrawn" in store("directive", "list").stdout
    assert len(stored(store, "task", "list", "--state", "withdrawn")) == 24


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["group", "create", GROUPS, "--platform", "telegram", "--name", "K", *SEAT], 4, "telegram is not asked for"),
        (["group", "create", GROUPS, "--platform", "x y", "--name", "K", *SEAT], 2, "platform: 'x y' is not allowed"),
        (["group", "create", GROUPS, "--platform", "x", *SEAT], 2, "Missing option '--name'"),
        (["group", "count", GROUPS, "--group", "x-1", "--active", "many", *SEAT], 2, "active: 'many' is not allowed"),
        (["group", "count", GROUPS, "--group", "x-1", "--active", "4", *SEAT], 6, "x-1 is not in use"),
        (["activity", "post", GROUPS, "--text", "A", *SEAT, "--at", "2999-01-01"], 2, "is in the future"),
        (["activity", "post", REPORT, "--text", "A", *SEAT], 2, "of the kind written_report"),
        (["speaker", "identify", BLOCK, "--speaker", "एक नाम", *OWN], 2, "speaker: 'एक नाम' is not allowed"),
        (["task", "submit", REPORT, *SEAT], 2, "it is submitted by report submit"),
        (["task", "verify", GROUPS, "--as", "convenor@JH-AC57"], 4, "an office above must"),
        (["daily", "--unit", "JH-PC99"], 6, "unit: JH-PC99 is unknown"),
        (["directive", "withdraw", "nothing", "--reason", "A", *HQ], 6, "DIRECTIVE: nothing is unknown"),
    ],
)
def test_wrong_input_is_one_line_and_changes_nothing(store, args, code, said):
    before = stored(store, "status")
    assert said in store(*args, code=code).stderr
    assert stored(store, "status") == before


def test_a_post_that_does_not_count_is_accepted_and_told_so(store):
    store("group", "create", GROUPS, "--platform", "x", "--name", "खूंटी", *SEAT, "--at", "2023-10-20")
    post = ("activity", "post", GROUPS, "--text", "सभा", *SEAT, "--at")
    outside = "2023-10-31"
    assert store(*post, outside).stderr.endswith(
        f"Note on {GROUPS}: 31 October 2023 does not count: the reporting window is from 1 November 2023 to "
        "14 November 2023.\n"
    )
    assert "Note" not in store(*post, "2023-11-01").stderr
    again = store(*post, "2023-11-01", "--lang", "hi").stderr
    assert "1 नवंबर 2023" in again.splitlines()[-1]
    assert "Note on" in store(*post, "2023-11-01").stderr
    told = store(*post, outside, "--json")
    assert [each["name"] for each in json.loads(told.stdout)] == ["ActivityPosted"]
    assert told.stderr == ""
