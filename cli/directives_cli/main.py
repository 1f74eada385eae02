"""The command ``directives``.

Its commands are imported when they are called for. Their names, and what they are for, stand here too, so that the help
needs none of them.
"""

import os
import sys
from collections.abc import Sequence
from functools import partial
from gettext import gettext
from importlib import import_module
from typing import Any, NoReturn

import click

from directives.directive_kinds.installed import bundled_nouns, others_may_bring_kinds
from directives_cli.choices import Choices
from directives_cli.errors import prepare_streams, run_and_exit
from directives_cli.hindi import Spoken, language_of, spoken_in
from directives_cli.options import Group

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a program of its own has none
COMMANDS = {
    "acceptance": "The features as acceptance checks, of this library or of any tool.",
    "audit": "The audit log: proof for outsiders that the record was not altered.",
    "board": "Show how the units of a level stand: a row a unit, a column a directive.",
    "config": "Settings: default values of the common options, stored in a file.",
    "daily": (
        "Show the days covered by directives that ask for daily activity: the share, the streak to date, the gaps."
    ),
    "demo": "Play the meeting's story in an empty or new FOLDER, by the commands that anybody would give.",
    "diff": "Show what changed from the evening of a day to that of another, as far as was known on each.",
    "directive": "Directives: issue, assign, change and withdraw them.",
    "doctor": (
        "Check the store: whether what is kept ready is what the events say, and what an office should look after."
    ),
    "evidence": "Evidence: the files that were handed in.",
    "history": "Show what happened to a task (DIRECTIVE/UNIT), a directive, a meeting, or a unit and its tasks.",
    "import": "Carry out the commands of a file, one JSON object a line: all of them, or none.",
    "init": "Make a store and register the units of an organisation.",
    "kind": "Kinds of directives: what each asks for, and how a directive of it is issued.",
    "log": "Show what was recorded, the newest last; all of it, or what is asked for.",
    "meeting": "Meetings and their minutes.",
    "org": "The organisation: its levels and units.",
    "overdue": "Show the tasks whose due day has passed and that the unit has still to do.",
    "person": "Persons: personal data, which is sealed, and erased on demand.",
    "rebuild": "Make the state rows and read tables anew from the events, and compare them with those that stood.",
    "schema": "What files and stored events look like, as JSON Schema.",
    "status": "Show how the directives stand, level by level; columns of zeros are left out where nobody misses them.",
    "task": "Tasks: a directive at a unit.",
    "todo": "Show what a unit has still to do, by due day: what is lacking, and the command to use.",
    "waiting": "Show what was submitted and waits for an answer, oldest first.",
}
"""What the help of each command begins with."""
WORK = "The work that directives of the kind {kind} ask for."
"""What the help of a group of commands that a kind of directive brings begins with."""


class Root(Group):
    """The program; the commands of the kinds are added when one is called for: a bad kind is told in one line."""

    _prepared = False

    def main(  # pyright: ignore[reportIncompatibleMethodOverride] # click overloads it on standalone_mode
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *, obj: Choices | None = None, **_: Any
    ) -> NoReturn:
        """Run, and turn whatever goes wrong into one line on stderr and its exit code.

        Args:
            obj: what the options are kept in, where the clock and the environment are not those of the machine.
        """
        prepare_streams()
        arguments = sys.argv[1:] if args is None else args
        run = partial(super().main, arguments, prog_name, standalone_mode=False)
        chosen = obj or Choices()
        lang = language_of(arguments, chosen.usual_lang)
        with spoken_in(lang):
            run_and_exit(lambda chosen: run(obj=chosen), lang, as_json="--json" in arguments, chosen=chosen)

    def prepare(self) -> None:
        """Add all commands."""
        if self._prepared:
            return
        from directives_cli.from_model import add_commands  # imports pydantic, which the help does without

        for name in COMMANDS:
            self._load(name)
        add_commands(self, WORK)
        self._prepared = True

    def _load(self, name: str) -> click.Command:
        """The command of that name, from the module of that name; ``import`` is no name in Python."""
        if name not in self.commands:
            own = "import_" if name == "import" else name
            self.add_command(getattr(import_module(f"directives_cli.commands.{own}"), own))
        return self.commands[name]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; tasks have commands of the kinds too."""
        if cmd_name in COMMANDS and cmd_name != "task":
            return self._load(cmd_name)
        self.prepare()
        return self.commands.get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        if others_may_bring_kinds() or not bundled_nouns():  # not all can be told without importing them
            self.prepare()
        return sorted(self.commands if self._prepared else {*COMMANDS, *bundled_nouns()})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, in a few words."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        begin = {noun: WORK.format(kind=kind) for noun, kind in bundled_nouns().items()} | COMMANDS
        commands = [self.commands.get(name) or Spoken(name, help=begin[name]) for name in names]
        with formatter.section(gettext("Commands")):
            rows = zip(names, (command.get_short_help_str(limit) for command in commands), strict=True)
            formatter.write_dl([*rows])


@click.group(cls=Root, invoke_without_command=True)
@click.version_option(package_name="directives", prog_name="directives")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Track directives and tasks at every level of an organisation."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
