"""The keys of the log as the record itself introduces them."""

from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from directives.audit.notes import LOG_KEY, Key, Unreadable, read_key
from directives.domain.audit import LogKeyIntroduced
from directives.store import audit_log
from directives.store.session import Session


class Introduced(NamedTuple):
    """A key, the position and the office of the event that introduced it, and whether a log was abandoned with it."""

    position: int
    office: str
    key: Key
    abandons: bool


def introduced_keys(session: Session) -> list[Introduced]:
    """The keys that the events introduce, in their order; an event that cannot be read is told by other checks."""
    found: list[Introduced] = []
    for position, state in audit_log.key_events(session):
        try:
            written = from_json(state)
            event = LogKeyIntroduced.model_validate(written["data"])
            office = str(written["office"])
            found.append(Introduced(position, office, read_key(event.vkey, LOG_KEY), event.abandons is not None))
        except (ValidationError, Unreadable, ValueError, TypeError, KeyError):
            continue
    return found
