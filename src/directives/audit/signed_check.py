"""What was signed, against what the events of a store come to: its tree, checkpoints and keys, and notes given away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from directives.audit.keys import KeyFile
from directives.audit.log import former_of, has_signed, is_of_log, tree_of
from directives.audit.merkle import TileMissing
from directives.audit.notes import LOG_KEY, Checkpoint, Unreadable, read_checkpoint, signers_of
from directives.audit.policy import Policy, judged
from directives.audit.published import checkpoint_of, first_other, is_published
from directives.audit.reading import checkpoint_in
from directives.audit.record import Introduced
from directives.audit.tree_check import Pass, pass_over
from directives.domain.errors import RecordAltered
from directives.i18n.message import Message
from directives.queries.finding import RESTORE, Found, one_or
from directives.store.audit_log import Log, Signed
from directives.store.session import Session

PROOF = Message("keep the note and a copy of this store: together they prove it")


class Asked(NamedTuple):
    """What is to be looked at besides the store itself.

    Attributes:
        against: notes that were given away, and folders in which the log was published.
        policy: whom to believe; without one, the keys that the record itself introduces.
        key: the key that signs, whose memory is compared too.
        log_only: whether the events are left undecoded.
    """

    against: Sequence[Path] = ()
    policy: Policy | None = None
    key: KeyFile | None = None
    log_only: bool = False


class Ground(NamedTuple):
    """What of a store the checks of its log stand on."""

    log: Log
    keys: Sequence[Introduced]
    signed: Sequence[Signed]
    asked: Asked

    def is_signed(self, checkpoint: Checkpoint) -> bool:
        """Whether a key signed it that the record introduced by then, or one of the policy.

        Raises:
            RecordAltered: a line in the name of a key is not what it made.
        """
        keys = [each.key for each in self.keys if each.position <= checkpoint.size]
        introduced = any(key.name == checkpoint.origin for key in signers_of(checkpoint.note, keys))
        return introduced or (self.asked.policy is not None and self.is_believed(checkpoint))

    def is_believed(self, checkpoint: Checkpoint) -> bool:
        """Whether one believes it that was given away: by the policy alone, where there is one.

        Raises:
            RecordAltered: a line in the name of a key is not what it made.
        """
        if self.asked.policy is None:
            return self.is_signed(checkpoint)
        return self.asked.policy.signed_by_log(checkpoint.note, checkpoint.origin)


def on_tree(ground: Ground, others: Sequence["Other"], session: Session) -> Iterator[Found]:
    """What was signed, against what the events come to."""
    signed, asked = ground.signed, ground.asked
    last = None if asked.key is None else asked.key.last()
    sizes = {each.size for each in signed} | {each.checkpoint.size for each in others}
    passed = pass_over(session, ground.log.secret, sizes | (set() if last is None else {last.size}))
    yield _tree(passed, signed, session)
    right = Message("checkpoints signed by the keys of this log: {number}", number=len(signed))
    yield from one_or(_checkpoints(ground), "checkpoints", right)
    yield from _changes_of_key(ground)
    if asked.key is not None:
        yield _memory(asked.key, last, passed, ground)
    for other in others:
        yield other.compared(passed, ground, session)


def _tree(passed: Pass, signed: Sequence[Signed], session: Session) -> Found:
    """Whether the events or the tiles were altered, and where."""
    other = next((each for each in signed if passed.roots.get(each.size, each.root) != each.root), None)
    if other is None:
        if newest_size(signed) > passed.events:
            return Found("tree", "wrong", _cut(passed.events, newest_size(signed)), RESTORE)
        if passed.altered_leaf is not None or passed.altered_tile:
            rebuild = Message("run directives rebuild to recreate the tiles")
            return Found("tree", "wrong", Message("a tile was altered or is missing; the events are intact"), rebuild)
        if not signed:
            return Found("tree", "ok", Message("no checkpoint yet"))
        return Found(
            "tree",
            "ok",
            Message("{number} {number:event matches|events match} the signed checkpoint", number=newest_size(signed)),
        )
    if passed.altered_leaf is not None and _tiles_are(signed[-1], session):
        message = Message(
            "the event at position {position} is not the one that was signed", position=passed.altered_leaf
        )
    else:
        message = Message(
            "the first {size} {size:event does|events do} not match what was signed; the first "
            "difference is at {size} or earlier",
            size=other.size,
        )
    return Found("tree", "wrong", message, RESTORE)


def _tiles_are(signed: Signed, session: Session) -> bool:
    try:
        return tree_of(session).root(signed.size) == signed.root
    except TileMissing:
        return False


def newest_size(signed: Sequence[Signed]) -> int:
    """How many events the newest checkpoint is of; 0 where there is none."""
    return signed[-1].size if signed else 0


def _checkpoints(ground: Ground) -> Iterator[Message]:
    """What is wrong with the checkpoints that are kept."""
    policy = ground.asked.policy
    if policy is not None and not ground.signed:
        yield Message("no checkpoint yet, so the policy is not met")
    for each in ground.signed:
        try:
            checkpoint = read_checkpoint(each.note.encode())
        except Unreadable as error:
            yield Message(
                "the checkpoint of {size} {size:event|events} cannot be read: {said}",
                size=each.size,
                said=error.message,
            )
            continue
        if (checkpoint.size, checkpoint.root) != (each.size, each.root) or each.size < 1:
            yield Message("the checkpoint of {size} {size:event|events} differs from its note", size=each.size)
        try:
            if not is_of_log(checkpoint, ground.log) or not ground.is_signed(checkpoint):
                yield Message(
                    "the checkpoint of {size} {size:event|events} is not signed by a key of this log", size=each.size
                )
            elif policy is not None and each is ground.signed[-1]:
                judged(policy, checkpoint)
        except RecordAltered as error:
            yield Message("the checkpoint of {size} {size:event|events}: {said}", size=each.size, said=error.message)


def _changes_of_key(ground: Ground) -> Iterator[Found]:
    """Whether each key that replaced another one did so with its signature."""
    for number, each in enumerate(ground.keys):
        former = former_of(ground.keys, number)
        if former is None or has_signed(ground.signed, former, each.position):
            continue
        message = Message(
            "the key introduced at position {position} was not signed for by the one before", position=each.position
        )
        if any(signed.size >= each.position for signed in ground.signed):
            yield Found("keys", "wrong", message, PROOF)
        else:
            yield Found("keys", "look", message, Message("run directives audit key NEW --replaces OLD once more"))


def _cut(events: int, size: int) -> Message:
    return Message(
        "{size} {size:event was|events were} signed but the store has {events}: the last ones are missing",
        size=size,
        events=events,
    )


def _memory(key: KeyFile, last: Checkpoint | None, passed: Pass, ground: Ground) -> Found:
    """What the key that is given says of the store."""
    public = key.signer(ground.log.origin, LOG_KEY).key
    if public not in [each.key for each in ground.keys]:
        return Found("memory", "wrong", Message("this key does not sign the log of this store"), RESTORE)
    if public != ground.keys[-1].key:
        message = Message("this key was replaced at position {position}", position=ground.keys[-1].position)
        return Found("memory", "wrong", message, Message("ask who introduced the other key"))
    if last is None:
        sign = Message("run directives audit checkpoint")
        return Found("memory", "look", Message("this key does not remember what it signed"), sign)
    if last.size > passed.events:
        return Found("memory", "wrong", _cut(passed.events, last.size), RESTORE)
    if passed.roots[last.size] != last.root:
        message = Message(
            "the first {size} {size:event does|events do} not match what this key signed last", size=last.size
        )
        return Found("memory", "wrong", message, RESTORE)
    if last.size not in {each.size for each in ground.signed}:
        message = Message(
            "the checkpoint of {size} {size:event|events}, the last that this key signed, is missing", size=last.size
        )
        again = Message("run directives audit checkpoint; if none was interrupted, ask who removed it")
        return Found("memory", "wrong", message, again)
    return Found("memory", "ok", Message("the {size} {size:event|events} that this key signed last", size=last.size))


@dataclass(frozen=True)
class Other:
    """A note that was given away, or a folder in which the log was published."""

    path: Path
    checkpoint: Checkpoint
    folder: Path | None = None

    @classmethod
    def at(cls, path: Path) -> "Other":
        """What is at ``path``.

        Raises:
            InvalidInput: it is neither.
        """
        if is_published(path):
            return cls(path, checkpoint_of(path), path)
        return cls(path, checkpoint_in(path))

    def compared(self, passed: Pass, ground: Ground, session: Session) -> Found:
        """Whether the events of the store continue it."""
        size, name, origin = self.checkpoint.size, self.path.name, self.checkpoint.origin
        if not is_of_log(self.checkpoint, ground.log):
            return self._wrong("{file} belongs to another log, {origin}", origin=origin)
        try:
            if not ground.is_believed(self.checkpoint):
                unsigned = Message("{file} is not signed by a key of this log", file=name)
                return Found(
                    "against", "wrong", unsigned, Message("if the key changed, add the older one to the policy")
                )
        except RecordAltered as error:
            return self._wrong("{file}: {said}", said=error.message)
        if size > passed.events:
            return self._wrong(
                "CUT: {file} covers {size} {size:event|events}, the store has {events}", size=size, events=passed.events
            )
        if passed.roots[size] != self.checkpoint.root:
            return self._rewritten(ground.log, session)
        if size not in {each.size for each in ground.signed}:
            message = Message(
                "the first {size} {size:event matches|events match} {file}, but its checkpoint is missing",
                file=name,
                size=size,
            )
            return Found(
                "against", "look", message, Message("find out who removed it, or whether a backup was restored")
            )
        return Found(
            "against", "ok", Message("the first {size} {size:event matches|events match} {file}", file=name, size=size)
        )

    def _rewritten(self, log: Log, session: Session) -> Found:
        size, origin = self.checkpoint.size, self.checkpoint.origin
        if self.folder is not None:
            position = first_other(session, log.secret, self.folder, size)
            if position is not None:
                return self._wrong(
                    "REWRITTEN: the event at position {position} is not the one in {file}, which {origin} signed",
                    position=position,
                    origin=origin,
                )
        return self._wrong(
            "REWRITTEN: the first {size} {size:event does|events do} not match {file}, which {origin} signed",
            size=size,
            origin=origin,
        )

    def _wrong(self, template: str, **values: object) -> Found:
        return Found("against", "wrong", Message(template, file=self.path.name, **values), PROOF)
