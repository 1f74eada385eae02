"""This checkout against another one, in turns: ``python -m benchmarks.against FOLDER [ROUNDS]``.

The other one needs its own ``.venv``. Of each deed the median of all rounds counts.
"""

import compileall
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1]


def measured(checkout: Path) -> dict[str, float]:
    """The deeds, with the Python of a checkout."""
    python = checkout / ".venv" / "bin" / "python"
    done = subprocess.run([python, HERE / "benchmarks" / "deeds.py"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Measure, and print a table."""
    other, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for checkout in (other, HERE):
        compileall.compile_dir(str(checkout / "src"), quiet=1)
    runs: dict[Path, list[dict[str, float]]] = {other: [], HERE: []}
    for number in range(rounds):  # in turns, and who begins in turns too: a machine slows down under load
        for checkout in (other, HERE) if number % 2 else (HERE, other):
            runs[checkout].append(measured(checkout))
    print(
        f"| what (µs of processor time, unless it says otherwise; medians of {rounds}) | before | now | now / before |"
    )
    print("|---|---|---|---|")
    for name in runs[HERE][0]:
        before, now = (median(run[name] for run in runs[checkout]) for checkout in (other, HERE))
        print(f"| {name} | {before:,.1f} | {now:,.1f} | {now / before:.2f} |")


if __name__ == "__main__":
    main()
