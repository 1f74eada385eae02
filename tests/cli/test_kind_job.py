"""Kinds of directives at a terminal: what each asks for, and parameters as people write them."""

import json
import re

import pytest

from directives import kinds

TITLE = ("--title-en", "Directive", "--as", "headquarters@JH")
WINDOW = ("--set", "window_from=1-11-2023", "--set", "window_to=30 नवंबर 2023")


def issue(run, name, kind, *given, code=0):
    return run("directive", "issue", name, "--kind", kind, *TITLE, *given, code=code)


def parameters(run, name):
    return json.loads(run("directive", "show", name, "--json").stdout)["parameters"]


def test_the_kinds_are_listed_and_shown_without_a_store(run):
    assert "written_report" in run("kind", "list").stdout
    assert [each["kind"] for each in json.loads(run("kind", "list", "--json").stdout)] == [*kinds()]
    shown = run("kind", "show", "social_groups").stdout
    for said in (
        "social-media groups, सोशल मीडिया समूह",
        "a whole number, from 0 to 100",
        "directives activity post TASK [--for UNIT] --text TEXT [--group TEXT]",
        "directives task submit TASK",
        "active_workers",
        "--set platforms=whatsapp,instagram,facebook,x",
        'parameters.platforms = ["whatsapp", "instagram", "facebook", "x"]',
    ):
        assert said in shown
    assert re.search("directives group list +group, platform, name, active workers", shown)
    assert "task submit" not in run("kind", "show", "written_report").stdout
    refused = run("kind", "show", "none", code=6)
    assert "use one of action" in refused.stderr


def test_a_kind_is_shown_in_hindi(run):
    shown = run("kind", "show", "सोशल मीडिया समूह", "--lang", "hi").stdout
    assert "पूर्ण संख्या, 0 से 100 तक" in shown
    assert "प्रतिवेदन अवधि का पहला दिन।" in shown
    assert "सक्रिय कार्यकर्ता" in shown


def test_a_kind_is_shown_as_json(run):
    told = json.loads(run("kind", "show", "action", "--json").stdout)
    assert [each["name"] for each in told["parameters"]] == ["what", "times", "evidence"]
    assert told["parameters"][1]["minimum"] == 1
    assert [each["command"] for each in told["commands"]] == ["action record", "task submit"]
    assert told["lists"] == {"action": ["action", "day", "text", "file", "digest"]}
    assert (told["counts"]["actions"]["en"], told["daily"]) == ("actions", False)


@pytest.mark.parametrize("name", [*kinds()])
def test_the_example_of_each_kind_can_be_given_as_it_is_printed(run, name):
    import shlex

    run("init")
    command = json.loads(run("kind", "show", name, "--json").stdout)["examples"]["issue"]
    run(*shlex.split(command.replace("\\\n", ""))[1:], "--as", "headquarters@JH")


def test_parameters_are_given_as_people_write_them(run):
    run("init")
    issue(run, "a", "social-media groups", "--set", "platforms=WhatsApp, ट्विटर,telegram", *WINDOW)
    asked = parameters(run, "a")
    assert (asked["platforms"], asked["window_to"]) == (["whatsapp", "x", "telegram"], "2023-11-30")
    run("directive", "amend", "a", "--set", "platforms=x", "--set", "days_percent=80", "--reason", "r", *TITLE[2:])
    assert (parameters(run, "a")["platforms"], parameters(run, "a")["days_percent"]) == (["x"], 80)
    issue(run, "b", "action", "--set", "what=2024", "--set", "times=3")
    assert parameters(run, "b") == {"what": "2024", "times": 3, "evidence": "optional"}
    issue(run, "c", "लिखित प्रतिवेदन", "--set", 'languages=["en"]', "--set", "period_from=null")
    assert (parameters(run, "c")["languages"], parameters(run, "c")["period_from"]) == (["en"], None)


def test_a_refusal_of_a_parameter_tells_its_type_and_an_example(run):
    run("init")
    refused = issue(run, "a", "social_groups", "--set", "days_percent=many", *WINDOW, code=2).stderr
    assert "write a whole number (a whole number, from 0 to 100, for example 100)" in refused
    refused = issue(run, "a", "social_groups", "--set", "platforms=whatsapp", code=2).stderr
    assert "--set window_from: is missing: give it (and 1 more) (a day, for example 2023-11-01)" in refused
    assert "use one of action" in issue(run, "a", "none", "--set", "x=1", code=6).stderr


def test_a_template_is_of_the_kind_that_a_title_names(run):
    run("init")
    assert 'kind = "written_report"' in run("meeting", "template", "--kind", "लिखित प्रतिवेदन").stdout
    assert "is unknown: use one of" in run("meeting", "template", "--kind", "none", code=2).stderr
