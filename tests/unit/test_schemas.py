"""The schemas of minutes and of stored events accept what is read and stored, and refuse what is not."""

import json
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from pydantic_core import to_jsonable_python

from directives import schema, schema_of_events, schema_of_minutes
from directives.domain.event import EVENTS

ROOT = Path(__file__).parents[1]
GOLDEN = sorted((ROOT / "golden").glob("*.json"))
BUNDLED = to_jsonable_python(tomllib.loads((files("directives") / "samples" / "minutes.toml").read_text("utf-8")))
OTHER = to_jsonable_python(tomllib.loads((ROOT / "fifth_kind" / "minutes.toml").read_text("utf-8")))
FIRST = BUNDLED["directives"][0]
EVENT = schema_of_events()


def valid(found, given):
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(found, format_checker=formats).is_valid(given)


def stored(name):
    """The schema of events of that name and version alone."""
    return {"$ref": f"#/$defs/{name}", "$defs": EVENT["$defs"]}


@pytest.mark.parametrize("found", [schema(), schema_of_minutes(), EVENT], ids=["commands", "minutes", "events"])
def test_it_is_a_schema_of_the_standard_and_has_only_words_of_it(found):
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(found)
    assert not {'"ge":', '"le":', '"gt":', '"lt":'} & set(json.dumps(found).split())


def test_a_process_that_did_nothing_else_has_all_events_too():
    code = "from directives import schema_of_events; print(*schema_of_events()['$defs'])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {*told} >= {path.name.rsplit(".", 2)[0] for path in GOLDEN}


@pytest.mark.parametrize("minutes", [BUNDLED, OTHER], ids=["bundled", "fifth kind"])
def test_minutes_are_accepted(minutes):
    assert valid(schema_of_minutes(), minutes)


@pytest.mark.parametrize(
    "wrong",
    [
        {name: value for name, value in BUNDLED.items() if name != "held_on"},
        BUNDLED | {"held_on": "19 October"},
        BUNDLED | {"title": {"hi": "बैठक"}},
        BUNDLED | {"statements": []},
        BUNDLED | {"place": "Ranchi"},
        BUNDLED | {"directives": [FIRST | {"grace_days": -1}]},
        BUNDLED | {"directives": [FIRST | {"assign": [{"level": "block"}]}]},
    ],
)
def test_wrong_minutes_are_not(wrong):
    assert not valid(schema_of_minutes(), wrong)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_golden_file_is_accepted_as_what_it_is(path):
    event, name = json.loads(path.read_bytes()), path.stem.rpartition(".")[0]
    assert valid(EVENT, event)
    assert valid(stored(name), event)
    data = event["data"]
    assert not valid(EVENT, {**event, "position": 7}), "that is in a column"
    assert not valid(stored(name), {**event, "data": {**data, "bogus": 1}})
    for field in data:
        without = {**event, "data": {key: data[key] for key in data if key != field}}
        assert (field == "distribution") is valid(stored(name), without)
    for field in event:
        optional = field == "on_behalf_of"
        assert optional is valid(EVENT, {key: event[key] for key in event if key != field})


def test_every_event_and_version_has_its_definition():
    assert [each["$ref"] for each in EVENT["anyOf"]] == [f"#/$defs/{name}" for name in sorted(EVENTS)]
    assert EVENTS.keys() < EVENT["$defs"].keys()
    for name, each in EVENT["$defs"].items():
        assert name == "JsonValue" or each["description"]
