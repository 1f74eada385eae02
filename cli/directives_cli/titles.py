"""What titles say of the unit and of the day that an answer is of."""

from datetime import date
from typing import Unpack

from directives import Message, OfDay, Tracker, day_of
from directives_cli.choices import choices, words
from directives_cli.render import names_of


def day_told(tracker: Tracker, as_of: date | None = None, known_at: date | None = None) -> date | Message:
    """Of which day an answer is: of today, or of an earlier one, and as far as was known on which."""
    today = day_of(choices().now, tracker.zone)
    day = min(today, as_of or known_at or today)
    days = {"day": day, "known": known_at}
    if known_at is None or known_at >= today:
        return today if day == today else Message("at the end of {day}", **days)
    if day == known_at:
        return Message("at the end of {day}, as known then", **days)
    if day == today:
        return Message("{day}, as known at the end of {known}", **days)
    return Message("at the end of {day}, as known at the end of {known}", **days)


def nothing_on(title: str, nothing: Message, **day: Unpack[OfDay]) -> Message:
    """What is said where a list is empty; of an earlier day with the title, which says the day."""
    if any(day.values()):
        return Message("{title}: {nothing}", title=Message(title), nothing=nothing)
    return nothing


def title_of(tracker: Tracker, what: Message, unit: str | None, *, below: bool = False, **day: Unpack[OfDay]) -> str:
    """The title of a list: what it has, the unit that it is of, by default the top one, and the day.

    Args:
        below: it says that the units below are meant too.
    """
    code = unit or tracker.top
    about = {"unit": names_of(tracker, [code]).get(code, code), "day": day_told(tracker, **day)}
    return words(Message("{what}: {unit} and below, {day}" if below else "{what}: {unit}, {day}", what=what, **about))
