"""What the steps of the features act on: a store, its clock, and the words of the features."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_month_names
from pytest_bdd import given, parsers, then, when

from directives import DirectivesError, Text, Tracker, Unit, read_organisation, say_message

DIRECTIVES = {
    "social-media groups": "social-groups",
    "सोशल मीडिया समूह": "social-groups",
    "speakers": "speakers",
    "वक्ता पहचान": "speakers",
    "alliance support": "alliance-support",
    "गठबंधन सहयोग": "alliance-support",
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
MONTHS = {name: number for lang in ("en", "hi") for number, name in get_month_names(locale=lang).items()}

# Parts of patterns. A step that names its task has the groups ``kind`` or ``report``, and ``unit``.

NUMBER = r"(?P<number>\d+)"
UNIT = r"(?P<unit>.+?)"
WHY = r'"(?P<reason>.+)"'
KIND = r"(?P<kind>social-media groups|speakers|alliance support|सोशल मीडिया समूह|वक्ता पहचान|गठबंधन सहयोग)"
TASK_EN = rf"the ({KIND} task|(?P<report>report|membership report)) of {UNIT}"
TASK_HI = rf"({KIND} के निर्देश के तहत )?{UNIT} (का|के) (कार्य|(?P<report>प्रतिवेदन|सदस्यता प्रतिवेदन))"
OFFICE_EN = r"(?P<office>state headquarters|the state president|the convenor of .+?)"
OFFICE_HI = r"(?P<office>प्रदेश मुख्यालय|प्रदेश अध्यक्ष|.+? के संयोजक)"


def day(name="day"):
    r"""A day in words, in digits of either script: ``\d`` has both."""
    return rf"(?P<{name}>\d{{1,2}} \S+ \d{{4}})"


DAY = day()


def does(verb, third=None):
    """``verifies`` or ``tries to verify``."""
    return rf"({third or verb + 's'}|(?P<tries>tries) to {verb})"


def does_hi(stem):
    """``सत्यापित करता है`` or ``सत्यापित करने की कोशिश करते हैं``."""
    return rf"({stem}|(?P<tries>{stem}ने की कोशिश) कर)(ता है|ते हैं)"


def as_day(words):
    """``15 November 2023``, ``15 नवंबर 2023`` or ``१५ नवंबर २०२३`` as a date; None where there is none."""
    if words is None:  # the step leaves it out
        return None
    number, month, year = words.split()
    return date(int(year), MONTHS[month], int(number))


def as_number(digits):
    """A number in digits of either script; 0 where the step says that there is none."""
    return int(digits or 0)


CONVERTERS = dict.fromkeys(("day", "due", "first", "known", "last", "recorded"), as_day) | dict.fromkeys(
    ("number", "done", "late", "longest", "trained", "deployed", "briefings", "activities", "confirmations", "line"),
    as_number,
)
FEATURES = Path(__file__).parents[2] / "features"
REASONS = json.loads((FEATURES / "reasons.json").read_text("utf-8"))
PATTERNS: list[str] = []
"""The pattern of every step, in both languages."""


def step(english, hindi, *decorators):
    """A step in both languages; given, when and then alike unless said otherwise."""
    PATTERNS.extend((english, hindi))

    def register(function):
        for pattern in (english, hindi):
            for decorate in decorators or (given, when, then):
                function = decorate(parsers.re(pattern), converters=CONVERTERS, stacklevel=2)(function)
        return function

    return register


class World:
    """A store, and its clock, which stands at the end of 2023 until a step says which day it is.

    What it is told is in ``lang``, the language of the feature.
    """

    def __init__(self, folder, lang):
        self.folder, self.lang = folder, lang
        self.store = folder / "directives.db"
        self.now = datetime(2023, 10, 1, tzinfo=UTC)
        self.tracker = Tracker(f"sqlite:///{self.store}", create=True, clock=lambda: self.now)
        self.tracker.found(read_organisation())
        self.now = datetime(2023, 12, 31, tzinfo=UTC)
        self.refusal = None
        self.caused = None

    def record_meeting(self, minutes):
        """Record a meeting on the day after it was held."""
        now, self.now = self.now, self.noon(minutes.held_on + timedelta(days=1))
        self.tracker.record_meeting(minutes)
        self.now = now

    def sample_units(self):
        sample = files("directives") / "samples" / "khunti-sample.csv"
        self.tracker.register(read_organisation(sample), occurred_at=datetime(2023, 10, 1, tzinfo=UTC))

    def join(self, name, level, parent, day):
        unit = Unit(code="NEW", parent=self.unit(parent), level=self.level(level), name=Text(en=name, hi=name))
        self.tracker.register([unit], occurred_at=self.noon(day))

    def unit(self, name):
        """The code of the unit of that name, in either language; of two of a name, the higher; or else a code."""
        return next((unit.code for unit in self.tracker.units() if name in (unit.name.en, unit.name.hi)), name)

    def level(self, name):
        """The code of the level of that name, in either language."""
        return next(level.code for level in self.tracker.levels if name in (level.name.en, level.name.hi))

    def units_of(self, level, unit):
        """The codes of the units of that level at or below a unit."""
        top, level = self.unit(unit), self.level(level)
        return [
            each.code
            for each in self.tracker.units()
            if each.level == level and top in self.tracker.unit(each.code).path
        ]

    def office(self, words):
        """``state headquarters``, ``the convenor of Khunti``, ``खूंटी के संयोजक`` as an office."""
        return OFFICES.get(words) or f"convenor@{self.unit(re.sub('^the convenor of | के संयोजक$', '', words))}"

    def task(self, directive, name):
        return f"{DIRECTIVES[directive]}/{self.unit(name)}"

    def noon(self, day):
        return datetime.combine(day, time(12), ZoneInfo(self.tracker.zone))

    def given(self, office, day):
        """What every command takes: who acts, and when."""
        return {"office": self.office(office), "occurred_at": self.noon(day)}

    def work(self, deed, directive, unit, day, office=None, tries=None, **fields):
        """What an office, its own convenor unless another is named, does about its task, at noon."""
        given = self.given(office or f"the convenor of {unit}", day)
        self.act(tries, self.tracker.work, deed, self.task(directive, unit), **fields, **given)

    def hand_in(self, report, unit, day, *, office=None, tries=None, content="A report.", name="report.txt", **fields):
        path = self.folder / name
        path.write_text(content)
        given = self.given(office or f"the convenor of {unit}", day)
        self.act(tries, self.tracker.submit_report, self.task(report, unit), path, **fields, **given)

    def verified(self, report, unit):
        """The report of the unit, handed in and verified on 10 November 2023."""
        day = date(2023, 11, 10)
        self.hand_in(report, unit, day)
        self.work("task verify", report, unit, day, office="state headquarters")

    def group(self, name, platform):
        """The id of the unit's last group on a platform."""
        made = [entry.data for entry in self.history("social-media groups", name) if entry.name == "GroupCreated"]
        return [group.group for group in made if group.platform == platform][-1]

    def history(self, directive, name):
        return self.tracker.history(self.task(directive, name))

    def act(self, tries, act, *args, **fields):
        """Do it; or, where a step tries to, be refused."""
        (self.refused if tries else self.done)(act, *args, **fields)

    def done(self, act, *args, **fields):
        self.caused = act(*args, **fields)

    def refused(self, act, *args, **fields):
        before = len(list(self.tracker.events()))
        with pytest.raises(DirectivesError) as caught:
            act(*args, **fields)
        self.refused_by = caught.value
        self.refusal = say_message(caught.value.message, self.lang)
        assert "\n" not in self.refusal
        assert len(list(self.tracker.events())) == before, "nothing is changed"

    def status(self, directive="report", level="lok_sabha", unit=None):
        (row,) = self.tracker.status(directive=DIRECTIVES[directive], level=level, unit=unit)
        return row

    def told(self, reference, words):
        """Whether the history of a task or a unit says it."""
        return any(words in entry.sentence for entry in self.tracker.history(reference, self.lang))


def require_reason(error, words):
    """Assert that an error has the code and the facts that stand for these words of a feature."""
    (wanted,) = [row for row in REASONS if words in (row["en"], row["hi"])]
    assert error.reason == wanted["reason"]
    assert error.facts | wanted["facts"] == error.facts


def listed(text):
    """``SP-01, SP-02 and SP-03`` as a list."""
    return re.split(", | and | और ", text)


def platform(name):
    return PLATFORMS.get(name.lower(), name.lower())
