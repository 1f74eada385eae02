"""The log read backwards: the query for the newest of the events that are asked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from directives.store.dialect import Dialect
from directives.store.mapper import ACTOR_AT, OCCURRED_AT, actor_bytes, office_bytes
from directives.store.session import Session

FEW = 10_000
"""Events of ranges of streams are looked up by the index of streams where they are no more; else along the log."""
_EVENTS = "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
_NEWEST = "ORDER BY position DESC LIMIT :limit"


BEYOND_ALL = 2**62
"""A position beyond all that there are."""


class Sql(NamedTuple):
    """A query or a condition, and the values of its named parameters."""

    text: str
    values: Mapping[str, object]


class Wanted(NamedTuple):
    """The events that are asked for; what is left out is not asked about.

    Attributes:
        after: those after this position.
        before: those before this position.
        topics: those of these topics.
        occurred_by: those that had happened by this moment, as `utc_text` has it.
        actor: those that this actor recorded.
        office: those that this office recorded.
        ranges: those of streams whose names lie in a range: from the first up to, and without, the second.
        streams: a query for the streams that they are of, which are looked up one by one.
        within: a condition that the name of their stream, ``originator_id``, meets; it is looked at along the log.
    """

    after: int
    before: int
    topics: Sequence[str] = ()
    occurred_by: str | None = None
    actor: str | None = None
    office: str | None = None
    ranges: Sequence[tuple[str, str]] = ()
    streams: Sql | None = None
    within: Sql | None = None


def newest(session: Session, wanted: Wanted, limit: int) -> Sql:
    """The query for the newest ``limit`` of the events that are wanted, the newest first."""
    asked = [*_asked(session.dialect, wanted)]
    values: dict[str, object] = {"limit": limit, "after": wanted.after, "before": wanted.before}
    for each in (*asked, *_of_ranges(wanted.ranges)):
        values.update(each.values)
    position, stream = map(session.dialect.unindexed, ("position", "originator_id"))
    looked_up = " AND ".join([f"{position} > :after", f"{position} < :before", *(each.text for each in asked)])
    if wanted.streams is not None:
        found = f"""WITH wanted (stream) AS ({wanted.streams.text}) SELECT position FROM wanted CROSS JOIN stored_events
            WHERE originator_id = stream AND {looked_up} {_NEWEST}"""
        return Sql(_at(found), {**values, **wanted.streams.values})
    ranges = [each.text for each in _of_ranges(wanted.ranges)]
    if ranges and _are_few(session, ranges, values):
        parts = (f"SELECT position FROM stored_events WHERE {each} AND {looked_up}" for each in ranges)
        return Sql(_at(f"SELECT position FROM ({' UNION ALL '.join(parts)}) AS found {_NEWEST}"), values)
    there = [f"({' OR '.join(ranges).replace('originator_id', stream)})"] if ranges else []
    along = " AND ".join(["position > :after", "position < :before", *there, *(each.text for each in asked)])
    return Sql(f"{_EVENTS} WHERE {along} {_NEWEST}", values)


def _at(positions: str) -> str:
    """The query for the events at the positions that a query gives."""
    return f"{_EVENTS} WHERE position IN ({positions}) ORDER BY position DESC"


def _asked(dialect: Dialect, wanted: Wanted) -> Iterator[Sql]:
    """The conditions on an event but for its place, what is cheap to look at first."""
    if wanted.topics:
        topics = {f"topic_{number}": topic for number, topic in enumerate(wanted.topics)}
        yield Sql(f"topic IN ({', '.join(f':{name}' for name in topics)})", topics)
    if wanted.occurred_by is not None:
        moment = f"substr(state, {OCCURRED_AT}, {len(wanted.occurred_by)})"
        yield Sql(f"{moment} <= :occurred_by", {"occurred_by": wanted.occurred_by.encode()})
    if wanted.actor is not None:
        text = actor_bytes(wanted.actor)
        yield Sql(f"substr(state, {ACTOR_AT}, {len(text)}) = :actor", {"actor": text})
    if wanted.office is not None:
        # Searching for the office itself would look at all bytes of every other event, which takes twice as long.
        name, text = office_bytes(wanted.office)
        begins = f"{ACTOR_AT} + {dialect.place_of(':office_name', f'substr(state, {ACTOR_AT})')} - 1"
        yield Sql(
            f"substr(state, {begins}, {len(name + text)}) = :office", {"office_name": name, "office": name + text}
        )
    if wanted.within is not None:
        yield wanted.within


def _of_ranges(ranges: Sequence[tuple[str, str]]) -> Iterator[Sql]:
    for number, (first, last) in enumerate(ranges):
        names = {f"first_stream_{number}": first, f"last_stream_{number}": last}
        yield Sql("originator_id >= :{} AND originator_id < :{}".format(*names), names)


def _are_few(session: Session, ranges: Sequence[str], values: Mapping[str, object]) -> bool:
    parts = " UNION ALL ".join(f"SELECT 1 FROM stored_events WHERE {each}" for each in ranges)
    counted = session.cursor.execute(f"SELECT count(*) FROM ({parts} LIMIT {FEW + 1}) AS few", values)
    return counted.fetchone()[0] <= FEW
