"""Words are completed in the real shells: typed into each, in a terminal, with the key that asks for it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.test_terminals import REQUIRED

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
START = {
    "bash": "PS1='> '; . ./script; bind 'set show-all-if-ambiguous off'",
    "zsh": "PS1='> '; autoload -Uz compinit; compinit -u -D; . ./script",
    "fish": "function fish_prompt; echo -n '> '; end; function fish_greeting; end; source ./script",
}
TYPED = {
    "directives stat": "directives status",
    "directives task verify written-rep": "directives task verify written-report/",
    "directives task verify written-report/jh-pc11": "directives task verify written-report/JH-PC11",
    "directives todo --unit torp": "directives todo --unit Torpa",
    "directives todo --unit तोर": "directives todo --unit तोरपा",
    "directives todo --unit jh-pc11": "directives todo --unit JH-PC11",
    "directives todo --as convenor@torp": "directives todo --as convenor@Torpa",
    "directives todo --as clerk@jh-pc11": "directives todo --as clerk@JH-PC11",
    "directives status --level लोक": "directives status --level लोकसभा",
    "directives board --direc": "directives board --directive",
    "directives evidence add repo": "directives evidence add report.pdf",
}


class Shell:
    """A shell in a terminal of its own."""

    def __init__(self, name, folder, socket):
        self.name, self._tmux = name, ["tmux", "-S", str(socket), "-f", os.devnull, "-u"]
        env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder), "INPUTRC": os.devnull}
        env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
        size = ["-x", "150", "-y", "30"]
        subprocess.run([*self._tmux, "new-session", "-d", *size, "-c", str(folder), *SHELLS[name]], check=True, env=env)
        self.type(START[name], "Enter")
        self.type("clear", "Enter")
        self.until(lambda lines: lines == [">"])

    def _run(self, *words):
        return subprocess.run([*self._tmux, *words], check=True, capture_output=True, text=True).stdout

    def type(self, text, *keys):
        self._run("send-keys", "-l", text)
        if keys:
            self._run("send-keys", *keys)

    def lines(self):
        return [line.rstrip() for line in self._run("capture-pane", "-p", "-J").splitlines() if line.strip()]

    def until(self, holds):
        until = time.monotonic() + 30
        while not holds(lines := self.lines()):
            assert time.monotonic() < until, lines
            time.sleep(0.05)
        return lines

    def completed(self, text, expected):
        """Type, ask for the rest, and say how the line stands in the end."""
        self.type(text, "Tab")
        try:
            self.until(lambda lines: any(line == f"> {expected}" for line in lines))
        finally:
            shown = self.lines()
            self._run("send-keys", "C-u")
            self.until(lambda lines: lines[-1] == ">" or ">" in lines)
            self.type("clear", "Enter")
            self.until(lambda lines: lines == [">"])
        return shown

    def close(self):
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SHELLS])
def test_the_key_completes_words(name, desk, tmp_path_factory):
    if not (REQUIRED or all(map(shutil.which, ("tmux", name)))):
        pytest.skip(f"tmux or {name} is not installed")
    script = desk.done("completion", name, "--print").stdout
    Path(desk.folder, "script").write_text(script)
    shell = Shell(name, desk.folder, tmp_path_factory.mktemp("tmux") / "socket")
    try:
        for text, expected in TYPED.items():
            shell.completed(text, expected)
        if name == "bash":
            shell.completed('directives todo --unit "torp', 'directives todo --unit "Torpa"')
            shell.completed("directives todo --unit khunti\\ \\(l", "directives todo --unit Khunti\\ \\(Lok\\ Sabha\\)")
    finally:
        shell.close()
