"""Whether the record of a store is what was recorded, signed and given away: check by check, in a fixed order.

First on bytes, so that damage is named where nothing can be decoded; then on what the events say. Each check tells the
first thing that is wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from directives.audit.keys import KeyFile
from directives.audit.log import tree_of
from directives.audit.merkle import TileMissing
from directives.audit.notes import LOG_KEY, Checkpoint, Key, Unreadable, read_checkpoint, read_key, signers_of
from directives.audit.openings import mark_of
from directives.audit.policy import Policy, judged
from directives.audit.published import checkpoint_of, first_other, is_published
from directives.audit.reading import checkpoint_in
from directives.audit.tree_check import Pass, pass_over
from directives.domain.audit import LogKeyIntroduced
from directives.domain.errors import RecordAltered, StoreUnusable
from directives.i18n.message import Lang, Message
from directives.queries.doctor import Surroundings
from directives.queries.finding import RESTORE, Finding, Found, told
from directives.queries.folding import evidence, folded, kept_ready
from directives.store import audit_log, soundness
from directives.store.audit_log import Log, Signed
from directives.store.database_file import FORMAT, damage_in, format_in
from directives.store.event_store import EventStore
from directives.store.progress import Progress
from directives.store.rebuild import BESIDE, Schema
from directives.store.recorder import STORED_EVENTS
from directives.store.session import Session

_PROOF = Message("keep the note and a copy of this store: together they prove it")


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


class House(NamedTuple):
    """The store, and what belongs to it."""

    store: EventStore
    schema: Schema
    surroundings: Surroundings


def verify(house: House, asked: Asked, progress: Progress, lang: Lang = "en") -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    Args:
        progress: told how many events of how many were taken into read models.
        lang: the language in which it is told.

    Raises:
        InvalidInput: a file to compare with cannot be read.
        StoreError: the store cannot be read at all.
    """
    others = [_Other.at(path) for path in asked.against]
    with house.store.reading() as session:
        yield from told(_until_damage(_checks(house, asked, others, session, progress)), lang)


def _until_damage(findings: Iterator[Found]) -> Iterator[Found]:
    """``findings``, or that the file is damaged: then nothing more can be said."""
    try:
        with soundness.errors_told():
            yield from findings
    except StoreUnusable as error:
        yield Found("file", "wrong", error.message, RESTORE)


def _checks(
    house: House, asked: Asked, others: Sequence["_Other"], session: Session, progress: Progress
) -> Iterator[Found]:
    for check in (_file, _schema, _types):
        found = check(house, session)
        yield found
        if found.state == "wrong":
            return
    yield from _one_or(soundness.disorder(session), "order", Message("positions and versions have no gaps"))
    log, signed = audit_log.log_of(session), audit_log.checkpoints(session)
    keys = _Keys.of(session)
    found = _log(log, keys, signed)
    yield found
    if log is not None and found.state == "ok":
        yield from _on_tree(log, keys, signed, asked, others, session)
    elif others:
        yield Found("against", "wrong", Message("this store has no audit log to compare"), RESTORE)
    if not asked.log_only:
        yield from _on_events(house, session, progress)
    yield _covered(house.store.event_log.count(session), signed)


def _one_or(wrong: Iterable[Message], check: str, right: Message, way_out: Message = RESTORE) -> Iterator[Found]:
    """The first thing that is wrong; where there is none, what is right."""
    message = next(iter(wrong), None)
    yield Found(check, "ok", right) if message is None else Found(check, "wrong", message, way_out)


def _file(house: House, session: Session) -> Found:
    path, version = house.surroundings.path, format_in(session)
    if path is not None and version != FORMAT:
        message = Message("its format is {format} instead of {newest}", format=version, newest=FORMAT)
        return Found("file", "wrong", message, Message("any other command upgrades a store of an older format"))
    damage = damage_in(session)
    if damage is not None:
        return Found("file", "wrong", Message("damaged: {said}", said=damage), RESTORE)
    return Found("file", "ok", Message("whole"))


def _types(house: House, session: Session) -> Found:  # noqa: ARG001 # as the checks beside it
    wrong = soundness.mistyped(session, (STORED_EVENTS, *BESIDE))
    (found,) = _one_or(wrong, "types", Message("column types match this format"))
    return found


def _schema(house: House, session: Session) -> Found:
    wrong = soundness.unlike(session, house.schema.statements)
    if house.surroundings.path is not None and not soundness.marked(session):
        wrong.append(Message("the file header does not match this format"))
    (found,) = _one_or(wrong, "schema", Message("tables and indexes match this format"))
    return found


@dataclass(frozen=True)
class _Keys:
    """The keys that the record introduces, each with its position."""

    introduced: Sequence[tuple[int, Key]]

    @classmethod
    def of(cls, session: Session) -> "_Keys":
        found: list[tuple[int, Key]] = []
        for position, state in audit_log.key_events(session):
            try:
                event = LogKeyIntroduced.model_validate(from_json(state)["data"])
                found.append((position, read_key(event.vkey, LOG_KEY)))
            except (ValidationError, Unreadable, ValueError, TypeError, KeyError):
                continue  # that it cannot be read is told of the event
        return cls(found)

    def by(self, size: int, policy: Policy | None) -> list[Key]:
        """Those that may sign a checkpoint of that size; those of a policy may sign any."""
        of_policy = () if policy is None else policy.logs
        return [*dict.fromkeys([*of_policy, *(key for position, key in self.introduced if position <= size)])]


def _log(log: Log | None, keys: _Keys, signed: Sequence[Signed]) -> Found:
    begin = Message("run directives audit key")
    if log is None:
        if keys.introduced or signed:
            return Found("log", "wrong", Message("the log is missing although a key was introduced"), _SECRET)
        return Found("log", "look", Message("this store has no audit log; nothing can be proved"), begin)
    if not log.origin.endswith(f"/{mark_of(log.secret)}"):
        return Found("log", "wrong", Message("the secret of the log, or its origin, was altered"), _SECRET)
    if keys.introduced and keys.introduced[-1][1].name != log.origin:
        return Found("log", "wrong", Message("the origin differs from that of the signing key"), _SECRET)
    return Found("log", "ok", Message("{origin}", origin=log.origin))


_SECRET = Message("restore the table audit_log from a backup")


def _on_tree(
    log: Log, keys: _Keys, signed: Sequence[Signed], asked: Asked, others: Sequence["_Other"], session: Session
) -> Iterator[Found]:
    """What was signed, against what the events come to."""
    last = None if asked.key is None else asked.key.last()
    sizes = {each.size for each in signed} | {each.checkpoint.size for each in others}
    passed = pass_over(session, log.secret, sizes | (set() if last is None else {last.size}))
    yield _tree(passed, signed, session)
    wrong = _checkpoints(keys, signed, asked.policy)
    right = Message("{number} checkpoints, signed by the keys of this log", number=len(signed))
    yield from _one_or([*wrong, *_memory(last, passed, signed)], "checkpoints", right)
    for other in others:
        yield other.compared(passed, keys, log, signed, asked.policy, session)


def _tree(passed: Pass, signed: Sequence[Signed], session: Session) -> Found:
    """Whether the events or the tiles were altered, and where."""
    other = next((each for each in signed if passed.roots.get(each.size, each.root) != each.root), None)
    if other is None:
        if _newest_size(signed) > passed.events:
            return Found("tree", "wrong", _cut(passed.events, _newest_size(signed)), RESTORE)
        if passed.altered_leaf is not None or passed.altered_tile:
            rebuild = Message("run directives rebuild to recreate the tiles")
            return Found("tree", "wrong", Message("a tile was altered or is missing; the events are intact"), rebuild)
        return Found("tree", "ok", Message("{number} events match the signed checkpoint", number=_newest_size(signed)))
    if passed.altered_leaf is not None and _tiles_are(signed[-1], session):
        message = Message(
            "the event at position {position} is not the one that was signed", position=passed.altered_leaf
        )
    else:
        message = Message(
            "the first {size} events are not those that were signed; they differ at {size} or earlier", size=other.size
        )
    return Found("tree", "wrong", message, RESTORE)


def _tiles_are(signed: Signed, session: Session) -> bool:
    try:
        return tree_of(session).root(signed.size) == signed.root
    except TileMissing:
        return False


def _newest_size(signed: Sequence[Signed]) -> int:
    return signed[-1].size if signed else 0


def _checkpoints(keys: _Keys, signed: Sequence[Signed], policy: Policy | None) -> Iterator[Message]:
    """What is wrong with the checkpoints that are kept."""
    for each in signed:
        try:
            checkpoint = read_checkpoint(each.note.encode())
        except Unreadable as error:
            yield Message("the checkpoint of {size} events cannot be read: {said}", size=each.size, said=error.message)
            continue
        if (checkpoint.size, checkpoint.root) != (each.size, each.root):
            yield Message("the checkpoint of {size} events differs from its note", size=each.size)
        try:
            if policy is not None and each is signed[-1]:
                judged(policy, checkpoint)
            elif not signers_of(checkpoint.note, keys.by(each.size, policy)):
                yield Message("the checkpoint of {size} events is not signed by a key of this log", size=each.size)
        except RecordAltered as error:
            yield Message("the checkpoint of {size} events: {said}", size=each.size, said=error.message)


def _cut(events: int, size: int) -> Message:
    return Message(
        "{size} events were signed but the store has {events}: the last ones are missing", size=size, events=events
    )


def _memory(last: Checkpoint | None, passed: Pass, signed: Sequence[Signed]) -> Iterator[Message]:
    """What is wrong by the memory of the key."""
    if last is None:
        return
    if last.size > passed.events:
        yield _cut(passed.events, last.size)
    elif passed.roots[last.size] != last.root:
        yield Message("the first {size} events are not those that this key signed last", size=last.size)
    elif last.size not in {each.size for each in signed}:
        yield Message("the checkpoint of {size} events, the last that this key signed, is missing", size=last.size)


@dataclass(frozen=True)
class _Other:
    """A note that was given away, or a folder in which the log was published."""

    path: Path
    checkpoint: Checkpoint
    folder: Path | None = field(default=None)

    @classmethod
    def at(cls, path: Path) -> "_Other":
        """What is at ``path``.

        Raises:
            InvalidInput: it is neither.
        """
        if is_published(path):
            return cls(path, checkpoint_of(path), path)
        return cls(path, checkpoint_in(path))

    def compared(
        self,
        passed: Pass,
        keys: _Keys,
        log: Log,
        signed: Sequence[Signed],
        policy: Policy | None,
        session: Session,
    ) -> Found:
        """Whether the events of the store continue it."""
        size, name, origin = self.checkpoint.size, self.path.name, self.checkpoint.origin
        if origin.rpartition("/")[2] != mark_of(log.secret):
            return self._wrong("{file} belongs to another log, {origin}", origin=origin)
        try:
            believed = keys.by(size, None) if policy is None else policy.logs
            if not signers_of(self.checkpoint.note, believed):
                return self._wrong("{file} is not signed by a key of this log")
        except RecordAltered as error:
            return self._wrong("{file}: {said}", said=error.message)
        if size > passed.events:
            return self._wrong(
                "CUT: {file} covers {size} events, the store has {events}", size=size, events=passed.events
            )
        if passed.roots[size] != self.checkpoint.root:
            return self._rewritten(log, session)
        if size not in {each.size for each in signed}:
            message = Message(
                "the first {size} events are those of {file}, but its checkpoint is missing", file=name, size=size
            )
            return Found(
                "against", "look", message, Message("find out who removed it, or whether a backup was restored")
            )
        return Found("against", "ok", Message("the first {size} events are those of {file}", file=name, size=size))

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
            "REWRITTEN: the first {size} events are not those of {file}, which {origin} signed",
            size=size,
            origin=origin,
        )

    def _wrong(self, template: str, **values: object) -> Found:
        return Found("against", "wrong", Message(template, file=self.path.name, **values), _PROOF)


def _on_events(house: House, session: Session, progress: Progress) -> Iterator[Found]:
    """What the events say: each of them, the files that they name, what is kept ready, and the commands."""
    with folded(house.store, session, house.schema, progress) as fold:
        if fold.broken is not None:
            yield Found("events", "wrong", fold.broken, RESTORE)
        else:
            yield from fold.log.findings("events")
            yield from evidence(fold.log, house.surroundings.files, session)
            yield from kept_ready(session, fold.made, house.schema.tables)
        quiet = soundness.commands_without_events(session)
        wrong = soundness.misplaced_commands(session, house.store.event_log.count(session))
        right = Message("every event matches its command; {number} commands changed nothing", number=quiet)
        yield from _one_or(wrong, "commands", right)


def _covered(events: int, signed: Sequence[Signed]) -> Found:
    covered = min(_newest_size(signed), events)
    message = Message(
        "{events} events; {covered} under a checkpoint; the last {open} are not proved yet",
        events=events,
        covered=covered,
        open=events - covered,
    )
    if covered:
        return Found("covered", "ok", message)
    return Found("covered", "look", message, Message("run directives audit checkpoint"))
