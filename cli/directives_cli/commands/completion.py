"""The command ``completion``."""

from pathlib import Path
from typing import Literal, get_args

import click

from directives import InvalidInput, reason_of
from directives_cli.choices import choices
from directives_cli.data import print_json
from directives_cli.options import Command, question
from directives_cli.render import say
from directives_cli.settings import xdg_folder

Shell = Literal["bash", "zsh", "fish"]
PLACES: dict[Shell, tuple[str, str, str]] = {
    "bash": ("XDG_DATA_HOME", "~/.local/share", "bash-completion/completions/directives"),
    "zsh": ("XDG_DATA_HOME", "~/.local/share", "zsh/site-functions/_directives"),
    "fish": ("XDG_CONFIG_HOME", "~/.config", "fish/completions/directives.fish"),
}
"""Where each shell looks for a user's completions: a variable, else a folder, and the path below it."""


@question
@click.command(cls=Command)
@click.argument("shell", type=click.Choice(get_args(Shell)), metavar="SHELL")
@click.option("--print", "to_stdout", is_flag=True, help="Print the script instead.")
def completion(shell: Shell, to_stdout: bool) -> None:
    """Install the completion of words in a shell: commands, options, and the names in the store.

    The script is written where the shell looks for it. It works in shells that start afterwards.
    """
    script = (Path(__file__).parents[1] / "shells" / shell).read_text("utf-8")
    if to_stdout:
        click.echo(script, nl=False)
        return
    file = _place(shell)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script, "utf-8")
    except OSError as error:
        raise InvalidInput("{file} cannot be written: {said}: use --print", file=file, said=reason_of(error)) from error
    if choices().as_json:
        print_json({"file": str(file)})
        return
    say("Wrote {file}. Shells that start now complete directives.", file=file)
    if shell == "bash":
        say("Without the package bash-completion, add this line to ~/.bashrc: . {file}", file=file)
    if shell == "zsh":
        say("Add this line to ~/.zshrc, before compinit: fpath=({folder} $fpath)", folder=file.parent)


def _place(shell: Shell) -> Path:
    variable, usual, below = PLACES[shell]
    return Path(xdg_folder(variable, usual), below)
