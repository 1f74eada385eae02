"""A key is introduced: the first one begins the log, a later one replaces it or goes on under another name."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from directives.audit.keys import KeyFile, make_key, read_memory, require_apart
from directives.audit.log import checkpoint
from directives.audit.notes import LOG_KEY, NAME
from directives.audit.openings import SECRET, origin_of
from directives.domain.audit import AUDIT, Abandoned
from directives.domain.errors import InvalidInput, KeyUnusable
from directives.projections.states import States
from directives.store import audit_log
from directives.store.audit_log import Log
from directives.store.event_store import EventStore
from directives.store.session import Session

_LONGEST = 200
"""Characters of the name of a log."""

Record = Callable[[Session, dict[str, Any]], None]
"""Records, in a transaction, that a key is introduced."""


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

    Raises:
        KeyUnusable: a file is there already, or a key or a memory cannot be used.
        InvalidInput: the log has a key, or the name is none.
        DirectivesError: whatever the command raises.
    """
    require_apart(asked.path, asked.evidence)
    with store.writing() as session:
        log, signs = audit_log.log_of(session), States(session).of(AUDIT)[0].keys
        if log is not None and asked.path.exists() and _public(KeyFile(asked.path), log) in signs[-1:]:
            return signs[-1]
        former = None if asked.replaces is None else _former(asked.replaces, log, signs)
        abandoned = None if asked.abandons is None else _abandoned(asked.abandons)
        log = _begun(session, log, asked.name, abandoned, replaced=former is not None)
        key = make_key(asked.path)
        try:
            public = _public(key, log)
            record(session, {"origin": log.origin, "vkey": public, "abandons": abandoned})
        except BaseException:
            key.remove()
            raise
    if former is not None:
        checkpoint(store, [key, former])
    return public


def _public(key: KeyFile, log: Log) -> str:
    return str(key.signer(log.origin, LOG_KEY).key)


def _former(path: Path, log: Log | None, signs: tuple[str, ...]) -> KeyFile:
    """The key that is to be replaced.

    Raises:
        KeyUnusable: it is not the one that signs.
    """
    former = KeyFile(path)
    if log is None or _public(former, log) not in signs[-1:]:
        raise KeyUnusable("key: {path} does not sign the log of this store: name the one that does", path=path)
    return former


def _abandoned(path: Path) -> Abandoned:
    last = read_memory(path)
    return Abandoned(origin=last.origin, size=last.size, root=last.root_text)


def _begun(session: Session, log: Log | None, name: str | None, abandoned: Abandoned | None, *, replaced: bool) -> Log:
    """The log as it goes on: begun, under another name, or as it is.

    Raises:
        InvalidInput: the name is none, is missing, or is the one that is abandoned; or nothing says why it changes.
    """
    if replaced and log is not None:
        if name is not None and origin_of(name, log.secret) != log.origin:
            raise InvalidInput(
                "origin: a replaced key keeps the log's name {origin}: leave --origin out",
                origin=log.origin,
            )
        return log
    if name is None:
        raise InvalidInput(
            "origin: is missing: give --origin NAME, a URL without its scheme, for example example.org/jh"
        )
    if not NAME.fullmatch(name) or len(name) > _LONGEST:
        raise InvalidInput(
            "origin: {name} is not a name: write a URL without its scheme, for example example.org/jh",
            name=repr(name[:80]),
        )
    if log is None:
        begun = os.urandom(SECRET)
        log = Log(origin_of(name, begun), begun)
    elif abandoned is None:
        raise InvalidInput(
            "key: {origin} already has a key: give --replaces OLD or --abandon OLD.last", origin=log.origin
        )
    elif log.origin == origin_of(name, log.secret):
        raise InvalidInput("origin: {origin} is being abandoned: give another name", origin=log.origin)
    else:
        log = log._replace(origin=origin_of(name, log.secret))
    audit_log.begin(session, log)
    return log
