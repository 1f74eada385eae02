"""Events of a directive. Names, versions and fields ARE the storage format."""

from typing import ClassVar

from pydantic import Field, JsonValue

from directives.domain.event import Event, TakingBack
from directives.domain.values import Code, Day, Line, Slug, Text

_ISSUED = Text(en="{office} issued the directive “{title}”", hi="{office} ने निर्देश “{title}” जारी किया")


class Issued(Event):
    """An office issued the directive; ``set_by_issuing_office`` names the values that the meeting did not give.

    A unit that joins later has ``grace_days`` after its joining day, where that is later than the due day. A unit may
    date what it did ``backdating_days`` back, or without limit. ``distribution`` is the one that brought the kind, and
    its version, where that is another one than this library.
    """

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 4
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    backdating_days: int | None
    set_by_issuing_office: tuple[str, ...]
    distribution: Line | None = Field(default=None, exclude_if=lambda name: name is None)


class IssuedV3(Event):
    """As `Issued`, before it was recorded from where the kind came."""

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 3
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    backdating_days: int | None
    set_by_issuing_office: tuple[str, ...]

    def upcast(self) -> Issued:
        """With no distribution."""
        return Issued(**dict(self))


class IssuedV2(Event):
    """As `Issued`, before backdating could be limited."""

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]

    def upcast(self) -> Issued:
        """With no limit."""
        return Issued(backdating_days=None, **dict(self))


class IssuedV1(Event):
    """As `Issued`, before there was a grace."""

    NAME: ClassVar[str] = "Issued"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _ISSUED
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None
    statements: tuple[str, ...]
    parameters: dict[str, JsonValue]
    set_by_issuing_office: tuple[str, ...]

    def upcast(self) -> Issued:
        """With no grace and no limit."""
        return Issued(grace_days=0, backdating_days=None, **dict(self))


class AssignedToLevel(Event):
    """Every unit of the level at or below the scope owes a task, due at the end of the day ``due``."""

    NAME: ClassVar[str] = "AssignedToLevel"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} assigned it to every {level} unit of {scope}, due {due}",
        hi="{office} ने इसे {scope} की हर {level} इकाई को सौंपा, नियत तिथि {due}",
    )
    level: Slug
    scope: Code
    due: Day


class AssignedToUnits(Event):
    """Each of these units of the level owes a task, due at the end of the day ``due``."""

    NAME: ClassVar[str] = "AssignedToUnits"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} assigned it to the {level} units {units}, due {due}",
        hi="{office} ने इसे {level} इकाइयों {units} को सौंपा, नियत तिथि {due}",
    )
    level: Slug
    units: tuple[Code, ...]
    due: Day


class DeadlineExtended(Event):
    """Every unit of the level in the scope has until the end of the day ``due``."""

    NAME: ClassVar[str] = "DeadlineExtended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} extended the {level} level of {scope} to {due}: {reason}",
        hi="{office} ने {scope} के {level} स्तर को {due} तक समय-विस्तार दिया: {reason}",
    )
    level: Slug
    scope: Code
    due: Day
    reason: Line


_AMENDED = Text(en="{office} amended the directive: {reason}", hi="{office} ने निर्देश संशोधित किया: {reason}")


class Amended(Event):
    """The directive is asked for in these terms from now on; tasks that were done keep those they were done by."""

    NAME: ClassVar[str] = "Amended"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _AMENDED
    title: Text
    parameters: dict[str, JsonValue]
    grace_days: int
    backdating_days: int | None
    set_by_issuing_office: tuple[str, ...]
    reason: Line


class AmendedV1(Event):
    """As `Amended`, before backdating could be limited."""

    NAME: ClassVar[str] = "Amended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _AMENDED
    title: Text
    parameters: dict[str, JsonValue]
    grace_days: int
    set_by_issuing_office: tuple[str, ...]
    reason: Line

    def upcast(self) -> Amended:
        """With no limit."""
        return Amended(backdating_days=None, **dict(self))


class AssignmentFolded(Event):
    """The scope came to lie under another one of the level, ``into``, by whose order its units owe their tasks now."""

    NAME: ClassVar[str] = "AssignmentFolded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="The {level} level of {scope} became part of that of {into}, under which it lies now",
        hi="{scope} का {level} स्तर अब {into} के उसी स्तर का भाग है, जिसके नीचे वह आ गया",
    )
    level: Slug
    scope: Code
    into: Code


class LevelCompleted(Event):
    """The last open task of the level in the scope ended; these numbers are final."""

    NAME: ClassVar[str] = "LevelCompleted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="The {level} level of {scope} was completed: {expected} expected, {on_time} on time, {late} late",
        hi="{scope} का {level} स्तर पूर्ण हुआ: अपेक्षित {expected}, समय पर {on_time}, विलंबित {late}",
    )
    level: Slug
    scope: Code
    expected: int
    on_time: int
    late: int
    waived: int


class LevelReopened(Event):
    """The level in the scope is open again; who joined after it was completed owes a task too."""

    NAME: ClassVar[str] = "LevelReopened"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reopened the {level} level of {scope}: {reason}",
        hi="{office} ने {scope} का {level} स्तर पुनः खोला: {reason}",
    )
    level: Slug
    scope: Code
    reason: Line


class Completed(Event):
    """Every level that the directive was assigned to is completed."""

    NAME: ClassVar[str] = "Completed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="The directive was completed", hi="निर्देश पूर्ण हुआ")


class LevelWithdrawn(Event):
    """The level in the scope owes nothing any more; what it did stays on record."""

    NAME: ClassVar[str] = "LevelWithdrawn"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} withdrew it from the {level} level of {scope}: {reason}",
        hi="{office} ने इसे {scope} के {level} स्तर से वापस लिया: {reason}",
    )
    level: Slug
    scope: Code
    reason: Line


class Withdrawn(Event):
    """Nothing is owed to the directive any more; what was done stays on record."""

    NAME: ClassVar[str] = "Withdrawn"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} withdrew the directive: {reason}", hi="{office} ने निर्देश वापस लिया: {reason}"
    )
    reason: Line


class Reinstated(Event, TakingBack):
    """The directive is owed again as it was before it was withdrawn; open levels until ``due``, where that is given."""

    NAME: ClassVar[str] = "Reinstated"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reinstated the directive: {reason}", hi="{office} ने निर्देश बहाल किया: {reason}"
    )
    WITH_DAY: ClassVar[Text] = Text(
        en="{office} reinstated the directive, due {due}: {reason}",
        hi="{office} ने निर्देश बहाल किया, नियत तिथि {due}: {reason}",
    )
    due: Day | None

    @property
    def sentence(self) -> Text:
        """With the day, where one was given."""
        return self.SENTENCE if self.due is None else self.WITH_DAY


class LevelReinstated(Event, TakingBack):
    """The level in the scope is owed again as before it was withdrawn; until ``due``, where that is given."""

    NAME: ClassVar[str] = "LevelReinstated"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reinstated the {level} level of {scope}: {reason}",
        hi="{office} ने {scope} का {level} स्तर बहाल किया: {reason}",
    )
    WITH_DAY: ClassVar[Text] = Text(
        en="{office} reinstated the {level} level of {scope}, due {due}: {reason}",
        hi="{office} ने {scope} का {level} स्तर बहाल किया, नियत तिथि {due}: {reason}",
    )
    level: Slug
    scope: Code
    due: Day | None

    @property
    def sentence(self) -> Text:
        """With the day, where one was given."""
        return self.SENTENCE if self.due is None else self.WITH_DAY


class LevelRescheduled(Event):
    """The due day of the level in the scope is set right: its units have until the end of the day ``due``."""

    NAME: ClassVar[str] = "LevelRescheduled"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} rescheduled the {level} level of {scope} to {due}: {reason}",
        hi="{office} ने {scope} के {level} स्तर की तिथि बदलकर {due} की: {reason}",
    )
    level: Slug
    scope: Code
    due: Day
    reason: Line
