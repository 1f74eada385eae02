"""The events taken into read models of their own, and what that tells of a store."""

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from directives.directive_kinds.registry import kind_or_absent
from directives.domain.directive.state import DirectiveState
from directives.domain.document import documents_in
from directives.domain.errors import NewerStore, StoreUnusable
from directives.domain.event import RecordedEvent
from directives.domain.office import unit_of
from directives.domain.person import PERSON
from directives.i18n.message import Listed, Message, MomentIn
from directives.projections.read_models import ReadModels
from directives.projections.states import STATES
from directives.queries.evidence import EvidenceView, evidence_of, unnamed
from directives.queries.finding import REBUILD, RESTORE, Found, about, few_of, one_or
from directives.store import soundness
from directives.store.event_store import EventStore
from directives.store.evidence import Evidence
from directives.store.progress import Progress
from directives.store.rebuild import KEPT, Row, Schema, count, create_indexes, differing, scratch
from directives.store.session import Session
from directives.store.soundness import errors_told
from directives.store.table import Table


class Folded:
    """The read models as the events make them, in a database of their own.

    Attributes:
        made: that database.
        log: what was noted of the events.
        broken: what is wrong, where they could not be read to their end.
        way_out: what to do about that.
    """

    def __init__(self, made: Session, log: "Log") -> None:
        self.made, self.log = made, log
        self.broken: Message | None = None
        self.way_out = RESTORE


@contextmanager
def folded(store: EventStore, session: Session, schema: Schema, progress: Progress) -> Generator[Folded]:
    """Read all events; ``progress(done, total)`` is called along the way."""
    with scratch(schema.tables) as made:
        fold = Folded(made, Log(store.all(session)))
        total = store.event_log.count(session)
        try:
            with errors_told(session):
                for done in schema.replay(iter(fold.log), made, partial(store.stream, session), partly=True):
                    progress(done, total)
        except (StoreUnusable, NewerStore) as error:
            fold.way_out = Message("install that version") if isinstance(error, NewerStore) else RESTORE
            fold.broken = Listed(*fold.log.wrong[:1], error.message, between="; ")
        else:
            create_indexes(made, schema.tables)
        yield fold


class Log:
    """What is noted of the events while they are read."""

    def __init__(self, events: Iterator[RecordedEvent]) -> None:
        self._events = events
        self.count = 0
        self.offices: set[str] = set()
        self.with_documents: list[RecordedEvent] = []
        self._versions: Counter[str] = Counter()
        self.wrong: list[Message] = []
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def __iter__(self) -> Iterator[RecordedEvent]:
        for event in self._events:
            self.count += 1
            self._versions[event.stream] += 1
            if event.position != self.count:
                self.wrong.append(Message("position {position} is missing", position=self.count))
                self.count = event.position
            if event.version != self._versions[event.stream]:
                version = self._versions[event.stream]
                self.wrong.append(
                    Message("version {version} of {stream} is missing", version=version, stream=event.stream)
                )
                self._versions[event.stream] = event.version
            if event.recorded_at < self._recorded_at:
                self.wrong.append(
                    Message("position {position} was recorded before the one that precedes it", position=event.position)
                )
            self._recorded_at = max(event.recorded_at, self._recorded_at)
            self.offices |= {unit_of(event.office), event.on_behalf_of or ""}
            if documents_in(event.data):
                self.with_documents.append(event)
            yield event

    def findings(self, check: str, lacking: Iterable[Message] = ()) -> Iterator[Found]:
        """What is to be said of the log, and of what it is ``lacking``."""
        if self.wrong:
            message, more = self.wrong[0], len(self.wrong) - 1
            message = Message("{said} (and {number} more)", said=message, number=more) if more else message
            yield Found(check, "wrong", Listed(message, *lacking, between="; "), RESTORE)
        else:
            yield Found(check, "ok", Message("{number} {number:event|events}, none missing", number=self.count))

    def clock(self, now: datetime) -> Found:
        """What is to be said of the clock."""
        if self._recorded_at > now:
            moment = MomentIn(self._recorded_at)
            message = Message("the last event was recorded at {moment}, which is in the future", moment=moment)
            way_out = Message("set the clock of this machine; until then, new events are dated with that moment")
            return Found(check="clock", state="look", found=message, what_to_do=way_out)
        return Found(check="clock", state="ok", found=Message("no event is later than the clock"))


class _Absent(NamedTuple):
    """A kind that is not installed, the distribution that brought it where that is on record, and its directives."""

    kind: str
    distribution: str | None
    directives: tuple[str, ...]


def _absent_kinds(made: Session) -> list[_Absent]:
    """The kinds of directives that are not installed here."""
    found = dict[str, list[DirectiveState]]()
    for directive in ReadModels(made).states.directives():
        if not kind_or_absent(directive.kind).installed:
            found.setdefault(directive.kind, []).append(directive)
    return [_Absent(kind, each[-1].distribution, tuple(one.id for one in each)) for kind, each in found.items()]


def _not_checked(absent: Sequence[_Absent]) -> Iterator[Found]:
    """What cannot be checked, since only kinds can tell it that are not installed."""
    for each in absent:
        yield Found(
            check="kinds",
            state="look",
            found=Message(
                "{kind}, the kind of {few}, is not installed: its work is neither counted nor checked",
                kind=each.kind,
                few=few_of([*each.directives]),
            ),
            what_to_do=Message("install {distribution}", distribution=each.distribution or each.kind),
        )


OF_WORK = ("tasks", "acts", "work_counts", "days", "documents")
"""The tables that hold what only the kind of a directive can tell of its events."""


def _left_out(table: Table, absent: Sequence[_Absent]) -> Callable[[Row], bool]:
    """Which rows of a table hold what only absent kinds can tell."""
    directives = {directive for each in absent for directive in each.directives}
    if table.name in OF_WORK:
        place = table.names.index("directive")
        return lambda row: row[place] in directives
    if table.name == STATES.name:
        kinds = {each.kind for each in absent}
        return lambda row: row[0].startswith(f"{PERSON.prefix}/") and row[0].split("/")[2] in kinds
    return lambda _: False


def kept_ready(session: Session, made: Session, tables: Sequence[Table]) -> Iterator[Found]:
    """Compare the tables of the store with those made of its events, but for the work of kinds that are not there."""
    absent = _absent_kinds(made)
    yield from _not_checked(absent)
    for table in tables:
        what = KEPT[table.name]
        try:
            with errors_told(session):
                wrong = [*differing(session, made, table, _left_out(table, absent))]
                rows = count(session, table)
        except StoreUnusable as error:
            yield Found(check=what, state="wrong", found=error.message, what_to_do=REBUILD)
            continue
        if wrong:
            message = Message(
                "{number} of {count} {count:row|rows} {number:differs|differ} from the events, the first {first}",
                number=len(wrong),
                count=rows,
                first=wrong[0],
            )
            yield Found(check=what, state="wrong", found=message, what_to_do=REBUILD)
        else:
            yield Found(
                check=what, state="ok", found=Message("{count} {count:row matches|rows match} the events", count=rows)
            )


def commands(session: Session, last: int) -> Iterator[Found]:
    """Each command on record has its events, up to the ``last`` one, and each event its command."""
    quiet, repeated = soundness.commands_without_events(session)
    right = Message(
        "every event matches its command; {quiet} {quiet:command|commands} changed nothing, "
        "{repeated} {repeated:repeats|repeat} another",
        quiet=quiet,
        repeated=repeated,
    )
    yield from one_or(soundness.misplaced_commands(session, last), "commands", right)


def evidence(log: "Log", files: Evidence, session: Session, *, strict: bool = False) -> Iterator[Found]:
    """Check the submitted files: an altered one is wrong, and so is a stored one that is missing.

    Args:
        strict: stored files are missing too where the folder as a whole is not here; else that is told apart.
    """
    views = [*evidence_of(log.with_documents, files, session)]
    by_digest = {each.digest: each for each in views}
    otherwise = [*(by_digest.keys() - {each.digest for each in views if each.as_noted})]
    altered = [digest for digest, each in by_digest.items() if each.condition == "altered"]
    unreadable = [digest for digest, each in by_digest.items() if each.condition == "unreadable"]
    let = Message("let this user read them")
    yield from about("{number} {number:file|files} cannot be read: {few}", unreadable, "evidence", "look", let)
    nobody = [*unnamed(by_digest, files, session)]
    missing = [each for each in by_digest.values() if each.kept and each.condition == "missing"]
    missing += [each for each in nobody if each.condition in ("missing", "altered")]
    not_here = [each.digest for each in missing if each.not_here and not strict]
    gone = [each.digest for each in missing if each.digest not in not_here]
    never = [digest for digest, each in by_digest.items() if each.never_kept]
    bring_back = Message("restore them with directives evidence add FILE, from the submitted files")
    keep = Message("store them with directives evidence add FILE")
    yield from about("{number} {number:file was|files were} altered: {few}", altered, "evidence", "wrong", bring_back)
    yield from about("{number} {number:file is|files are} missing: {few}", gone, "evidence", "wrong", bring_back)
    said = "{number} {number:file is|files are} not here: {few}"
    yield from about(said, not_here, "evidence", "look", _bring_along(files))
    said = "{number} {number:file was|files were} named but never stored here: {few}"
    yield from about(said, never, "evidence", "look", keep)
    said = "{number} evidence {number:record differs|records differ} from the events: {few}"
    yield from about(said, sorted(otherwise), "evidence", "wrong", RESTORE)
    beside = [*_beside(nobody, {*by_digest, *(each.digest for each in nobody)}, files)]
    yield from beside
    if not (altered or gone or not_here or never or otherwise or unreadable or beside):
        whole = Message("{number} {number:file|files}, unchanged since submission", number=len(by_digest))
        yield Found(check="evidence", state="ok", found=whole)


def _bring_along(files: Evidence) -> Message:
    folder = "" if files.folder is None else files.folder.name
    return Message("put the folder {folder} beside the store, or unpack a pack", folder=folder)


def _beside(nobody: Iterable[EvidenceView], on_record: Collection[str], files: Evidence) -> Iterator[Found]:
    """Files that no event names, and files that are on no record, are to be looked at; nobody misses anything."""
    kept = [each.digest for each in nobody if each.condition in ("whole", "unreadable")]
    look = Message("list them with directives evidence list; name them in a command, or leave them")
    yield from about(
        "{number} {number:file is|files are} stored but not named by any entry: {few}", kept, "evidence", "look", look
    )
    keep = Message("add them with directives evidence add FILE, or remove them")
    yield from about(
        "{number} {number:file|files} in the evidence folder {number:is|are} not on record: {few}",
        files.off_record(on_record),
        "evidence",
        "look",
        keep,
    )
