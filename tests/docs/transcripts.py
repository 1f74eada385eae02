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
WIDTH = "100"
"""Cells of a line of what the pages show."""
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
FILE = re.compile(r"(?ms)^(The file `([\w.-]+)`:\n\n```\w+\n)(.*?)^```$")
"""A file that a page shows, and its commands use."""
SHOWN = {
    "house_visits.py": ROOT / "tests" / "fifth_kind" / "house_visits.py",
    "follow.py": ROOT / "examples" / "follow-events" / "follow.py",
}
"""The files of pages that stand in this project: the page shows them as they are."""
PYTHON = """#!/bin/sh
exec {python} "$@"
"""
"""The Python of this project, which a link of another place would not find."""
PIP = """#!{python}
import shutil, sys, tomllib
from pathlib import Path
of = tomllib.loads(Path("pyproject.toml").read_text())["project"]
name = of["name"].replace("-", "_")
info = Path(__file__).parent / "installed" / f"{{name}}-{{of['version']}}.dist-info"
info.mkdir(parents=True)
shutil.copy(f"{{name}}.py", info.parent)
(info / "METADATA").write_text(f"Metadata-Version: 2.1\\nName: {{of['name']}}\\nVersion: {{of['version']}}\\n")
lines = [f"[{{group}}]\\n" + "".join(f"{{key}} = {{value}}\\n" for key, value in points.items())
         for group, points in of["entry-points"].items()]
(info / "entry_points.txt").write_text("".join(lines))
"""
"""A stand-in for pip, which puts a project of one module where the programs of the page alone find it."""


def prepared(folder):
    """A folder with the stand-alone verifier, and the environment of a person there."""
    programs = folder / ".bin"
    programs.mkdir()
    for name, program in (("sqlite3", SQLITE), ("pip", PIP), ("python", PYTHON)):
        (programs / name).write_text(program.format(python=sys.executable))
        (programs / name).chmod(stat.S_IRWXU)
    (programs / "directives").symlink_to(Path(sys.executable).parent / "directives")
    for name in ("tools/verify.py", "examples/exchange.jsonl", *(f"examples/{each}" for each in PROGRAMS)):
        shutil.copy(ROOT / name, folder)
    left_out = {"DIRECTIVES_DB", "DIRECTIVES_AS", "DIRECTIVES_AUDIT_KEY", "DIRECTIVES_LANG", "DIRECTIVES_ACTOR"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return environment | {
        "COLUMNS": WIDTH,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(programs / "installed"),
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
            if end := re.search(r"<<'(\w+)'", command):  # the text that follows is the command's, to that word
                text, _, printed = printed.partition(f"\n{end[1]}\n")
                command = f"{command}\n{text}\n{end[1]}"
            yield command, printed


def with_files(folder, page):
    """The page with its files as they are, which are put into the folder too."""

    def as_it_is(match):
        text = SHOWN[match[2]].read_text("utf-8") if match[2] in SHOWN else match[3]
        (folder / match[2]).write_text(text, "utf-8")
        return f"{match[1]}{text}```"

    return FILE.sub(as_it_is, page)


def played(folder, page):
    """The page with its files as they are, and with what its commands print now."""
    environment = prepared(folder)
    page = with_files(folder, page)

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
        *by_the_clock.PAGES,
    ):
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(by_the_clock.play(path)(Path(folder), path.read_text("utf-8")), "utf-8")
