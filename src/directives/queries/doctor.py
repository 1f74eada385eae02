"""The health of a store: whether the read models match the events, and what needs attention."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import Assignment, DirectiveState
from directives.domain.errors import StoreUnusable
from directives.domain.organisation.state import ORGANISATION
from directives.i18n.message import Lang, Listed, Message
from directives.projections.owed_tasks import OwedTask
from directives.projections.read_models import ReadModels
from directives.queries.finding import REBUILD, RESTORE, Finding, Found, about, few_of, told
from directives.queries.folding import Log, commands, evidence, folded, kept_ready
from directives.queries.persons import fields_of
from directives.queries.task_views import ENDED
from directives.store.catalogue import FORMAT, Unlike
from directives.store.command_log import COMMANDS
from directives.store.event_store import EventStore
from directives.store.evidence_register import EVIDENCE
from directives.store.places import Place
from directives.store.progress import Progress
from directives.store.rebuild import Schema
from directives.store.session import Session
from directives.store.soundness import errors_told, lacking
from directives.store.table import STORED_EVENTS

ROOM = 64 * 1024 * 1024
"""Bytes that must be free besides the size of the store, for its write-ahead log."""


def examine(
    store: EventStore, schema: Schema, place: Place, now: datetime, progress: Progress, lang: Lang = "en"
) -> Iterator[Finding]:
    """Look at everything; nothing is changed.

    The events are taken into read models of their own, which are compared with those of the store.

    Args:
        now: the present moment.
        progress: told how many events of how many were read.
        lang: the language in which it is told.

    Raises:
        StoreError: the store cannot be read.
    """
    return told(_examine(store, schema, place, now, progress), lang)


def _examine(store: EventStore, schema: Schema, place: Place, now: datetime, progress: Progress) -> Iterator[Found]:
    with store.reading() as session:
        yield _format(session)
        yield _file(session)
        found = session.catalogue.unlike(schema.beside_the_log)
        yield from _schema(found)
        yield _space(place)
        lost = {each.name for each in found if each.ours and each.kind == "table"}
        if STORED_EVENTS.name in lost:
            return
        ready = [table for table in schema.tables if table.name not in lost]
        with folded(store, session, schema, progress) as fold:
            if fold.broken is not None:
                yield Found("log", "wrong", Listed(fold.broken, *_lacking(session), between="; "), fold.way_out)
                return
            yield from fold.log.findings("log", _lacking(session) if fold.log.wrong else ())
            if COMMANDS.name not in lost:
                yield from _readable(session, "commands", commands(session, fold.log.count))
            yield from kept_ready(session, fold.made, ready)
            yield fold.log.clock(now)
            models = ReadModels(fold.made)
            if EVIDENCE.name not in lost:
                yield from _readable(session, "evidence", evidence(fold.log, place.evidence, session))
            yield from _same_document(models)
            yield from _persons(models, place)
            if models.states.of(ORGANISATION)[1]:
                yield from _organisation(models, fold.log)


def _format(session: Session) -> Found:
    version = session.catalogue.format
    if version == FORMAT:
        return Found(check="format", state="ok", found=Message("{format}, the newest", format=FORMAT))
    message = Message("{format} instead of {newest}", format=version, newest=FORMAT)
    way_out = Message("restore a backup; it is upgraded when opened")
    return Found(check="format", state="wrong", found=message, what_to_do=way_out)


def _file(session: Session) -> Found:
    return Found(*session.catalogue.health())


def _readable(session: Session, check: str, findings: Iterator[Found]) -> Iterator[Found]:
    """``findings``, where what they are about can be read."""
    try:
        with errors_told(session):
            yield from findings
    except StoreUnusable as error:
        yield Found(check=check, state="wrong", found=error.message, what_to_do=RESTORE)


def _schema(found: Sequence[Unlike]) -> Iterator[Found]:
    """What of ours is missing or different is wrong; what somebody else added is to be looked at."""
    ours = [each.told for each in found if each.ours]
    added = [each.told for each in found if not each.ours and not each.name.startswith("sqlite_")]
    if ours:
        way_out = (
            REBUILD if STORED_EVENTS.name not in {each.name for each in found if each.how == "missing"} else RESTORE
        )
        yield Found(check="schema", state="wrong", found=_few(ours), what_to_do=way_out)
    if added:
        way_out = Message("it does not belong to this program, which leaves it alone: remove it if nobody needs it")
        yield Found(check="schema", state="look", found=_few(added), what_to_do=way_out)
    if not ours and not added:
        yield Found(check="schema", state="ok", found=Message("tables and indexes match this format"))


def _few(said: Sequence[Message]) -> Message:
    """The first of what is said, and how much there is besides."""
    first = Listed(*said[:3], between="; ")
    return first if len(said) <= 3 else Message("{said} (and {number} more)", said=first, number=len(said) - 3)


def _lacking(session: Session) -> Iterator[Message]:
    """The streams of which a version is not there."""
    streams = lacking(session)
    if streams:
        yield Message(
            "{number} {number:stream lacks|streams lack} a version: {few}", number=len(streams), few=few_of(streams)
        )


def _space(place: Place) -> Found:
    room = place.room()
    if isinstance(room, Message):
        return Found(check="free space", state="ok", found=room)
    free, size = room
    needed = size + ROOM
    message = Message("{free} free, the store has {size}", free=_megabytes(free), size=_megabytes(size))
    if free >= needed:
        return Found(check="free space", state="ok", found=message)
    missing = _megabytes(needed - free)
    way_out = Message("free {size}: a rebuild needs as much space again as the store has", size=missing)
    return Found(check="free space", state="look", found=message, what_to_do=way_out)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


def _same_document(models: ReadModels) -> Iterator[Found]:
    """One document from two units is to be looked at."""
    same, compare = models.documents.of_several_units(), Message("compare them: directives task show TASK")
    yield from about(
        "{number} {number:document was|documents were} submitted by more than one unit: {few}",
        same,
        "evidence",
        "look",
        compare,
    )


def _persons(models: ReadModels, place: Place) -> Iterator[Found]:
    """Look at the keys: one of a person who was erased is wrong, and so is a value that no key opens."""
    states, keys = models.states.persons(), place.keys
    fault = keys.fault()
    if fault is not None:
        path, (what, way_out) = fault
        yield Found("personal data", "wrong", Message("{path} {what}", path=path, what=what), way_out)
        return
    try:
        held = keys.of(state.person for state in states)
    except StoreUnusable as error:
        if place.path is None:  # a server lets in whom it may
            yield Found("personal data", "look", error.message)
        else:
            yield Found("personal data", "wrong", error.message, RESTORE)
        return
    erased = [state.person for state in states if state.erased and state.person in held]
    known = [state for state in states if not state.erased]
    lost = [state.person for state in known if None in fields_of(state, held.get(state.person)).values()]
    absent = keys.file_not_here
    lost, not_here = ([], lost) if absent is not None else (lost, [])
    once_more = Message("destroy them by running directives person forget again")
    restore = Message("restore the keys from a backup, or erase the persons: directives person forget")
    said = "keys of {number} erased {number:person|persons} still exist: {few}"
    yield from about(said, erased, "personal data", "wrong", once_more)
    said = "the data of {number} {number:person|persons} cannot be decrypted: {few}"
    yield from about(said, lost, "personal data", "wrong", restore)
    said = "the keys of {number} {number:person|persons} are not here: {few}"
    yield from about(said, not_here, "personal data", "look", _bring_along(absent))
    if not (erased or lost or not_here):
        message = Message("{number} {number:person|persons}, sealed or erased", number=len(states))
        yield Found(check="personal data", state="ok", found=message)


def _bring_along(keys: Path | None) -> Message:
    name = "" if keys is None else keys.name
    return Message("put the file {file} beside the store, or unpack a pack with keys", file=name)


def _organisation(models: ReadModels, log: Log) -> Iterator[Found]:
    """What an office should look after: who does not act, owes nothing, or cannot do what it owes."""
    owing: set[str] = set()
    for directive in models.states.directives():
        for assignment in directive.in_force:
            nobody, joined = True, list[OwedTask]()
            for task in _owed(models, directive, assignment):
                nobody = False
                if assignment.expected is None and task.stage not in ENDED:
                    owing.add(task.assignee or task.unit)
                if task.came > assignment.position:
                    joined.append(task)
            if nobody and assignment.expected is None:
                yield _nobody(directive, assignment)
            yield from _late_joiners(directive, assignment, joined)
        yield from _reassigned_to_retired(models, directive)
    yield _offices(owing, log.offices)


def _owed(models: ReadModels, directive: DirectiveState, assignment: Assignment) -> Iterator[OwedTask]:
    scope = models.units.unit(assignment.scope)
    return iter(()) if scope.retired else models.owed_tasks.of_scope(directive.id, assignment.level, scope)


def _offices(owing: set[str], acted: set[str]) -> Found:
    silent = sorted(owing - acted)
    if not silent:
        message = Message(
            "an office has acted for each of the {owing} {owing:unit|units} that {owing:owes|owe} a task",
            owing=len(owing),
        )
        return Found(check="offices", state="ok", found=message)
    message = Message(
        "no office has acted yet for {silent} of the {owing} {owing:unit|units} that {owing:owes|owe} a task: {few}",
        silent=len(silent),
        owing=len(owing),
        few=few_of(silent),
    )
    way_out = Message(
        "see that somebody holds the office there, or give the task to another unit: directives task reassign"
    )
    return Found(check="offices", state="look", found=message, what_to_do=way_out)


def _nobody(directive: DirectiveState, assignment: Assignment) -> Found:
    return Found(
        check="levels without units",
        state="look",
        found=Message(
            "{directive} is assigned to the {level} level of {scope}, which has no unit",
            **_where(directive, assignment),
        ),
        what_to_do=Message(
            "register its units, or run directives directive withdraw {directive} --level {level} --scope {scope}",
            **_where(directive, assignment),
        ),
    )


def _late_joiners(directive: DirectiveState, assignment: Assignment, joined: Sequence[OwedTask]) -> Iterator[Found]:
    """Units that joined later and owe nothing, or can hardly do what they owe."""
    if assignment.expected is not None:
        outside = [task.unit for task in joined if not task.begun]
        if outside:
            yield _outside(outside, _where(directive, assignment))
        return
    window = kind_or_absent(directive.kind).window
    last = None if window is None else window(directive.parameters)[1]
    if last is not None:
        too_late = [task.unit for task in joined if task.stage not in ENDED and task.came_on > last]
        if too_late:
            yield _too_late(too_late, last, _where(directive, assignment))


def _outside(units: list[str], where: dict[str, str]) -> Found:
    return Found(
        check="late joiners",
        state="look",
        found=Message(
            "{directive}, the {level} level of {scope}: units that joined after its completion owe nothing: {few}",
            few=few_of(units),
            **where,
        ),
        what_to_do=Message(
            "if they should, run directives directive reopen {directive} --level {level} --scope {scope}", **where
        ),
    )


def _too_late(units: list[str], last: date, where: dict[str, str]) -> Found:
    return Found(
        check="late joiners",
        state="look",
        found=Message(
            "{directive}, the {level} level of {scope}: some units joined after the last day asked for, {last}: {few}",
            last=last,
            few=few_of(units),
            **where,
        ),
        what_to_do=Message("they can hardly do it: waive it with directives task waive"),
    )


def _reassigned_to_retired(models: ReadModels, directive: DirectiveState) -> Iterator[Found]:
    units = models.owed_tasks.in_hands_of_retired(directive.id)
    if units:
        few = few_of(units)
        message = Message("tasks of {directive} are assigned to retired units: {few}", directive=directive.id, few=few)
        yield Found(check="offices", state="look", found=message, what_to_do=Message("directives task reassign"))


def _where(directive: DirectiveState, assignment: Assignment) -> dict[str, str]:
    return {"directive": directive.id, "level": assignment.level, "scope": assignment.scope}
