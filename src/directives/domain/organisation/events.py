"""Events of the organisation and of its units. Names, versions and fields ARE the storage format."""

from typing import ClassVar

from directives.domain.event import Event, TakingBack
from directives.domain.organisation.units import Level, Zone
from directives.domain.values import Code, Line, Slug, Text


class Founded(Event):
    """The store was set up for an organisation of these levels, whose days end at midnight of ``zone``."""

    NAME: ClassVar[str] = "Founded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} set the organisation up", hi="{office} ने संगठन दर्ज किया")
    levels: tuple[Level, ...]
    zone: Zone


class Registered(Event):
    """A unit joined the organisation."""

    NAME: ClassVar[str] = "Registered"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} registered the {level} unit {name}", hi="{office} ने {level} इकाई {name} दर्ज की"
    )
    code: Code
    parent: Code | None
    level: Slug
    name: Text
    attributes: dict[str, Line]


class Renamed(Event):
    """The unit has another name; its code stays."""

    NAME: ClassVar[str] = "Renamed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} renamed {former_name} to {name}", hi="{office} ने {former_name} का नाम {name} किया"
    )
    name: Text
    former_name: Text


class AttributesChanged(Event):
    """The unit has these attributes now."""

    NAME: ClassVar[str] = "AttributesChanged"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} changed what is noted about {unit}: {attributes}",
        hi="{office} ने {unit} का विवरण बदला: {attributes}",
    )
    attributes: dict[str, Line]


class Moved(Event):
    """The unit reports to another one from now on, with all that is below it."""

    NAME: ClassVar[str] = "Moved"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} moved {unit} from {former_parent} to {parent}: {reason}",
        hi="{office} ने {unit} को {former_parent} से हटाकर {parent} में रखा: {reason}",
    )
    parent: Code
    former_parent: Code
    reason: Line


class Retired(Event):
    """The unit was retired: it owes nothing more, and its record stays."""

    NAME: ClassVar[str] = "Retired"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} retired {unit}: {reason}", hi="{office} ने {unit} को बंद किया: {reason}")
    reason: Line


class Restored(Event, TakingBack):
    """The unit is there again, under ``parent``: it owes what its level owes, and has all that it did."""

    NAME: ClassVar[str] = "Restored"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} restored {unit} under {parent}: {reason}",
        hi="{office} ने {unit} को {parent} के अंतर्गत पुनः चालू किया: {reason}",
    )
    parent: Code
