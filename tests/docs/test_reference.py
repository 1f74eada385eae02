"""The pages that are made from the program are as the program is; ``make reference`` writes them."""

import re
import shutil
import subprocess

import click
import pytest
from docs.make_reference import DOCS, commands, pages
from docs.man_pages import man_pages

import directives
from directives import DirectivesError
from directives_cli.arguments import ARGUMENTS
from directives_cli.helped import COMMON


@pytest.mark.parametrize("name", [*pages()])
def test_the_page_is_what_make_reference_writes(name):
    assert (DOCS / name).read_text("utf-8") == pages()[name], "run make reference"


@pytest.mark.parametrize("context", [*commands()], ids=lambda context: context.command_path.replace(" ", "-"))
def test_every_command_argument_and_option_says_what_it_is(context):
    assert context.command.help
    for param in context.command.params:
        if isinstance(param, click.Argument):
            assert set(param.get_usage_pieces(context)) <= ARGUMENTS.keys()
        else:
            assert param.help, param.opts


def test_every_exit_code_is_there():
    public = [getattr(directives, name) for name in directives.__all__]
    errors = [error for error in public if isinstance(error, type) and issubclass(error, DirectivesError)]
    codes = re.findall(r"^\| (\d+) \|", pages()["cli.md"], re.M)
    assert {error.exit_code for error in errors} | {0, 3, 130} == set(map(int, codes))


def test_no_page_of_the_manual_is_of_a_command_that_is_gone():
    assert {f"man/{path.name}" for path in (DOCS / "man").iterdir()} == {*man_pages()}


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_the_manual_is_set_without_a_warning():
    for name in man_pages():
        done = subprocess.run(["man", "--warnings", "-l", str(DOCS / name)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), name
        assert "NAME" in done.stdout


def test_the_manual_has_every_command_with_its_options():
    for context in commands():
        words = context.command_path.split()
        page = man_pages()[f"man/{'-'.join(words[:2])}.1"]
        for param in context.command.params:
            if isinstance(param, click.Option) and (len(words) == 1 or param.name not in COMMON):
                assert param.opts[0].replace("-", "\\-") in page, (words, param.opts)
