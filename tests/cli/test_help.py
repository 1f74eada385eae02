"""Help that helps: each command has an example that it takes, and tells its arguments and its own options."""

import shlex

import click
import pytest

from directives import TaskCommand, kinds
from directives_cli.examples import EXAMPLES
from directives_cli.helped import COMMON
from directives_cli.main import COMMANDS, OF_KINDS, PURPOSES, main
from directives_cli.options import Group, common_options


def verbs(command=main, path=()):
    """Every command that does something, with its name."""
    main.prepare()
    for name, each in sorted(command.commands.items()):
        if isinstance(each, click.Group):
            yield from verbs(each, (*path, name))
        else:
            yield " ".join((*path, name)), each


@pytest.mark.parametrize(("name", "command"), [pytest.param(*each, id=each[0]) for each in verbs()])
def test_the_command_takes_its_example(name, command):
    assert command.example is not None
    words = shlex.split(command.example.partition(" > ")[0].partition("< ")[0])
    with click.Context(main, info_name="directives", obj=None) as root:
        command.make_context(name, words, parent=root)
    told = command.get_help(click.Context(command, info_name=f"directives {name}"))
    assert f"  directives {name} {command.example}".rstrip() in told.splitlines()


def test_there_is_no_example_of_nothing():
    assert {*EXAMPLES} <= {name for name, _ in verbs()}


def test_a_command_of_another_kind_shows_what_must_be_given(monkeypatch):
    for kind in kinds().values():
        for each in kind.commands:
            assert each.EXAMPLE
    from directives_cli import from_model

    (create,) = (each for kind in kinds().values() for each in kind.commands if each.deed() == "group create")
    monkeypatch.setattr(create, "EXAMPLE", TaskCommand.EXAMPLE)
    assert from_model._command(create).example == "TASK --platform PLATFORM --name NAME --as convenor@UNIT"


def test_each_command_stands_under_one_purpose():
    told = [name for names in PURPOSES.values() for name in names]
    assert sorted(told) == sorted(COMMANDS)
    assert OF_KINDS in PURPOSES


def test_the_common_options_are_explained_in_one_place():
    assert tuple(option.name for option in common_options()) == COMMON
    root = main.get_help(click.Context(main, info_name="directives"))
    for name, command in verbs():
        told = command.get_help(click.Context(command, info_name=f"directives {name}"))
        assert "[env DIRECTIVES_DB" not in told
        assert "Common options: " in told
    assert "[env DIRECTIVES_DB" in root
    assert "-h, --help" in root


def test_a_question_names_only_the_options_that_it_uses():
    told = main.commands["status"].get_help(click.Context(main.commands["status"]))
    assert "Common options: --db, --lang, --json, --debug." in told


def test_no_first_sentence_is_cut_short():
    for group in [main, *(each for each in main.commands.values() if isinstance(each, Group))]:
        assert "..." not in group.get_help(click.Context(group)).partition("Usage")[2].partition("\n")[2]
