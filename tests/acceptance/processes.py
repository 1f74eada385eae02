"""The command line as a subject once more, with a process of its own for each command."""

import os
import subprocess
import sys
from pathlib import Path

from directives_cli.subject import CommandLine, Ran

PROGRAM = Path(sys.executable).with_name("directives")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}


class Processes(CommandLine):
    """The program ``directives`` as it is installed.

    Its clock is the machine's, so each command says its moment; a meeting has a day of its own.
    """

    def do(self, command, documents):
        moment = {} if command["command"] == "meeting record" else {"occurred_at": self.now}
        return super().do(moment | command, documents)

    def start(self, words):
        ran = subprocess.run([PROGRAM, *words], capture_output=True, env=ENVIRONMENT, encoding="utf-8", timeout=60)
        return Ran(ran.returncode, ran.stdout, ran.stderr)
