"""What pydantic complains about, and texts that are not fit to come in, told as one error of ours."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from directives.domain.errors import InvalidInput
from directives.domain.personal import holding, may_be_shown, values_in
from directives.domain.values import UNFIT, Model
from directives.i18n.message import HiddenValue, Message, NotAllowed

_NOWHERE = Message("")
_UNFIT_HIDDEN = re.compile(f"{UNFIT.pattern[:-1]}\ud800-\udfff]")
"""As `UNFIT`, and halves of a character, which nothing tells before a personal value is sealed."""
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
    "model": Message("give its fields by name"),
    "dict": Message("give its fields by name"),
}
"""What to write, by the word with which a type of pydantic's errors begins."""
_LIMITS = {
    "string_too_short": "write {min_length} {min_length:character|characters} or more",
    "string_too_long": "write {max_length} {max_length:character|characters} or fewer",
    "string_pattern_mismatch": "write it in the pattern {pattern}",
    "literal_error": "use one of {expected}",
    "greater_than": "write more than {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "too_short": "give {min_length} or more",
    "too_long": "give {max_length} or fewer",
}
"""Likewise, with what pydantic tells of the limit, by the type as a whole."""


def one_line(
    error: ValidationError,
    error_class: type[InvalidInput] = InvalidInput,
    where: Message = _NOWHERE,
    of: type[BaseModel] | None = None,
) -> InvalidInput:
    """Pydantic's first complaint in one line that names the field, the value and what is expected.

    Args:
        of: the class that was read; where it has personal values, none of them is shown.
    """
    first = error.errors(include_url=False)[0]
    hidden = of is not None and not may_be_shown(of, first["loc"], first["input"])
    if _names_somebody(first, of):
        *place, _ = first["loc"]
        first = cast(ErrorDetails, {**first, "loc": tuple(place), "type": _SOME_FIELD})
    message = _complaint(first, where, hidden=hidden)
    if error.error_count() == 1:
        return error_class(message)
    return error_class("{said} (and {number} more)", said=message, number=error.error_count() - 1)


def cause_of(error: ValidationError, of: type[BaseModel]) -> ValidationError | None:
    """``error`` as the cause of what is told of it, which ``--debug`` shows; None where it may tell of a person."""
    return None if any(_names_somebody(each, of) for each in error.errors(include_url=False)) else error


def _names_somebody(error: ErrorDetails, of: type[BaseModel] | None) -> bool:
    """Whether a field that is not known may be a personal value that stands in the place of a name.

    One with the looks of a name is told, but not beside personal values in a list or a model.
    """
    if of is None or error["type"] != "extra_forbidden" or not holding(of):
        return False
    first, *within = error["loc"]
    return first in holding(of) if within else _NAME.fullmatch(str(first)) is None


_NAME = re.compile(r"[a-z][a-z_]*")
_SOME_FIELD = "some_field"


def require_fit(value: object, error_class: type[InvalidInput] = InvalidInput, where: Message = _NOWHERE) -> None:
    """The texts in ``value``, a command or what a file gives, must stand on one line and keep its direction.

    What is stored is not looked at: an event that holds such a text is read for ever.

    Raises:
        error_class: a text holds a character that breaks a line or turns its direction.
    """
    if isinstance(value, BaseModel) and _fits_plainly(value):
        return
    for field, text in _texts(value, ""):
        unfit = UNFIT.search(text) if isinstance(text, str) else _UNFIT_HIDDEN.search(text.get_secret_value())
        if unfit is not None:
            way_out = Message(
                "remove U+{code}: a text must not break its line or turn its direction",
                code=f"{ord(unfit[0]):04X}",
            )
            said = _not_allowed(text, way_out) if isinstance(text, str) else _hidden(way_out)
            raise error_class("{where}{field}: {said}", where=where, field=field, said=said)


def _fits_plainly(model: BaseModel) -> bool:
    """Whether, at a glance at all texts at once, there is nothing to be looked at more closely."""
    try:
        written = model.model_dump_json()
    except PydanticSerializationError:
        return False
    if isinstance(model, Model) and holding(type(model)) and any(map(_UNFIT_HIDDEN.search, _hidden_texts(model))):
        return False
    # JSON writes control characters with a backslash, but for that of deletion.
    return "\\" not in written and ("\x7f" not in written if written.isascii() else UNFIT.search(written) is None)


def _hidden_texts(model: Model) -> Iterator[str]:
    return (text.get_secret_value() for _, text in values_in(model) if isinstance(text, SecretStr))


def _texts(value: object, field: str) -> Iterator[tuple[str, str | SecretStr]]:
    """Each text in ``value``, and each name in a mapping, with the path of its field."""
    match value:
        case str() | SecretStr():
            yield field, value
        case BaseModel():
            for name, inner in value:
                yield from _texts(inner, f"{field}.{name}".lstrip("."))
        case dict():
            for name, inner in cast(dict[str, object], value).items():
                yield field, name
                yield from _texts(inner, f"{field}.{name}".lstrip("."))
        case list() | tuple():
            for number, inner in enumerate(cast(list[object], value)):
                yield from _texts(inner, f"{field}.{number}")
        case _:
            pass


def _complaint(first: ErrorDetails, where: Message, *, hidden: bool) -> Message:
    field, reason = ".".join(str(part) for part in first["loc"]), first.get("ctx", {}).get("error")
    if isinstance(first["input"], Mapping | BaseModel) and isinstance(reason, NotAllowed) and not _hides(reason):
        # It begins with its field.
        return Message("{where}{field}{said}", where=where, field=field and f"{field}.", said=reason.message)
    return Message(
        "{where}{field}: {said}", where=where, field=field or Message("value"), said=_fault(first, hidden=hidden)
    )


def _fault(first: ErrorDetails, *, hidden: bool) -> Message:
    if first["type"] == "missing":
        return Message("is missing: give it")
    if first["type"] == _SOME_FIELD:
        return Message("has an unknown field: remove it")
    if first["type"] == "extra_forbidden":
        return Message("is not a field here: remove it")
    if hidden or _hides(first.get("ctx", {}).get("error")):
        return _hidden(_way_out(first))
    return _not_allowed(first["input"], _way_out(first))


def _hides(reason: object) -> bool:
    return isinstance(reason, HiddenValue)


def _hidden(way_out: Message) -> Message:
    return Message("is not allowed: {way_out}", way_out=way_out)


def _not_allowed(value: object, way_out: Message) -> Message:
    text = value.isoformat() if isinstance(value, date) else repr(value)
    shown = text if len(text) <= 80 else text[:77] + "..."
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
