"""Processes are killed at any moment; what they acknowledged is there, once, and the same again makes the rest whole.

A few by default; ``DIRECTIVES_KILLS=500`` kills as many.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = os.environ.get("DIRECTIVES_KILLS", "15")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_nothing_that_was_acknowledged_is_lost_or_there_twice(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.kills", KILLS, "29", tmp_path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    print(done.stdout)
