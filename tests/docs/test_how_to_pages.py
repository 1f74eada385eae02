"""docs/how-to/*.md: each block prints what the page says."""

import pytest
from tests.docs.by_the_clock import play
from tests.docs.transcripts import BLOCK, FILE, HOW_TO, SHOWN, normal


def test_there_are_pages():
    assert {path.name for path in HOW_TO} >= {"backup.md", "roles.md", "own-kind.md", "follow-events.md"}


@pytest.mark.parametrize("path", HOW_TO, ids=lambda path: path.name)
def test_each_block_prints_what_the_page_says(tmp_path, path):
    text = path.read_text("utf-8")
    assert BLOCK.search(text)
    told = play(path)(tmp_path, text)
    assert "Traceback" not in told
    assert normal(told) == normal(text), "python -m tests.docs.transcripts writes it anew"


def test_the_files_that_pages_show_are_those_of_the_project():
    shown = {match[2]: match[3] for path in HOW_TO for match in FILE.finditer(path.read_text("utf-8"))}
    assert {*shown} == {*SHOWN, "pyproject.toml"}
    assert {name: shown[name] for name in SHOWN} == {name: path.read_text("utf-8") for name, path in SHOWN.items()}
