"""A receipt: one event, and the proof that it is in the log, in a file that anyone verifies without a store.

It is a C2SP tlog-proof whose ``extra`` line is the opening of the event: the leaf is made of that alone, and so the
proof vouches for it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from directives.audit.log import log_of, tree_of
from directives.audit.merkle import included
from directives.audit.notes import (
    Checkpoint,
    Unreadable,
    from_base64,
    read_checkpoint,
    to_base64,
    to_hash,
    to_number,
)
from directives.audit.openings import leaf_of, opened, opening_of, salt_of
from directives.domain.errors import NotCheckpointed, UnknownReference
from directives.domain.organisation.state import UNIT
from directives.domain.task.state import split_task
from directives.domain.values import Model
from directives.projections.read_models import ReadModels
from directives.queries.history import events_of
from directives.store import audit_log
from directives.store.audit_log import Committed
from directives.store.event_store import EventStore
from directives.store.session import Session

KIND = "c2sp.org/tlog-proof@v1"
"""The first line of every proof."""


class Receipt(Model):
    """A receipt for an event: its position and name, and the text of the file."""

    position: int
    name: str
    text: str

    @property
    def file_name(self) -> str:
        """What its file is called, ``000000111-ReportRecorded.tlog-proof``."""
        return f"{self.position:09}-{self.name}.tlog-proof"


class Proved(NamedTuple):
    """A receipt as it is read.

    Attributes:
        opening: what opens the commitment.
        event: the event in it.
        place: that of its leaf, from 0.
        proof: the hashes that lead to the root.
        checkpoint: the checkpoint that it is under.
    """

    opening: bytes
    event: Committed
    place: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def holds(self) -> bool:
        """Whether the event is in the tree of the checkpoint."""
        leaf, checkpoint = leaf_of(self.opening), self.checkpoint
        return included(leaf, self.place, checkpoint.size, checkpoint.root, self.proof)


def receipts(session: Session, positions: Iterable[int]) -> Iterator[Receipt]:
    """Receipts for the events at those positions, under the newest checkpoint.

    Raises:
        NotCheckpointed: one is under no checkpoint yet, or the store has no log.
        UnknownReference: there is no such event.
    """
    log, tree, newest = log_of(session), tree_of(session), audit_log.newest(session)
    for position in positions:
        event = audit_log.committed_at(session, position)
        if event is None:
            raise UnknownReference(
                "event: no event at position {position}: directives history REF --json shows positions",
                position=position,
            )
        if newest is None or position > newest.size:
            raise NotCheckpointed(
                "event: {position} is under no checkpoint yet: run directives audit checkpoint",
                reason="not-checkpointed",
                position=position,
            )
        opening = opening_of(salt_of(log.secret, position - 1), event)
        lines = [KIND, f"extra {to_base64(opening)}", f"index {position - 1}"]
        lines += map(to_base64, tree.inclusion(position - 1, newest.size))
        text = "\n".join([*lines, "", newest.note])
        yield Receipt(position=position, name=event[2].partition(".")[0], text=text)


def positions_of(store: EventStore, models: ReadModels, reference: int | str) -> list[int]:
    """The positions of the events for which receipts are given; of a task those that are under a checkpoint.

    Raises:
        NotCheckpointed: nothing of a task is under one.
        UnknownReference, UnknownTask, UnknownUnit: there is no such event or task.
    """
    if isinstance(reference, int):
        return [reference]
    events = events_of(store, models, reference)
    registered = store.stream(models.session, UNIT.stream(split_task(reference)[1]))
    newest = audit_log.newest(models.session)
    positions = sorted({*(event.position for event in events), *(event.position for event in islice(registered, 1))})
    covered = [position for position in positions if newest is not None and position <= newest.size]
    return covered or positions


def read_receipt(content: bytes) -> Proved:
    """The receipt in ``content``, all of it; whether it holds is another question.

    Raises:
        Unreadable: it is none.
    """
    head, blank, checkpoint = content.partition(b"\n\n")
    try:
        lines = head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    if not blank or lines[0] != KIND or len(lines) < 3:
        raise Unreadable("not a log proof")
    opening = from_base64(_after("extra ", lines[1]))
    event = opened(opening)
    if event is None:
        raise Unreadable("its extra line is not the opening of an event")
    place, proof = to_number(_after("index ", lines[2])), tuple(map(to_hash, lines[3:]))
    return Proved(opening, event[1], place, proof, read_checkpoint(checkpoint))


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise Unreadable("{line} should begin with {word}", line=repr(line[:80]), word=repr(word))
    return line.removeprefix(word)
