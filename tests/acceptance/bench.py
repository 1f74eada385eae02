"""What the steps on this library's own store act on: its tracker, its files, and what they say."""

import base64

import pytest

from directives import DirectivesError, Tracker
from directives.acceptance.in_process import refusal_of
from directives.acceptance.subject import OUTCOME


class Bench:
    """The tracker of a scenario, on a store in a folder."""

    def __init__(self, subject, world, folder):
        self.subject, self.world, self.folder = subject, world, folder

    @property
    def tracker(self) -> Tracker:
        return self.subject.tracker

    @property
    def store(self):
        return self.subject.store

    def opened_again(self):
        """The store, opened again after somebody wrote its file."""
        self.subject.close()
        self.subject.open()

    def file(self, name):
        """A file that was handed in, by the name that it had."""
        path = self.folder / name
        path.write_bytes(base64.b64decode(self.world.handed_in[name]))
        return path

    def refused(self, act, *args, **fields):
        """Let something be refused, and nothing change."""
        before = len(list(self.tracker.events()))
        with pytest.raises(DirectivesError) as caught:
            act(*args, **fields)
        self.refused_by(caught.value)
        assert len(list(self.tracker.events())) == before, "nothing is changed"

    def refused_by(self, error):
        """Know an error as what was refused."""
        self.world.outcome = OUTCOME.validate_python(refusal_of(error))
