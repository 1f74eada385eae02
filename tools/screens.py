"""Draws the screens in docs/screens: what the program prints in Hindi at 80 columns, as a browser sets it.

``python -m tools.screens`` plays the clerk's week in Hindi, then asks; it needs Chromium and Noto's fonts.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from tests.docs import by_the_clock
from tests.docs.transcripts import BLOCK, ROOT

from directives_cli.tables import STOP, widths

SCREENS = {
    "help": "directives --help",
    "status": "directives status",
    "board": "directives board",
    "todo": "directives todo --unit JH-PC11",
    "task": "directives task show written-report/JH-PC11",
    "waiting": "directives waiting",
}
"""The screens, and what each shows."""
LINES = 34
"""A screen has no more lines."""
PAGE = """<meta charset="utf-8"><style>
body {{ margin: 0; background: #1d1f21; }}
pre {{ margin: 14px; color: #d8dad8; font: 15px/1.5 "Noto Sans Mono", "Noto Sans Devanagari", monospace;
       tab-size: 8; }}
b {{ color: #fff; }}
i {{ display: inline-block; font-style: normal; white-space: nowrap; }}
i u {{ font: 14.5px/1 "Noto Sans Devanagari"; text-decoration: none; }}
pre {{ line-height: 22px; }}
</style><pre>{text}</pre>"""


def main() -> None:
    """Draw them all."""
    by_the_clock.WIDTH = "80"
    folder = ROOT / "docs" / "screens"
    folder.mkdir(exist_ok=True)
    desk = by_the_clock.Desk()
    with tempfile.TemporaryDirectory() as here, chdir(here):
        for block in BLOCK.findall((ROOT / "docs" / "week-clerk.hi.md").read_text("utf-8")):
            desk.block(block)
        desk.environment["DIRECTIVES_LANG"] = "hi"
        for name, command in SCREENS.items():
            lines = desk.directives(command).splitlines()[:LINES]
            _draw(folder / f"{name}.png", f"$ {command}", lines)


def _draw(file: Path, command: str, lines: list[str]) -> None:
    text = "\n".join([f"<b>{html.escape(command)}</b>", *map(_in_cells, lines)])
    page = Path("page.html")
    page.write_text(PAGE.format(text=text), "utf-8")
    height = 28 + int(22.5 * (len(lines) + 1)) + 8
    drawn = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size=780,{height}"]
    subprocess.run(
        ["chromium", *drawn, f"--screenshot={file}", page.resolve().as_uri()],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": os.getcwd()},
    )
    print(file.name, file.stat().st_size, file=sys.stderr)


def _in_cells(line: str) -> str:
    """A line as a terminal sets it: each word of Hindi in as many cells as it takes, tabs to the next stop."""
    cell, told = 0, list[str]()
    for word in re.split(r"(\t| +)", line):
        cells = STOP - cell % STOP if word == "\t" else widths(word)[1]
        cell += cells
        in_box = not word.isascii() and not word.startswith("─")
        text = html.escape(" " * cells if word == "\t" else word)
        told.append(f'<i style="width: {cells}ch"><u>{text}</u></i>' if in_box else text)
    return "".join(told)


if __name__ == "__main__":
    main()
