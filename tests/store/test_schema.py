"""Tables, indexes, triggers and views that are missing, different or added: doctor tells them, rebuild mends ours."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from tests.conftest import Clock, earlier_minutes
from tests.store.test_upgrade import written

from directives import CommandIdReused, StoreUnusable, Text, Tracker, read_organisation

HQ = {"office": "headquarters@JH"}
NAME = Text(en="Name", hi="नाम")
NOW = datetime(2023, 10, 20, 7, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "directives.db"
    with Tracker(path, create=True, clock=Clock()) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        tracker.acknowledge("written-report/JH-PC11", office="convenor@JH-PC11", command_id="a1")
    return path


def changed(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def made(path):
    """What is in the schema of the file."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
        return {row[:2]: row[2] for row in rows}


def opened(path):
    return Tracker(path, clock=Clock(NOW))


def of_schema(path):
    with opened(path) as tracker:
        return [(each.state, each.found, each.what_to_do) for each in tracker.doctor() if each.check == "schema"]


def wrong(path):
    with opened(path) as tracker:
        return [each for each in tracker.doctor() if each.state == "wrong"]


def answers(path):
    """What questions say."""
    with opened(path) as tracker:
        lists = (
            tracker.status(),
            tracker.tasks(),
            tracker.todo("JH-PC11"),
            tracker.waiting(),
            [tracker.board()],
            tracker.units(),
            tracker.log(),
            tracker.history("written-report/JH-PC11"),
            tracker.evidence(),
        )
        return [each.model_dump_json() for of_question in lists for each in of_question]


MISSING = "recreate them with directives rebuild"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TABLE states", "the table states is missing"),
        ("DROP TABLE tallies", "the table tallies is missing"),
        ("DROP TABLE acts", "the table acts is missing"),
        ("DROP TABLE documents", "the table documents is missing"),
        ("DROP TABLE evidence", "the table evidence is missing"),
        ("DROP TABLE commands", "the table commands is missing"),
        ("DROP TABLE audit_checkpoints", "the table audit_checkpoints is missing"),
        ("DROP INDEX units_of_level", "the index units_of_level is missing"),
        ("DROP INDEX tasks_waiting", "the index tasks_waiting is missing"),
        ("ALTER TABLE units DROP COLUMN retired_on", "the table units is defined differently"),
        ("ALTER TABLE evidence ADD COLUMN more TEXT", "the table evidence is defined differently"),
        ("ALTER TABLE stored_events ADD COLUMN more TEXT", "the table stored_events is defined differently"),
    ],
)
def test_what_is_missing_or_different_is_told_and_made_right(path, statement, said):
    right, schema = answers(path), made(path)
    if "DROP COLUMN" in statement:
        column = next(iter(reversed(columns_of(path, "units"))))
        changed(
            path, "DROP INDEX units_restored", "DROP INDEX units_of_level", f"ALTER TABLE units DROP COLUMN {column}"
        )
    else:
        changed(path, statement)
    ((state, found, way_out),) = of_schema(path)
    assert (state, way_out) == ("wrong", MISSING)
    assert said in found
    with opened(path) as tracker:
        assert any(each.mended for each in tracker.rebuild())
        assert not any(each.mended or each.differing for each in tracker.rebuild())
    assert made(path) == schema
    assert wrong(path) == []
    assert answers(path) == right


def columns_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_an_index_that_has_another_definition_is_made_anew(path):
    schema = made(path)
    changed(path, "DROP INDEX tasks_waiting", "CREATE INDEX tasks_waiting ON units (level)")
    ((state, found, _),) = of_schema(path)
    assert (state, found) == ("wrong", "the index tasks_waiting is defined differently")
    with opened(path) as tracker:
        tracker.rebuild()
    assert made(path) == schema


def test_no_command_is_carried_out_again_when_the_table_of_commands_was_made_anew(path):
    changed(path, "DROP TABLE commands")
    with opened(path) as tracker:
        assert [each.table for each in tracker.rebuild() if each.lost] == ["commands"]
        with pytest.raises(CommandIdReused, match="its command is no longer on record: see what it recorded"):
            tracker.acknowledge("written-report/JH-PC11", office="convenor@JH-PC11", command_id="a1")


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("DROP TABLE tallies", lambda tracker: tracker.status()),
        ("DROP INDEX units_restored", lambda tracker: tracker.tasks(by="due")),
        ("DROP INDEX tasks_reassigned", lambda tracker: tracker.waiting(unit="JH-PC11")),
        ("DROP TABLE states", lambda tracker: tracker.status()),
    ],
)
def test_a_question_that_needs_what_is_missing_names_the_way_out(path, statement, question):
    changed(path, statement)
    with opened(path) as tracker, pytest.raises(StoreUnusable) as error:
        question(tracker)
    assert "directives rebuild" in str(error.value)
    assert "no such" in str(error.value)


def test_the_log_is_missing(path):
    changed(path, "DROP TABLE stored_events")
    ((state, found, way_out),) = of_schema(path)
    assert (state, found.split(";")[0], way_out) == (
        "wrong",
        "the table stored_events is missing",
        "restore it from a backup",
    )
    with opened(path) as tracker, pytest.raises(StoreUnusable, match="the table of events is missing"):
        tracker.rebuild()


FOREIGN = (
    "CREATE TABLE before_tasks (task TEXT)",
    "CREATE TABLE numbered (number INTEGER PRIMARY KEY AUTOINCREMENT, unit TEXT REFERENCES units (code))",
    "INSERT INTO numbered (unit) VALUES ('JH')",
    "CREATE INDEX of_stage ON tasks (stage)",
    "CREATE INDEX of_topic ON stored_events (topic)",
    "CREATE VIEW open_tasks AS SELECT * FROM tasks WHERE stage = 'open'",
    "CREATE VIEW broken AS SELECT * FROM gone",
    "CREATE TRIGGER noted AFTER INSERT ON tasks BEGIN INSERT INTO before_tasks VALUES (new.unit); END",
    "CREATE TRIGGER through INSTEAD OF INSERT ON open_tasks BEGIN SELECT 1; END",
)


def test_what_others_added_is_told_and_stays(path):
    changed(path, *FOREIGN)
    schema = made(path)
    ((state, found, way_out),) = of_schema(path)
    assert state == "look"
    assert "was added" in found
    assert "(and 5 more)" in found
    assert "leaves it alone" in way_out
    assert wrong(path) == []
    with opened(path) as tracker:
        assert not any(each.mended or each.differing for each in tracker.rebuild())
    assert made(path) == schema
    changed(path, "DROP INDEX tasks_waiting", "DROP TABLE days", "ALTER TABLE evidence ADD COLUMN more TEXT")
    with opened(path) as tracker:
        tracker.rebuild()
    assert made(path) == schema
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM numbered").fetchall() == [(1, "JH")]
        assert connection.execute("SELECT count(*) FROM before_tasks").fetchall() == [(0,)], "no trigger ran meanwhile"


def test_a_foreign_trigger_on_a_table_of_ours_is_named(path):
    changed(path, FOREIGN[0], FOREIGN[7])
    ((state, found, _),) = of_schema(path)
    assert (state, found) == ("look", "the table before_tasks was added; the trigger noted was added")


def test_what_others_added_stays_when_an_older_format_is_brought_up_to_date(tmp_path):
    path = written(tmp_path / "old.db", 5)
    theirs = [each for each in FOREIGN if "of_stage" not in each]
    changed(path, *theirs)
    before = made(path)
    with Tracker(path, clock=Clock(datetime(2023, 11, 20, tzinfo=UTC))) as tracker:
        assert tracker.status()
    after = made(path)
    for key in (("table", "before_tasks"), ("table", "numbered"), ("view", "open_tasks"), ("trigger", "noted")):
        assert after[key] == before[key]
    assert ("index", "units_that_changed") not in after


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_a_store_of_an_older_format_has_the_schema_of_a_new_one_afterwards(tmp_path, version):
    path = written(tmp_path / "old.db", version)
    with Tracker(path, clock=Clock(datetime(2023, 11, 20, tzinfo=UTC))) as tracker:
        assert [each.state for each in tracker.doctor() if each.check == "schema"] == ["ok"]


def test_a_view_that_takes_the_name_of_a_table_is_named(path):
    changed(path, "DROP TABLE tallies", "CREATE VIEW tallies AS SELECT 1")
    assert of_schema(path)[0][0] == "wrong"
    with opened(path) as tracker, pytest.raises(StoreUnusable, match="the view tallies has the name of a table"):
        tracker.rebuild()


def test_a_unique_index_of_somebody_else_that_does_not_fit_is_named(path):
    changed(
        path,
        "CREATE TABLE kept AS SELECT * FROM tallies",
        "DELETE FROM units",
        "CREATE UNIQUE INDEX one ON units (level)",
    )
    with opened(path) as tracker, pytest.raises(StoreUnusable, match="the index one, which was added, does not fit"):
        tracker.rebuild()


def test_a_gap_of_more_than_a_thousand_events(path):
    """What was behind it was dropped from the tables once, and all said to be well."""
    with opened(path) as tracker:
        tracker.issue("e", "written_report", NAME, {"period_from": "2023-10-01", "period_to": "2023-10-02"}, **HQ)
        tracker.assign("e", "vidhan_sabha", "JH", date(2023, 11, 15), **HQ)
        units = [unit.code for unit in tracker.units() if unit.level == "vidhan_sabha"]
        for day in range(1, 31):
            acts = [("e", unit, date(2023, 12, day)) for unit in units]
            tracker.execute_all([extension(tracker, *act) for act in acts])
        events = sum(1 for _ in tracker.events())
    changed(path, "DELETE FROM stored_events WHERE position BETWEEN 1001 AND 2100")
    (told,) = [each for each in wrong(path) if each.check == "log"]
    assert told.found == (
        "position 1,001 is missing (and 81 more); "
        "81 streams lack a version: task/e/JH-AC01, task/e/JH-AC02, task/e/JH-AC03 and 78 more"
    )
    assert told.what_to_do == "restore it from a backup"
    with opened(path) as tracker:
        assert sum(1 for _ in tracker.events()) == events - 1100
        tracker.rebuild()
        assert {task.due for task in tracker.tasks(directive="e")} == {date(2023, 12, 30)}, (
            "what follows the gap counts"
        )
    assert [each.check for each in wrong(path)] == ["log", "commands"]


def extension(tracker, directive, unit, due):
    from directives import ExtendTask

    return tracker.command(ExtendTask, task=f"{directive}/{unit}", due=due, reason="More time.", office="clerk@JH")
