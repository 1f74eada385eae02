"""The commands on tasks as they are typed: how their options are spelt, and whole lines to be copied."""

from collections.abc import Mapping
from datetime import date
from shlex import quote

import directives
from directives import Document, What, commands

ENVELOPE = directives.Command.model_fields.keys()
"""The fields that the common options give."""
NAMED: dict[str, What] = {"unit": "unit", "on_behalf_of": "unit", "level": "level"}
"""The fields that name a thing of the store, which may be given by its name."""
SPELT = {"on_behalf_of": ("--for", "UNIT")}
"""The options that are spelt otherwise than their fields, and what their value is called."""


def option_of(name: str) -> tuple[str, str | None]:
    """The option for a field of a command, and what its value is called."""
    return SPELT.get(name, (f"--{name.replace('_', '-')}", NAMED.get(name, "").upper() or None))


def typed(deed: str, task: str, fields: Mapping[str, str], today: date) -> str:
    """The command line that carries a command on a task out; in capitals what has still to be filled in."""
    command = commands()[deed]
    parts = ["directives", *deed.split(), quote(task)]
    for name, field in command.model_fields.items():
        if name in ENVELOPE or name == "task" or not (field.is_required() or name in fields):
            continue
        if field.annotation is Document:
            parts.append("FILE")
        else:
            parts += [option_of(name)[0], quote(fields[name]) if name in fields else name.upper()]
    day = fields.get("occurred_at")
    if day is not None and day < today.isoformat():
        parts += ["--at", day]
    return " ".join(parts)
