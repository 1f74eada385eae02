"""The desk of ``examples/node-desk``, a program in another language, passes what it claims; broken, it does not."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from directives.acceptance.conformance import Conformance, Verdict
from directives.acceptance.scenarios import LANGUAGES, all_scenarios

ROOT = Path(__file__).parents[2]
CLAIMS = {"s1", "s6"}


def load(path):
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


faults = load(ROOT / "examples" / "node-desk" / "faults.py")
needs_node = pytest.mark.skipif(faults.node() is None, reason="Node is not here")
ABOUT = ("rules", "totals", "times", "refusals", "history")


@needs_node
def test_the_desk_passes_each_scenario_that_it_claims_in_both_languages():
    found = faults.check(faults.DESK)
    assert {*found.claims} == CLAIMS
    assert faults.passes(found)
    wanted = Counter((each.id, each.lang) for each in all_scenarios() if each.needs <= CLAIMS and not each.own)
    assert {lang for _, lang in wanted} == {*LANGUAGES}
    passed = [each.scenario for each in found.verdicts if each.outcome == "passed"]
    assert Counter((each.id, each.lang) for each in passed) == wanted


def said(*requests):
    """What the desk answers to these lines; it ends with its input."""
    lines = "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in requests)
    run = subprocess.run(
        [faults.node(), faults.DESK], input=lines, capture_output=True, check=True, timeout=10, encoding="utf-8"
    )
    assert run.stderr == ""
    return [json.loads(line) for line in run.stdout.splitlines()]


NOON = "2023-12-31T12:00:00+05:30"
UNIT = {"code": "JH", "parent": None, "level": "state", "name": {"en": "Jharkhand\u2028", "hi": "झारखंड"}}
RESET = {"organisation": [UNIT], "levels": ["state"], "zone": "Asia/Kolkata", "founded": NOON, "now": NOON}


@needs_node
def test_what_the_desk_does_not_understand_is_a_fault_and_it_goes_on():
    strange = [
        *("", "null", "7", "[]", "{}", "no JSON", '{"id": 1}'),
        *({"id": 2, "constructor": {}}, {"id": 2, "do": None}, {"id": 2, "events": {"after": 0}}),
        *({"id": 2, "ask": {"question": "toString"}}, {"id": 2, "ask": {"question": "task", "task": "a/b"}}),
        *({"id": 2, "do": {"command": {"command": "org move"}}}, {"id": 2, "clock": {"now": "soon"}}),
        {
            "id": 2,
            "do": {"command": {"command": "task verify", "office": "headquarters@JH", "task": "a/b", "actor": "x"}},
        },
        {"id": 2, "ask": {"question": "status", "directive": "written-report", "as_of": "2023-11-01"}},
    ]
    first, *answers, last = said({"id": 1, "reset": RESET}, *strange, {"id": 3, "ask": {"question": "directives"}})
    assert first == {"id": 1, "ok": True}
    assert [each.keys() for each in answers] == [{"id", "fault"}] * len(strange)
    assert last == {"id": 3, "answer": {"directives": []}}


def test_there_are_twenty_faults_and_each_has_its_place_in_the_desk():
    desk = faults.DESK.read_text("utf-8")
    assert len({fault.name for fault in faults.FAULTS}) == len(faults.FAULTS) == 20
    assert len({faults.broken(desk, fault) for fault in faults.FAULTS} | {desk}) == 21
    assert Counter(fault.about for fault in faults.FAULTS) == dict.fromkeys(ABOUT, 4)
    with pytest.raises(ValueError, match="is there 0 times"):
        faults.broken(desk, faults.Fault("rules", "stale", "what is not there", ""))


def found(*verdicts, faults=()):
    return Conformance("desk", "1", ["s1"], "1.0", verdicts, faults)


def test_a_desk_that_does_not_answer_is_not_found_to_break_its_word():
    scenario = next(each for each in all_scenarios() if each.id == "s1-late")
    failed = Verdict(scenario, "failed", "assert 1 == 2", "Then")
    assert faults.finders(found(failed)) == ["s1-late"]
    assert faults.finders(found(Verdict(scenario, "passed"))) == []
    assert faults.finders(found(replace(failed, step=""))) == []
    assert faults.finders(found(replace(failed, fault=True))) == []
    assert faults.finders(found(failed, faults=["lost"])) == []
    assert not faults.passes(found(failed))
    assert not faults.passes(found(Verdict(scenario, "passed"), faults=["lost"]))


@needs_node
@pytest.mark.slow
def test_each_fault_is_found(capsys):
    assert faults.main() == 0, capsys.readouterr().out
    assert "20 of 20 faults are found." in capsys.readouterr().out
