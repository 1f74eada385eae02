"""Commands on the organisation and its units."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from directives.domain.command import Command
from directives.domain.organisation.units import LEVELS, Level, Unit, Zone
from directives.domain.values import Code, Line, Text, same_everywhere


class FoundOrganisation(Command):
    """Set up an empty store: the levels, the units and the time zone.

    Where ``more_follow``, these are the first of its units, and others are registered afterwards.
    """

    NOUN: ClassVar[str] = "organisation"
    VERB: ClassVar[str] = "found"
    levels: tuple[Level, ...] = LEVELS
    units: tuple[Unit, ...]
    zone: Annotated[Zone, AfterValidator(same_everywhere)] = "Asia/Kolkata"
    more_follow: bool = Field(default=False, exclude_if=lambda more: not more)


AS_LISTED = "As in the list of units. इकाइयों की सूची के अनुसार।"
"""Why units move or retire that a list moves or lacks, unless another reason is given."""


class RegisterUnits(Command):
    """Bring the organisation up to date with a list of units: those that it lacks join, those that differ change.

    One that was retired and is listed again is restored. Attributes that the list does not give stay, and so does a
    Hindi name whose English one stays. Units that it lacks stay too, unless ``retire_missing`` says that it is the
    whole organisation. With ``joining_only`` one that differs, or was retired, is refused.
    """

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "import"
    units: tuple[Unit, ...]
    retire_missing: bool = Field(default=False, exclude_if=lambda retire: not retire)  # as commands were before
    joining_only: bool = Field(default=False, exclude_if=lambda joining: not joining)
    reason: Line = Field(default=AS_LISTED, exclude_if=lambda reason: reason == AS_LISTED)


class RenameUnit(Command):
    """Rename a unit; its code stays."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "rename"
    code: Code
    name: Text


class MoveUnit(Command):
    """Move a unit, with all units below it, under another one."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "move"
    code: Code
    parent: Code
    reason: Line


class RetireUnit(Command):
    """Retire a unit; no unit may be below it."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "retire"
    code: Code
    reason: Line


class RestoreUnit(Command):
    """Restore a retired unit, with its tasks and its record, under its former parent or another one."""

    NOUN: ClassVar[str] = "org"
    VERB: ClassVar[str] = "restore"
    code: Code
    reason: Line
    parent: Code | None = None
