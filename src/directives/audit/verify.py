"""Whether the record of a store is what was recorded, signed and given away: check by check, in a fixed order.

First on bytes, so that damage is named where nothing can be decoded; then on what the events say. Each check tells the
first thing that is wrong.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from directives.audit.log import is_whole
from directives.audit.record import Introduced, introduced_keys
from directives.audit.signed_check import PROOF, Asked, Ground, Other, newest_size, on_tree
from directives.domain.errors import StoreUnusable
from directives.domain.office import unit_of
from directives.i18n.message import Lang, Message
from directives.projections.read_models import ReadModels
from directives.queries.finding import RESTORE, Finding, Found, one_or, told
from directives.queries.folding import commands, evidence, folded, kept_ready
from directives.store import audit_log, soundness
from directives.store.audit_log import Log, Signed
from directives.store.catalogue import FORMAT
from directives.store.event_store import EventStore
from directives.store.places import Place
from directives.store.progress import Progress
from directives.store.rebuild import BESIDE, Schema
from directives.store.session import Session
from directives.store.table import STORED_EVENTS


class House(NamedTuple):
    """The store, and what belongs to it."""

    store: EventStore
    schema: Schema
    place: Place


def verify(house: House, asked: Asked, progress: Progress, lang: Lang = "en") -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    Args:
        progress: told how many events of how many were taken into read models.
        lang: the language in which it is told.

    Raises:
        InvalidInput: a file to compare with cannot be read.
        StoreError: the store cannot be read at all.
    """
    others = [Other.at(path) for path in asked.against]
    with house.store.reading() as session:
        version = session.catalogue.format
        if version != FORMAT:
            raise StoreUnusable(
                "db: the format is {format}, not {newest}: any other command upgrades it; then verify it",
                format=version,
                newest=FORMAT,
            )
        yield from told(_until_damage(session, _checks(house, asked, others, session, progress)), lang)


def _until_damage(session: Session, findings: Iterator[Found]) -> Iterator[Found]:
    """``findings``, or that the file is damaged: then nothing more can be said."""
    try:
        with soundness.errors_told(session):
            yield from findings
    except StoreUnusable as error:
        yield Found("file", "wrong", error.message, RESTORE)


def _checks(
    house: House, asked: Asked, others: Sequence["Other"], session: Session, progress: Progress
) -> Iterator[Found]:
    for check in (_file, _schema, _types):
        found = check(house, session)
        yield found
        if found.state == "wrong":
            return
    yield from one_or(soundness.disorder(session), "order", Message("positions and versions have no gaps"))
    log, signed = audit_log.log_of(session), audit_log.checkpoints(session)
    keys = introduced_keys(session)
    found = _log(log, keys, signed, asked, audit_log.rows_of_log(session))
    yield found
    if log is not None and found.state == "ok":
        yield from on_tree(Ground(log, keys, signed, asked), others, session)
    elif others:
        yield Found("against", "wrong", Message("this store has no audit log to compare"), RESTORE)
    if not asked.log_only:
        yield from _on_events(house, session, progress)
    yield _covered(house.store.event_log.count(session), signed)


def _file(house: House, session: Session) -> Found:  # noqa: ARG001 # as the checks beside it
    health = session.catalogue.health()
    if health.state == "wrong":
        return Found(health.check, "wrong", health.found, RESTORE)
    return Found(health.check, "ok", health.found)


def _types(house: House, session: Session) -> Found:  # noqa: ARG001 # as the checks beside it
    wrong = session.catalogue.mistyped((STORED_EVENTS, *BESIDE))
    (found,) = one_or(wrong, "types", Message("column types match this format"))
    return found


def _schema(house: House, session: Session) -> Found:
    wrong = [each.told for each in session.catalogue.unlike(house.schema.beside_the_log)]
    if not session.catalogue.is_marked:
        wrong.append(Message("the file header does not match this format"))
    (found,) = one_or(wrong, "schema", Message("tables and indexes match this format"))
    return found


def _log(log: Log | None, keys: Sequence[Introduced], signed: Sequence[Signed], asked: Asked, rows: int) -> Found:
    if log is None:
        if keys or signed:
            return Found("log", "wrong", Message("the log is missing although a key was introduced"), _SECRET)
        if asked.policy is not None or (asked.key is not None and asked.key.last() is not None):
            return Found("log", "wrong", Message("this store has no audit log to compare"), _SECRET)
        begin = Message("run directives audit key")
        return Found("log", "look", Message("this store has no audit log; nothing can be proved"), begin)
    if rows != 1 or not is_whole(log):
        return Found("log", "wrong", Message("the secret of the log, or its origin, was altered"), _SECRET)
    if keys and keys[-1].key.name != log.origin:
        return Found("log", "wrong", Message("the origin differs from that of the signing key"), _SECRET)
    return Found("log", "ok", Message("{origin}", origin=log.origin))


_SECRET = Message("restore the table audit_log from a backup")


def _on_events(house: House, session: Session, progress: Progress) -> Iterator[Found]:
    """What the events say: each of them, the files that they name, what is kept ready, and the commands."""
    with folded(house.store, session, house.schema, progress) as fold:
        if fold.broken is not None:
            yield Found("events", "wrong", fold.broken, fold.way_out)
        else:
            yield from fold.log.findings("events")
            yield from _offices_of_keys(session, ReadModels(fold.made))
            yield from evidence(fold.log, house.place.evidence, session, strict=True)
            yield from kept_ready(session, fold.made, house.schema.tables)
        yield from commands(session, house.store.event_log.count(session))


def _offices_of_keys(session: Session, models: ReadModels) -> Iterator[Found]:
    """A key is introduced by the top unit, as the command asks."""
    for each in introduced_keys(session):
        if unit_of(each.office) != models.units.top().code:
            message = Message(
                "the key at position {position} was introduced by {office}", position=each.position, office=each.office
            )
            yield Found("events", "wrong", message, PROOF)


def _covered(events: int, signed: Sequence[Signed]) -> Found:
    covered = min(newest_size(signed), events)
    message = Message(
        "{events} {events:event|events}; {covered} under a checkpoint; the last {open} not proved yet",
        events=events,
        covered=covered,
        open=events - covered,
    )
    if covered:
        return Found("covered", "ok", message)
    return Found("covered", "look", message, Message("run directives audit checkpoint"))
