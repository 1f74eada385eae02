"""Personal values: what they are in commands and in events, and where in a class they may stand.

They stand in a field itself, in a model, or in a list of models; a class that has them deeper is refused when it is
made. The path of one is ``name``, ``chair.name`` or ``members.0.name``.
"""

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    JsonValue,
    Secret,
    SecretBytes,
    SecretStr,
    StringConstraints,
    model_serializer,
)
from pydantic.json_schema import SkipJsonSchema

from directives.domain.values import Model, matching, nfc
from directives.i18n.message import HiddenValue, Message
from directives.i18n.notation import plain_digits, stays_on_line

ModelType = TypeVar("ModelType", bound=Model)
SPEAKERS = "speaker_identification"
"""The kind whose persons are ``UNIT/CODE``, as they were before there were others."""
_CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
PersonId = Annotated[
    str,
    matching(f"{_CODE}(/{_CODE})?/{_CODE}", Message("UNIT/CODE or UNIT/KIND/CODE, as in directives person list"), 195),
]
"""A person: the unit that found them, the kind of directive by which it did, but for speakers, and the unit's own code
for them."""


def person_of(unit: str, code: str, kind: str = SPEAKERS) -> str:
    """The id of the person that ``unit`` knows by ``code`` from its work on directives of that ``kind``."""
    return f"{unit}/{code}" if kind == SPEAKERS else f"{unit}/{kind}/{code}"


def unit_of_person(person: str) -> str:
    """The code of the unit that knows the person."""
    return person.partition("/")[0]


def kind_of_person(person: str) -> str:
    """The kind by whose work the unit knows the person."""
    return person.split("/")[1] if person.count("/") == 2 else SPEAKERS


def _name(value: object) -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    text = nfc(value).strip() if isinstance(value, str) else ""
    if not 1 <= len(text) <= 200 or not all(map(stays_on_line, text)):
        raise HiddenValue("write a text of one line, at most 200 characters, without control characters")
    return text


def _phone(value: object) -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    digits = re.sub(r"[\s().-]", "", plain_digits(value)) if isinstance(value, str) else ""
    if not re.fullmatch(r"\+?[0-9]{6,15}", digits):
        raise HiddenValue("write 6 to 15 digits, with + before the country code")
    return digits


PersonName = Annotated[SecretStr, BeforeValidator(_name)]
"""The name of a person, or another text of one line about them, which no text or log of a command shows."""
Phone = Annotated[SecretStr, BeforeValidator(_phone)]
"""A telephone number (ITU-T E.164: at most 15 digits), in the digits of any script."""


class Sealed(Model):
    """A personal value as it is recorded: nonce and ciphertext of an AEAD in Base64 (RFC 4648), bound to its place."""

    person: PersonId
    box: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+=*$")]


class Unsealed(Model):
    """A personal value that is to be recorded; as such it cannot be written anywhere."""

    person: PersonId
    text: SecretStr

    @model_serializer
    def _refuse(self) -> str:
        raise TypeError("a personal value is sealed before it is written")


Personal = Sealed | SkipJsonSchema[Unsealed]
"""A field of an event, or of a model in one, that holds a personal value."""
PersonalValue = SecretStr | Sealed | Unsealed
_PERSONAL = (SecretStr, Sealed, Unsealed)
IN_COMMANDS, IN_EVENTS = (SecretStr,), (Sealed, Unsealed)
"""What a personal value is in a command, and in an event."""


# Where a class has them.


class _Found:
    """A personal value in an annotation: its type, and the way to it: ``.name`` into a model, ``[]`` into a list."""

    def __init__(self, what: Any, *way: str) -> None:
        self.what, self.way = what, way


_PLAIN: Sequence[tuple[str, ...]] = ((), (".",), ("[]", "."))
_AGAIN = "a model in itself"


def _found(annotation: Any, way: tuple[str, ...] = (), within: tuple[Any, ...] = ()) -> Iterator[_Found]:
    """The personal values in an annotation."""
    origin = get_origin(annotation)
    if annotation is JsonValue or origin is Literal:
        return
    if isinstance(annotation, str | ForwardRef):
        raise TypeError("names a class that is not there yet: define that one before")
    if _is(annotation, _PERSONAL) or _is(origin or annotation, (Secret, SecretBytes)):
        yield _Found(annotation, *way)
    elif origin is Annotated:
        yield from _found(get_args(annotation)[0], way, within)
    elif origin in (Union, types.UnionType):
        for each in get_args(annotation):
            yield from _found(each, way, within)
    elif hasattr(annotation, "__value__"):  # an alias, ``type``
        if annotation not in within:
            yield from _found(annotation.__value__, way, (*within, annotation))
    elif origin is not None:
        entries = origin is list or (origin is tuple and get_args(annotation)[1:] == (...,))
        for each in get_args(annotation):
            yield from _found(each, (*way, "[]" if entries else "{}"), within) if each is not ... else ()
    elif annotation in within:
        yield _Found(_AGAIN, *way, "{}")
    else:
        step = "." if _is(annotation, (BaseModel,)) else "{}"
        for each in _annotations_in(annotation):
            yield from _found(each, (*way, step), (*within, annotation))


def _is(annotation: Any, classes: tuple[type, ...]) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, classes)


def _annotations_in(owner: Any) -> Sequence[Any]:
    """The annotations of the fields of a model, a data class, a dictionary or a tuple with types."""
    if _is(owner, (BaseModel,)):
        if not owner.__pydantic_fields_complete__:
            owner.model_rebuild(raise_errors=False)
        return [field.annotation for field in owner.model_fields.values()]
    typed = dataclasses.is_dataclass(owner) or (_is(owner, (dict, tuple)) and hasattr(owner, "__annotations__"))
    return [*get_type_hints(owner, include_extras=True).values()] if typed else []


@cache
def holding(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields of ``model`` that have a place for a personal value, in themselves or further in."""
    return tuple(name for name, field in model.model_fields.items() if _real(_found(field.annotation)))


def _real(found: Iterator[_Found]) -> bool:
    return any(each.what is not _AGAIN for each in found)


def is_of_this_library(owner: type) -> bool:
    """Whether a class is one of this library: a test looks at its places once, and no program at each start."""
    return owner.__module__.partition(".")[0] == __name__.partition(".")[0]


def require_plain_places(model: type[BaseModel], allowed: Sequence[type]) -> None:
    """A class has personal values, of those ``allowed``, in fields, in models and in lists of models alone.

    Raises:
        TypeError: it has one deeper, or another one.
    """
    for name, field in model.model_fields.items():
        try:
            found = [*_found(field.annotation)]
        except TypeError as error:
            raise TypeError(f"{model.__name__}.{name}: {error}") from None
        real = [each.what for each in found if each.what is not _AGAIN]
        if any(not _is(what, tuple(allowed)) for what in real):
            names = ", ".join(each.__name__ for each in allowed)
            raise TypeError(f"{model.__name__}.{name}: a personal value there is of the type {names}")
        if real and any(each.way not in _PLAIN for each in found):
            raise TypeError(
                f"{model.__name__}.{name}: a personal value stands in a field, in a model or in a list of models, "
                "and not deeper"
            )


# The values themselves.


def values_in(model: Model) -> Iterator[tuple[str, PersonalValue]]:
    """The personal values in ``model``, a command or an event, each with its path."""
    for name in holding(type(model)):
        value = getattr(model, name)
        if isinstance(value, _PERSONAL):
            yield name, value
            continue
        for place, inner in _models_in(value):
            for leaf in holding(type(inner)):
                found = getattr(inner, leaf)
                if isinstance(found, _PERSONAL):
                    yield f"{name}{place}.{leaf}", found


def _models_in(value: object) -> Iterator[tuple[str, Model]]:
    if isinstance(value, Model):
        yield "", value
    elif isinstance(value, tuple | list):
        for number, each in enumerate(cast(Sequence[object], value)):
            if isinstance(each, Model):
                yield f".{number}", each


def with_values(model: ModelType, values: Mapping[str, PersonalValue]) -> ModelType:
    """``model`` with other personal ``values``, by their paths."""
    changes = {name: _with_values(getattr(model, name), name, values) for name in holding(type(model)) if values}
    return model.changed(**changes) if changes else model


def _with_values(value: object, path: str, values: Mapping[str, PersonalValue]) -> object:
    if path in values:
        return values[path]
    if isinstance(value, tuple | list):
        entries = enumerate(cast(Sequence[object], value))
        changed = [_with_values(each, f"{path}.{number}", values) for number, each in entries]
        return changed if isinstance(value, list) else tuple(changed)
    if not isinstance(value, Model) or isinstance(value, _PERSONAL):
        return value
    places = {leaf: f"{path}.{leaf}" for leaf in holding(type(value))}
    return value.changed(**{leaf: values[place] for leaf, place in places.items() if place in values})


def left_out_of(model: Model) -> dict[str, Any]:
    """What pydantic is to leave out when it writes ``model`` without a trace of its personal values."""
    left_out = dict[str, Any]()
    for name in holding(type(model)):
        value = getattr(model, name)
        if isinstance(value, tuple | list):
            inner = ((number, each) for number, each in enumerate(cast(Sequence[object], value)))
            left_out[name] = {number: _left_out_of(each) for number, each in inner if isinstance(each, Model)}
        else:
            left_out[name] = _left_out_of(value) if isinstance(value, Model) else True
    return left_out


def _left_out_of(inner: Model) -> dict[str, bool] | bool:
    return True if isinstance(inner, _PERSONAL) else dict.fromkeys(holding(type(inner)), True)


def may_be_shown(model: type[BaseModel], path: Sequence[str | int], value: object) -> bool:
    """Whether a message may show the ``value`` that was given at ``path``: no part of it may be personal.

    Of a field that holds personal values, only a plain value beside them is shown.
    """
    if not path or path[0] not in holding(model):
        return True
    beside = {name for inner in _inner_models(model.model_fields[str(path[0])].annotation) for name in _beside(inner)}
    return len(path) > 1 and path[-1] in beside and isinstance(value, str | int | float | None)


def _beside(inner: type[BaseModel]) -> set[str]:
    return {*inner.model_fields} - {*holding(inner)}


def _inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is(annotation, (BaseModel,)):
        yield annotation
    for each in get_args(annotation):
        yield from _inner_models(each)
