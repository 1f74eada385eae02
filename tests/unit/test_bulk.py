"""Many commands at once: all or nothing, or each for itself; the same again changes nothing."""

import json
import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime

import jsonschema
import pytest
from tests.stores import fresh

from directives import (
    AcknowledgeTask,
    Level,
    RegisterUnits,
    StoreError,
    Text,
    Tracker,
    Unit,
    WaiveTask,
    WrittenCommands,
    command_of,
    commands,
    kinds,
    read_minutes,
    read_organisation,
    schema,
)
from directives.domain import errors
from directives.handlers import bulk

pytestmark = pytest.mark.every_store

CLERK = {"office": "clerk@JH"}
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]


def acknowledge(seat, **given):
    return AcknowledgeTask(**{"task": f"written-report/{seat}", "office": f"convenor@{seat}"} | given)


def waive(seat, **given):
    return WaiveTask(task=f"written-report/{seat}", reason="Flooded.", **CLERK | given)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Chunks of three."""
    monkeypatch.setattr(bulk, "CHUNK", 3)


def counted(carried):
    return carried.commands, carried.done, carried.nothing, carried.before, carried.events, len(carried.refused)


def test_all_are_carried_out_in_chunks_and_the_same_again_changes_nothing(meeting):
    told = []
    given = [*map(acknowledge, SEATS), acknowledge("JH-PC01"), *map(waive, SEATS)]
    carried = meeting.tracker.execute_all(iter(given), progress=lambda done, total: told.append((done, total)))
    assert counted(carried) == (29, 28, 1, 0, 30, 0)
    assert told[0] == (3, 29)
    assert told[-1] == (29, 29)
    assert meeting.names()[-3:] == ["Waived", "LevelCompleted", "Completed"]
    assert counted(meeting.tracker.execute_all(given)) == (29, 0, 0, 29, 0, 0)
    positions = [event.position for event in meeting.tracker.events()]
    assert positions == [*range(1, len(positions) + 1)]


def test_the_first_that_is_refused_leaves_all_as_it_was(meeting):
    given = [*map(acknowledge, SEATS), acknowledge("JH-PC01", office="convenor@JH-PC02")]
    with pytest.raises(errors.NotEntitled, match=r"^command 15: office convenor@JH-PC02 cannot act"):
        meeting.tracker.execute_all(given)
    assert meeting.names() == []
    assert counted(meeting.tracker.execute_all(given[:14])) == (14, 14, 0, 0, 14, 0)


def test_refused_ones_are_left_out_and_told(meeting):
    name = Text(en="Name", hi="नाम")
    joining = [
        Unit(code="B1", parent="JH-AC60", level="block", name=name),
        Unit(code="B2", parent="JH-AC61", level="block", name=name),
    ]
    good = RegisterUnits(units=joining[:1], office="convenor@JH-PC11")
    bad = RegisterUnits(units=joining, office="convenor@JH-PC11")
    given = [acknowledge("JH-PC01"), bad, acknowledge("JH-PC02"), waive("JH-PC99"), good, acknowledge("JH-PC03")]
    carried = meeting.tracker.execute_all(given, keep_going=True)
    assert counted(carried) == (6, 4, 0, 0, 4, 2)
    assert [(each.line, each.error, each.command_id) for each in carried.refused] == [
        (2, "NotEntitled", bad.command_id),
        (4, "UnknownUnit", given[3].command_id),
    ]
    assert meeting.names() == ["Acknowledged", "Acknowledged", "Registered", "Acknowledged"]


def test_what_was_done_before_a_refusal_of_several_steps_is_kept_and_the_rest_undone(tracker):
    from directives import RecordMeeting

    minutes = read_minutes().model_dump(mode="json")
    minutes["directives"][-1]["assign"][0]["scope"] = "NOWHERE"
    bad = RecordMeeting(minutes=minutes, office="headquarters@JH")
    good = RecordMeeting(minutes=read_minutes(), office="headquarters@JH")
    carried = tracker.execute_all([bad, good, acknowledge("JH-PC01")], keep_going=True)
    assert (carried.done, len(carried.refused)) == (2, 1)
    assert len(tracker.directives()) == 4
    positions = [event.position for event in tracker.events()]
    assert positions == [*range(1, len(positions) + 1)]


def test_a_dry_run_tells_all_refusals_and_changes_nothing(meeting):
    given = [acknowledge("JH-PC01"), waive("JH-PC99"), waive("JH-PC98"), acknowledge("JH-PC02")]
    carried = meeting.tracker.execute_all(given, dry_run=True)
    assert (carried.done, [each.line for each in carried.refused]) == (2, [2, 3])
    assert meeting.names() == []


def test_a_command_id_for_two_commands_is_a_conflict_within_a_chunk_too(meeting):
    given = [acknowledge("JH-PC01", command_id="c"), acknowledge("JH-PC02", command_id="c")]
    with pytest.raises(errors.CommandIdReused, match="command 2: command id: c was used"):
        meeting.tracker.execute_all(given)


def test_a_command_given_again_after_one_of_several_steps_is_still_the_same(meeting):
    again = acknowledge("JH-PC01", command_id="c")
    other = RegisterUnits(units=(), office="headquarters@JH", command_id="u")
    with pytest.raises(errors.InvalidOrganisation, match="command 2: code: there is no unit"):
        meeting.tracker.execute_all([again, other, again])
    carried = meeting.tracker.execute_all([again, other, again], keep_going=True)
    assert (carried.done, carried.before, len(carried.refused)) == (1, 1, 1)
    unit = Unit(code="B1", parent="JH-AC60", level="block", name=Text(en="Name", hi="नाम"))
    joining = RegisterUnits(units=(unit,), office="headquarters@JH", command_id="v")
    carried = meeting.tracker.execute_all([waive("JH-PC02", command_id="w"), joining, waive("JH-PC02", command_id="w")])
    assert (carried.done, carried.before) == (2, 1)


def test_what_is_no_command_is_told_as_one_that_is_refused(meeting):
    carried = meeting.tracker.execute_all([None, acknowledge("JH-PC01")], keep_going=True)
    assert (carried.done, [each.error for each in carried.refused]) == (1, ["InvalidInput"])


def test_a_kind_that_is_not_installed_leaves_no_hole(meeting, monkeypatch):
    monkeypatch.delitem(kinds(), "written_report")
    meeting.tracker.issue("g", "alliance_support", Text(en="T", hi="शी"), NONE, office="headquarters@JH")
    meeting.tracker.assign("g", "lok_sabha", "JH", date(2023, 12, 1), office="headquarters@JH")
    given = [acknowledge("JH-PC01"), acknowledge("JH-PC01", task="g/JH-PC01")]
    carried = meeting.tracker.execute_all(given, keep_going=True)
    assert [each.error for each in carried.refused] == ["UnknownKind"]
    positions = [event.position for event in meeting.tracker.events()]
    assert positions == [*range(1, len(positions) + 1)]


def test_a_full_disk_is_told_as_one(tmp_path):
    with Tracker(f"sqlite:///{tmp_path}/s.db", create=True) as tracker:
        tracker.found(read_organisation())
        with tracker._store.writing() as session:
            pages = session.cursor.execute("PRAGMA page_count").fetchone()[0]
            session.cursor.execute(f"PRAGMA max_page_count = {pages}")
        name = Text(en="x" * 1000, hi="नाम")
        units = [Unit(code=f"B{number}", parent="JH-AC60", level="block", name=name) for number in range(500)]
        with pytest.raises(errors.StoreUnusable, match="the disk is full"):
            tracker.execute_all([RegisterUnits(units=units, office="headquarters@JH")])


def test_a_meeting_before_all_moments_is_refused_in_one_line(tracker):
    minutes = read_minutes().model_dump(mode="json") | {"held_on": "1900-01-01"}
    with pytest.raises(errors.InvalidInput, match="held_on: 1900-01-01 begins before 1900 in UTC"):
        tracker.record_meeting(minutes)


# Files.

GOOD = {"command": "task acknowledge", "task": "written-report/JH-PC01", "office": "convenor@JH-PC01"}


@pytest.fixture
def file(tmp_path):
    def file(*lines):
        path = tmp_path / "commands.jsonl"
        texts = [each if isinstance(each, bytes) else json.dumps(each, ensure_ascii=False).encode() for each in lines]
        path.write_bytes(b"\n".join(texts) + b"\n")
        return path

    return file


def test_a_file_is_carried_out_once_and_a_line_is_known_by_its_content(meeting, file):
    path = file(GOOD, b"", {**GOOD, "office": "clerk@JH-PC01"}, GOOD)
    carried = meeting.tracker.import_commands(WrittenCommands(path))
    assert counted(carried) == (3, 1, 1, 1, 1, 0)
    assert counted(meeting.tracker.import_commands(WrittenCommands(path))) == (3, 0, 0, 3, 0, 0)
    moved = file({**GOOD, "task": "written-report/JH-PC02", "office": "convenor@JH-PC02"}, GOOD)
    assert counted(meeting.tracker.import_commands(WrittenCommands(moved))) == (2, 1, 0, 1, 1, 0)


def test_what_lines_do_not_give_is_taken_from_what_is_given(meeting, file):
    path = file({"command": "task acknowledge", "task": "written-report/JH-PC01"})
    given = {"office": "convenor@JH-PC01", "occurred_at": datetime(2023, 10, 19, 12, tzinfo=UTC), "source": "sheet"}
    meeting.tracker.import_commands(WrittenCommands(path, given))
    *_, event = meeting.tracker.events()
    assert (event.office, event.occurred_at, event.source) == ("convenor@JH-PC01", given["occurred_at"], "sheet")


WRONG = [
    ({**GOOD, "task": "written-report/JH-PC99"}, errors.UnknownUnit, "unit: JH-PC99 is unknown"),
    ({**GOOD, "task": 7}, errors.InvalidInput, "task: 7 is not allowed"),
    ({**GOOD, "bogus": 7}, errors.InvalidInput, "bogus: is not a field here"),
    ({**GOOD, "office": "nobody"}, errors.InvalidInput, "office: 'nobody' is not allowed"),
    ({**GOOD, "occurred_at": "yesterday"}, errors.InvalidInput, "occurred_at: 'yesterday' is not allowed"),
    (
        {**GOOD, "occurred_at": "2023-10-20T12:00"},
        errors.InvalidInput,
        "occurred_at: '2023-10-20T12:00' is not allowed",
    ),
    ({**GOOD, "occurred_at": "2030-01-01T00:00:00Z"}, errors.InvalidInput, "at: 2030-01-01T00:00:00+00:00 is in the"),
    ({**GOOD, "occurred_at": "2001-01-01T00:00:00Z"}, errors.OutOfOrder, "at: 2001-01-01T00:00:00+00:00 is before"),
    (
        {**GOOD, "command": "task extend", "due": "soon", "reason": "R"},
        errors.InvalidInput,
        "due: 'soon' is not allowed",
    ),
    ({**GOOD, "command": "task extend", "due": "2023-12-01"}, errors.InvalidInput, "reason: is missing"),
    ({**GOOD, "command": "task do"}, errors.InvalidInput, "command: 'task do' is unknown: use one of"),
    ({**GOOD, "command": ["task"]}, errors.InvalidInput, "command: ['task'] is unknown"),
    ({"task": "written-report/JH-PC01", "office": "a@JH"}, errors.InvalidInput, "command: is missing"),
    ({"command": "task acknowledge", "task": "written-report/JH-PC01"}, errors.InvalidInput, "office: is missing"),
    (b"[1, 2]", errors.InvalidInput, "is not a JSON object, but of the type list"),
    (b"{'command'}", errors.InvalidInput, "is not JSON at character 2"),
    (b'{"command": "\xff"}', errors.InvalidInput, "is not UTF-8 text (byte 14)"),
    (b"[" * 100_000, errors.InvalidInput, "is not JSON"),
    (b'{"command": ' + b"9" * 5000 + b"}", errors.InvalidInput, "is not JSON"),
    ({**GOOD, "occurred_at": "20231130"}, errors.InvalidInput, "occurred_at: '20231130' is not allowed: write it as"),
    (
        {**GOOD, "command": "task extend", "due": 1700006400, "reason": "R"},
        errors.InvalidInput,
        "due: 1700006400 is not",
    ),
]


@pytest.mark.parametrize(("wrong", "error", "said"), WRONG, ids=[said[:30] for *_, said in WRONG])
@pytest.mark.parametrize("place", [1, 2, 5])
def test_a_wrong_line_is_named_by_line_and_field_and_the_store_is_as_it_was(meeting, file, wrong, error, said, place):
    lines = [{**GOOD, "task": f"written-report/{seat}", "office": f"convenor@{seat}"} for seat in SEATS[1:]]
    lines.insert(place - 1, wrong)
    path = file(*lines)
    with pytest.raises(error) as caught:
        meeting.tracker.import_commands(WrittenCommands(path))
    assert str(caught.value).startswith(f"line {place}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert meeting.names() == []
    carried = meeting.tracker.import_commands(WrittenCommands(path), keep_going=True)
    assert [(each.line, each.error) for each in carried.refused] == [(place, error.__name__)]
    assert meeting.names() == ["Acknowledged"] * 13


def test_a_file_that_can_be_read_but_once_is_read_once(meeting, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(json.dumps(GOOD),))
    writer.start()
    assert meeting.tracker.import_commands(WrittenCommands(pipe)).done == 1
    writer.join(10)


def test_a_file_that_cannot_be_read_is_said_so(meeting, tmp_path):
    for path, said in [(tmp_path / "none", "does not exist"), (tmp_path, "is a folder"), (7, "is not a path")]:
        with pytest.raises(errors.InvalidInput, match=said):
            WrittenCommands(path)


# The schema.


def test_the_schema_accepts_what_is_accepted_and_names_every_command():
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    validator = jsonschema.Draft202012Validator(found)
    assert validator.is_valid(GOOD)
    for wrong in ({**GOOD, "bogus": 1}, {**GOOD, "command": "task do"}, {"command": "task acknowledge"}, []):
        assert not validator.is_valid(wrong)
    shapes = [each["properties"] for each in found["$defs"].values() if "properties" in each]
    names = [each["command"]["const"] for each in shapes if "command" in each]
    assert sorted(names) == sorted(commands())
    assert {"report submit", "group create", "task reopen", "org move", "directive assign-units"} < set(names)


ORIGIN = "x.example/0123456789abcdef"


@pytest.mark.parametrize("name", commands())
def test_every_command_is_written_down_and_read_back(name):
    examples = {
        "organisation found": {"units": [{"code": "X", "level": "state", "name": {"en": "X", "hi": "एक्स"}}]},
        "org import": {"units": []},
        "meeting record": {},
    }
    text, document = {"en": "T", "hi": "शी"}, {"digest": f"sha256:{1:064x}", "media_type": "text/plain", "size": 1}
    words = dict.fromkeys(["reason", "text", "subject", "gathering"], "T")
    codes = dict.fromkeys(["unit", "code", "parent", "scope", "speaker"], "X")
    fields = {"task": "d/X", "due": "2023-11-15", "directive": "d", "kind": "written_report", "level": "block"}
    fields |= {
        "title": text,
        "name": text,
        "units": ["X"],
        "group": "x-1",
        "active": 3,
        "event": 7,
        "platform": "x",
        "what": "step",
        "person": "X/SP-01",
    }
    fields |= {"origin": ORIGIN, "vkey": f"{ORIGIN}+54574913+AQOh"}
    fields |= {"tasks": [{"task": "d/X"}]}
    fields |= {"document": document, "what": "step"} | words | codes
    command = commands()[name]
    if name == "meeting record":
        fields["minutes"] = read_minutes().model_dump(mode="json")
    needed = {
        key: fields[key] for key, field in command.model_fields.items() if field.is_required() and key != "office"
    }
    if "name" in needed and command.NOUN == "group":
        needed["name"] = "Group"
    written = {"command": name, "office": "clerk@X"} | needed | examples.get(name, {})
    assert jsonschema.Draft202012Validator(schema()).is_valid(written)
    assert type(command_of(written)) is command


def test_an_organisation_is_founded_and_grown_by_a_file(file):
    unit = {"code": "X", "level": "state", "name": {"en": "X", "hi": "एक्स"}}
    path = file(
        {"command": "organisation found", "units": [unit]},
        {"command": "org import", "units": [{**unit, "code": "A", "parent": "X", "level": "booth"}]},
        {"command": "directive issue", "directive": "d", "kind": "written_report", "title": unit["name"]},
        {"command": "directive assign", "directive": "d", "level": "booth", "scope": "X", "due": "2099-01-01"},
        {"command": "directive assign-units", "directive": "d", "units": ["X"], "due": "2099-01-01"},
    )
    with Tracker(fresh()) as tracker:
        carried = tracker.import_commands(WrittenCommands(path, {"office": "headquarters@X"}))
        assert counted(carried) == (5, 5, 0, 0, 6, 0)
        assert [(row.level, row.expected) for row in tracker.status()] == [("state", 1), ("booth", 1)]
        assert tracker.levels[0] == Level(code="state", name=Text(en="state", hi="प्रदेश"))
        assert tracker.task("d/A").due == date(2099, 1, 1)


def test_a_command_whose_events_are_gone_is_not_told_as_done(tmp_path, clock):
    path, own = tmp_path / "d.db", {"office": "clerk@JH-AC60"}
    with Tracker(path, create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.issue("d", "written_report", Text(en="R"), office="headquarters@JH")
        tracker.assign("d", "vidhan_sabha", "JH", date(2099, 1, 1), office="headquarters@JH")
        tracker.acknowledge("d/JH-AC59", office="clerk@JH-AC59", command_id="stays")
        tracker.acknowledge("d/JH-AC60", **own, command_id="gone")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM stored_events WHERE position = (SELECT max(position) FROM stored_events)")
    lost = "the events of command gone are missing: restore it from a backup"
    with Tracker(path, clock=clock) as tracker:
        with pytest.raises(StoreError, match=lost):
            tracker.acknowledge("d/JH-AC60", **own, command_id="gone")
        tracker.waive("d/JH-AC01", "No.", office="headquarters@JH")
        with pytest.raises(StoreError, match=lost):
            tracker.acknowledge("d/JH-AC60", **own, command_id="gone")
        with pytest.raises(StoreError, match=lost):
            tracker.execute_all([tracker.command(AcknowledgeTask, task="d/JH-AC60", **own, command_id="gone")])
        assert len(tracker.acknowledge("d/JH-AC59", office="clerk@JH-AC59", command_id="stays")) == 1
        (found,) = [each for each in tracker.doctor() if each.check == "commands"]
        assert (found.state, "does not match its command" in found.found) == ("wrong", True)
