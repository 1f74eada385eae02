"""Events of a task. Names, versions and fields ARE the storage format."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from pydantic import JsonValue

from directives.domain.event import Event, TakingBack
from directives.domain.values import Code, Day, Line, Text


class Acknowledged(Event):
    """The unit knows of the task."""

    NAME: ClassVar[str] = "Acknowledged"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} acknowledged the task", hi="{office} ने कार्य की पावती दी")


_SUBMITTED = Text(en="{office} submitted the task as done", hi="{office} ने कार्य की पूर्णता प्रस्तुत की")


class Submitted(Event):
    """The unit says that it has done the task; ``figures`` are what it is judged by.

    ``due`` is the day by which it was owed; a submission of before there was one in the event has None.
    """

    NAME: ClassVar[str] = "Submitted"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _SUBMITTED
    submission: int
    figures: dict[str, JsonValue]
    due: Day | None


class SubmittedV1(Event):
    """As `Submitted`, without the day by which it was owed."""

    NAME: ClassVar[str] = "Submitted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _SUBMITTED
    submission: int
    figures: dict[str, JsonValue]

    def upcast(self) -> Submitted:
        """With no day."""
        return Submitted(due=None, **dict(self))


_RETURNED = Text(en="{office} returned it: {reason}", hi="{office} ने कारण सहित लौटाया: {reason}")


class Returned(Event):
    """An office above did not accept the submission; ``due`` is the day until which it gave time with that, if any."""

    NAME: ClassVar[str] = "Returned"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _RETURNED
    WITH_TIME: ClassVar[Text] = Text(
        en="{office} returned it, with time until {due}: {reason}",
        hi="{office} ने कारण सहित लौटाया और {due} तक का समय दिया: {reason}",
    )
    submission: int
    reason: Line
    due: Day | None

    @property
    def sentence(self) -> Text:
        """With the day, where one was given."""
        return self.SENTENCE if self.due is None else self.WITH_TIME


class ReturnedV1(Event):
    """As `Returned`, before time could be given with it."""

    NAME: ClassVar[str] = "Returned"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _RETURNED
    submission: int
    reason: Line

    def upcast(self) -> Returned:
        """With no time given."""
        return Returned(due=None, **dict(self))


class Verified(Event):
    """An office above accepted the submission; ``due`` is the day by which it was owed then.

    It was on time if it was made by the end of that day, or of the one by which it was owed when it was made.
    """

    NAME: ClassVar[str] = "Verified"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} verified the submission, made {on_time}", hi="{office} ने {on_time} हुई प्रस्तुति सत्यापित की"
    )
    submission: int
    due: date
    on_time: bool


class Waived(Event):
    """An office above waived the task; it counts neither as done nor as overdue."""

    NAME: ClassVar[str] = "Waived"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} waived the task: {reason}", hi="{office} ने कार्य से छूट दी: {reason}")
    reason: Line


class Extended(Event):
    """An office above gave the unit until the end of the day ``due``."""

    NAME: ClassVar[str] = "Extended"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} extended the task to {due}: {reason}", hi="{office} ने कार्य को {due} तक समय-विस्तार दिया: {reason}"
    )
    due: Day
    reason: Line


class Reassigned(Event):
    """Offices of ``unit`` do the task from now on; it counts where it did."""

    NAME: ClassVar[str] = "Reassigned"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} reassigned the task to {unit}: {reason}", hi="{office} ने कार्य {unit} को पुनः सौंपा: {reason}"
    )
    unit: Code
    reason: Line


class Reopened(Event):
    """The task is owed again: its verification or waiver no longer holds."""

    NAME: ClassVar[str] = "Reopened"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} reopened the task: {reason}", hi="{office} ने कार्य पुनः खोला: {reason}")
    reason: Line


class DayRescheduled(Event):
    """An office above set the own day of the task right; the unit has until the end of the day ``due``."""

    NAME: ClassVar[str] = "DayRescheduled"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} rescheduled the task to {due}: {reason}", hi="{office} ने कार्य की तिथि बदलकर {due} की: {reason}"
    )
    due: Day
    reason: Line


Answer = Literal["verification", "return", "waiver", "reopening"]
"""What an office above decided about a task."""


class TakenBack(Event, TakingBack):
    """An office above took back its last decision, ``what``: the task stands as it did before that."""

    NAME: ClassVar[str] = "TakenBack"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} took the {what} back: {reason}", hi="{office} ने निर्णय ({what}) वापस लिया: {reason}"
    )
    WORDS: ClassVar[Mapping[str, Mapping[str, Text]]] = {
        "what": {
            "verification": Text(en="verification", hi="सत्यापन"),
            "return": Text(en="return", hi="लौटाना"),
            "waiver": Text(en="waiver", hi="छूट"),
            "reopening": Text(en="reopening", hi="पुनः खोलना"),
        }
    }
    what: Answer


class Recalled(Event, TakingBack):
    """The unit recalled its submission, with what was recorded with it, before an office above answered."""

    NAME: ClassVar[str] = "Recalled"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} recalled submission {submission}: {reason}",
        hi="{office} ने प्रस्तुति {submission} वापस मँगाई: {reason}",
    )
    submission: int


class Struck(Event, TakingBack):
    """A record of work was wrong, and was struck out."""

    NAME: ClassVar[str] = "Struck"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} struck entry {takes_back} out: {reason}", hi="{office} ने प्रविष्टि {takes_back} काटी: {reason}"
    )
