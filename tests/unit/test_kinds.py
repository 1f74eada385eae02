"""What a kind asks for, as people are told and as they write it."""

import json
import re
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from directives import Count, Day, InvalidInput, Kind, Model, Text, UnknownKind, kind_meant, kinds, say_message


class Every(Model):
    """A parameter of each sort."""

    words: tuple[str, ...] = Field(default=(), max_length=3, description="Words.")
    one: Literal["a", "b"]
    some: tuple[Literal["a", "b"], ...] = Field(default=("a",), min_length=1)
    number: Count = Field(default=3, ge=2, le=9)
    perhaps: Count | None = None
    share: float = 0.5
    day: Day
    truth: bool = False
    anything: dict[str, int] = Field(default_factory=dict)


KIND = Kind("every", Text(en="every"), Every, (), lambda *_: (), lambda work, _: work)
ASKED = {each.name: each for each in KIND.asks}


def told(name):
    view = ASKED[name]
    limits = view.limits_in_words
    return str(view.type_in_words), None if limits is None else str(limits)


def test_each_parameter_is_told_with_its_type_and_its_limits():
    assert {name: told(name) for name in ASKED} == {
        "words": ("a list, each a text", "entries: 3 or less"),
        "one": ("one of a, b", None),
        "some": ("a list, each one of a, b", "not empty"),
        "number": ("a whole number", "from 2 to 9"),
        "perhaps": ("a whole number", "0 or more"),
        "share": ("a number", None),
        "day": ("a day", None),
        "truth": ("true or false", None),
        "anything": ("a JSON value", None),
    }
    assert [name for name, each in ASKED.items() if each.required] == ["one", "day"]
    assert [name for name, each in ASKED.items() if each.optional] == ["perhaps"]


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("words", "a,b", ["a", "b"]),
        ("words", " a , b ", ["a", "b"]),
        ("words", "a", ["a"]),
        ("words", "", []),
        ("words", "3", ["3"]),
        ("words", '["a, b"]', ["a, b"]),
        ("words", '"a, b"', ["a, b"]),
        ("words", "null", ["null"]),
        ("one", "a", "a"),
        ("one", '"a"', "a"),
        ("one", "3", "3"),
        ("number", "3", 3),
        ("number", "1,25,000", "1,25,000"),
        ("perhaps", "null", None),
        ("day", "2023-11-30", "2023-11-30"),
        ("day", "30 नवंबर 2023", "30 नवंबर 2023"),
        ("truth", "true", True),
        ("anything", '{"a": 1}', {"a": 1}),
        ("anything", "[" * 100_000, "[" * 100_000),
    ],
)
def test_a_parameter_is_read_as_people_write_it(name, written, read):
    assert ASKED[name].read(written) == read


@given(st.lists(st.text()))
def test_a_list_that_is_written_is_read_as_it_was(words):
    assert ASKED["words"].read(ASKED["words"].written(words)) == words


@pytest.mark.parametrize("name", [*kinds()])
def test_the_examples_of_each_kind_are_read_and_allowed(name):
    kind = kinds()[name]
    read = {each.name: each.read(each.written(each.example)) for each in kind.asks}
    assert kind.read_parameters("d", read) == kind.read_parameters("d", {each.name: each.example for each in kind.asks})
    assert all(each.description for each in kind.asks)
    assert kind.about is not None


@pytest.mark.parametrize("lang", ["en", "hi"])
def test_a_refusal_has_the_type_and_an_example(lang):
    with pytest.raises(InvalidInput) as caught:
        KIND.read_parameters("d", {"one": "a", "day": date(2023, 11, 1), "number": "many"})
    said = say_message(caught.value.message, lang)
    assert ("(a whole number, from 2 to 9, for example 3)" in said) == (lang == "en")
    assert ("2 से 9 तक" in said) == (lang == "hi")


def test_a_refusal_of_an_unknown_parameter_has_those_that_there_are():
    with pytest.raises(InvalidInput, match=r"parameters\.platform: is not a field here.*\(platforms, window_from, "):
        kinds()["social_groups"].read_parameters(
            "d", {"platform": "x", "window_from": "2023-11-01", "window_to": "2023-11-02"}
        )


def test_a_refusal_of_several_parameters_together_stays():
    with pytest.raises(InvalidInput) as caught:
        kinds()["social_groups"].read_parameters("d", {"window_from": "2023-11-02", "window_to": "2023-11-01"})
    assert str(caught.value).endswith("exchange or correct them")


@pytest.mark.parametrize(
    "text", ["written_report", "Written Report", "written-report", "लिखित प्रतिवेदन", "लिखित  प्रतिवेदन"]
)
def test_a_kind_is_meant_by_its_name_or_its_title(text):
    assert kind_meant(text).name == "written_report"


def test_an_unknown_kind_is_told_with_those_that_there_are():
    with pytest.raises(UnknownKind, match="kind: report is unknown: use one of action, alliance_support"):
        kind_meant("report")


def test_the_view_is_json():
    views = [json.loads(each.model_dump_json()) for each in kinds()["social_groups"].asks]
    assert views[0]["name"] == "platforms"
    assert re.fullmatch("[a-z]+", views[0]["type"])
