"""At a terminal: one document from two seats is told to both, to the office that verifies, and by the lists."""

import json

import pytest

ONE, TWO, THREE = (f"written-report/JH-PC{number:02}" for number in (11, 4, 3))
ABOVE = ["--as", "clerk@JH"]


@pytest.fixture
def hand_in(run, tmp_path):
    """Hand a report of that content in for a task, in a store with the meeting recorded."""
    run("init")
    run("meeting", "record")

    def hand_in(task, content="A report.\n", *options):
        (tmp_path / "report.txt").write_text(content)
        office = f"convenor@{task.rpartition('/')[2]}"
        return run("report", "submit", task, "report.txt", "--as", office, *options)

    return hand_in


def line_of(result, beginning):
    return [line.split(maxsplit=2)[-1] for line in result.stdout.splitlines() if line.startswith(beginning)]


def test_who_hands_it_in_second_and_who_answers_are_told(run, hand_in):
    assert "same document" not in hand_in(ONE).stderr
    same = f"The same document was submitted for Khunti (Lok Sabha) [{ONE}]."
    assert hand_in(TWO).stderr.splitlines()[-2:] == [f"{TWO} is now submitted.", same]
    assert "same document" not in hand_in(THREE, "Another.\n").stderr
    verified = run("task", "verify", ONE, *ABOVE, "--lang", "hi").stderr.splitlines()
    assert verified[-1] == f"यही दस्तावेज़ चतरा (लोकसभा) [{TWO}] के लिए भी प्रस्तुत हुआ है।"
    assert run("task", "return", TWO, "--reason", "Whose is it?", *ABOVE).stderr.splitlines()[-1] == same
    assert "same document" not in run("task", "reopen", ONE, "--reason", "Whose?", *ABOVE).stderr
    assert "same document" not in run("task", "return", THREE, "--reason", "No figures.", *ABOVE).stderr
    assert json.loads(hand_in(TWO, "A third.\n", "--json").stdout)[0]["name"] == "ReportRecorded"


def test_a_corrected_document_is_told_of_by_itself(run, hand_in):
    hand_in(ONE)
    hand_in(TWO)
    run("task", "return", TWO, "--reason", "It is Khunti's.", *ABOVE)
    assert "same document" not in hand_in(TWO, "Our own report.\n").stderr


def test_both_are_told_by_show_and_history_and_in_json_where_there_is_one(run, hand_in):
    hand_in(ONE)
    assert "same document" not in run("task", "show", ONE).stdout
    assert "same_document" not in json.loads(run("task", "show", ONE, "--json").stdout)
    hand_in(TWO)
    assert line_of(run("task", "show", TWO), "same document") == [f"Khunti (Lok Sabha) [{ONE}]"]
    assert json.loads(run("task", "show", ONE, "--json").stdout)["same_document"] == [TWO]
    assert f"[the same document was submitted for {TWO}]" in run("history", ONE).stdout
    assert "[यही दस्तावेज़ " in run("history", ONE, "--lang", "hi").stdout
    assert line_of(run("task", "show", TWO, "--lang", "hi"), "वही दस्तावेज़") == [f"खूंटी (लोकसभा) [{ONE}]"]
    (entry,) = [each for each in json.loads(run("history", TWO, "--json").stdout) if each["evidence"]]
    assert entry["evidence"][0]["same_document"] == [ONE]


def test_lists_have_a_column_where_there_is_one(run, hand_in):
    hand_in(ONE)
    hand_in(THREE, "Another.\n")
    for command in (["waiting"], ["evidence", "list"]):
        assert "same document" not in run(*command).stdout
    hand_in(TWO)
    for command in (["waiting"], ["evidence", "list"]):
        rows = run(*command).stdout.splitlines()
        assert any(row.endswith("same document") for row in rows)
        assert [row.split()[-1] for row in rows if row.endswith(("PC11", "PC04"))] == [TWO, ONE]
    assert [each.get("same_document") for each in json.loads(run("waiting", "--json").stdout)] == [[TWO], None, [ONE]]


def test_of_many_three_are_named(run, hand_in):
    for number in range(1, 5):
        hand_in(f"written-report/JH-PC{number:02}")
    assert hand_in("written-report/JH-PC05").stderr.splitlines()[-1].endswith("] and 1 more.")
    for number in range(6, 13):
        last = hand_in(f"written-report/JH-PC{number:02}").stderr.splitlines()[-1]
    assert last.endswith("] and at least 7 more.")
    (line,) = line_of(run("task", "show", "written-report/JH-PC12"), "same document")
    assert line.startswith("Rajmahal (Lok Sabha) [written-report/JH-PC01], ")
    assert "(10 at most are shown)" in " ".join(run("task", "show", "written-report/JH-PC12").stdout.split())


def test_doctor_says_which_to_compare(run, hand_in):
    hand_in(ONE)
    hand_in(TWO)
    told = " ".join(run("doctor").stdout.split())
    assert "1 document was submitted by more than one unit: written-report/JH-PC04" in told
    assert "compare them: directives task show TASK" in told
