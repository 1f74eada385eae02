"""The steps of the features stand by their subjects in modules of their own, ``steps_*.py``."""

from importlib import import_module
from pathlib import Path

import pytest
from tests.acceptance.world import World

for path in sorted(Path(__file__).parent.glob("steps_*.py")):
    module = import_module(f"tests.acceptance.{path.stem}")
    globals().update({name: each for name, each in vars(module).items() if name.startswith("pytestbdd_stepdef")})


@pytest.fixture
def world(tmp_path, request):
    world = World(tmp_path, request.node.name.rpartition("_")[2])
    yield world
    world.tracker.close()
