"""What people read: days, moments, offices and events, in English and in Hindi.

What only some of it needs is imported there: a program that prints a few numbers does not wait for calendars.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from directives.model.event import RecordedEvent
from directives.model.message import Lang, Message
from directives.model.offices import ROLES, role_of, unit_of
from directives.model.values import Text
from directives.model.written import shown

_TRUTH = {
    True: Text(en="on time", hi="समय पर"),
    False: Text(en="late", hi="विलंब से"),
}


@cache
def catalogue(lang: Lang) -> Callable[[str], str]:
    """What a sentence in English is in ``lang``; one that the catalogue lacks stays as it is."""
    if lang == "en":
        return str
    from gettext import translation
    from importlib.resources import as_file, files

    with as_file(files("directives") / "locale") as folder:
        return translation("directives", folder, [lang]).gettext


def say_message(message: Message, lang: Lang = "en") -> str:
    """``message`` in ``lang``, with days as people write them and numbers as India groups them."""
    return message.of(catalogue(lang), lambda value: _say_value(value, lang))


def _say_value(value: object, lang: Lang) -> str:
    match value:
        case datetime() | bool():
            return str(value)
        case int():
            return say_number(value, lang)
        case date():
            return say_day(value, lang)
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
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=lang)


def say_moment(moment: datetime, zone: str, lang: Lang = "en") -> str:
    """``15 November 2023, 18:30`` in ``zone``."""
    from babel.dates import format_datetime

    return format_datetime(moment.astimezone(ZoneInfo(zone)), "d MMMM y, HH:mm", locale=lang)


class Speaker:
    """Tells events in one language.

    Args:
        unit_name: the name of the unit of a code.
        level_name: the name of the level of a code.
    """

    def __init__(self, lang: Lang, unit_name: Callable[[str], Text], level_name: Callable[[str], Text]) -> None:
        self._lang: Lang = lang
        self._name_of = dict.fromkeys(("unit", "scope", "into", "parent", "former_parent"), unit_name) | {
            "level": level_name
        }
        self._unit_name = unit_name

    def office(self, office: str) -> str:
        """``the convenor of Khunti``, ``खूंटी के संयोजक``."""
        role, unit = ROLES.get(role_of(office)), self._unit_name(unit_of(office)).of(self._lang)
        named = role_of(office) if role is None else role.of(self._lang)
        return f"{unit} के {named}" if self._lang == "hi" else f"the {named} of {unit}"

    def sentence(self, event: RecordedEvent) -> str:
        """The event in a sentence, with names instead of codes; an actor other than the office is named by its code."""
        values = {name: self._say(name, value, event.data.WORDS.get(name, {})) for name, value in event.data}
        aggregate, _, code = event.stream.partition("/")
        if aggregate == "unit":
            values["unit"] = self._unit_name(code).of(self._lang)
        who = self.office(event.office) + (f" ({event.actor})" if event.actor != event.office else "")
        told = event.data.SENTENCE.of(self._lang).format(office=who, **values)
        return shown(told[:1].upper() + told[1:])

    def _say(self, name: str, value: object, words: Mapping[str, Text]) -> str:
        match value:
            case str() if value in words:
                return words[value].of(self._lang)
            case bool():
                return _TRUTH[value].of(self._lang)
            case date():
                return say_day(value, self._lang)
            case Text():
                return value.of(self._lang)
            case dict():
                return ", ".join(f"{key} {each}" for key, each in cast(dict[str, object], value).items())
            case tuple() if name == "units":
                return ", ".join(self._unit_name(str(code)).of(self._lang) for code in cast(tuple[str, ...], value))
            case str() if name in self._name_of:
                return self._name_of[name](value).of(self._lang)
            case _:
                return str(value)
