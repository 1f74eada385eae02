"""What pydantic complains about, and texts that are not fit to come in, told as one error of ours."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from directives.domain.errors import InvalidInput
from directives.domain.values import UNFIT
from directives.i18n.message import HiddenValue, Message, NotAllowed

_NOWHERE = Message("")
_DAY = Message("write a day, as 2023-11-30 or 30 November 2023")
_MOMENT = Message("write a moment, as 2023-11-30T18:00:00+05:30")
_WAYS_OUT = {
    "int": Message("write a whole number"),
    "float": Message("write a number"),
    "finite": Message("write a number"),
    "bool": Message("write true or false"),
    "string": Message("write a text"),
    "date": _DAY,
    "datetime": _MOMENT,
    "timezone": _MOMENT,
    "tuple": Message("write a list"),
    "model": Message("give its fields by their names"),
    "dict": Message("give its fields by their names"),
}
"""What to write, by the word with which a type of pydantic's errors begins."""
_LIMITS = {
    "string_too_short": "write {min_length} characters or more",
    "string_too_long": "write {max_length} characters or fewer",
    "string_pattern_mismatch": "write it as the pattern {pattern} says",
    "literal_error": "use one of {expected}",
    "greater_than": "write more than {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "too_short": "give {min_length} or more",
    "too_long": "give {max_length} or fewer",
}
"""Likewise, with what pydantic tells of the limit, by the type as a whole."""


def one_line(
    error: ValidationError, error_class: type[InvalidInput] = InvalidInput, where: Message = _NOWHERE
) -> InvalidInput:
    """Pydantic's first complaint in one line that names the field, the value and what is expected."""
    first = error.errors(include_url=False)[0]
    said = _told(first, where)
    if error.error_count() == 1:
        return error_class(said)
    return error_class("{said} (and {number} more)", said=said, number=error.error_count() - 1)


def require_fit(told: object, error_class: type[InvalidInput] = InvalidInput, where: Message = _NOWHERE) -> None:
    """The texts in ``told``, a command or what a file gives, must stand on one line and keep its direction.

    What is stored is not looked at: an event that holds such a text is read for ever.

    Raises:
        error_class: a text holds a character that breaks a line or turns its direction.
    """
    if isinstance(told, BaseModel) and _fits_plainly(told):
        return
    for field, text in _texts(told, ""):
        found = UNFIT.search(text)
        if found is not None:
            way_out = Message(
                "remove U+{code}: a text has no character that breaks its line or turns its direction",
                code=f"{ord(found[0]):04X}",
            )
            raise error_class("{where}{field}: {said}", where=where, field=field, said=_not_allowed(text, way_out))


def _fits_plainly(told: BaseModel) -> bool:
    """Whether, at a glance at all texts at once, there is nothing to be looked at more closely."""
    try:
        written = told.model_dump_json()
    except PydanticSerializationError:
        return False
    # JSON writes control characters with a backslash, but for that of deletion.
    return "\\" not in written and ("\x7f" not in written if written.isascii() else UNFIT.search(written) is None)


def _texts(told: object, field: str) -> Iterator[tuple[str, str]]:
    """Each text in ``told``, and each name in a mapping, with the path of its field."""
    match told:
        case str():
            yield field, told
        case BaseModel():
            for name, each in told:
                yield from _texts(each, f"{field}.{name}".lstrip("."))
        case dict():
            for name, each in cast(dict[str, object], told).items():
                yield field, name
                yield from _texts(each, f"{field}.{name}".lstrip("."))
        case list() | tuple():
            for number, each in enumerate(cast(list[object], told)):
                yield from _texts(each, f"{field}.{number}")
        case _:
            pass


def _told(first: ErrorDetails, where: Message) -> Message:
    field, reason = ".".join(str(part) for part in first["loc"]), first.get("ctx", {}).get("error")
    if isinstance(reason, NotAllowed) and isinstance(first["input"], Mapping | BaseModel):  # it begins with its field
        return Message("{where}{field}{said}", where=where, field=field and f"{field}.", said=reason.message)
    return Message("{where}{field}: {said}", where=where, field=field or Message("value"), said=_said(first))


def _said(first: ErrorDetails) -> Message:
    if first["type"] == "missing":
        return Message("is missing: give it")
    if first["type"] == "extra_forbidden":
        return Message("is no field here: remove it")
    if isinstance(first.get("ctx", {}).get("error"), HiddenValue):
        return Message("is not allowed: {way_out}", way_out=_way_out(first))
    return _not_allowed(first["input"], _way_out(first))


def _not_allowed(given: object, way_out: Message) -> Message:
    told = given.isoformat() if isinstance(given, date) else repr(given)
    shown = told if len(told) <= 80 else told[:77] + "..."
    return Message("{given} is not allowed: {way_out}", given=shown, way_out=way_out)


def _way_out(first: ErrorDetails) -> Message:
    kind, context = first["type"], first.get("ctx", {})
    reason = context.get("error")
    if isinstance(reason, NotAllowed):
        return reason.message
    if kind in _LIMITS:
        return Message(_LIMITS[kind], **_limits(context))
    return _WAYS_OUT.get(kind.partition("_")[0]) or Message(first["msg"].removeprefix("Value error, "))


def _limits(context: dict[str, Any]) -> dict[str, Any]:
    """What pydantic tells of a limit; its list of words without the English between them."""
    expected = context.get("expected")
    return context if expected is None else {"expected": ", ".join(re.findall(r"'([^']*)'", expected))}
