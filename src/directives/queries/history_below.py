"""The history of a unit and of all below it: what was done there, page by page."""

import json
from collections.abc import Iterator
from itertools import islice

from directives.domain.event import RecordedEvent
from directives.projections.tables import RETIRED, Tables, UnitRow, under
from directives.store.event_store import PAGE, Ledger

MANY = 20_000
"""Below a unit that has more units than these, events are found along the log; else by the streams of the units."""


def events_below(ledger: Ledger, tables: Tables, code: str, after: int, limit: int | None) -> list[RecordedEvent]:
    """What happened to a unit, to those that are or were below it when they retired, and to their tasks; in log order.

    Args:
        after: the position after which.
        limit: how many at most.

    Raises:
        UnknownUnit: there is no such unit.
    """
    unit = tables.unit(code)
    if tables.below(unit) > MANY:
        return [*islice(_along_the_log(ledger, tables, unit, after), limit)]
    return [*map(ledger.event, ledger.rows.of_streams(tables.cursor, *_streams(tables, unit), after, limit))]


def _ranges(unit: UnitRow) -> tuple[tuple[str, str], tuple[str, str]]:
    """The paths of the units there, and of those that were there when they retired."""
    path = unit.path.removeprefix(RETIRED)
    return under(path), under(RETIRED + path)


def _streams(tables: Tables, unit: UnitRow) -> tuple[str, dict[str, str]]:
    """SQL of the streams of the units there and of their tasks, and its values."""
    (first, last), (first_retired, last_retired) = _ranges(unit)
    values = {"first": first, "last": last, "first_retired": first_retired, "last_retired": last_retired}
    values["orders"] = json.dumps([order.id for order in tables.directives()])
    there = """(units.path >= :first AND units.path < :last)
        OR (units.path >= :first_retired AND units.path < :last_retired)"""
    return (
        f"""SELECT 'unit/' || code FROM units WHERE {there}
        UNION ALL SELECT 'task/' || orders.value || '/' || code FROM units CROSS JOIN json_each(:orders) AS orders
        WHERE {there}""",
        values,
    )


def _along_the_log(ledger: Ledger, tables: Tables, unit: UnitRow, after: int) -> Iterator[RecordedEvent]:
    ranges = _ranges(unit)
    while page := ledger.rows.between(tables.cursor, after + 1, after + PAGE):
        codes = {row.id: _unit_of(str(row.originator_id)) for row in page}
        paths = {row.code: row.path for row in tables.units_of({*codes.values()} - {""})}
        for row in page:
            path = paths.get(codes[row.id], "")
            if any(first <= path < last for first, last in ranges):
                yield ledger.event(row)
        after += PAGE


def _unit_of(stream: str) -> str:
    """The code of the unit that a stream is about; empty where it is about none."""
    return stream.rpartition("/")[2] if stream.startswith(("unit/", "task/")) else ""
