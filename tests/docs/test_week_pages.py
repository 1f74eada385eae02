"""docs/week-*.md: each block prints what it says, by the clock of its page; both languages give the same commands."""

import re

import pytest
from tests.docs import transcripts
from tests.docs.by_the_clock import MOMENT, WEEKS, moment, played

HINDI, ENGLISH = WEEKS[::2], WEEKS[1::2]


def blocks(path):
    return [match[1] for match in transcripts.BLOCK.finditer(path.read_text("utf-8"))]


def told(path):
    """The moments and the commands of a page, without what is said in its language."""
    for block in blocks(path):
        (first, _), *commands = transcripts.commands_in(block)
        yield moment(first)
        for command, _ in commands:
            yield re.sub(r'"[^"]*"|DIRECTIVES_LANG=\w+ ?', "", command).strip()


@pytest.mark.parametrize("path", WEEKS, ids=lambda path: path.name)
def test_each_block_prints_what_the_page_says(tmp_path, path):
    text = path.read_text("utf-8")
    assert len(blocks(path)) >= 14
    assert played(tmp_path, text) == text, "python -m tests.docs.transcripts writes it anew"


@pytest.mark.parametrize(
    ("hindi", "english"), [*zip(HINDI, ENGLISH, strict=True)], ids=("convenor", "clerk", "tutorial")
)
def test_both_languages_give_the_same_commands_at_the_same_moments(hindi, english):
    assert [*told(hindi)] == [*told(english)]


@pytest.mark.parametrize("path", WEEKS, ids=lambda path: path.name)
def test_the_days_of_the_week_have_headings_and_their_blocks_stand_below_them(path):
    text = path.read_text("utf-8")
    days = re.split(r"(?m)^## ", text)
    week = [part for part in days if MOMENT.fullmatch(f"# {part.splitlines()[0]}, 00:00")]
    assert [moment(f"# {part.splitlines()[0]}, 00:00").day for part in week] == [6, 7, 8, 9, 10, 11]
    for part in week:
        day = part.splitlines()[0]
        assert all(block.startswith(f"# {day}, ") for block in re.findall(r"(?ms)^```console\n(.*?)^```$", part))


def test_a_wrong_day_of_the_week_is_found():
    with pytest.raises(AssertionError, match="Tuesday, 6"):
        moment("# Tuesday, 6 November 2023, 16:00")
