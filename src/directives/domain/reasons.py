"""Why a refusal was made, as a code that a program tells apart, and the facts that go with it.

The words of a refusal are for people and change; its code and the names of its facts stay. Those refusals have a code
that a feature quotes: who runs the features against another tool compares codes, not words.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from directives.i18n.message import Listed, Message

if TYPE_CHECKING:  # the help needs no pydantic
    from pydantic import JsonValue

REASONS: dict[str, dict[str, str]] = {
    "not-own-unit": {"office": "office", "unit": "unit"},
    "not-above": {"office": "office", "unit": "unit"},
    "not-there-or-above": {"office": "office", "unit": "unit"},
    "self-verification": {"task": "task"},
    "waits": {"task": "task"},
    "nothing-submitted": {"task": "task"},
    "handed-in-since": {"task": "task"},
    "closed": {"task": "task"},
    "completed": {"directive": "id", "level": "level", "scope": "scope"},
    "withdrawn": {"directive": "id"},
    "future": {"at": "occurred_at"},
    "before-owed": {"task": "task", "before": "before"},
    "before-submitted": {"task": "task", "before": "before"},
    "before-taken-back": {"task": "task", "directive": "id", "unit": "code", "before": "before"},
    "before-order": {"due": "due", "ordered": "today"},
    "no-more-time": {"due": "due", "standing": "standing"},
    "no-earlier": {"due": "due", "today": "today"},
    "too-far-back": {"task": "task", "earliest": "earliest"},
    "clock-in-doubt": {"last": "last"},
    "period-short": {"asked": "asked"},
    "same-document": {"task": "task"},
    "document-large": {"size": "size", "limit": "limit"},
    "document-empty": {},
    "platform-not-asked": {"platform": "platform"},
    "no-group": {"platforms": "choices"},
    "days-short": {"covered": "covered", "days": "days"},
    "gathering-not-asked": {"level": "level"},
    "speaker-unknown": {"speaker": "code"},
    "untrained": {"speaker": "speaker"},
    "speakers-short": {"what": "name", "have": "have", "wanted": "wanted"},
    "support-short": {"what": "name", "have": "have", "wanted": "wanted"},
    "partner-not-briefed": {"partner": "partner"},
    "actions-short": {"have": "have", "wanted": "wanted"},
    "evidence-missing": {"task": "task"},
    "evidence-not-asked": {"task": "task"},
    "nothing-to-take-back": {"task": "task"},
    "no-work": {"task": "task"},
    "part-of-submission": {"task": "task"},
    "carries-submission": {"task": "task"},
    "overlap": {"scope": "scope", "standing": "standing"},
    "unknown-unit": {"unit": "code"},
    "parent-level": {"unit": "code", "parent": "parent"},
    "units-below": {"unit": "code", "below": "below"},
    "changed-since": {},
    "line-of-file": {"line": "number"},
    "altered": {},
    "missing": {},
    "not-checkpointed": {},
    "older-copy": {},
}
"""The facts of each code, with the value of the message that each is; a value that a message does not have is no fact.

A refusal of one line of a file has the code of what is wrong there where that has one, and its facts besides ``line``.
"""


def facts_of(reason: str, values: Mapping[str, object]) -> "dict[str, JsonValue]":
    """The facts of a refusal, from the values of its message: texts, numbers, days as ``2023-11-30``, lists."""
    return {fact: _plain(values[value]) for fact, value in REASONS[reason].items() if value in values}


def _plain(value: object) -> "JsonValue":
    match value:
        case Listed():
            return [_plain(each) for each in value.values.values()]
        case Message():
            return value.template
        case date():
            return value.isoformat()
        case bool() | int() | float() | str() | None:
            return value
        case _:
            return str(value)
