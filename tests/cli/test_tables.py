"""Tables: straight in every terminal, no word broken, nothing lost, for any width."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.cells import ends, places, starts

from directives_cli.tables import Column, field_lines, natural_width, table_lines, tree_lines, widths, wrapped

WORDS = ["खूंटी", "लोकसभा", "प्रस्तुत", "किया", "गया", "पूर्ण", "JH-PC11", "written-report/JH-PC11", "15", "नवंबर", "की", "के"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
NUMBERS = st.integers(0, 10**7).map(str)


@st.composite
def tables(draw):
    """The headings of a table, each in it once, its rows, and which columns are numbers."""
    number = draw(st.integers(1, 5))
    kinds = [False, *draw(st.lists(st.booleans(), min_size=number - 1, max_size=number - 1))]
    rows = draw(st.lists(st.tuples(*(NUMBERS if each else TEXTS for each in kinds)), min_size=1, max_size=6))
    headings = [f"{draw(st.sampled_from(['इकाई', 'state', 'नियत तिथि', 'due']))} {at}" for at in range(number)]
    return [Column(*each) for each in zip(headings, zip(*rows, strict=True), kinds, strict=True)]


@given(tables(), st.sampled_from([40, 80, 120, 200]), st.sampled_from([2, 3]))
def test_every_word_of_every_cell_is_there_whole_and_in_order(columns, width, gap):
    head, lines = table_lines(columns, width, gap=gap)
    told = " ".join(" ".join([*head, *lines]).split())
    for column in columns:
        heading = column.heading if any(column.cells) else ""
        for word in " ".join([heading, *column.cells]).split():
            assert re.search(rf"(?<!\S){re.escape(word)}(?![^\s;:])", told), word


@given(tables(), st.sampled_from([40, 80, 120]))
def test_a_table_is_no_wider_than_asked_but_for_its_longest_word(columns, width):
    head, lines = table_lines(columns, width)
    texts = [text for each in columns for text in (each.heading, *each.cells)]
    longest = max(widths(word)[1] for text in texts for word in text.split(" "))
    for line in [*head, *lines]:
        assert ends(line, 1) <= max(width, longest + 8)
        assert ends(line, 0) <= max(width, longest + 8)


@given(st.lists(st.tuples(TEXTS, TEXTS, NUMBERS, TEXTS), min_size=2, max_size=6))
def test_a_column_begins_in_one_cell_whatever_a_terminal_counts(rows):
    marked = [(f"a {one}", f"b {two}", f"c{number}", f"d {last}") for one, two, number, last in rows]
    columns = [Column(heading, cells) for heading, cells in zip("ABCD", zip(*marked, strict=True), strict=True)]
    _, lines = table_lines(columns, 10_000)
    found = dict[str, set[int]]()
    for line in lines:
        for signs in (0, 1):
            at = [*places(line, signs)]
            for mark in "abcd":
                for match in re.finditer(rf"(?:^|(?<=[ \t])){mark}(?= |\d|$)", line):
                    found.setdefault(mark, set()).add(at[match.start()])
    assert all(len(each) == 1 for each in found.values()), found


def test_numbers_stand_on_the_right_under_their_heading():
    columns = [Column("unit", ["a", "b"]), Column("expected", ["7", "1,234"], number=True), Column("level", ["x", "y"])]
    head, lines = table_lines(columns, 80, gap=2)
    assert head[0] == "unit  expected  level"
    assert lines == ["a            7  x", "b        1,234  y"]
    assert natural_width(columns, 2) == len(head[0])


def test_hindi_numbers_are_straight_too():
    columns = [Column("निर्देश", ["a", "b"]), Column("अपेक्षित", ["7", "12"], number=True), Column("स्तर", ["x", "y"])]
    _, lines = table_lines(columns, 80)
    for text in ("x", "y"):
        (line,) = (each for each in lines if each.endswith(text))
        assert starts(line, text, 0) == starts(line, text, 1) == 16


def test_what_does_not_fit_wraps_at_spaces_then_goes_below_its_row():
    unit = "Khunti, Lok Sabha of Jharkhand"
    columns = [Column("task", ["written-report/JH-PC11"]), Column("unit", [unit])]
    assert table_lines(columns, 44, gap=2)[1] == ["written-report/JH-PC11  Khunti, Lok Sabha of", f"{'Jharkhand':>33}"]
    assert table_lines(columns, 41, gap=2)[1] == ["written-report/JH-PC11", f"  unit: {unit}"]


def test_the_least_important_goes_first():
    columns = [Column(heading, [heading * 3]) for heading in ("abcdef", "ghijkl", "mnopqr")]
    assert table_lines(columns, 45, gap=2)[1] == ["abcdef" * 3 + "  " + "ghijkl" * 3, "  mnopqr: " + "mnopqr" * 3]
    told = table_lines(columns, 45, gap=2, important=["mnopqr"])[1]
    assert told == ["abcdef" * 3 + "  " + "mnopqr" * 3, "  ghijkl: " + "ghijkl" * 3]


def test_a_text_of_many_vowel_signs_is_folded():
    signs = "की " * 9
    assert len(wrapped(signs.strip(), 100, 8)) == 2
    assert wrapped("x" * 50, 10) == ["x" * 50]
    _, lines = table_lines([Column("a", [signs.strip()]), Column("b", ["|"])], 100)
    (line,) = (each for each in lines if "|" in each)
    assert starts(line, "|", 0) == starts(line, "|", 1)


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", (3, 3)), ("की", (1, 2)), ("क्षि", (2, 3)), ("खूंटी", (2, 3)), ("表", (2, 2))]
)
def test_a_text_has_a_least_and_a_greatest_width(text, cells):
    assert widths(text) == cells


def test_fields_have_their_values_below_each_other():
    told = [*field_lines([("task", ["a"]), ("next", ["one two", "three"])], 14, 6)]
    assert told == ["task   a", "next   one two", "       three"]
    assert [*field_lines([("task", ["one two three four"])], 19, 6)] == ["task   one two", "       three four"]


def test_a_tree_has_its_guides():
    below = {None: ["a", "z"], "a": ["b", "c"], "b": ["d"]}
    labels = {each: each.upper() for each in "abcdz"}
    assert [*tree_lines(labels, below)] == ["A", "├── B", "│   └── D", "└── C", "Z"]


def test_rows_of_hindi_by_the_thousand_end_in_time():
    """No time is measured: it would not end for a minute, were each row laid out by itself."""
    rows = [(f"written-report/JH-PC{each}", "प्रस्तुत किया गया", "खूंटी, लोकसभा " * 3) for each in range(20_000)]
    columns = [Column(str(number), cells) for number, cells in enumerate(zip(*rows, strict=True))]
    assert all(len({*map(len, pair)}) == 1 for pair in pairwise(table_lines(columns, 80)[1][:8:4]))
