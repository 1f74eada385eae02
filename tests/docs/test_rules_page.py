"""Each rule on the page of rules names what shows it: scenarios in both languages, or tests."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
TAG = re.compile(r"`@([^`]+)`")
TEST = re.compile(r"`(tests/[^`]+)::([^`]+)`")


@pytest.mark.parametrize("lang", ["en", "hi"])
def test_every_tag_is_that_of_a_scenario(lang):
    features = [path.read_text("utf-8") for path in (ROOT / "features" / lang).glob("*.feature")]
    tags = {tag for text in features for tag in re.findall(r"^ *@(\S+)[^\n]*\n *(?:Scenario|परिदृश्य):", text, re.M)}
    named = {*TAG.findall(PAGE)}
    assert named
    assert sorted(named - tags) == []


def test_every_test_exists():
    named = TEST.findall(PAGE)
    assert named
    assert [f"{path}::{name}" for path, name in named if not is_there(ROOT / path, name)] == []


def is_there(path, name):
    return path.is_file() and re.search(rf"^def {re.escape(name)}\(", path.read_text("utf-8"), re.M) is not None


def test_every_rule_names_what_shows_it():
    rules = re.findall(r"^[-*] .*(?:\n +\S.*)*", PAGE, re.M)
    assert rules
    assert [rule for rule in rules if not (TAG.search(rule) or TEST.search(rule))] == []
