"""Writes the pages that are made from the program itself: ``make reference``; a test compares them with it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from inspect import cleandoc
from pathlib import Path

import click
from docs.man_pages import man_pages

from directives import Kind, kinds, schema, schema_of_events, schema_of_minutes
from directives.acceptance import schema_of_questions
from directives.domain.office import ROLES
from directives_cli.arguments import ARGUMENTS
from directives_cli.commands import kind as of_kinds
from directives_cli.grammar import grammar
from directives_cli.main import main
from directives_cli.options import common_options

DOCS = Path(__file__).parent
COMMON = {option.name for option in common_options()}


def commands(command: click.Command = main, above: click.Context | None = None) -> Iterator[click.Context]:
    """The context of ``command``, and of all below it, in the order of their names."""
    main.prepare()
    context = click.Context(command, info_name=command.name if above else "directives", parent=above)
    yield context
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from commands(command.commands[name], context)


def said(params: Sequence[click.Parameter], context: click.Context) -> str:
    """A line for each of ``params``: how it is written, and its help."""
    pairs = [
        (name := param.get_usage_pieces(context)[0], ARGUMENTS[name])
        if isinstance(param, click.Argument)
        else param.get_help_record(context) or ("", "")
        for param in params
    ]
    return "\n".join(f"- `{written}`: {' '.join(text.split())}" for written, text in pairs)


def section(context: click.Context) -> str:
    """The heading of a command, how it is written, what it does, and what it takes beside the common options."""
    command, words = context.command, context.command_path.split()
    usage = " ".join([*words, *command.collect_usage_pieces(context)])
    own = said([param for param in command.params if param.name not in COMMON], context)
    parts = ["#" * max(2, len(words)) + " " + " ".join(words), f"    {usage}", cleandoc(command.help or ""), own]
    return "\n\n".join(filter(None, parts)) + "\n"


def reference() -> str:
    """The page of all commands, below what stands in ``cli.head.md``."""
    root, *below = commands()
    head = (DOCS / "cli.head.md").read_text("utf-8").replace("COMMON OPTIONS", said(common_options(), root))
    return "\n".join([head, *map(section, [root, *below])])


KINDS = """# Kinds of directives

This page tells what each kind of directive asks for: what the issuing office sets, which commands the
units use, and how a directive is issued. `make reference` makes it from the program.
`directives kind show KIND` tells the same at a terminal, in Hindi too.

On the command line a parameter is `--set NAME=VALUE`. A list is written `a,b`, a day as `2023-11-30`
or `30 November 2023`; JSON is read too. In minutes a parameter is `parameters.NAME`, as TOML has it.
A kind of your own is one file of another distribution: [how-to/own-kind.md](how-to/own-kind.md).
"""
EXAMPLE_DAY = date(2023, 10, 19)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of the page."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [headings, ["---"] * len(headings), *rows])


def kind_section(kind: Kind) -> str:
    """What a kind asks for, as a part of the page."""
    parameters = [(f"`{name}`", *rest) for name, *rest in map(of_kinds.parameter_row, kind.asks)]
    work = [(f"`{of_kinds.usage(each)}`", of_kinds.what_it_does(each)) for each in of_kinds.work_of(kind)]
    lists = [(f"`{command}`", columns) for command, columns in map(of_kinds.list_row, kind.lists.items())]
    counted = [f"`{name}` ({title.en})" for name, title in kind.counted.items()]
    return "\n\n".join(
        filter(
            None,
            [
                f"## {kind.title.en.capitalize()} (`{kind.name}`)",
                f"In Hindi: {kind.title.of('hi')}. {kind.about or ''}",
                table(["parameter", "type", "default", "meaning"], parameters),
                table(["command", "what it does"], work),
                table(["list", "columns"], lists) if lists else "",
                f"Added up over units: {', '.join(counted)}." if counted else "",
                f"```sh\n{of_kinds.issue_example(kind)}\n```",
                f"```toml\n{of_kinds.minutes_example(kind, EXAMPLE_DAY, 'en')}```",
            ],
        )
    )


def kinds_page() -> str:
    """The page of all kinds."""
    main.prepare()
    with click.Context(main):
        return "\n".join([KINDS, *(f"{kind_section(kind)}\n" for kind in kinds().values())])


def grammar_file() -> str:
    """What may stand where on a command line, of the kinds here."""
    roles = [[name, text.of("hi")] for name, text in ROLES.items()]
    made = {**grammar(), "kinds": [*kinds()], "roles": roles}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def pages() -> dict[str, str]:
    """The text of every page that is made, by its name in this folder."""
    schemas = {"commands": schema(), "minutes": schema_of_minutes(), "events": schema_of_events()}
    schemas["questions"] = schema_of_questions()
    texts = {name: json.dumps(each, ensure_ascii=False, indent=2) + "\n" for name, each in schemas.items()}
    made = {"cli.md": reference(), "kinds.md": kinds_page(), "../cli/directives_cli/grammar.json": grammar_file()}
    made |= man_pages()
    return made | {f"schemas/{name}.json": text for name, text in texts.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, "utf-8")
