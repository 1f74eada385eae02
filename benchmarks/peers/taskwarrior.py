"""Taskwarrior, the tracker of the command line: tasks imported as JSON, and done one by one."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PROGRAM = shutil.which("task")


def _run(folder: Path, *words: str, given: str = "") -> str:
    rc = folder / "taskrc"
    rc.write_text(f"data.location={folder}\nconfirmation=off\ngc=off\nbulk=0\nhooks=off\nverbose=nothing\n")
    environment = {**os.environ, "TASKRC": str(rc), "TASKDATA": str(folder)}
    assert PROGRAM is not None
    done = subprocess.run([PROGRAM, *words], input=given, capture_output=True, text=True, env=environment, check=False)
    return done.stdout


def version() -> str:
    """Its version."""
    assert PROGRAM is not None
    return subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def assigned(folder: Path, units: Sequence[str]) -> None:
    """A task for each unit."""
    _run(folder, "import", "-", given=json.dumps([{"description": f"d {unit}", "tags": [unit]} for unit in units]))


def submit(folder: Path, number: int) -> None:
    """Do the first so many tasks, all by one command."""
    _run(folder, f"1-{number}", "done")


def size(folder: Path) -> int:
    """The bytes that it keeps."""
    return sum(path.stat().st_size for path in folder.glob("*.data"))
