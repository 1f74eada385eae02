"""What doctor finds and says, and what rebuild makes right."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from eventsourcing.persistence import Notification
from tests import stores
from tests.conftest import Clock, earlier_minutes

from directives import Document, StoreError, StoreUnusable, SubmitReport, Text, Tracker, Unit, read_organisation
from directives.queries import doctor
from directives.queries.folding import KEPT
from directives.store.mapper import EventMapper

HQ = {"office": "headquarters@JH"}
NAME = Text(en="Name", hi="नाम")
TABLES = [
    "states",
    "units",
    "unit_names",
    "unit_counts",
    "unit_places",
    "tasks",
    "acts",
    "tallies",
    "work_counts",
    "days",
    "documents",
]

OF_ANOTHER_TYPE = "UPDATE unit_counts SET unit = CAST(unit AS BLOB) WHERE unit = 'JH'"
"""In a file alone: on a server a column has one type."""


@pytest.fixture
def url(database, tmp_path):
    url = f"sqlite:///{tmp_path}/directives.db" if database == "sqlite" else stores.fresh()
    with Tracker(url, create=True, clock=Clock()) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        document = Document(digest=f"sha256:{1:064x}", media_type="text/plain", size=1)
        tracker.make(SubmitReport, task="written-report/JH-PC11", document=document, office="convenor@JH-PC11")
        asked = {"platforms": ["x"], "window_from": "2023-10-19", "window_to": "2023-10-22"}
        tracker.issue("g", "social_groups", NAME, asked, grace_days=5, **HQ)
        tracker.assign("g", "lok_sabha", "JH", date(2023, 11, 15), **HQ)
        own = {"task": "g/JH-PC11", "office": "convenor@JH-PC11"}
        tracker.work("group create", platform="x", name="Group", **own)
        tracker.work("activity post", text="Rally", **own)
    return url


def findings(url, now=None):
    """What is not well; but that the server of the tests has its safeguards off."""
    with Tracker(url, clock=Clock(now or datetime(2023, 10, 20, 7, tzinfo=UTC))) as tracker:
        return [each for each in tracker.doctor() if each.state != "ok" and each.check != "server"]


def changed(url, statement):
    with stores.raw(url) as handle:
        handle.execute(statement)


@pytest.mark.every_store
def test_a_store_that_is_well_is_said_to_be(url, database):
    told = []
    with Tracker(url, clock=Clock()) as tracker:
        found = tracker.doctor(lambda done, total: told.append((done, total)))
        events = len(list(tracker.events()))
    assert [each.check for each in found] == [
        "format",
        "file" if database == "sqlite" else "server",
        "schema",
        "free space",
        "log",
        "commands",
        *KEPT.values(),
        "clock",
        "evidence",
        "personal data",
        "offices",
    ]
    assert {each.state for each in found[:-3] if each.check != "server"} == {"ok"}
    said = "no office has acted yet for 13 of the 14 units that owe a task: JH-PC01, JH-PC02, JH-PC03 and 10 more"
    assert found[-1].found == said
    assert told == [(events, events)]


@pytest.mark.every_store
@pytest.mark.parametrize(
    ("statement", "check", "said"),
    [
        ("UPDATE tallies SET count = 7 WHERE unit = 'JH' AND directive = 'g'", "totals", "1 of"),
        ("DELETE FROM tasks WHERE directive = 'written-report'", "tasks", "1 of 1 row"),
        (OF_ANOTHER_TYPE, "counts of units", "JH"),
        (
            "UPDATE unit_counts SET count = 15 WHERE unit = 'JH' AND level = 'lok_sabha'",
            "counts of units",
            "JH lok_sabha",
        ),
        ("UPDATE units SET name_en = 'Other' WHERE code = 'JH-PC05'", "units", "JH-PC05"),
        ("UPDATE states SET version = 9 WHERE stream = 'directive/g'", "state rows", "directive/g"),
        (
            "INSERT INTO days VALUES ('g', 'lok_sabha', 'JH', '2023-10-21', 1)",
            "daily records",
            "g lok_sabha JH 2023-10-21",
        ),
        ("DELETE FROM documents", "documents", "1 of 0 rows"),
        ("UPDATE work_counts SET count = 3", "totals of work", "2 of 2"),
        ("UPDATE states SET state = 'x' WHERE stream = 'directive/g'", "state rows", "directive/g"),
        ("UPDATE states SET state = 'x' WHERE stream = 'organisation'", "state rows", "organisation"),
        ("DELETE FROM units WHERE code = 'JH'", "units", "JH"),
    ],
)
def test_what_is_not_as_the_events_say_is_found_and_made_right(url, database, statement, check, said):
    if database == "postgres" and statement == OF_ANOTHER_TYPE:
        return
    changed(url, statement)
    (found, *_) = findings(url)
    assert (found.check, found.state, found.what_to_do) == (check, "wrong", "recreate them with directives rebuild")
    assert said in found.found
    with Tracker(url) as tracker:
        assert sum(each.differing for each in tracker.rebuild()) > 0
        assert [(each.table, each.differing) for each in tracker.rebuild()] == [(table, 0) for table in TABLES]
    assert [each.check for each in findings(url)] == ["evidence", "offices"], "a report was only named"


@pytest.mark.every_store
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM stored_events WHERE position = 50", "position 50 is missing"),
        ("DELETE FROM stored_events WHERE position IN (102, 103)", "position 102 is missing"),
        ("UPDATE stored_events SET state = '[]' WHERE position = 99", "position 99 cannot be read"),
        (
            "UPDATE stored_events SET originator_id = 'task/x' WHERE position = 103",
            "position 103, Issued of task/x",
        ),
        ("DELETE FROM stored_events WHERE position = 1", "position 1 is missing"),
        ("UPDATE stored_events SET state = '{}' WHERE position = 99", "position 99 cannot be read"),
        ("UPDATE stored_events SET topic = 'Issued.v9' WHERE position = 99", "Issued.v9 at 99 is unknown"),
    ],
)
def test_a_log_with_a_hole_is_found(url, statement, said):
    changed(url, statement)
    wrong = {each.check: each for each in findings(url) if each.state == "wrong"}
    assert said in wrong["log"].found
    assert wrong["log"].what_to_do in ("restore it from a backup", "install that version")
    with Tracker(url) as tracker, suppress(StoreError):
        tracker.rebuild()


@pytest.mark.every_store
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM commands WHERE first = 98", "position 98 "),
        ("UPDATE commands SET last = last + 1 WHERE first = 98", "position 101 "),
        ("UPDATE commands SET first = NULL, last = NULL WHERE first = 98", "position 98 "),
        ("UPDATE commands SET last = 9999 WHERE first = 106", "position 107 "),
    ],
)
def test_a_command_that_is_not_as_its_events_are_is_found(url, statement, said):
    changed(url, statement)
    (found,) = [each for each in findings(url) if each.state == "wrong"]
    assert (found.check, found.what_to_do) == ("commands", "restore it from a backup")
    assert said in found.found


def test_who_has_handed_a_task_on_or_was_waived_is_not_said_to_be_silent(url):
    clock = Clock(datetime(2023, 10, 25, tzinfo=UTC))
    with Tracker(url, clock=clock) as tracker:
        for seat in [f"JH-PC{number:02}" for number in range(1, 15)]:
            for task in (f"written-report/{seat}", f"g/{seat}"):
                if seat == "JH-PC01":
                    tracker.waive(task, "No.", office="clerk@JH")
                elif seat != "JH-PC11":
                    tracker.reassign(task, "JH-PC11", "No.", office="clerk@JH")
    assert [each for each in findings(url, clock()) if each.check == "offices"] == []


def test_a_clock_that_was_ahead_is_found(url):
    found = {each.check: each for each in findings(url, datetime(2023, 10, 20, 5, tzinfo=UTC))}
    assert "20 October 2023, 06:00 UTC, which is in the future" in found["clock"].found


def test_too_little_space_is_found(url, monkeypatch):
    monkeypatch.setattr(doctor, "ROOM", 2**60)
    found = {each.check: each for each in findings(url)}
    assert found["free space"].state == "look"
    assert "a rebuild needs as much space again" in found["free space"].what_to_do


def test_who_should_be_looked_after_is_named(url):
    clock = Clock(datetime(2023, 10, 25, tzinfo=UTC))
    with Tracker(url, clock=clock) as tracker:
        tracker.register([Unit(code="N1", parent="JH", level="lok_sabha", name=NAME)])
        tracker.register([Unit(code="N2", parent="JH", level="lok_sabha", name=NAME)])
        tracker.issue("e", "written_report", NAME, **HQ)
        tracker.assign("e", "booth", "JH", date(2023, 11, 15), **HQ)
        tracker.assign_to_units("e", ["JH-AC60"], date(2023, 11, 15), **HQ)
        tracker.waive("e/JH-AC60", "No.", office="clerk@JH")
        tracker.reassign("written-report/JH-PC12", "N2", "No.", office="clerk@JH")
        tracker.retire("N2", "No.")
    found = [(each.check, each.found, each.what_to_do) for each in findings(url, clock() + timedelta(days=1))]
    told = [" ".join(each) for each in found]
    assert any(
        "g, the lok_sabha level of JH: some units joined after the last day asked for, 22 October 2023: N1" in t
        for t in told
    )
    assert any("e is assigned to the booth level of JH, which has no unit" in t for t in told)
    assert any("tasks of written-report are assigned to retired units: JH-PC12" in t for t in told)


def test_who_joined_a_completed_level_is_named(url):
    with Tracker(url, clock=Clock(datetime(2023, 10, 25, tzinfo=UTC))) as tracker:
        tracker.issue("e", "written_report", NAME, **HQ)
        tracker.assign("e", "block", "JH", date(2023, 11, 15), **HQ)
        tracker.assign("e", "vidhan_sabha", "JH-PC11", date(2023, 11, 15), **HQ)
        for unit in [unit.code for unit in tracker.units() if unit.parent == "JH-PC11"]:
            tracker.waive(f"e/{unit}", "No.", office="clerk@JH")
        tracker.register([Unit(code="N1", parent="JH-PC11", level="vidhan_sabha", name=NAME)])
    (found,) = [each for each in findings(url) if each.check == "late joiners"]
    assert "units that joined after its completion owe nothing: N1" in found.found
    assert found.what_to_do.endswith("directives directive reopen e --level vidhan_sabha --scope JH-PC11")


def test_doctor_and_rebuild_at_a_terminal(url, run, monkeypatch):
    db = ["--db", url]
    assert "rows match the events" in run("doctor", *db).stdout
    assert "The read models match the events, row by row." in run("rebuild", *db).stderr
    changed(url, "UPDATE tallies SET count = 7")
    monkeypatch.setenv("DIRECTIVES_DB", db[1])
    from click.testing import CliRunner

    from directives_cli.main import main

    wrong = CliRunner().invoke(main, ["doctor", "--json"])
    assert wrong.exit_code == 3
    assert [each["check"] for each in json.loads(wrong.stdout) if each["state"] == "wrong"] == ["totals"]
    made = CliRunner().invoke(main, ["rebuild"])
    assert made.exit_code == 3
    assert "rows differed from the events and were corrected." in made.stderr
    assert CliRunner().invoke(main, ["rebuild"]).exit_code == 0


def test_a_row_without_a_name_is_damage_and_no_newer_version():
    row = Notification(id=9, originator_id=None, originator_version=None, topic=None, state=None)
    with pytest.raises(StoreUnusable, match=r"position 9 cannot be read .* restore it from a backup"):
        EventMapper().to_domain_event(row)


def test_rebuild_names_what_the_tables_hold_in_the_language(url, run):
    told = run("--lang", "hi", "rebuild", "--db", url).stdout
    assert "इकाइयों के नाम" in told
    assert "unit_names" not in told
