"""A file of commands on 34,210 units against the same commands one by one; the file again; a rebuild, a check."""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

from directives import Text, Tracker, WrittenCommands, generated_state

SINGLE, MANY = 1000, 20000


def seconds(deed: Callable[[], object]) -> float:
    """How long ``deed`` takes."""
    before = perf_counter()
    deed()
    return perf_counter() - before


def main() -> None:
    """Print each as a ratio to single commands, in the same run."""
    with tempfile.TemporaryDirectory() as folder, Tracker(f"sqlite:///{folder}/store.db", create=True) as tracker:
        tracker.found(tuple(generated_state("JH")))
        title, hq = Text(en="Report", hi="प्रतिवेदन"), {"office": "headquarters@JH"}
        tracker.issue("d", "written_report", title, **hq)
        tracker.assign("d", "booth", "JH", date(2099, 1, 1), **hq)
        booths = [unit.code for unit in tracker.units() if unit.level == "booth"]
        path = Path(folder, "commands.jsonl")
        lines = [
            json.dumps({"command": "task acknowledge", "task": f"d/{code}", "office": f"convenor@{code}"})
            for code in booths[SINGLE : SINGLE + MANY]
        ]
        path.write_text("\n".join(lines))
        single = SINGLE / seconds(
            lambda: [tracker.acknowledge(f"d/{code}", office=f"convenor@{code}") for code in booths[:SINGLE]]
        )
        print(f"one by one, each durable: 1.00 ({single:.0f}/s)")
        for what in ("from a file, all or none", "the same file again"):
            rate = MANY / seconds(lambda: tracker.import_commands(WrittenCommands(path)))
            print(f"{what}: {rate / single:.1f}")
        events = sum(1 for _ in tracker.events())
        print(f"rebuild, events a second: {events / seconds(tracker.rebuild) / single:.1f}")
        print(f"doctor, events a second: {events / seconds(tracker.doctor) / single:.1f}")


if __name__ == "__main__":
    main()
