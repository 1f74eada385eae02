"""How directives stood: as it was true at a moment, as far as it was known at a moment.

What happened by then, and was recorded by then, is what counts. The few events of a directive are taken in anew; tasks
are told by the table of acts; the units by their counts of today, less those that joined later, and with those that
moved or retired later where they were.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from directives.domain import directive
from directives.domain import organisation as units
from directives.domain.directive import Assignment, DirectiveState
from directives.domain.event import RecordedEvent
from directives.domain.organisation import Moved, Retired
from directives.domain.task import CLOSED
from directives.domain.values import day_of, start_of, utc_text
from directives.projections.tables import COUNTED_AS, NO_DIRECTIVE, OPEN, RETIRED, Tables, UnitRow, lineage_of, under
from directives.queries.status import Asked, Status, status_row
from directives.store.event_store import Ledger

MANY = 10_000
"""Of more units than these, where no more of them changed since, the totals of today are corrected."""


class Then(NamedTuple):
    """What is asked about: what happened by ``at``, of what was recorded up to the position ``known``."""

    at: datetime
    known: int

    def holds(self, event: RecordedEvent) -> bool:
        """Whether ``event`` had happened, and was known."""
        return event.position <= self.known and event.occurred_at <= self.at


def then_of(tables: Tables, at: datetime, known_at: datetime) -> Then:
    """What happened by ``at``, of what was recorded by ``known_at``."""
    return Then(at, _position_by(tables, known_at))


def end_of(day: date, zone: str) -> datetime:
    """The last moment of ``day`` in ``zone``."""
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1)


class Part(NamedTuple):
    """Some of the units of a level: those whose paths of today lie in a range, to be added or taken off."""

    root: UnitRow
    sign: int


def status_as_of(ledger: Ledger, tables: Tables, asked: Asked, then: Then) -> list[Status]:
    """The totals of every directive and level that was asked for, as they were; without what kinds count.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what is asked for does not exist today.
    """
    organisation = tables.organisation()
    if asked.level is not None:
        organisation.level(asked.level)
    ranks = {level.code: rank for rank, level in enumerate(organisation.levels)}
    parents = _parents(ledger, tables, then)
    unit = None if asked.unit is None else tables.unit(asked.unit)
    totals: dict[tuple[str, str], Counter[str]] = {}
    kinds: dict[str, str] = {}
    for state in _directives(ledger, tables, asked, then):
        kinds[state.id] = state.kind
        for assignment in sorted(state.standing, key=lambda each: ranks[each.level]):
            tree = _Tree(tables, then, assignment.position, parents)
            place = tree.counts_at(tables.unit(assignment.scope), unit)
            if place is None or ranks[assignment.level] < ranks[place.level]:
                continue
            if asked.level in (None, assignment.level):
                counted = _counted(tables, tree, state, assignment, place, organisation.zone)
                totals.setdefault((state.id, assignment.level), Counter()).update(counted)
    return [
        status_row(name, kinds[name], organisation.level(level), asked.unit, numbers, {})
        for (name, level), numbers in totals.items()
    ]


def _directives(ledger: Ledger, tables: Tables, asked: Asked, then: Then) -> Iterator[DirectiveState]:
    """The directives that had been issued, as they stood."""
    today = tables.directives() if asked.directive is None else [tables.directive(asked.directive)[0]]
    for each in today:
        state = NO_DIRECTIVE
        for event in filter(then.holds, ledger.stream(directive.stream(each.id))):
            state = directive.evolve(state, event)
        if state.id:
            yield state


def _parents(ledger: Ledger, tables: Tables, then: Then) -> dict[str, str | None]:
    """The parents of the units that were not where they are today; none of those that had retired."""
    found: dict[str, str | None] = {}
    changed = "SELECT code FROM units INDEXED BY units_that_changed WHERE version > 1"
    for row in tables.cursor.execute(changed).fetchall():
        now, parent, retired = tables.unit(row["code"]), None, False
        for event in ledger.stream(units.stream(now.code)):
            if event.version == 1 or (isinstance(event.data, Moved) and then.holds(event)):
                parent = getattr(event.data, "parent", None)
            retired |= isinstance(event.data, Retired) and then.holds(event)
        if retired:
            found[now.code] = None
        elif now.retired or parent != now.parent:
            found[now.code] = parent
    return found


class _Tree:
    """The units as they stood for an order at ``position``: those that were registered before it were there."""

    def __init__(self, tables: Tables, then: Then, position: int, parents: dict[str, str | None]) -> None:
        self._tables, self.then, self.position, self._parents = tables, then, position, parents

    def lineage(self, unit: UnitRow) -> tuple[str, ...]:
        """The codes from the top unit down to a unit, as it stood; none of one that had retired, or had not joined."""
        if not self._had_joined(unit):
            return ()
        codes = lineage_of(unit.path)
        for place in range(len(codes) - 1, -1, -1):
            if codes[place] in self._parents:
                parent = self._parents[codes[place]]
                return () if parent is None else (*self.lineage(self._tables.unit(parent)), *codes[place:])
        return codes

    def _had_joined(self, unit: UnitRow) -> bool:
        zone = self._tables.organisation().zone
        by_then = unit.place < self.position or unit.joined <= day_of(self.then.at, zone)
        return unit.place <= self.then.known and by_then

    def counts_at(self, scope: UnitRow, unit: UnitRow | None) -> UnitRow | None:
        """The unit at which an assignment counts, as `compliance.parts` has it; None where it counts nowhere."""
        above = self.lineage(scope)
        if not above:
            return None
        if unit is None or unit.code in above:
            return scope
        return unit if scope.code in self.lineage(unit) else None

    def parts(self, place: UnitRow) -> list[Part]:
        """What makes up the units that were at or below ``place``: those that are there today, and what moved since."""
        found = [Part(place, 1)]
        for code in self._parents:
            root = self._tables.unit(code)
            was = place.code in self.lineage(root)
            is_ = not root.retired and place.code in lineage_of(root.path)
            if code == place.code or was == is_:
                continue
            found.append(Part(root, 1 if was else -1))
            found += [Part(inner, -1 if was else 1) for inner in self._changed_within(code)]
        return found

    def _changed_within(self, code: str) -> list[UnitRow]:
        """Units below one that moved which moved by themselves too, and with no such one between."""
        rows = [self._tables.unit(each) for each in self._parents if each != code]
        inside = [row for row in rows if not row.retired and code in lineage_of(row.path)]
        return [
            row
            for row in inside
            if next(each for each in reversed(lineage_of(row.path)[:-1]) if each in self._parents) == code
        ]


def _counted(
    tables: Tables, tree: _Tree, state: DirectiveState, assignment: Assignment, place: UnitRow, zone: str
) -> Counter[str]:
    total = Counter[str]()
    today = day_of(tree.then.at, zone)
    for part in tree.parts(place):
        numbers = _standing(tables, tree.then, state, assignment.level, part.root, today)
        numbers["expected"] = _expected(tables, tree.then, assignment, part.root, today)
        numbers["later"] += _with_grace(tables, tree.then, state, assignment, part.root, today)
        for name, number in numbers.items():
            total[name] += part.sign * number
    if assignment.expected is not None:
        total["expected"] = sum(number for name, number in total.items() if name not in ("expected", "later"))
    open_tasks = total["expected"] - sum(total[name] for name in CLOSED)
    total["overdue"] = open_tasks - total["later"] if today > assignment.due else 0
    return total


def _expected(tables: Tables, then: Then, assignment: Assignment, root: UnitRow, today: date) -> int:
    """The units of the level that are at or below ``root`` today and had joined; a retired one counts as it was."""
    level = assignment.level
    count = int(root.level == level) if root.retired else tables.count(root.code, level)
    if not count:
        return 0
    first, last = under(root.path)
    since = min(then.known, _position_by(tables, then.at))
    later = tables.cursor.execute(
        """SELECT count(*) FROM units INDEXED BY units_that_joined
        WHERE level = ? AND place > ? AND (place > ? OR (place > ? AND joined > ?)) AND path >= ? AND path < ?""",
        (level, since, then.known, assignment.position, today.isoformat(), first, last),
    ).fetchone()[0]
    return count - later


def _position_by(tables: Tables, at: datetime) -> int:
    """The position of the last event that was recorded by ``at``; 0 where there is none."""
    moment = utc_text(at)
    low, high = 0, tables.cursor.execute("SELECT coalesce(max(position), 0) FROM stored_events").fetchone()[0]
    while low < high:
        middle = (low + high + 1) // 2
        row = tables.cursor.execute(
            "SELECT json_extract(CAST(state AS TEXT), '$.recorded_at') FROM stored_events WHERE position = ?", (middle,)
        ).fetchone()
        if row[0] <= moment:
            low = middle
        else:
            high = middle - 1
    return low


def _standing(
    tables: Tables, then: Then, state: DirectiveState, level: str, root: UnitRow, today: date
) -> Counter[str]:
    """How many units at or below ``root`` stood in which state; ``later`` are open ones with a later day of theirs."""
    if root.parent is None and tables.count(root.code, level) > MANY:
        changed = _changed_since(tables, then, state.id, level)
        if len(changed) <= MANY:
            return _as_today_but_for(changed, tables, then, state, level, root, today)
    last_act = """SELECT acts.state AS state, acts.due AS due, max(position) FROM {source}
        WHERE directive = :directive AND acts.level = :level AND position <= :known AND occurred_at <= :at {where}
        GROUP BY acts.unit"""
    first, last = under(root.path)
    if root.parent is None:
        # All of them: without a look at each unit, but for the few that had retired.
        inner = last_act.format(source="acts", where="AND unit NOT IN (SELECT value FROM json_each(:gone))")
    else:
        inner = last_act.format(
            source="units CROSS JOIN acts ON acts.unit = units.code",
            where="AND units.level = :level AND path >= :first AND path < :last",
        )
    values = {"directive": state.id, "level": level, "known": then.known, "at": utc_text(then.at)}
    gone = json.dumps([row.code for row in tables.units_under(RETIRED)]) if root.parent is None else "[]"
    values |= {"first": first, "last": last, "today": today.isoformat(), "gone": gone}
    found = Counter[str]()
    for row in tables.cursor.execute(
        f"""SELECT state, count(*) AS number, total(due >= :today AND state NOT IN {CLOSED}) AS later
        FROM ({inner}) GROUP BY state""",
        values,
    ):
        found[row["state"]] = row["number"]
        found["later"] += int(row["later"])
    return found


def _changed_since(tables: Tables, then: Then, directive_id: str, level: str) -> list[str]:
    """The units, not retired today, with an act that had not happened or was not known."""
    rows = tables.cursor.execute(
        """SELECT DISTINCT unit FROM acts CROSS JOIN units ON units.code = acts.unit
        WHERE directive = ? AND acts.level = ? AND (position > ? OR occurred_at > ?) AND path < ? LIMIT ?""",
        (directive_id, level, then.known, utc_text(then.at), RETIRED, MANY + 1),
    )
    return [row["unit"] for row in rows]


def _as_today_but_for(
    changed: list[str],
    tables: Tables,
    then: Then,
    state: DirectiveState,
    level: str,
    top: UnitRow,
    today: date,
) -> Counter[str]:
    """As `_standing`, of all units: the totals of today, with those that ``changed`` since as they stood."""
    found, codes = tables.tally(state.id, level, top.code), json.dumps(changed)
    for row in tables.cursor.execute(
        f"""SELECT {COUNTED_AS} AS state, count(*) AS number FROM json_each(?)
        CROSS JOIN tasks ON directive = ? AND unit = value GROUP BY 1""",
        (codes, state.id),
    ):
        found[row["state"]] -= row["number"]
    found["later"] = tables.cursor.execute(
        f"""SELECT count(*) FROM tasks INDEXED BY tasks_extended CROSS JOIN units ON units.code = tasks.unit
        WHERE directive = ? AND due >= ? AND level = ? AND path < ? AND {OPEN}
        AND unit NOT IN (SELECT value FROM json_each(?))""",
        (state.id, today.isoformat(), level, RETIRED, codes),
    ).fetchone()[0]
    for code in changed:
        stood = _last_act(tables, then, state.id, level, code)
        if stood is not None:
            found[stood[0]] += 1
            found["later"] += stood[0] not in CLOSED and (stood[1] or "") >= today.isoformat()
    return found


def _with_grace(
    tables: Tables, then: Then, state: DirectiveState, assignment: Assignment, root: UnitRow, today: date
) -> int:
    """The open tasks of units that joined late and whose grace ran still, but for those with a later day of theirs."""
    first, last = under(root.path)
    joined = tables.cursor.execute(
        """SELECT code, joined, place FROM units INDEXED BY units_that_joined
        WHERE level = ? AND place > ? AND place <= ? AND joined <= ? AND path >= ? AND path < ?""",
        (assignment.level, assignment.position, then.known, today.isoformat(), first, last),
    ).fetchall()
    number = 0
    for row in joined:
        due = directive.due_of(state, assignment, row["place"], date.fromisoformat(row["joined"]), None)
        if due >= today:
            stood = _last_act(tables, then, state.id, assignment.level, row["code"])
            number += stood is None or (stood[0] not in CLOSED and (stood[1] or "") < today.isoformat())
    return number


def _last_act(tables: Tables, then: Then, directive_id: str, level: str, code: str) -> tuple[str, str | None] | None:
    row = tables.cursor.execute(
        """SELECT state, due FROM acts WHERE directive = ? AND level = ? AND unit = ? AND position <= ?
        AND occurred_at <= ? ORDER BY position DESC LIMIT 1""",
        (directive_id, level, code, then.known, utc_text(then.at)),
    ).fetchone()
    return None if row is None else (row["state"], row["due"])
