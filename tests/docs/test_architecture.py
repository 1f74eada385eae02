"""The picture of ARCHITECTURE.md is the code's: each arrow is an import, and each import goes along its arrows."""

import re
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def drawn():
    """The arrows of the picture: from each room, those that it points to."""
    (picture,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.S)
    arrows = {}
    for above, below in re.findall(r"^ +([\w &]+) --> ([\w &]+)$", picture, re.M):
        for room in above.split(" & "):
            arrows.setdefault(room, set()).update(below.split(" & "))
    return arrows


def room_of(module):
    """``store`` of ``directives.store.keys``; the packages themselves are rooms too."""
    package, *rest = module.split(".")
    return rest[0] if package == "directives" and rest else package


def imported():
    """The imports of rooms by rooms."""
    graph = grimp.build_graph("directives", "directives_cli", cache_dir=None)
    pairs = ((m, n) for m in graph.modules for n in graph.find_modules_directly_imported_by(m))
    rooms = {(room_of(module), room_of(other)) for module, other in pairs}
    return {(above, below) for above, below in rooms if above != below}


def reached(arrows, room):
    """All rooms that lie below a room."""
    below = arrows.get(room, set())
    return below.union(*(reached(arrows, each) for each in below))


def test_each_arrow_is_an_import_and_each_import_goes_down():
    arrows, imports = drawn(), imported()
    assert {(above, below) for above, rooms in arrows.items() for below in rooms} <= imports
    assert {(above, below) for above, below in imports if below not in reached(arrows, above)} == set()
    assert [room for room in arrows if room in reached(arrows, room)] == []


def test_each_room_has_its_line():
    rooms = {path.name for path in (ROOT / "src" / "directives").iterdir() if (path / "__init__.py").exists()}
    named = set(re.findall(r"^\| `(\w+)/` \|", PAGE, re.M))
    assert named == rooms | {"directives_cli"}


def test_it_is_read_on_two_pages():
    lines = PAGE.splitlines()
    assert len(lines) <= 120
    prose = [line for line in lines if not line.startswith("|")]
    assert max(map(len, prose)) <= 100
