"""The office that acts, at a terminal: a role that is nearly a known one, and no office at all."""

import json

import pytest
from click.testing import CliRunner

from directives import role_meant
from directives_cli.main import main

TASK = "written-report/JH-PC11"


@pytest.fixture
def office(run):
    run("init")
    run("meeting", "record")
    return run


@pytest.mark.parametrize(
    ("role", "meant"),
    [
        ("clrek", "clerk"),
        ("clerks", "clerk"),
        ("convener", "convenor"),
        ("incharge", "in-charge"),
        ("secretory", "secretary"),
        ("clerk", None),
        ("chor", None),
        ("treasurer", None),
        ("vice-president", None),
        ("co-convenor", None),
        ("", None),
    ],
)
def test_a_role_near_a_known_one_is_taken_for_a_misspelling(role, meant):
    assert role_meant(f"{role}@JH") == meant


def test_a_misspelt_role_is_warned_of_once_and_the_command_goes_on(office):
    first, *told = office("task", "waive", TASK, "--reason", "x", "--as", "clrek@JH").stderr.splitlines()
    assert first == "role 'clrek' is not known: did you mean clerk?"
    assert not any("did you mean" in line for line in told)
    assert "is now waived" in told[-1]


def test_a_misspelt_role_is_warned_of_in_hindi_and_before_a_refusal(office):
    args = ["task", "verify", TASK, "--as", "clrek@JH", "--lang", "hi"]
    first, second = CliRunner().invoke(main, args).stderr.splitlines()
    assert first == "पद 'clrek' सूची में नहीं है: क्या आपका आशय clerk था?"
    assert second.startswith("त्रुटि: ")


def test_a_role_of_the_party_own_or_with_json_is_not_warned_of(office):
    act = ["task", "acknowledge", "--as"]
    assert "did you mean" not in office(*act, "chor@JH-PC11", TASK).stderr
    result = office(*act, "convener@JH-PC01", "written-report/JH-PC01", "--json")
    assert (result.stderr, json.loads(result.stdout)[0]["office"]) == ("", "convener@JH-PC01")


@pytest.mark.parametrize(
    "command",
    [
        ["task", "acknowledge", TASK],
        ["group", "create", "social-groups/JH-PC11", "--platform", "whatsapp", "--name", "Khunti"],
        ["directive", "withdraw", "written-report", "--reason", "x"],
        ["person", "forget", "JH-AC60/SP-01", "--reason", "x"],
    ],
)
def test_a_missing_office_is_told_by_its_option(office, command):
    told = "--as: no office is given: use --as ROLE@UNIT"
    assert told in office(*command, code=2).stderr
    assert (
        "--as: कार्यालय नहीं बताया गया: --as ROLE@UNIT लिखें" in CliRunner().invoke(main, [*command, "--lang", "hi"]).stderr
    )
    error = json.loads(CliRunner().invoke(main, [*command, "--json"]).stderr)
    assert error["error"] == "InvalidInput"
