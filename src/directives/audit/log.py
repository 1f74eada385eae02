"""The log of a store: its tree grows with the events, and a key signs checkpoints of it."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import partial

from directives.audit.keys import KeyFile
from directives.audit.merkle import WIDTH, GrowingTiles, Tree
from directives.audit.notes import (
    LOG_KEY,
    Checkpoint,
    Key,
    Note,
    Unreadable,
    read_checkpoint,
    read_signatures,
    signed,
    signers_of,
    text_of,
    with_signatures,
)
from directives.audit.openings import leaves_of, mark_of
from directives.audit.policy import Policy
from directives.audit.record import Introduced, introduced_keys
from directives.domain.errors import ForkRefused, InvalidInput, KeyUnusable, NotCheckpointed, RecordAltered
from directives.i18n.notation import shown
from directives.store import audit_log
from directives.store.audit_log import AUDIT_TILES, Log, Signed
from directives.store.event_store import EventStore
from directives.store.progress import Progress, no_progress
from directives.store.rebuild import Rebuilt, compared
from directives.store.session import Session

PART = 65_536
"""Events that are taken into the tree in one transaction."""


def log_of(session: Session) -> Log:
    """The log of the store.

    Raises:
        NotCheckpointed: it has none.
        RecordAltered: it is not the one that the record introduced.
    """
    log = log_or_none(session)
    if log is None:
        raise NotCheckpointed(
            "log: this store has no audit log: start one with directives audit key", reason="not-checkpointed"
        )
    return log


def log_or_none(session: Session) -> Log | None:
    """The log of the store, if it has one: whatever would be made of another secret could never be verified.

    Raises:
        RecordAltered: it is not the one that the record introduced.
    """
    log, keys = audit_log.log_of(session), introduced_keys(session)
    if log is None and keys:
        raise RecordAltered(
            "log: the log is missing although a key was introduced: restore the table audit_log from a backup"
        )
    if log is not None and (not is_whole(log) or (keys and keys[-1].key.name != log.origin)):
        raise RecordAltered("log: the secret or the origin was altered: restore the table audit_log from a backup")
    return log


def is_whole(log: Log) -> bool:
    """Whether the origin ends as its secret says."""
    return log.origin.endswith(f"/{mark_of(log.secret)}")


def tree_of(session: Session) -> Tree:
    """The tree of the store's tiles."""
    return Tree(partial(audit_log.tile, session))


def grow(session: Session, log: Log, last: int) -> None:
    """Take the events up to position ``last`` into the tree.

    Raises:
        RecordAltered: a tile is not as it was, or an event is not stored as events are.
    """
    size = audit_log.leaves_in(session)
    unfit = audit_log.not_to_be_committed(session, size + 1, last)
    if unfit is not None:
        raise RecordAltered(
            "log: the event at position {position} is not stored as an event: see directives audit verify",
            position=unfit,
        )
    growing = GrowingTiles(partial(audit_log.tile, session))
    for events in audit_log.committed(session, size + 1, last):
        growing.add(0, size // WIDTH, leaves_of(log.secret, size, events))
        size += len(events)
    audit_log.keep_tiles(session, ((*which, bytes(tile)) for which, tile in growing.tiles.items()))


def renew(store: EventStore, progress: Progress = no_progress) -> Rebuilt | None:
    """Make the tiles anew from the events, and compare them with those that stood; None where there is no log.

    Raises:
        RecordAltered: the events are not those that were signed; the tiles stand as they did.
    """
    with store.writing() as session:
        log, newest, covered = log_or_none(session), audit_log.newest(session), audit_log.leaves_in(session)
        if log is None:
            return None
        size = max(min(covered, audit_log.last_position(session)), 0 if newest is None else newest.size)
        session.catalogue.set_aside(AUDIT_TILES)
        for last in (*range(PART, size, PART), size):
            grow(session, log, last)
            progress(last, size)
        if newest is not None and tree_of(session).root(newest.size) != newest.root:
            raise RecordAltered(
                "log: the first {size} {size:event does|events do} not match what was signed: see "
                "directives audit verify",
                size=newest.size,
            )
        rebuilt = compared(session, AUDIT_TILES)
        session.catalogue.drop_aside(AUDIT_TILES)
    return rebuilt


def checkpoint(store: EventStore, keys: Sequence[KeyFile], progress: Progress = no_progress) -> Checkpoint:
    """Take all events into the tree, sign its root with ``keys``, keep that and return it; the last where none is new.

    Args:
        keys: the one that signs; after a change of key, the one before it too.

    Raises:
        NotCheckpointed: the store has no log.
        KeyUnusable: a key is not one that signs this log, or cannot be used.
        ForkRefused: what a key signed last is not in this store.
        RecordAltered: what was signed before is not in this store.
    """
    with ExitStack() as locks:
        for key in keys:
            locks.enter_context(key.locked())
        while True:
            with store.writing() as session:
                log, total = log_of(session), audit_log.last_position(session)
                done = min(total, audit_log.leaves_in(session) + PART)
                grow(session, log, done)
                progress(done, total)
                if done == total:
                    return _signed(session, log, total, keys)


def require_signable(session: Session, keys: Sequence[KeyFile]) -> None:
    """Take all events into the tree, and see whether these keys may sign it; nothing is signed.

    Raises:
        KeyUnusable, ForkRefused, RecordAltered: see `checkpoint`.
    """
    log, last = log_of(session), audit_log.last_position(session)
    while (done := audit_log.leaves_in(session)) < last:
        grow(session, log, min(done + PART, last))
    _require_sound(session, log, tree_of(session), last, keys)


def _require_sound(session: Session, log: Log, tree: Tree, size: int, keys: Sequence[KeyFile]) -> None:
    """What was signed before is in the tree, by the store's own checkpoints and by what each key remembers."""
    before = audit_log.newest(session)
    if before is not None and (before.size > size or tree.root(before.size) != before.root):
        raise RecordAltered(
            "log: the {size} {size:event|events} of this store {size:does|do} not match its last "
            "checkpoint of {before}: see directives audit verify",
            size=size,
            before=before.size,
        )
    _require_introduced(session, [key.signer(log.origin, LOG_KEY).key for key in keys])
    for key in keys:
        _require_continued(session, key, log, tree, size)


def _signed(session: Session, log: Log, size: int, keys: Sequence[KeyFile]) -> Checkpoint:
    tree = tree_of(session)
    _require_sound(session, log, tree, size, keys)
    signers = [key.signer(log.origin, LOG_KEY) for key in keys]
    public, kept = [signer.key for signer in signers], _newest(session)
    if kept is not None and kept.size == size and len(signers_of(kept.note, public)) == len(public):
        return kept
    root = tree.root(size)
    made = Checkpoint(log.origin, size, root, signed(text_of(log.origin, size, root), signers))
    for key in keys:
        key.remember(made)
    audit_log.keep(session, Signed(size, root, str(made)))
    return made


def newest_checkpoint(session: Session) -> Checkpoint:
    """The newest checkpoint of the store, as it was signed.

    Raises:
        NotCheckpointed: nothing was signed yet.
        RecordAltered: it cannot be read.
    """
    newest = _newest(session)
    if newest is None:
        raise NotCheckpointed("log: no checkpoint yet: run directives audit checkpoint", reason="not-checkpointed")
    return newest


def _newest(session: Session) -> Checkpoint | None:
    newest = audit_log.newest(session)
    try:
        return None if newest is None else read_checkpoint(newest.note.encode())
    except Unreadable as error:
        raise RecordAltered(
            "log: the newest checkpoint cannot be read ({said}): see directives audit verify", said=error.message
        ) from error


def add_cosignatures(store: EventStore, lines: str, policy: Policy) -> Checkpoint:
    """Put the signature lines of witnesses under the newest checkpoint, keep that and return it.

    Raises:
        NotCheckpointed: nothing was signed yet.
        InvalidInput: they are no signature lines, or one is of no witness of the policy or not of this checkpoint.
    """
    try:
        signatures = read_signatures(lines)
    except Unreadable as error:
        raise InvalidInput("add: {said}", said=error.message) from error
    known = {(key.name, key.id): key for key in policy.witnesses.values()}
    stranger = next((each for each in signatures if (each.name, each.id) not in known), None)
    if stranger is not None:
        raise InvalidInput(
            "add: {name} is not a witness of the policy: add it to the policy", name=shown(stranger.name)
        )
    with store.writing() as session:
        log_of(session)
        checkpoint = newest_checkpoint(session)
        try:
            signers_of(Note(checkpoint.note.text, signatures), known.values())
            checkpoint = with_signatures(checkpoint, signatures)
        except (RecordAltered, Unreadable) as error:
            raise InvalidInput(
                "add: {said}: it may be of an earlier checkpoint; ask for this one with directives audit prove --from",
                said=error.message,
            ) from error
        audit_log.keep(session, Signed(checkpoint.size, checkpoint.root, str(checkpoint)))
    return checkpoint


def is_of_log(checkpoint: Checkpoint, log: Log) -> bool:
    """Whether a checkpoint is of this log, under the name that it has or had."""
    return checkpoint.mark == mark_of(log.secret)


def _require_introduced(session: Session, keys: Sequence[Key]) -> None:
    """The first key signs this log, and the others did; where it replaced another one, both have signed the change.

    Raises:
        KeyUnusable: that is not so.
    """
    introduced = introduced_keys(session)
    for key in keys:
        if key not in {each.key for each in introduced}:
            raise KeyUnusable("key: {key} does not sign the log of this store: name the key that does", key=key)
    *_, current = introduced
    if keys[0] != current.key:
        raise KeyUnusable("key: {key} was replaced by {newer}: name that one", key=keys[0], newer=current.key)
    former = former_of(introduced, len(introduced) - 1)
    if (
        former is not None
        and former not in keys
        and not has_signed(audit_log.checkpoints(session), former, current.position)
    ):
        raise KeyUnusable(
            "key: the change of key was not finished: run directives audit key NEW --replaces OLD once more"
        )


def former_of(introduced: Sequence[Introduced], number: int) -> Key | None:
    """The key that must sign the change to that key too; None where it is the first, or a log was abandoned."""
    return None if number == 0 or introduced[number].abandons else introduced[number - 1].key


def has_signed(signed: Sequence[Signed], key: Key, position: int) -> bool:
    """Whether a key signed a checkpoint that has the event at that position."""
    for each in signed:
        if each.size >= position:
            with suppress(Unreadable, RecordAltered):
                if key in signers_of(read_checkpoint(each.note.encode()).note, [key]):
                    return True
    return False


def _require_continued(session: Session, key: KeyFile, log: Log, tree: Tree, size: int) -> None:
    """What a key signed last must be in the tree: it tells a store that was put back, copied or rewritten.

    Raises:
        ForkRefused: it is not.
        KeyUnusable: the memory is gone.
    """
    last = key.last()
    if last is None:
        public = key.signer(log.origin, LOG_KEY).key
        if has_signed(audit_log.checkpoints(session), public, 0):
            raise KeyUnusable(
                "key: {path} is missing, and the key has signed before: put the last checkpoint that it signed there",
                path=key.memory,
            )
        return
    if last.origin != log.origin:
        raise ForkRefused(
            "key: {path} signed another log, {origin}: name the key of this store",
            path=key.path,
            origin=last.origin,
        )
    if last.size > size:
        raise ForkRefused(
            "key: this key has signed {signed} {signed:event|events} and the store has {size}: bring back a newer copy",
            reason="older-copy",
            signed=last.size,
            size=size,
        )
    if tree.root(last.size) != last.root:
        raise ForkRefused(
            "key: the first {signed} {signed:event does|events do} not match what this key signed: "
            "this is another history",
            signed=last.size,
        )
