"""What the README shows works as it stands there."""

import re
import subprocess
from pathlib import Path

import click
import pytest
from tests.docs import transcripts
from tests.docs.by_the_clock import README as PAGE
from tests.docs.by_the_clock import played

from directives_cli.main import main

ROOT = Path(__file__).parents[2]
README = PAGE.read_text("utf-8")
MORE = (ROOT / "docs").glob("**/*.md")


def test_the_python_example_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text("A report.\n")
    (example,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "111 task/written-report/JH-PC11 Submitted convenor@JH-PC11" in printed
    assert "112 task/alliance-support/JH-PC11 StrengtheningStepRecorded convenor@JH-PC11" in printed
    assert "work={'steps': 1, " in printed


def test_the_five_commands_print_what_it_says(tmp_path):
    (block,) = transcripts.BLOCK.findall(README)
    verbs = re.findall(r"(?m)^\$ directives ([a-z]+(?: [a-z]+)?)", block)
    assert verbs == ["init", "meeting record", "report submit", "task verify", "status"]
    assert played(tmp_path, README) == README, "python -m tests.docs.transcripts README.md writes it anew"


SHELL = re.findall(r"(?ms)^```sh\n(.*?)^```$", README)


def test_there_are_two_blocks_for_a_shell():
    assert [len(block.splitlines()) for block in SHELL] == [3, 3]


@pytest.mark.parametrize("block", [SHELL[0], pytest.param(SHELL[1], marks=pytest.mark.slow)], ids=("proof", "features"))
def test_the_commands_for_a_shell_run(tmp_path, block):
    """In a folder with the store of the five commands, and the examples."""
    environment = transcripts.prepared(tmp_path)
    (five,) = transcripts.BLOCK.findall(README)
    commands = [command.removeprefix("$ ") for command, _ in [*transcripts.commands_in(five)][1:]]
    for command in [*commands, *block.splitlines()]:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def test_no_other_block_has_commands_that_nothing_runs():
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", README)
    assert [
        text
        for language, text in blocks
        if language not in ("console", "sh") and re.search("(?m)^[$ ]*directives ", text)
    ] == []


def test_it_is_short_and_its_lines_too():
    lines = README.splitlines()
    assert len(lines) <= 150
    assert [line for line in lines if len(line) > 100 and not line.startswith("|")] == []


@pytest.mark.parametrize(
    "path", [PAGE, ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *MORE], ids=lambda path: path.name
)
def test_a_page_names_no_command_that_is_not_there(path):
    main.prepare()
    brought = {"house"} if path.name == "own-kind.md" else set()
    for noun, verb in re.findall(r"`directives ([a-z]+)(?: ([a-z]+(?:-[a-z]+)*))?", path.read_text("utf-8")):
        if noun in brought:
            continue
        command = main.commands[noun]
        assert not verb or (isinstance(command, click.Group) and verb in command.commands)
