"""Commands on directives: issue, assign, amend, extend, reopen and withdraw them."""

from typing import ClassVar

from pydantic import Field, JsonValue

from directives.domain.command import Command
from directives.domain.values import Code, Day, Days, Line, Slug, Text


class IssueDirective(Command):
    """Issue a directive of a kind; it is owed by nobody before it is assigned."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "issue"
    directive: Slug
    kind: Slug
    title: Text
    meeting: Slug | None = None
    statements: tuple[Line, ...] = ()
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: Days = Field(default=0, exclude_if=lambda days: not days)  # as commands were before there was one
    backdating_days: Days | None = Field(default=None, exclude_if=lambda days: days is None)  # likewise
    set_by_issuing_office: tuple[Line, ...] = ()


class AssignToLevel(Command):
    """Let every unit of a level at or below a scope owe a task, due at the end of a day."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "assign"
    directive: Slug
    level: Slug
    scope: Code
    due: Day


class AssignToUnits(Command):
    """Assign a directive to a few units by name, due at the end of a day."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "assign-units"
    directive: Slug
    units: tuple[Code, ...] = Field(min_length=1, max_length=200)
    due: Day


class AmendDirective(Command):
    """Correct what a directive asks for; ``parameters`` has those that change, the others stay."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "amend"
    directive: Slug
    reason: Line
    title: Text | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    grace_days: Days | None = None
    backdating_days: Days | None = Field(default=None, exclude_if=lambda days: days is None)  # as above


class ExtendDirective(Command):
    """Give a level, in its scope, more time; or every level that is open."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "extend"
    directive: Slug
    due: Day
    reason: Line
    level: Slug | None = None
    scope: Code | None = None


class ReopenLevel(Command):
    """Open a completed level again, so that who joined since owes a task."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "reopen"
    directive: Slug
    level: Slug
    scope: Code
    reason: Line


class WithdrawDirective(Command):
    """Withdraw a directive, or one level of it in one scope."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "withdraw"
    directive: Slug
    reason: Line
    level: Slug | None = None
    scope: Code | None = None


class ReinstateDirective(Command):
    """Reinstate a withdrawn directive, or one level of it in one scope; open levels are due on ``due``."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "reinstate"
    directive: Slug
    reason: Line
    level: Slug | None = None
    scope: Code | None = None
    due: Day | None = None


class RescheduleDirective(Command):
    """Set the due day of a level, in its scope, right, or that of every open one; also to an earlier day."""

    NOUN: ClassVar[str] = "directive"
    VERB: ClassVar[str] = "reschedule"
    directive: Slug
    due: Day
    reason: Line
    level: Slug | None = None
    scope: Code | None = None
