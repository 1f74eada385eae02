"""docs/how-to/*.md: each block prints what the page says."""

import pytest
from tests.docs.transcripts import BLOCK, HOW_TO, normal, played


def test_there_are_pages():
    assert {path.name for path in HOW_TO} >= {"backup.md"}


@pytest.mark.parametrize("path", HOW_TO, ids=lambda path: path.name)
def test_each_block_prints_what_the_page_says(tmp_path, path):
    text = path.read_text("utf-8")
    assert BLOCK.search(text)
    told = played(tmp_path, text)
    assert "Traceback" not in told
    assert normal(told) == normal(text), "python -m tests.docs.transcripts writes it anew"
