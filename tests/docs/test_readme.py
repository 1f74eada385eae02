"""What the README shows works as it stands there."""

import re
from pathlib import Path

import click

from directives_cli.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_example_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7\n")
    (example,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "111 task/written-report/JH-PC11 Submitted convenor@JH-PC11" in printed
    assert "112 task/alliance-support/JH-PC11 StrengtheningStepRecorded convenor@JH-PC11" in printed
    assert "work={'steps': 1, " in printed


def test_the_commands_run_as_shown(run, tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7\n")
    (block,) = re.findall(r"```\n(directives init.*?)```", README, re.S)
    for line in block.splitlines():
        run(*line.partition("#")[0].split()[1:])


def test_the_architecture_names_no_command_that_is_not_there():
    main.prepare()
    text = "".join(path.read_text("utf-8") for path in (ROOT / "ARCHITECTURE.md", ROOT / "README.md"))
    for noun, verb in re.findall(r"`directives ([a-z]+)(?: ([a-z]+))?", text):
        command = main.commands[noun]
        assert not verb or (isinstance(command, click.Group) and verb in command.commands)
