"""What the pages for contributors name is there."""

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
