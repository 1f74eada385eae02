"""The group ``schema``."""

import click

from directives import schema as schema_of_commands
from directives import schema_of_events, schema_of_minutes
from directives_cli.data import print_json
from directives_cli.options import Group


@click.group(cls=Group)
def schema() -> None:
    """The JSON Schema of files and of stored events."""


@schema.command("commands")
def print_commands() -> None:
    """Print the JSON Schema of a line of directives import: each command with its fields."""
    print_json(schema_of_commands())


@schema.command("minutes")
def print_minutes() -> None:
    """Print the JSON Schema of the minutes that directives meeting record reads."""
    print_json(schema_of_minutes())


@schema.command("questions")
def print_questions() -> None:
    """Print the JSON Schema of the questions that the features ask a tool, and of its answers."""
    from directives.acceptance import schema_of_questions

    print_json(schema_of_questions())


@schema.command("events")
def print_events() -> None:
    """Print the JSON Schema of stored events: a definition for each name and version."""
    print_json(schema_of_events())
