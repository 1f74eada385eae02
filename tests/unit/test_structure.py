"""The rooms of the source: what stands where, and how long it is."""

import ast
import re
from pathlib import Path

import pytest

from directives import RenameUnit, TasksCommand, commands, kinds, life_cycle
from directives.domain.command import Command
from directives.domain.errors import InvalidInput
from directives.domain.task.commands import TaskCommand
from directives.handlers.registry import HANDLERS, handler_of, handles
from directives.handlers.task import LIFE_CYCLE

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("src", "cli") for path in sorted((ROOT / folder).rglob("*.py"))]
ROOMS_OF_SQL = {"projections", "store"}
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|WITH|PRAGMA|BEGIN|SAVEPOINT|ROLLBACK)\s+[\w*(]")
SQLITE_ONLY = re.compile(r"json_each|json_extract|INDEXED BY|WITHOUT ROWID|INSERT OR|PRAGMA|\btotal\(\w")
TRACKER = "src/directives/tracker.py"  # until its methods stand by their nouns
NAMES = "src/directives/__init__.py"  # a list: a line for each public name


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def texts_of(tree):
    """The text constants of a module that are no docstrings."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def test_sql_and_cursors_stand_in_projections_and_store_alone():
    elsewhere = [path for path in SOURCES if not ROOMS_OF_SQL & {*path.parts}]
    texts = {name_of(path): path.read_text("utf-8") for path in elsewhere}
    assert [name for name, text in texts.items() if re.search(r"\bsqlite3\b|\bcursor\b", text)] == []
    assert [(name, each) for name, text in texts.items() for each in texts_of(ast.parse(text)) if SQL.match(each)] == []


def test_what_only_sqlite_understands_stands_in_store():
    trees = {name_of(path): ast.parse(path.read_text("utf-8")) for path in SOURCES if "projections" in path.parts}
    assert trees
    assert [(name, each) for name, tree in trees.items() for each in texts_of(tree) if SQLITE_ONLY.search(each)] == []


def length(node):
    """The lines of a function or class, without its docstring and without the lines of its signature."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    begin = node.lineno if isinstance(node, ast.ClassDef) else first.end_lineno if has_docstring else first.lineno - 1
    return node.end_lineno - begin


def too_long(path):
    """What is longer in a module than can be read at once, and does not say why."""
    lines = path.read_text("utf-8").splitlines()
    if len(lines) > 400:
        yield name_of(path)
    for node in ast.walk(ast.parse("\n".join(lines))):
        limit = {ast.ClassDef: 250, ast.FunctionDef: 30}.get(type(node))
        if limit and length(node) > limit and "# longer than others:" not in lines[node.lineno - 1]:
            yield f"{name_of(path)}: {node.name}"


def test_nothing_is_too_long_to_be_read_at_once():
    assert [each for path in SOURCES if name_of(path) not in (TRACKER, NAMES) for each in too_long(path)] == []


def test_each_command_has_its_handler():
    of_tasks = {*life_cycle(), *(command for kind in kinds().values() for command in kind.commands)}
    of_many = {command for command in commands().values() if issubclass(command, TasksCommand)}
    assert {*commands().values()} - of_tasks - of_many == {*HANDLERS} - {TaskCommand, TasksCommand}
    assert {handler_of(command) for command in of_many} == {HANDLERS[TasksCommand]}
    assert {command.EACH for command in of_many} <= {*life_cycle()}
    assert {handler_of(command) for command in of_tasks} == {HANDLERS[TaskCommand]}
    assert {*LIFE_CYCLE} == {*life_cycle()}


def test_a_command_has_one_handler_and_an_unknown_one_none():
    with pytest.raises(TypeError, match="RenameUnit is handled by rename"):
        handles(RenameUnit)(print)

    class Unheard(Command):
        NOUN = "no"
        VERB = "body"

    with pytest.raises(InvalidInput, match="command: Unheard cannot be carried out by a tracker"):
        handler_of(Unheard)
