"""Tables of text for a width of so many cells: they are straight in every terminal, and no word is broken.

A vowel sign of Hindi takes a cell of its own in some terminals and none in others, so a text has a least and a greatest
width. A text whose widths differ is padded until both lie in one stretch of `STOP` cells; a tab then leads to the same
cell in every terminal. What does not fit wraps at its spaces; what still does not goes below its row, with its heading.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from unicodedata import category, east_asian_width

STOP = 8
"""Cells from one tab stop to the next, in every terminal."""
NARROW = 18
"""A column of texts is not made narrower than so many cells, or its longest word."""
INDENT = "  "


@lru_cache(maxsize=1 << 16)
def widths(text: str) -> tuple[int, int]:
    """How many cells a text takes at least and at most: a vowel sign takes none, or one."""
    if text.isascii():
        return len(text), len(text)
    least = signs = 0
    for each in text:
        kind = category(each)
        if kind == "Mc":
            signs += 1
        elif kind not in ("Mn", "Me", "Cf"):
            least += 2 if east_asian_width(each) in "WF" else 1
    return least, least + signs


def wrapped(text: str, width: int, apart: int | None = None) -> list[str]:
    """A text in lines of ``width`` cells at most, broken at its spaces only: a longer word has a line of its own.

    Args:
        apart: the two widths of a line differ by less, where a column follows.
    """
    if _fits(text, width, apart):
        return [text]
    lines, line = list[str](), ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and not _fits(longer, width, apart):
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _fits(text: str, width: int, apart: int | None) -> bool:
    least, greatest = widths(text)
    return greatest <= width and (apart is None or greatest - least < apart)


@dataclass
class Column:
    """A column: its heading and its cells; numbers stand on the right."""

    heading: str
    cells: Sequence[str]
    number: bool = False
    natural: int = field(init=False)
    tight: int = field(init=False)
    unsure: bool = field(init=False)

    def __post_init__(self) -> None:
        texts = {self.heading, *self.cells}
        self.natural = max(widths(each)[1] for each in texts)
        headed = max((widths(word)[1] for word in self.heading.split(" ")), default=0)
        own = max((widths(each)[1] for each in self.cells), default=0)
        if not self.number and own > NARROW:
            words = {word for each in self.cells for word in each.split(" ")}
            own = max(NARROW, *(widths(word)[1] for word in words))
        self.tight = max(headed, own)
        self.unsure = any(least != greatest for least, greatest in map(widths, texts))


def table_lines(
    columns: Sequence[Column], width: int, *, gap: int = 3, important: Collection[str] = (), totals: int = 0
) -> tuple[list[str], list[str]]:
    """The lines of the headings, and those of the rows.

    Args:
        width: how many cells a line has.
        gap: cells between two columns whose texts are as wide in every terminal.
        important: the headings of the columns that go below their rows last, beside the first column, which never does.
        totals: so many rows at the end stand apart.
    """
    kept, below = list(columns), list[Column]()
    while (fitting := _fitting(kept, width, gap)) is None and len(kept) > 1:
        least = next((each for each in reversed(kept[1:]) if each.heading not in important), kept[-1])
        kept.remove(least)
        below.append(least)
    below.sort(key=columns.index)
    layout = _Layout(kept, fitting or [each.tight for each in kept], gap)
    head = [*layout.row([each.heading for each in kept])]
    rule = "─" * min(max(layout.end, max(widths(line)[1] for line in head)), width)
    lines, number = list[str](), len(columns[0].cells)
    beside = [*zip(*(each.cells for each in kept), strict=True)]
    for row in range(number):
        if row == number - totals:
            lines.append("")
        lines += layout.row(beside[row])
        lines += _below([(each.heading, each.cells[row]) for each in below], width)
    return [*head, rule], lines


def natural_width(columns: Sequence[Column], gap: int) -> int:
    """How many cells a table takes where nothing is wrapped."""
    return _Layout(columns, [each.natural for each in columns], gap).end


def _below(cells: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """The cells of columns that stand below their row, each with its heading; empty ones are left out."""
    room, line = width - len(INDENT) - 1, ""
    for told in (f"{heading}: {cell}" if heading else cell for heading, cell in cells if cell):
        longer = f"{line}; {told}" if line else told
        if line and widths(longer)[1] > room:
            yield f"{INDENT}{line};"
            longer = told
        *full, line = wrapped(longer, room)
        yield from (f"{INDENT}{each}" for each in full)
    if line:
        yield INDENT + line


def _fitting(columns: Sequence[Column], width: int, gap: int) -> list[int] | None:
    """How wide each column is, so that all fit side by side: as it likes, or narrower; None where they cannot."""
    wide = [each.natural for each in columns]
    if natural_width(columns, gap) <= width:
        return wide
    tight = [each.tight for each in columns]
    if _Layout(columns, tight, gap).end > width:
        return None
    while _Layout(columns, wide, gap).end > width:  # the widest that can be narrower, a cell at a time
        narrower = max((each for each in range(len(wide)) if wide[each] > tight[each]), key=wide.__getitem__)
        wide[narrower] -= 1
    return wide


class _Layout:
    """Where columns begin, each so many cells wide."""

    def __init__(self, columns: Sequence[Column], wide: Sequence[int], gap: int) -> None:
        self._columns, self._wide, self._starts = columns, wide, [0]
        for column, cells in zip(columns, wide, strict=True):
            end = self._starts[-1] + cells
            self._starts.append(STOP * (end // STOP + 1) if column.unsure else end + gap)
        self.end = self._starts[-2] + wide[-1]

    def row(self, cells: Sequence[str]) -> Iterator[str]:
        """The lines of a row, its cells wrapped."""
        last = len(cells) - 1
        parts = [
            wrapped(cell, wide, STOP if number < last else None)
            for number, (cell, wide) in enumerate(zip(cells, self._wide, strict=True))
        ]
        return map(self.line, zip_longest(*parts, fillvalue=""))

    def line(self, texts: Sequence[str]) -> str:
        """A line with a text in each column."""
        return "".join(self._cell(number, text) for number, text in enumerate(texts)).rstrip()

    def _cell(self, number: int, text: str) -> str:
        """A cell, padded to where the next column begins."""
        start, end = self._starts[number], self._starts[number + 1]
        least, greatest = widths(text)
        if self._columns[number].number and least == greatest:
            text = text.rjust(self._wide[number] + len(text) - least)
            least = greatest = max(least, self._wide[number])
        if least == greatest or number == len(self._columns) - 1:
            return text + " " * (end - start - least)
        stretch = (start + greatest) // STOP
        padding = max(0, STOP * stretch - start - least)
        return text + " " * padding + "\t" * (end // STOP - stretch)


def tree_lines(labels: Mapping[str, str], below: Mapping[str | None, Sequence[str]]) -> Iterator[str]:
    """A tree in lines, each top (what is below None) with all below it.

    Args:
        labels: what is written of each node.
        below: the nodes right below each.
    """
    rest = [(top, "", "") for top in reversed(below.get(None, ()))]
    while rest:
        node, before, guides = rest.pop()
        yield before + labels[node]
        nodes = below.get(node, ())
        for each in reversed(nodes):
            last = each == nodes[-1]
            rest.append((each, guides + ("└── " if last else "├── "), guides + ("    " if last else "│   ")))


def field_lines(fields: Sequence[tuple[str, Sequence[str]]], width: int, least: int) -> Iterator[str]:
    """The names and the values of fields, in lines of ``width`` cells; the values of one stand below each other.

    Args:
        least: values begin so many cells from the left, or further.
    """
    names = Column("", [name for name, _ in fields])
    layout = _Layout([names, Column("", [])], [max(names.natural, least), 0], 1)
    room = max(12, width - layout.end)
    for name, values in fields:
        told = [line for value in values for line in wrapped(value, room)]
        for number, line in enumerate(told or [""]):
            yield layout.line(["" if number else name, line])
