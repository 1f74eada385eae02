"""The transcripts of a week at a desk: run in this process, by the clock that the page itself tells.

Each block begins with its moment, in either language: ``# Monday, 6 November 2023, 16:00``. ``export NAME=VALUE ...``
sets variables for the rest of the page, ``directives ...`` runs in this process, and all else in bash.
"""

import re
import shlex
import subprocess
from contextlib import chdir
from datetime import datetime
from zoneinfo import ZoneInfo

from click.testing import CliRunner
from tests.docs.transcripts import BLOCK, ROOT, commands_in

from directives_cli.choices import Choices
from directives_cli.main import main

WEEKS = tuple(ROOT / "docs" / f"week-{who}{lang}.md" for who in ("convenor", "clerk") for lang in (".hi", ""))
MOMENT = re.compile(r"# (\S+), (\d+) (\S+) (\d+), (\d+):(\d+)")
MONTHS = {"October": 10, "November": 11, "अक्टूबर": 10, "नवंबर": 11}
WEEKDAYS = (
    ("Monday", "सोमवार"),
    ("Tuesday", "मंगलवार"),
    ("Wednesday", "बुधवार"),
    ("Thursday", "गुरुवार"),
    ("Friday", "शुक्रवार"),
    ("Saturday", "शनिवार"),
    ("Sunday", "रविवार"),
)


def moment(line):
    """The moment of a block, whose day of the week must be right."""
    weekday, day, month, year, hour, minute = MOMENT.fullmatch(line.strip()).groups()
    told = datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), tzinfo=ZoneInfo("Asia/Kolkata"))
    assert weekday in WEEKDAYS[told.weekday()], line
    return told


class Desk:
    """A clock that only the page moves, and the variables that it sets; the folder is the one in use."""

    def __init__(self):
        self.now, self.environment = None, {}

    def set_clock(self, line):
        now = moment(line)
        assert self.now is None or self.now < now, f"the clock goes forward: {line}"
        self.now = now

    def run(self, command):
        """What a command of a block prints."""
        line = command.removeprefix("$ ").replace("\\\n", " ")
        if line.startswith("export "):
            self.environment |= dict(word.split("=", 1) for word in shlex.split(line)[1:])
            return ""
        if line.startswith("directives "):
            chosen = Choices(lambda: self.now, self.environment)
            return CliRunner().invoke(main, shlex.split(line)[1:], obj=chosen).output
        run = subprocess.run(["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return run.stdout

    def block(self, block):
        """A block with what its commands print."""
        (told, _), *commands = commands_in(block)
        self.set_clock(told)
        printed = "".join(f"{command}\n{self.run(command)}" for command, _ in commands)
        return f"```console\n{told}\n{printed}```"


def played(folder, page):
    """The page with what its commands print by its clock."""
    desk = Desk()
    with chdir(folder):
        return BLOCK.sub(lambda match: desk.block(match[1]), page)
