"""Minutes of meetings as TOML files."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from typing import Any, Literal, cast

from pydantic_core import to_jsonable_python

from directives.domain.errors import DirectivesError, InvalidMinutes, UnknownLevel
from directives.domain.meeting import Minutes
from directives.domain.validation import require_fit
from directives.exchange.files import given_or_bundled
from directives.exchange.toml_files import told_in
from directives.i18n.message import Message

Meant = Callable[[Literal["level", "unit"], str], str]
"""Gives the code of the level or the unit that a text names, as `Tracker.meant` does."""


def read_minutes(path: str | PathLike[str] | None = None, meant: Meant | None = None) -> Minutes:
    """The minutes in the TOML file at ``path``; without one, those of the bundled meeting.

    Args:
        meant: with it the file may name levels and scopes by what they are called, besides their codes.

    Raises:
        InvalidMinutes: the file is missing, no TOML, or does not say what minutes must.
        AmbiguousName, NotFound: a name of a unit means several, or none.
    """
    name, text = given_or_bundled(path, "minutes.toml", InvalidMinutes)
    where = Message("{name}: ", name=name)
    with told_in(where, InvalidMinutes):
        written = to_jsonable_python(tomllib.loads(text))
        minutes = Minutes.model_validate(written if meant is None else _with_codes(written, meant, where))
    require_fit(minutes, InvalidMinutes, where)
    return minutes


def _with_codes(written: Any, meant: Meant, where: Message) -> Any:
    """What the file has, with codes in the place of the names of levels and scopes."""
    for place, assigned in _assignments(written):
        for field, what in _NAMED.items():
            text = assigned.get(field)
            if not isinstance(text, str):
                continue
            try:
                assigned[field] = meant(what, text)
            except UnknownLevel:
                continue  # it is told where the directive is assigned
            except DirectivesError as error:
                named = {"where": where, "place": place, "field": field}
                said = Message("{where}{place}.{field}: {said}", said=error.message, **named)
                raise error.retold(said) from error
    return written


_NAMED: Mapping[str, Literal["level", "unit"]] = {"level": "level", "scope": "unit"}


def _assignments(written: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The assignments of all directives, each with its place; what is no such thing is told where it is read."""
    for number, directive in _tables(written, "directives"):
        for position, assigned in _tables(directive, "assign"):
            yield f"directives.{number}.assign.{position}", assigned


def _tables(written: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = cast(dict[str, Any], written).get(name) if isinstance(written, dict) else None
    for number, each in enumerate(cast(list[Any], listed) if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield number, cast(dict[str, Any], each)
