"""Tables and trees for people."""

import os
import sys
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

import click
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from directives import InvalidInput, Message, reason_of, shown
from directives_cli.options import words


@contextmanager
def new_file(path: Path, mode: Literal["x", "xb"], encoding: str | None = None) -> Generator[IO[Any]]:
    """A new file at ``path``, open for writing; it is removed again where it is not written as a whole.

    Raises:
        InvalidInput: there is one already, or it cannot be written.
    """
    try:
        file = path.open(mode, encoding=encoding)
    except FileExistsError as error:
        raise InvalidInput("file: {file} is there already: name a new one", file=path) from error
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error
    try:
        with file:
            yield file
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritten(path, error) from error
        raise


def _unwritten(path: Path, error: Exception) -> InvalidInput:
    return InvalidInput("file: {file} cannot be written: {said}: name another", file=path, said=reason_of(error))


def console() -> Console:
    """Standard output: coloured only on a terminal and without NO_COLOR, not cut where there is no terminal."""
    on_terminal = sys.stdout.isatty()
    return Console(
        file=sys.stdout,
        highlight=False,
        no_color=bool(os.environ.get("NO_COLOR")) or not on_terminal,
        width=None if on_terminal else 200,
        soft_wrap=False,
    )


def print_rich(*renderables: RenderableType) -> None:
    """Print them, one below the other."""
    printer = console()
    with printer.capture() as captured:
        for renderable in renderables:
            printer.print(renderable)
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), color=not printer.no_color)


def print_fields(fields: Mapping[str, str], width: int, own: Mapping[str, str] | None = None) -> None:
    """The name and the value of each of ``fields``, a line each; names are ``width`` characters wide or more.

    The names of the ``own`` fields that follow are those that a party gave, and are in no catalogue.
    """
    table = Table.grid(padding=(0, 1))
    table.add_column(min_width=width, no_wrap=True)
    table.add_column(overflow="fold")
    told = [(words(name), value) for name, value in fields.items()]
    for name, value in (*told, *(own or {}).items()):
        table.add_row(Text(shown(name)), Text(shown(value)))
    print_rich(table)


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Collection[str] = (),
    nothing: str | Message = "None.",
) -> None:
    """A table, or the message that there is ``nothing``; the columns headed by ``numbers`` are numbers."""
    if not rows:
        click.echo(words(nothing), err=True)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, heading in enumerate(headings):
        right = "right" if heading in numbers else "left"
        table.add_column(
            words(heading) if heading else "", justify=right, overflow="fold", no_wrap=place == 0
        )  # the first is what one copies
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    print_rich(table)
