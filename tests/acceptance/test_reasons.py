"""Each refusal that a feature quotes has a code of its own, in ``features/reasons.json`` and on the page of errors."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from directives import DirectivesError
from directives.domain.reasons import REASONS

ROOT = Path(__file__).parents[2]
ROWS = json.loads((ROOT / "features" / "reasons.json").read_text("utf-8"))
QUOTE = {"en": r'refused because "(.+)"|cannot be read because "(.+)"', "hi": r'क्योंकि "(.+)"'}


def quotes(lang):
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "features" / lang).glob("*.feature")))
    return {next(filter(None, found.groups())) for found in re.finditer(QUOTE[lang], text)}


@pytest.mark.parametrize("lang", ["en", "hi"])
def test_each_quote_has_exactly_one_row_and_none_is_left_over(lang):
    assert Counter(row[lang] for row in ROWS) == Counter(quotes(lang))


def test_each_row_names_a_code_of_the_library_and_facts_of_that_code():
    for row in ROWS:
        named = set(REASONS[row["reason"]]) | {"line"}
        assert set(row["facts"]) <= named, row
    assert {row["reason"] for row in ROWS} == set(REASONS)


def test_the_page_of_errors_tells_each_code_and_its_facts():
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| ((?:`\w+`(?:, )?)*) *\| ", page, re.M)
    assert {code: re.findall(r"\w+", facts) for code, facts in told} == {
        code: [*facts] for code, facts in REASONS.items()
    }


def test_an_error_that_is_told_again_keeps_its_reason():
    error = DirectivesError("unit: {code} is unknown", reason="unknown-unit", code="JH-PC99")
    again = error.of_line(3, error.message)
    assert (again.reason, again.facts) == ("unknown-unit", {"unit": "JH-PC99", "line": 3})
    assert DirectivesError("no field").of_line(3, error.message).reason == "line-of-file"
    assert (error.retold(error.message).reason, error.retold(error.message).facts) == (error.reason, error.facts)
    assert (DirectivesError("something").reason, DirectivesError("something").facts) == (None, {})
