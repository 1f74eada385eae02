"""A glance at what kinds of directives are installed, which imports none of them."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
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


_NOUN = re.compile(
    r'^    NOUN: ClassVar\[str\] = "([^"]+)"$(?:\n    ABOUT: ClassVar\[str\] = "([^"]+)"$)?',
    re.M,
)


@cache
def _read() -> Sequence[tuple[str, str, str]]:
    """The nouns of the commands of the kinds in this folder, each with its kind and what it is about, where it says so.

    They are read from the text of the files. Where that cannot be read, as in an archive, there is no noun.
    """
    found = list[tuple[str, str, str]]()
    folder = os.path.dirname(__file__)
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    found += [(noun, name.removesuffix(".py"), about) for noun, about in _NOUN.findall(file.read())]
    return found


def bundled_nouns() -> Mapping[str, str]:
    """The nouns of the commands of the kinds in this folder, each with its kind; of several kinds the first."""
    return {noun: kind for noun, kind, _ in reversed(_read())}


def bundled_help() -> dict[str, str]:
    """What the help of these nouns begins with, where a command says so."""
    return {noun: about for noun, _, about in reversed(_read()) if about}
