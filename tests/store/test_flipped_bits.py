"""Bits flipped in pages of indexes: no question is answered wrongly while doctor finds nothing, and rebuild mends it.

A few by default; ``DIRECTIVES_FLIPS=400`` flips as many.
"""

import os
import random
from datetime import UTC, date, datetime

import pytest
from tests.conftest import Clock, earlier_minutes

from directives import StoreError, Text, Tracker, read_organisation

FLIPS = int(os.environ.get("DIRECTIVES_FLIPS", "40"))
HQ = {"office": "headquarters@JH"}
LATER = datetime(2023, 12, 20, tzinfo=UTC)
OF_INDEX = (2, 10)
"""The first byte of a page of an index, or of a table that stands in the order of its key (SQLite's format, 1.6)."""
QUESTIONS = {
    "status": lambda tracker: tracker.status(),
    "tasks": lambda tracker: tracker.tasks(),
    "overdue": lambda tracker: tracker.tasks(overdue=True, by="due"),
    "waiting": lambda tracker: tracker.waiting(),
    "todo": lambda tracker: tracker.todo("JH-PC11", below=True),
    "board": lambda tracker: [tracker.board()],
    "log": lambda tracker: tracker.log(),
    "history": lambda tracker: tracker.history("written-report/JH-PC11"),
    "units": lambda tracker: tracker.units(),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("flipped") / "whole.db"
    clock = Clock()
    with Tracker(path, create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
        tracker.issue("e", "written_report", Text(en="Name", hi="नाम"), PERIOD, **HQ)
        tracker.assign("e", "vidhan_sabha", "JH", date(2023, 11, 15), **HQ)
        tracker.assign("e", "lok_sabha", "JH", date(2023, 11, 20), **HQ)
        units = [unit.code for unit in tracker.units() if unit.level == "vidhan_sabha"]
        for number, unit in enumerate(units):
            clock.now = datetime(2023, 10, 21 + number % 5, 6, tzinfo=UTC)
            tracker.acknowledge(f"e/{unit}", office=f"convenor@{unit}")
            if number % 3 == 0:
                tracker.extend_task(f"e/{unit}", date(2023, 11, 20), "More time.", office="clerk@JH")
            if number % 4 == 0:
                tracker.waive(f"e/{unit}", "No.", office="clerk@JH")
            if number % 10 == 1:
                tracker.reassign(f"e/{unit}", units[0], "No.", office="clerk@JH")
    return path


PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-02"}


def answers(tracker):
    """What each question says; None where it fails with an error of ours."""
    said = {}
    for name, question in QUESTIONS.items():
        try:
            said[name] = [each.model_dump_json() for each in question(tracker)]
        except StoreError:
            said[name] = None
    return said


def is_clean(tracker):
    try:
        return all(each.state != "wrong" for each in tracker.doctor())
    except StoreError:
        return False


def of_indexes(content):
    """Where the pages of indexes begin in a file, and how long they are."""
    size = int.from_bytes(content[16:18])
    size = 65536 if size == 1 else size
    return [start for start in range(size, len(content), size) if content[start] in OF_INDEX], size


def test_no_wrong_answer_stands_beside_a_clean_doctor(whole, tmp_path):
    with Tracker(whole, clock=Clock(LATER)) as tracker:
        right = answers(tracker)
        assert all(right.values()) or right["waiting"] == []
        assert is_clean(tracker)
    content = whole.read_bytes()
    pages, size = of_indexes(content)
    chance, path, mended, wrong = random.Random(29), tmp_path / "flipped.db", 0, []
    told = {"harmless": 0, "found": 0, "refused": 0}
    for number in range(FLIPS):
        place, bit = chance.choice(pages) + chance.randrange(size), chance.randrange(8)
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        for each in tmp_path.iterdir():
            each.unlink()
        path.write_bytes(flipped)
        case = f"flip {number}: page {place // size + 1}, byte {place % size}, bit {bit}"
        with Tracker(path, clock=Clock(LATER)) as tracker:
            clean, said = is_clean(tracker), answers(tracker)
            otherwise = [name for name, each in said.items() if each is not None and each != right[name]]
            if clean and otherwise:
                wrong.append((case, otherwise))
            if clean:
                told["harmless"] += 1
                continue
            told["found"] += 1
            try:
                tracker.rebuild()
            except StoreError as error:
                told["refused"] += 1
                print(case, error)
                continue
            mended += 1
            # What commands were carried out follows from no event: a damaged row of those stays as it is, and is told.
            if not {each.check for each in tracker.doctor() if each.state == "wrong"} <= {"commands"}:
                wrong.append((case, "not mended"))
            if answers(tracker) != right:
                wrong.append((case, "after the rebuild"))
    print(told, mended)
    assert wrong == []
    assert mended > told["refused"] * 3, "what is damaged is mostly what rebuild makes anew"
