"""The features, Hindi and English, run against a Tracker; tests are named after the scenario's ASCII tag."""

import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from gherkin.parser import Parser
from pytest_bdd import given, parsers, scenario, then, when

from directives import Refused, Tracker, read_minutes, read_organisation
from directives.model.values import start_of

FEATURES = Path(__file__).parents[2] / "features"
FILES = sorted(FEATURES.glob("*/*.feature"))
LANGUAGES = ("hi", "en")


def scenarios_of(path):
    """The name and the tags of every scenario of a feature."""
    children = Parser().parse(path.read_text("utf-8"))["feature"]["children"]
    found = [child["scenario"] for child in children if "scenario" in child]
    return [(each["name"], [tag["name"].lstrip("@") for tag in each["tags"]]) for each in found]


for path in FILES:
    for name, (tag, *_) in scenarios_of(path):
        test_name = f"test_{tag.replace('-', '_')}_{path.parent.name}"
        assert test_name not in globals(), f"{path}: the tag {tag} is there twice"
        globals()[test_name] = scenario(str(path), name)(lambda: None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_feature_is_nfc_and_each_scenario_has_a_name_of_its_own(path):
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    twice = [name for name, count in Counter(name for name, _ in scenarios_of(path)).items() if count > 1]
    assert not twice, "pytest-bdd would run only the last one of that name"


def test_both_languages_have_the_same_scenarios():
    tags = {
        lang: sorted(str(tags) for path in (FEATURES / lang).glob("*.feature") for _, tags in scenarios_of(path))
        for lang in LANGUAGES
    }
    assert tags["hi"] == tags["en"]


class World:
    """A store, and its clock, which stands at the end of 2023 until a step says which day it is."""

    def __init__(self, folder):
        self.folder = folder
        self.now = datetime(2023, 12, 31, tzinfo=UTC)
        self.tracker = Tracker("sqlite:///:memory:", clock=lambda: self.now)
        self.tracker.found(read_organisation())
        self.refusal = None

    def seat(self, name):
        """The code of the Lok Sabha seat of that name, in either language."""
        units = [unit for unit in self.tracker.units() if unit.level == "lok_sabha"]
        return next(unit.code for unit in units if name in (unit.name.en, unit.name.hi))

    def task(self, name):
        return f"written-report/{self.seat(name)}"

    def noon(self, day):
        return start_of(date.fromisoformat(day), self.tracker.zone) + timedelta(hours=12)

    def hand_in(self, name, day, content):
        path = self.folder / "report.txt"
        path.write_text(content)
        at, office = self.noon(day), f"convenor@{self.seat(name)}"
        self.tracker.submit_report(self.task(name), path, office=office, occurred_at=at)

    def verify(self, name, day, office="headquarters@JH"):
        self.tracker.verify(self.task(name), office=office, occurred_at=self.noon(day))

    def attempt(self, act, *args):
        with pytest.raises(Refused) as caught:
            act(*args)
        self.refusal = str(caught.value)

    def status(self):
        (row,) = self.tracker.status(directive="written-report")
        return row


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.tracker.close()


def step(english, hindi, *decorators):
    """A step in both languages; given, when and then alike unless said otherwise."""

    def register(function):
        for pattern in (english, hindi):
            for decorate in decorators or (given, when, then):
                function = decorate(parsers.re(pattern), stacklevel=2)(function)
        return function

    return register


DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"


@step(rf"the meeting of {DAY} is recorded", rf"{DAY} की बैठक दर्ज है")
def recorded(world, day):
    minutes = read_minutes()
    assert minutes.held_on.isoformat() == day
    world.tracker.record_meeting(minutes)


@step(
    rf"the convenor of (?P<seat>\w+) hands a report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को प्रतिवेदन सौंपते हैं",
)
def hands_in(world, seat, day):
    world.hand_in(seat, day, "A report.")


@step(
    rf"the convenor of (?P<seat>\w+) hands a corrected report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को सुधारा हुआ प्रतिवेदन सौंपते हैं",
)
def hands_in_corrected(world, seat, day):
    world.hand_in(seat, day, "A corrected report.")


@step(
    rf"the convenor of (?P<seat>\w+) tries to hand a corrected report in on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को सुधारा हुआ प्रतिवेदन सौंपने की कोशिश करते हैं",
)
def tries_to_hand_in(world, seat, day):
    world.attempt(world.hand_in, seat, day, "A corrected report.")


@step(
    rf"state headquarters verifies the report of (?P<seat>\w+) on {DAY}",
    rf"प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन सत्यापित करता है",
)
def verifies(world, seat, day):
    world.verify(seat, day)


@step(
    rf'state headquarters returns the report of (?P<seat>\w+) on {DAY} because "(?P<reason>.+)"',
    rf'प्रदेश मुख्यालय {DAY} को (?P<seat>\S+) का प्रतिवेदन इस कारण लौटाता है "(?P<reason>.+)"',
)
def returns(world, seat, day, reason):
    given = {"office": "headquarters@JH", "occurred_at": world.noon(day)}
    world.tracker.return_task(world.task(seat), reason, **given)


@step(
    rf"the convenor of (?P<seat>\w+) tries to verify the report of \w+ on {DAY}",
    rf"(?P<seat>\S+) के संयोजक {DAY} को \S+ का प्रतिवेदन सत्यापित करने की कोशिश करते हैं",
)
def tries_to_verify(world, seat, day):
    world.attempt(world.verify, seat, day, f"convenor@{world.seat(seat)}")


@step(
    r"the reports of all seats but (?P<seat>\w+) are verified",
    r"(?P<seat>\S+) को छोड़ सभी सीटों के प्रतिवेदन सत्यापित हैं",
)
def all_but(world, seat):
    for unit in world.tracker.units():
        if unit.level == "lok_sabha" and unit.code != world.seat(seat):
            world.hand_in(unit.name.en, "2023-11-01", "A report.")
            world.verify(unit.name.en, "2023-11-02")


@step(rf"it is {DAY}", rf"आज {DAY} है")
def it_is(world, day):
    world.now = world.noon(day)


@step(
    r"(?P<number>\d+) reports are expected at the Lok Sabha level",
    r"लोकसभा स्तर पर (?P<number>\d+) प्रतिवेदन अपेक्षित हैं",
    then,
)
def expected(world, number):
    assert (world.status().level, world.status().expected) == ("lok_sabha", int(number))


@step("one order assigned them", "वे एक ही आदेश से सौंपे गए", then)
def one_order(world):
    names = [entry.name for entry in world.tracker.history("written-report")]
    assert names.count("AssignedToLevel") == 1


STAGES = {"लौटाया गया": "returned", "प्रस्तुत": "submitted", "सत्यापित": "verified"}


@step(
    r"the report of (?P<seat>\w+) is (?P<stage>returned|submitted|verified)",
    r"(?P<seat>\S+) का प्रतिवेदन (?P<stage>लौटाया गया|प्रस्तुत|सत्यापित) है",
    then,
)
def stands(world, seat, stage):
    assert world.tracker.task(world.task(seat)).state == STAGES.get(stage, stage)


@step(
    r"(?P<on_time>\d+) reports? (is|are) on time and (?P<late>\d+) (is|are) late",
    r"(?P<on_time>\d+) प्रतिवेदन समय पर और (?P<late>\d+) विलंबित हैं",
    then,
)
def on_time_and_late(world, on_time, late):
    assert (world.status().on_time, world.status().late) == (int(on_time), int(late))


@step(
    r"(?P<number>\d+) reports? of (?P<seat>\w+) (is|are) on record",
    r"(?P<seat>\S+) के (?P<number>\d+) प्रतिवेदन अभिलेख में हैं",
    then,
)
def on_record(world, number, seat):
    names = [entry.name for entry in world.tracker.history(world.task(seat))]
    assert names.count("ReportRecorded") == int(number)


@step(r'that is refused because "(?P<words>.+)"', r'यह अस्वीकार होता है क्योंकि "(?P<words>.+)"', then)
def is_refused(world, words):
    assert words in world.refusal


@step(r"(?P<number>\d+) reports are overdue", r"(?P<number>\d+) प्रतिवेदन अतिदेय हैं", then)
def overdue(world, number):
    assert world.status().overdue == int(number)
    assert len(world.tracker.tasks(directive="written-report", overdue=True)) == int(number)


@step(r"the directive is (?P<standing>open|completed)", r"निर्देश (?P<standing>लंबित|पूर्ण) है", then)
def directive_is(world, standing):
    completed = standing in ("completed", "पूर्ण")
    names = [event.name for event in world.tracker.history("written-report")]
    assert (names.count("LevelCompleted"), names.count("Completed")) == (completed, completed)
