"""The files that were handed in: what they are, where they were handed in, and whether they are what they were."""

import sqlite3
from collections.abc import Iterable, Iterator

from directives.model.document import Document
from directives.model.event import EVENTS, Event, RecordedEvent
from directives.model.values import Model
from directives.store.application import Ledger
from directives.store.evidence import Condition, Evidence


class EvidenceView(Model):
    """A file that an event names; ``kept`` says whether it was ever kept here."""

    digest: str
    media_type: str
    size: int
    condition: Condition
    kept: bool
    stream: str
    position: int


def documents_in(event: Event) -> list[Document]:
    """The documents that ``event`` names."""
    return [value for _, value in event if isinstance(value, Document)]


def with_documents(ledger: Ledger) -> Iterator[RecordedEvent]:
    """The events that name a document, in log order."""
    topics = [topic for topic, each in EVENTS.items() if _names_documents(each)]
    return ledger.after(0, topics)


def _names_documents(event_class: type[Event]) -> bool:
    return any(field.annotation is Document for field in event_class.model_fields.values())


def evidence_of(events: Iterable[RecordedEvent], evidence: Evidence, cursor: sqlite3.Cursor) -> Iterator[EvidenceView]:
    """Look at the files that ``events`` name, each of which is read."""
    kept = {row["digest"] for row in cursor.execute("SELECT digest FROM evidence")}
    for event in events:
        for document in documents_in(event.data):
            yield EvidenceView(
                **dict(document),
                condition=evidence.condition(document),
                kept=document.digest in kept,
                stream=event.stream,
                position=event.position,
            )
