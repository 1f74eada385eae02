"""The transcripts of a week at a desk: run in this process, by the clock that the page itself tells.

Each block begins with its moment, in either language: ``# Monday, 6 November 2023, 16:00``. ``export NAME=VALUE ...``
sets variables for the rest of the page, ``directives ...`` runs in this process (its output goes to a file with
``> FILE``), and all else in bash.
"""

import re
import shlex
import subprocess
from contextlib import chdir
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner
from tests.docs.transcripts import BLOCK, ROOT, WIDTH, commands_in
from tests.docs.transcripts import played as played_now

from directives_cli.choices import Choices
from directives_cli.main import main

WEEKS = tuple(
    ROOT / "docs" / f"{page}{lang}.md" for page in ("week-convenor", "week-clerk", "tutorial") for lang in (".hi", "")
)
README = ROOT / "README.md"
PAGES = (*WEEKS, README, ROOT / "docs" / "how-to" / "roles.md")
SETTINGS = Path("~/.config/directives/config.toml")
"""The settings file as a person sees it: here a folder of that name, in the folder where the page is played."""
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
            return self.directives(line)
        run = subprocess.run(["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return run.stdout

    def directives(self, line):
        """What ``directives ...`` prints that does not go to a file."""
        chosen = Choices(lambda: self.now, self.environment)
        chosen.file = SETTINGS
        line, _, file = line.partition(" > ")
        done = CliRunner(env={"COLUMNS": WIDTH}).invoke(main, shlex.split(line)[1:], prog_name="directives", obj=chosen)
        if not file:
            return done.output
        Path(file).write_text(done.stdout, "utf-8")
        return done.stderr

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


def play(path):
    """How a page is played: by its clock, or by the machine's."""
    return played if path in PAGES else played_now
