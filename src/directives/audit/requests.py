"""What shows that a log continues: hashes between an earlier size and a checkpoint (the body of C2SP tlog-witness)."""

from typing import NamedTuple

from directives.audit.log import log_of, newest_checkpoint, tree_of
from directives.audit.merkle import continues
from directives.audit.notes import Checkpoint, Unreadable, read_checkpoint, to_base64, to_hash, to_number
from directives.domain.errors import InvalidInput
from directives.store.session import Session

BEGINS = "old "
"""What the first line of every request begins with."""
_MOST_HASHES = 63


class Request(NamedTuple):
    """A request to a witness: the size that it cosigned last, the hashes from there, and the checkpoint to cosign."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint

    def continues(self, former: bytes) -> bool:
        """Whether the checkpoint continues the log whose root at the old size was ``former``."""
        return continues(self.old, self.checkpoint.size, former, self.checkpoint.root, self.proof)

    def __str__(self) -> str:
        return "\n".join([f"{BEGINS}{self.old}", *map(to_base64, self.proof), "", str(self.checkpoint)])


def request_from(session: Session, old: int) -> Request:
    """The request for the newest checkpoint, to one who cosigned ``old`` events last.

    Raises:
        NotCheckpointed: nothing was signed yet, or the store has no log.
        RecordAltered: the log, or its newest checkpoint, was altered.
        InvalidInput: the newest checkpoint has fewer events.
    """
    log_of(session)
    newest = newest_checkpoint(session)
    if not 0 <= old <= newest.size:
        raise InvalidInput("from: {old} is not allowed: give a size from 0 to {size}", old=old, size=newest.size)
    proof = tuple(tree_of(session).consistency(old, newest.size))
    return Request(old, proof, newest)


def read_request(content: bytes) -> Request:
    """The request in ``content``, all of it.

    Raises:
        Unreadable: it is none.
    """
    head, blank, checkpoint = content.partition(b"\n\n")
    try:
        first, *hashes = head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    if not blank or not first.startswith(BEGINS) or len(hashes) > _MOST_HASHES:
        raise Unreadable("not a witness request")
    return Request(to_number(first.removeprefix(BEGINS)), tuple(map(to_hash, hashes)), read_checkpoint(checkpoint))
