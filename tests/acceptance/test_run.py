"""`directives acceptance run`: what it tells, and each way in which a run could be green and say nothing."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from directives import Inconclusive, InvalidInput
from directives.acceptance.choosing import Chosen
from directives.acceptance.conformance import Conformance
from directives.acceptance.run import Asked, _judged, run
from directives.acceptance.scenarios import all_scenarios, faults_of, scenarios
from directives.acceptance.steps import patterns
from directives.acceptance.subject import CLAIMS
from directives_cli.main import main

MINE = """
from directives.acceptance import TrackerSubject

class Mine(TrackerSubject):
    name, version = "mine", "7"
    claims = {claims}

    def do(self, command, documents):
        {does}
        return super().do(command, documents)
"""


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Write a subject of one's own into the folder in which the command runs, and run the features against it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIRECTIVES_LANG", raising=False)

    def run_against(*args, does="pass", claims='("s1", "s6", "waiting")', before="", code=0):
        (tmp_path / "mine.py").write_text(before + MINE.format(does=does, claims=claims))
        args = ["acceptance", "run", "--subject", "mine:Mine", "--features", "en", *args]
        result = CliRunner().invoke(main, args)
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result

    return run_against


def test_every_scenario_is_told_with_its_reason_and_the_three_add_up_to_all(mine, tmp_path):
    (tmp_path / "claims.toml").write_text('s6 = "we keep no minutes"\ns1-late = "we forgive"\n')
    result = mine("--claims", "claims.toml", "--out", "out")
    told = json.loads((tmp_path / "out" / "conformance.json").read_text("utf-8"))
    expected = scenarios("en")
    totals = told["totals"]
    assert (told["subject"], told["version"], told["features"], told["languages"]) == ("mine", "7", "1.3", ["en"])
    assert told["conclusive"]
    assert totals["passed"] + totals["failed"] + totals["not claimed"] == totals["all"] == len(expected)
    assert (totals["passed"], totals["failed"]) == (sum(1 for each in expected if {"s1"} <= each.tags) - 2, 0)
    assert [each["tag"] for each in told["scenarios"]] == [each.id for each in expected]
    by_tag = {each["tag"]: each["languages"]["en"] for each in told["scenarios"]}
    assert {each["outcome"] for each in by_tag.values()} == {"passed", "not claimed"}
    assert all(each.get("why") for each in by_tag.values() if each["outcome"] == "not claimed")
    assert by_tag["s1-late"]["why"] == "we forgive"
    assert by_tag["s6-shown"]["why"] == "we keep no minutes"
    assert by_tag["s1-told"]["why"] == "the subject does not claim wording"
    assert by_tag["store-rebuild"]["why"] == "is about the store, files and lists of directives itself"
    assert f"mine 7: {totals['all']} scenarios of features 1.3, {totals['passed']} passed, 0 failed" in result.stdout
    assert "Each Lok Sabha seat owes one written report." in result.stdout
    assert "we forgive" in result.stdout
    tree = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    cases = tree.findall("testsuite/testcase")
    assert len(cases) == totals["all"]
    assert len(tree.findall("testsuite/testcase/skipped")) == totals["not claimed"]
    assert sum(int(each.get("skipped")) for each in tree) == totals["not claimed"]


def test_a_scenario_that_fails_is_told_with_its_step_and_exits_with_1(mine, tmp_path):
    does = 'command = {**command, "occurred_at": "2023-11-01"} if "verify" in command["command"] else command'
    result = mine("--tags", "s1-done,s1-assigned", "--out", "out", does=does, code=1)
    assert "@s1-done" in result.stdout
    told = json.loads((tmp_path / "out" / "conformance.json").read_text("utf-8"))
    assert told["totals"]["failed"] == 1
    (failed,) = [each["languages"]["en"] for each in told["scenarios"] if each["outcome"] == "failed"]
    assert (
        failed["step"] == "When state headquarters verifies the report of Khunti on 20 December 2023" or failed["why"]
    )
    (failure,) = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot().iter("failure")
    assert failure.get("message")


def nobody(done, total):
    """Progress that nobody watches."""


FALSE_GREENS = {
    "skipped by the subject": ("import pytest; pytest.skip('later')", "scenarios were skipped"),
    "expected to fail": ("import pytest; pytest.xfail('later')", "scenarios were skipped"),
    "ended with 0 at a step": ("import os; os._exit(0)", "scenarios have no result"),
    "pytest ended with 0": ("import pytest; pytest.exit('enough', returncode=0)", "scenarios have no result"),
    "interrupted": ("raise KeyboardInterrupt", "scenarios have no result"),
}


@pytest.mark.parametrize("way", FALSE_GREENS)
def test_a_run_that_says_nothing_exits_with_3(mine, way):
    does, said = FALSE_GREENS[way]
    result = mine("--tags", "s1", does=does, code=3)
    assert said in result.stderr


def test_an_exit_of_the_subject_is_an_exception_like_others_and_the_scenario_fails(mine):
    assert "SystemExit" in mine("--tags", "s1-done", does="import sys; sys.exit(0)", code=1).stdout


def test_a_subject_that_drops_tests_is_found(mine):
    before = """
import pytest, _pytest.main
collect = _pytest.main.Session.perform_collect
def fewer(self, *args, **kwargs):
    items = collect(self, *args, **kwargs)
    self.items[:] = self.items[:3]
    return items
_pytest.main.Session.perform_collect = fewer
"""
    assert "scenarios have no result" in mine("--tags", "s1", before=before, code=3).stderr


@pytest.mark.parametrize("before", ["import os; os._exit(0)\n", "import sys; sys.exit(0)\n", "1/0\n"])
def test_a_subject_that_ends_when_it_is_imported_is_found(mine, before):
    assert mine("--tags", "s1-done", before=before, code=3).stderr.startswith("Error: ")


def test_nothing_claimed_and_nothing_run_are_found(mine):
    assert "no scenario is claimed" in mine(claims="()", code=3).stderr
    assert "no scenario is claimed" in mine("--tags", "store", code=3).stderr
    assert "no scenario is claimed" in mine("--tags", "s2", code=3).stderr


def test_what_the_environment_says_of_tests_changes_nothing(mine, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k none_of_them --maxfail=1")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    (tmp_path / "conftest.py").write_text("def pytest_collection_modifyitems(items): items.clear()\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -k none_of_them\n")
    result = mine("--tags", "s1", "--json")
    told = json.loads(result.stdout)
    assert told["totals"]["passed"] == sum(
        1 for each in scenarios("en") if "s1" in each.tags and "wording" not in each.tags
    )


def line(outcome="passed", when="call", tag="s1-done", lang="en", steps=5):
    result = {"id": tag, "lang": lang, "outcome": outcome, "when": when, "steps": steps}
    return result | {"step": "", "why": "", "seconds": 0.1, "fault": False}


def test_double_lost_and_unasked_results_are_found():
    (done,) = [each for each in scenarios("en") if each.id == "s1-done"]
    chosen = Chosen(CLAIMS)

    def faults(*lines, asked=chosen):
        return sorted(str(each) for each in _judged([done], asked, lines)[1])

    assert faults(line()) == []
    assert faults(line(), line()) == ["1 scenario has more than one result"]
    assert faults() == ["1 scenario has no result"]
    assert faults(line(), line(lang="hi")) == ["1 result belongs to no scenario of this run"]
    assert faults(line(), asked=Chosen(())) == [
        "1 result belongs to no scenario of this run",
        "no scenario is claimed",
    ]
    assert faults(line(steps=4)) == ["1 scenario passed without all of the steps"]
    assert faults(line("failed", "setup")) == []
    assert faults(line(), line("failed", "teardown")) == []
    (verdict,), _ = _judged([done], chosen, [line(), line("failed", "teardown")])
    assert verdict.outcome == "failed"
    (verdict,), _ = _judged([done], chosen, [])
    assert verdict.outcome == "failed"


def test_a_step_without_a_definition_or_with_two_and_a_name_that_is_twice_stop_before_anything_runs(monkeypatch):
    (done,) = [each for each in scenarios("en") if each.id == "s1-done"]
    undefined = done._replace(id="s1-new", name="New", steps=("nobody knows this",))
    assert faults_of([done], patterns()) == []
    assert faults_of([done, undefined], patterns()) == ["0 definitions for the step: nobody knows this"]
    assert faults_of([undefined], ["nobody.*", ".*this"]) == ["2 definitions for the step: nobody knows this"]
    twice = undefined._replace(id="s1-newer", steps=())
    assert faults_of([twice, undefined._replace(steps=())], []) == ["2 scenarios of one name: New"]
    assert faults_of([twice, twice._replace(name="Other")], []) == ["2 scenarios of one tag: @s1-newer (en)"]
    monkeypatch.setattr("directives.acceptance.run.all_scenarios", lambda _: [undefined])
    with pytest.raises(Inconclusive, match="0 definitions for the step: nobody knows this"):
        run(Asked(), nobody)


def test_a_scenario_fails_where_either_language_fails():
    asked = [each for each in all_scenarios() if each.id == "s1-done"]
    lines = [line(lang="hi"), line("failed", lang="en")]
    verdicts, faults = _judged(asked, Chosen(CLAIMS), lines)
    assert faults == []
    assert Conformance("x", "1", [], "1.0", verdicts, faults).totals() == {"passed": 0, "failed": 1, "not claimed": 0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('s7 = "why"', "s7 is neither a claim nor a tag"),
        ("s1 = 1", "s1: give the reason as a text"),
        ('s1 = " "', "s1: give the reason as a text"),
        ("s1 = ", "is not TOML"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_file_of_claims_that_is_none_is_told(mine, tmp_path, text, said):
    if text is not None:
        (tmp_path / "claims.toml").write_text(text)
    assert said in mine("--claims", "claims.toml", code=2).stderr


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("name = None", "name: None is not allowed: write a text"),
        ("version = 7", "version: 7 is not allowed: write a text"),
        ("claims = 's1'", "claims: 's1' is not allowed: write a list"),
        ("claims = (1,)", "claims.0: 1 is not allowed: write a text"),
        ("claims = None", "claims: None is not allowed: write a list"),
        ("reset = property(lambda self: 1 / 0)", "division by zero"),
    ],
)
def test_a_subject_that_does_not_say_what_it_is_is_told(mine, what, said):
    before = "import directives.acceptance as a\nsubject = a.TrackerSubject\n"
    result = mine("--tags", "s1-done", before=before, claims=f"('s1',)\n    {what}", code=1 if "reset" in what else 3)
    assert said in result.stderr + result.stdout


def test_what_cannot_be_asked_for_is_told(mine):
    assert "'s9' is not a tag of the features" in mine("--tags", "s1,s9", code=2).stderr
    assert "only one of --subject and --driver" in mine("--driver", "node desk.js", code=2).stderr
    assert "s7 is none: use some of" in mine(claims='("s7",)', code=3).stderr
    with pytest.raises(InvalidInput, match="only one of"):
        run(Asked(factory="a:b", driver="c"), nobody)


def test_progress_tells_how_many_of_those_that_are_claimed_are_done(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(MINE.format(does="import time; time.sleep(0.03)", claims='("s1", "lists")'))
    told = []
    found = run(Asked(factory="mine:Mine", tags=("s1",), languages=("en",)), lambda *each: told.append(each))
    passed = found.totals()["passed"]
    assert {total for _, total in told} == {passed}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({done for done, _ in told}) > 2
    assert told[-1][0] <= passed


@pytest.mark.slow
def test_results_are_whole_where_workers_share_the_scenarios(tmp_path):
    results = tmp_path / "results.jsonl"
    results.write_text("what an earlier run left\n")
    suite = ("--pyargs", "directives.acceptance.suite", "-p", "directives.acceptance.plugin", "--tags", "s1")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *suite, f"--results={results}"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    first, *lines = map(json.loads, results.read_text("utf-8").splitlines())
    assert first["subject"]["name"] == "directives"
    assert sorted((each["id"], each["lang"]) for each in lines) == sorted(
        (each.id, each.lang) for each in all_scenarios() if "s1" in each.tags and not each.own
    )


CHAMELEON = """
class Chameleon(a.TrackerSubject):
    asked = 0

    @property
    def claims(self):
        Chameleon.asked += 1
        return ("s1", "wording", "events") if Chameleon.asked == 1 else ()

    def do(self, command, documents):
        answer = super().do(command, documents)
        return {**answer, "message": {"en": "?", "hi": "?"}} if "message" in answer else answer
"""
DEAF = """
class Deaf(a.TrackerSubject):
    claims = ("s1",)

    def __init__(self):
        import _pytest.python

        _pytest.python.Function.runtest = lambda self: None
        super().__init__()
"""
STUBBORN = """
class Stubborn(a.TrackerSubject):
    claims = ("s1",)

    def close(self):
        raise ValueError("no\\u2028end")
"""


@pytest.fixture
def against(tmp_path, monkeypatch):
    """Run the features against a class of the text."""
    monkeypatch.chdir(tmp_path)

    def run_against(text, *args, code):
        (tmp_path / "strange.py").write_text(f"import directives.acceptance as a\n{text}")
        name = text.split("class ")[1].split("(")[0]
        given = ["acceptance", "run", "--subject", f"strange:{name}", "--features", "en", "--tags", "s1", *args]
        result = CliRunner().invoke(main, given)
        assert result.exit_code == code, result.output
        return result

    return run_against


def test_what_a_subject_claims_first_holds_for_the_whole_run(against):
    assert "an office of that unit must: ?" in against(CHAMELEON, code=1).stdout


def test_a_subject_that_turns_pytest_off_is_found(against):
    assert "passed without all of the steps" in against(DEAF, code=3).stderr


def test_an_inconclusive_run_is_no_green_report_and_an_earlier_one_is_gone(against, tmp_path):
    assert "the subject cannot be stopped: ValueError" in against(STUBBORN, "--out", "out", code=3).stderr
    tree = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    assert len([*tree.iter("error")]) == 1
    assert not json.loads((tmp_path / "out" / "conformance.json").read_text("utf-8"))["conclusive"]
    result = CliRunner().invoke(main, ["acceptance", "run", "--driver", "no-such-program", "--out", "out"])
    assert result.exit_code == 3
    assert [*(tmp_path / "out").iterdir()] == []


def test_strange_texts_are_shown_and_written_safely(against, tmp_path):
    name = "x\\x1b[31mred\\x07\\u202e\\u2028\\ud800: 9 passed\\n"
    text = f'class S(a.TrackerSubject):\n    name, claims = "{name}", ("s1",)\n'
    result = against(text, "--out", "out", code=0)
    last = result.stdout.splitlines()[-1]
    assert last.startswith("x\\u001b[31mred\\u0007\\u202e")
    assert "0 failed" in last
    ElementTree.parse(tmp_path / "out" / "junit.xml")
    assert json.loads((tmp_path / "out" / "conformance.json").read_text("utf-8"))["totals"]["failed"] == 0
    assert "क्\u200dष" in Conformance("क्\u200dष", "1", [], "1.0", [], []).as_junit().decode()


def test_files_of_the_folder_take_no_place_of_installed_modules(against, tmp_path):
    for name in ("json", "re", "pytest", "directives", "pydantic"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')\n")
    against("class S(a.TrackerSubject):\n    claims = ('s1',)\n", code=0)


@pytest.mark.parametrize("tags", ["", ",", "s1,", "@s1"])
def test_tags_that_are_none_are_told(mine, tags):
    assert "is not a tag of the features" in mine("--tags", tags, code=2).stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mine", "write MODULE:FACTORY"),
        ("mine:nobody", "nobody"),
        ("mine:__name__", "cannot be called"),
        ("no:x", "No module"),
    ],
)
def test_a_factory_that_is_none_is_told(mine, given, said):
    mine("--tags", "s1-done")
    result = CliRunner().invoke(main, ["acceptance", "run", "--subject", given])
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_running_where_a_run_is_ended(tmp_path, number):
    (tmp_path / "busy.py").write_text(
        "import os, time\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        'print(\'{"id":1,"protocol":1,"subject":"x","version":"1","claims":["s1"]}\', flush=True)\n'
        "time.sleep(600)\n"
    )
    program = [sys.executable, "-c", "from directives_cli.main import main; main()"]
    process = subprocess.Popen(
        [*program, "acceptance", "run", "--driver", f"{sys.executable} {tmp_path / 'busy.py'}"],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a run in the background ignores it
    )
    until = time.monotonic() + 30
    while not (tmp_path / "pid").exists() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(number)
    assert process.wait(30) == (130 if number == signal.SIGINT else 143)
    driver = Path(f"/proc/{(tmp_path / 'pid').read_text()}/stat")
    assert not driver.exists() or driver.read_text().rpartition(")")[2].split()[0] == "Z"
