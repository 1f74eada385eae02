"""The command line as a subject: it passes the features, and answers what a person reads."""

import subprocess
from datetime import date

import pytest
from tests.acceptance.processes import ENVIRONMENT, PROGRAM

from directives import read_minutes, schema
from directives.acceptance import SubjectFault
from directives.acceptance.questions import QUESTIONS
from directives.acceptance.run import Asked, run
from directives.acceptance.scenarios import all_scenarios
from directives.acceptance.world import World
from directives_cli.subject import CommandLine, Typed

SEAT, REPORT = "JH-PC11", "written-report/JH-PC11"
NOTHING_TO_TYPE = {
    "meeting record": {"minutes"},  # read as TOML
    "org import": {"units", "joining_only"},  # the units come as a file of CSV
    "directive issue": {"meeting", "statements", "set_by_issuing_office"},
    "audit key": {"vkey", "abandons"},
    "organisation found": {"levels", "units", "zone", "more_follow", "office", "actor", "occurred_at", "command_id"},
}
ENVELOPE = {"office", "actor", "occurred_at", "command_id"}
NOTHING_TO_TYPE |= {  # the terminal has TASK... for them, and sends what it has shown
    "tasks acknowledge": {*ENVELOPE, "tasks", "on_behalf_of"},
    "tasks return": {*ENVELOPE, "tasks", "reason", "due"},
    "tasks verify": {*ENVELOPE, "tasks"},
    "tasks waive": {*ENVELOPE, "tasks", "reason"},
    "tasks extend": {*ENVELOPE, "tasks", "due", "reason"},
}
"""The fields for which nothing can be typed."""


def nobody(done, total):
    """Progress that nobody watches."""


def passes(asked, expected):
    """Assert that a run of the features says something, and that just so many scenarios pass, and the rest is own."""
    ran = run(asked, nobody)
    assert [str(fault) for fault in ran.faults] == []
    assert [
        (each.scenario.id, each.scenario.lang, str(each.why)) for each in ran.verdicts if each.outcome == "failed"
    ] == []
    assert {(each.scenario.id, each.scenario.lang) for each in ran.verdicts if each.outcome == "passed"} == expected


@pytest.mark.slow
def test_the_command_line_passes_every_scenario_that_is_not_about_the_store_itself():
    expected = {(each.id, each.lang) for each in all_scenarios() if not each.own}
    assert len(expected) == len([each for each in all_scenarios() if not each.own])
    passes(Asked(factory="directives_cli.subject:CommandLine"), expected)


@pytest.fixture(scope="module")
def line():
    subject = CommandLine()
    yield subject
    subject.close()


@pytest.fixture
def world(line):
    return World(line, "en")


def meeting(world):
    """Let the bundled meeting be on record."""
    world.record_meeting(read_minutes())


def test_a_command_is_done_or_changes_nothing_or_is_refused(line, world):
    meeting(world)
    renamed = {"command": "org rename", "office": "headquarters@JH", "code": SEAT, "name": {"en": "K", "hi": "ख"}}
    assert line.do(renamed, {}) == {"outcome": "done", "made": {}}
    assert line.do(renamed, {}) == {"outcome": "nothing"}
    before = line.events(0)
    refused = line.do({"command": "task verify", "office": "headquarters@JH", "task": REPORT}, {})
    assert refused == {
        "outcome": "refused",
        "reason": "nothing-submitted",
        "facts": {"task": REPORT},
        "error": "NotSubmitted",
        "message": {
            "en": f"task: {REPORT} is assigned: there is no submission to verify",
            "hi": f"task: {REPORT} की स्थिति “सौंपा गया” है: इस कार्रवाई (सत्यापित करना) के लिए कोई प्रस्तुति नहीं है",
        },
    }
    assert line.events(0) == before


def test_a_group_that_was_made_is_told_by_its_id(line, world):
    meeting(world)
    task = f"social-groups/{SEAT}"
    create = {
        "command": "group create",
        "office": f"convenor@{SEAT}",
        "task": task,
        "platform": "whatsapp",
        "name": "-",
    }
    done = line.do(create, {})
    assert done["outcome"] == "done"
    (made,) = [each for each in line.events(0) if each["event"] == "GroupCreated"]
    assert done["made"] == {"group": made["data"]["group"]}
    assert made["data"]["name"] == "-"


ASKED = {
    "status": {"directive": "written-report", "as_of": "2023-11-30"},
    "task": {"task": REPORT, "as_of": "2023-11-30"},
    "tasks": {"directive": "written-report", "unit": "JH", "limit": 3, "as_of": "2023-11-30"},
    "waiting": {"directive": "written-report", "as_of": "2023-11-30", "known_at": "2023-12-31"},
    "history": {"of": REPORT, "as_of": "2023-11-30"},
    "daily": {"unit": "JH", "level": "lok_sabha", "known_at": "2023-12-31"},
    "directive": {"directive": "written-report"},
    "directives": {},
    "meeting": {},
    "document": {"task": REPORT},
    "person": {"person": "JH-AC60-B1/SP-01"},
}


def test_the_answer_to_each_question_is_one(line, world):
    meeting(world)
    world.sample_units()
    world.hand_in("report", "Khunti", date(2023, 11, 10))
    identified = {"task": "speakers/JH-AC60-B1", "speaker": "SP-01", "name": "Speaker", "phone": "0000000001"}
    world.act(None, "speaker identify", "convenor@JH-AC60-B1", **identified)
    assert {each.model_fields["question"].default for each in QUESTIONS} == {*ASKED}
    answers = {}
    for each in QUESTIONS:
        name = each.model_fields["question"].default
        answers[name] = each.ANSWER.model_validate(line.ask({"question": name, **ASKED[name]}))
    assert answers["task"].state == "submitted"
    assert [each.task for each in answers["waiting"].tasks] == [REPORT]
    assert (answers["document"].condition, answers["document"].kept) == ("whole", 1)
    assert answers["document"].base64 == world.handed_in["report.txt"]
    assert (answers["person"].name, answers["person"].phone) == ("Speaker", "0000000001")
    assert answers["history"].entries[-1].sentence["en"] != answers["history"].entries[-1].sentence["hi"]
    overdue = line.ask({"question": "tasks", "directive": "written-report", "overdue": True})["tasks"]
    assert len(overdue) == 13
    assert line.ask({"question": "task", "task": REPORT, "as_of": "2023-11-09"})["state"] == "assigned"
    of = {"question": "history", "of": REPORT}
    assert len(line.ask(of | {"as_of": "2023-11-09"})["entries"]) < len(line.ask(of)["entries"])


@pytest.mark.parametrize(
    ("command", "error", "said"),
    [
        ({"command": "task return", "task": REPORT}, "MissingParameter", "--reason"),
        ({"command": "task verify", "task": REPORT, "occurred_at": "soon"}, "Wrong", "'soon'"),
        ({"command": "alliance record", "task": REPORT, "what": "x", "text": "y"}, "BadParameter", "--what"),
        ({"command": "task verify", "task": REPORT, "nonsense": 1}, "InvalidInput", "nonsense"),
        ({"command": "task dance", "task": REPORT}, "InvalidInput", "task dance"),
    ],
)
def test_what_cannot_be_typed_is_refused_as_a_person_is_told(line, world, command, error, said):
    refused = line.do({"office": "headquarters@JH", **command}, {})
    assert (refused["outcome"], refused["error"]) == ("refused", error)
    assert all(said in refused["message"][lang] for lang in ("en", "hi"))
    assert refused["message"]["en"] != refused["message"]["hi"]


def test_a_program_that_fails_is_a_fault_and_no_refusal(line, world):
    with pytest.raises(SubjectFault, match=r"status: .*nowhere"):
        line.ask({"question": "status", "directive": "nowhere"})
    with pytest.raises(SubjectFault, match="is no question"):
        line.ask({"question": "weather"})
    line._in_folder("directives.db").write_text("no store")
    with pytest.raises(SubjectFault, match=r"exit code 1: .*NotOurStore"):
        line.do({"command": "task verify", "office": "headquarters@JH", "task": REPORT}, {})


def test_other_levels_than_the_usual_ones_are_taken_too(line):
    organisation = [{"code": "W", "level": "ward", "name": {"en": "Ward"}}]
    line.reset(organisation, ["ward"], "Asia/Kolkata", "2023-10-01T00:00:00+00:00", "2023-10-01T00:00:00+00:00")
    assert [event["event"] for event in line.events(0)] == ["Founded", "Registered"]
    line.close()
    with pytest.raises(SubjectFault, match="reset comes first"):
        line.events(0)


def sample(field):
    """A value that a field of that schema may have."""
    kinds = {each.get("type") for each in (field, *field.get("anyOf", ()))}
    if "$ref" in str(field) and "Text" in str(field):
        return {"en": "a", "hi": "b"}
    if "$ref" in str(field) and "Document" in str(field):
        return "report.txt"
    known = {"array": ["a"], "object": {"a": 1}, "boolean": True}
    return next((value for kind, value in known.items() if kind in kinds), {"a": {}} if "$ref" in str(field) else "a")


def test_every_field_of_every_command_can_be_typed_but_these():
    lacking = {}
    for each in schema()["$defs"].values():
        fields = dict(each.get("properties", {}))
        if "command" in fields:
            name = fields.pop("command")["const"]
            fields.pop("source")  # says that it was typed
            typed = {field: Typed.of({"command": name, field: sample(value)}) for field, value in fields.items()}
            missing = {field for field, words in typed.items() if words is None}
            lacking |= {name: missing} if missing else {}
    assert lacking == NOTHING_TO_TYPE


FEW = ("s1-done", "s1-own", "s1-assigned")


@pytest.mark.slow
def test_scenarios_pass_on_true_processes_too():
    expected = {(tag, lang) for tag in FEW for lang in ("hi", "en")}
    passes(Asked(factory="tests.acceptance.processes:Processes", tags=FEW), expected)


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        Typed("status", ("--directive=written-report",), ()),
        Typed("directive show", (), ("written-report",)),
        Typed("history", (), (REPORT,)),
        Typed("task verify", ("--as=headquarters@JH", "--at=2023-12-01", "--clock-is-right"), (REPORT,)),
        Typed("task return", (), (REPORT,)),
        Typed("task show", (), ("written-report/JH",)),
    ],
)
def test_a_process_says_the_same(line, world, typed):
    meeting(world)
    words = [*typed.command.split(), *typed.options, "--json", f"--db={line.url}", *typed.arguments]
    process = subprocess.run([PROGRAM, *words], capture_output=True, env=ENVIRONMENT, encoding="utf-8", check=False)
    ran = line.run(typed)
    assert (process.returncode, process.stdout, process.stderr) == (ran.code, ran.printed, ran.told)
