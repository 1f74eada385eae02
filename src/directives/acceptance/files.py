"""Where the features are, which version they are of, and which reasons stand for what they quote."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from directives.domain.meeting import Minutes
from directives.exchange.minutes import read_minutes


def features() -> Path:
    """The folder of the features: in this package, or at the top of the project where that is installed in place."""
    here = Path(__file__)
    in_project = here.parents[3] / "features"
    return in_project if (in_project / "VERSION").is_file() else here.parent / "features"


@cache
def features_version() -> str:
    """The version of the features, ``1.0``: the first number changes with what is asked of a subject."""
    return (features() / "VERSION").read_text("utf-8").strip()


def earlier_minutes() -> Minutes:
    """The bundled minutes as they were first: with the written reports alone."""
    minutes = read_minutes()
    return minutes.model_copy(update={"directives": minutes.directives[:1]})


class Reason(NamedTuple):
    """What a refusal must give where a feature quotes it: its code, and these facts."""

    code: str
    facts: dict[str, Any]


@cache
def reasons() -> dict[str, Reason]:
    """The reasons, by the words that the features quote in either language."""
    rows = json.loads((features() / "reasons.json").read_text("utf-8"))
    return {row[lang]: Reason(row["reason"], row["facts"]) for row in rows for lang in ("en", "hi")}
