"""Entries of the log, and of histories, as lines."""

from directives import HistoryEntry, LogEntry, Message, say_moment
from directives_cli.choices import choices, words


def line_of(entry: LogEntry, zone: str, *, about: bool) -> str:
    """The line of an entry of the log: when it happened, and when it was recorded if that is told otherwise.

    Args:
        about: what the entry is about stands before its sentence.
    """
    lang = choices().lang
    occurred, recorded = (say_moment(at, zone, lang) for at in (entry.occurred_at, entry.recorded_at))
    later = "" if recorded == occurred else words(Message(" (recorded {moment})", moment=recorded))
    return f"{occurred}  {f'{entry.about}: ' if about else ''}{entry.sentence}{later}"


def mark_of(entry: HistoryEntry) -> str:
    """How an entry of a history is marked that was taken back."""
    return "" if entry.taken_back_as is None else f" [{words(MARKS[entry.taken_back_as])}]"


MARKS = {
    "TakenBack": Message("taken back"),
    "Recalled": Message("recalled"),
    "Struck": Message("struck out"),
    "Reinstated": Message("reinstated"),
    "LevelReinstated": Message("reinstated"),
    "Restored": Message("restored"),
}
"""How an entry is marked, by the event that took it back."""
