"""What all measurements share: times, rates, and rows of the one table."""

import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import Literal, NamedTuple


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        what: what was measured, and against what.
        reached: the ratio or the figure.
        goal: what it ought to be, in words.
        holds: whether it is; None where there is no goal.
        note: sizes and the figures behind it.
    """

    what: str
    reached: str
    goal: str = ""
    holds: bool | None = None
    note: str = ""


def ratio(what: str, reached: float, kind: Literal["at least", "at most"], goal: float, note: str = "") -> Row:
    """A ratio against a goal."""
    holds = reached >= goal if kind == "at least" else reached <= goal
    return Row(what, f"{reached:.2f}", f"{kind} {goal:g}", holds, note)


class Spent(NamedTuple):
    """Seconds that a deed took: by the clock, and of processor time, that of its child processes with it."""

    clock: float
    cpu: float


def spent(deed: Callable[[], object]) -> Spent:
    """What ``deed`` takes."""
    clock, cpu = perf_counter(), _cpu()
    deed()
    return Spent(perf_counter() - clock, _cpu() - cpu)


def _cpu() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def seconds(deed: Callable[[], object]) -> float:
    """The processor time that ``deed`` takes."""
    return spent(deed).cpu


def user_seconds(deed: Callable[[], object]) -> float:
    """The processor time that ``deed`` takes in this process, without that of the system for it."""
    before = getrusage(RUSAGE_SELF).ru_utime
    deed()
    return getrusage(RUSAGE_SELF).ru_utime - before


def medians(deed: Callable[[], object], times: int = 15) -> Spent:
    """The medians of what ``deed`` takes, after one run that nobody counts."""
    deed()
    runs = [spent(deed) for _ in range(times)]
    return Spent(median(run.clock for run in runs), median(run.cpu for run in runs))


def under(what: str, took: Spent, goal: float, note: str = "") -> Row:
    """A time that somebody waits, by the clock, against a goal in milliseconds; the processor time beside it."""
    said = f"{took.cpu * 1000:.2f} ms of processor time{', ' if note else ''}{note}"
    return Row(what, f"{took.clock * 1000:.2f} ms", f"under {goal:g} ms", took.clock * 1000 < goal, said)


def tell(line: str) -> None:
    """Say how far it is, on stderr."""
    print(line, file=sys.stderr, flush=True)


def size_of(path: Path) -> int:
    """The bytes of a database, once its write-ahead log is in it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.stat().st_size


def peak_megabytes() -> float:
    """The most memory that this program had at a time; ``getrusage`` would count the process that started it too."""
    with open("/proc/self/status") as file:
        (peak,) = [line.split()[1] for line in file if line.startswith("VmHWM")]
    return int(peak) / 1024


def machine() -> str:
    """The machine and the versions, on one line."""
    import eventsourcing
    import pydantic

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, pydantic {pydantic.VERSION}"
    version = getattr(eventsourcing, "__version__", "9.5")
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB; {versions}, eventsourcing {version}"


def _processor() -> str:
    with open("/proc/cpuinfo") as file:
        return next((line.partition(": ")[2].strip() for line in file if line.startswith("model name")), "unknown")


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare database with write-ahead logging, as durable as a store."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    try:
        yield connection
    finally:
        connection.close()


LOG = """CREATE TABLE stored_events (
    position INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"""
"""The log of a store, as it is there."""
