"""The submitted files: what they are, the tasks that they belong to, and whether they are unchanged."""

from collections.abc import Container, Iterable, Iterator

from pydantic import Field

from directives.domain.document import Document, documents_in
from directives.domain.event import EVENTS, RecordedEvent
from directives.domain.task.state import is_task_stream, split_task
from directives.domain.values import Model, fields_of_type
from directives.projections.documents import Documents
from directives.queries.digests import short_forms
from directives.store.event_store import EventStore
from directives.store.evidence import Condition, Evidence
from directives.store.evidence_register import all_noted, noted
from directives.store.session import Session


class EvidenceView(Model):
    """A file that an event names, or that was kept and is named by none.

    Attributes:
        stream: that of the event; None where no event names it.
        position: likewise.
        name: what it was called where it was handed in, if that is known.
        kept: whether it was ever kept here.
        short: as many of its first digits as tell it from all others, for people.
        here: whether the folder of the evidence is there at all.
        as_noted: whether the event says of it what was noted when it was kept.
        same_document: tasks of other units for which the same document was handed in, ten at most.
    """

    digest: str
    media_type: str
    size: int
    name: str | None = Field(default=None, exclude_if=lambda name: name is None)
    condition: Condition
    kept: bool
    as_noted: bool = Field(default=True, exclude=True)
    short: str = Field(default="", exclude=True)
    here: bool = Field(default=True, exclude=True)
    stream: str | None
    position: int | None
    same_document: tuple[str, ...] = Field(default=(), exclude_if=lambda tasks: not tasks)

    @property
    def wrong(self) -> bool:
        """Whether it was altered, or was kept and is gone from a folder that is there."""
        return self.condition == "altered" or (self.condition == "missing" and self.kept and self.here)

    @property
    def never_kept(self) -> bool:
        """Whether it was only named."""
        return self.condition == "missing" and not self.kept

    @property
    def not_here(self) -> bool:
        """Whether it was kept, and the folder of the evidence as a whole is not beside this store."""
        return self.condition == "missing" and self.kept and not self.here

    @property
    def told(self) -> str:
        """The word for whether it is what it was."""
        return "never kept here" if self.never_kept else "not here" if self.not_here else self.condition


def with_documents(store: EventStore) -> Iterator[RecordedEvent]:
    """The events that name a document, in log order."""
    topics = [topic for topic, each in EVENTS.items() if fields_of_type(each, Document)]
    return store.after(0, topics)


def evidence_of(events: Iterable[RecordedEvent], files: Evidence, session: Session) -> Iterator[EvidenceView]:
    """Look at the files that ``events`` name, each of which is read, once."""
    named = [(event, document) for event in events for document in documents_in(event.data)]
    documents = {document.digest: document for _, document in named}
    conditions: dict[str, Condition] = {digest: files.condition(document) for digest, document in documents.items()}
    kept, short, here = noted(session, documents), short_forms(session, documents), files.are_here
    for event, document in named:
        yield EvidenceView(
            **dict(document),
            condition=conditions[document.digest],
            kept=document.digest in kept,
            short=short[document.digest],
            here=here,
            as_noted=document.changed(name=None) == kept.get(document.digest, document.changed(name=None)),
            stream=event.stream,
            position=event.position,
        )


def unnamed(named: Container[str], files: Evidence, session: Session) -> Iterator[EvidenceView]:
    """The files that were kept, and that none of the ``named`` ones is."""
    others = {document.digest: document for document in all_noted(session) if document.digest not in named}
    short, here = short_forms(session, others), files.are_here
    for digest, document in others.items():
        yield EvidenceView(
            **dict(document),
            condition=files.condition(document),
            kept=True,
            short=short[digest],
            here=here,
            stream=None,
            position=None,
        )


def with_same_document(views: Iterable[EvidenceView], session: Session) -> list[EvidenceView]:
    """``views``, each with the tasks of other units that have the same document."""
    told = [*views]
    streams = {each.stream for each in told if each.stream is not None and is_task_stream(each.stream)}
    tasks: dict[str | None, tuple[str, str]] = {stream: split_task(stream) for stream in streams}
    same = Documents(session).of_each(tasks.values()) if tasks else {}
    return [each.changed(same_document=same.get((each.digest, *tasks.get(each.stream, ("", ""))), ())) for each in told]
