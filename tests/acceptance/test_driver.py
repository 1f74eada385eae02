"""Programs as subjects: this library by its own program, and programs that are broken."""

import io
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.acceptance.broken import SUBJECTS

from directives.acceptance import SubjectFault, SubjectGone, TrackerSubject, serve
from directives.acceptance.driver import DriverSubject
from directives.acceptance.run import Asked, run
from directives.acceptance.scenarios import all_scenarios
from directives.acceptance.world import World

BROKEN = Path(__file__).with_name("broken.py")
FOUND_BY = {
    "self-verified": ("s1-own", "s1-own"),
    "wrong-reason": ("s1-other-seat", "refused as closed, not as not-own-unit"),
    "period-lost": ("s1-short-period", "is not refused"),
    "refused-yet-recorded": ("s1-before", "refused, and recorded"),
    "wrong-total": ("s1-assigned", ""),
    "late-is-on-time": ("s1-late", ""),
    "clock-stands": ("s1-overdue", ""),
    "history-cut": ("s1-corrected", ""),
    "event-missing": ("s1-same-day", ""),
    "ends-at-a-command": ("s1-done", "do task verify: the program has ended\n    verify: not implemented"),
    "silent": ("s1-corrected", "do task return: no answer in"),
    "wrong-id": ("s1-other-seat", "do report submit: id: is "),
    "debug-print": ("s1-other-seat", "do report submit: the answer is no JSON: b'now answering"),
    "always-english": ("s1-told", "खूंटी (लोकसभा) के संयोजक ने"),
    "days-ignored": ("earlier-task", ""),
    "known-ignored": ("earlier-evening", ""),
}
"""The scenario that finds each fault, and what it tells of it."""
TAGS = ("s1", "earlier-task", "earlier-evening")
"""The scenarios that are run for it."""


def nobody(done, total):
    """Progress that nobody watches."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", SUBJECTS)
def test_a_broken_program_is_found_and_named_by_a_scenario(fault):
    lang = "hi" if fault == "always-english" else "en"
    asked = Asked(driver=f"{sys.executable} {BROKEN} {fault}", tags=TAGS, languages=(lang,), patience=3)
    found = run(asked, nobody)
    assert found.faults == []
    failed = {each.scenario.id: each for each in found.verdicts if each.outcome == "failed"}
    tag, told = FOUND_BY[fault]
    assert tag in failed, [*failed]
    assert told in f"{failed[tag].why} {tag}"
    assert failed[tag].step or fault == "clock-stands"
    assert "Traceback" not in f"{failed[tag].why}"
    assert found.totals()["passed"] > 0, "the others go on"


def program(folder, text):
    path = folder / "program.py"
    path.write_text(text)
    return f"{sys.executable} {path}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the program has ended"),
        ("print('ready', flush=True); input()", "the answer is no JSON"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\n'); sys.stdout.flush(); input()", "the answer is no UTF-8"),
        ("print('[]', flush=True); input()", "the answer is no JSON object"),
        ("print('[' * 100000, flush=True); input()", "the answer is no JSON"),
        ("print('{\"id\": 7}', flush=True); input()", "id: is 7, and not 1"),
        ("print('{\"id\": 1}', flush=True); input()", "start: protocol: Field required"),
        ('print(\'{"id": 1, "fault": "not today"}\', flush=True); input()', "the program says: not today"),
        ("import sys; sys.exit('no database')", "the program has ended\n    no database"),
        (
            'print(\'{"id":1,"protocol":2,"subject":"x","version":"1","claims":[]}\', flush=True); input()',
            "it speaks protocol 2, and not 1",
        ),
    ],
)
def test_a_program_that_cannot_be_started_is_told_with_its_last_words(tmp_path, text, said):
    with pytest.raises(SubjectGone) as caught:
        DriverSubject(program(tmp_path, text))
    assert said in str(caught.value)


def test_a_program_that_is_not_there_or_says_nothing_is_told(tmp_path):
    with pytest.raises(SubjectGone, match="No such file"):
        DriverSubject("no-such-program --at all")
    with pytest.raises(SubjectGone, match="No closing quotation"):
        DriverSubject("a 'quote")
    with pytest.raises(SubjectGone, match=r"no answer in 0.2 seconds"):
        DriverSubject(program(tmp_path, "import time; time.sleep(60)"), patience=0.2)


def running(group):
    """The processes of a group that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if state != "Z" and its_group == str(group):
                found.append(path)
    return found


STARTED = 'print(\'{"id":1,"protocol":1,"subject":"x","version":"1","claims":["s1"]}\', flush=True)\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("while True: print('noise', flush=True)", "id: is|is no JSON"),
        ("import sys\nwhile True: sys.stderr.write('x' * 100000)", "no answer in"),
        ("import time; time.sleep(60)", "no answer in"),
        ("import os, time\nif os.fork() == 0: time.sleep(60)", "no answer in|has ended"),
        ("import os, time; os.close(1); time.sleep(60)", "has ended"),
    ],
)
def test_noise_and_silence_hold_nothing_up_and_nothing_is_left_running(tmp_path, text, said):
    subject = DriverSubject(program(tmp_path, STARTED + text), patience=0.5)
    group = subject._program._process.pid
    begun = time.monotonic()
    with pytest.raises(SubjectFault, match=said):
        subject.do({"command": "report submit"}, {"document": {"name": "x", "base64": "A" * 1_000_000}})
    subject.close()
    assert time.monotonic() - begun < 6
    while running(group) and time.monotonic() - begun < 6:  # what was killed takes a moment to end
        time.sleep(0.02)
    assert running(group) == []


def test_a_program_is_started_again_at_the_next_scenario_and_told_so_until_then():
    subject = DriverSubject(f"{sys.executable} {BROKEN} ends-at-a-command")
    world = World(subject, "en")
    with pytest.raises(SubjectFault, match="do task verify: the program has ended"):
        world.do("task verify", "headquarters@JH", task="written-report/JH-PC11")
    with pytest.raises(SubjectFault, match="do task submit: the program has failed before"):
        world.do("task submit", "headquarters@JH", task="written-report/JH-PC11")
    World(subject, "en").do("org retire", "headquarters@JH", code="JH-AC59", reason="Merged.")
    subject.close()


def test_our_own_program_answers_as_the_library_does():
    subject = DriverSubject(f"{sys.executable} -c 'from directives_cli.main import main; main()' acceptance serve")
    assert (subject.name, sorted(subject.claims)) == ("directives", sorted(TrackerSubject.claims))
    worlds = [World(subject, "en"), World(TrackerSubject(), "en")]
    for world in worlds:
        world.do("org retire", "headquarters@JH", code="JH-PC01", reason="Merged.")
    assert worlds[0].outcome == worlds[1].outcome
    assert json.loads(json.dumps(worlds[0].subject.events(90))) == json.loads(json.dumps(worlds[1].subject.events(90)))
    with pytest.raises(SubjectFault, match="ask task: the program says: UnknownDirective: directive: written-report"):
        subject.ask({"question": "task", "task": "written-report/NOWHERE"})
    for world in worlds:
        world.subject.close()


@pytest.mark.parametrize(
    "line", [b"nonsense", b"[]", b"{}", b'{"id": 1, "dance": {}}', b'{"id": 1, "do": {}}', b"\xff"]
)
def test_what_is_no_request_is_a_fault_and_the_next_is_answered(line):
    answers = io.BytesIO()
    start = b'{"id": 2, "start": {"protocol": 1, "features": "1.3"}}'
    serve(TrackerSubject(), io.BytesIO(b"\n".join((line, start, b'{"id": 3, "stop": {}}', b"never"))), answers)
    first, second, third = map(json.loads, answers.getvalue().splitlines())
    assert first["fault"]
    assert second["subject"] == "directives"
    assert third == {"id": 3, "ok": True}


@pytest.mark.slow
def test_over_json_lines_this_library_passes_every_scenario_that_is_not_about_its_own_store():
    serving = f"{sys.executable} -c 'from directives_cli.main import main; main()' acceptance serve"
    found = run(Asked(driver=serving), nobody)
    assert (found.faults, [each.scenario.id for each in found.verdicts if each.outcome == "failed"]) == ([], [])
    passed = {(each.scenario.id, each.scenario.lang) for each in found.verdicts if each.outcome == "passed"}
    assert passed == {(each.id, each.lang) for each in all_scenarios() if not each.own}
