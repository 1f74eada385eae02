"""The demo of the README runs as it is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_demo(tmp_path):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", str(ROOT / "docs" / "demo.sh"), str(tmp_path / "demo")],
        env={**os.environ, "PATH": path, "DIRECTIVES_DB": "sqlite:///nowhere.db", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^written-report +14 +2 +1 +1 +12 +Lok Sabha$", done.stdout, re.M)
    assert "20 नवंबर 2023, 12:00  झारखंड के लिपिक ने समय पर हुई प्रस्तुति सत्यापित की" in done.stdout.splitlines()[-1]
