"""Manual pages of the program, one of it and one of each noun: ``make reference`` writes them into docs/man.

They are written in the man macros of roff, which every ``man`` reads (man(7)).
"""

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path

import click

from directives_cli.arguments import ARGUMENTS
from directives_cli.helped import COMMON, Helped
from directives_cli.main import main

HEAD = Path(__file__).with_name("cli.head.md")
"""The page with the table of exit codes."""


def _exits() -> list[tuple[str, str]]:
    """Each exit code, and what it means."""
    return re.findall(r"(?m)^\| (\d+) \| (.*) \|$", HEAD.read_text("utf-8").replace("`", ""))


def man_pages() -> dict[str, str]:
    """The text of each page, by its name in docs."""
    main.prepare()
    root = click.Context(main, info_name="directives")
    pages = {"man/directives.1": _page("directives", main.help or "", _of_program(root))}
    for name, command in sorted(main.commands.items()):
        page = _page(f"directives-{name}", _first(command), _of_noun(command, root))
        pages[f"man/directives-{name}.1"] = page
    return pages


def _page(name: str, about: str, parts: Iterable[str]) -> str:
    head = [
        f'.TH "{name.upper()}" "1" "" "directives" "Directives"',
        ".SH NAME",
        f"{name} \\- {_roff(about.rstrip('.'))}",
    ]
    return "\n".join([*head, *parts]) + "\n"


def _of_program(context: click.Context) -> Iterator[str]:
    yield from (".SH SYNOPSIS", ".B directives", ".I COMMAND", "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]")
    yield ".SH COMMANDS"
    for purpose, names in main.by_purpose(context):
        yield f".SS {_roff(purpose)}"
        for name in names:
            yield from _item(f"\\fBdirectives {_roff(name)}\\fR", _first(main.commands[name]))
    yield ".SH COMMON OPTIONS"
    yield "They stand before or after the name of a command; of one that is given twice the last holds."
    yield from _options(main.get_params(context), context)
    yield ".SH EXIT STATUS"
    for code, meaning in _exits():
        yield from _item(f"\\fB{code}\\fR", meaning)
    yield ".SH SEE ALSO"
    yield ",\n".join(f".BR directives-{name} (1)" for name in sorted(main.commands)).replace(",\n", "\n")


def _of_noun(command: click.Command, root: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=command.name, parent=root)
    if isinstance(command, click.Group):
        yield ".SH DESCRIPTION"
        yield from _paragraphs(command)
        yield ".SH COMMANDS"
        for name, each in sorted(command.commands.items()):
            yield from (f".SS {_roff(name)}", *_of_command(each, click.Context(each, info_name=name, parent=context)))
    else:
        yield ".SH DESCRIPTION"
        yield from _of_command(command, context)
    yield from (".SH SEE ALSO", ".BR directives (1)")


def _of_command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield from (f"\\fB{_roff(usage)}\\fR", ".PP", *_paragraphs(command))
    for each in (each for each in command.params if isinstance(each, click.Argument)):
        written = each.get_usage_pieces(context)[0]
        yield from _item(f"\\fI{_roff(written)}\\fR", ARGUMENTS.get(written, ""))
    yield from _options([each for each in command.params if each.name not in COMMON], context)
    if isinstance(command, Helped) and command.example is not None:
        yield from (".PP", "Example:", ".PP", ".RS", ".nf")
        yield _roff(f"{context.command_path} {command.example}".rstrip())
        yield from (".fi", ".RE")


def _options(params: Iterable[click.Parameter], context: click.Context) -> Iterator[str]:
    for each in params:
        record = each.get_help_record(context) if isinstance(each, click.Option) else None
        if record is not None:
            yield from _item(f"\\fB{_roff(record[0])}\\fR", record[1])


def _item(term: str, text: str) -> tuple[str, str, str]:
    return ".TP", term, _roff(text)


def _paragraphs(command: click.Command) -> Iterator[str]:
    for number, each in enumerate(cleandoc(command.help or "").split("\n\n")):
        yield from ([".PP"] if number else [])
        yield _roff(each)


def _first(command: click.Command) -> str:
    return command.get_short_help_str(1000)


def _roff(text: str) -> str:
    """A text as roff reads it: on one line, with its signs as they are."""
    line = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{line}" if line.startswith(".") else line
