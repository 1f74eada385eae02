"""Tasks one by one, a page at a time: found from the top down, and only where the totals say that there are some."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from directives.domain import directive, task
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.errors import UnknownTask
from directives.domain.task import Stage
from directives.domain.values import Text, day_of
from directives.projections.tables import RETIRED, Tables, UnitRow, under, unit_row
from directives.queries.status import ENDED, Asked, TaskView, owing, parts

FEW = 64
"""Where no more units than these are below a unit, they are looked at one by one."""
READ = 500
"""Rows that are read together."""


class Wanted(NamedTuple):
    """Which tasks are listed: those in a state, those that are overdue, or all; and those ``after`` a task."""

    state: Stage | None = None
    overdue: bool = False
    after: str | None = None


class _Part(NamedTuple):
    """What of an assignment is listed: the place at or below which, and the path after which."""

    order: DirectiveState
    assignment: Assignment
    place: UnitRow
    after: str


def tasks(tables: Tables, asked: Asked, now: datetime, wanted: Wanted, limit: int | None = None) -> Iterator[TaskView]:
    """The tasks that were asked for, by directive, level and place in the tree; ``limit`` of them at most.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
        UnknownTask: there is no task to go on after.
    """
    found = (view for part in _parts(tables, asked, wanted) for view in _views(tables, part, now, wanted))
    return islice(_once(found) if wanted.state == "withdrawn" else found, limit)


def _once(found: Iterator[TaskView]) -> Iterator[TaskView]:
    """Each task once: a unit can have been withdrawn from several scopes, one after the other."""
    seen = set[str]()
    for view in found:
        if view.task not in seen:
            seen.add(view.task)
            yield view


def one_task(tables: Tables, task_id: str, now: datetime) -> TaskView:
    """The task of that id.

    Raises:
        UnknownTask, UnknownDirective, UnknownUnit: there is none.
    """
    directive_id, code = task.split(task_id)
    order, unit = tables.directive(directive_id)[0], tables.unit(code)
    ended = not unit.retired and directive.last_owed(order, unit.level, unit.lineage) in order.ended
    if not ended:
        tables.owed(order, unit)
    for view in tasks(tables, Asked(directive_id, code, unit.level), now, Wanted("withdrawn" if ended else None)):
        return view
    raise UnknownTask(
        "task: {task_id} is unknown: {code} came to its level after that was completed", task_id=task_id, code=code
    )


def _parts(tables: Tables, asked: Asked, wanted: Wanted) -> Iterator[_Part]:
    """The parts of assignments that come after the task to go on after; none that cannot be overdue yet."""
    found = parts(tables, asked, withdrawn=wanted.state == "withdrawn")
    if wanted.after is None:
        yield from (_Part(*part, after="") for part in found)
        return
    directive_id, code = task.split(wanted.after)
    last, unit = tables.directive(directive_id)[0], tables.unit(code)
    ranks = {level.code: rank for rank, level in enumerate(tables.organisation().levels)}
    reached, path = (last.position, ranks[unit.level]), unit.path.removeprefix(RETIRED)
    for part in found:
        order, assignment, _ = part
        here = (order.position, ranks[assignment.level])
        if here >= reached:
            yield _Part(*part, after=path if here == reached else "")


def _views(tables: Tables, part: _Part, now: datetime, wanted: Wanted) -> Iterator[TaskView]:
    order, assignment = part.order, part.assignment
    organisation = tables.organisation()
    today = day_of(now, organisation.zone)
    if wanted.overdue and today <= assignment.due:
        return
    assert order.title is not None, "only issued directives are assigned"
    level_name = organisation.level(assignment.level).name
    for row in _rows(tables, part, wanted):
        stage: Stage = "withdrawn" if wanted.state == "withdrawn" else row["stage"]
        extended = None if row["due"] is None else date.fromisoformat(row["due"])
        due = directive.due_of(order, assignment, row["place"], date.fromisoformat(row["joined"]), extended)
        overdue = today > due and stage not in ENDED
        if overdue or not wanted.overdue:
            yield TaskView(
                task=f"{order.id}/{row['code']}",
                directive=order.id,
                kind=order.kind,
                unit=row["code"],
                level=assignment.level,
                state=stage,
                due=due,
                overdue=overdue,
                submitted_at=row["submitted_at"],
                verified_at=row["verified_at"],
                assignee=row["assignee"],
                unit_name=Text(en=row["name_en"], hi=row["name_hi"]),
                level_name=level_name,
                title=order.title,
            )


def _rows(tables: Tables, part: _Part, wanted: Wanted) -> Iterator[sqlite3.Row]:
    """The units of a part with their tasks, in the order of their paths."""
    if wanted.state == "withdrawn":
        owed_anew = {each.scope for each in part.order.standing if each.level == part.assignment.level}
        rows = _between(tables, part, under(part.place.path), "")
        yield from (row for row in rows if owed_anew.isdisjoint(row["path"].split("/")))
        return
    chosen = "" if wanted.state is None else f"AND coalesce(stage, 'assigned') = '{wanted.state}'"
    if wanted.overdue:
        chosen = f"AND coalesce(stage, 'assigned') NOT IN {ENDED}"
    if not chosen:
        yield from _between(tables, part, under(part.place.path), "")
        return
    count = tables.count(part.place.code, part.assignment.level)
    for paths in _where_some_are(tables, part, part.place, count, wanted):
        yield from _between(tables, part, paths, chosen)


def _between(tables: Tables, part: _Part, paths: tuple[str, str], chosen: str) -> Iterator[sqlite3.Row]:
    """Units of the level whose paths are in a range, with their tasks; read from page to page."""
    last = max(part.after, paths[0])
    including = ">" if last == part.after else ">="
    while True:
        rows = tables.cursor.execute(
            f"""SELECT code, path, place, joined, name_en, name_hi, submitted_at, verified_at, due, assignee,
            coalesce(stage, 'assigned') AS stage FROM units {owing(part.assignment)}
            WHERE level = ? AND path {including} ? AND path < ? {chosen} ORDER BY path LIMIT ?""",
            (part.order.id, part.assignment.level, last, paths[1], READ),
        ).fetchall()
        yield from rows
        if len(rows) < READ:
            return
        last, including = rows[-1]["path"], ">"


def _where_some_are(
    tables: Tables, part: _Part, place: UnitRow, count: int, wanted: Wanted
) -> Iterator[tuple[str, str]]:
    """Ranges of paths at or below ``place``, in their order, in which the totals have tasks that are wanted.

    Args:
        count: how many units of the level are at or below ``place``.
    """
    level = part.assignment.level
    if place.level == level or count <= FEW:
        yield under(place.path)
        return
    ended = part.assignment.expected is not None
    below = tables.cursor.execute(
        f"""SELECT below.*, coalesce(unit_counts.count, 0), {_number(wanted, ended=ended)} FROM units AS below
        LEFT JOIN unit_counts ON unit_counts.unit = below.code AND unit_counts.level = :level
        WHERE below.parent = :parent AND path >= :first AND path < :last ORDER BY path""",
        dict(zip(("first", "last"), under(place.path), strict=True))
        | {"directive": part.order.id, "level": level, "parent": place.code},
    ).fetchall()
    for row in below:
        *fields, count, number = row
        unit = unit_row(fields)
        if under(unit.path)[1] > part.after and (number or unit.level == level):
            yield from _where_some_are(tables, part, unit, count, wanted)


_TALLIED = """SELECT coalesce(sum(tallies.count), 0) FROM tallies
    WHERE tallies.directive = :directive AND tallies.level = :level AND tallies.unit = below.code"""


def _number(wanted: Wanted, *, ended: bool) -> str:
    """SQL of the number of tasks below a unit that are wanted, or, as for overdue ones, that may be."""
    if wanted.state == "verified":
        return f"({_TALLIED} AND state IN ('on_time', 'late'))"
    if wanted.state not in (None, "assigned"):
        return f"({_TALLIED} AND state = '{wanted.state}')"
    others = "state <> 'assigned'" if wanted.state == "assigned" else f"state IN {task.CLOSED}"
    owed = f"({_TALLIED})" if ended else "coalesce(unit_counts.count, 0)"
    return f"{owed} - ({_TALLIED} AND {others})"
