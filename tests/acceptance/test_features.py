"""The features, Hindi and English, run against a Tracker; tests are named after the scenario's ASCII tag."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from gherkin.parser import Parser
from pytest_bdd import scenario
from tests.acceptance.world import PATTERNS

FEATURES = Path(__file__).parents[2] / "features"
FILES = sorted(FEATURES.glob("*/*.feature"))
LANGUAGES = ("hi", "en")
STATEMENTS = ("s1", "s2", "s3", "s4", "s5", "s6")


def children_of(path):
    """The background and the scenarios of a feature, those under its rules too."""
    waiting = list(Parser().parse(path.read_text("utf-8"))["feature"]["children"])
    while waiting:
        child = waiting.pop(0)
        waiting += child.get("rule", {}).get("children", [])
        if "rule" not in child:
            yield child


def scenarios_of(path):
    """The name and the tags of every scenario of a feature."""
    found = [child["scenario"] for child in children_of(path) if "scenario" in child]
    return [(each["name"], [tag["name"].lstrip("@") for tag in each["tags"]]) for each in found]


def steps_of(path):
    """The text of every step of a feature."""
    return [step["text"] for child in children_of(path) for part in child.values() for step in part["steps"]]


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


def rules_of(path):
    """The tags of the scenarios of a feature, rule by rule; each scenario stands in a rule."""
    children = Parser().parse(path.read_text("utf-8"))["feature"]["children"]
    rules = [child["rule"] for child in children if "background" not in child]
    return [[[tag["name"] for tag in child["scenario"]["tags"]] for child in rule["children"]] for rule in rules]


def test_both_languages_have_the_same_rules_with_the_same_scenarios():
    rules = {lang: {path.name: rules_of(path) for path in FILES if path.parent.name == lang} for lang in LANGUAGES}
    assert rules["hi"] == rules["en"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_step_is_defined_once(path):
    for text in steps_of(path):
        matching = [pattern for pattern in PATTERNS if re.fullmatch(pattern, text)]
        assert len(matching) == 1, f"{path.name}: {text}: {matching}"


def test_no_definition_is_left_over():
    texts = [text for path in FILES for text in steps_of(path)]
    assert [pattern for pattern in PATTERNS if not any(re.fullmatch(pattern, text) for text in texts)] == []


def test_no_scenario_is_lost():
    tests = [name for name in globals() if name.endswith(("_hi", "_en"))]
    assert len(tests) == sum(len(scenarios_of(path)) for path in FILES)
    for lang in LANGUAGES:
        tags = [tag for path in (FEATURES / lang).glob("*.feature") for _, (tag, *_) in scenarios_of(path)]
        by_statement = Counter(tag.split("-")[0] for tag in tags)
        assert sorted(by_statement) == [
            "assign",
            "audit",
            "bulk",
            "evidence",
            "life",
            "lists",
            "org",
            "person",
            *STATEMENTS,
            "store",
            "times",
        ]
        assert min(by_statement[each] for each in STATEMENTS) >= 6
        assert min(by_statement.values()) >= 3
