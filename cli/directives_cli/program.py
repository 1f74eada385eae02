"""The program ``directives`` as a process of its own."""

import gc
import os

ASKED = "DIRECTIVES_COMPLETE"
"""The environment variable by which a shell asks what a word may become: it is the name of the shell."""
SELDOM = 500_000
"""How many objects more there are when Python looks for garbage: bulk work makes many, and hardly one is in a cycle."""


def run() -> None:
    """Run the program.

    What is imported stays: Python looks for no garbage while it starts, and never again in what there is then. It is so
    in this process only, which no other program lives in.
    """
    gc.disable()
    if ASKED in os.environ:
        from directives_cli.completing import answer

        return answer(os.environ[ASKED])
    from directives_cli.main import main

    gc.freeze()
    gc.set_threshold(SELDOM)
    gc.enable()
    return main()
