"""A store at a terminal that wrong input leaves as it was."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.cli.wrong import MINUTES, Terminal


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """The store, made once."""
    terminal, here = Terminal(tmp_path_factory.mktemp("terminal")), Path.cwd()
    os.chdir(terminal.folder)
    try:
        minutes = terminal.file("recorded.toml", MINUTES.format(id="m-1", directive="report"))
        report = terminal.file("report.txt", "Report")
        submit = ["report", "submit", "report/JH-PC02", report, "--as", "convenor@JH-PC02"]
        for args in (["init"], ["meeting", "record", minutes], submit):
            done = terminal.run(*args)
            assert done.exit_code == 0, done.output
    finally:
        os.chdir(here)
    return terminal


@pytest.fixture
def terminal(stocked, monkeypatch):
    monkeypatch.chdir(stocked.folder)
    return stocked


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """The bundled organisation and minutes, on 10 November 2023; and a file, ``report.pdf``."""
    monkeypatch.chdir(tmp_path)
    desk = Terminal(tmp_path, now=datetime(2023, 11, 10, 10, tzinfo=ZoneInfo("Asia/Kolkata")))
    desk.file("report.pdf", "Report")
    desk.done("init", "--at", "2023-10-01T09:00")
    desk.done("meeting", "record")
    return desk


@pytest.fixture
def handed_in(desk):
    """The same, where Khunti has submitted ``report.pdf``."""
    desk.done("report", "submit", "written-report/JH-PC11", "report.pdf", "--as", "convenor@JH-PC11")
    return desk
