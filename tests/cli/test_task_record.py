"""All of a task, at a terminal: what is asked, what is on record, who did what, and what to do next."""

import json

TASK = "written-report/JH-PC11"
OWN, HQ = ["--as", "convenor@JH-PC11"], ["--as", "clerk@JH"]


def fields(told):
    """The fields that are shown, each with its values."""
    found, name = {}, ""
    for line in told.stdout.splitlines():
        name = line[:11].strip() or name
        found.setdefault(name, []).append(" ".join(line[11:].split()))
    return found


def test_why_it_was_returned_by_whom_and_what_to_do(desk):
    desk.done("report", "submit", TASK, "report.pdf", *OWN)
    desk.done("task", "return", TASK, "--reason", "Unsigned.", "--actor", "W7", *HQ)
    told = fields(desk.done("task", "show", TASK))
    assert told["state"] == ["returned"]
    assert told["due"] == ["15 November 2023, 5 days"]
    assert told["asked"][:2] == ["languages: hi, en", "period_from: 1 October 2023"]
    assert told["history"] == [
        "10 November 2023, 10:00 The convenor of Khunti (Lok Sabha) submitted report 1 "
        "for 1 October 2023 to 31 October 2023",
        "10 November 2023, 10:00 The convenor of Khunti (Lok Sabha) submitted the task as done",
        "10 November 2023, 10:00 The clerk of Jharkhand (W7) returned it: Unsigned.",
    ]
    assert told["evidence"] == ["report.pdf, 6 bytes, b6ce788d9786"]
    assert told["lacking"] == ["a corrected report"]
    assert told["may answer"] == ["Jharkhand"]
    assert told["next"] == ["directives report submit written-report/JH-PC11 FILE"]


def test_an_act_tells_when_it_was_written_down(desk):
    desk.done("report", "submit", TASK, "report.pdf", *OWN, "--at", "2023-11-08T18:00")
    told = fields(desk.done("task", "show", TASK))
    assert told["history"][1] == (
        "8 November 2023, 18:00 The convenor of Khunti (Lok Sabha) submitted the task as done "
        "(recorded 10 November 2023, 10:00)"
    )
    assert told["next"] == ["directives task verify written-report/JH-PC11"]
    desk.done("task", "verify", TASK, *HQ)
    after = fields(desk.done("task", "show", TASK))
    assert "next" not in after
    assert "may answer" not in after
    assert after["judged"] == ["on time, by 15 November 2023"]


def test_what_is_on_record_and_the_days_that_were_missed(desk):
    groups = "social-groups/JH-PC11"
    desk.done("group", "create", groups, "--platform", "x", "--name", "Khunti", *OWN)
    for day in (1, 2, 5):
        desk.done("activity", "post", groups, "--text", "Rally.", *OWN, "--at", f"2023-11-0{day}T18:00")
    told = fields(desk.done("task", "show", groups))
    assert told["on record"] == ["groups: 1", "active workers: 0"]
    assert told["daily"] == [
        "3 of 9 days, from 1 November 2023 to 14 November 2023; missed: 3–4 November, 6–9 November"
    ]
    assert told["lacking"][0] == "no group on whatsapp, instagram, facebook"
    assert len(told["history"]) == 4


def test_only_the_newest_of_much_work_is_told_and_all_that_was_done_about_it(desk):
    groups = "social-groups/JH-PC11"
    desk.done("task", "acknowledge", groups, *OWN)
    desk.done("group", "create", groups, "--platform", "x", "--name", "Khunti", *OWN)
    for number in range(12):
        desk.done("activity", "post", groups, "--text", f"Rally {number}.", *OWN)
    told = fields(desk.done("task", "show", groups))["history"]
    assert len(told) == 11
    assert told[0].endswith("acknowledged the task")
    assert told[1].endswith("Rally 2.")
    view = json.loads(desk.done("task", "show", groups, "--json").stdout)
    assert ([act["name"] for act in view["acts"]], len(view["recent"])) == (["Acknowledged"], 10)
    assert [lack["what"] for lack in view["lacking"]] == ["platforms", "days"]
    assert (view["work"], view["deed"], view["may_answer"]) == (
        {"groups": 1, "active_workers": 0},
        "group create",
        ["JH"],
    )


def test_the_name_of_a_file_is_kept_with_it(desk):
    desk.file("प्रतिवेदन अक्टूबर.pdf", "Report of October")
    desk.done("report", "submit", TASK, "प्रतिवेदन अक्टूबर.pdf", *OWN, "--command-id", "c-1")
    (file,) = json.loads(desk.done("evidence", "list", "--json").stdout)
    assert file["name"] == "प्रतिवेदन अक्टूबर.pdf"
    assert "   प्रतिवेदन अक्टूबर.pdf" in desk.done("evidence", "list").stdout.splitlines()[-1]
    desk.file("again.pdf", "Report of October")
    desk.done("report", "submit", TASK, "again.pdf", *OWN, "--command-id", "c-1")
    assert len(json.loads(desk.done("evidence", "list", "--json").stdout)) == 1, "the same command, by another name"


def test_a_name_that_is_no_line_is_left_out(desk, tmp_path):
    from directives import Tracker

    with Tracker(tmp_path / "other.db", create=True) as tracker:
        for name in ("a\nb.txt", "a\u202eb.txt", "x" * 250 + ".pdf"):
            path = tmp_path / name
            path.write_text(name)
            kept = tracker.keep_evidence(path)
            assert kept.name == (name if name.isprintable() and len(name) <= 255 else None)
            assert "name" not in kept.changed(name=None).model_dump(mode="json")


def test_a_moment_is_told_as_people_write_it(desk):
    desk.done("report", "submit", TASK, "report.pdf", *OWN, "--at", "2023-11-09T18:00")
    early = ["task", "verify", TASK, *HQ, "--at", "2023-11-08T18:00"]
    assert "at: 8 November 2023, 18:00 is before it was submitted (9 November 2023, 18:00)" in desk.run(*early).stderr
    assert "9 नवंबर 2023, 18:00" in desk.run(*early, "--lang", "hi").stderr
    amend = ["directive", "amend", "written-report", "--grace-days", "3", "--reason", "R", *HQ]
    desk.done(*amend)
    later = [*amend[:4], "4", *amend[5:], "--at", "2023-11-01"]
    assert "at: 1 November 2023, 00:00 is before the last change of written-report" in desk.run(*later).stderr
