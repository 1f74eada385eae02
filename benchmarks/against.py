"""This checkout against another one, in turns: ``python -m benchmarks.against FOLDER [ROUNDS] [DEEDS]``.

The other one needs its own ``.venv``. Of each deed the median of all rounds counts. DEEDS is ``deeds``, or ``commands``
for a store that is founded, commands in bulk and one by one, and whole processes.
"""

import compileall
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import processes
from directives import generated_state

HERE = Path(__file__).parents[1]


def measured(checkout: Path, deeds: str, units: Path) -> dict[str, float]:
    """The deeds, with the Python of a checkout; both found a store of the same units."""
    program = [checkout / ".venv" / "bin" / "python", HERE / "benchmarks" / f"{deeds}.py", units]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def compared(other: Path, rounds: int, deeds: str, folder: Path) -> dict[Path, list[dict[str, float]]]:
    """What each round measured, of both checkouts."""
    units = folder / "units.json"
    units.write_text(json.dumps([unit.model_dump(mode="json") for unit in generated_state("JH")]), "utf-8")
    runs: dict[Path, list[dict[str, float]]] = {other: [], HERE: []}
    for number in range(rounds):  # in turns, and who begins in turns too: a machine slows down under load
        order = (other, HERE) if number % 2 else (HERE, other)
        for checkout in order:
            runs[checkout].append(measured(checkout, deeds, units))
        if deeds == "commands":
            found = processes.in_turns(order, folder / str(number))
            for checkout in order:
                runs[checkout][-1] |= found[checkout]
    return runs


def main() -> None:
    """Measure, and print a table."""
    other, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for part in (checkout / name for checkout in (other, HERE) for name in ("src", "cli")):
        compileall.compile_dir(str(part), quiet=1)
    with tempfile.TemporaryDirectory() as name:
        runs = compared(other, rounds, sys.argv[3] if len(sys.argv) > 3 else "deeds", Path(name))
    print(
        f"| what (µs of processor time, unless it says otherwise; medians of {rounds}) | before | now | now / before |"
    )
    print("|---|---|---|---|")
    for name in runs[HERE][0]:
        before, now = (median(run[name] for run in runs[checkout]) for checkout in (other, HERE))
        print(f"| {name} | {before:,.1f} | {now:,.1f} | {now / before:.2f} |")


if __name__ == "__main__":
    main()
