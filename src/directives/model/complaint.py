"""What pydantic complains about, told as one error of ours."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from directives.model.errors import InvalidInput
from directives.model.message import HiddenValue, Message, NotAllowed

_NOWHERE = Message("")
_DAY = Message("write a day, as 2023-11-30 or 30 November 2023")
_MOMENT = Message("write a moment, as 2023-11-30T18:00:00+05:30")
_WAYS_OUT = {
    "int": Message("write a whole number"),
    "float": Message("write a number"),
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
    said = Message("{where}{field}: {said}", where=where, field=_field(first), said=_said(first))
    if error.error_count() == 1:
        return error_class(said)
    return error_class("{said} (and {number} more)", said=said, number=error.error_count() - 1)


def _field(first: ErrorDetails) -> str | Message:
    return ".".join(str(part) for part in first["loc"]) or Message("value")


def _said(first: ErrorDetails) -> Message:
    if first["type"] == "missing":
        return Message("is missing")
    if first["type"] == "extra_forbidden":
        return Message("is no field here: remove it")
    if isinstance(first.get("ctx", {}).get("error"), HiddenValue):
        return Message("is not allowed: {way_out}", way_out=_way_out(first))
    given = repr(first["input"])
    shown = given if len(given) <= 80 else given[:77] + "..."
    return Message("{given} is not allowed: {way_out}", given=shown, way_out=_way_out(first))


def _way_out(first: ErrorDetails) -> Message:
    kind, context = first["type"], first.get("ctx", {})
    reason = context.get("error")
    if isinstance(reason, NotAllowed):
        return reason.message
    if kind in _LIMITS:
        return Message(_LIMITS[kind], **context)
    return _WAYS_OUT.get(kind.partition("_")[0]) or Message(first["msg"].removeprefix("Value error, "))
