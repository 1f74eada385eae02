"""Directives at a terminal: issue, assign, show, extend, amend, reopen."""

import json

HQ = ["--as", "headquarters@JH"]
TITLE = ["--title-en", "Speakers", "--title-hi", "वक्ता"]
SET = ["--set", "trained=1", "--set", "deployed=0"]


def test_a_directive_from_issue_to_amendment(run):
    run("init")
    issued = run("directive", "issue", "s", "--kind", "speaker_identification", *TITLE, *SET, *HQ)
    assert "The headquarters of Jharkhand issued the directive “Speakers”" in issued.stderr
    again = run("directive", "issue", "s", "--kind", "speaker_identification", *TITLE, *SET, *HQ)
    assert "s is already issued like this: nothing changed." in again.stderr
    assigned = run("directive", "assign", "s", "--level", "vidhan_sabha", "--due", "2099-01-01", *HQ)
    assert "s: 81 tasks, Vidhan Sabha." in assigned.stderr
    run("directive", "assign", "s", "--unit", "JH-PC01", "--unit", "JH-PC02", "--due", "2099-01-01", *HQ)
    run("directive", "extend", "s", "--due", "१ फ़रवरी २०९९", "--reason", "Floods.", *HQ)
    run("directive", "amend", "s", "--set", "sessions=2", "--grace-days", "५", "--reason", "More practice.", *HQ)
    shown = run("directive", "show", "s").stdout
    assert "revision   2" in shown
    assert "1 February 2099" in shown
    found = json.loads(run("directive", "show", "s", "--json").stdout)
    assert (found["parameters"]["sessions"], found["grace_days"], len(found["assignments"])) == (2, 5, 3)
    history = run("history", "s", "--lang", "hi").stdout
    assert "संशोधित किया" in history
    assert "समय-विस्तार" in history
    level = ["--level", "vidhan_sabha", "--scope", "JH"]
    assert "is already open" in run("directive", "reopen", "s", *level, "--reason", "No.", *HQ).stderr


def test_what_is_wrong_is_told_in_one_line(run):
    run("init")
    issue = ["directive", "issue", "s", "--kind", "speaker_identification", *HQ]
    assert "NAME=VALUE" in run(*issue, *TITLE, "--set", "trained", code=2).stderr
    assert "--set trained: is missing" in run(*issue, *TITLE, code=2).stderr
    assert "kind: bogus is unknown" in run("directive", "issue", "s", "--kind", "bogus", *TITLE, *HQ, code=6).stderr
    assert "DIRECTIVE: s is unknown" in run("directive", "show", "s", code=6).stderr
    run(*issue, *TITLE, *SET)
    assign = ["directive", "assign", "s", "--due", "2099-01-01", *HQ]
    assert "either --level" in run(*assign, code=2).stderr
    assert "unit: X is unknown" in run(*assign, "--unit", "X", code=6).stderr
    assert "due: 'soon' is not allowed" in run(*assign, "--level", "block", "--due", "soon", code=2).stderr
    amend = ["directive", "amend", "s", "--reason", "No.", *HQ]
    assert "--title-hi: the English title is missing" in run(*amend, "--title-hi", "एक", code=2).stderr
