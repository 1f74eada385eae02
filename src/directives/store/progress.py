"""Telling how far long work is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def no_progress(done: int, total: int) -> None:
    """Nobody is told."""
