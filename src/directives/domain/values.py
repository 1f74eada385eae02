"""The values that events, commands and states are made of."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Annotated, Any, Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from directives.i18n.message import Lang, Message, NotAllowed
from directives.i18n.notation import as_iso

_COUNT = re.compile(r"-?(\d{1,20}|\d{1,3}(,\d{2,3}){1,6})")  # 125000 and, as India groups it, 1,25,000
_NUMBER = re.compile(r"\s*[+-]?\d+(\.\d*)?\s*")
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""A character that breaks a line or turns its direction; the joiners, which Hindi needs, are none."""


@lru_cache(1024)  # in bulk, many events have one moment
def utc_text(moment: datetime) -> str:
    """``moment`` in UTC as 27 characters that sort in time order, ``2023-10-19T06:30:00.000000Z``."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def matching(pattern: str, way_out: Message, max_length: int) -> AfterValidator:
    """A validator of texts that match ``pattern`` as a whole; ``way_out`` tells people what to write."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if len(text) > max_length or not compiled.fullmatch(text):
            raise NotAllowed("write {way_out}, at most {max_length} characters", way_out=way_out, max_length=max_length)
        return text

    return AfterValidator(check)


def printable(way_out: Message) -> AfterValidator:
    """A validator of texts without control characters; ``way_out`` tells people what to write."""

    def check(text: str) -> str:
        if not text.isprintable():
            raise NotAllowed("write {way_out}", way_out=way_out)
        return text

    return AfterValidator(check)


def nfc(text: str) -> str:
    """``text`` in Unicode's form NFC, so that a name is one name however it was typed."""
    return unicodedata.normalize("NFC", text)


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise NotAllowed("write a whole number")
    return int(value.replace(",", "")) if isinstance(value, str) and _COUNT.fullmatch(value) else value


def _written(value: object) -> object:
    """Dates and moments are written as such: a bare number would be taken for seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise NotAllowed("write it as 2023-11-30, a moment as 2023-11-30T18:00:00+05:30")
    return as_iso(value) if isinstance(value, str) else value


def _in_reach(day: date) -> date:
    if not 1900 <= day.year <= 2999:
        raise NotAllowed("name a year from 1900 to 2999")
    return day


def _moment_in_reach(moment: datetime) -> datetime:
    _in_reach(moment)
    _in_reach(moment.astimezone(UTC))  # as it is stored, it must be read again
    return moment


Code = Annotated[
    str, matching(r"[A-Za-z0-9][A-Za-z0-9_.-]*", Message("ASCII letters, digits, dots, hyphens and underscores"), 64)
]
"""A unit's code: flat ASCII, given once and kept for ever, also when the unit moves."""
Slug = Annotated[
    str, matching(r"[a-z0-9]+([_-][a-z0-9]+)*", Message("lower-case ASCII words joined by hyphens or underscores"), 64)
]
"""The id of a meeting or a directive, the code of a level or a kind."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(nfc)]
"""A text that a person wrote, in Unicode's form NFC, at most 2,000 characters."""
Count = Annotated[int, Field(ge=0, le=1_000_000_000), BeforeValidator(_number)]
"""A number of things, in the digits of any script."""
Days = Annotated[int, Field(ge=0, le=3650), BeforeValidator(_number)]
"""A number of days, at most ten years."""
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_in_reach)]
"""A day from 1900 to 2999."""
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_written),
    AfterValidator(_moment_in_reach),
    PlainSerializer(utc_text, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment from 1900 to 2999; stored and shown in UTC with microseconds."""
KnownMoment = Annotated[AwareDatetime, PlainSerializer(utc_text, when_used="json")]
"""A `Moment` that was looked at before: it is written alike, and read in a tenth of the time."""


_set = object.__setattr__  # a frozen model refuses its own


class Model(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    @classmethod
    def of_valid(cls, fields: dict[str, Any]) -> Self:
        """A value of all its ``fields``, which are known to be right: to look at them again takes long."""
        new = object.__new__(cls)
        # As pydantic's `model_construct` does, which looks at aliases and defaults too and takes eight times as long.
        _set(new, "__dict__", fields)
        _set(new, "__pydantic_fields_set__", _names(cls))
        _set(new, "__pydantic_extra__", None)
        _set(new, "__pydantic_private__", None)
        return new

    def changed(self, **fields: Any) -> Self:
        """The same value but for these ``fields``, which are known to be right."""
        return self.of_valid(self.__dict__ | fields)


@cache
def _names(model: type[BaseModel]) -> set[str]:
    return {*model.model_fields}


@cache
def fields_of_type(model: type[BaseModel], wanted: type) -> tuple[str, ...]:
    """The names of the fields of ``model`` that hold a ``wanted`` value, or may."""
    return tuple(name for name, field in model.model_fields.items() if _holds(field.annotation, wanted))


def _holds(annotation: Any, wanted: type) -> bool:
    return annotation is wanted or any(_holds(part, wanted) for part in get_args(annotation))


class Text(Model):
    """A text in English, and in Hindi where somebody gave it."""

    en: Line
    hi: Line | None = Field(default=None, exclude_if=lambda hi: hi is None)

    def __str__(self) -> str:
        return self.en

    def of(self, lang: Lang) -> str:
        """The text in ``lang``; the English one where there is no Hindi."""
        return self.hi or self.en if lang == "hi" else self.en


@lru_cache(1024)  # in bulk, many events have one moment
def day_of(moment: datetime, zone: str) -> date:
    """The day on which ``moment`` falls in ``zone`` (an IANA name); days end at midnight there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days_from(first: date, last: date) -> Iterator[date]:
    """The days from ``first`` to ``last``, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def start_of(day: date, zone: str) -> datetime:
    """The first moment of ``day`` in ``zone``."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The last moment of ``day`` in ``zone``."""
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def known_zone(zone: str) -> str:
    """``zone``, if it is the name of an IANA time zone.

    Raises:
        ValueError: it is not.
    """
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotAllowed("name an IANA time zone, for example Asia/Kolkata") from error


def same_everywhere(zone: str) -> str:
    """``zone``, if it is no name under which a machine keeps a zone of its own.

    Raises:
        ValueError: it is one.
    """
    if zone in ("localtime", "posixrules", "Factory"):
        raise NotAllowed("it differs by machine: name an IANA time zone, for example Asia/Kolkata")
    return zone
