"""The words of the features: what they stand for, and the patterns of the steps in which they stand."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from pytest_bdd import given, parsers, then, when

from directives.i18n.months import MONTHS as NAMES_OF_MONTHS

DIRECTIVES = {
    "social-media groups": "social-groups",
    "सोशल मीडिया समूह": "social-groups",
    "speakers": "speakers",
    "वक्ता पहचान": "speakers",
    "alliance support": "alliance-support",
    "गठबंधन सहयोग": "alliance-support",
    "block meeting": "block-meetings",
    "प्रखंड बैठक": "block-meetings",
    "report": "written-report",
    "प्रतिवेदन": "written-report",
    "membership report": "membership-report",
    "सदस्यता प्रतिवेदन": "membership-report",
}
OFFICES = {
    "state headquarters": "headquarters@JH",
    "प्रदेश मुख्यालय": "headquarters@JH",
    "the state president": "president@JH",
    "प्रदेश अध्यक्ष": "president@JH",
}
PLATFORMS = {
    "व्हाट्सऐप": "whatsapp",
    "इंस्टाग्राम": "instagram",
    "फ़ेसबुक": "facebook",
    "twitter": "x",
    "ट्विटर": "x",
    "टेलीग्राम": "telegram",
}
STAGES = {
    "still owed": "assigned",
    "not acknowledged": "assigned",
    "सौंपा गया": "assigned",
    "अभी आया नहीं": "assigned",
    "पावती अभी नहीं दी गई": "assigned",
    "पावती दी गई": "acknowledged",
    "प्रस्तुत किया गया": "submitted",
    "लौटाया गया": "returned",
    "सत्यापित किया गया": "verified",
    "छूट दी गई": "waived",
    "वापस लिया गया": "withdrawn",
}


MONTHS = {name: number for names in NAMES_OF_MONTHS.values() for number, name in enumerate(names, start=1)}

# Parts of patterns. A step that names its task has the groups ``kind`` or ``report``, and ``unit``.

NUMBER = r"(?P<number>\d+)"
UNIT = r"(?P<unit>.+?)"
WHY = r'"(?P<reason>.+)"'
KIND = (
    r"(?P<kind>social-media groups|speakers|alliance support|block meeting|"
    r"सोशल मीडिया समूह|वक्ता पहचान|गठबंधन सहयोग|प्रखंड बैठक)"
)
TASK_EN = rf"the ({KIND} task|(?P<report>report|membership report)) of {UNIT}"
TASK_HI = rf"({KIND} के निर्देश के तहत )?{UNIT} (का|के) (कार्य|(?P<report>प्रतिवेदन|सदस्यता प्रतिवेदन))"
OFFICE_EN = r"(?P<office>state headquarters|the state president|the convenor of .+?)"
OFFICE_HI = r"(?P<office>प्रदेश मुख्यालय|प्रदेश अध्यक्ष|.+? के संयोजक)"


def day(name: str = "day") -> str:
    r"""A day in words, in digits of either script: ``\d`` has both."""
    return rf"(?P<{name}>\d{{1,2}} \S+ \d{{4}})"


DAY = day()


def does(verb: str, third: str | None = None) -> str:
    """``verifies`` or ``tries to verify``."""
    return rf"({third or verb + 's'}|(?P<tries>tries) to {verb})"


def does_hi(stem: str) -> str:
    """``सत्यापित करता है`` or ``सत्यापित करने की कोशिश करते हैं``."""
    return rf"({stem}|(?P<tries>{stem}ने की कोशिश) कर)(ता है|ते हैं)"


def as_day(words: str | None) -> date | None:
    """``15 November 2023``, ``15 नवंबर 2023`` or ``१५ नवंबर २०२३`` as a date; None where there is none."""
    if words is None:  # the step leaves it out
        return None
    number, month, year = words.split()
    return date(int(year), MONTHS[month], int(number))


def as_number(digits: str | None) -> int:
    """A number in digits of either script; 0 where the step says that there is none."""
    return int(digits or 0)


_DAYS = ("day", "due", "first", "known", "last", "recorded")
_NUMBERS = (
    *("number", "done", "late", "longest", "trained", "deployed"),
    *("briefings", "activities", "confirmations", "line"),
)
CONVERTERS: dict[str, Callable[[str], Any]] = {**dict.fromkeys(_DAYS, as_day), **dict.fromkeys(_NUMBERS, as_number)}
PATTERNS: list[str] = []
"""The pattern of every step, in both languages."""

StepFunction = TypeVar("StepFunction", bound=Callable[..., Any])


def step(english: str, hindi: str, *decorators: Callable[..., Any]) -> Callable[[StepFunction], StepFunction]:
    """A step in both languages; given, when and then alike unless said otherwise."""
    PATTERNS.extend((english, hindi))

    def register(function: StepFunction) -> StepFunction:
        for pattern in (english, hindi):
            for decorate in decorators or (given, when, then):
                decorate(parsers.re(pattern), converters=CONVERTERS, stacklevel=2)(function)
        return function

    return register


def listed(text: str) -> list[str]:
    """``SP-01, SP-02 and SP-03`` as a list."""
    return re.split(", | and | और ", text)


def platform(name: str) -> str:
    """The code of a platform."""
    return PLATFORMS.get(name.lower(), name.lower())
