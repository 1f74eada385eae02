"""What is asked and answered is what the schema says, with every question; and more may be answered."""

import json
from datetime import date

import jsonschema
import pytest
from click.testing import CliRunner

from directives.acceptance import CLAIMS, TrackerSubject, schema_of_questions
from directives.acceptance.plugin import scenario_of
from directives.acceptance.questions import QUESTIONS, DirectivesQuestion, TaskAnswer, TaskQuestion
from directives.acceptance.steps.taking_back import told
from directives.acceptance.subject import OUTCOME, SubjectFault
from directives.acceptance.world import World
from directives_cli.main import main

ASKED = {
    "status": {"directive": "written-report", "level": "lok_sabha", "as_of": "2023-11-01"},
    "task": {"task": "written-report/JH-PC11", "known_at": "2023-12-31"},
    "tasks": {"directive": "written-report", "overdue": True, "limit": 3, "as_of": "2023-11-16"},
    "waiting": {"directive": "written-report", "as_of": "2023-11-16", "known_at": "2023-12-31"},
    "history": {"of": "written-report/JH-PC11", "as_of": "2023-11-16"},
    "daily": {"unit": "JH-PC11", "level": "lok_sabha", "as_of": "2023-11-16"},
    "directive": {"directive": "speakers"},
    "directives": {},
    "meeting": {},
    "document": {"task": "written-report/JH-PC11"},
    "person": {"person": "JH-AC59-B1/SP-01"},
}


@pytest.fixture
def world():
    """A world with the meeting, a report and a speaker."""
    from directives import read_minutes

    world = World(TrackerSubject(), "en")
    world.sample_units()
    world.record_meeting(read_minutes())
    world.hand_in("report", "Khunti", date(2023, 11, 5))
    unit = "Sample Block 1 of Torpa"
    fields = {"speaker": "SP-01", "name": "Sample Speaker One", "phone": "00000 00001"}
    world.work("speaker identify", "speakers", unit, date(2023, 11, 2), **fields)
    yield world
    world.subject.close()


@pytest.mark.parametrize("name", ASKED)
def test_each_question_and_its_answer_fit_the_schema(world, name):
    schema = schema_of_questions()
    asked = {"question": name} | ASKED[name]
    answered = world.subject.ask(asked)
    for part, value in (("asked", asked), ("answered", json.loads(json.dumps(answered)))):
        definition = schema["questions"][name][part] | {"$defs": schema["$defs"]}
        jsonschema.Draft202012Validator(definition).validate(value)
    definition = schema["questions"][name]["asked"] | {"$defs": schema["$defs"]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(definition).validate(asked | {"bogus": 1})


def test_the_schema_has_every_question_and_is_printed():
    names = [each.model_fields["question"].default for each in QUESTIONS]
    assert names == [*ASKED] == [*schema_of_questions()["questions"]]
    printed = CliRunner().invoke(main, ["schema", "questions"])
    assert json.loads(printed.stdout) == json.loads(json.dumps(schema_of_questions()))


def test_while_steps_look_back_every_question_is_about_that_day_until_something_is_done(world):
    asked = TaskQuestion(task="written-report/JH-PC11")
    for again in (lambda: world.set_clock(world.now), lambda: world.verified("report", "Dumka")):
        world.looking_back = {"as_of": date(2023, 11, 4)}
        assert world.ask(asked, TaskAnswer).state == "assigned"
        with pytest.raises(AssertionError, match="DirectivesQuestion is about now alone"):
            world.ask(DirectivesQuestion(), DirectivesQuestion.ANSWER)
        again()
        assert world.ask(asked, TaskAnswer).state == "submitted"


def test_a_day_that_is_not_asked_for_may_be_null(world):
    asked = {"question": "waiting", "directive": "written-report"}
    assert world.subject.ask(asked | {"as_of": None, "known_at": None}) == world.subject.ask(asked)


class Wrong(TrackerSubject):
    """A subject that answers what it is told to."""

    answer = None

    def ask(self, question):  # noqa: ARG002
        return self.answer

    def do(self, command, documents):  # noqa: ARG002
        return self.answer


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"state": "submitted", "overdue": False}, "due"),
        ({"state": "done", "due": "2023-11-15", "overdue": False}, "state"),
        ({"state": "submitted", "due": "2023-11-15", "overdue": 0}, "overdue"),
        ([], "answer"),
        (None, "answer"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_with_question_and_field(answer, field):
    world = World(Wrong(), "en")
    world.subject.answer = answer
    with pytest.raises(SubjectFault, match=rf"^ask task: {field}: "):
        world.ask(TaskQuestion(task="written-report/JH-PC11"), TaskAnswer)
    world.subject.close()


def test_an_entry_without_what_taking_back_needs_is_told_with_the_field(world):
    submitted = told(world, "written-report/JH-PC11", "submission")
    assert [(each.number is None, each.taken_back) for each in submitted] == [(False, False)]
    answer = world.subject.ask({"question": "history", "of": "written-report/JH-PC11"})
    world.subject.close()
    world.subject = Wrong()
    world.subject.answer = {"entries": [{**each, "number": None} for each in answer["entries"]]}
    with pytest.raises(SubjectFault, match=r"^ask history: entries.number: is missing from Submitted"):
        told(world, "written-report/JH-PC11", "submission")


def test_an_outcome_that_is_none_is_told_with_the_command():
    world = World(Wrong(), "en")
    world.subject.answer = {"outcome": "refused"}
    with pytest.raises(SubjectFault, match=r"^do task verify: .*reason: Field required"):
        world.do("task verify", "headquarters@JH")
    world.subject.close()


def test_more_may_be_answered_than_is_asked_for():
    assert OUTCOME.validate_python({"outcome": "done", "note": "as well"}).outcome == "done"
    assert DirectivesQuestion.ANSWER.model_validate({"directives": [], "more": 1}).directives == ()


def test_this_library_claims_all():
    assert TrackerSubject.claims == CLAIMS.keys()
    assert scenario_of(object()) is None
