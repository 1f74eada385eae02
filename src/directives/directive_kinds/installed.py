"""A glance at what kinds of directives are installed, which imports none of them."""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache


@cache
def others_may_bring_kinds() -> bool:
    """Whether another distribution has entry points ``directives.kinds``: to ask for them takes as long as a command.

    Where it cannot be told by the folders of `sys.path`, as in an archive, there may be some.
    """
    for path in sys.path:
        if path.endswith((".zip", ".whl", ".pyz")) and os.path.isfile(path):
            return True
        with suppress(OSError), os.scandir(path or ".") as entries:
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")) and _brings_kinds(entry.path):
                    return True
    return False


def _brings_kinds(folder: str) -> bool:
    with suppress(OSError), open(os.path.join(folder, "entry_points.txt"), "rb") as file:
        return b"[directives.kinds]" in file.read()
    return False


_NOUN = re.compile(r'^    NOUN: ClassVar\[str\] = "([^"]+)"$', re.M)


@cache
def bundled_nouns() -> Mapping[str, str]:
    """The nouns of the commands of the kinds in this folder, each with its kind, read from the text of their files.

    A noun of several kinds has the first. Where the texts cannot be read, as in an archive, there is no noun.
    """
    nouns: dict[str, str] = {}
    folder = os.path.dirname(__file__)
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    nouns = dict.fromkeys(_NOUN.findall(file.read()), name.removesuffix(".py")) | nouns
    return nouns
