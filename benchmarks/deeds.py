"""What two checkouts are compared by, told as JSON: microseconds of processor time for each deed, the least of a few.

It is run by path, with the Python of either checkout and a file of the units, and so uses public names only.
"""

import hashlib
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from directives import Document, SubmitReport, Text, Tracker, Unit, VerifyTask

TOGETHER, ROUNDS, SINGLE = 3000, 6, 500
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
HEADQUARTERS = {"office": "headquarters@JH"}


def cpu(deed: Callable[[], object]) -> float:
    """Seconds of processor time that ``deed`` takes."""
    before = process_time()
    deed()
    return process_time() - before


def least(deed: Callable[[], object], times: int = 200) -> float:
    """Microseconds of processor time of one ``deed``: the least of seven runs of many."""
    return min(cpu(lambda: [deed() for _ in range(times)]) for _ in range(7)) / times * 1e6


def submissions(codes: Sequence[str]) -> list[SubmitReport]:
    """A report of each unit."""
    return [
        SubmitReport(task=f"d/{code}", office=f"convenor@{code}", document=document(code), command_id=f"submit-{code}")
        for code in codes
    ]


def document(code: str) -> Document:
    """The report of a unit: no two units hand in the same one."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    return Document(digest=f"sha256:{digest}", media_type="text/plain", size=1000)


def verifications(codes: Sequence[str]) -> list[VerifyTask]:
    """An office above verifies the report of each unit."""
    return [
        VerifyTask(task=f"d/{code}", **HEADQUARTERS, actor="officer-1", command_id=f"verify-{code}") for code in codes
    ]


def in_bulk(tracker: Tracker, codes: Sequence[str]) -> dict[str, float]:
    """Submissions and verifications, so many together."""
    submitting, verifying = list[float](), list[float]()
    for first in range(0, TOGETHER * ROUNDS, TOGETHER):
        commands, answers = (make(codes[first : first + TOGETHER]) for make in (submissions, verifications))
        submitting.append(cpu(lambda given=commands: tracker.execute_all(given)))
        verifying.append(cpu(lambda given=answers: tracker.execute_all(given)))
    each = 1e6 / TOGETHER
    return {"a submission in bulk": min(submitting) * each, "a verification in bulk": min(verifying) * each}


def one_by_one(tracker: Tracker, folder: Path, codes: Sequence[str]) -> dict[str, float]:
    """Durable commands, and bare durable commits of a row of about their size, in turns; medians."""
    own, own_cpu, bare = list[float](), list[float](), list[float]()
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, state BLOB)")
    for number, command in enumerate(submissions(codes)):
        before, before_cpu = perf_counter(), process_time()
        tracker.execute(command)
        own.append(perf_counter() - before)
        own_cpu.append(process_time() - before_cpu)
        before = perf_counter()
        connection.execute("INSERT INTO t VALUES (?, ?)", (number, b"x" * 400))
        bare.append(perf_counter() - before)
    connection.close()
    return {
        "a durable command": median(own_cpu) * 1e6,
        "a durable command, by the clock": median(own) * 1e6,
        "a durable command / a bare durable commit, by the clock": median(own) / median(bare),
    }


def asked(tracker: Tracker, task: str) -> dict[str, float]:
    """Questions."""
    page = {"directive": "d", "level": "booth", "limit": 50}
    return {
        "status of one directive": least(lambda: tracker.status(directive="d")),
        "… of one seat": least(lambda: tracker.status(directive="d", unit="JH-AC60")),
        "a task": least(lambda: tracker.task(task)),
        "50 overdue tasks": least(lambda: tracker.tasks(overdue=True, **page), 20),
        "50 submitted tasks": least(lambda: tracker.tasks(state="submitted", **page), 20),
    }


def measured(folder: Path, units: Sequence[Unit]) -> dict[str, float]:
    """All of them, on a store of one state."""
    now = [datetime(2023, 10, 20, 6, tzinfo=UTC)]
    with Tracker(f"sqlite:///{folder / 's.db'}", create=True, clock=lambda: now[0]) as tracker:
        registering = cpu(lambda: tracker.found(units)) / len(units) * 1e6
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, **HEADQUARTERS)
        for level in ("state", "lok_sabha", "vidhan_sabha", "block", "panchayat", "booth"):
            tracker.assign("d", level, "JH", date(2023, 10, 30), **HEADQUARTERS)
        codes = [view.unit for view in tracker.tasks(directive="d", level="booth")]
        bulk, single = codes[: TOGETHER * ROUNDS], codes[TOGETHER * ROUNDS : TOGETHER * ROUNDS + SINGLE]
        found = (
            {"a unit registered with all others": registering}
            | in_bulk(tracker, bulk)
            | one_by_one(tracker, folder, single)
        )
        now[0] += timedelta(days=30)
        found |= asked(tracker, f"d/{bulk[0]}")
        return found | {"rebuild": cpu(tracker.rebuild) * 1e6}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
        print(json.dumps(measured(Path(name), [*map(Unit.model_validate, given)])))
