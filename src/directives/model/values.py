"""The values that events, commands and states are made of."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer, StringConstraints

Lang = Literal["en", "hi"]


def utc_text(moment: datetime) -> str:
    """``moment`` in UTC as 27 characters that sort in time order, ``2023-10-19T06:30:00.000000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Code = Annotated[str, StringConstraints(pattern=_CODE, max_length=64)]
"""A unit's code: flat ASCII, given once and kept for ever, also when the unit moves."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=64)]
"""The id of a meeting or a directive, the code of a level or a kind: lower-case ASCII words."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_nfc)]
"""A text that a person wrote, in Unicode's form NFC, at most 2,000 characters."""
Moment = Annotated[AwareDatetime, PlainSerializer(utc_text, when_used="json")]
"""A moment; stored and shown in UTC with microseconds."""


class Model(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A text in English and in Hindi."""

    en: Line
    hi: Line

    def of(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.hi if lang == "hi" else self.en


def day_of(moment: datetime, zone: str) -> date:
    """The day on which ``moment`` falls in ``zone`` (an IANA name); days end at midnight there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The first moment of ``day`` in ``zone``."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The last microsecond of ``day`` in ``zone``."""
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def known_zone(zone: str) -> str:
    """``zone``, if it is the name of an IANA time zone.

    Raises:
        ValueError: it is not.
    """
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("name an IANA time zone, for example Asia/Kolkata") from error
