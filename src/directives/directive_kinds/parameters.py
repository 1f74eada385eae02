"""The parameters of a kind as people are told of them, and as they write them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, cast, get_args

from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from directives.domain.values import Model
from directives.i18n.message import Listed, Message

Form = Mapping[str, Any]
"""A part of a JSON Schema."""
Forms = Mapping[str, Form]
ParameterType = Literal["text", "choice", "number", "decimal", "day", "moment", "truth", "json"]
"""What a parameter, or each entry of a list, is."""
MANY = 1_000_000_000
"""A limit of numbers that is no limit to people."""
_IN_WORDS: Mapping[ParameterType, Message] = {
    "text": Message("a text"),
    "number": Message("a whole number"),
    "decimal": Message("a number"),
    "day": Message("a day"),
    "moment": Message("a moment"),
    "truth": Message("true or false"),
    "json": Message("a JSON value"),
}
_EXAMPLES: Mapping[ParameterType, JsonValue] = {
    "text": "text",
    "number": 1,
    "decimal": 1,
    "day": "2023-11-30",
    "moment": "2023-11-30T18:00:00+05:30",
    "truth": True,
    "json": {},
}


class ParameterView(Model):
    """A parameter of a kind: what the office that issues such a directive sets.

    Attributes:
        name: its name, as in ``--set NAME=VALUE`` and ``parameters.NAME`` of minutes.
        type: what it is, or each entry where there are ``many``.
        many: whether it is a list.
        required: whether it must be given.
        optional: whether it may be none, ``null`` of JSON.
        default: its value where it is not given.
        choices: the words that it allows; empty where it allows others.
        minimum: the least number that it allows; of a list, the fewest entries.
        maximum: likewise the greatest number, or the most entries.
        longest: how many characters a text has at most.
        description: what it means, in English; the key of the catalogues.
        example: a value that it may have.
    """

    name: str
    type: ParameterType
    many: bool
    required: bool
    optional: bool
    default: JsonValue
    choices: tuple[str, ...]
    minimum: int | float | None
    maximum: int | float | None
    longest: int | None
    description: str
    example: JsonValue

    @property
    def type_in_words(self) -> Message:
        """What it is, for people: ``a whole number``, ``a list, each one of hi, en``."""
        each = _IN_WORDS.get(self.type) or Message("one of {choices}", choices=", ".join(self.choices))
        return Message("a list, each {what}", what=each) if self.many else each

    @property
    def limits_in_words(self) -> Message | None:
        """The limits of a number or of a list, for people; None where it has none that matter."""
        least, most = self.minimum, None if self.maximum in (None, MANY) else self.maximum
        if least is None and most is None:
            return None
        if self.many and (least, most) == (1, None):
            return Message("not empty")
        limits = Message("from {least} to {most}", least=least, most=most)
        if most is None:
            limits = Message("{least} or more", least=least)
        elif least is None:
            limits = Message("{most} or less", most=most)
        return Message("entries: {limits}", limits=limits) if self.many else limits

    def written(self, value: JsonValue) -> str:
        """``value`` as `read` takes it: a list with commas between its entries."""
        if isinstance(value, str):
            return value
        entries = value if isinstance(value, list) else []
        if entries and all(isinstance(each, str) and _is_entry(each) for each in entries):
            return ",".join(map(str, entries))
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> JsonValue:
        """The value that somebody wrote: as JSON where that fits, a list with commas between its entries.

        What is not allowed stays as it is written: `Kind.read_parameters` refuses it.
        """
        value = _from_json(text)
        if self.many:
            entries: list[JsonValue] = [each.strip() for each in text.split(",")] if text.strip() else []
            return value if isinstance(value, list | dict) else [value] if isinstance(value, str) else entries
        if isinstance(value, str) or (value is None and self.optional and text.strip() == "null"):
            return value
        return text if self.type in ("text", "choice") or value is None else value


def _is_entry(text: str) -> bool:
    """Whether a text between commas is read as it is."""
    return "," not in text and text == text.strip() != "" and _from_json(text) is None


def _from_json(text: str) -> JsonValue:
    """``text`` as JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@cache
def parameters_of(model: type[BaseModel]) -> tuple[ParameterView, ...]:
    """The parameters that ``model`` has, in their order."""
    schema = model.model_json_schema()
    definitions: Forms = schema.get("$defs", {})
    forms: Forms = schema.get("properties", {})
    return tuple(_view(name, field, forms[name], definitions) for name, field in model.model_fields.items())


def _view(name: str, field: FieldInfo, form: Form, definitions: Forms) -> ParameterView:
    forms = [*_forms(form, definitions)]
    own = next((each for each in forms if each.get("type") != "null"), forms[0])
    many = own.get("type") == "array"
    (entry, *_) = [*_forms(own.get("items", {}), definitions)] if many else [own]
    type_of_entry, choices = _type_of(entry)
    least, most = (own.get("minItems"), own.get("maxItems")) if many else _limits(field)
    view = ParameterView(
        name=name,
        type=type_of_entry,
        many=many,
        required=field.is_required(),
        optional=any(each.get("type") == "null" for each in forms),
        default=form.get("default"),
        choices=choices,
        minimum=least,
        maximum=most,
        longest=entry.get("maxLength"),
        description=field.description or "",
        example=None,
    )
    return view.changed(example=_example(view, field))


def _limits(field: FieldInfo) -> tuple[Any, Any]:
    """The least and the greatest number that a field allows: JSON Schema has but one of several limits."""
    found: list[Any] = [*field.metadata, *_beside_types(field.annotation)]
    least = [each.ge for each in found if hasattr(each, "ge")]
    most = [each.le for each in found if hasattr(each, "le")]
    return max(least, default=None), min(most, default=None)


def _beside_types(annotation: Any) -> Iterator[Any]:
    """What stands beside the types in an annotation."""
    for each in getattr(annotation, "__metadata__", ()):
        yield from each.metadata if isinstance(each, FieldInfo) else (each,)
    for part in get_args(annotation):
        yield from _beside_types(part)


def _forms(form: Form, definitions: Forms) -> Iterator[Form]:
    """The forms that a field may have, of which JSON Schema tells by a reference or as alternatives."""
    if "$ref" in form:
        yield from _forms(definitions[str(form["$ref"]).rpartition("/")[2]], definitions)
    elif "anyOf" in form:
        for each in cast(Sequence[Form], form["anyOf"]):
            yield from _forms(each, definitions)
    else:
        yield form


def _type_of(form: Form) -> tuple[ParameterType, tuple[str, ...]]:
    """What a form is, and the words that it allows."""
    words = form.get("enum") or ([form["const"]] if "const" in form else [])
    match form.get("type"), form.get("format"):
        case _ if words:
            return "choice", tuple(map(str, words))
        case "string", "date":
            return "day", ()
        case "string", "date-time":
            return "moment", ()
        case "string", _:
            return "text", ()
        case "integer", _:
            return "number", ()
        case "number", _:
            return "decimal", ()
        case "boolean", _:
            return "truth", ()
        case _:
            return "json", ()


def _example(view: ParameterView, field: FieldInfo) -> JsonValue:
    """A value that a parameter may have: one that the kind names, its default, or any of its type."""
    if field.examples:
        return field.examples[0]
    if view.default not in (None, [], ""):
        return view.default
    least = 0 if view.many else view.minimum or 0
    one: JsonValue = view.choices[0] if view.choices else _EXAMPLES[view.type]
    if view.type in ("number", "decimal"):
        one = max(1, least) if view.maximum is None or view.many or view.maximum >= 1 else view.maximum
    return [one] if view.many else one


def with_type(said: Message, name: object, views: Sequence[ParameterView]) -> Message:
    """What is said of a parameter that is not allowed, with its type and an example; with all where it is none."""
    view = next((each for each in views if each.name == name), None)
    if view is None:
        known = ", ".join(each.name for each in views)
        return Message("{said} ({known} can be set)", said=said, known=known) if known else said
    limits = view.limits_in_words
    what = view.type_in_words if limits is None else Listed(view.type_in_words, limits, between=", ")
    example = view.example if isinstance(view.example, str) else json.dumps(view.example, ensure_ascii=False)
    return Message("{said} ({what}, for example {example})", said=said, what=what, example=example)
