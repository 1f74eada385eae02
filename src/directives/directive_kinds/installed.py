"""A glance at what is installed beside this library."""

import os
import sys
from contextlib import suppress
from functools import cache


@cache
def others_may_bring_kinds() -> bool:
    """Whether another distribution has entry points ``directives.kinds``: to ask for them takes as long as a command.

    Where it cannot be told by the folders of `sys.path`, as in an archive, there may be some.
    """
    for place in sys.path:
        if place.endswith((".zip", ".whl", ".pyz")) and os.path.isfile(place):
            return True
        with suppress(OSError), os.scandir(place or ".") as entries:
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")) and _brings_kinds(entry.path):
                    return True
    return False


def _brings_kinds(folder: str) -> bool:
    with suppress(OSError), open(os.path.join(folder, "entry_points.txt"), "rb") as file:
        return b"[directives.kinds]" in file.read()
    return False
