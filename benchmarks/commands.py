"""Single commands, each durable: acknowledging tasks, and a unit's daily activity, against bare commits of SQLite."""

import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

from directives import Tracker, read_minutes, read_organisation

COMMITS = 300


def per_second(deed: Callable[[int], object], times: int) -> float:
    """How often a second ``deed`` is done."""
    before = perf_counter()
    for number in range(times):
        deed(number)
    return times / (perf_counter() - before)


def main() -> None:
    """Print each as a ratio to bare commits, in the same run."""
    now = datetime(2023, 10, 20, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        bare = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("CREATE TABLE t (n INTEGER)")
        commits = per_second(lambda n: bare.execute("INSERT INTO t VALUES (?)", (n,)), COMMITS)
        print(f"bare commits: 1.00 ({commits:.0f}/s)")
        with Tracker(f"sqlite:///{folder}/store.db", create=True, clock=lambda: now) as tracker:
            tracker.found(read_organisation())
            tracker.record_meeting(read_minutes())
            seats = [unit.code for unit in tracker.units() if unit.level == "vidhan_sabha"]
            own = {"office": "convenor@JH-PC11"}
            tasks = [(f"social-groups/{code}", f"convenor@{code}") for code in seats]
            rate = per_second(lambda n: tracker.acknowledge(tasks[n][0], office=tasks[n][1]), len(tasks))
            print(f"acknowledging: {rate / commits:.2f}")
            tracker.work("group create", "social-groups/JH-PC11", platform="x", name="G", **own)
            for first in (0, 500):
                now = datetime(2023, 10, 20, tzinfo=UTC) + timedelta(days=first)

                def post(_: int) -> None:
                    nonlocal now
                    now += timedelta(days=2)
                    tracker.work("activity post", "social-groups/JH-PC11", text="A meeting.", **own)

                rate = per_second(post, 250)
                print(f"activity after {first // 2} entries, no two days in a row: {rate / commits:.2f}")


if __name__ == "__main__":
    main()
