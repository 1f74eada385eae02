"""The command ``demo``: the meeting's whole story, told by the commands themselves, with a clock of its own."""

import shlex
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import click

from directives import InvalidInput, Lang, Message, reason_of
from directives_cli.choices import Choices, choices, words
from directives_cli.options import Command

SAMPLE = "khunti-sample.csv"
GO_ON = (
    "status --unit JH-PC11",
    "overdue --level lok_sabha --lang hi",
    "task show written-report/JH-PC02",
    "history written-report/JH-PC11",
    "directive list",
    "status --json",
)


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """Play the meeting's story in an empty or new FOLDER, using the ordinary commands.

    The story runs in October to December 2023. Its sample blocks and panchayats say that they are samples, and what the
    units do is invented.
    """
    _make_ready(folder)
    teller = Teller(ctx.find_root().command, folder, choices().lang)
    for line in (files("directives_cli") / "story.txt").read_text("utf-8").splitlines():
        teller.tell(line)
    click.echo(f"\n# {words(Message('To go on: cd {folder}, and try', folder=folder))}")
    for line in GO_ON:
        click.echo(f"directives {line}")


def _make_ready(folder: Path) -> None:
    """Put the sample into the folder, which must be new or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InvalidInput("folder: {folder} is not empty: name an empty or new one", folder=folder)
        sample = (files("directives") / "samples" / SAMPLE).read_text("utf-8")
        (folder / SAMPLE).write_text(sample, "utf-8")
    except (OSError, ValueError) as error:
        raise InvalidInput(
            "folder: {folder} cannot be used: {said}: name another", folder=folder, said=reason_of(error)
        ) from error


class Teller:
    """Does what the lines of a story say.

    ``# text`` is told; ``@ moment`` sets the clock; ``= file text`` writes a file; ``$ command`` is shown and done, and
    ``. command`` is done.
    """

    def __init__(self, root: click.Command, folder: Path, lang: Lang) -> None:
        self._root, self._folder, self._lang = root, folder, lang
        self._clock: Callable[[], datetime] | None = None
        self._ways: dict[str, Callable[[str], None]] = {
            "#": lambda text: click.echo(f"\n# {words(text)}"),
            "@": self._set_clock,
            "=": self._write,
            "$": self._show_and_do,
            ".": self._do,
        }

    def tell(self, line: str) -> None:
        """Do what one line says; an empty one says nothing."""
        if line:
            self._ways[line[0]](line[2:])

    def _set_clock(self, moment: str) -> None:
        now = datetime.fromisoformat(moment)
        self._clock = lambda: now

    def _write(self, words: str) -> None:
        name, _, text = words.partition(" ")
        (self._folder / name).write_text(f"{text}\n", "utf-8")

    def _show_and_do(self, command: str) -> None:
        click.echo(f"\n$ directives {command}")
        self._do(command)

    def _do(self, command: str) -> None:
        """Run a command in this process, by the clock of the story."""
        chosen = Choices(self._clock, environment={})
        chosen.given["lang"] = self._lang
        chosen.given["db"] = f"sqlite:///{self._folder / 'directives.db'}"
        args = [self._in_folder(word) for word in shlex.split(command)]
        click.Command.main(self._root, args, "directives", standalone_mode=False, obj=chosen)

    def _in_folder(self, word: str) -> str:
        """A word of a command; the name of a file of the story with its folder."""
        return str(self._folder / word) if (self._folder / word).is_file() else word
