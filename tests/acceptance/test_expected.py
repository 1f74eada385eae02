"""The events that each step records, as they are written down beside the features."""

import json

import pytest

from directives.acceptance.expected import BACKGROUND, comparable, difference, folder, place_of
from directives.acceptance.run import Asked, run
from directives.acceptance.scenarios import LANGUAGES, scenarios
from directives.acceptance.subject import EventAnswer


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_line_is_of_a_step_that_is_there(lang):
    asked = [each for each in scenarios(lang) if not each.own]
    there = {place_of(each, number): step for each in asked for number, step in enumerate(each.steps)}
    written = {}
    for path in folder(lang).glob("*.jsonl"):
        for line in map(json.loads, path.read_text("utf-8").splitlines()):
            written[path.stem, line["scenario"], line["number"]] = line["step"]
            assert line["events"]
    assert {*written} <= {*there}
    assert {place: there[place] for place in written} == written
    assert [place for place in written if place[1] == BACKGROUND]


def event(name="Submitted", of="written-report/JH-PC11", **data):
    return EventAnswer(position=1, event=name, of=of, data=data)


def test_what_differs_from_run_to_run_is_left_out():
    (told,) = comparable([event(group="whatsapp-1", phone={"person": "x/SP-01", "box": "gtI6"}, groups=["whatsapp-1"])])
    assert told["data"] == {"phone": {"person": "x/SP-01"}}
    (told,) = comparable([event(figures={"groups": 4, "document": {"digest": "sha256:0", "media_type": "text/plain"}})])
    assert told["data"] == {"figures": {"groups": 4, "document": {"digest": "sha256:0"}}}


def test_what_is_taken_back_is_told_from_where_the_event_stands():
    (told,) = comparable([EventAnswer(position=120, event="Recalled", of="x/y", data={"takes_back": [117, 118]})])
    assert told["data"] == {"takes_back": [-3, -2]}


@pytest.mark.parametrize(
    ("got", "said"),
    [
        ([event(), event("Verified")], ""),
        ([event()], "is missing: Verified"),
        ([event(), event("Verified"), event("Completed")], "is too much: Completed"),
        ([event(), event("Returned")], "event: Returned, and not Verified"),
        ([event(), event("Verified", of="x/y")], "of: x/y, and not written-report/JH-PC11"),
        ([event(), event("Verified", on_time=True)], "Verified: on_time: is not expected"),
    ],
)
def test_the_first_difference_is_told(got, said):
    assert difference(comparable([event(), event("Verified")]), comparable(got)) == said


def test_a_field_that_differs_is_told():
    assert difference(comparable([event(day="a")]), comparable([event(day="b")])) == "Submitted: day: 'b', and not 'a'"
    assert difference(comparable([event(day="a")]), comparable([event()])) == "Submitted: day: None, and not 'a'"


MINE = """
from directives.acceptance import TrackerSubject

class Mine(TrackerSubject):
    def do(self, command, documents):
        command = {{**command}}
        {change}
        return super().do(command, documents)

    def events(self, after):
        found = super().events(after)
        {told}
        return found
"""
FAULTS = {
    "a title that nobody asks for": (
        '[each.update(title={"en": "x", "hi": "x"}) for each in command.get("minutes", {}).get("directives", [])]',
        "pass",
    ),
    "an event that no question shows": ("pass", '[each["data"].pop("language", 0) for each in found]'),
    "who knows of it is not told": ("pass", 'found[:] = [each for each in found if each["event"] != "Completed"]'),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_only_events_show_is_found(tmp_path, monkeypatch, fault):
    change, told = FAULTS[fault]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(MINE.format(change=change, told=told))
    asked = Asked(factory="mine:Mine", tags=("s1", "s2"), languages=("en",))
    found = run(asked, lambda *_: None)
    failed = [each for each in found.verdicts if each.outcome == "failed"]
    assert found.faults == []
    assert failed
    assert all(str(each.why).startswith("events: ") for each in failed), "no step of the scenarios finds it"
    assert all(each.step for each in failed)
