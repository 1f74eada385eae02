"""The door: whatever is wrong comes back as a named error of ours, and leaves the store as it was."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from directives import (
    DirectivesError,
    InvalidInput,
    NotFound,
    StoreBusy,
    StoreError,
    StoreUnusable,
    Text,
    Tracker,
    read_document,
    read_minutes,
    read_organisation,
)

pytestmark = pytest.mark.every_store

TASK = "written-report/JH-PC01"
OWN = {"office": "convenor@JH-PC01"}
HQ = {"office": "headquarters@JH"}
NAIVE = datetime(2023, 10, 20)  # noqa: DTZ001
TEXT = Text(en="T", hi="ट")
WRONG = {
    "a task that is no text": lambda t: t.acknowledge(7, **OWN),
    "a task that is nothing": lambda t: t.acknowledge(None, **OWN),
    "an office that is no text": lambda t: t.acknowledge(TASK, office=7),
    "an office with a line break": lambda t: t.acknowledge(TASK, office="convenor@JH-PC01\n"),
    "a moment without a zone": lambda t: t.acknowledge(TASK, occurred_at=NAIVE, **OWN),
    "a moment that is none": lambda t: t.acknowledge(TASK, occurred_at="soon", **OWN),
    "a command id that is no text": lambda t: t.acknowledge(TASK, command_id=7, **OWN),
    "an empty actor": lambda t: t.acknowledge(TASK, actor=" ", **OWN),
    "a field that is none": lambda t: t.acknowledge(TASK, colour="red", **OWN),
    "a reason that is none": lambda t: t.return_task(TASK, None, **HQ),
    "a due day that is none": lambda t: t.assign("written-report", "booth", "JH", "soon", **HQ),
    "a kind that is no text": lambda t: t.issue("x", 7, TEXT, **HQ),
    "a title in one language": lambda t: t.issue("x", "written_report", "Title", **HQ),
    "parameters that are no JSON": lambda t: t.issue("x", "written_report", TEXT, {"languages": object()}, **HQ),
    "parameters that are none": lambda t: t.issue("x", "written_report", TEXT, 7, **HQ),
    "minutes that are none": lambda t: t.record_meeting("minutes"),
    "units that are none": lambda t: t.found(["JH"]),
    "a document that is no path": lambda t: t.submit_report(TASK, None, **OWN),
    "a document with a null in its path": lambda t: t.submit_report(TASK, "a\0b", **OWN),
    "a command that is none": lambda t: t.execute("acknowledge"),
    "a unit that is no text": lambda t: t.status(unit=object()),
    "a directive that is no text": lambda t: t.tasks(directive=7),
    "a reference that is no text": lambda t: t.history(7),
    "a task to show that is no text": lambda t: t.task(7),
    "a lone surrogate": lambda t: t.return_task(TASK, "\ud800", **HQ),
    "a lone surrogate in a question": lambda t: t.status(unit="\ud800"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_an_error_of_ours_in_one_line(meeting, tracker, wrong):
    with pytest.raises(DirectivesError) as caught:
        wrong(tracker)
    assert isinstance(caught.value, InvalidInput | NotFound), repr(caught.value)
    assert "\n" not in str(caught.value)
    assert meeting.names() == []


def test_a_store_without_an_organisation_says_so(empty):
    for ask in (empty.status, empty.tasks, lambda: empty.zone, lambda: empty.record_meeting(read_minutes())):
        with pytest.raises(NotFound, match="directives init"):
            ask()
    assert empty.directives() == []


def test_a_tracker_that_was_closed(tmp_path):
    tracker = Tracker(f"sqlite:///{tmp_path}/s.db", create=True)
    tracker.found(read_organisation())
    tracker.close()
    tracker.close()
    with pytest.raises(StoreError):
        tracker.units()


def test_a_store_that_another_process_holds(tmp_path):
    path = tmp_path / "s.db"
    url = f"sqlite:///{path}"
    with Tracker(url, create=True, lock_timeout=0) as tracker, closing(sqlite3.connect(path)) as other:
        tracker.found(read_organisation())
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="try again"):
            tracker.record_meeting(read_minutes())
        other.rollback()
        assert tracker.record_meeting(read_minutes())


def test_a_store_whose_pages_are_damaged(tmp_path):
    path = tmp_path / "s.db"
    with Tracker(f"sqlite:///{path}", create=True) as tracker:
        tracker.found(read_organisation())
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    for create in (False, True):
        with pytest.raises(StoreUnusable), Tracker(f"sqlite:///{path}", create=create) as tracker:
            tracker.units()


def test_events_are_followed_from_a_position(meeting, tracker):
    assert [event.position for event in tracker.events(after=98)] == [99, 100]
    assert list(tracker.events(after=100)) == []
    meeting.acknowledge("JH-PC01", actor="W17")
    (event,) = tracker.events(after=100)
    assert (event.stream, event.version, event.name) == ("task/written-report/JH-PC01", 1, "Acknowledged")
    assert (event.actor, event.office, event.source) == ("W17", "convenor@JH-PC01", "library")
    assert event.occurred_at == event.recorded_at == datetime(2023, 10, 20, 6, tzinfo=UTC)


def test_days_end_at_midnight_of_the_zone_of_the_store(empty, clock, tmp_path):
    """At 06:00 UTC it is still the evening of the day before in Honolulu."""
    empty.found(read_organisation(), zone="Pacific/Honolulu")
    empty.record_meeting(read_minutes())
    assert empty.zone == "Pacific/Honolulu"
    clock.now = datetime(2023, 11, 16, 6, tzinfo=UTC)
    assert empty.status(directive="written-report")[0].overdue == 0
    clock.now = datetime(2023, 11, 16, 10, tzinfo=UTC)
    assert empty.status(directive="written-report")[0].overdue == 14


def test_a_document_is_known_by_its_digest_media_type_and_size(tmp_path):
    path = tmp_path / "प्रतिवेदन.pdf"
    path.write_bytes(b"abc")
    document = read_document(path)
    assert document.digest == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (document.media_type, document.size) == ("text/plain", 3)
    assert tmp_path.name not in document.model_dump_json()


def test_one_answer_counts_each_scope_once(empty, clock):
    empty.found(read_organisation())
    empty.issue("r", "written_report", TEXT, **HQ)
    for scope in ("JH-PC01", "JH-PC02"):
        empty.assign("r", "vidhan_sabha", scope, date(2023, 11, 15), **HQ)
    assert [row.expected for row in empty.status()] == [12]
    assert [row.expected for row in empty.status(unit="JH")] == [12]
    assert [row.expected for row in empty.status(unit="JH-PC01")] == [6]
    assert [row.expected for row in empty.status(unit="JH-AC01")] == [1]
    assert empty.status(unit="JH-PC03") == []
