"""Offices: who may decide what.

An office is a role at a unit, written ``role@unit``: ``convenor@JH-PC08``. Which roles a unit has is the party's own
affair: only the unit decides what an office may do. An actor is whoever acts for the office, by a code that the
embedding tool gives; who gives none acts as the office itself.
"""

import unicodedata
from collections.abc import Sequence
from typing import Annotated

from directives.domain.errors import NotEntitled
from directives.domain.values import Text, matching
from directives.i18n.message import Message

HEADQUARTERS = "headquarters"
OfficeText = Annotated[
    str, matching(r"[a-z][a-z0-9_-]*@[A-Za-z0-9][A-Za-z0-9_.-]*", Message("role@UNIT, as convenor@JH-PC08"), 120)
]
"""An office, written ``role@unit``."""

ROLES = {
    HEADQUARTERS: Text(en="headquarters", hi="मुख्यालय"),
    "president": Text(en="president", hi="अध्यक्ष"),
    "convenor": Text(en="convenor", hi="संयोजक"),
    "in-charge": Text(en="in-charge", hi="प्रभारी"),
    "social-media": Text(en="social-media in-charge", hi="सोशल मीडिया प्रभारी"),
    "secretary": Text(en="secretary", hi="सचिव"),
    "clerk": Text(en="clerk", hi="लिपिक"),
}
"""Roles with a name in both languages, for sentences; any other is shown as it is written."""


def role_of(office: str) -> str:
    """``convenor`` of ``convenor@JH-PC08``."""
    return office.partition("@")[0]


def role_meant(office: str) -> str | None:
    """The known role that the role of an office is probably a misspelling of; None if it is known, or near to none.

    A known role with more around it, as in ``vice-president``, is a role of its own.
    """
    from difflib import get_close_matches

    role = role_of(office)
    if role in ROLES or any(known in role and len(role) > len(known) + 1 for known in ROLES):
        return None
    return next(iter(get_close_matches(role, ROLES, n=1, cutoff=0.75)), None)


def unit_of(office: str) -> str:
    """``JH-PC08`` of ``convenor@JH-PC08``."""
    return office.partition("@")[2]


def same_actor(one: str, other: str) -> bool:
    """Whether two codes name one actor, however they are typed.

    Full-width and other compatible letters (Unicode's form NFKC), letter case, and characters that nobody sees (of the
    category Cf, as a zero-width joiner) make no difference; the vowel signs of Hindi do.
    """
    if one == other:
        return True
    if one.isascii() and other.isascii():  # most are
        return one.casefold() == other.casefold()
    return _folded(one) == _folded(other)


def _folded(actor: str) -> str:
    seen = "".join(character for character in actor if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())


def require_own(office: str, unit: str) -> None:
    """An office of ``unit`` itself must act.

    Raises:
        NotEntitled: the office is of another unit.
    """
    if unit_of(office) != unit:
        raise NotEntitled(
            "office {office} cannot act for {unit}: an office of that unit must, role@{unit}",
            reason="not-own-unit",
            office=office,
            unit=unit,
        )


def require_at_or_above(office: str, path: Sequence[str], deed: Message) -> None:
    """An office of the unit or of one above must act.

    Args:
        office: the office that acts.
        path: the codes from the top unit down to the unit.
        deed: what it would do.

    Raises:
        NotEntitled: the office is of another unit.
    """
    if unit_of(office) not in path:
        ways = ", ".join(f"role@{code}" for code in path)
        raise NotEntitled(
            "office {office} cannot {deed} for {unit}: an office there or above must ({ways})",
            reason="not-there-or-above",
            office=office,
            deed=deed,
            unit=path[-1],
            ways=ways,
        )


def require_above(office: str, path: Sequence[str], deed: Message) -> None:
    """An office of a unit above must act; at the top unit, which nobody is above, one of its own.

    Raises:
        NotEntitled: the office is not of a unit above.
    """
    above = path[:-1] or path
    if unit_of(office) not in above:
        ways = ", ".join(f"role@{code}" for code in above)
        raise NotEntitled(
            "office {office} cannot {deed} the task of {unit}: an office above must ({ways})",
            reason="not-above",
            office=office,
            deed=deed,
            unit=path[-1],
            ways=ways,
        )
