"""Whom a verifier believes: the keys of a log, and how many of its witnesses must have cosigned (C2SP tlog-policy)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from directives.audit.notes import LOG_KEY, WITNESS_KEY, Checkpoint, Key, Note, Unreadable, read_key, signers_of
from directives.domain.errors import InvalidInput, RecordAltered
from directives.i18n.message import Listed, Message, reason_of
from directives.i18n.notation import shown

_OCTETS = re.compile(rb"[\t\n\x20-\x7e\x80-\xff]*")
_BLANKS = re.compile(r"[ \t]+")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
NONE = "none"


@dataclass(frozen=True)
class Group:
    """Members, witnesses or groups, and how many of them must agree."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """A policy.

    Attributes:
        logs: the keys of the log, each of which is believed.
        witnesses: the key of each witness, by its name here.
        groups: the groups by their names.
        quorum: the witness or group that must agree; ``none`` where nobody must.
    """

    logs: tuple[Key, ...]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, Group]
    quorum: str

    def signed_by_log(self, note: Note, origin: str) -> bool:
        """Whether one of the keys of the log signed the note.

        Raises:
            RecordAltered: a line in the name of a key is not what it made.
        """
        return any(key.name == origin for key in signers_of(note, self._keys) if key.kind == LOG_KEY)

    @property
    def _keys(self) -> list[Key]:
        """All keys: whatever is said in the name of one must be right."""
        return [*self.logs, *self.witnesses.values()]

    def cosigned(self, note: Note) -> dict[str, int]:
        """The witnesses that cosigned the note, each with the second since 1970 that it tells.

        Raises:
            RecordAltered: a line in the name of a witness is not what it made.
        """
        found = signers_of(note, self._keys)
        return {name: found[key].time for name, key in self.witnesses.items() if key in found}

    def met_by(self, cosigned: Mapping[str, int]) -> bool:
        """Whether the witnesses that cosigned are enough."""
        return self.quorum == NONE or self._agrees(self.quorum, cosigned)

    def _agrees(self, name: str, cosigned: Mapping[str, int]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._agrees(member, cosigned) for member in group.members) >= group.needed


@dataclass
class _Reading:
    """A policy while its lines are read."""

    logs: list[Key] = field(default_factory=list[Key])
    witnesses: dict[str, Key] = field(default_factory=dict[str, Key])
    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    quorum: str | None = None

    def log(self, words: Sequence[str]) -> None:
        if len(words) not in (1, 2):
            raise Unreadable("write log VKEY [URL]")
        key = read_key(words[0], LOG_KEY)
        if key.public in {each.public for each in self.logs}:
            raise Unreadable("duplicate key")
        self.logs.append(key)

    def witness(self, words: Sequence[str]) -> None:
        if len(words) not in (2, 3):
            raise Unreadable("write witness NAME VKEY [URL]")
        self._require_new(words[0])
        key = read_key(words[1], WITNESS_KEY)
        if key.public in {each.public for each in self.witnesses.values()}:
            raise Unreadable("duplicate key")
        self.witnesses[words[0]] = key

    def group(self, words: Sequence[str]) -> None:
        if len(words) < 3:
            raise Unreadable("write group NAME all|any|NUMBER MEMBER...")
        name, wanted, *members = words
        self._require_new(name)
        taken = {*chain.from_iterable(group.members for group in self.groups.values())}
        for member in members:
            if member not in self.witnesses and member not in self.groups:
                raise Unreadable("{name} is not defined above", name=repr(member))
            if member in taken or members.count(member) > 1:
                raise Unreadable("{name} is already a member of a group", name=repr(member))
        self.groups[name] = Group(_needed(wanted, len(members)), tuple(members))

    def _require_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise Unreadable("duplicate name {name}", name=repr(name))

    def set_quorum(self, words: Sequence[str]) -> None:
        if len(words) != 1:
            raise Unreadable("write quorum NAME, or quorum none")
        if self.quorum is not None:
            raise Unreadable("duplicate quorum")
        if words[0] != NONE and words[0] not in self.witnesses and words[0] not in self.groups:
            raise Unreadable("{name} is not defined above", name=repr(words[0]))
        self.quorum = words[0]


def _needed(wanted: str, members: int) -> int:
    if wanted in ("all", "any"):
        return members if wanted == "all" else 1
    if not _COUNT.fullmatch(wanted) or int(wanted) > members:
        raise Unreadable("{wanted} is not a number from 1 to {members}", wanted=repr(wanted), members=members)
    return int(wanted)


def read_policy(content: bytes) -> Policy:
    """The policy in ``content``.

    Raises:
        Unreadable: it is none, by its line.
    """
    reading = _Reading()
    kinds: dict[str, Callable[[Sequence[str]], None]] = {
        "log": reading.log,
        "witness": reading.witness,
        "group": reading.group,
        "quorum": reading.set_quorum,
    }
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            if not _OCTETS.fullmatch(line):
                raise Unreadable("control character, or a Windows line ending")
            words = [word for word in _BLANKS.split(line.decode("utf-8", "surrogateescape")) if word]
            if not words or words[0].startswith("#"):
                continue
            if words[0] not in kinds:
                raise Unreadable("unknown word {word}; use log, witness, group or quorum", word=repr(words[0][:80]))
            kinds[words[0]](words[1:])
        except Unreadable as error:
            raise Unreadable("line {number}: {said}", number=number, said=error.message) from error
    if reading.quorum is None:
        raise Unreadable("quorum is missing")
    return Policy(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)


def policy_in(path: Path) -> Policy:
    """The policy in a file.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        return read_policy(path.read_bytes())
    except OSError as error:
        raise InvalidInput("policy: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error
    except Unreadable as error:
        raise InvalidInput("policy: {path}: {said}", path=path, said=error.message) from error


def judged(policy: Policy, checkpoint: Checkpoint) -> Message:
    """Who vouches for a checkpoint, in words.

    Raises:
        RecordAltered: no key of the log signed it, a signature is not right, or too few witnesses cosigned it.
    """
    note, origin = checkpoint.note, checkpoint.origin
    if not policy.signed_by_log(note, origin):
        raise RecordAltered("no log key of the policy signed it as {origin}", origin=origin)
    cosigned = policy.cosigned(note)
    if not policy.met_by(cosigned):
        raise RecordAltered(
            "quorum {quorum} is not met; witnesses that cosigned it: {number}",
            quorum=policy.quorum,
            number=len(cosigned),
        )
    signed = Message(
        "the checkpoint of {size} {size:event|events} of the log {origin}", size=checkpoint.size, origin=origin
    )
    witnesses = (
        Message("cosigned by {name} on {day}, so it existed then", name=shown(name), day=day_of_second(time))
        for name, time in cosigned.items()
    )
    return Listed(signed, *witnesses, between="; ")


def day_of_second(time: int) -> date:
    """The day, in UTC, of a second since 1970; the last day that there is where it lies beyond."""
    try:
        return datetime.fromtimestamp(time, UTC).date()
    except (ValueError, OverflowError, OSError):
        return date.max
