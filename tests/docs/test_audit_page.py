"""docs/audit.md: its transcripts print what they say, its digest is the verifier's, its table is the tests'."""

import re
from hashlib import sha256

import pytest
from tests.audit.test_tampering import FOUND_BY
from tests.docs import transcripts


@pytest.mark.slow
def test_the_transcripts_print_what_the_page_says(tmp_path):
    page = transcripts.PAGE.read_text("utf-8")
    assert len([*transcripts.BLOCK.finditer(page)]) >= 8
    assert transcripts.normal(transcripts.played(tmp_path, page)) == transcripts.normal(page), (
        "python -m tests.docs.transcripts writes it anew"
    )


def test_the_digest_of_the_stand_alone_verifier_is_published():
    digest = sha256((transcripts.ROOT / "tools" / "verify.py").read_bytes()).hexdigest()
    assert digest in transcripts.PAGE.read_text("utf-8")


def test_each_kind_of_tampering_is_in_the_table_with_what_finds_it():
    rows = re.findall(r"(?m)^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", transcripts.PAGE.read_text("utf-8"))
    found = {kind: " | ".join(cells) for kind, *cells in rows if kind in FOUND_BY}
    assert found == FOUND_BY
