"""Commands as whole processes, of several checkouts in turns, on stores of the bundled organisation and its meeting."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

TURNS = 9
SEAT = "JH-AC60"
"""The seat whose tasks are listed."""
MINUTES = "src/directives/samples/minutes.toml"


def in_turns(checkouts: Sequence[Path], folder: Path) -> dict[Path, dict[str, float]]:
    """The median processor time of each command in microseconds, by checkout."""
    took: dict[Path, dict[str, list[float]]] = {checkout: {} for checkout in checkouts}
    for number, checkout in enumerate(checkouts):
        (folder / str(number)).mkdir(parents=True)
        process(checkout, folder / str(number), "init")
        process(checkout, folder / str(number), "meeting", "record", str(checkout / MINUTES))
    for turn in range(TURNS):
        unit = f"JH-AC{turn + 1:02}"
        commands = {
            "directives status, a whole process": ["status"],
            "directives task acknowledge": ["task", "acknowledge", f"social-groups/{unit}", "--as", f"convenor@{unit}"],
            "directives task list --unit": ["task", "list", "--unit", SEAT, "--json"],
        }
        for what, words in commands.items():
            for number, checkout in enumerate(checkouts):
                took[checkout].setdefault(what, []).append(process(checkout, folder / str(number), *words))
    return {checkout: {what: median(runs) for what, runs in each.items()} for checkout, each in took.items()}


def process(checkout: Path, folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> float:
    """Microseconds of processor time that a process takes which carries a command out."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}
    usual.pop("PYTHONDONTWRITEBYTECODE", None)  # else each start compiles an editable checkout
    command = [checkout / ".venv" / "bin" / "directives", "--db", f"sqlite:///{folder / 'store.db'}", *words]
    before = of_children()
    subprocess.run(
        command, capture_output=True, check=True, env={**usual, "XDG_CONFIG_HOME": str(folder), **(environment or {})}
    )
    return (of_children() - before) * 1e6


def of_children() -> float:
    """Seconds of processor time of all processes that this one started, and that have ended."""
    children = getrusage(RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
