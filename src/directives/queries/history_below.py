"""The history of a unit and of all below it: what was done there, page by page."""

from collections.abc import Iterator
from itertools import islice

from directives.domain.event import RecordedEvent
from directives.projections.read_models import ReadModels
from directives.projections.units import RETIRED, UnitRow, streams_under, under
from directives.queries.narrator import unit_of_stream
from directives.store.event_store import PAGE, EventStore

MANY = 20_000
"""Below a unit that has more units than these, events are found along the log; else by the streams of the units."""


def events_below(
    store: EventStore, models: ReadModels, code: str, after: int, limit: int | None
) -> list[RecordedEvent]:
    """What happened to a unit, to those that are or were below it when they retired, and to their tasks; in log order.

    Args:
        after: the position after which.
        limit: how many at most.

    Raises:
        UnknownUnit: there is no such unit.
    """
    if models.day is None:
        return _page(store, models, code, after, limit)
    found = list[RecordedEvent]()
    while limit is None or len(found) < limit:  # of few that had happened many pages are gone through, but long ones
        together = None if limit is None else max(limit, PAGE)
        page = _page(store, models, code, after, together)
        found += filter(models.holds, page)
        if together is None or len(page) < together or page[-1].position > models.known:
            break
        after = page[-1].position
    return found[:limit]


def _page(store: EventStore, models: ReadModels, code: str, after: int, limit: int | None) -> list[RecordedEvent]:
    models.units.prepare()
    unit = models.units.unit(code)
    if models.unit_counts.below(code) > MANY:
        return [*islice(_along_the_log(store, models, unit, after), limit)]
    directives = [directive.id for directive in models.states.directives()]
    streams = streams_under(models.session, unit.path.removeprefix(RETIRED), directives)
    return store.of_streams(models.session, streams, after, limit)


def _along_the_log(store: EventStore, models: ReadModels, unit: UnitRow, after: int) -> Iterator[RecordedEvent]:
    path = unit.path.removeprefix(RETIRED)
    ranges = (under(path), under(RETIRED + path))
    while rows := store.event_log.between(models.session, after + 1, after + PAGE):
        codes = {row.id: "".join(unit_of_stream(str(row.originator_id))) for row in rows}
        paths = {row.code: row.path for row in models.units.of_codes({*codes.values()} - {""})}
        for row in rows:
            at = paths.get(codes[row.id], "")
            if any(first <= at < last for first, last in ranges):
                yield store.event(row)
        after += PAGE
