"""What the pages name is there: make targets, files, and what they link to."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md"]


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_is_in_the_makefile(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.M))
    assert named <= targets
    assert named or page == "SECURITY.md"


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_module_is_there(page):
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`((?:src|cli|docs|tests|features|benchmarks)/[\w/.-]*|[A-Z]+\.md)`", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert named or page == "SECURITY.md"
    assert not missing
    for module in re.findall(r"python -m ([\w.]+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists()


def test_every_link_leads_to_a_page():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([\w./-]+)\)", page.read_text("utf-8"))]
    assert len(links) > 5
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
