"""An error begins with what was typed: the option or the argument, not the field; for programs with the field."""

import json

import pytest

HQ = ["--as", "headquarters@JH"]


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["task", "verify", "written-report/JH-PC99", "--as", "clerk@JH"], "TASK: JH-PC99 is unknown"),
        (["task", "verify", "nothing/JH-PC11", "--as", "clerk@JH"], "TASK: nothing is unknown"),
        (["task", "verify", "--unit", "JH-PC99", "--as", "clerk@JH"], "--unit: JH-PC99 is unknown"),
        (["status", "--level", "nowhere"], "--level: nowhere is unknown"),
        (["history", "nothing"], "REF: nothing is unknown"),
        (["log", "--office", "foo"], "--office: 'foo' is not an office"),
        (["todo", "--as", "foo"], "--as: 'foo' is not an office"),
        (["directive", "issue", "x", "--kind", "action", "--title-en", "X", *HQ], "--set what: is missing"),
        (["import", "nowhere.jsonl"], "FILE.jsonl: nowhere.jsonl does not exist"),
        (["meeting", "record", "nowhere.toml"], "MINUTES.toml: nowhere.toml does not exist"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_it_begins_with_what_was_typed(desk, words, begins):
    assert desk.run(*words).stderr.startswith(f"Error: {begins}")
    hindi = desk.run(*words, "--lang", "hi").stderr
    assert hindi.startswith(f"त्रुटि: {begins.partition(': ')[0]}: ")


def test_a_program_is_told_the_field(desk):
    told = json.loads(desk.run("status", "--level", "nowhere", "--json").stderr)
    assert told["message"].startswith("level: nowhere is unknown")


def test_a_name_as_a_message_lists_it_is_understood(desk):
    refused = desk.run("status", "--unit", "Khunti").stderr
    assert "Khunti (Lok Sabha, Jharkhand) [JH-PC11]" in refused
    told = json.loads(desk.done("status", "--unit", "Khunti (Lok Sabha, Jharkhand) [JH-PC11]", "--json").stdout)
    assert told == json.loads(desk.done("status", "--unit", "JH-PC11", "--json").stdout)


@pytest.mark.parametrize(("words", "said"), [(["directive", "list"], "कोई निर्देश"), (["meeting", "list"], "कोई बैठक")])
def test_an_empty_list_says_so_in_hindi(desk, words, said):
    desk.done("init", "--db", "new.db")
    assert desk.done(*words, "--db", "new.db", "--lang", "hi").stderr.startswith(said)
