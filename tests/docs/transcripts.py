"""The transcripts of pages in docs/: run as they stand there, in one folder, one after the other.

``python -m tests.docs.transcripts`` runs them and writes what they print into the pages. Those of `by_the_clock` run by
the clock that they tell.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "audit.md"
ACCEPTANCE = ROOT / "docs" / "acceptance.md"
IN_HINDI = ROOT / "docs" / "acceptance.hi.md"
HOW_TO = tuple(sorted((ROOT / "docs" / "how-to").glob("*.md")))
PROGRAMS = ("due-list/due_list.py", "embedded-desk/desk.py")
"""The examples that docs/acceptance.md shows."""
SQLITE = """#!{python}
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.executescript(sys.argv[2])
connection.close()
"""
"""A stand-in for SQLite's own shell, which not every machine has."""
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


def prepared(folder):
    """A folder with the stand-alone verifier, and the environment of a person there."""
    programs = folder / ".bin"
    programs.mkdir()
    (programs / "sqlite3").write_text(SQLITE.format(python=sys.executable))
    (programs / "sqlite3").chmod(stat.S_IRWXU)
    (programs / "python").symlink_to(sys.executable)
    (programs / "directives").symlink_to(Path(sys.executable).parent / "directives")
    for name in ("tools/verify.py", "examples/exchange.jsonl", *(f"examples/{each}" for each in PROGRAMS)):
        shutil.copy(ROOT / name, folder)
    left_out = {"DIRECTIVES_DB", "DIRECTIVES_AS", "DIRECTIVES_AUDIT_KEY", "DIRECTIVES_LANG", "DIRECTIVES_ACTOR"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return environment | {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": "",
        "XDG_CONFIG_HOME": str(programs),
    }


def commands_in(block):
    """The commands of a block, each with what it printed, as the page has it."""
    for part in re.split(r"(?m)^(?=\$ )", block):
        if part:
            command, _, printed = part.partition("\n")
            while command.endswith("\\"):
                more, _, printed = printed.partition("\n")
                command = f"{command}\n{more}"
            yield command, printed


def played(folder, page):
    """The page with what its commands print now."""
    environment = prepared(folder)

    def again(match):
        told = []
        for command, _ in commands_in(match[1]):
            run = subprocess.run(
                ["bash", "-c", command.removeprefix("$ ")],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=60,
            )
            told.append(f"{command}\n{run.stdout}")
        return f"```console\n{''.join(told)}```"

    return BLOCK.sub(again, page)


CHANGES = (
    (r"sha256:[0-9a-f]{64}", "sha256:DIGEST"),
    (r"\b[0-9a-f]{16}\b", "MARK"),
    (r"\+[0-9a-f]{8}\+", "+ID+"),
    (r"[A-Za-z0-9+/]{40,}=*", "BASE64"),
    (r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d", "MOMENT"),
    (r"20\d\d-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)", "MOMENT"),
    (r"\d{1,2} [A-Z][a-z]+ 20[2-9]\d\b", "DAY"),
    (r"─+", "─"),
    (r" +", " "),
)
"""What differs from run to run: keys, signatures, moments, and the widths of columns with them."""


def normal(text):
    """``text`` without what differs from run to run."""
    for pattern, instead in CHANGES:
        text = re.sub(pattern, instead, text)
    return re.sub(r"(?m) +$", "", text)


if __name__ == "__main__":
    from tests.docs import by_the_clock

    for path in [Path(each).resolve() for each in sys.argv[1:]] or (
        PAGE,
        ACCEPTANCE,
        IN_HINDI,
        *HOW_TO,
        *by_the_clock.WEEKS,
    ):
        play = by_the_clock.played if path in by_the_clock.WEEKS else played
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(play(Path(folder), path.read_text("utf-8")), "utf-8")
