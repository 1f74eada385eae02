"""What a unit has still to do, at a terminal."""

import csv
import json
from io import StringIO

import pytest

KHUNTI = ["--as", "convenor@JH-PC11"]
DUMKA = "JH-PC02"


def listed(desk, *args):
    return [row["task"] for row in json.loads(desk.run("todo", *args, "--json").stdout)]


def test_what_a_seat_owes_by_due_day_with_what_lacks_and_the_command(desk):
    told = desk.run("todo", *KHUNTI)
    assert told.stdout.splitlines() == [
        "Khunti (Lok Sabha), 10 November 2023: to do, by due day",
        "",
        "15 November 2023 (5 days): Written report on the strengthening of the organisation",
        "  - a report",
        "  directives report submit written-report/JH-PC11 FILE",
        "",
        "20 November 2023 (10 days): Social-media groups with each day's activity",
        "  - no group on whatsapp, instagram, facebook, x",
        "  - covers 0 of the 14 days from 1 November 2023 to 14 November 2023: 80 per cent are asked for",
        "  directives group create social-groups/JH-PC11 --platform whatsapp --name NAME",
        "",
        "15 December 2023 (35 days): Strengthening all 14 seats for the alliance",
        "  - steps: 0 are on record: 2 are asked for",
        "  - briefings: 0 are on record: 1 is asked for",
        "  - activities: 0 are on record: 1 is asked for",
        "  - confirmations: 0 are on record: 1 is asked for",
        "  directives alliance record alliance-support/JH-PC11 --what step --text TEXT",
    ]


def test_the_command_that_is_named_is_one_that_works(desk):
    step = "directives alliance record alliance-support/JH-PC11 --what step --text TEXT"
    for args in (["alliance-support/JH-PC11"], ["alliance-support/JH-PC11"]):
        assert step in desk.run("todo", *KHUNTI).stdout
        assert desk.run(*step.split()[1:], *KHUNTI).exit_code == 0, args
    assert "--what briefing" in desk.run("todo", *KHUNTI).stdout


def test_what_is_submitted_is_not_to_do_and_what_is_returned_is(desk):
    desk.run("report", "submit", "written-report/JH-PC11", "report.pdf", *KHUNTI)
    assert listed(desk, *KHUNTI) == ["social-groups/JH-PC11", "alliance-support/JH-PC11"]
    desk.run("task", "return", "written-report/JH-PC11", "--reason", "Unsigned.", "--as", "clerk@JH")
    assert listed(desk, *KHUNTI)[0] == "written-report/JH-PC11"
    told = desk.run("todo", *KHUNTI, "--within", "7").stdout
    assert "15 November 2023 (5 days, returned)" in told
    assert "a corrected report" in told
    assert "social-groups" not in told


def test_a_reassigned_task_is_to_do_for_the_unit_that_does_it(desk):
    desk.run("task", "reassign", "written-report/JH-PC11", "--unit", DUMKA, "--reason", "Ill.", "--as", "clerk@JH")
    assert "written-report/JH-PC11" not in listed(desk, *KHUNTI)
    assert listed(desk, "--unit", DUMKA)[:2] == ["written-report/JH-PC02", "written-report/JH-PC11"]
    assert ", Khunti (Lok Sabha) (done by Dumka (Lok Sabha))" in desk.run("todo", "--unit", DUMKA).stdout


def test_an_office_that_only_verifies_is_sent_to_what_waits(desk):
    desk.run("report", "submit", "written-report/JH-PC11", "report.pdf", *KHUNTI)
    told = desk.run("todo", "--as", "clerk@JH")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.splitlines() == [
        "Jharkhand has nothing to do.",
        "1 submission waits for its answer: directives waiting --unit JH",
    ]
    assert "its answer" not in desk.run("todo", *KHUNTI).stderr, "its own submission is answered above"


def test_below_tells_of_which_unit_and_goes_on_page_by_page(desk):
    everything = listed(desk, "--as", "clerk@JH", "--below")
    assert len(everything) == len({*everything}) > 50
    first = desk.run("todo", "--as", "clerk@JH", "--below", "--limit", "2")
    assert "organisation, Rajmahal" in first.stdout
    place = first.stderr.split("--after ")[1].strip()
    assert listed(desk, "--unit", "JH", "--below", "--limit", "3", "--after", place) == everything[2:5]
    assert place.endswith("@2023-11-15")


def test_in_hindi(desk):
    told = desk.run("todo", "--lang", "hi", "--as", "संयोजक@खूंटी, लोकसभा").stdout
    assert told.startswith("खूंटी (लोकसभा), 10 नवंबर 2023: शेष कार्य, नियत तिथि के क्रम में")
    assert "15 नवंबर 2023 (5 दिन): संगठन सशक्तिकरण का लिखित प्रतिवेदन\n  - प्रतिवेदन\n" in told


def test_as_csv_with_what_lacks(desk):
    rows = list(csv.DictReader(StringIO(desk.run("todo", *KHUNTI, "--csv").stdout)))
    assert [row["task"] for row in rows] == listed(desk, *KHUNTI)
    assert (rows[0]["days_left"], rows[0]["deed"], rows[0]["overdue"]) == ("5", "report submit", "no")
    assert rows[2]["lacking"].startswith("steps 0 2 alliance record")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "--as: no office is given: use --as ROLE@UNIT, set DIRECTIVES_AS, or name a unit with --unit"),
        (["--unit", "JH", "--within", "-1"], "within: -1 is not a number of days: write 0 to 36,500"),
        (["--unit", "JH", "--limit", "0"], "limit: must be 1 or more"),
        (["--unit", "JH", "--below", "--after", "written-report/JH-PC11@x"], "x"),
        (["--unit", "JH", "--csv", "--json"], "--csv and --json: give only one of them"),
    ],
)
def test_wrong_input(desk, args, said):
    told = desk.run("todo", *args)
    assert told.exit_code in (2, 6)
    assert said in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_task_in_the_hands_of_a_retired_unit_waits_for_an_office_above(desk):
    desk.done("task", "reassign", "written-report/JH-PC11", "--unit", "JH-AC05", "--reason", "R.", "--as", "clerk@JH")
    desk.done("org", "retire", "JH-AC05", "--reason", "Merged.")
    told = desk.done("todo", *KHUNTI).stdout
    assert "JH-AC05 should do it but was retired: an office above must reassign it" in told
    assert "directives task reassign written-report/JH-PC11 --unit UNIT --reason REASON" in told
    acknowledged = desk.done("task", "acknowledge", "--unit", "JH-PC11", "--yes", *KHUNTI)
    assert "written-report" not in acknowledged.stdout + acknowledged.stderr


def test_the_line_for_a_partner_has_one_who_can_confirm(desk):
    own = ["alliance-support/JH-PC11", "--text", "T", *KHUNTI]
    for _ in range(2):
        desk.done("alliance", "record", *own, "--what", "step")
    assert "--what briefing --text TEXT --partner PARTNER" in desk.done("todo", *KHUNTI).stdout
    for what in ("briefing", "activity"):
        desk.done("alliance", "record", *own, "--what", what, "--partner", "partner-b")
    assert "--what confirmation --text TEXT --partner partner-b" in desk.done("todo", *KHUNTI).stdout


def test_once_the_window_is_over_the_line_has_a_day_that_counts(desk):
    groups = "social-groups/JH-PC11"
    for platform in ("whatsapp", "instagram", "facebook", "x"):
        desk.done("group", "create", groups, "--platform", platform, "--name", "Khunti", *KHUNTI)
    assert f"directives activity post {groups} --text TEXT\n" in desk.done("todo", *KHUNTI).stdout
    desk.now = desk.now.replace(day=16)
    assert f"directives activity post {groups} --text TEXT --at 2023-11-14\n" in desk.done("todo", *KHUNTI).stdout
    desk.done("activity", "post", groups, "--text", "T", "--at", "2023-11-14", *KHUNTI)
    assert "--at 2023-11-13" in desk.done("todo", *KHUNTI).stdout
    assert "next       directives activity post" in desk.done("task", "show", groups).stdout


def test_an_office_that_is_none_is_told(desk):
    told = desk.run("todo", "--as", "nonsense")
    assert told.exit_code == 2
    assert "--as: 'nonsense' is not an office: write role@UNIT, as convenor@JH-PC08" in told.stderr


def test_a_task_that_was_reassigned_to_a_unit_below_is_to_do_there_alone(desk):
    desk.done("task", "reassign", "written-report/JH-PC11", "--unit", "JH-AC60", "--reason", "R.", "--as", "clerk@JH")
    assert "written-report/JH-PC11" not in listed(desk, "--unit", "JH-PC11")
    assert "written-report/JH-PC11" in listed(desk, "--unit", "JH-AC60")
    assert "written-report/JH-PC11" in listed(desk, "--unit", "JH-PC11", "--below")
