"""The forms under which the names of units are looked up: as they are folded, as they sound, and odd codes."""

from collections.abc import Iterable

from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import spellings
from directives.domain.organisation.sounds import sound
from directives.domain.values import Text
from directives.projections.units import UnitRow, unit_row
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table

UNIT_NAMES = Table("unit_names", ("form TEXT NOT NULL", "code TEXT NOT NULL"), key=2)


def by_sound(text: str) -> str:
    """The form of a name that sounds like ``text``; empty where it has no sound."""
    sounds = sound(text)
    return f"~{sounds}" if sounds else ""


def by_code(text: str) -> str:
    """The form of a code that is ``text`` in any case."""
    return f":{text.upper()}"


def forms_of(name: Text, code: str) -> set[str]:
    """All forms of a unit; a code that is in capital letters is looked up as it is."""
    forms = {form for text in spellings(name) for form in (folded(text), by_sound(text)) if form}
    return forms if code.isupper() else {*forms, by_code(code)}


class UnitNames:
    """The table of forms."""

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor
        self._another_cursor = session.another_cursor
        self._new: list[tuple[str, str]] = []

    def register(self, unit: UnitRow) -> None:
        """Take the names of a unit in."""
        self._new.extend((form, unit.code) for form in forms_of(unit.name, unit.code))

    def renamed(self, unit: UnitRow, name: Text) -> None:
        """Take in that the unit has another name."""
        forms = [(form, unit.code) for form in forms_of(unit.name, unit.code)]
        self._session.delete(UNIT_NAMES, forms)
        self._new.extend((form, unit.code) for form in forms_of(name, unit.code))

    def of_forms(self, forms: Iterable[str]) -> dict[str, list[UnitRow]]:
        """The units that have each of ``forms``, by their codes; as they were flushed last."""
        rows = self._cursor.execute(
            f"""SELECT units.*, unit_names.form
            FROM {self._session.dialect.listed()} CROSS JOIN unit_names CROSS JOIN units
            WHERE unit_names.form = listed.value AND units.code = unit_names.code
            ORDER BY unit_names.form, unit_names.code""",
            (as_list(sorted({*forms})),),
        )
        found: dict[str, list[UnitRow]] = {}
        for row in rows.fetchall():
            found.setdefault(row[-1], []).append(unit_row(tuple(row)[:-1]))
        return found

    def codes(self, forms: Iterable[str]) -> dict[str, list[str]]:
        """The codes of the units that have each of ``forms``; as they were flushed last."""
        rows = self._another_cursor().execute(
            f"""SELECT form, code FROM {self._session.dialect.listed()} CROSS JOIN unit_names
            WHERE unit_names.form = listed.value ORDER BY form, code""",
            (as_list(sorted({*forms})),),
        )
        found: dict[str, list[str]] = {}
        for form, code in rows.fetchall():
            found.setdefault(form, []).append(code)
        return found

    def beginning(self, form: str, limit: int) -> list[UnitRow]:
        """The first ``limit`` units of which a folded name begins with ``form``."""
        rows = self._cursor.execute(
            """SELECT units.* FROM unit_names CROSS JOIN units
            WHERE unit_names.form >= ? AND unit_names.form < ? AND units.code = unit_names.code
            GROUP BY units.code ORDER BY min(unit_names.form), units.code LIMIT ?""",
            (form, form + "\uffff", limit),
        )
        return [*map(unit_row, rows.fetchall())]

    def forms(self, shortest: float, longest: float, *, latin: bool) -> list[str]:
        """The folded names of a length between two, in Latin letters or in others."""
        rows = self._another_cursor().execute(
            """SELECT DISTINCT form FROM unit_names
            WHERE form >= ? AND form < ? AND length(form) BETWEEN ? AND ?""",
            (*(("", "~") if latin else ("\x7f", "\uffff")), shortest, longest),
        )
        return [form for (form,) in rows.fetchall()]

    def flush(self) -> None:
        """Write what was taken in."""
        if self._new:
            self._session.insert(UNIT_NAMES, sorted(self._new))
            self._new.clear()
