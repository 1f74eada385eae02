"""Strict JSON for files of others: no duplicate names in an object, no NaN or infinity."""

import json
from typing import Any, NoReturn

from directives.audit.notes import Unreadable


def strictly(text: str) -> Any:
    """The value that ``text`` is.

    Raises:
        Unreadable: it is no JSON, or leaves open what it says.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("{text} is not valid JSON", text=repr(text[:80])) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def object_with(text: str, fields: dict[str, type]) -> dict[str, Any]:
    """The object that ``text`` is, which has just these fields, of these types.

    Raises:
        Unreadable: it is none, or another one.
    """
    value = strictly(text)
    if type(value) is not dict or {name: type(each) for name, each in value.items()} != fields:  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType] # it is JSON
        raise Unreadable(
            "{text} does not have exactly the fields {fields}", text=repr(text[:80]), fields=", ".join(fields)
        )
    return value  # pyright: ignore[reportUnknownVariableType]
