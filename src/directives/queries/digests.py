"""Digests of files as people write and read them: by their beginning, which stands for one file alone."""

import re
from collections.abc import Iterable

from directives.domain.document import DIGEST, Document, documents_in
from directives.domain.errors import AmbiguousName, EvidenceMissing, InvalidInput
from directives.domain.event import EVENTS
from directives.domain.values import fields_of_type
from directives.i18n.message import Listed, Message
from directives.projections.documents import Documents
from directives.store.event_store import EventStore
from directives.store.evidence_register import beginning, noted
from directives.store.session import Session

PREFIX = "sha256:"
FEWEST = 6
"""Hexadecimal digits that must be written of a digest, at least."""
SHOWN = 12
"""Hexadecimal digits that people are shown of a digest, where no other begins so."""
_BEGINNING = re.compile(rf"(?:{PREFIX})?([0-9a-f]{{{FEWEST},64}})")
_LISTED = 10
"""Digests that are listed at most, where several begin as was written."""


def digest_meant(session: Session, text: object) -> str:
    """The whole digest of the file of which ``text`` is the digest, or its first digits.

    Raises:
        InvalidInput: it is no digest, or too little of one.
        AmbiguousName: several begin so.
        EvidenceMissing: none does.
    """
    digits = _BEGINNING.fullmatch(text.casefold()) if isinstance(text, str) else None
    if digits is None:
        raise InvalidInput(
            "digest: {digest} is not allowed: write 6 to 64 hexadecimal digits, as directives evidence list shows them",
            digest=repr(text),
        )
    start = f"{PREFIX}{digits[1]}"
    if re.fullmatch(DIGEST, start):
        return start
    found = _known(session, start)
    if not found:
        raise EvidenceMissing(
            "digest: no file has a digest that begins with {digest}: directives evidence list shows those of all",
            reason="missing",
            digest=digits[1],
        )
    if len(found) > 1:
        shown = short_forms(session, found[:_LISTED]).values()
        raise AmbiguousName(
            "digest: {digest} begins those of several files: write one of {choices}",
            digest=digits[1],
            choices=Listed(*(Message("{code}", code=each) for each in shown), between=", "),
        )
    return found[0]


def short_forms(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """As many of the first digits of each of ``digests`` as tell it from all others, `SHOWN` of them or more."""
    return {digest: _short(session, digest) for digest in digests}


def _short(session: Session, digest: str) -> str:
    digits = digest.removeprefix(PREFIX)
    alike = _known(session, f"{PREFIX}{digits[:SHOWN]}")
    others = {each.removeprefix(PREFIX) for each in alike} - {digits}
    length = SHOWN
    while any(each.startswith(digits[:length]) for each in others):
        length += 1
    return digits[:length]


def _known(session: Session, start: str) -> list[str]:
    """The digests that begin with ``start``: of files that were kept, and of documents that units handed in."""
    return sorted({*beginning(session, start), *Documents(session).beginning(start)})


def document_of(store: EventStore, session: Session, digest: str) -> Document:
    """The document of that digest, with the name that it had when it was first handed in, if that is known.

    Raises:
        EvidenceMissing: no event names it, and it was never kept.
    """
    topics = [topic for topic, each in EVENTS.items() if fields_of_type(each, Document)]
    events = store.with_part(session, topics, digest.encode())
    named = [each for event in events for each in documents_in(event.data) if each.digest == digest]
    known = [*(each for each in named if each.name is not None), *named, *noted(session, [digest]).values()]
    if not known:
        raise EvidenceMissing(
            "evidence: {digest} is not stored here: add it with directives evidence add FILE",
            reason="missing",
            digest=digest,
        )
    return known[0]
