"""Tables in Hindi are straight in real terminals, which are asked for the cell in which each text begins."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.wrong import Terminal

from directives_cli.tables import Column, table_lines

REQUIRED = os.environ.get("DIRECTIVES_REQUIRE_TERMINALS") == "1"
SECONDS = 60


def asked(start, folder, texts):
    """The cell that a terminal, which ``start`` starts on a command, is in after each of the texts."""
    folder.mkdir()
    lines, cells = folder / "lines.json", folder / "cells.json"
    lines.write_text(json.dumps(texts))
    with start([sys.executable, str(Path(__file__).with_name("asking.py")), str(lines), str(cells)], folder):
        until = time.monotonic() + SECONDS
        while not cells.exists():
            assert time.monotonic() < until, "the terminal does not answer"
            time.sleep(0.05)
    return json.loads(cells.read_text())


@contextmanager
def tmux(command, folder):
    tmux = ["tmux", "-S", str(folder / "socket"), "-f", os.devnull]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([*tmux, "-u", "new-session", "-d", "-x", "200", "-y", "24", *command], check=True, env=env)
    try:
        yield
    finally:
        subprocess.run([*tmux, "kill-server"], capture_output=True)


@contextmanager
def xterm(command, folder):
    shown, to_us = os.pipe()
    server = ["Xvfb", "-displayfd", str(to_us), "-screen", "0", "1600x600x8", "-nolisten", "tcp"]
    with subprocess.Popen(server, pass_fds=[to_us], stderr=subprocess.DEVNULL) as display:
        os.close(to_us)
        try:
            with os.fdopen(shown) as number:
                env = {**os.environ, "DISPLAY": f":{number.readline().strip()}", "LC_ALL": "C.UTF-8"}
            with subprocess.Popen(["xterm", "-u8", "-geometry", "200x24", "-e", *command], env=env) as window:
                try:
                    yield
                finally:
                    window.terminate()
        finally:
            display.terminate()


TERMINALS = [
    pytest.param(
        start,
        id=start.__name__,
        marks=pytest.mark.skipif(
            not (REQUIRED or all(map(shutil.which, programs))), reason=f"{' or '.join(programs)} is not installed"
        ),
    )
    for start, programs in ((tmux, ["tmux"]), (xterm, ["xterm", "Xvfb"]))
]
QUESTIONS = [
    ["board"],
    ["status"],
    ["task", "list", "--unit", "JH-PC11"],
    ["waiting"],
    ["directive", "list"],
]
CELL = re.compile(r"(?:^|(?<=\t)|(?<=  ))[^\s\d─]")
"""Where the cell of a text begins; numbers stand on the right of their column."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Tables in Hindi, each as the lines of its headings and those of its rows, by what they are of."""
    desk = Terminal(tmp_path_factory.mktemp("tables"), now=datetime(2023, 11, 10, 10, tzinfo=UTC))
    report = desk.file("report.pdf", "Report")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.folder)
        desk.done("init", "--at", "2023-10-01T09:00")
        desk.done("meeting", "record")
        for unit in ("JH-PC11", "JH-PC08"):
            desk.done("report", "submit", f"written-report/{unit}", report, "--as", f"convenor@{unit}")
        desk.done("task", "return", "written-report/JH-PC11", "--reason", "पृष्ठ 2 नहीं है", "--as", "clerk@JH")
        made = {}
        for question in QUESTIONS:
            before, _, rows = desk.done(*question, "--lang", "hi").stdout.partition("\n─")
            made[" ".join(question)] = before.splitlines()[-1:], rows.partition("\n\n")[0].splitlines()[1:]
        names = [line.split("  ")[-1] for line in desk.done("org", "tree", "--lang", "hi").stdout.splitlines()]
    columns = [Column(each, [f"{name}{ending}" for name in names]) for each, ending in ENDINGS.items()]
    return made | {"names": table_lines(columns, 200)}


ENDINGS = {"नाम": "", "की": " की", "इकाई": " की इकाई", "संयोजक": " के संयोजक"}
"""The columns of a table of names, and what follows the names in each."""


@pytest.mark.parametrize("start", TERMINALS)
def test_every_column_of_a_table_begins_in_one_cell(start, tables, tmp_path):
    begins = {name: [[*_begins(lines)] for lines in table] for name, table in tables.items()}
    texts = sorted({text for table in begins.values() for lines in table for text in lines})
    cells = dict(zip(texts, asked(start, tmp_path / "terminal", texts), strict=True))
    for name, (heading, rows) in begins.items():
        under = {cells[each] for each in heading}
        assert rows, name
        assert {each: cells[each] for each in rows if cells[each] not in under} == {}, (name, under)


def _begins(lines):
    """What stands before each cell of the lines."""
    return (line[: each.start()] for line in lines for each in CELL.finditer(line))
