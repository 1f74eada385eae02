"""A kind of another distribution that cannot work is left out and told in a line; all else goes on."""

import importlib
import re
import shutil
import sys
import warnings
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from directives import KindLeftOut, KindUnusable, Text, Tracker, UnknownKind, read_organisation
from directives.directive_kinds import registry
from directives.directive_kinds.installed import others_may_bring_kinds
from directives.directive_kinds.others.finding import FIELDS, NOUNS
from directives.directive_kinds.registry import kind_of, kinds, task_commands
from directives.domain.event import EVENTS
from directives_cli.main import COMMANDS, main

FOLDER = Path(__file__).parent


@pytest.fixture
def left_out(tmp_path, monkeypatch):
    """What is told of the kind when its file is changed so."""
    caches = (others_may_bring_kinds, registry._found, task_commands)
    before = dict(EVENTS)

    def told(*changes):
        source = (FOLDER / "house_visits.py").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in source
            source = source.replace(old, new)
        (tmp_path / "house_visits.py").write_text(source, encoding="utf-8")
        shutil.copytree(FOLDER / "house_visits-1.0.dist-info", tmp_path / "house_visits-1.0.dist-info")
        monkeypatch.syspath_prepend(str(tmp_path))
        for each in caches:
            each.cache_clear()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            kinds()
            kinds()
        return [str(each.message) for each in caught if each.category is KindLeftOut]

    yield told
    for each in caches:
        each.cache_clear()
    sys.modules.pop("house_visits", None)
    EVENTS.clear()
    EVENTS.update(before)


def test_one_that_can_work_is_not_told(left_out):
    assert left_out() == []
    assert "house_visits" in kinds()
    assert registry.distribution_of("house_visits") == "house-visits 1.0"
    assert registry.distribution_of("action") is None


@contextmanager
def visits():
    """A store with a directive of the kind."""
    with Tracker("sqlite:///:memory:") as tracker:
        tracker.found(read_organisation())
        tracker.issue("visits", "house_visits", Text(en="V", hi="व"), {"houses": 500}, office="headquarters@JH")
        tracker.assign("visits", "vidhan_sabha", "JH", date(2099, 1, 1), office="headquarters@JH")
        yield tracker


BAD = {
    "does not load": ([("from directives import", "from directives import nothing_there,")], "cannot be loaded"),
    "no kind": ([("KIND = Kind(", "KIND = dict(")], "house_visits:KIND is not a Kind"),
    "the name of a kind": ([('"house_visits"', '"action"')], "the name action is in use"),
    "a deed of another kind": (
        [('NOUN: ClassVar[str] = "house"', 'NOUN: ClassVar[str] = "action"'), ('"visit"', '"record"')],
        "the name action record is in use",
    ),
    "a noun of the command line": (
        [('NOUN: ClassVar[str] = "house"', 'NOUN: ClassVar[str] = "org"')],
        "the name org is in use",
    ),
    "a list under a noun of the command line": (
        [('{"house": VISITS}', '{"status": VISITS}')],
        "the name status is in use",
    ),
    "a list that is a command": ([('"visit"', '"list"')], "the name house list is in use"),
    "an event of the library": (
        [
            ('NAME: ClassVar[str] = "HousesVisited"', 'NAME: ClassVar[str] = "Submitted"'),
            ("VERSION: ClassVar[int] = 1", "VERSION: ClassVar[int] = 9"),
        ],
        "directives has an event Submitted too",
    ),
    "a field that each command has": (
        [("    houses: Count\n\n\ndef", "    houses: Count\n    source: str\n\n\ndef")],
        "the field source of house visit has a name that is in use",
    ),
    "an option that each command has": (
        [("    houses: Count\n\n\ndef", "    houses: Count\n    json: str = ''\n\n\ndef")],
        "the field json of house visit has a name that is in use",
    ),
    "a sentence with an unknown field": (
        [("visited {houses} houses", "visited {homes} houses")],
        "“{office} visited {homes} houses” of the event HousesVisited names an unknown",
    ),
    "a Hindi sentence with an unknown field": ([("ने {houses} घरों", "ने {homes} घरों")], "names an unknown field"),
    "a sentence with a brace": (
        [("visited {houses} houses", "visited {houses houses")],
        "names an unknown field",
    ),
    "an event with an office": ([("    houses: int\n", "    houses: int\n    office: str\n")], "has a field office"),
    "a decision that says it gives an event": (
        [("def decide(command, state, order, at):", "def decide(command, state, order, at) -> HousesVisited:")],
        "decide does not return tuple[Event, ...]",
    ),
    "work that is none": ([("    return work\n", "    return None\n")], "evolve does not return dict[str, JsonValue]"),
    "counts of texts": (
        [("    counts=counts,\n", "    counts=lambda *_: {'houses': 'many'},\n")],
        "counts does not return Mapping[str, int]",
    ),
    "counts of other names": (
        [("    counts=counts,\n", "    counts=counts,\n    counted={'homes': Text(en='homes')},\n")],
        "counts does not return the numbers of counted",
    ),
    "a decision that gives an event": (
        [("return (HousesVisited(houses=command.houses),)", "return HousesVisited(houses=command.houses)")],
        "decide does not return tuple[Event, ...]",
    ),
    "lacks that are none": ([("    return [Lack(", "    return [tuple(")], "lacking"),
    "an event with a space in its name": (
        [('NAME: ClassVar[str] = "HousesVisited"', 'NAME: ClassVar[str] = "Houses Visited"')],
        "is no name of letters and digits and a version from 1",
    ),
    "a version of 0": ([("VERSION: ClassVar[int] = 1", "VERSION: ClassVar[int] = 0")], "and a version from 1"),
    "what ends the process": ([("class Parameters", "raise SystemExit(3)\n\n\nclass Parameters")], "SystemExit"),
    "a sentence that looks into a value": (
        [("visited {houses} houses", "visited {houses.__class__} houses")],
        "names an unknown field",
    ),
    "a decision of other values": (
        [("def decide(command, state, order, at):", "def decide(command, state, order):")],
        "its decide is wrong",
    ),
    "a name of two words": ([('name="house_visits"', 'name="House Visits"')], "its name is wrong"),
    "a verb of two words": (
        [('VERB: ClassVar[str] = "visit"', 'VERB: ClassVar[str] = "visit it"')],
        "is not a class of",
    ),
    "commands in a list": ([("commands=(VisitHouses,)", "commands=[VisitHouses]")], "its commands is wrong"),
    "lists of something else": (
        [('lists={"house": VISITS}', 'lists={"house": 5}')],
        "its lists is wrong",
    ),
    "work with names that are no texts": (
        [("    return work\n", "    return {1: 2}\n")],
        "evolve does not return dict[str",
    ),
    "rows of anything": ([("    rows=rows,", "    rows=lambda _: [5],")], "rows fails"),
    "an event of the life cycle": (
        [
            ("return (HousesVisited(houses=command.houses),)", "return (Acknowledged(),)"),
            ("class Parameters", "from directives.domain.task.events import Acknowledged\n\n\nclass Parameters"),
        ],
        "decide does not return tuple[Event, ...]",
    ),
    "what trips": ([('return {"houses": work.get("houses", 0)}', "return 1 / 0")], "fails (division by zero)"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_that_cannot_work_is_left_out_and_told_once(left_out, tmp_path, name):
    changes, why = BAD[name]
    (told,) = left_out(*changes)
    assert told.startswith("kind: house_visits of house-visits 1.0 is left out: ")
    assert why in told
    assert told.endswith(": fix or remove it")
    assert [*kinds()] == ["action", "alliance_support", "social_groups", "speaker_identification", "written_report"]
    with pytest.raises(UnknownKind):
        kind_of("house_visits")
    with Tracker("sqlite:///:memory:") as tracker:
        assert [*tracker.events()] == []


def test_a_decision_that_cannot_be_tried_is_looked_at_when_it_is_taken(left_out):
    only_then = "return HousesVisited(houses=command.houses) if command.houses == 7 else ()"
    assert left_out(("return (HousesVisited(houses=command.houses),)", only_then)) == []
    with visits() as tracker:
        before = len([*tracker.events()])
        with pytest.raises(KindUnusable, match=r"house-visits 1\.0 does not work: decide does not return tuple"):
            tracker.work("house visit", "visits/JH-AC60", houses=7, office="convenor@JH-AC60")
        assert len([*tracker.events()]) == before


FAULTS = {
    "ends the process": ("return (HousesVisited(houses=command.houses),)", "decide fails (SystemExit)"),
    "fails": ("return (HousesVisited(houses=command.houses),)", "decide fails (division by zero)"),
    "keeps nothing": (
        'return {"houses": counts(work, {})["houses"] + event.data.houses}',
        "evolve does not return dict",
    ),
}
BY_SEVEN = {
    "ends the process": "raise SystemExit(0)",
    "fails": "return 1 / 0",
    "keeps nothing": "return None if event.data.houses == 7 else {'houses': 7}",
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_kind_trips_over_for_some_values_is_told_of_the_kind_and_nothing_is_recorded(left_out, name):
    old, said = FAULTS[name]
    now = BY_SEVEN[name] if "event" in old else f"if command.houses == 7:\n        {BY_SEVEN[name]}\n    {old}"
    assert left_out((old, now)) == []
    with visits() as tracker:
        before = len([*tracker.events()])
        with pytest.raises(KindUnusable, match=re.escape(f"house_visits of house-visits 1.0 does not work: {said}")):
            tracker.work("house visit", "visits/JH-AC60", houses=7, office="convenor@JH-AC60")
        assert len([*tracker.events()]) == before


def test_work_that_is_changed_in_place_is_counted_right(left_out):
    in_place = "work['houses'] = counts(work, {})['houses'] + event.data.houses\n        return work"
    assert left_out(('return {"houses": counts(work, {})["houses"] + event.data.houses}', in_place)) == []
    with visits() as tracker:
        for _ in range(3):
            tracker.work("house visit", "visits/JH-AC60", houses=7, office="convenor@JH-AC60")
        assert tracker.status()[0].work == {"houses": 21}
        assert [each for each in tracker.doctor() if each.state == "wrong"] == []


def beside(folder, module, distribution, *changes):
    """Another distribution, with a changed copy of the kind."""
    source = (FOLDER / "house_visits.py").read_text(encoding="utf-8")
    for old, new in (
        ('name="house_visits"', f'name="{module}"'),
        ('"house"', f'"{module}"'.replace("_", "-")),
        *changes,
    ):
        assert old in source
        source = source.replace(old, new)
    (folder / f"{module}.py").write_text(source, encoding="utf-8")
    info = folder / f"{module}-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text(f"[directives.kinds]\n{module} = {module}:KIND\n")


@pytest.fixture
def alone():
    """No module of these tests stays."""
    yield
    for name in ("a_house", "house_b", "house_c"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("alone")
def test_all_that_share_an_event_are_left_out_since_nobody_can_tell_whose_it_is(left_out, tmp_path):
    beside(tmp_path, "a_house", "a-house", ("    houses: int\n", "    houses: int\n    need: str\n"))
    beside(tmp_path, "house_b", "house-b")
    beside(tmp_path, "house_c", "house-c", ("VERSION: ClassVar[int] = 1", "VERSION: ClassVar[int] = 2"))
    told = sorted(left_out())
    assert [each.split(" of ")[0] for each in told] == [
        "kind: a_house",
        "kind: house_b",
        "kind: house_c",
        "kind: house_visits",
    ]
    assert "left out: house-b 2.0, house-c 2.0, house-visits 1.0 has an event HousesVisited too: fix" in told[0]
    assert [topic for topic in EVENTS if topic.startswith("HousesVisited")] == []


@pytest.mark.usefixtures("alone")
def test_events_of_what_is_left_out_are_unknown_and_those_of_others_stay(left_out, tmp_path):
    other = ('NAME: ClassVar[str] = "HousesVisited"', 'NAME: ClassVar[str] = "FlatsVisited"')
    beside(tmp_path, "a_house", "a-house", other, ("    figures=counts,", "    figures=7,"))
    assert ["a_house of a-house 2.0 is left out: figures fails" in each for each in left_out()] == [True]
    assert "house_visits" in kinds()
    assert "HousesVisited.v1" in EVENTS
    assert "FlatsVisited.v1" not in EVENTS


@pytest.mark.usefixtures("alone")
def test_a_broken_one_does_not_take_down_the_one_that_it_imports(left_out, tmp_path):
    beside(tmp_path, "a_house", "a-house")
    (tmp_path / "a_house.py").write_text("import house_visits\n\nraise RuntimeError('boo')\n")
    assert ["a_house:KIND cannot be loaded (boo)" in each for each in left_out()] == [True]
    assert "HousesVisited.v1" in EVENTS
    with visits() as tracker:
        tracker.work("house visit", "visits/JH-AC60", houses=7, office="convenor@JH-AC60")


@pytest.mark.usefixtures("alone")
def test_two_kinds_of_one_module_share_their_event_and_go_together(left_out, tmp_path):
    second = """

class VisitHuts(VisitHouses):
    NOUN: ClassVar[str] = "hut"


KIND2 = dataclasses.replace(KIND, name="hut_visits", commands=(VisitHuts,), lists={"hut": VISITS})
"""
    change = ('    lists={"house": VISITS},\n)\n', f'    lists={{"house": VISITS}},\n)\n{second}')
    assert left_out(change, ("from typing", "import dataclasses\nfrom typing")) == []
    entry = tmp_path / "house_visits-1.0.dist-info" / "entry_points.txt"
    entry.write_text(f"{entry.read_text()}\nhut_visits = house_visits:KIND2\n")
    for with_another, number in ((False, 0), (True, 3)):
        if with_another:
            beside(tmp_path, "house_b", "house-b")
        for each in (others_may_bring_kinds, registry._found, task_commands):
            each.cache_clear()
        EVENTS.pop("HousesVisited.v1", None)
        sys.modules.pop("house_visits")
        importlib.invalidate_caches()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            kinds()
        assert len(caught) == number
        assert ("hut_visits" in kinds()) is not with_another


def test_what_an_example_nobody_chose_trips_over_leaves_a_kind_in(left_out):
    ratio = ("    houses: Count\n\n\nclass HousesVisited", "    houses: Count\n    ratio: str\n\n\nclass HousesVisited")
    read = ("    visited, wanted =", "    int(parameters['ratio'].partition('/')[0])\n    visited, wanted =")
    assert left_out(ratio, read) == []


def test_events_that_cannot_be_told_are_unknown(left_out):
    left_out(("visited {houses} houses", "visited {homes} houses"))
    assert "HousesVisited.v1" not in EVENTS


def test_a_terminal_tells_it_in_a_line(left_out, monkeypatch):
    left_out(("visited {houses} houses", "visited {homes} houses"))
    registry._found.cache_clear()
    sys.modules.pop("house_visits")
    monkeypatch.setattr(main, "commands", {})
    done = CliRunner().invoke(main, ["kind", "list"])
    assert done.exit_code == 0
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("kind: house_visits of house-visits 1.0 is left out: ")


def test_the_names_in_use_are_those_of_the_command_line():
    main.prepare()
    assert {*COMMANDS} == NOUNS
    commands = [
        each for group in main.commands.values() if group.name in ("task", "report") for each in group.commands.values()
    ]
    common = set.intersection(*({param.name for param in each.params} for each in commands if each.name != "list"))
    assert common - {"task"} <= FIELDS, "options of all commands on tasks"
    given = {
        option.removeprefix("--").replace("-", "_")
        for each in commands
        for param in each.params
        for option in param.opts
        if param.name in common
    }
    assert given - FIELDS <= {"task"}
