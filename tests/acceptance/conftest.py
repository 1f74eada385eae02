"""The steps on this library's own store stand by what they are about in modules of their own, ``own_*.py``."""

from importlib import import_module
from pathlib import Path

import pytest
from tests.acceptance.bench import Bench
from tests.stores import fresh

from directives.acceptance import TrackerSubject
from directives.acceptance.plugin import scenario_of

for path in sorted(Path(__file__).parent.glob("own_*.py")):
    module = import_module(f"tests.acceptance.{path.stem}")
    globals().update({name: each for name, each in vars(module).items() if name.startswith("pytestbdd_stepdef")})


@pytest.fixture(scope="session")
def in_memory():
    subject = TrackerSubject(new=fresh)
    yield subject
    subject.close()


@pytest.fixture
def subject(request, tmp_path, in_memory):
    """The tracker in memory; in a folder for a scenario on the store itself."""
    if not scenario_of(request.node).own:
        yield in_memory
        return
    subject = TrackerSubject(tmp_path)
    yield subject
    subject.close()


@pytest.fixture
def bench(subject, world, tmp_path):
    return Bench(subject, world, tmp_path)
