"""A store with an audit log, and its key."""

import importlib
import os
from pathlib import Path

import pytest

AICS = Path(os.environ.get("DIRECTIVES_AICS", Path(__file__).parents[2] / ".venv" / "aics"))
"""Where aics-tlog and aics-witness are unpacked, which nobody here wrote; .ci/run does it."""


class Log:
    """The audit log of a tracker, with its key in a folder."""

    def __init__(self, tracker, folder):
        self.tracker, self.key = tracker, folder / "log.pem"
        self.public = tracker.introduce_log_key(self.key, "directives.example/jh")
        self.policy = f"log {self.public}\nquorum none\n"

    @property
    def last(self):
        return self.key.with_name("log.pem.last")

    def checkpoint(self):
        return self.tracker.checkpoint(self.key)


@pytest.fixture
def log(meeting, tmp_path):
    """The log of a store with the bundled organisation and the meeting's reports."""
    return Log(meeting.tracker, tmp_path)


@pytest.fixture
def aics(monkeypatch):
    """Gives the module of aics-tlog of that name."""
    if not (AICS / "aics_tlog").is_dir():
        assert "DIRECTIVES_AICS" not in os.environ, "aics-tlog is to be there"
        pytest.skip("aics-tlog is not unpacked here")
    monkeypatch.syspath_prepend(str(AICS))
    return lambda name: importlib.import_module(f"aics_tlog.{name}")
