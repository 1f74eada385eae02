"""What people read: sentences from the catalogue, days, moments and numbers, in English and in Hindi."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from directives.i18n.message import Lang, Message, MomentIn
from directives.i18n.months import MONTHS, SHORT_MONTHS


@runtime_checkable
class Bilingual(Protocol):
    """What says itself in a language."""

    def of(self, lang: Lang, /) -> str:
        """Itself in ``lang``."""
        ...


@cache
def catalogue(lang: Lang) -> Callable[[str], str]:
    """What a sentence in English is in ``lang``; one that the catalogue lacks stays as it is."""
    if lang == "en":
        return str
    from gettext import translation
    from importlib.resources import as_file, files

    with as_file(files("directives.i18n") / "locale") as folder:
        return translation("directives", folder, [lang]).gettext


def say_message(message: Message, lang: Lang = "en") -> str:
    """``message`` in ``lang``, with days as people write them and numbers as India groups them."""
    return message.of(catalogue(lang), lambda value: _say_value(value, lang))


def _say_value(value: object, lang: Lang) -> str:
    match value:
        case MomentIn(moment, zone):
            return _say_with_offset(moment, lang) if zone is None else say_moment(moment, zone, lang)
        case datetime() | bool():
            return str(value)
        case int():
            return say_number(value, lang)
        case date():
            return say_day(value, lang)
        case Bilingual():
            return value.of(lang)
        case _:
            return str(value)


def say_number(number: int, lang: Lang = "en") -> str:  # noqa: ARG001 # one rule for both
    """``1,25,000``: as India groups numbers in both languages (CLDR's pattern of en_IN and hi_IN is ``#,##,##0``)."""
    sign, digits = "-" * (number < 0), str(abs(number))
    head, last = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return sign + ",".join([*reversed(pairs), last])


def say_day(day: date, lang: Lang = "en") -> str:
    """``15 November 2023``, ``15 नवंबर 2023``."""
    return f"{_day_of_month(day, lang)} {day.year}"


def _day_of_month(day: date, lang: Lang) -> str:
    return f"{day.day} {MONTHS[lang][day.month - 1]}"


def say_short_day(day: date, today: date, lang: Lang = "en") -> str:
    """``15 Nov``, ``15 नव॰``; with the year, where that is another than the present one."""
    short = f"{day.day} {SHORT_MONTHS[lang][day.month - 1]}"
    return short if day.year == today.year else f"{short} {day.year}"


def say_days(days: Iterable[date], lang: Lang = "en", *, most: int | None = None, year: bool = False) -> str:
    """Days with those that follow each other joined, ``26–28 October, 30 October``.

    Args:
        most: tell no more than so many runs, and how many days there are besides.
        year: tell the year too; of days of several years it always is.
    """
    told = sorted(set(days))
    year = year or (bool(told) and told[0].year != told[-1].year)
    runs = list[list[date]]()
    for day in told:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    text = ", ".join(_say_run(run[0], run[-1], lang, year=year) for run in runs[:most])
    left = sum(map(len, runs)) - sum(map(len, runs[:most]))
    return say_message(Message("{days} and {number} more", days=text, number=left), lang) if left else text


def _say_run(first: date, last: date, lang: Lang, *, year: bool) -> str:
    end = say_day(last, lang) if year else _day_of_month(last, lang)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    begin = say_day(first, lang) if year and first.year != last.year else _day_of_month(first, lang)
    return f"{begin} – {end}"


def say_moment(moment: datetime, zone: str, lang: Lang = "en") -> str:
    """``15 November 2023, 18:30`` in ``zone``."""
    return _say_local(moment.astimezone(ZoneInfo(zone)), lang)


def _say_with_offset(moment: datetime, lang: Lang) -> str:
    """``15 November 2023, 18:30 UTC+05:30``."""
    offset = moment.strftime("%z")
    east = f"{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else ""
    return f"{_say_local(moment, lang)} UTC{east}"


def _say_local(moment: datetime, lang: Lang) -> str:
    return f"{say_day(moment, lang)}, {moment:%H:%M}"
