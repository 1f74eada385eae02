"""The units of the organisation, each with its way down the tree."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from directives.domain.errors import UnitRetired, UnknownUnit
from directives.domain.event import RecordedEvent
from directives.domain.organisation.events import AttributesChanged, Moved, Registered, Renamed, Restored, Retired
from directives.domain.organisation.units import Unit
from directives.domain.values import Text, day_of
from directives.store.dialect import as_list
from directives.store.newest import Sql
from directives.store.session import Session
from directives.store.table import Index, Table

UNITS = Table(
    "units",
    (
        "code TEXT NOT NULL",
        "version INTEGER NOT NULL",
        "parent TEXT",
        "level TEXT NOT NULL",
        "path TEXT NOT NULL UNIQUE",
        "place INTEGER NOT NULL",
        "joined TEXT NOT NULL",
        "name_en TEXT NOT NULL",
        "name_hi TEXT",
        "attributes TEXT NOT NULL",
        "restored INTEGER",
        "restored_on TEXT",
    ),
    key=1,
    indexes=(
        Index("units_of_level", "level, path"),
        Index("units_below", "parent, path"),
        Index("units_that_joined", "level, place"),
        Index("units_restored", "level, restored", "restored IS NOT NULL"),
    ),
)
RETIRED = "~/"
"""What the path of a retired unit begins with; so it lies in no range of paths."""

UnitFact = Registered | Renamed | AttributesChanged | Moved | Retired | Restored


class UnitRow(NamedTuple):
    """A unit with its path in the tree.

    Attributes:
        path: the codes from the top unit down, each closed by a slash; behind ``~/`` where the unit is retired.
        position: that of its registration in the log.
        joined: the day of its registration.
        restored: the position of its last restoration, if it was retired and is there again.
        restored_on: the day of that.
    """

    code: str
    version: int
    parent: str | None
    level: str
    path: str
    position: int
    joined: date
    name: Text
    attributes: dict[str, str]
    restored: int | None = None
    restored_on: date | None = None

    @property
    def came(self) -> int:
        """The position of its registration, or of its last restoration."""
        return self.restored or self.position

    @property
    def came_on(self) -> date:
        """The day of that."""
        return self.restored_on or self.joined

    @property
    def lineage(self) -> tuple[str, ...]:
        """The codes from the top unit down to this one; of a retired one, as it was."""
        return lineage_of(self.path)

    @property
    def retired(self) -> bool:
        """Whether the unit is retired."""
        return self.path.startswith(RETIRED)

    @property
    def unit(self) -> Unit:
        """The unit as an organisation file gives it."""
        return Unit(code=self.code, parent=self.parent, level=self.level, name=self.name, attributes=self.attributes)


class Shift(NamedTuple):
    """What a unit that moves or retires takes from the units above it, and brings to others.

    Attributes:
        changes: how many times what is counted at the unit is added to what is counted at other units.
        levels: the levels of the units at or below it.
        directives: the ids of all directives.
    """

    unit: UnitRow
    changes: Mapping[str, int]
    levels: Sequence[str]
    directives: Sequence[str]


@lru_cache(10_000)
def lineage_of(path: str) -> tuple[str, ...]:
    """The codes of a path, from the top."""
    return tuple(path.removeprefix(RETIRED).rstrip("/").split("/")) if path else ()


def under(path: str) -> tuple[str, str]:
    """The range of paths at or below ``path`` (all, when empty): from the first up to, and without, the second."""
    # In ASCII "0" follows "/", and "~" follows all that a code may hold.
    return path, path[:-1] + "0" if path else "~"


def just(path: str) -> tuple[str, str]:
    """The range of paths that has ``path`` alone."""
    return path, f"{path} "


class Units:
    """The table of units."""

    def __init__(self, session: Session, *, stored: bool = False) -> None:
        """Of ``session``; ``stored`` where a temporary table of that name is not meant."""
        self._session, self._cursor, self._dialect = session, session.cursor, session.dialect
        self._table = f"{self._dialect.stored}units" if stored else "units"
        self._another_cursor = session.another_cursor
        self._held: dict[str, UnitRow] = {}
        self._new: list[UnitRow] = []

    def unit(self, code: str) -> UnitRow:
        """The unit of that code, a retired one too.

        Raises:
            UnknownUnit: there is none.
        """
        held = self._held.get(code)
        if held is None:
            row = self._cursor.execute(f"SELECT * FROM {self._table} WHERE code = ?", (code,)).fetchone()
            if row is None:
                raise UnknownUnit(
                    "unit: {code} is unknown: search by name with directives org find", reason="unknown-unit", code=code
                )
            held = self._held[code] = unit_row(row)
        return held

    def live(self, code: str) -> UnitRow:
        """The unit of that code.

        Raises:
            UnknownUnit: there is none.
            UnitRetired: it is no more.
        """
        unit = self.unit(code)
        if unit.retired:
            raise UnitRetired("unit: {code} was retired: name another one", code=code)
        return unit

    def prepare(self) -> None:
        """Let other queries find the table as it is read here."""

    def there_for(self, unit: UnitRow, position: int) -> bool:  # noqa: ARG002
        """Whether a unit is there for an order at a position: any, once it is registered."""
        return True

    def of_codes(self, codes: Iterable[str]) -> list[UnitRow]:
        """The units with these codes; unknown codes are skipped."""
        rows = self._cursor.execute(
            f"SELECT units.* FROM {self._dialect.listed()} CROSS JOIN {self._table} WHERE units.code = listed.value",
            (as_list(sorted(codes)),),
        )
        units = [*map(unit_row, rows)]
        self._held.update((row.code, row) for row in units)
        return units

    def under(self, path: str) -> Iterator[UnitRow]:
        """The units at or below ``path``, each before those under it."""
        rows = self._cursor.execute("SELECT * FROM units WHERE path >= ? AND path < ? ORDER BY path", under(path))
        return map(unit_row, rows)

    def of_level(self, level: str, path: str) -> list[UnitRow]:
        """The units of a level at or below ``path``, in the order of their paths."""
        rows = self._cursor.execute(
            f"""SELECT * FROM units {self._dialect.by_index("units_of_level")}
            WHERE level = ? AND path >= ? AND path < ? ORDER BY path""",
            (level, *under(path)),
        )
        return [*map(unit_row, rows)]

    def names_of(self, level: str, limit: int, *, hindi: bool) -> tuple[list[str], list[str]]:
        """The codes and the names of the live units of a level, ``limit`` at most."""
        column = "name_hi" if hindi else "name_en"
        rows = (
            self._another_cursor()
            .execute(
                f"""SELECT code, {column} FROM units {self._dialect.by_index("units_of_level")}
            WHERE level = ? AND path < ? AND {column} IS NOT NULL LIMIT ?""",
                (level, RETIRED, limit),
            )
            .fetchall()
        )
        return [code for code, _ in rows], [name for _, name in rows]

    def children(self, unit: UnitRow) -> list[UnitRow]:
        """The units that report to ``unit``, in the order of their paths."""
        rows = self._cursor.execute(
            "SELECT * FROM units WHERE parent = ? AND path >= ? AND path < ? ORDER BY path",
            (unit.code, *under(unit.path)),
        )
        return [*map(unit_row, rows.fetchall())]

    def top(self) -> UnitRow:
        """The top unit of the organisation."""
        return unit_row(self._cursor.execute(f"SELECT * FROM {self._table} ORDER BY path LIMIT 1").fetchone())

    def registered_after(self, levels: Iterable[str], position: int) -> list[UnitRow]:
        """The units of these levels that were registered after a position."""
        rows = self._cursor.execute(
            f"""SELECT units.* FROM {self._dialect.listed()}
            CROSS JOIN {self._table} {self._dialect.by_index("units_that_joined")}
            WHERE level = listed.value AND place > ?""",
            (as_list(levels), position),
        )
        return [*map(unit_row, rows.fetchall())]

    def restored_after(self, level: str, position: int) -> list[UnitRow]:
        """The units of a level that were restored after a position."""
        rows = self._cursor.execute(
            f"SELECT * FROM {self._table} {self._dialect.by_index('units_restored')} WHERE level = ? AND restored > ?",
            (level, position),
        )
        return [*map(unit_row, rows.fetchall())]

    def register(self, event: RecordedEvent, fact: Registered, zone: str) -> UnitRow:
        """Take a unit in; returns it with its path in the tree."""
        above = "" if fact.parent is None else self.unit(fact.parent).path
        row = UnitRow(
            fact.code,
            event.version,
            fact.parent,
            fact.level,
            f"{above}{fact.code}/",
            event.position,
            day_of(event.occurred_at, zone),
            fact.name,
            fact.attributes,
        )
        self._held[row.code] = row
        self._new.append(row)
        return row

    def change(self, event: RecordedEvent, fact: UnitFact, zone: str) -> None:
        """Take in what happened to a unit."""
        unit = self.unit(event.stream.partition("/")[2])
        match fact:
            case Renamed(name=name):
                unit = unit._replace(name=name)
            case AttributesChanged(attributes=attributes):
                unit = unit._replace(attributes=attributes)
            case Moved(parent=parent):
                path = f"{self.unit(parent).path}{unit.code}/"
                self._move(unit.path, path)
                unit = unit._replace(parent=parent, path=path)
            case Retired():
                unit = unit._replace(path=RETIRED + unit.path)
            case Restored(parent=parent):
                unit = unit._replace(
                    parent=parent,
                    path=f"{self.unit(parent).path}{unit.code}/",
                    restored=event.position,
                    restored_on=day_of(event.occurred_at, zone),
                )
            case Registered():
                raise TypeError(f"{unit.code} is registered: it changes")
        unit = unit._replace(version=event.version)
        self._cursor.execute(
            "UPDATE units SET version = ?, parent = ?, path = ?, name_en = ?, name_hi = ?, attributes = ?, "
            "restored = ?, restored_on = ? WHERE code = ?",
            (unit.version, unit.parent, unit.path, *unit_params(unit)[7:], unit.code),
        )
        self._held[unit.code] = unit

    def _move(self, before: str, path: str) -> None:
        """Let all paths at or below one begin with another."""
        self._cursor.execute(
            "UPDATE units SET path = ? || substr(path, CAST(? AS integer)) WHERE path >= ? AND path < ?",
            (path, len(before) + 1, *under(before)),
        )
        self._held.clear()

    def flush(self) -> None:
        """Write what was taken in."""
        if self._new:
            self._session.insert(UNITS, map(unit_params, self._new))
            self._new.clear()


def streams_under(session: Session, path: str, directives: Iterable[str], *, own: bool = True) -> Sql:
    """A query for the streams of the units at or below ``path``, of those there when they retired, and of their tasks.

    Args:
        own: the streams of the units themselves too, and not of their tasks alone.
    """
    chosen = session.dialect.listed("directives", "chosen")
    tasks = f"SELECT 'task/' || chosen.value || '/' || code FROM units CROSS JOIN {chosen} WHERE {_THERE}"
    units = f"SELECT 'unit/' || code FROM units WHERE {_THERE} UNION ALL " if own else ""
    return Sql(units + tasks, {**_there(path), "directives": as_list(directives)})


def streams_of(session: Session, code: str, directives: Iterable[str]) -> Sql:
    """A query for the streams of one unit and of its tasks."""
    chosen = session.dialect.listed("directives", "chosen")
    return Sql(
        f"""SELECT 'unit/' || :code
        UNION ALL SELECT 'task/' || chosen.value || '/' || :code FROM {chosen}""",
        {"code": code, "directives": as_list(directives)},
    )


def is_stream_under(session: Session, path: str) -> Sql:
    """A condition on ``originator_id``: it is the stream of such a unit, or of a task of one."""
    slash = session.dialect.place_of("'/'", "substr(originator_id, 6)")
    return Sql(
        f"""EXISTS (SELECT 1 FROM units WHERE ({_THERE}) AND code = CASE substr(originator_id, 1, 5)
        WHEN 'unit/' THEN substr(originator_id, 6)
        WHEN 'task/' THEN substr(originator_id, 6 + {slash}) END)""",
        _there(path),
    )


_THERE = """(units.path >= :first AND units.path < :last)
    OR (units.path >= :first_retired AND units.path < :last_retired)"""


def _there(path: str) -> dict[str, str]:
    (first, last), (first_retired, last_retired) = under(path), under(RETIRED + path)
    return {"first": first, "last": last, "first_retired": first_retired, "last_retired": last_retired}


def unit_row(row: Sequence[Any]) -> UnitRow:
    """A unit, of a row of the table of units."""
    code, version, parent, level, path, position, joined, name_en, name_hi, attributes, restored, restored_on = row
    name = Text.of_valid({"en": name_en, "hi": name_hi})
    noted: dict[str, str] = json.loads(attributes) if attributes != "{}" else {}
    day = None if restored_on is None else date.fromisoformat(restored_on)
    return UnitRow(code, version, parent, level, path, position, date.fromisoformat(joined), name, noted, restored, day)


def unit_params(unit: UnitRow) -> tuple[str | int | None, ...]:
    """A row of the table of units, of a unit."""
    attributes = json.dumps(unit.attributes, ensure_ascii=False) if unit.attributes else "{}"
    restored_on = None if unit.restored_on is None else unit.restored_on.isoformat()
    return (*unit[:6], unit.joined.isoformat(), unit.name.en, unit.name.hi, attributes, unit.restored, restored_on)
