"""The files that were handed in: what they are, where they were handed in, and whether they are what they were."""

from collections.abc import Iterable, Iterator

from directives.domain.document import Document
from directives.domain.event import EVENTS, Event, RecordedEvent
from directives.domain.values import Model, fields_of_type
from directives.store.event_store import EventStore
from directives.store.evidence_files import Condition, EvidenceFiles
from directives.store.evidence_register import registered
from directives.store.session import Session


class EvidenceView(Model):
    """A file that an event names; ``kept`` says whether it was ever kept here."""

    digest: str
    media_type: str
    size: int
    condition: Condition
    kept: bool
    stream: str
    position: int

    @property
    def wrong(self) -> bool:
        """Whether it was altered, or was kept and is gone."""
        return self.condition == "altered" or (self.condition == "missing" and self.kept)

    @property
    def never_kept(self) -> bool:
        """Whether it was only named."""
        return self.condition == "missing" and not self.kept


def documents_in(event: Event) -> list[Document]:
    """The documents that ``event`` names."""
    values = [getattr(event, name) for name in fields_of_type(type(event), Document)]
    return [value for value in values if isinstance(value, Document)]


def with_documents(store: EventStore) -> Iterator[RecordedEvent]:
    """The events that name a document, in log order."""
    topics = [topic for topic, each in EVENTS.items() if fields_of_type(each, Document)]
    return store.after(0, topics)


def evidence_of(events: Iterable[RecordedEvent], files: EvidenceFiles, session: Session) -> Iterator[EvidenceView]:
    """Look at the files that ``events`` name, each of which is read, once."""
    named = [(event, document) for event in events for document in documents_in(event.data)]
    documents = {document.digest: document for _, document in named}
    conditions: dict[str, Condition] = {digest: files.condition(document) for digest, document in documents.items()}
    kept = registered(session, documents)
    for event, document in named:
        yield EvidenceView(
            **dict(document),
            condition=conditions[document.digest],
            kept=document.digest in kept,
            stream=event.stream,
            position=event.position,
        )
