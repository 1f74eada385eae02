"""What two checkouts are compared by, told as JSON: a store that is founded, commands in bulk and one by one.

It is run by path, with the Python of either checkout and a file of the units, and so uses public names only.
Microseconds of processor time.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time

from deeds import HEADQUARTERS, PERIOD, submissions  # run by path, from beside this file

from directives import AcknowledgeTask, Text, Tracker, Unit

BULK, SINGLE = 28_000, 500


def cpu(deed: Callable[[], object]) -> float:
    """Microseconds of processor time that ``deed`` takes."""
    before = process_time()
    deed()
    return (process_time() - before) * 1e6


def of_one_state(folder: Path, units: Sequence[Unit]) -> dict[str, float]:
    """A store of one state that is founded, reports of booths in bulk, and acknowledgements one by one."""
    now = datetime(2023, 10, 20, 6, tzinfo=UTC)
    with Tracker(f"sqlite:///{folder / 'state.db'}", create=True, clock=lambda: now) as tracker:
        founding = cpu(lambda: tracker.found(units))
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, **HEADQUARTERS)
        tracker.assign("d", "booth", "JH", date(2023, 10, 30), **HEADQUARTERS)
        codes = [view.unit for view in tracker.tasks(directive="d", level="booth", limit=BULK + SINGLE)]
        commands = submissions(codes[:BULK])
        in_bulk = cpu(lambda: tracker.execute_all(commands))
        answers = [AcknowledgeTask(task=f"d/{code}", office=f"convenor@{code}") for code in codes[BULK:]]
        single = [cpu(lambda given=answer: tracker.execute(given)) for answer in answers]
    return {
        "a durable acknowledgement, by itself": median(single),
        f"a submission, {BULK:,} in bulk": in_bulk / BULK,
        f"a unit, {len(units):,} that found a store": founding / len(units),
    }


def main() -> None:
    """Measure, and print."""
    units = [Unit.model_validate(each) for each in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(of_one_state(Path(name), units)))


if __name__ == "__main__":
    main()
