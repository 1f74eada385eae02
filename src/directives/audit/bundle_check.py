"""Verifying a bundle, from its file alone: every member is read, and what is not listed or not due is refused."""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from typing import Any

from directives.audit.bundle import ALL, CHECKPOINT, EARLIER, EVENTS, EVIDENCE, FORMAT, MANIFEST
from directives.audit.merkle import EMPTY, Frontier, included
from directives.audit.notes import (
    Checkpoint,
    Unreadable,
    from_base64,
    read_checkpoint,
    to_hash,
)
from directives.audit.openings import digests_in, leaf_of, opening_of
from directives.audit.policy import Policy
from directives.audit.strict_json import object_with, strictly
from directives.domain.errors import RecordAltered
from directives.i18n.message import Message
from directives.queries.finding import Found

_NAME = re.compile(
    r"manifest\.json|checkpoint|checkpoints/[0-9]+|events\.jsonl|evidence/[0-9a-f]{64}|readable(/\w[^/\\\x00-\x1f]*)+"
)
_MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{6}Z")
_LONGEST = 1 << 26
"""Bytes of a line of events, and of a member that is read at once."""
_ALTERED = Message("ask for a new copy of the bundle")
_LINE = {"position": int, "stream": str, "version": int, "topic": str, "salt": str, "state": str}


@dataclass
class Bundle:
    """A bundle that is read.

    Attributes:
        scope: ``all``, or what it is a part of.
        digests: those of its members, by name.
        roots: of a whole one, the roots that its events come to, by size.
        named: the digests of the files that its events name.
    """

    file: zipfile.ZipFile
    scope: str = ""
    digests: dict[str, str] = field(default_factory=dict[str, str])
    roots: dict[int, bytes] = field(default_factory=dict[int, bytes])
    named: set[str] = field(default_factory=set[str])

    @property
    def whole(self) -> bool:
        """Whether it has all events under its checkpoint."""
        return self.scope == ALL

    def names(self, beginning: str) -> list[str]:
        """The names of the members that begin so."""
        return sorted(name for name in self.digests if name.startswith(beginning))

    def checkpoint(self) -> Checkpoint:
        """The checkpoint that it is under.

        Raises:
            Unreadable: there is none.
        """
        return read_checkpoint(self.content(CHECKPOINT))

    def content(self, name: str) -> bytes:
        """A member that is read at once.

        Raises:
            Unreadable: it is not there.
        """
        if name not in {*self.digests, MANIFEST}:
            raise Unreadable("{name} is missing", name=name)
        return self.file.read(name)


def members(bundle: Bundle) -> Found:
    """Read every member, and compare it with the manifest.

    Raises:
        Unreadable: a name that a bundle has not, one twice, or no manifest.
    """
    listed = bundle.file.infolist()
    for each in listed:
        if each.orig_filename != each.filename or not _NAME.fullmatch(each.filename):
            raise Unreadable("{name} does not belong in a bundle", name=repr(each.filename[:80]))
        long = each.file_size > _LONGEST and not each.filename.startswith(("ev", "readable/"))
        if long or each.flag_bits & 1 or each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("{name} is encrypted, too large or compressed in another way", name=each.filename)
    names = {each.filename for each in listed} - {MANIFEST}
    if len(names) + 1 != len(listed) or MANIFEST in names or MANIFEST not in bundle.file.namelist():
        raise Unreadable("duplicate file, or no manifest")
    if min(each.header_offset for each in listed):
        raise Unreadable("there is something before the bundle")
    manifest = object_with(
        bundle.file.read(MANIFEST).decode(), {"format": str, "scope": str, "made_at": str, "files": dict}
    )
    if manifest["format"] != FORMAT or not manifest["scope"] or not _MOMENT.fullmatch(manifest["made_at"]):
        raise Unreadable("not the manifest of a bundle")
    bundle.scope, files = manifest["scope"], manifest["files"]
    for name in sorted(names):
        with bundle.file.open(name) as member:
            bundle.digests[name] = file_digest(member, "sha256").hexdigest()  # pyright: ignore[reportArgumentType] # it reads
    return _compared(bundle, files)


def _compared(bundle: Bundle, files: Mapping[str, Any]) -> Found:
    bad = [name for name in sorted({*files, *bundle.digests}) if files.get(name, 0) != bundle.digests.get(name, 1)]
    if bad:
        message = Message("files altered, missing or not listed: {number}, first {name}", number=len(bad), name=bad[0])
        return Found("files", "wrong", message, _ALTERED)
    return Found(
        "files",
        "ok",
        Message("{number} {number:file|files}; what is in readable/ is not proved", number=len(bundle.digests)),
    )


def earlier_checkpoints(bundle: Bundle, policy: Policy) -> list[Checkpoint]:
    """The earlier checkpoints of a whole bundle, each signed by a key of the log.

    Raises:
        Unreadable: one is none, or stands where it should not.
        RecordAltered: one is not signed so.
    """
    found: list[Checkpoint] = []
    for name in bundle.names(EARLIER):
        checkpoint = read_checkpoint(bundle.content(name))
        if not policy.signed_by_log(checkpoint.note, checkpoint.origin):
            raise RecordAltered("{name} is not signed by a key of this log", name=name)
        if not bundle.whole or name != f"{EARLIER}{checkpoint.size}":
            raise Unreadable("{name} does not match its name", name=name)
        found.append(checkpoint)
    return found


def events(
    bundle: Bundle, checkpoint: Checkpoint, earlier: Sequence[Checkpoint], sizes: Collection[int]
) -> Iterator[Found]:
    """Read all events, and compare them with the checkpoints.

    Args:
        sizes: those at which the root is wanted besides.

    Raises:
        Unreadable: a line is no event.
    """
    if EVENTS not in bundle.digests:
        raise Unreadable("{name} is missing", name=EVENTS)
    reading = _Reading(bundle, checkpoint, {checkpoint.size, *(each.size for each in earlier), *sizes})
    with bundle.file.open(EVENTS) as lines:
        while line := lines.readline(_LONGEST):
            misplaced = reading.take(line)
            if misplaced is not None:
                yield Found("events", "wrong", misplaced, _ALTERED)
                return
    bundle.named |= reading.named
    yield from reading.findings([checkpoint, *earlier])


class _Reading:
    """What is noted of the events of a bundle while they are read."""

    def __init__(self, bundle: Bundle, checkpoint: Checkpoint, sizes: Collection[int]) -> None:
        self._bundle, self._checkpoint, self._sizes = bundle, checkpoint, sizes
        self._own = bundle.scope.replace(" ", "/", 1)
        self._versions: dict[str, int] = {}
        self._frontier, self._last, self._moment = Frontier(), 0, ""
        self._faults: dict[str, Message] = {}
        self.count = 0
        self.named: set[str] = set()
        bundle.roots[0] = EMPTY

    def take(self, line: bytes) -> Message | None:
        """Take an event in; what is wrong with its place, which ends all, is returned."""
        event = _read(line, whole=self._bundle.whole)
        position, stream, version, state = event["position"], event["stream"], event["version"], event["state"]
        self.count += 1
        if position <= self._last or (self._bundle.whole and position != self.count):
            return Message("position {position} follows {before}", position=position, before=self._last)
        self._last = position
        self._prove(position, event)
        before = self._versions.get(stream, 0)
        strict = self._bundle.whole or stream == self._own
        if version <= before or (strict and version != before + 1):
            self._fault(
                "versions",
                "{stream} has version {version} after {before}",
                stream=stream,
                version=version,
                before=before,
            )
        self._versions[stream] = version
        self.named |= digests_in(state.encode())
        self._look_at_moment(position, state)
        return None

    def _prove(self, position: int, event: dict[str, Any]) -> None:
        committed = (event["stream"], event["version"], event["topic"], event["state"].encode())
        leaf = leaf_of(opening_of(from_base64(event["salt"]), committed))
        if self._bundle.whole:
            self._frontier.push(0, leaf)
            if position in self._sizes:
                self._bundle.roots[position] = self._frontier.root()
        elif not included(
            leaf, position - 1, self._checkpoint.size, self._checkpoint.root, [to_hash(each) for each in event["proof"]]
        ):
            self._fault("proof", "the log has another event at position {position}", position=position)

    def _look_at_moment(self, position: int, state: str) -> None:
        try:
            written = strictly(state)
        except Unreadable:
            return
        recorded = str(written.get("recorded_at")) if isinstance(written, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        if not _MOMENT.fullmatch(recorded):
            return
        if recorded < self._moment:
            self._fault(
                "moments", "position {position} was recorded before the one that precedes it", position=position
            )
        self._moment = recorded

    def _fault(self, check: str, template: str, **values: object) -> None:
        self._faults.setdefault(check, Message(template, **values))

    def findings(self, checkpoints: Sequence[Checkpoint]) -> Iterator[Found]:
        """What is to be said of all."""
        if self._bundle.whole:
            yield self._roots(checkpoints)
        elif not self.count:
            raise Unreadable("no events")
        for check, message in self._faults.items():
            yield Found(check, "wrong", message, _ALTERED)
        if self._faults:
            return
        if self._bundle.whole:
            yield Found(
                "events", "ok", Message("{number} {number:event|events}: all under the checkpoint", number=self.count)
            )
        else:
            message = Message(
                "{number} {number:event is|events are} in the log; it is not proved that these are "
                "the events of {scope}, and all of them",
                number=self.count,
                scope=self._bundle.scope,
            )
            yield Found("events", "ok", message)

    def _roots(self, checkpoints: Sequence[Checkpoint]) -> Found:
        size = checkpoints[0].size
        if self.count != size:
            message = Message(
                "{count} {count:event|events} instead of the {size} under the checkpoint", count=self.count, size=size
            )
            return Found("root", "wrong", message, _ALTERED)
        bad = [each for each in checkpoints if self._bundle.roots.get(each.size) != each.root]
        if bad:
            message = Message("the events do not match the checkpoint of {size}", size=bad[-1].size)
            return Found("root", "wrong", message, _ALTERED)
        return Found(
            "root", "ok", Message("the events match {number} {number:checkpoint|checkpoints}", number=len(checkpoints))
        )


def _read(line: bytes, *, whole: bool) -> dict[str, Any]:
    """The event of a line."""
    if not line.endswith(b"\n"):
        raise Unreadable("a line of events.jsonl is cut or too long")
    event = object_with(line.decode(), _LINE if whole else _LINE | {"proof": list})
    names = event["stream"] + event["topic"]
    if (
        "\n" in names
        or event["position"] < 1
        or not 1 <= event["version"] < 10**18
        or len(from_base64(event["salt"])) != 16
    ):
        raise Unreadable("{text} is not an event", text=repr(line[:80].decode(errors="replace")))
    if not whole and not all(isinstance(each, str) for each in event["proof"]):
        raise Unreadable("{text} is not an event", text=repr(line[:80].decode(errors="replace")))
    return event


def enclosed(bundle: Bundle) -> Found:
    """Whether the files that are enclosed are those that the events name."""
    names = bundle.names(EVIDENCE)
    bad = [
        name
        for name in names
        if bundle.digests[name] != name.removeprefix(EVIDENCE)
        or f"sha256:{name.removeprefix(EVIDENCE)}" not in bundle.named
    ]
    if bad:
        return Found("documents", "wrong", Message("{name} is not named by any event", name=bad[0]), _ALTERED)
    message = Message(
        "documents included: {number}, not included: {others}",
        number=len(names),
        others=len(bundle.named) - len(names),
    )
    return Found("documents", "ok", message)
