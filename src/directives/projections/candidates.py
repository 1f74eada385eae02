"""Candidates for a word that is being typed: the units, directives, levels and meetings of a store that begin so.

A shell asks for them at each press of a key, in a process of its own: a connection and a query are all that is needed.
"""

import json
import os
import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

from directives.domain.errors import StoreUnusable
from directives.domain.organisation.folding import folded
from directives.i18n.message import reason_of


class Candidate(NamedTuple):
    """What a word may become, and what tells people what that is."""

    text: str
    about: str = ""


class Candidates:
    """What the names of a store begin with.

    Every question raises `StoreUnusable` where the store cannot be read.

    Args:
        path: the file of the store; it is only read.
        lang: the language in which what is found is told.
        most: how many there are at most.
    """

    def __init__(self, path: str | os.PathLike[str], lang: str = "en", most: int = 100) -> None:
        self._path, self._hindi, self._most = os.fspath(path), lang == "hi", most

    def units(self, begun: str, directive: str | None = None) -> list[Candidate]:
        """Units whose code begins so, in any case; and those whose name does, in either language, by their names.

        Args:
            directive: only units of the levels that owe this directive.
        """
        with self._reading() as connection:
            levels = None if directive is None else self._levels_of(connection, directive)
            found = [*self._by_code(connection, begun, levels)]
            if begun and not begun.isupper():
                found += self._by_name(connection, begun, levels)
            return found[: self._most]

    def directives(self, begun: str) -> list[Candidate]:
        """Directives whose id begins so."""
        return [Candidate(name, self._title(state["title"])) for name, state in self._states("directive", begun)]

    def meetings(self, begun: str) -> list[Candidate]:
        """Meetings whose id begins so."""
        found = self._states("meeting", begun)
        return [Candidate(name, self._title(state["recorded"]["title"])) for name, state in found]

    def levels(self, begun: str) -> list[Candidate]:
        """Levels whose code begins so; or whose name does, by that."""
        found = list[Candidate]()
        for level in (level for _, state in self._states("organisation") for level in state["levels"]):
            texts = (each for each in (level["code"], *level["name"].values()) if each)
            fitting = [each for each in texts if not begun or folded(each).startswith(folded(begun))]
            found += [Candidate(text, self._title(level["name"])) for text in fitting[:1]]
        return found

    def digests(self, begun: str) -> list[Candidate]:
        """Files whose digest begins so, by the first twelve digits."""
        first = f"sha256:{begun.removeprefix('sha256:')}"
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT digest, media_type FROM evidence WHERE digest BETWEEN ? AND ? ORDER BY digest LIMIT ?",
                (first, first + "g", self._most),
            ).fetchall()
        return [Candidate(digest.partition(":")[2][: max(12, len(begun))], told) for digest, told in rows]

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"file:{quote(self._path)}?mode=ro", uri=True, timeout=0.2)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreUnusable("db: {path} cannot be read: {said}", path=self._path, said=reason_of(error)) from error

    def _title(self, text: Mapping[str, str | None] | None) -> str:
        return self._said(text["en"] or "", text.get("hi")) if text else ""

    def _said(self, english: str, hindi: str | None) -> str:
        return hindi or english if self._hindi else english

    def _by_code(self, connection: sqlite3.Connection, begun: str, levels: Sequence[str] | None) -> Iterator[Candidate]:
        for prefix in dict.fromkeys((begun, begun.upper())):
            rows = connection.execute(
                """SELECT code, name_en, name_hi, level FROM units WHERE code >= ? AND code < ? ORDER BY code""",
                (prefix, prefix + "\U0010ffff"),
            )
            for code, english, hindi, level in self._of_levels(rows, levels):
                yield Candidate(code, f"{self._said(english, hindi)}, {level}")

    def _by_name(self, connection: sqlite3.Connection, begun: str, levels: Sequence[str] | None) -> Iterator[Candidate]:
        """Units by name; those that share one with the name of their level, or else with their code."""
        name, bracket, told = begun.partition(" (")
        form, hindi = folded(name), not begun.isascii()
        rows = connection.execute(
            """SELECT units.code, name_en, name_hi, units.level,
                (SELECT count(*) FROM unit_names AS same WHERE same.form = unit_names.form),
                (SELECT count(*) FROM unit_names AS same CROSS JOIN units AS others
                    WHERE same.form = unit_names.form AND others.code = same.code AND others.level = units.level)
            FROM unit_names CROSS JOIN units
            WHERE unit_names.form BETWEEN ? AND ? AND units.code = unit_names.code
            ORDER BY unit_names.form, units.code""",
            (form, form if bracket else form + "\U0010ffff"),
        )
        called = self._level_names(connection, hindi=hindi)
        for code, in_english, in_hindi, level, alike, of_level in self._of_levels(rows, levels):
            name = in_hindi if hindi and in_hindi is not None else in_english
            texts = [f"{name} ({each})" for each in ([called[level]] if of_level == 1 else []) + [code]]
            fitting = [each for each in texts if not told or each.casefold().startswith(begun.casefold())]
            yield from (Candidate(each, f"{code}, {level}") for each in ([name] if alike == 1 else fitting[:1]))

    def _level_names(self, connection: sqlite3.Connection, *, hindi: bool) -> dict[str, str]:
        ((state,),) = connection.execute("SELECT state FROM states WHERE stream = 'organisation'").fetchall()
        names = {each["code"]: each["name"] for each in json.loads(state)["levels"]}
        return {code: (name.get("hi") if hindi else None) or name["en"] for code, name in names.items()}

    def _of_levels(self, rows: sqlite3.Cursor, levels: Sequence[str] | None) -> Iterator[tuple[Any, ...]]:
        found = (row for row in rows if levels is None or row[3] in levels)
        yield from (row for _, row in zip(range(self._most), found, strict=False))

    def _levels_of(self, connection: sqlite3.Connection, directive: str) -> list[str]:
        rows = connection.execute("SELECT state FROM states WHERE stream = ?", (f"directive/{directive}",))
        return [each["level"] for (state,) in rows for each in json.loads(state)["assignments"]]

    def _states(self, kind: str, begun: str | None = None) -> Iterator[tuple[str, Any]]:
        """The states of the streams of a kind whose id begins so, or of the one stream that is called so."""
        first = kind if begun is None else f"{kind}/{begun}"
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT stream, state FROM states WHERE stream BETWEEN ? AND ? ORDER BY stream LIMIT ?",
                (first, first if begun is None else f"{first}\U0010ffff", self._most),
            ).fetchall()
        yield from ((stream.removeprefix(f"{kind}/"), json.loads(state)) for stream, state in rows)
