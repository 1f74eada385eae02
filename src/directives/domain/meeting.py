"""Meeting: what was said, and the directives that were given there."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, JsonValue, model_validator

from directives.domain.aggregate import Aggregate
from directives.domain.command import Command
from directives.domain.errors import AlreadyRecorded, InvalidInput
from directives.domain.event import Event, RecordedEvent
from directives.domain.values import Code, Day, Days, Model, Slug, Text, matching, start_of
from directives.i18n.message import Message, NotAllowed

if TYPE_CHECKING:
    from directives.domain.directive.commands import AssignToLevel, IssueDirective

Number = Annotated[str, matching(r"[A-Z][0-9]+", Message("a capital letter and a number, as S1"), 10)]
"""The number of a statement, S1."""


class Statement(Model):
    """One thing that was said: it asks for a directive, or names a goal for which no task is owed."""

    no: Number
    text: Text
    asks_for: Literal["directive", "goal"]


class Assigned(Model):
    """A level that owes a directive, in a scope (by default the top unit), by the end of a day."""

    level: Slug
    scope: Code | None = None
    due: Day


class Given(Model):
    """A directive as the minutes give it.

    ``set_by_issuing_office`` names each value below that the meeting did not give.
    """

    id: Slug
    kind: Slug
    statements: tuple[Number, ...] = Field(min_length=1)
    title: Text
    set_by_issuing_office: tuple[str, ...] = ()
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: Days = Field(default=0, exclude_if=lambda days: not days)  # as minutes were before there was one
    backdating_days: Days | None = Field(default=None, exclude_if=lambda days: days is None)  # likewise
    assign: tuple[Assigned, ...] = ()


class Minutes(Model):
    """The minutes of a meeting."""

    id: Slug
    held_on: Day
    title: Text
    statements: tuple[Statement, ...] = Field(min_length=1)
    directives: tuple[Given, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> "Minutes":
        numbers = [statement.no for statement in self.statements]
        ids = [directive.id for directive in self.directives]
        for field, names in (("statements.no", numbers), ("directives.id", ids)):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise NotAllowed("{field}: {value} is a duplicate: each must be unique", field=field, value=twice)
        for directive in self.directives:
            unknown = next((no for no in directive.statements if no not in numbers), None)
            if unknown is not None:
                raise NotAllowed(
                    "directives.{id}.statements: {unknown} is unknown: use one of {choices}",
                    id=directive.id,
                    unknown=unknown,
                    choices=", ".join(numbers),
                )
            for name in directive.set_by_issuing_office:
                _require_given(directive, name)
        return self


def _require_given(directive: Given, name: str) -> None:
    """``name`` must be ``due``, ``grace_days``, ``backdating_days``, or the path of a parameter of the directive."""
    parameter = name.removeprefix("parameters.")
    if name not in ("due", "grace_days", "backdating_days") and (
        name == parameter or parameter not in directive.parameters
    ):
        raise NotAllowed(
            "directives.{id}.set_by_issuing_office: {name} has no value here: give that value, or leave its name out",
            id=directive.id,
            name=name,
        )


# Events. Names, versions and fields are the storage format.


class MeetingRecorded(Event):
    """A meeting was held on that day, and this is what was said."""

    NAME: ClassVar[str] = "MeetingRecorded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} recorded the meeting of {held_on}", hi="{office} ने {held_on} की बैठक दर्ज की"
    )
    meeting: Slug
    held_on: Day
    title: Text
    statements: tuple[Statement, ...]


class MeetingState(Model):
    """A meeting as it was recorded."""

    recorded: MeetingRecorded | None = None


def evolve(state: MeetingState, event: RecordedEvent) -> MeetingState:
    """The meeting after ``event``."""
    match event.data:
        case MeetingRecorded() as recorded:
            return MeetingState(recorded=recorded)
        case _:
            return state


MEETING = Aggregate("meeting", MeetingState.model_construct(), evolve)


class RecordMeeting(Command):
    """Record a meeting, issue its directives and assign them."""

    NOUN: ClassVar[str] = "meeting"
    VERB: ClassVar[str] = "record"
    minutes: Minutes


def moment_of(minutes: Minutes, zone: str) -> datetime:
    """The first moment of the day that the meeting was held, in ``zone``.

    Raises:
        InvalidInput: it is before 1900, as moments are counted.
    """
    moment = start_of(minutes.held_on, zone)
    if moment.year < 1900:
        raise InvalidInput("held_on: {held_on} begins before 1900 in UTC: name a later day", held_on=minutes.held_on)
    return moment


def record(command: RecordMeeting, state: MeetingState, today: date) -> tuple[Event, ...]:
    """Decide that the meeting is recorded; its directives are decided one by one.

    Raises:
        AlreadyRecorded: a meeting of that id was recorded with other content.
        InvalidInput: it is in the future.
    """
    minutes = command.minutes
    recorded = MeetingRecorded(
        meeting=minutes.id, held_on=minutes.held_on, title=minutes.title, statements=minutes.statements
    )
    if minutes.held_on > today:
        raise InvalidInput(
            "held_on: {held_on} is in the future: record the meeting after it was held",
            reason="future",
            held_on=minutes.held_on,
            occurred_at=minutes.held_on,
        )
    if state.recorded is None:
        return (recorded,)
    if state.recorded == recorded:
        return ()
    raise AlreadyRecorded(
        "meeting: {id} was recorded with other content: give this one another id", reason="changed-since", id=minutes.id
    )


def commands_of(command: RecordMeeting, at: datetime, top: str) -> "Iterator[IssueDirective | AssignToLevel]":
    """The commands that the minutes amount to: each directive issued, then assigned; ``top`` is the default scope."""
    from directives.domain.directive.commands import AssignToLevel, IssueDirective

    acting = {"office": command.office, "actor": command.actor, "occurred_at": at}
    for directive in command.minutes.directives:
        common = acting | {"directive": directive.id}
        content = directive.model_dump(exclude={"id", "assign"})
        yield IssueDirective.model_validate(common | content | {"meeting": command.minutes.id})
        for assigned in directive.assign:
            fields = {"level": assigned.level, "scope": assigned.scope or top, "due": assigned.due}
            yield AssignToLevel.model_validate(common | fields)
