"""Asks the terminal that it runs in where it puts things: ``python asking.py LINES.json CELLS.json``.

Each entry of the first file is a text that a line begins with; the second gets the cell in which the terminal goes on
after each. The terminal is asked as any program may: ``ESC [ 6 n`` is answered with the place of the cursor.
"""

import json
import os
import re
import sys
import termios
import tty
from pathlib import Path


def column():
    """The cell of the cursor, from 0."""
    os.write(1, b"\x1b[6n")
    answer = b""
    while not (found := re.search(rb"\x1b\[\d+;(\d+)R", answer)):
        answer += os.read(0, 32)
    return int(found[1]) - 1


def main(lines, cells):
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        found = []
        for text in json.loads(Path(lines).read_text("utf-8")):
            os.write(1, b"\r\x1b[2K" + text.encode())
            found.append(column())
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
    part = Path(f"{cells}.part")
    part.write_text(json.dumps(found))
    part.rename(cells)


if __name__ == "__main__":
    main(*sys.argv[1:])
