"""Verifying what was given away, from its file alone: a receipt, a request, a checkpoint, a published log, a bundle."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, get_args

from directives.audit import bundle_check
from directives.audit.bundle_check import Bundle
from directives.audit.notes import Checkpoint, Unreadable, read_checkpoint
from directives.audit.openings import digests_in, is_object
from directives.audit.policy import Policy, judged, policy_in
from directives.audit.published import checkpoint_of, is_published, read_published
from directives.audit.reading import checkpoint_in, content_in, opened
from directives.audit.receipts import KIND, Proved, read_receipt
from directives.audit.requests import BEGINS, Request, read_request
from directives.directive_kinds.registry import kinds
from directives.domain.errors import InvalidInput, RecordAltered, StoreError
from directives.domain.event import RecordedEvent
from directives.domain.organisation.units import usual_level
from directives.domain.values import Text
from directives.i18n.catalogue import say_moment
from directives.i18n.message import Lang, Message, reason_of
from directives.i18n.notation import shown
from directives.queries.finding import Finding, Found, told
from directives.queries.narrator import Narrator
from directives.store.mapper import event_of

Shows = Callable[[Checkpoint], bool | None]
"""Whether what is verified continues an earlier checkpoint; None where it does not show it."""


@dataclass(frozen=True)
class Given:
    """What is to be verified, and what with.

    Attributes:
        path: the file, or the folder of a published log.
        policy: whom to believe.
        against: checkpoints that were given away earlier.
        evidence: files that are said to be those of the event.
    """

    path: Path
    policy: Policy
    against: Sequence[tuple[str, Checkpoint]]
    evidence: Sequence[Path]


def verify_file(
    path: str | Path,
    policy: str | Path,
    *,
    against: Sequence[str | Path] = (),
    evidence: Sequence[str | Path] = (),
    lang: Lang = "en",
) -> list[Finding]:
    """Verify what was given away, from its file alone; no store is needed.

    A finding in the state ``look`` says that the file does not show what was asked, which accuses nobody.

    Args:
        path: a receipt, a bundle, a request to a witness, a checkpoint, or the folder of a published log.
        policy: the file that tells whom to believe.
        against: checkpoints that were given away earlier: is this a continuation of them?
        evidence: with a receipt or a bundle, files that are said to be those of its events.
        lang: the language in which it is told.

    Raises:
        InvalidInput: a file cannot be read, or is none of these.
    """
    if lang not in get_args(Lang):
        raise InvalidInput("lang: {value} is not allowed: use en or hi", value=repr(lang))
    against, evidence = ([each] if isinstance(each, str | Path) else each for each in (against, evidence))
    others = [(Path(each).name, _checkpoint_at(Path(each))) for each in against]
    given = Given(Path(path), policy_in(Path(policy)), others, [Path(each) for each in evidence])
    return list(told(_until_unreadable(given, lang), lang))


def _checkpoint_at(path: Path) -> Checkpoint:
    return checkpoint_of(path) if is_published(path) else checkpoint_in(path)


def _until_unreadable(given: Given, lang: Lang) -> Iterator[Found]:
    """What is found; where something is wrong and the rest cannot be read, that too."""
    wrong = False
    try:
        with _errors_told():
            for found in _findings(given, lang):
                wrong = wrong or found.state == "wrong"
                yield found
    except Unreadable as error:
        if not wrong:
            raise InvalidInput(
                "{file}: not a receipt, request, checkpoint or bundle: {said}", file=given.path, said=error.message
            ) from error
        yield Found("file", "wrong", error.message, _ASK)


@contextmanager
def _errors_told() -> Generator[None]:
    """Turn what is said of a file that is no ZIP, or a damaged one, into our error.

    Raises:
        Unreadable: it is said.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
        raise Unreadable("damaged: {said}", said=str(error) or type(error).__name__) from error
    except (UnicodeError, OverflowError, OSError, KeyError) as error:
        raise Unreadable("damaged: {said}", said=type(error).__name__) from error


def _findings(given: Given, lang: Lang) -> Iterator[Found]:
    if is_published(given.path):
        yield from _of_published(given)
        return
    with opened(given.path) as file:
        if file.peek(len(_ZIP)).startswith(_ZIP):
            yield from _of_bundle(file, given)
            return
        content = content_in(file, given.path)
    if content.startswith(b"SQLite format 3\0"):
        raise InvalidInput("{file}: this is a store: name it with --db, and leave FILE out", file=given.path)
    if content.partition(b"\n")[0] == KIND.encode():
        yield from _of_receipt(read_receipt(content), given, lang)
    elif content.startswith(BEGINS.encode()):
        yield from _of_request(read_request(content), given)
    else:
        yield from _of_checkpoint(read_checkpoint(content), given)


_ZIP = b"PK\x03\x04"


def _signed(checkpoint: Checkpoint, policy: Policy) -> Found:
    """Whether a checkpoint is signed as the policy asks."""
    try:
        return Found("checkpoint", "ok", judged(policy, checkpoint))
    except RecordAltered as error:
        return Found("checkpoint", "wrong", error.message, _ASK_POLICY)


_ASK = Message("ask the sender for a new copy")
_ASK_POLICY = Message("ask for the current policy; if it is that one, ask the sender for a new copy")


def _of_checkpoint(checkpoint: Checkpoint, given: Given) -> Iterator[Found]:
    yield _signed(checkpoint, given.policy)
    yield from _compared(given, checkpoint, lambda other: _same(checkpoint, other))
    yield from _documents(None, given.evidence)


def _same(checkpoint: Checkpoint, other: Checkpoint) -> bool | None:
    return checkpoint.root == other.root if checkpoint.size == other.size else None


def _of_request(request: Request, given: Given) -> Iterator[Found]:
    checkpoint, old = request.checkpoint, request.old
    yield _signed(checkpoint, given.policy)
    if old > checkpoint.size or (old in (0, checkpoint.size) and request.proof):
        raise Unreadable("no proof leads from {old} {old:event|events} to {size}", old=old, size=checkpoint.size)
    if not given.against or not old:
        message = Message("a request proves something only with --against the checkpoint it continues")
        yield Found("against", "look", message)
    for name, other in given.against:
        if 0 < old < checkpoint.size and other.size == old and not request.continues(other.root):
            yield Found(
                "proof", "wrong", Message("the hashes do not lead from {file} to this checkpoint", file=name), _ASK
            )
        else:
            yield _against(name, other, checkpoint, partial(_request_shows, request), given.policy)
    yield from _documents(None, given.evidence)


def _request_shows(request: Request, other: Checkpoint) -> bool | None:
    return True if 0 < other.size == request.old < request.checkpoint.size else _same(request.checkpoint, other)


def _of_published(given: Given) -> Iterator[Found]:
    checkpoint = checkpoint_of(given.path)
    yield _signed(checkpoint, given.policy)
    sizes = {other.size for _, other in given.against if other.size <= checkpoint.size}
    roots, wrong = read_published(given.path, checkpoint.size, sizes)
    if wrong is not None or roots[checkpoint.size] != checkpoint.root:
        message = wrong or Message("the entries do not match the checkpoint")
        yield Found("tree", "wrong", message, _ASK)
        return
    yield Found(
        "tree", "ok", Message("{number} {number:entry matches|entries match} the checkpoint", number=checkpoint.size)
    )
    yield from _compared(given, checkpoint, _by_roots(roots))
    yield from _documents(None, given.evidence)


def _by_roots(roots: Mapping[int, bytes]) -> Shows:
    """Shows it by the roots at those sizes."""
    return lambda other: roots[other.size] == other.root if other.size in roots else None


def _of_bundle(content: BinaryIO, given: Given) -> Iterator[Found]:
    with zipfile.ZipFile(content) as file:
        bundle = Bundle(file)
        yield bundle_check.members(bundle)
        checkpoint = bundle.checkpoint()
        signed = _signed(checkpoint, given.policy)
        yield signed
        try:
            earlier = bundle_check.earlier_checkpoints(bundle, given.policy)
        except RecordAltered as error:
            yield Found("checkpoints", "wrong", error.message, _ASK)
            return
        sizes = {other.size for _, other in given.against}
        yield from bundle_check.events(bundle, checkpoint, earlier, sizes)
        yield bundle_check.enclosed(bundle)
        roots = {checkpoint.size: checkpoint.root} | (bundle.roots if bundle.whole else {})
        yield from _compared(given, checkpoint, _by_roots(roots))
        yield from _documents(bundle.named, given.evidence)


def _of_receipt(proved: Proved, given: Given, lang: Lang) -> Iterator[Found]:
    signed = _signed(proved.checkpoint, given.policy)
    if not proved.holds:
        message = Message("the event is not in the log under this checkpoint: one of them was altered")
        yield Found("proof", "wrong", message, _ASK)
    elif signed.state == "ok":
        yield Found("event", "ok", _told(proved, _event(proved), lang))
    yield from _documents(digests_in(proved.event[3]) if is_object(proved.event[3]) else None, given.evidence)
    yield signed
    yield from _compared(given, proved.checkpoint, lambda other: _same(proved.checkpoint, other))


def _event(proved: Proved) -> RecordedEvent | None:
    """The event of a receipt; None where this version of the library does not know it."""
    kinds()  # their events must be known
    try:
        return event_of((proved.place + 1, *proved.event))
    except StoreError:
        return None


def _told(proved: Proved, event: RecordedEvent | None, lang: Lang) -> Message:
    if event is None:
        stream, _, topic, _ = proved.event
        return Message(
            "{position}: {topic} of {stream}", position=proved.place + 1, topic=shown(topic), stream=shown(stream)
        )
    sentence = Narrator(lang, _code, _level).sentence(event)
    when, written = (f"{say_moment(at, 'UTC', lang)} UTC" for at in (event.occurred_at, event.recorded_at))
    stream = {"position": event.position, "stream": shown(event.stream), "sentence": sentence, "when": when}
    if written == when:
        return Message("{position}, {stream}: {sentence}; {when}, recorded then", **stream)
    return Message("{position}, {stream}: {sentence}; {when}, recorded {written}", written=written, **stream)


def _code(code: str) -> Text:
    return Text(en=code, hi=code)


def _level(code: str) -> Text:
    """The name of a usual level; another one is told by its code."""
    return usual_level(code).name


def _documents(named: Collection[str] | None, evidence: Sequence[Path]) -> Iterator[Found]:
    """Whether files are those that events name; of what names none it is not shown."""
    for path in evidence:
        digest = _digest(path)
        if named is None:
            yield Found("document", "look", Message("this does not show which files an event names"))
        elif digest in named:
            yield Found("document", "ok", Message("{file} is the document {digest}", file=path.name, digest=digest))
        else:
            message = Message("{file} is not a document that was submitted", file=path.name)
            yield Found("document", "wrong", message, Message("ask for the file that was submitted"))
    for digest in (named or ()) if len(named or ()) == 1 and not evidence else ():
        yield Found(
            "document", "ok", Message("names the document {digest}; compare a file with --evidence FILE", digest=digest)
        )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return f"sha256:{file_digest(file, 'sha256').hexdigest()}"
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=path, said=reason_of(error)) from error


def _compared(given: Given, checkpoint: Checkpoint, shows: Shows) -> Iterator[Found]:
    """Whether it continues each of the checkpoints that were given away."""
    for name, other in given.against:
        yield _against(name, other, checkpoint, shows, given.policy)


def _against(name: str, other: Checkpoint, checkpoint: Checkpoint, shows: Shows, policy: Policy) -> Found:
    if other.mark != checkpoint.mark:
        return _wrong("{file} belongs to another log, {origin}", file=name, origin=other.origin)
    try:
        if not policy.signed_by_log(other.note, other.origin):
            return Found(
                "against", "wrong", Message("{file} is not signed by a key of this log", file=name), _ASK_POLICY
            )
    except RecordAltered as error:
        return _wrong("{file}: {said}", file=name, said=error.message)
    shown_so = shows(other)
    if shown_so is None:
        message = Message(
            "{file}: this does not show it: ask for directives audit prove --from {size}",
            file=name,
            size=str(other.size),  # as it is typed
        )
        return Found("against", "look", message)
    if not shown_so:
        return _wrong(
            "REWRITTEN: the first {size} {size:event does|events do} not match {file}", size=other.size, file=name
        )
    return Found(
        "against",
        "ok",
        Message("the first {size} {size:event matches|events match} {file}", file=name, size=other.size),
    )


def _wrong(template: str, **values: object) -> Found:
    return Found("against", "wrong", Message(template, **values), Message("keep both files: together they prove it"))
