"""A plain action at the terminal: issued, recorded with a file by an option, submitted; and its template."""

import json

OWN = ("block-meetings/JH-PC11", "--as", "convenor@JH-PC11")


def test_a_block_meeting_is_asked_for_held_and_submitted(run, tmp_path):
    run("init")
    issue = ("directive", "issue", "block-meetings", "--kind", "action", "--title-en", "Block meetings")
    run(*issue, "--set", "what=Hold a block meeting", "--set", "evidence=required", "--as", "headquarters@JH")
    run("directive", "assign", "block-meetings", "--unit", "JH-PC11", "--due", "2999-01-01", "--as", "headquarters@JH")
    refused = run("action", "record", *OWN, "--text", "Held.", code=4)
    assert "evidence: is missing" in refused.stderr
    missing = run("action", "record", *OWN, "--text", "Held.", "--evidence", "none.jpg", code=2)
    assert "none.jpg" in missing.stderr
    photo = tmp_path / "photo.txt"
    photo.write_text("photo")
    done = run("action", "record", *OWN, "--text", "Held.", "--evidence", photo)
    assert "The convenor of Khunti (Lok Sabha) recorded action 1: Held." in done.stderr
    assert "के संयोजक ने कार्रवाई 1 दर्ज की: Held." in run("history", OWN[0], "--lang", "hi").stdout
    (kept,) = json.loads(run("evidence", "list", OWN[0], "--json").stdout)
    assert kept["condition"] == "whole"
    run("task", "submit", *OWN)
    (row,) = json.loads(run("status", "--json", "--directive", "block-meetings").stdout)
    assert (row["waiting"], row["work"]) == (1, {"actions": 1})
    assert "--evidence FILE" in run("action", "record", "--help").stdout


def test_the_template_of_minutes_with_an_action_is_recorded(run, tmp_path):
    run("init")
    minutes = tmp_path / "minutes.toml"
    minutes.write_text(run("meeting", "template", "--kind", "action").stdout, "utf-8")
    assert "parameters.what" in minutes.read_text("utf-8")
    run("meeting", "record", minutes, "--as", "headquarters@JH")
    assert "action" in run("directive", "list").stdout
