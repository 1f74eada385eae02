"""The group ``config``."""

import re
from pathlib import Path

import click

from directives import InvalidInput, store_path
from directives_cli import settings
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.options import Group
from directives_cli.render import print_table, say
from directives_cli.settings import DEFAULTS

NAME = click.argument("name", metavar="NAME", type=click.Choice([*settings.VARIABLES]))


@click.group(cls=Group)
def config() -> None:
    """Settings: default values of the common options.

    They are stored in a file.
    """


@config.command("set")
@NAME
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Store a default for an option: as, db, lang or actor.

    Options and environment variables take precedence. The path of a store is stored as an absolute path.
    """
    file = _file()
    settings.require_allowed(name, value)
    _ = choices().written  # a file that is no TOML is not written
    if name == "db":
        path = store_path(value)
        value = value if path is None else str(path)
    settings.save(file, name, value)
    if name == "as":
        choices().warn_of_role(value)
    if choices().as_json:
        print_json({"setting": name, "value": value, "file": str(file)})
    else:
        say("Set {name} to {value} in {file}.", name=name, value=re.sub("//.*:.*@", "//…@", value), file=file)


@config.command("unset")
@NAME
def unset(name: str) -> None:
    """Remove a stored default."""
    file = _file()
    there = name in choices().written
    if there:
        settings.save(file, name, None)
    if choices().as_json:
        print_json({"setting": name, "value": None, "file": str(file)})
    elif there:
        say("Removed {name} from {file}.", name=name, file=file)
    else:
        say("{name} is not set in {file}: nothing changed.", name=name, file=file)


@config.command("show")
def show() -> None:
    """Show each setting, its value and its source: an option, a variable, the file or the default."""
    found = {name: choices().found(name) for name in settings.VARIABLES}
    rows = [(name, value or DEFAULTS.get(name), origin) for name, (value, origin) in found.items()]
    if choices().as_json:
        print_json([{"setting": name, "value": value, "from": origin or "default"} for name, value, origin in rows])
        return
    print_table(
        ["setting", "value", "from"], [[name, value or "", origin or words("default")] for name, value, origin in rows]
    )


def _file() -> Path:
    """The file of settings; a program that was given an environment of its own has none."""
    file = choices().file
    if file is None:
        raise InvalidInput("config: there is no settings file in this environment")
    return file
