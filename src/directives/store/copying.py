"""Copies a store from one place to another: what is stored goes over as it is, and what follows from it is folded.

What goes over is what stood at one moment. It goes chunk by chunk, so that a copy that was interrupted goes on where it
ended; until it is whole, and was compared, nobody takes it for a store.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import Field

from directives.domain.document import Document
from directives.domain.errors import InvalidInput, StoreBusy, StoreUnusable
from directives.domain.values import Model
from directives.store.audit_log import AUDIT_LOG
from directives.store.catalogue import FORMAT
from directives.store.event_store import EventStore
from directives.store.evidence import PIECE, Staged
from directives.store.evidence_register import all_noted
from directives.store.places import Place
from directives.store.progress import Progress
from directives.store.rebuild import BESIDE, Schema, create_indexes
from directives.store.session import Session, Values
from directives.store.table import STORED_EVENTS, Table

TOGETHER = 10_000
"""Rows that are written in one transaction."""


class Copied(Model):
    """What was copied.

    Attributes:
        path: where the copy is: its file, or its database and schema.
        events: how many events are in it.
        newest: the position of the newest; 0 where there is none.
        before: how many of them an earlier attempt had copied.
        evidence: how many files that were handed in are in it.
        missing: the digests of those that are on record, and could not be read.
        altered: the digests of those that were copied, and are not what was handed in.
        keys: how many keys of persons are in it; None where there are some, and they were not asked for.
    """

    path: str
    events: int
    newest: int
    before: int
    evidence: int
    missing: tuple[str, ...] = Field(default=())
    altered: tuple[str, ...] = Field(default=())
    keys: int | None


def copy(
    source: Place, store: EventStore, target: Place, schema: Schema, progress: Progress, *, with_keys: bool
) -> Copied:
    """Copy the ``store`` of ``source`` to ``target``, see `directives.Tracker.copy`."""
    made = target.open_copy(schema.beside_the_log)
    try:
        with store.reading() as session:
            before = _events(session, made, progress)
            for table in BESIDE:
                _rows(session, made, table)
            missing, altered, enclosed = _evidence(session, source, target, made)
            keys = _keys(store, session, target, made, with_keys=with_keys)
            _fold(made, schema)
            for table in (STORED_EVENTS, *BESIDE, *schema.tables):
                _require_alike(session, made, table)
            newest, events = store.event_log.last_position(session), store.event_log.count(session)
        with made.writing() as writing:
            writing.catalogue.set_format(FORMAT)
    finally:
        made.close()
    return Copied(
        path=target.told,
        events=events,
        newest=newest,
        before=before,
        evidence=enclosed,
        missing=missing,
        altered=altered,
        keys=keys,
    )


def _chunks(rows: Iterator[Values], size: int = TOGETHER) -> Iterator[list[Values]]:
    while chunk := [*islice(rows, size)]:
        yield chunk


def _events(session: Session, made: EventStore, progress: Progress) -> int:
    """Copy the log from where an earlier attempt ended; returns how many events that had copied."""
    log = made.event_log
    with made.reading() as reading:
        last, before = log.last_position(reading), log.count(reading)
        (stands,) = [*reading.streamed(f"{_ALL} WHERE position = ?", (last,))] or [None]
    (there,) = [*session.streamed(f"{_ALL} WHERE position = ?", (last,))] or [None]
    if stands != there:
        raise InvalidInput("to: there is part of a copy of another store: remove it, or name another place")
    total, done = log.count(session), before
    for chunk in _chunks(session.streamed(f"{_ALL} WHERE position > ? ORDER BY position", (last,))):
        with made.writing() as writing:
            if log.last_position(writing) != last:
                raise StoreBusy("to: another process copies to the same place: try again when it has ended")
            log.append(writing, chunk)  # pyright: ignore[reportArgumentType] # rows of the log, as they stand
        last = chunk[-1][0]
        done += len(chunk)
        progress(done, total)
    return before


_ALL = f"SELECT {', '.join(STORED_EVENTS.names)} FROM {STORED_EVENTS.name}"


def _rows(session: Session, made: EventStore, table: Table) -> None:
    """Copy a table beside the log; rows that an earlier attempt copied are written again."""
    if table is AUDIT_LOG:  # one row without a key
        with made.writing() as writing:
            writing.cursor.execute(f"DELETE FROM {table.name}")
            writing.insert(table, [*session.streamed(f"SELECT * FROM {table.name}")])
        return
    for chunk in _chunks(session.streamed(f"SELECT * FROM {table.name}")):
        with made.writing() as writing:
            writing.replace(table, chunk)


def _evidence(
    session: Session, source: Place, target: Place, made: EventStore
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Copy the files, one by one; returns those that are missing, those that are altered, and how many there are."""
    missing, altered, enclosed = list[str](), list[str](), 0
    noted = {each.digest for each in all_noted(session)}
    for digest in sorted({*noted, *source.evidence.off_record(())}):
        document = Document.of_valid({"digest": digest, "media_type": "application/octet-stream", "size": 0})
        condition = source.evidence.condition(document)
        if condition in ("missing", "unreadable"):
            missing.append(digest)
            continue
        if condition == "altered":
            altered.append(digest)
        enclosed += 1
        if target.evidence.condition(document) != "whole":
            with TemporaryDirectory(prefix="directives-copy-", dir=_beside(target)) as folder:
                piece, staged = Path(folder) / "piece", Staged(document, Path(folder) / "piece")
                with piece.open("wb") as file, source.evidence.as_it_is(digest) as content:
                    while part := content.read(PIECE):
                        file.write(part)
                with made.writing() as writing:
                    target.evidence.keep(writing, staged)
    return tuple(missing), tuple(altered), enclosed


def _beside(target: Place) -> Path | None:
    """Where a file is written first: on the disk on which it is to stay."""
    return None if target.path is None else target.path.parent


def _keys(store: EventStore, session: Session, target: Place, made: EventStore, *, with_keys: bool) -> int | None:
    """Copy the keys of those who are not erased; returns how many, None where they were not asked for."""
    if not with_keys and not store.keys.are_readable:
        return None
    erased = {*store.event_log.erased(session)}
    held = {person: key for person, key in store.keys.all().items() if person not in erased}
    if not with_keys:
        return None if held else 0
    there = target.keys.all()
    if any(held.get(person) != key for person, key in there.items()):
        raise StoreUnusable("to: the keys of persons there are not those of this store: name another place")
    with made.writing():
        target.keys.take({person: key for person, key in held.items() if person not in there})
    return len(held)


def _fold(made: EventStore, schema: Schema) -> None:
    """Make the read models from the events, in one transaction."""
    with made.writing() as session:
        for table in schema.tables:
            session.catalogue.drop_indexes(table, damaged=False)
            session.cursor.execute(f"DELETE FROM {table.name}")
        for _ in schema.replayed(made, session):
            pass
        create_indexes(session, schema.tables)


def _require_alike(session: Session, made: EventStore, table: Table) -> None:
    with made.reading() as reading:
        if digest_of(session, table) != digest_of(reading, table):
            raise StoreUnusable(
                "to: the table {table} is not as it is in the store: look at that with directives doctor, then copy "
                "it again",
                table=table.name,
            )


def digest_of(session: Session, table: Table) -> str:
    """A digest of all rows of a table, in the order of their keys, with the types of their values."""
    digest = sha256()
    order = f" ORDER BY {', '.join(table.names_of_key)}" if table.key else ""
    for row in session.streamed(f"SELECT {', '.join(table.names)} FROM {table.name}{order}"):
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
