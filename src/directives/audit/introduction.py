"""A key is introduced: the first one begins the log, a later one replaces it or goes on under another name."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from directives.audit.keys import KeyFile, is_there, make_key, read_memory, require_apart
from directives.audit.log import checkpoint, is_of_log, log_or_none, require_signable
from directives.audit.notes import LOG_KEY, NAME, signers_of
from directives.audit.openings import SECRET, origin_of
from directives.audit.record import introduced_keys
from directives.domain.audit import Abandoned
from directives.domain.errors import InvalidInput, KeyUnusable
from directives.store import audit_log
from directives.store.audit_log import Log
from directives.store.event_store import EventStore
from directives.store.session import Session

Record = Callable[[Session, dict[str, Any]], None]
"""Records, in a transaction, that a key is introduced."""
_LONGEST = 200
"""Characters of the name of a log."""


class Introduction(NamedTuple):
    """What is asked for.

    Attributes:
        path: where the key is to be made.
        name: the name of the log: a URL without its scheme.
        replaces: the key that signed until now.
        abandons: the last checkpoint of a log whose key is lost, or that was put back.
        evidence: the folder of the evidence.
    """

    path: Path
    name: str | None
    replaces: Path | None
    abandons: Path | None
    evidence: Path | None


def introduce(store: EventStore, asked: Introduction, record: Record) -> str:
    """Make a key and let it sign the log of the store; returns its public key. One that signs already is returned.

    Where a key is replaced, both sign the change, once it is on record: interrupted, the same again goes on from there.

    Raises:
        KeyUnusable: a file is there already, or a key or a memory cannot be used.
        InvalidInput: the log has a key, or the name is none.
        ForkRefused, RecordAltered: the former key cannot sign this store.
        DirectivesError: whatever the command raises.
    """
    if asked.replaces is not None and asked.abandons is not None:
        raise InvalidInput("key: give only one of --replaces and --abandon")
    require_apart(asked.path, asked.evidence)
    former = None if asked.replaces is None else KeyFile(asked.replaces)
    public, key = _introduced(store, asked, former, record)
    if former is not None and key.last() is None:
        checkpoint(store, [key, former])
    return public


def _current(session: Session) -> str | None:
    """The public key that signs; None where none was introduced."""
    return next((str(each.key) for each in reversed(introduced_keys(session))), None)


def _introduced(store: EventStore, asked: Introduction, former: KeyFile | None, record: Record) -> tuple[str, KeyFile]:
    """The key, made and on record."""
    with store.writing() as session:
        log, current = log_or_none(session), _current(session)
        if log is not None and is_there(asked.path):
            key = KeyFile(asked.path)
            if current is not None and _public(key, log) == current:
                _require_same_name(asked.name, log)
                return current, key
        if former is not None:
            require_signable(session, [former])
        abandoned = None if asked.abandons is None else _abandoned(session, asked.abandons, log)
        log = _begun(session, log, asked.name, abandoned, replaced=former is not None)
        made = not is_there(asked.path)
        key = make_key(asked.path) if made else _unused(asked.path)
        try:
            public = _public(key, log)
            record(session, {"origin": log.origin, "vkey": public, "abandons": abandoned})
        except BaseException:
            if made:
                key.remove()
            raise
    return public, key


def _public(key: KeyFile, log: Log) -> str:
    return str(key.signer(log.origin, LOG_KEY).key)


def _unused(path: Path) -> KeyFile:
    """A key that is there and signed nothing yet: the one of a run that was interrupted.

    Raises:
        KeyUnusable: it signed something, or is no key.
    """
    key = KeyFile(path)
    if key.last() is not None:
        raise KeyUnusable("key: {path} already exists: name a new file", path=path)
    return key


def _abandoned(session: Session, path: Path, log: Log | None) -> Abandoned:
    """What is abandoned: a checkpoint of this log, by one of its keys.

    Raises:
        InvalidInput: it is none.
        KeyUnusable: it cannot be read.
    """
    last = read_memory(path)
    keys = [each.key for each in introduced_keys(session)]
    signed = any(key.name == last.origin for key in signers_of(last.note, keys))
    if log is None or not is_of_log(last, log) or not signed:
        raise InvalidInput("abandon: {path} is not a checkpoint of this log", path=path)
    return Abandoned(origin=last.origin, size=last.size, root=last.root_text)


def _begun(session: Session, log: Log | None, name: str | None, abandoned: Abandoned | None, *, replaced: bool) -> Log:
    """The log as it goes on: begun, under another name, or as it is.

    Raises:
        InvalidInput: the name is none, is missing, or was used before; or nothing says why it changes.
    """
    if log is not None and replaced:
        _require_same_name(name, log)
        return log
    if log is not None and abandoned is None:
        raise InvalidInput(
            "key: {origin} already has a key: give --replaces OLD or --abandon OLD.last", origin=log.origin
        )
    origin_name = _name(name)
    if log is None:
        begun = os.urandom(SECRET)
        log = Log(origin_of(origin_name, begun), begun)
    else:
        log = log._replace(origin=origin_of(origin_name, log.secret))
        if log.origin in {each.key.name for each in introduced_keys(session)}:
            raise InvalidInput("origin: {origin} is being abandoned, or was: give another name", origin=log.origin)
    audit_log.begin(session, log)
    return log


def _require_same_name(name: str | None, log: Log) -> None:
    if name is not None and origin_of(name, log.secret) != log.origin:
        raise InvalidInput(
            "origin: a replaced key keeps the log's name {origin}: leave --origin out",
            origin=log.origin,
        )


def _name(name: str | None) -> str:
    if name is None:
        raise InvalidInput(
            "origin: is missing: give --origin NAME, a URL without its scheme, for example example.org/jh"
        )
    if not NAME.fullmatch(name) or len(name) > _LONGEST or "://" in name or name.endswith("/"):
        raise InvalidInput(
            "origin: {name} is not a name: write a URL without its scheme, for example example.org/jh",
            name=repr(name[:80]),
        )
    return name
