"""Runs the features against a subject, in a process of its own, and tells what became of every scenario.

The totals are never pytest's: what was to be run is read from the features before, and compared with what was.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from directives.acceptance import suite
from directives.acceptance.choosing import Chosen, not_claimed, require_one
from directives.acceptance.conformance import Conformance, Verdict
from directives.acceptance.driver import PATIENCE
from directives.acceptance.files import features_version
from directives.acceptance.scenarios import LANGUAGES, Scenario, all_scenarios, faults_of
from directives.acceptance.steps import patterns
from directives.domain.errors import Inconclusive, InvalidInput
from directives.i18n.message import Message

SUITE = Path(suite.__file__).parent
PLUGINS = ("no:cacheprovider", "pytest_bdd.plugin", "directives.acceptance.plugin")
_FAULTS: dict[str, Callable[[int], Message]] = {
    "lost": lambda number: Message("{number} {number:scenario has|scenarios have} no result", number=number),
    "double": lambda number: Message(
        "{number} {number:scenario has|scenarios have} more than one result", number=number
    ),
    "skipped": lambda number: Message("{number} {number:scenario was|scenarios were} skipped", number=number),
    "cut": lambda number: Message(
        "{number} {number:scenario|scenarios} passed without all of the steps", number=number
    ),
    "unasked": lambda number: Message(
        "{number} {number:result belongs|results belong} to no scenario of this run", number=number
    ),
    "nothing": lambda _: Message("no scenario is claimed"),
}
"""Why a run says nothing about the subject."""
_KNOWN = {0: "passed", 1: "failed"}
_LOOK = 0.1
_PARTING = 6.0
_STALLED = 600.0
"""Seconds without a result after which a run is ended: a subject in process may never return."""
_TOLD = 5


@dataclass(frozen=True)
class Asked:
    """What is run: a subject, scenarios, languages.

    Attributes:
        factory: ``MODULE:FACTORY``, which makes the subject.
        driver: the program that is the subject; without either, it is this library.
        claims: a TOML file of what is not claimed, and why.
        tags: only scenarios with one of these tags.
        languages: the languages of the features.
        patience: how many seconds a program may take for an answer.
    """

    factory: str | None = None
    driver: str | None = None
    claims: Path | None = None
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    patience: float = PATIENCE


def run(asked: Asked, progress: Callable[[int, int], None]) -> Conformance:
    """Run the features, and say what became of every scenario.

    Args:
        progress: told how many scenarios of how many are done.

    Raises:
        InvalidInput: what is asked for cannot be.
        Inconclusive: there are no results at all.
    """
    expected = all_scenarios(asked.languages)
    without, ran_at = _checked(asked, expected), datetime.now(UTC).isoformat(timespec="seconds")
    with TemporaryDirectory() as folder:
        results = Path(folder, "results.jsonl")
        look = Look(results, expected, without, asked.tags, progress)
        code, output = _carried_out(asked, results, look)
        lines = _lines(results)
    broken = [line for line in lines if "broken" in line]
    if broken and broken[0].get("given"):
        raise InvalidInput("{said}", said=broken[0]["broken"])
    if broken:
        raise Inconclusive("subject: cannot be run: {said}", said=broken[0]["broken"])
    if not lines or "subject" not in lines[0]:
        raise Inconclusive("results: there are none (exit code {code}): {output}", code=code, output=output)
    subject, told = lines[0]["subject"], [line for line in lines if "id" in line]
    chosen = Chosen(subject["claims"], without, asked.tags)
    verdicts, faults = _judged(expected, chosen, told)
    unclosed = [line["unclosed"] for line in lines if "unclosed" in line]
    faults += [Message("the subject cannot be stopped: {said}", said=each) for each in unclosed]
    faults += _of_code(code, verdicts)
    of_subject = (subject["name"], subject["version"], subject["claims"])
    return Conformance(*of_subject, features_version(), verdicts, faults, ran_at)


@dataclass
class Look:
    """Looks at the results so far, and tells how many of those that are claimed are done."""

    results: Path
    expected: Sequence[Scenario]
    without: Mapping[str, str]
    tags: Sequence[str]
    progress: Callable[[int, int], None]
    seen: int = 0
    since: float = field(default_factory=time.monotonic)

    def __call__(self) -> None:
        """Tell it where more has come, as soon as it is known what the subject claims.

        Raises:
            Inconclusive: nothing has come for long.
        """
        size = self.results.stat().st_size if self.results.exists() else 0
        if size == self.seen:
            if time.monotonic() - self.since > _STALLED:
                raise Inconclusive(
                    "results: none has come for {number} {number:second|seconds}", number=round(_STALLED)
                )
            return
        self.seen, self.since = size, time.monotonic()
        lines = _lines(self.results)
        if lines and "subject" in lines[0]:
            chosen = Chosen(lines[0]["subject"]["claims"], self.without, self.tags)
            self.progress(len(lines) - 1, sum(1 for each in self.expected if chosen.why_not(each) is None))


def _checked(asked: Asked, expected: Sequence[Scenario]) -> dict[str, str]:
    """What the file of claims says, when all that was asked for is there, and can be run."""
    require_one(asked.factory, asked.driver)
    known = {tag for each in expected for tag in each.tags}
    unknown = [tag for tag in asked.tags if tag not in known]
    if unknown:
        raise InvalidInput(
            "tags: {tag} is not a tag of the features: write one of them, for example s1", tag=repr(unknown[0])
        )
    without = not_claimed(asked.claims)
    faults = faults_of([each for each in expected if not each.own], patterns())
    if faults:
        raise Inconclusive("features: {fault} (and {number} more)", fault=faults[0], number=len(faults) - 1)
    return without


def _carried_out(asked: Asked, results: Path, look: Look) -> tuple[int, str]:
    """The exit code of pytest, and the end of what it said."""
    options: dict[str, object] = {"--driver": asked.driver, "--subject": asked.factory, "--claims": asked.claims}
    options["--patience"] = asked.patience
    given = [f"{name}={value}" for name, value in options.items() if value is not None]
    if asked.tags:
        given.append(f"--tags={','.join(asked.tags)}")
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    place = ["-c", os.devnull, f"--rootdir={SUITE}", f"--confcutdir={SUITE}"]
    tests = [str(SUITE / f"test_{lang}.py") for lang in asked.languages]
    command = [sys.executable, "-P", "-m", "pytest", "-q", *place, *plugins, *given, f"--results={results}", *tests]
    with results.with_suffix(".log").open("w+b") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment())
        with _ending(process):
            while process.poll() is None:
                time.sleep(_LOOK)
                look()
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip().splitlines()
    return process.returncode, " | ".join(said[-_TOLD:])


@contextmanager
def _ending(process: "subprocess.Popen[bytes]") -> Generator[None]:
    """End pytest, and the subject with it, where this process is interrupted or told to end."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    signals = (signal.SIGTERM, signal.SIGHUP) if threading.current_thread() is threading.main_thread() else ()
    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        if process.poll() is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let pytest end, and the subject with it; then end it."""
    for signal_number in (None, signal.SIGINT, signal.SIGKILL):  # a terminal has told it already
        if signal_number is not None:
            process.send_signal(signal_number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PARTING)
            return


def _environment() -> dict[str, str]:
    """That of this process, without what would change which tests are run, or what they look at."""
    changed = {"PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONINSPECT"}
    kept = {name: value for name, value in os.environ.items() if name not in changed}
    own = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"}
    return kept | own


def _lines(results: Path) -> list[dict[str, Any]]:
    """What was written down; a last line that is cut short is left out."""
    text = results.read_text("utf-8") if results.exists() else ""
    return [cast(dict[str, Any], json.loads(line)) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def _judged(
    expected: Sequence[Scenario], chosen: Chosen, told: Sequence[Mapping[str, Any]]
) -> tuple[list[Verdict], list[Message]]:
    """What became of each scenario, and why the run says nothing, if it does not."""
    by_scenario: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for line in told:
        by_scenario.setdefault((line["id"], line["lang"]), []).append(line)
    verdicts: list[Verdict] = []
    faults: Counter[str] = Counter()
    for scenario in expected:
        why_not, lines = chosen.why_not(scenario), by_scenario.pop((scenario.id, scenario.lang), [])
        if why_not is not None:
            verdicts.append(Verdict(scenario, "not claimed", why_not))
            faults["unasked"] += len(lines)
            continue
        verdicts.append(_verdict(scenario, lines))
        faults.update(_faults_in(scenario, lines))
    faults["unasked"] += len(by_scenario)
    if all(each.outcome == "not claimed" for each in verdicts):
        faults["nothing"] += 1
    return verdicts, [_FAULTS[name](number) for name, number in faults.items() if number]


def _verdict(scenario: Scenario, lines: Sequence[Mapping[str, Any]]) -> Verdict:
    """What became of a scenario: it fails where anything about it did, and where nothing is known of it."""
    if not lines:
        return Verdict(scenario, "failed", Message("there is no result"))
    failed = [line for line in lines if line["outcome"] != "passed"]
    if failed:
        worst = failed[0]
        why = worst["why"] if worst["outcome"] == "failed" else Message("was skipped: {why}", why=worst["why"])
        return Verdict(scenario, "failed", why, worst["step"], worst["seconds"], worst["fault"])
    return Verdict(scenario, "passed", seconds=lines[0]["seconds"])


def _faults_in(scenario: Scenario, lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not lines:
        yield "lost"
    if sum(1 for line in lines if line["when"] != "teardown") > 1:
        yield "double"
    if any(line["outcome"] == "skipped" for line in lines):
        yield "skipped"
    if any(line["outcome"] == "passed" and line["steps"] != len(scenario.steps) for line in lines):
        yield "cut"


def _of_code(code: int, verdicts: Sequence[Verdict]) -> list[Message]:
    """An exit code of pytest that does not go with what became of the scenarios."""
    worst = "failed" if any(each.outcome == "failed" for each in verdicts) else "passed"
    if _KNOWN.get(code) == worst:
        return []
    return [Message("pytest ended with the exit code {code}", code=code)]
