"""The command ``directives``.

Its commands are imported when they are called for. Their names, and what they are for, stand here too, so that the help
needs none of them.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from gettext import gettext
from importlib import import_module
from typing import Any, NoReturn

import click

from directives.directive_kinds.installed import bundled_help, bundled_nouns, others_may_bring_kinds
from directives_cli.choices import Choices
from directives_cli.errors import prepare_streams, run_and_exit
from directives_cli.examples import EXAMPLES
from directives_cli.helped import Helped
from directives_cli.hindi import Spoken, language_of, spoken_in
from directives_cli.options import WHOLE, Group

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a program of its own has none
COMMANDS = {
    "acceptance": "Run the features as acceptance checks, of this library or of any tool.",
    "audit": "The audit log: proof for outsiders that the record was not altered.",
    "board": "Show how the units of a level stand: a row a unit, a column a directive.",
    "completion": "Install the completion of words in a shell: commands, options, and the names in the store.",
    "config": "Settings: default values of the common options.",
    "copy": "Copy a store to another place: from a file to a server, from a server to a file.",
    "daily": "Show how many days of daily activity are covered: the share, the streak, the gaps.",
    "demo": "Play the meeting's story in an empty or new FOLDER, using the ordinary commands.",
    "diff": "Show what changed between the ends of two days.",
    "directive": "Directives: issue, assign, change and withdraw them.",
    "doctor": "Check that the read models match the events, and list what needs attention.",
    "evidence": "Evidence: the files that were handed in.",
    "history": "Show what happened to a task, a directive, a meeting or a unit.",
    "import": "Carry out the commands of a file: all of them, or none.",
    "init": "Create a store and register the units of an organisation.",
    "kind": "Kinds of directives: what each asks for, and how to issue one.",
    "log": "Show what was recorded, the newest last.",
    "meeting": "Meetings and their minutes.",
    "org": "The organisation: its levels and units.",
    "overdue": "Show the tasks that are past their due day and still to do.",
    "pack": "Write the store and its evidence to one new file, to keep or to pass on.",
    "person": "Persons: their personal data, sealed, and erased on request.",
    "rebuild": "Recreate the read models from the events, and report differences.",
    "schema": "The JSON Schema of files and of stored events.",
    "status": "Show how the directives stand, level by level.",
    "task": "Tasks: a directive at a unit.",
    "todo": "Show what a unit still has to do, by due day, with the command to use.",
    "unpack": "Restore a store from a pack, with its evidence and keys, into a folder.",
    "waiting": "Show the submissions that wait for an answer, oldest first.",
}
"""What the help of each command begins with."""
WORK = "Work on directives of the kind {kind}."
"""What the help of a group of commands that a kind of directive brings begins with."""
PURPOSES = {
    "Set up": ("init", "org", "meeting", "directive", "kind", "config", "completion", "demo"),
    "Work on tasks": ("todo", "task", "evidence", "import"),
    "See how things stand": ("status", "board", "overdue", "waiting", "daily"),
    "Look back": ("log", "history", "diff"),
    "Keep and prove": ("doctor", "rebuild", "audit", "pack", "unpack", "copy", "person"),
    "Connect other tools": ("schema", "acceptance"),
}
"""What one wants to do, and the commands for it."""
OF_KINDS = "Work on tasks"
"""The purpose of the commands that kinds bring."""


class Root(Group):
    """The program; the commands of a noun are made when one is called for: a bad kind is told in one line."""

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
        """Make all commands."""
        from directives_cli.from_model import nouns  # imports pydantic, which the help does without

        for name in {*COMMANDS, *nouns()}:
            self._made(name)

    def _made(self, name: str) -> click.Command | None:
        """The command of that name, from the module of that name or from the kinds; None where there is none."""
        if name in self.commands:
            return self.commands[name]
        command: click.Command | None = None
        if name in COMMANDS:
            own = "import_" if name == "import" else name  # which is no name in Python
            command = getattr(import_module(f"directives_cli.commands.{own}"), own)
        if command is None or name in EXTENDED:
            from directives_cli.from_model import noun

            command = noun(name, command, WORK)
        if command is not None:
            self.add_command(command)
            _add_examples(name, command)
        return command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        return self._made(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        if others_may_bring_kinds() or not bundled_nouns():  # not all can be told without importing them
            self.prepare()
        return sorted({*self.commands, *COMMANDS, *bundled_nouns()})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what one may want to do, with the commands for it; then the options that every command takes."""
        self.format_commands(ctx, formatter)
        with formatter.section(gettext("Common options, before or after the command")):
            told = [each.get_help_record(ctx) for each in self.get_params(ctx)]
            formatter.write_dl([each for each in told if each is not None])

    def by_purpose(self, ctx: click.Context) -> Iterator[tuple[str, list[str]]]:
        """What one wants to do, and the commands for it, those of the kinds too."""
        brought = [each for each in self.list_commands(ctx) if each not in COMMANDS]
        for purpose, own in PURPOSES.items():
            yield purpose, [*own, *(brought if purpose == OF_KINDS else ())]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, in a few words."""
        spacing = max(map(len, self.list_commands(ctx)))
        for purpose, names in self.by_purpose(ctx):
            with formatter.section(gettext(purpose)):
                formatter.write_dl([(name.ljust(spacing), told) for name, told in self.in_short(ctx, names)])

    def in_short(self, ctx: click.Context, names: Iterable[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        """Commands, and the first sentence of what each is for; none is imported for that."""
        begin = {noun: WORK.format(kind=kind) for noun, kind in bundled_nouns().items()} | bundled_help() | COMMANDS
        for name in names:
            command = self.commands.get(name) or Spoken(name, help=begin[name])
            yield name, command.get_short_help_str(WHOLE)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write where to read on."""
        formatter.write_paragraph()
        formatter.write_text(gettext("directives COMMAND -h shows the help of a command, with an example."))


EXTENDED = {"task"}
"""The commands to which the library's classes add."""


def _add_examples(name: str, command: click.Command) -> None:
    """Give a command, or each in a group, its example."""
    commands = command.commands.items() if isinstance(command, click.Group) else ()
    for path, each in ((name, command), *((f"{name} {verb}", each) for verb, each in commands)):
        if isinstance(each, Helped) and path in EXAMPLES:
            each.example = EXAMPLES[path]


@click.group(cls=Root)
@click.version_option(package_name="directives", prog_name="directives")
def main() -> None:
    """Track directives and tasks at every level of an organisation."""
