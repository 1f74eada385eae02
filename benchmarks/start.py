"""What a person waits for at each command: whole processes against ``import click``, in turns, by processor time."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measuring import Row, ratio
from benchmarks.processes import MINUTES, process

TURNS = 11
ROOT = Path(__file__).parents[1]
GOALS = {"status": 4.0, "todo": 4.0, "board": 4.0, "verify": 4.5, "a word completed": 1.5}
"""How many times ``import click`` each may take."""


def rows() -> Iterator[Row]:
    """A line for each command, with the bundled organisation and with 34,210 units."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("96 units", "34,210 units"):
            here = Path(folder, name.replace(" ", "-"))
            here.mkdir()
            units = []
            if name != "96 units":
                process(ROOT, here, "org", "generate", "--state", "jharkhand", "--out", str(here / "org.csv"))
                units = ["--org", str(here / "org.csv")]
            process(ROOT, here, "init", *units)
            process(ROOT, here, "meeting", "record", str(ROOT / MINUTES))
            yield from _of(here, name)


def _of(folder: Path, name: str) -> Iterator[Row]:
    took: dict[str, list[float]] = {what: [] for what in ("click", *GOALS)}
    for turn in range(TURNS):
        unit = f"JH-PC{turn + 1:02}"
        report = folder / "report.txt"
        report.write_text(f"{unit}: 6 meetings.")
        process(ROOT, folder, "report", "submit", f"written-report/{unit}", str(report), "--as", f"convenor@{unit}")
        took["click"].append(_click(folder))
        took["status"].append(process(ROOT, folder, "status"))
        took["todo"].append(process(ROOT, folder, "todo", "--unit", unit))
        took["board"].append(process(ROOT, folder, "board"))
        took["verify"].append(process(ROOT, folder, "task", "verify", f"written-report/{unit}", "--as", "clerk@JH"))
        asked = {"DIRECTIVES_COMPLETE": "bash", "DIRECTIVES_LINE": f"directives --db {folder}/store.db todo --unit khu"}
        took["a word completed"].append(process(ROOT, folder, environment=asked))
    base = median(took["click"])
    for what, goal in GOALS.items():
        reached = median(took[what])
        note = f"{reached / 1e3:.0f} ms against {base / 1e3:.0f} ms"
        yield ratio(f"{what}, {name}, against `import click`", reached / base, "at most", goal, note)


def _click(folder: Path) -> float:
    from benchmarks.processes import of_children

    before = of_children()
    subprocess.run([sys.executable, "-c", "import click"], check=True, cwd=folder)
    return (of_children() - before) * 1e6
