"""The group ``kind``."""

import shlex
from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from directives import (
    BUNDLED_LEVELS,
    Kind,
    Lang,
    Listing,
    ParameterView,
    SubmitTask,
    TaskCommand,
    directive_template,
    kind_meant,
    kinds,
)
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.options import Group, common_options, question
from directives_cli.render import print_fields, print_table, print_title


@click.group(cls=Group)
def kind() -> None:
    """Kinds of directives: what each asks for, and how to issue one."""


@question
@kind.command("list")
def list_kinds() -> None:
    """Show the kinds of directives, and the purpose of each."""
    if choices().as_json:
        print_json([_named(each) for each in kinds().values()])
        return
    rows = [[each.name, each.title.of(choices().lang), _about(each)] for each in kinds().values()]
    print_table(["kind", "title", "what it is for"], rows)


@question
@kind.command("show")
@click.argument("kind")
def show_kind(kind: str) -> None:
    """Show what a kind of directive asks for: its parameters, commands, lists, what is counted, and examples."""
    shown = kind_meant(kind)
    if choices().as_json:
        print_json(_named(shown) | _shown(shown))
        return
    print_fields({"kind": shown.name, "title": _both(shown), "what it is for": _about(shown)}, width=14)
    print_title(words("Parameters, set by the issuing office"))
    print_table(["parameter", "type", "default", "meaning"], [*map(parameter_row, shown.asks)])
    print_title(words("Commands for units"))
    print_table(["command", "what it does"], [[usage(each), what_it_does(each)] for each in work_of(shown)])
    if shown.lists:
        print_title(words("Lists of recorded work"))
        print_table(["command", "what it lists"], [*map(list_row, shown.lists.items())])
    counted = [[name, title.of(choices().lang)] for name, title in shown.counted.items()]
    if counted:
        print_title(words("Numbers added up over units"))
        print_table(["number", "title"], counted)
    print_title(words("A directive of this kind, issued on the command line"))
    click.echo(issue_example(shown))
    print_title(words("The same in minutes; directives meeting template prints them in full"))
    click.echo(minutes_example(shown, choices().now.date(), choices().lang), nl=False)


def _named(kind: Kind) -> dict[str, Any]:
    """What a kind is called, for JSON."""
    title = kind.title.model_dump(mode="json")
    return {"kind": kind.name, "title": title, "about": None if kind.about is None else str(kind.about)}


def _shown(kind: Kind) -> dict[str, Any]:
    """What a kind asks for, for JSON."""
    return {
        "parameters": kind.asks,
        "commands": [{"command": each.deed(), "usage": usage(each)} for each in work_of(kind)],
        "lists": {noun: [*listing.columns] for noun, listing in kind.lists.items()},
        "counts": {name: title.model_dump(mode="json") for name, title in kind.counted.items()},
        "daily": kind.window is not None,
        "examples": {
            "issue": issue_example(kind),
            "minutes": minutes_example(kind, choices().now.date(), choices().lang),
        },
    }


def _about(kind: Kind) -> str:
    return "" if kind.about is None else words(kind.about)


def _both(kind: Kind) -> str:
    """The title in both languages."""
    return ", ".join(filter(None, (kind.title.en, kind.title.hi)))


def parameter_row(parameter: ParameterView) -> list[str]:
    """A parameter: its name, what it is with its limits, its default, and what it means."""
    what, limits = words(parameter.type_in_words), parameter.limits_in_words
    default = "" if parameter.default in (None, []) else parameter.written(parameter.default)
    return [
        parameter.name,
        what if limits is None else f"{what}, {words(limits)}",
        words("required") if parameter.required else default,
        words(parameter.description) if parameter.description else "",
    ]


def list_row(named: tuple[str, Listing]) -> list[str]:
    """A list by its noun: the command, and the headings of its columns."""
    noun, listing = named
    return [f"directives {noun} list", ", ".join(title.of(choices().lang) for title in listing.columns.values())]


def work_of(kind: Kind) -> list[type[TaskCommand]]:
    """The commands by which a unit does what a directive of the kind asks for, and submits it."""
    return [*kind.commands, *([] if kind.figures is None else [SubmitTask])]


def usage(command: type[TaskCommand]) -> str:
    """How a command is written: its arguments, then its options, in brackets where they may be left out."""
    common = {option.name for option in common_options()}
    params = [each for each in _at_terminal(command).params if each.name not in common]
    told = [_written(each) for each in sorted(params, key=lambda each: isinstance(each, click.Option))]
    return " ".join(["directives", command.deed(), *told])


def _at_terminal(command: type[TaskCommand]) -> click.Command:
    """The command of the program that is made from a command of the library."""
    root = click.get_current_context().find_root()
    found: click.Command | None = root.command
    for word in command.deed().split():
        found = found.get_command(root, word) if isinstance(found, click.Group) else None
    assert found is not None
    return found


def _written(param: click.Parameter) -> str:
    context = click.Context(click.Command("directives"))
    if not isinstance(param, click.Option):
        return param.get_usage_pieces(context)[0]
    written = (param.get_help_record(context) or ("", ""))[0]
    return written if param.required else f"[{written}]"


def what_it_does(command: type[TaskCommand]) -> str:
    """What a command does, in the language of the command."""
    return words(" ".join((command.__doc__ or "").split("\n\n")[0].split()))


def issue_example(kind: Kind) -> str:
    """A command that issues a directive of the kind."""
    given: Mapping[str, str] = {each.name: each.written(each.example) for each in kind.asks}
    options = [f"--set {shlex.quote(f'{name}={value}')}" for name, value in given.items()]
    title = shlex.quote(kind.title.en.capitalize())
    first = f"directives directive issue {kind.name.replace('_', '-')} --kind {kind.name} --title-en {title}"
    return " \\\n    ".join([first, *options])


def minutes_example(kind: Kind, today: date, lang: Lang) -> str:
    """A directive of the kind as TOML, for the usual levels."""
    return directive_template(BUNDLED_LEVELS["lok-sabha"], kind, today, lang)
