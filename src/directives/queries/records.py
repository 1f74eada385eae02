"""What is on record about tasks, as the kinds of their directives list it: groups, reports, speakers."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.listing import Listing, OnRecord, Row, Value
from directives.directive_kinds.registry import distribution_of, kind_or_absent, kinds
from directives.domain.directive.state import DirectiveState
from directives.domain.errors import InvalidInput, KindUnusable
from directives.domain.event import EVENTS, RecordedEvent, standing, taking_back
from directives.domain.task.state import TASK, split_task
from directives.domain.values import Model
from directives.i18n.message import tripped_over
from directives.projections.change import require_known
from directives.projections.read_models import ReadModels
from directives.projections.tasks import ActedTask, streams_of_tasks
from directives.projections.units import RETIRED, just, under
from directives.queries.selection import Filter
from directives.store.event_store import EventStore

READ = 200
"""Tasks whose events are read together."""


class Record(Model):
    """A row of a list of what is on record.

    Attributes:
        unit: the unit that owes the task.
        number: which of the rows of its task it is, from 1; later events change it only where they strike one out.
        values: its values, by the names of the columns of the `Listing`; None where there is none.
    """

    task: str
    directive: str
    unit: str
    number: int
    values: Mapping[str, Value]

    @property
    def place(self) -> str:
        """What says where the next page begins: ``TASK@NUMBER``."""
        return f"{self.task}@{self.number}"


class _Reached(NamedTuple):
    """After which row a list goes on: the place of its directive, the path of its unit, its number; None is all."""

    position: int
    path: str
    number: int | None


def records(
    store: EventStore,
    models: ReadModels,
    noun: str,
    chosen: Filter,
    *,
    below: bool,
    after: str | None,
    limit: int | None,
) -> list[Record]:
    """The rows of the list of that noun: by directive, then by the path of the unit, then in log order.

    Raises:
        InvalidInput: no kind has such a list, or what stands behind ``@`` is no number.
        UnknownDirective, UnknownUnit, UnknownTask: what was asked for does not exist.
    """
    listings = listings_of(noun)
    states = models.states
    directives = states.directives() if chosen.directive is None else [states.directive(chosen.directive)[0]]
    paths = under("")
    if chosen.unit is not None:
        unit = models.units.unit(chosen.unit)
        paths = under(unit.path) if below else just(unit.path)
    reached = None if after is None else _reached(models, after, retired=paths[0].startswith(RETIRED))
    found = (
        record
        for directive in directives
        if directive.kind in listings
        for record in _of_directive(store, models, directive, listings[directive.kind], paths, reached)
    )
    return [*islice(found, limit)]


def listings_of(noun: str) -> Mapping[str, Listing]:
    """The lists of that noun, by the names of their kinds.

    Raises:
        InvalidInput: no kind has one.
    """
    found = {kind.name: kind.lists[noun] for kind in kinds().values() if noun in kind.lists}
    if not found:
        nouns = dict.fromkeys(noun for kind in kinds().values() for noun in kind.lists)
        raise InvalidInput("noun: {noun} has no list: use one of {choices}", noun=noun, choices=", ".join(nouns))
    return found


def _reached(models: ReadModels, after: str, *, retired: bool) -> _Reached:
    """Where a list goes on.

    Args:
        retired: the list is that of a retired unit.
    """
    task, at, number = after.partition("@")
    directive, code = split_task(task)
    if at and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise InvalidInput(
            "after: {number} is not the number of a row: write TASK, or TASK@NUMBER as shown", number=repr(number)
        )
    path = models.units.unit(code).path
    position = models.states.directive(directive)[0].position
    return _Reached(position, path if retired else path.removeprefix(RETIRED), int(number) if at else None)


def _of_directive(
    store: EventStore,
    models: ReadModels,
    directive: DirectiveState,
    listing: Listing,
    paths: tuple[str, str],
    reached: _Reached | None,
) -> Iterator[Record]:
    """The rows of the tasks of a directive; tasks are read some at a time, with the events of all of them."""
    first, skipped = paths[0], ("", 0)
    if reached is not None:
        if directive.position < reached.position:
            return
        if directive.position == reached.position:
            first = max(first, reached.path if reached.number is not None else f"{reached.path} ")
            skipped = (reached.path, reached.number or 0)
    while tasks := models.tasks.acted(directive.id, (first, paths[1]), READ):
        for task, rows in _rows(store, models, directive, listing, tasks):
            begin = skipped[1] if task.path == skipped[0] else 0
            for number, row in islice(enumerate(rows, start=1), begin, None):
                yield _record(directive, listing, task, number, row)
        first = f"{tasks[-1].path} "  # after that path, and before those below it


def _rows(
    store: EventStore, models: ReadModels, directive: DirectiveState, listing: Listing, tasks: list[ActedTask]
) -> Iterator[tuple[ActedTask, Iterator[Row]]]:
    """The rows of each of ``tasks``."""
    events: dict[str, list[RecordedEvent]] = {TASK.stream(directive.id, task.unit): [] for task in tasks}
    names = {each.NAME for each in listing.events}
    topics = [*taking_back(), *(topic for topic, each in EVENTS.items() if each.NAME in names)]
    kind, of_others = kind_or_absent(directive.kind), distribution_of(directive.kind) is not None
    wanted = () if of_others else topics  # a version may be on record that the kind does not know
    for event in store.of_streams(models.session, streams_of_tasks(models.session, events), 0, None, wanted):
        events[event.stream].append(event)
    if of_others:
        require_known(kind, [event for each in events.values() for event in each])
    window = None if kind.window is None else kind.window(directive.parameters)
    for task, own in zip(tasks, events.values(), strict=True):
        on_record = [event for event in standing(own) if event.name in names]
        if on_record:
            record = OnRecord(on_record, directive.parameters, models.zone, window)
            yield task, _listed(kind, f"{directive.id}/{task.unit}", listing, record)


def _listed(kind: Kind, task: str, listing: Listing, record: OnRecord) -> Iterator[Row]:
    """The rows of a task; a kind that cannot tell them is named.

    Raises:
        KindUnusable: it trips over an event, as over one of which something that came before was struck out.
    """
    try:
        yield from listing.rows(record)
    except Exception as error:
        raise KindUnusable(
            "kind: {kind} cannot list what is on record about {task} ({said})",
            kind=kind.name,
            task=task,
            said=tripped_over(error),
        ) from error


def _record(directive: DirectiveState, listing: Listing, task: ActedTask, number: int, row: Row) -> Record:
    """A row as it is told."""
    return Record.of_valid(
        {
            "task": f"{directive.id}/{task.unit}",
            "directive": directive.id,
            "unit": task.unit,
            "number": number,
            "values": {name: row.get(name) for name in listing.columns},
        }
    )
