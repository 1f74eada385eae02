"""Tables and trees for people."""

import os
import sys

from rich.console import Console, RenderableType


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
    for renderable in renderables:
        printer.print(renderable)
