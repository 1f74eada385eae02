"""``make bench``: measure, print a table for each section, and write them into docs/performance.md.

It measures one state, the audit log, the names of units, the questions of people and taking back. ``--full`` measures
all India too: 1.3 million units, two million events, in about half an hour. Names of sections measure those alone, see
`SECTIONS`. What is not measured stands as it did.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks import all_india, audit, earlier, names, one_state, questions, server, start, stores, taking_back
from benchmarks.measuring import Row, machine, tell

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# Performance

The tables are written by `make bench`, each when it is measured.

Ratios compare two things that were measured in the same run; figures beside them depend on the machine. Rates are by
processor time, what somebody waits for is by the clock. All sources are compiled first.
"""


class Section(NamedTuple):
    """A section of the page that is measured: its heading, and what gives its rows."""

    heading: str
    rows: Callable[[], Iterator[Row]]


SECTIONS = {
    "state": Section("One state: 34,210 units", one_state.rows),
    "audit": Section(f"The audit log: {audit.EVENTS:,} events", audit.rows),
    "names": Section("Names: 34,210 units", names.rows),
    "server": Section("A server: 34,210 units on PostgreSQL", server.rows),
    "questions": Section(f"Questions: 34,210 units, {stores.EVENTS:,} events", questions.rows),
    "start": Section("A command as a process of its own", start.rows),
    "taking_back": Section(f"Taking back: a task with {taking_back.DAYS} daily entries", taking_back.rows),
    "earlier": Section("An earlier day: 1,316,703 units, two million acts", earlier.rows),
    "india": Section("All India: 1,316,703 units", all_india.rows),
    "india_server": Section("All India on a server: 1,316,703 units", server.of_india),
}
SHORT = ("state", "server", "audit", "names", "questions", "start", "taking_back")
"""What is measured where nothing is asked for."""


def table(rows: list[Row]) -> str:
    """The rows as a table of Markdown."""
    lines = ["| what | reached | goal | | |", "|---|---|---|---|---|"]
    for row in rows:
        held = "" if row.holds is None else "yes" if row.holds else "**no**"
        lines.append(f"| {row.what} | {row.reached} | {row.goal} | {held} | {row.note} |")
    return "\n".join(lines) + "\n"


def measured(section: Section) -> str:
    """The text of a section, each row of it told when it is there."""
    found = []
    for row in section.rows():
        tell(f"  {row.what}: {row.reached}{f' ({row.goal})' if row.goal else ''}  {row.note}")
        found.append(row)
    return f"Measured on {datetime.now(UTC).date()}: {machine()}\n\n{table(found)}"


def parts_of(page: str) -> dict[str, str]:
    """The text of each section of the page, by its heading."""
    parts = re.split(r"^## (.*)\n", page, flags=re.MULTILINE)[1:]
    return {heading: text.strip() for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def asked_for(arguments: list[str]) -> Iterable[str]:
    """The names of the sections that are to be measured."""
    if "--full" in arguments:
        return SECTIONS
    unknown = [each for each in arguments if each not in SECTIONS]
    if unknown:
        sys.exit(f"{unknown[0]} is no section: name {', '.join(SECTIONS)}, or --full")
    return arguments or SHORT


def main() -> None:
    """Measure, print, write; sections that are measured come first, what is written by hand stays as it is."""
    chosen = [SECTIONS[name] for name in asked_for(sys.argv[1:])]
    texts = {section.heading: measured(section) for section in chosen}
    print("\n".join(texts.values()))
    parts = parts_of(PAGE.read_text("utf-8")) | texts
    first = [section.heading for section in SECTIONS.values() if section.heading in parts]
    headings = [*first, *(each for each in parts if each not in first)]
    written = [HEAD, *(f"## {each}\n\n{parts[each].strip()}\n" for each in headings)]
    PAGE.write_text("\n".join(written), "utf-8")


if __name__ == "__main__":
    main()
