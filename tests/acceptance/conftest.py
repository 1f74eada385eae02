"""The steps of the features stand by their subjects in modules of their own."""

import pytest
from tests.acceptance import (
    steps_alliance,
    steps_assignment,
    steps_commands,
    steps_evidence,
    steps_groups,
    steps_meeting,
    steps_organisation,
    steps_persons,
    steps_reports,
    steps_speakers,
    steps_store,
    steps_tasks,
    steps_times,
)
from tests.acceptance.world import World

for module in (
    steps_alliance,
    steps_assignment,
    steps_commands,
    steps_evidence,
    steps_groups,
    steps_meeting,
    steps_organisation,
    steps_persons,
    steps_reports,
    steps_speakers,
    steps_store,
    steps_tasks,
    steps_times,
):
    globals().update({name: each for name, each in vars(module).items() if name.startswith("pytestbdd_stepdef")})


@pytest.fixture
def world(tmp_path, request):
    world = World(tmp_path, request.node.name.rpartition("_")[2])
    yield world
    world.tracker.close()
