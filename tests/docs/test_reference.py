"""The pages that are made from the program are as the program is; ``make reference`` writes them."""

import re

import click
import pytest
from docs.make_reference import DOCS, commands, pages

import directives
from directives import DirectivesError
from directives_cli.arguments import ARGUMENTS


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
