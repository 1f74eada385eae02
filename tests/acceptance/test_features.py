"""The features, Hindi and English, run against a tracker; tests are named after the scenario's ASCII tag."""

import re
import unicodedata
from collections import Counter

import pytest

from directives.acceptance.binding import bound
from directives.acceptance.scenarios import LANGUAGES, all_scenarios, faults_of, paths, scenarios
from directives.acceptance.subject import CLAIMS
from directives.acceptance.words import PATTERNS

FILES = [path for lang in LANGUAGES for path in paths(lang)]
STATEMENTS = ("s1", "s2", "s3", "s4", "s5", "s6")
OWN = {each.name for each in all_scenarios() if each.own}
"""The scenarios on this library's own store, which is a file."""
globals().update(
    {name: each if name in OWN else pytest.mark.every_store(each) for name, each in bound(all_scenarios()).items()}
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_feature_is_nfc(path):
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


def test_each_step_is_defined_once_and_each_scenario_is_there_once():
    assert faults_of(all_scenarios(), PATTERNS) == []


def test_both_languages_have_the_same_rules_with_the_same_scenarios():
    def shape(lang):
        rules = dict.fromkeys(each.rule for each in scenarios(lang))
        return [(each.path.name, [*rules].index(each.rule), each.id, each.tags) for each in scenarios(lang)]

    assert shape("hi") == shape("en")


def test_no_definition_is_left_over():
    texts = {step for each in all_scenarios() for step in each.steps}
    assert [pattern for pattern in PATTERNS if not any(re.fullmatch(pattern, text) for text in texts)] == []


def test_no_scenario_is_lost():
    tests = [name for name in globals() if name.endswith(("_hi", "_en"))]
    written = sum(path.read_text("utf-8").count(word) for path in FILES for word in ("  Scenario:", "  परिदृश्य:"))
    assert len(tests) == written
    for lang in LANGUAGES:
        by_feature = Counter(each.id.split("-")[0] for each in scenarios(lang))
        assert {*STATEMENTS} < {*by_feature}
        assert min(by_feature[each] for each in STATEMENTS) >= 6
        assert min(by_feature.values()) >= 3


def test_each_claim_is_needed_by_some_scenario_and_each_scenario_needs_one():
    assert {claim for each in all_scenarios() for claim in each.needs} == CLAIMS.keys() - {"events"}
    assert [each.id for each in all_scenarios() if not each.needs and not each.own] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_for_each_statement_a_sentence_of_ours_is_quoted(statement, lang):
    assert [each for each in scenarios(lang) if {statement, "wording"} <= each.tags]
