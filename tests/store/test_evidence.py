"""Files that are handed in: kept once, whole or not at all, and looked at when read."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import date

import pytest
from tests.conftest import earlier_minutes
from tests.stores import fresh

from directives import (
    EvidenceAltered,
    EvidenceMissing,
    InvalidDocument,
    InvalidInput,
    NotFulfilled,
    StoreError,
    SubmitReport,
    Tracker,
    read_organisation,
)
from directives.store import evidence

TASK = "written-report/JH-PC11"
OWN = {"office": "convenor@JH-PC11"}
HQ = {"office": "headquarters@JH"}


@pytest.fixture
def store(tmp_path, clock):
    with Tracker(f"sqlite:///{tmp_path / 'd.db'}", create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        yield tracker


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "प्रतिवेदन.pdf"
    path.write_text("किया गया काम\n", "utf-8")
    return path


def kept(tmp_path):
    """The files beside the database, temporary ones too."""
    folder = tmp_path / "d.db.evidence"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def evidence_of_doctor(tracker):
    return [(each.state, each.found) for each in tracker.doctor() if each.check == "evidence"]


def test_a_file_is_kept_once_whatever_it_is_called(store, report, tmp_path):
    store.submit_report(TASK, report, **OWN)
    (file,) = kept(tmp_path)
    assert file.read_bytes() == report.read_bytes()
    (view,) = store.evidence(TASK)
    assert (view.digest, view.media_type, view.condition) == (f"sha256:{file.name}", "text/plain", "whole")
    other = tmp_path / "copy.txt"
    other.write_bytes(report.read_bytes())
    store.submit_report("written-report/JH-PC12", other, office="convenor@JH-PC12")
    assert kept(tmp_path) == [file]
    assert [each.stream for each in store.evidence()] == [f"task/{TASK}", "task/written-report/JH-PC12"]
    with store.open_evidence(view.digest) as opened:
        assert opened.read() == report.read_bytes()
    assert evidence_of_doctor(store) == [
        ("ok", "1 file, unchanged since submission"),
        ("look", f"1 document was submitted by more than one unit: {TASK}"),
    ]


def test_what_is_refused_keeps_nothing(store, report, tmp_path):
    with pytest.raises(Exception, match="an office of that unit must"):
        store.submit_report(TASK, report, office="convenor@JH-PC12")
    assert not (tmp_path / "d.db.evidence").exists()
    assert store.evidence() == []


def test_the_issuing_office_sets_how_large_a_file_is(store, report, tmp_path):
    size = report.stat().st_size
    store.amend("written-report", "Smaller.", parameters={"max_bytes": size - 1}, **HQ)
    with pytest.raises(NotFulfilled, match=f"document: has {size} bytes: .* takes a file of {size - 1} at most"):
        store.submit_report(TASK, report, **OWN)
    assert not (tmp_path / "d.db.evidence").exists()
    store.amend("written-report", "As large.", parameters={"max_bytes": size}, **HQ)
    store.submit_report(TASK, report, **OWN)
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_that_is_none_is_refused(store, tmp_path, content):
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_bytes(content)
    before = len(list(store.events()))
    for wrong in (path, tmp_path, "nul\0l"):
        with pytest.raises(InvalidDocument, match=r"^file: "):
            store.submit_report(TASK, wrong, **OWN)
    assert len(list(store.events())) == before
    assert kept(tmp_path) == []


def test_more_than_can_be_looked_at_is_refused(store, report, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "CEILING", 5)
    with pytest.raises(InvalidDocument, match="has more than 5 bytes"):
        store.submit_report(TASK, report, **OWN)
    assert kept(tmp_path) == []


def test_an_altered_file_is_told(store, report, tmp_path):
    store.submit_report(TASK, report, **OWN)
    (file,) = kept(tmp_path)
    file.chmod(0o644)
    file.write_text("something else\n")
    (view,) = store.evidence(TASK)
    assert view.condition == "altered"
    assert store.history(TASK)[-2].evidence == (view,)
    with pytest.raises(EvidenceAltered, match="was altered"), store.open_evidence(view.digest):
        pass
    assert evidence_of_doctor(store) == [("wrong", f"1 file was altered: {view.digest}")]
    assert store.keep_evidence(report).digest == view.digest, "what was handed in, brought back"
    assert store.evidence(TASK)[0].condition == "whole"


def test_a_missing_file_is_told(store, report, tmp_path):
    store.submit_report(TASK, report, **OWN)
    (file,) = kept(tmp_path)
    file.unlink()
    (view,) = store.evidence(TASK)
    assert (view.condition, view.kept) == ("missing", True)
    with pytest.raises(EvidenceMissing, match="is not stored here"), store.open_evidence(view.digest):
        pass
    assert evidence_of_doctor(store) == [("wrong", f"1 file is missing: {view.digest}")]


def test_a_document_that_was_only_named_is_looked_after(store, tmp_path):
    document = {"digest": f"sha256:{1:064x}", "media_type": "text/plain", "size": 1}
    store.make(SubmitReport, task=TASK, document=document, **OWN)
    (view,) = store.evidence()
    assert (view.condition, view.kept) == ("missing", False)
    assert evidence_of_doctor(store)[0][0] == "look"
    assert kept(tmp_path) == []


def test_what_is_no_digest_is_refused(store):
    for wrong in ("../../etc/passwd", "sha256:xyz", 5, f"sha256:{1:064x}\n"):
        with pytest.raises(InvalidInput, match=r"^digest: "):
            store.open_evidence(wrong)


def test_a_folder_that_cannot_be_written_leaves_the_store_as_it_was(store, report, tmp_path):
    (tmp_path / "d.db.evidence").write_text("a file where the folder would be")
    before = len(list(store.events()))
    with pytest.raises(StoreError, match=r"evidence: .* cannot be written"):
        store.submit_report(TASK, report, **OWN)
    assert len(list(store.events())) == before


def test_a_file_is_in_place_before_its_event_is(store, report, tmp_path, monkeypatch):
    """Where the event cannot be written the file is there unnamed, which harms nobody; never the other way round."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    before = len(list(store.events()))
    with pytest.raises(StoreError, match="No space left"):
        store.submit_report(TASK, report, **OWN)
    assert len(list(store.events())) == before
    assert kept(tmp_path) == []


def test_a_store_in_memory_keeps_files_while_it_is_open(tmp_path, clock, report):
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        tracker.submit_report(TASK, report, **OWN)
        (view,) = tracker.evidence()
        with tracker.open_evidence(view.digest) as opened:
            place = opened.name
            assert opened.read() == report.read_bytes()
    assert not os.path.exists(place)


def test_an_older_directive_without_a_limit_is_issued_so_already(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "d.db")) as connection:
        for table, column in (("states", "state"), ("stored_events", "CAST(state AS TEXT)")):
            name = column if table == "states" else "state"
            connection.execute(f"UPDATE {table} SET {name} = replace({column}, ',\"max_bytes\":20000000', '')")
        connection.commit()
    assert "max_bytes" not in store.directive("written-report").parameters
    assert store.record_meeting(earlier_minutes()) == ()
    extended = store.extend("written-report", date(2023, 12, 1), "Floods.", **HQ)
    assert len(extended) == 1


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png"),
        ("प्रतिवेदन".encode(), "text/plain"),
        (b"\x00\x01\x02\x03" * 9, "application/octet-stream"),
    ],
)
def test_a_media_type_is_that_of_the_content(tmp_path, content, media_type):
    path = tmp_path / "report.exe"
    path.write_bytes(content)
    assert evidence.media_type_of(path) == media_type


def copies(tmp_path, *ages):
    """Copies of processes that were stopped, of so many hours each."""
    folder = tmp_path / "d.db.evidence"
    folder.mkdir(exist_ok=True)
    for number, hours in enumerate(ages):
        copy = folder / f".{number:032x}"
        copy.write_text("half")
        then = time.time() - hours * 3600
        os.utime(copy, (then, then))
    return folder


def test_copies_that_were_left_behind_go_when_evidence_is_written_and_never_when_it_is_read(store, report, tmp_path):
    folder = copies(tmp_path, 1, 23, 25, 1000)
    (folder / ".mine").write_text("of somebody else")
    os.utime(folder / ".mine", (0, 0))
    store.evidence()
    store.doctor()
    store.history(TASK)
    store.acknowledge(TASK, **OWN)
    assert len(kept(tmp_path)) == 5
    store.submit_report(TASK, report, **OWN)
    hidden = {path.name for path in kept(tmp_path) if path.name.startswith(".")}
    assert hidden == {".mine", f".{0:032x}", f".{1:032x}"}
    assert store.evidence()[0].condition == "whole"


def test_what_is_kept_and_named_by_no_event_is_listed_and_looked_at(store, report, tmp_path, run):
    assert evidence_of_doctor(store) == [("ok", "0 files, unchanged since submission")]
    digest = store.keep_evidence(report).digest
    (view,) = store.evidence()
    assert (view.digest, view.condition, view.kept, view.stream, view.position) == (digest, "whole", True, None, None)
    assert (view.wrong, view.never_kept) == (False, False)
    assert store.evidence(TASK) == []
    assert evidence_of_doctor(store) == [("look", f"1 file is stored but not named by any entry: {digest}")]
    db = ["--db", tmp_path / "d.db"]
    assert "no entry names it" in run("evidence", "list", *db).stdout
    assert "null" in run("evidence", "list", "--json", *db).stdout
    (file,) = kept(tmp_path)
    file.chmod(0o644)
    file.write_text("other")
    assert store.evidence()[0].wrong
    store.submit_report(TASK, report, **OWN)
    assert [each.stream for each in store.evidence()] == [f"task/{TASK}"]
    assert evidence_of_doctor(store) == [("ok", "1 file, unchanged since submission")]


def test_a_file_that_is_on_no_record_is_looked_at(store, report, tmp_path):
    store.submit_report(TASK, report, **OWN)
    stray = tmp_path / "d.db.evidence" / "ab" / f"ab{0:062x}"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("stray")
    assert evidence_of_doctor(store) == [("look", f"1 file in the evidence folder is not on record: sha256:ab{0:062x}")]
