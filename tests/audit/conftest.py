"""A store with an audit log, and its key."""

import pytest


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
