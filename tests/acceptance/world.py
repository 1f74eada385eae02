"""What the steps of the features act on: a store, its clock, and the words of the features."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from pytest_bdd import given, parsers, then, when

from directives import DirectivesError, Text, Tracker, Unit, read_organisation
from directives.model.values import start_of

DIRECTIVES = {
    "social-media groups": "social-groups",
    "सोशल मीडिया समूह": "social-groups",
    "speakers": "speakers",
    "वक्ता पहचान": "speakers",
    "alliance support": "alliance-support",
    "गठबंधन सहयोग": "alliance-support",
}
PLATFORMS = {
    "व्हाट्सऐप": "whatsapp",
    "इंस्टाग्राम": "instagram",
    "फ़ेसबुक": "facebook",
    "एक्स": "x",
    "टेलीग्राम": "telegram",
}
STAGES = {
    "सौंपा गया": "assigned",
    "पावती दी गई": "acknowledged",
    "प्रस्तुत": "submitted",
    "लौटाया गया": "returned",
    "सत्यापित": "verified",
    "छूट दी गई": "waived",
    "वापस लिया गया": "withdrawn",
}

PATTERNS: list[str] = []
"""The pattern of every step, in both languages."""


def step(english, hindi, *decorators):
    """A step in both languages; given, when and then alike unless said otherwise."""
    PATTERNS.extend((english, hindi))

    def register(function):
        for pattern in (english, hindi):
            for decorate in decorators or (given, when, then):
                function = decorate(parsers.re(pattern), stacklevel=2)(function)
        return function

    return register


class World:
    """A store, and its clock, which stands at the end of 2023 until a step says which day it is."""

    def __init__(self, folder):
        self.folder = folder
        self.now = datetime(2023, 12, 31, tzinfo=UTC)
        self.tracker = Tracker("sqlite:///:memory:", clock=lambda: self.now)
        self.tracker.found(read_organisation(), occurred_at=datetime(2023, 10, 1, tzinfo=UTC))
        self.refusal = None
        self.caused = None

    def sample_units(self):
        sample = files("directives") / "data" / "khunti-sample.csv"
        self.tracker.register(read_organisation(sample), occurred_at=datetime(2023, 10, 1, tzinfo=UTC))

    def join(self, parent, day):
        unit = Unit(code="NEW", parent=self.unit(parent), level="block", name=Text(en="New Block", hi="नया प्रखंड"))
        self.tracker.register([unit], occurred_at=self.noon(day))

    def unit(self, name):
        """The code of the unit of that name, in either language; of two of a name, the higher."""
        return next(unit.code for unit in self.tracker.units() if name in (unit.name.en, unit.name.hi))

    def level(self, name):
        """The code of the level of that name, in either language."""
        return next(level.code for level in self.tracker.levels if name in (level.name.en, level.name.hi))

    def task(self, directive, name):
        return f"{DIRECTIVES.get(directive, directive)}/{self.unit(name)}"

    def noon(self, day):
        return start_of(date.fromisoformat(day), self.tracker.zone) + timedelta(hours=12)

    def work(self, deed, directive, unit, day, **fields):
        """What the convenor of the unit does about its task of the directive, at noon."""
        given = {"office": f"convenor@{self.unit(unit)}", "occurred_at": self.noon(day)}
        return self.tracker.work(deed, self.task(directive, unit), **fields, **given)

    def headquarters(self, deed, directive, unit, day, **fields):
        """What state headquarters does about a unit's task."""
        given = {"office": "headquarters@JH", "occurred_at": self.noon(day)}
        return self.tracker.work(deed, self.task(directive, unit), **fields, **given)

    def hand_in(self, name, day, content, by=None):
        path = self.folder / "report.txt"
        path.write_text(content)
        at, office = self.noon(day), f"convenor@{self.unit(by or name)}"
        self.tracker.submit_report(self.task("written-report", name), path, office=office, occurred_at=at)

    def group(self, name, platform):
        """The id of the unit's last group on a platform."""
        made = [entry.data for entry in self.history("social-groups", name) if entry.name == "GroupCreated"]
        return [group.group for group in made if group.platform == platform][-1]

    def history(self, directive, name):
        return self.tracker.history(self.task(directive, name))

    def attempt(self, act, *args, **fields):
        before = len(list(self.tracker.events()))
        with pytest.raises(DirectivesError) as caught:
            act(*args, **fields)
        self.refusal = str(caught.value)
        assert "\n" not in self.refusal
        assert len(list(self.tracker.events())) == before, "nothing is changed"

    def status(self, directive="written-report", level="lok_sabha", unit=None):
        (row,) = self.tracker.status(directive=DIRECTIVES.get(directive, directive), level=level, unit=unit)
        return row


def listed(text):
    """``SP-01, SP-02`` as a list."""
    return [each.strip() for each in text.split(",")]


def platform(name):
    return PLATFORMS.get(name, name.lower())
