"""A program that starts imports what it needs, and no more."""

import ast
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

import directives
from directives import kinds, say_number
from directives.directive_kinds.installed import bundled_help, bundled_nouns
from directives_cli import commands
from directives_cli.main import COMMANDS, main

PRINT = "import sys; print('\\n'.join(sys.modules))"


def imported(code):
    """The modules that are there after ``code`` ran in a process of its own."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{PRINT}"], capture_output=True, text=True, check=True)
    return {*done.stdout.splitlines()}


def test_the_help_needs_neither_pydantic_nor_a_store():
    help_ = "from directives_cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not imported(help_) & {"pydantic", "eventsourcing", "rich", "babel", "sqlite3", "importlib.metadata"}


def test_one_who_asks_does_not_wait_for_what_decides():
    modules = imported("import directives\ntracker = directives.Tracker('sqlite:///:memory:')")
    assert "directives.projections.read_models" in modules
    unused = {
        "handlers",
        "queries.doctor",
        "queries.history",
        "exchange.minutes",
        "samples.generated",
        "exchange.schemas",
    }
    assert not modules & {f"directives.{name}" for name in unused}


def test_the_names_are_where_type_checkers_look_for_them():
    tree = ast.parse(Path(directives.__file__).read_text("utf-8"))
    (typed,) = [node for node in tree.body if isinstance(node, ast.If)]
    homes = {name.name: each.module for each in typed.body if isinstance(each, ast.ImportFrom) for name in each.names}
    assert homes == directives._HOME
    assert {*homes, "__version__"} == {*directives.__all__}


def test_the_help_tells_of_each_command_what_its_own_help_begins_with():
    main.prepare()
    told = {name: " ".join((each.help or "").split("\n\n")[0].split()) for name, each in main.commands.items()}
    assert told == COMMANDS | bundled_help()
    assert {*bundled_help()} == {*bundled_nouns()}
    assert {module.name.removesuffix("_") for module in iter_modules(commands.__path__)} == {*COMMANDS}
    assert {*bundled_nouns()} == {each.NOUN for kind in kinds().values() for each in kind.commands}


def test_the_nouns_that_the_help_reads_from_the_files_of_kinds_are_those_of_the_kinds():
    assert bundled_nouns() == {each.NOUN: kind.name for kind in kinds().values() for each in kind.commands}


@given(st.integers(-(10**12), 10**12))
def test_numbers_are_grouped_as_in_india(number):
    for lang in ("en", "hi"):
        assert say_number(number, lang) == format_decimal(number, locale=f"{lang}_IN")
