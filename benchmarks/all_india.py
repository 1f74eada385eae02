"""What is measured in the full form: all India, 1,316,703 units, and two million events."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.measuring import Row, medians, peak_megabytes, ratio, seconds, spent, tell, under
from benchmarks.one_state import SUBMISSIONS, asking, assigning, moving, rebuilding
from benchmarks.stores import Clock, booths, in_parts, one_directive, submissions, verifications
from directives import OrganisationFile, Tracker, generated_india, write_organisation

OPEN = 60
"""Tasks that are left open, when all others are done."""
LATE = 100_000
"""Tasks that are done late, before their level is extended."""


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        with (folder / "india.csv").open("w", encoding="utf-8") as file:
            write_organisation(generated_india(), file)
        yield from importing(folder)
        with Tracker(f"sqlite:///{folder / 'india.db'}", clock=clock) as tracker:
            yield from assigning(tracker, folder, clock)
            one_directive(tracker, clock)
            yield from rebuilding(tracker)
            codes = booths(tracker)
            rates = list(_rates(tracker, codes))
            note = f"{rates[-1]:,.0f} a second after {len(codes) - SUBMISSIONS:,}, {rates[0]:,.0f} at first"
            yield ratio("bulk rate at a million submissions / at 28,000", rates[-1] / rates[0], "at least", 0.8, note)
            yield from asking(tracker, clock, "UP-AC200")
            yield from moving(tracker)
            tell("verifying all but 60")
            for part in in_parts(codes[:-OPEN]):
                tracker.execute_all(verifications(part, tracker.top))
            page = medians(lambda: tracker.tasks(directive="d", level="booth", overdue=True, limit=50))
            yield under(f"a page of 50 overdue where all but {OPEN} are done", page, 20)
            yield under("status of one directive for all, then", medians(lambda: tracker.status(directive="d")), 1)
            yield from extending(tracker, clock, codes[:LATE])


def extending(tracker: Tracker, clock: Clock, codes: list[str]) -> Iterator[Row]:
    """A level with many that are late, which an extension makes on time."""
    tell(f"{LATE:,} late ones, and an extension")
    due = clock.now.date()
    one_directive(tracker, clock, "late", due)
    clock.move(10)
    for part in in_parts(codes):
        tracker.execute_all(submissions(part, "late"))
        tracker.execute_all(verifications(part, tracker.top, "late"))
    fields = {"level": "booth", "scope": tracker.top, "office": f"headquarters@{tracker.top}"}
    took = spent(lambda: tracker.extend("late", due + timedelta(days=20), "Flood.", **fields))
    yield under(f"a level with {LATE:,} late ones extended", took, 20)
    yield under("… and its status", medians(lambda: tracker.status(directive="late", level="booth")), 20)
    (row,) = tracker.status(directive="late", level="booth")
    assert (row.on_time, row.late) == (LATE, 0), "all of them are on time by it"


def importing(folder: Path) -> Iterator[Row]:
    """A national organisation, in a process of its own for its memory."""
    tell("importing all India")
    arguments = [str(folder / "india.csv"), str(folder / "india.db")]
    command = [sys.executable, "-m", "benchmarks.all_india", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    peak, took = found["megabytes"], found["seconds"]
    note = f"{found['units']:,} units in {took:,.0f} s, {found['units'] / took:,.0f} a second"
    yield Row("peak memory of a national import", f"{peak:.0f} MB", "under 300 MB", peak < 300, note)


def _rates(tracker: Tracker, codes: list[str]) -> Iterator[float]:
    """The rate of the first submissions and of the last, once all others are in."""
    tell("a million submissions")
    first, last = submissions(codes[:SUBMISSIONS]), submissions(codes[-SUBMISSIONS:])
    yield SUBMISSIONS / seconds(lambda: tracker.execute_all(first))
    for part in in_parts(codes[SUBMISSIONS:-SUBMISSIONS]):
        tracker.execute_all(submissions(part))
    yield SUBMISSIONS / seconds(lambda: tracker.execute_all(last))


def main() -> None:
    """Import a file, and tell how long it took and how much memory."""
    file_name, store = sys.argv[1:]

    def register() -> None:
        with OrganisationFile(file_name) as file, Tracker(f"sqlite:///{store}", create=True, clock=Clock()) as tracker:
            nonlocal units
            units = tracker.found_from(file)

    units = 0
    took = seconds(register)
    print(json.dumps({"units": units, "seconds": took, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main()
