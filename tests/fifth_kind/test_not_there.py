"""A kind of another distribution that is taken away: its directives are named, all others are answered."""

import json
import sqlite3
import sys
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from directives import NewerStore, Text, Tracker, Unit, UnknownKind, read_organisation, say_message
from directives.directive_kinds import registry
from directives.directive_kinds.installed import others_may_bring_kinds
from directives.directive_kinds.registry import kinds, task_commands
from directives.domain.event import EVENTS
from directives.exchange.named_commands import commands
from directives_cli.main import main

FOLDER = Path(__file__).parent
HQ = {"office": "headquarters@JH"}
OWN = {"office": "convenor@JH-AC60"}
TASK = "visits/JH-AC60"
DAY = date(2023, 11, 30)


@contextmanager
def house_visits():
    """The other distribution is there."""
    caches = (others_may_bring_kinds, registry._found, task_commands, commands)
    for each in caches:
        each.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        assert "house_visits" in kinds()
        yield
    for each in caches:
        each.cache_clear()
    del EVENTS[sys.modules.pop("house_visits").HousesVisited.topic()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "d.db"


def opened(path, day=12, **how):
    return Tracker(path, clock=lambda: datetime(2023, 11, day, 6, 30, tzinfo=UTC), **how)


@pytest.fixture
def stocked(path):
    """A store with a directive of the kind and one of another, and a task of each done; without the kind by now."""
    with house_visits(), opened(path, day=10, create=True) as tracker:
        tracker.found(read_organisation(), occurred_at=datetime(2023, 10, 1, tzinfo=UTC))
        tracker.issue("visits", "house_visits", Text(en="V", hi="व"), {"houses": 500}, **HQ)
        tracker.issue("calls", "action", Text(en="C", hi="क"), {"what": "Call."}, **HQ)
        for directive in ("visits", "calls"):
            tracker.assign(directive, "vidhan_sabha", "JH-PC11", DAY, **HQ)
        tracker.work("house visit", TASK, houses=500, **OWN)
        tracker.submit(TASK, **OWN)
        tracker.verify(TASK, **HQ)
        tracker.work("house visit", "visits/JH-AC59", houses=20, office="convenor@JH-AC59")
        tracker.register([Unit(code="NEW", parent="JH-PC11", level="vidhan_sabha", name=Text(en="N", hi="न"))])
        told = [each.model_dump_json() for each in tracker.events()]
        (row,) = [each for each in tracker.status() if each.directive == "visits"]
    return told, row


@pytest.fixture
def tracker(path, stocked):
    with opened(path) as tracker:
        yield tracker


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump()]


def test_followers_go_on_and_get_what_was_stored(stocked, tracker):
    assert [each.model_dump_json() for each in tracker.events()] == stocked[0]
    visited = [each for each in tracker.events() if each.name == "HousesVisited"]
    assert [each.data.model_dump() for each in visited] == [{"houses": 500}, {"houses": 20}]
    assert visited[0].data.topic() == "HousesVisited.v1"
    sentence = next(each.sentence for each in tracker.history(TASK) if each.name == "HousesVisited")
    assert sentence == (
        "The convenor of Khunti (Vidhan Sabha) recorded HousesVisited, which only its kind of directive can tell"
    )


def test_the_life_cycle_is_counted_and_the_work_is_not(stocked, tracker):
    before = stocked[1]
    row = next(each for each in tracker.status() if each.directive == "visits")
    assert before.work == {"houses": 520}
    assert row == before.changed(work={}, not_installed="house-visits 1.0")
    assert json.loads(row.model_dump_json())["not_installed"] == "house-visits 1.0"
    assert "not_installed" not in json.loads(before.model_dump_json())
    assert {each.task: each.state for each in tracker.tasks(directive="visits")}[TASK] == "verified"


def test_other_directives_are_answered_and_acted_on(tracker):
    assert [each.directive for each in tracker.status()] == ["visits", "calls"]
    tracker.work("action record", "calls/JH-AC60", text="Called.", **OWN)
    tracker.submit("calls/JH-AC60", **OWN)
    assert tracker.task("calls/JH-AC60").state == "submitted"
    tracker.move("JH-AC60", "JH-PC08", "Redrawn.")
    tracker.retire("NEW", "Not there.")
    tracker.restore("NEW", "There.")
    assert [each.state for each in tracker.doctor() if each.state == "wrong"] == []


def test_every_question_is_answered(tracker):
    for task in (TASK, "visits/JH-AC59"):
        assert tracker.task_record(task).work == {}
        assert tracker.task(task).directive == "visits"
    assert tracker.task_record("visits/JH-AC59").deed is None
    (todo,) = tracker.todo("JH-AC59", directive="visits")
    assert (todo.deed, [each.what for each in todo.lacking]) == ("", ["kind"])
    assert tracker.daily() == []
    assert tracker.directive("visits").kind == "house_visits"
    assert tracker.log(limit=5)
    assert tracker.board(level="vidhan_sabha")
    assert tracker.waiting(unit="JH") == []
    assert tracker.evidence() == []
    assert tracker.status(as_of=date(2023, 11, 10))
    assert tracker.diff(date(2023, 11, 9), date(2023, 11, 10)).counts


def acts(tracker):
    yield lambda: tracker.acknowledge("visits/NEW", office="convenor@NEW")
    yield lambda: tracker.submit("visits/JH-AC59", office="convenor@JH-AC59")
    yield lambda: tracker.reopen_task(TASK, "Again.", **HQ)
    yield lambda: tracker.strike("visits/JH-AC59", 1, "No.", **HQ)
    yield lambda: tracker.amend("visits", "Less.", parameters={"houses": 100}, **HQ)


def test_acts_are_refused_with_what_must_be_installed(path, stocked):
    with opened(path) as tracker:
        for number in range(5):
            with pytest.raises(UnknownKind) as caught:
                [*acts(tracker)][number]()
            assert str(caught.value) == (
                "directive: visits is of the kind house_visits, which is not installed: install house-visits 1.0"
            )
            assert "house-visits 1.0" in say_message(caught.value.message, "hi")
        tracker.retire("JH-AC59", "Gone.")
        with pytest.raises(UnknownKind, match="install house-visits"):
            tracker.restore("JH-AC59", "Back.")
    with house_visits(), opened(path) as tracker:
        assert [each for each in tracker.doctor() if each.state == "wrong"] == []


def test_the_directive_itself_can_be_withdrawn(tracker):
    tracker.withdraw("visits", "Nobody can do it.", **HQ)
    assert [each.directive for each in tracker.status()] == ["calls"]


def test_doctor_names_the_kind_and_looks_at_all_else(path, stocked):
    with opened(path) as tracker:
        (found,) = [each for each in tracker.doctor() if each.check == "kinds"]
        assert (found.state, found.found, found.what_to_do) == (
            "look",
            "house_visits, the kind of visits, is not installed: its work is neither counted nor checked",
            "install house-visits 1.0",
        )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE tallies SET count = count + 1 WHERE directive = 'visits'")
    with opened(path) as tracker:
        assert [each.check for each in tracker.doctor() if each.state == "wrong"] == ["totals"]


def test_what_would_lose_the_work_is_refused(path, stocked):
    before = dump(path)
    with opened(path) as tracker, pytest.raises(UnknownKind, match="not installed"):
        tracker.rebuild()
    assert dump(path) == before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 12")
    older = dump(path)
    with pytest.raises(UnknownKind, match="not installed"):
        opened(path)
    assert dump(path) == older
    with house_visits(), opened(path) as tracker:
        assert [each for each in tracker.doctor() if each.state == "wrong"] == []
        assert next(each for each in tracker.status() if each.directive == "visits").work == {"houses": 520}
        assert [each.differing for each in tracker.rebuild() if each.differing] == []


def test_what_was_done_without_the_kind_is_right_when_it_is_there_again(path, stocked):
    with opened(path) as tracker:
        tracker.move("JH-AC60", "JH-PC08", "Redrawn.")
        tracker.retire("JH-AC59", "Gone.")
    with house_visits(), opened(path) as tracker:
        assert [each.differing for each in tracker.rebuild() if each.differing] == []


def test_a_directive_from_before_its_distribution_was_recorded_is_named_by_its_kind(path, stocked):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE states SET state = json_remove(state, '$.distribution') WHERE stream = 'directive/visits'"
        )
    with opened(path) as tracker:
        assert next(each for each in tracker.status() if each.directive == "visits").not_installed == "house_visits"
        with pytest.raises(UnknownKind, match="not installed: install its distribution"):
            tracker.acknowledge("visits/NEW", office="convenor@NEW")


def test_minutes_that_come_again_from_another_version_change_nothing(path, stocked, monkeypatch):
    with house_visits(), opened(path) as tracker:
        monkeypatch.setitem(registry._found().distributions, "house_visits", "house-visits 2.0")
        assert tracker.issue("visits", "house_visits", Text(en="V", hi="व"), {"houses": 500}, **HQ) == ()


@pytest.mark.parametrize("topic", ["HousesCounted.v1", "HousesVisited.v2"])
def test_an_event_that_the_kind_does_not_know_goes_by_and_is_told(path, stocked, topic):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE stored_events SET topic = ? WHERE topic = 'HousesVisited.v1'", (topic,))
    unknown = f"event {topic} at 102 is unknown to house-visits 1.0: install a version that knows it"
    with house_visits(), opened(path) as tracker:
        (found,) = [each for each in tracker.doctor() if each.state == "wrong"]
        assert (found.check, found.found, found.what_to_do) == ("log", unknown, "install that version")
        assert len([*tracker.events()]) == len(stocked[0])
        assert tracker.log()
        assert tracker.history(TASK)
        assert tracker.task_record(TASK)
        with pytest.raises(NewerStore, match="is unknown to house-visits"):
            tracker.records("house", "JH-AC60")
        with pytest.raises(NewerStore, match="is unknown to house-visits"):
            tracker.rebuild()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "house_visits, the kind of visits, is not installed: its work is not counted. Install",
        ),
        ("hi", "house-visits 1.0"),
    ],
)
def test_a_person_at_a_terminal_is_told(path, stocked, monkeypatch, lang, told):
    monkeypatch.setattr(main, "commands", dict(main.commands))
    for words in (["status"], ["status", "--as-of", "2023-11-10"]):
        done = CliRunner().invoke(main, ["--db", str(path), "--lang", lang, *words])
        assert done.exit_code == 0, done.output
    said = CliRunner().invoke(main, ["--db", str(path), "--lang", lang, "status"]).output
    assert told in " ".join(said.split())
    done = CliRunner().invoke(main, ["--db", str(path), "--lang", lang, "todo", "--unit", "JH-AC59"])
    assert done.exit_code == 0, done.output
    assert "task submit" not in done.stdout.partition("calls")[0].partition("visits")[2]
    done = CliRunner().invoke(main, ["--db", str(path), "--lang", lang, "doctor"])
    assert (done.exit_code, "house-visits 1.0" in done.stdout) == (0, True)
    for words in (["task", "show", TASK], ["directive", "show", "visits"], ["history", TASK], ["log"]):
        done = CliRunner().invoke(main, ["--db", str(path), "--lang", lang, *words])
        assert done.exit_code == 0, done.output
