"""Every error that this library raises on purpose.

::

    DirectivesError            1  something failed
    ├── StoreError             1  the store cannot be used
    │   ├── NotOurStore            a file or folder that is no store of ours
    │   ├── NewerStore             written by a newer version of this library
    │   ├── StoreUnusable          cannot be opened, read or written
    │   └── StoreBusy              another process held it past the timeout
    ├── KindUnusable           1  a kind of another distribution cannot be used
    ├── KeyUnusable            1  a key that signs the audit log, or its memory, cannot be used
    ├── InvalidInput           2  a value that cannot be read or is not allowed
    │   ├── AmbiguousName          a name that several bear
    │   ├── InvalidOrganisation
    │   ├── InvalidMinutes
    │   └── InvalidDocument
    ├── Inconclusive           3  a run of the features says nothing about what was run
    ├── EvidenceAltered        3  a file that was handed in is another one by now
    ├── RecordAltered          3  what was recorded, signed or proved is another thing by now
    ├── Refused                4  a rule says no
    │   ├── NotEntitled            the office may not do this here
    │   ├── SelfVerification       who submitted cannot verify
    │   ├── AlreadySubmitted       the task waits for verification
    │   ├── NotSubmitted           there is nothing to verify or return
    │   ├── HandedInSince          the task was submitted after somebody looked at it
    │   ├── NotFulfilled           what the directive asks for is not there yet
    │   ├── NotAskedFor            work that the directive does not ask for
    │   ├── TaskClosed             the task is verified or waived: nothing more is owed
    │   ├── NothingToReopen        every unit of the level has done its task
    │   ├── NothingToTakeBack      nothing holds that could be taken back, or something rests on it
    │   ├── OutOfOrder             dated before the act that it answers
    │   ├── OverlappingScope       the level is assigned there already
    │   ├── DirectiveCompleted     nothing more can be done about it
    │   ├── DirectiveWithdrawn     nothing is owed to it any more
    │   ├── UnitRetired            the unit is no more, unless it is restored
    │   ├── UnitsBelow             the unit cannot be retired before those below it
    │   ├── PersonForgotten        the person was erased
    │   ├── DatedTooFarBack        further than the directive lets its units date what they did
    │   ├── ClockInDoubt           the clock lies far after the last entry
    │   ├── AlreadyRecorded        the same name was given to something else
    │   └── ForkRefused            what would be signed or published does not continue what was
    ├── CommandIdReused        5  the command id was used for another command
    └── NotFound               6
        ├── StoreMissing
        ├── UnknownUnit
        ├── UnknownLevel
        ├── UnknownKind
        ├── UnknownDirective
        ├── UnknownTask
        ├── UnknownEntry           nothing of that id is on record with the task
        ├── UnknownPerson          nobody of that id is on record
        ├── EvidenceMissing        a file that was handed in is not kept here
        ├── NotCheckpointed        the event is under no checkpoint of the audit log yet
        └── UnknownReference

The number is the exit code of the command line. A message is one line: the field, the value, the way out.
"""

from typing import TYPE_CHECKING, ClassVar, Self

from directives.domain.reasons import facts_of
from directives.i18n.message import Message

if TYPE_CHECKING:  # the help needs no pydantic
    from pydantic import JsonValue


class DirectivesError(Exception):
    """Base of all errors; ``exit_code`` is what the command line exits with.

    Args:
        message: what is wrong and what to do about it, in English, with the names of its values in braces.
        about_unit: the code of the unit that is to blame, where one of many that were given is.
        reason: a code of `REASONS`, where the refusal has one.

    Attributes:
        message: the same, to be told in another language.
        about: the code of that unit.
        reason: why, as a code that stays what it is, ``not-above``; None where features quote no such refusal.
        facts: what goes with that code, by names that stay too: ``{"office": ..., "unit": ...}``.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str | Message, /, *, about_unit: str | None = None, reason: str | None = None, **values: object
    ) -> None:
        self.about = about_unit
        self.message = message if isinstance(message, Message) else Message(message, **values)
        self.reason = reason
        self.facts: dict[str, JsonValue] = {} if reason is None else facts_of(reason, self.message.values)
        super().__init__(str(self.message))

    def retold(self, message: Message) -> Self:
        """The same error for the same reason, in a sentence that says more."""
        other = type(self)(message, about_unit=self.about)
        other.reason, other.facts = self.reason, self.facts
        return other

    def of_line(self, number: int, message: Message) -> Self:
        """The same error about that line of a file, in a sentence that says so; ``line`` is one of its facts."""
        other = self.retold(message)
        other.reason = self.reason or "line-of-file"
        other.facts = self.facts | facts_of("line-of-file", {"number": number})
        return other


class StoreError(DirectivesError):
    """The store cannot be used."""


class NotOurStore(StoreError):
    """The file or folder is no store of this library; it was left as it is."""


class NewerStore(StoreError):
    """The store was written by a newer version of this library."""


class StoreUnusable(StoreError):
    """The store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another process held the store past the timeout."""


class KindUnusable(DirectivesError):
    """A kind of directive of another distribution gives what it must not, or cannot tell a task."""


class KeyUnusable(DirectivesError):
    """A key that signs the audit log, or the memory of what it signed, cannot be used."""


class InvalidInput(DirectivesError):
    """A value that cannot be read or is not allowed."""

    exit_code = 2


class AmbiguousName(InvalidInput):
    """A name that several things bear: say which is meant."""


class InvalidOrganisation(InvalidInput):
    """An organisation that is no tree of known levels."""


class InvalidMinutes(InvalidInput):
    """Minutes that cannot be read or contradict themselves."""


class InvalidDocument(InvalidInput):
    """A document that is missing, empty or no file."""


class Inconclusive(DirectivesError):
    """A run of the features says nothing about what was run: results are lost, double, skipped or of nothing."""

    exit_code = 3


class EvidenceAltered(DirectivesError):
    """A submitted file was altered."""

    exit_code = 3


class RecordAltered(DirectivesError):
    """What was recorded, signed, proved or packed is another thing by now, or is gone."""

    exit_code = 3


class Refused(DirectivesError):
    """A rule says no."""

    exit_code = 4


class NotEntitled(Refused):
    """The office may not do this here."""


class SelfVerification(Refused):
    """Who submitted cannot verify or return the submission."""


class AlreadySubmitted(Refused):
    """The task waits for verification."""


class NotSubmitted(Refused):
    """There is no submission to verify or to return."""


class HandedInSince(Refused):
    """The task was submitted after it was looked at: what would be answered is not what was seen."""


class NotFulfilled(Refused):
    """What the directive asks for is not there yet."""


class NotAskedFor(Refused):
    """The directive does not ask for such work."""


class TaskClosed(Refused):
    """The task is verified or waived: nothing more is owed."""


class NothingToReopen(Refused):
    """Every unit of the level has done its task: reopened, it would be completed at once."""


class NothingToTakeBack(Refused):
    """Nothing holds that could be taken back, or what was named is no work, or a submission rests on it."""


class OutOfOrder(Refused):
    """The act is dated before the one that it answers."""


class OverlappingScope(Refused):
    """The level is already assigned at that unit, above it or below it."""


class DirectiveCompleted(Refused):
    """The directive is completed: no further level can owe it, and no work be recorded."""


class DirectiveWithdrawn(Refused):
    """The directive was withdrawn: nothing is owed to it any more."""


class UnitRetired(Refused):
    """The unit was retired: it owes nothing, its offices cannot act, and its code is not used again."""


class UnitsBelow(Refused):
    """The unit has units below it: they are moved or retired first."""


class PersonForgotten(Refused):
    """The person was erased: nothing more is recorded of them."""


class DatedTooFarBack(Refused):
    """A unit dates what it did further back than the directive allows: an office above can record it for the unit."""


class ClockInDoubt(Refused):
    """The clock lies so far after the last entry that it may be wrong: what it recorded would stay in the future."""


class AlreadyRecorded(Refused):
    """The organisation, meeting or directive of that name exists with other content."""


class ForkRefused(Refused):
    """What would be signed, cosigned or published does not continue what was."""


class CommandIdReused(DirectivesError):
    """The command id was used for another command."""

    exit_code = 5


class NotFound(DirectivesError):
    """What was named does not exist."""

    exit_code = 6


class StoreMissing(NotFound):
    """There is no store at that place."""


class UnknownUnit(NotFound):
    """No unit of that code."""


class UnknownLevel(NotFound):
    """No level of that code."""


class UnknownKind(NotFound):
    """No kind of directive of that name."""


class UnknownDirective(NotFound):
    """No directive of that id."""


class UnknownTask(NotFound):
    """No task of that id: the unit does not owe it."""


class UnknownEntry(NotFound):
    """Nothing of that id is on record with the task: no such group, no such speaker."""


class UnknownPerson(NotFound):
    """No person of that id is on record."""


class EvidenceMissing(NotFound):
    """A submitted file is not stored here."""


class NotCheckpointed(NotFound):
    """The event is under no checkpoint of the audit log yet, or the store has no audit log."""


class UnknownReference(NotFound):
    """Nothing of that name has a history."""
