"""docs/acceptance.md: its tables are the code's, its programs the examples', its transcripts print what they say."""

import re
from pathlib import Path

import pytest
from tests.docs import transcripts

from directives.acceptance import CLAIMS
from directives.acceptance.conformance import OUTCOMES
from directives.acceptance.questions import QUESTIONS, QuestionOfDay
from directives.acceptance.run import Asked, run
from directives.acceptance.scenarios import scenarios
from directives.acceptance.serve import REQUESTS
from directives.acceptance.steps.taking_back import ENTRIES

ROOT = Path(__file__).parents[2]
PAGE = transcripts.ACCEPTANCE
STEPS = ROOT / "src" / "directives" / "acceptance" / "steps"


def page():
    return PAGE.read_text("utf-8")


def fields_of(model, left_out=()):
    fields = {name: field for name, field in model.model_fields.items() if name not in left_out}
    fields = dict(sorted(fields.items(), key=lambda each: each[0] in QuestionOfDay.model_fields))
    return ", ".join(f"`{name}`" if field.is_required() else f"`{name}`?" for name, field in fields.items())


def table(rows):
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def claims_table():
    return table((f"`{claim}`", about) for claim, about in CLAIMS.items())


def questions_table():
    rows = []
    for each in QUESTIONS:
        answered = fields_of(each.ANSWER)
        for name, field in each.ANSWER.model_fields.items():
            inner = [each for each in getattr(field.annotation, "__args__", ()) if hasattr(each, "model_fields")]
            if inner:
                answered = answered.replace(f"`{name}`", f"`{name}` (of each {fields_of(inner[0])})")
        rows.append((f"`{each.model_fields['question'].default}`", fields_of(each, ["question"]) or "–", answered))
    return table(rows)


def test_each_claim_question_request_and_outcome_has_its_row():
    assert claims_table() in page()
    assert questions_table() in page()
    assert [name for name in (*REQUESTS, *OUTCOMES) if not re.search(rf"^\| `?{name}`? \|", page(), re.M)] == []


def test_the_events_that_steps_count_are_named():
    steps = "".join(path.read_text("utf-8") for path in STEPS.glob("*.py"))
    counted = {*re.findall(r'count\("(\w+)"\)|event == "(\w+)"|"(\w+)" in recorded', steps)}
    names = sorted({name for each in counted for name in each if name} | {*ENTRIES.values()})
    assert ", ".join(f"`{name}`" for name in names) in " ".join(page().split())


def test_the_programs_of_the_page_are_the_examples():
    programs = re.findall(r"(?ms)^```python\n(.*?)^```$", page())
    assert programs == [(ROOT / "examples" / name).read_text("utf-8") for name in transcripts.PROGRAMS]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "blocks"), [(PAGE, 4), (transcripts.IN_HINDI, 1)])
def test_the_transcripts_print_what_the_page_says(tmp_path, path, blocks):
    text = path.read_text("utf-8")
    assert len([*transcripts.BLOCK.finditer(text)]) == blocks
    assert transcripts.normal(transcripts.played(tmp_path, text)) == transcripts.normal(text), (
        "python -m tests.docs.transcripts writes it anew"
    )


def test_the_scenario_of_the_page_in_hindi_is_that_of_the_features():
    (late,) = [each for each in scenarios("hi") if each.id == "s1-late"]
    told = transcripts.IN_HINDI.read_text("utf-8")
    assert " ".join(late.rule.split()) in " ".join(told.replace("\n>", "\n").split())
    assert late.name in told
    assert all(step in told for step in late.steps[late.background :])


SPY = """
from directives.acceptance import TrackerSubject

class Spy(TrackerSubject):
    def note(self, text):
        with open("notes.txt", "a") as file:
            file.write(text + "\\n")

    def reset(self, *args):
        self.note("reset")
        super().reset(*args)

    def do(self, command, documents):
        self.note(f"do {command['command']}")
        return super().do(command, documents)

    def ask(self, question):
        self.note(f"ask {question['question']}")
        return super().ask(question)
"""


def asked_table(notes):
    """What the scenarios about each thing do and ask, by the notes of a subject that was asked for all of them."""
    rows = {}
    asked = [each for each in scenarios("en") if not each.own]
    for scenario, noted in zip(asked, notes.split("reset\n")[1:], strict=True):
        rows.setdefault(scenario.about, set()).update(noted.splitlines())
    told = {about: [named(noted, way) for way in ("do ", "ask ")] for about, noted in rows.items()}
    return table((f"`{about}`", *names) for about, names in told.items())


def named(noted, way):
    return ", ".join(f"`{each.removeprefix(way)}`" for each in sorted(noted) if each.startswith(way))


@pytest.mark.slow
def test_the_page_says_what_each_claim_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spy.py").write_text(SPY)
    run(Asked(factory="spy:Spy", languages=("en",)), lambda *_: None)
    assert asked_table((tmp_path / "notes.txt").read_text()) in page()
