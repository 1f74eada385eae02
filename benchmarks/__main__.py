"""``make bench``: measure, print one table, and write docs/performance.md from it.

``--full`` measures all India too: 1.3 million units, two million events, which takes about half an hour.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import all_india, one_state
from benchmarks.measuring import Row, machine, tell

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench` ({form}) on {day}.

{machine}

Ratios compare two things that were measured in the same run; figures beside them depend on the machine. Rates are by
processor time, what somebody waits for is by the clock. All sources are compiled first.

"""


NOTES = "## What the figures say"
"""The heading of what is written by hand, which a run leaves as it is."""


def table(rows: list[Row]) -> str:
    """The rows as a table of Markdown."""
    lines = ["| what | reached | goal | | |", "|---|---|---|---|---|"]
    for row in rows:
        held = "" if row.holds is None else "yes" if row.holds else "**no**"
        lines.append(f"| {row.what} | {row.reached} | {row.goal} | {held} | {row.note} |")
    return "\n".join(lines) + "\n"


def measured(parts: Iterator[Row]) -> list[Row]:
    """All rows, each told when it is there."""
    found = []
    for row in parts:
        tell(f"  {row.what}: {row.reached}{f' ({row.goal})' if row.goal else ''}  {row.note}")
        found.append(row)
    return found


def main() -> None:
    """Measure, print, write."""
    full = "--full" in sys.argv[1:]
    text = HEAD.format(form="full form" if full else "short form", day=datetime.now(UTC).date(), machine=machine())
    text += "## One state: 34,210 units\n\n" + table(measured(one_state.rows()))
    if full:
        text += "\n## All India: 1,316,703 units\n\n" + table(measured(all_india.rows()))
    print(text)
    before = PAGE.read_text("utf-8")
    kept = before[before.index(NOTES) :] if NOTES in before else f"{NOTES}\n"
    PAGE.write_text(f"{text}\n{kept}", "utf-8")


if __name__ == "__main__":
    main()
