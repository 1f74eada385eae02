"""One document from two units is told to both, to the office that verifies, and by doctor; nothing is refused."""

from datetime import date

import pytest
from tests.store.test_fold import check_fold
from tests.stores import fresh

from directives import Document, SubmitReport, Text, Tracker, generated_state
from directives.projections.read_models import ReadModels

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@JH"}
ONE, TWO, THREE = "JH-PC01", "JH-PC02", "JH-PC03"
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]


def task(seat, directive="written-report"):
    return f"{directive}/{seat}"


def same(tracker, seat, directive="written-report"):
    """The other tasks with the same document, as the task, the page of what waits and the evidence tell them."""
    told = tracker.task(task(seat, directive)).same_document
    waiting = [each.same_document for each in tracker.waiting() if each.task == task(seat, directive)]
    assert waiting in ([], [told])
    return told


def document(number):
    return Document(digest=f"sha256:{number:064x}", media_type="text/plain", size=1)


def handing(seat, number, directive="written-report"):
    return SubmitReport(task=task(seat, directive), document=document(number), office=f"convenor@{seat}")


def second_directive(tracker):
    asked = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
    tracker.issue("other", "written_report", Text(en="Other", hi="अन्य"), asked, **HQ)
    tracker.assign("other", "lok_sabha", "JH", date(2023, 11, 15), **HQ)


def rows(tracker):
    with tracker._store.reading() as session:
        return [tuple(row)[1:3] for row in session.cursor.execute("SELECT * FROM documents")]


def of_doctor(tracker, lang="en"):
    found = [each for each in tracker.doctor(lang=lang) if each.state == "look" and "task show" in each.what_to_do]
    return [(each.found, each.what_to_do) for each in found]


def test_one_document_from_two_seats_is_told_to_both_and_refused_to_none(meeting):
    meeting.submit(ONE)
    assert same(meeting.tracker, ONE) == ()
    meeting.submit(TWO)
    meeting.submit(THREE, "Another report.\n")
    assert same(meeting.tracker, ONE) == (task(TWO),)
    assert same(meeting.tracker, TWO) == (task(ONE),)
    assert same(meeting.tracker, THREE) == ()
    meeting.verify(ONE)
    meeting.verify(TWO)
    assert same(meeting.tracker, ONE) == (task(TWO),)


def test_it_is_left_out_of_json_where_there_is_none(meeting):
    meeting.submit(ONE)
    tracker = meeting.tracker
    views = [tracker.task(task(ONE)), *tracker.waiting(), *tracker.evidence(), *tracker.history(task(ONE))[-2].evidence]
    assert len(views) == 4
    assert not any("same_document" in view.model_dump(mode="json") for view in views)
    meeting.submit(TWO)
    views = [tracker.task(task(ONE)), *tracker.waiting(), *tracker.evidence(), *tracker.history(task(ONE))[-2].evidence]
    assert len(views) == 6
    assert all(len(view.model_dump(mode="json")["same_document"]) == 1 for view in views)


def test_the_same_unit_twice_is_one_row_and_no_matter(meeting):
    meeting.submit(ONE)
    meeting.give_back(ONE)
    meeting.submit(ONE, "A corrected report.\n")
    meeting.give_back(ONE)
    meeting.submit(ONE)
    assert rows(meeting.tracker) == [("written-report", ONE)] * 2
    assert same(meeting.tracker, ONE) == ()
    assert of_doctor(meeting.tracker) == []


def test_two_directives_of_one_unit_are_no_matter(meeting):
    second_directive(meeting.tracker)
    meeting.submit(ONE)
    meeting.tracker.submit_report(task(ONE, "other"), meeting.report(), office=f"convenor@{ONE}")
    assert same(meeting.tracker, ONE) == same(meeting.tracker, ONE, "other") == ()
    assert of_doctor(meeting.tracker) == []
    meeting.submit(TWO)
    assert same(meeting.tracker, TWO) == (task(ONE, "other"), task(ONE))
    assert same(meeting.tracker, ONE, "other") == (task(TWO),)


def test_what_was_returned_still_counts_when_another_unit_hands_it_in(meeting):
    meeting.submit(ONE)
    meeting.give_back(ONE)
    meeting.submit(ONE, "A corrected report.\n")
    meeting.submit(TWO)
    assert same(meeting.tracker, TWO) == (task(ONE),)
    assert same(meeting.tracker, ONE) == (task(TWO),)
    told = [view.same_document for view in meeting.tracker.evidence(task(ONE))]
    assert told == [(task(TWO),), ()], "of each document, its own"


def test_the_document_of_a_retired_unit_is_still_told(meeting):
    for unit in reversed([unit.code for unit in meeting.tracker.units() if unit.parent == ONE]):
        meeting.tracker.retire(unit, "Merged.")
    meeting.submit(ONE)
    meeting.tracker.retire(ONE, "Merged.")
    meeting.submit(TWO)
    assert same(meeting.tracker, TWO) == (task(ONE),)


def test_the_history_and_the_list_of_evidence_tell_it_where_it_was_handed_in(meeting):
    meeting.submit(ONE)
    meeting.submit(TWO)
    told = {view.stream: view.same_document for view in meeting.tracker.evidence()}
    assert told == {f"task/{task(ONE)}": (task(TWO),), f"task/{task(TWO)}": (task(ONE),)}
    entries = meeting.tracker.history(task(TWO))
    assert [view.same_document for entry in entries for view in entry.evidence] == [(task(ONE),)]
    below = meeting.tracker.history_below(TWO)
    assert [view.same_document for entry in below for view in entry.evidence] == [(task(ONE),)]


def test_two_of_one_chunk_see_each_other_when_it_is_written(meeting):
    carried = meeting.tracker.execute_all([handing(ONE, 1), handing(TWO, 1), handing(THREE, 2)])
    assert carried.done == 3
    assert same(meeting.tracker, TWO) == (task(ONE),)
    assert same(meeting.tracker, ONE) == (task(TWO),)
    assert same(meeting.tracker, THREE) == ()


def test_ten_at_most_are_told_in_order(meeting):
    second_directive(meeting.tracker)
    commands = [handing(seat, 1, directive) for directive in ("written-report", "other") for seat in SEATS]
    meeting.tracker.execute_all(commands)
    assert same(meeting.tracker, ONE) == tuple(task(seat, "other") for seat in SEATS[1:11])
    assert same(meeting.tracker, THREE, "other") == tuple(task(s, "other") for s in SEATS[:11] if s != THREE)
    meeting.give_back(ONE)
    meeting.tracker.execute(handing(ONE, 2))
    assert len(same(meeting.tracker, ONE)) == 10, "of two documents of a task together"


def test_a_page_asks_once_however_many_wait():
    """Also where each of them handed in the one document of all."""
    with Tracker(fresh()) as tracker:
        tracker.found([*generated_state("GA", scale=0.02)])
        asked = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), asked, office="headquarters@GA")
        tracker.assign("d", "booth", "GA", date(2099, 10, 25), office="headquarters@GA")
        units = [view.unit for view in tracker.tasks()]
        assert len(units) > 20
        tracker.execute_all([handing(unit, 1, "d") for unit in units])
        asked = []
        with tracker._store.reading() as session:
            session.cursor = Counting(session.cursor, asked)
            models = ReadModels(session)
            told = models.documents.of_tasks([("d", unit) for unit in units])
        assert len(asked) == 1
        assert {len(each) for each in told.values()} == {10}
        assert {("d", each.unit): each.same_document for each in tracker.waiting()} == told


class Counting:
    """A cursor that notes what it is asked."""

    def __init__(self, cursor, asked):
        self._cursor, self._asked = cursor, asked

    def execute(self, statement, *parameters):
        self._asked.append(statement)
        return self._cursor.execute(statement, *parameters)


def test_doctor_looks_after_them_and_rebuild_makes_the_same(meeting):
    for seat, number in ((ONE, 1), (TWO, 1), (THREE, 2), ("JH-PC04", 2), ("JH-PC05", 3)):
        meeting.tracker.execute(handing(seat, number))
    found = "2 documents were submitted by more than one unit: written-report/JH-PC01, written-report/JH-PC03"
    assert of_doctor(meeting.tracker) == [(found, "compare them: directives task show TASK")]
    ((in_hindi, _),) = of_doctor(meeting.tracker, "hi")
    assert "2 दस्तावेज़" in in_hindi
    assert not [each for each in meeting.tracker.doctor() if each.state == "wrong"]
    check_fold(meeting.tracker, list(meeting.tracker.events()))
    before = rows(meeting.tracker)
    assert {each.table: each.differing for each in meeting.tracker.rebuild()}["documents"] == 0
    assert rows(meeting.tracker) == before
    assert len(before) == 5


@pytest.mark.parametrize("statement", ["DELETE FROM documents", "UPDATE documents SET unit = 'JH-PC09'"])
def test_doctor_does_not_go_by_what_is_kept(meeting, statement):
    meeting.tracker.execute_all([handing(ONE, 1), handing(TWO, 2)])
    with meeting.tracker._store.writing() as session:
        session.cursor.execute(statement)
    wrong = [each.check for each in meeting.tracker.doctor() if each.state == "wrong"]
    assert wrong == ["documents"]
    meeting.tracker.rebuild()
    assert [each for each in meeting.tracker.doctor() if each.state == "wrong"] == []


def test_whose_document_it_is_says_who_handed_it_in(meeting):
    """A task that was reassigned is handed in by another unit than the one that owes it."""
    tracker, clerk = meeting.tracker, {"office": "clerk@JH"}
    second_directive(tracker)
    tracker.reassign(task(ONE), TWO, "Nobody is in office.", **clerk)
    tracker.execute(handing(TWO, 1))
    tracker.make(SubmitReport, task=task(ONE), document=document(1), office=f"convenor@{TWO}")
    assert (same(tracker, ONE), same(tracker, TWO)) == ((), ()), "one unit handed it in for both"
    tracker.execute(handing(ONE, 1, "other"))
    assert same(tracker, ONE, "other") == (task(ONE), task(TWO)), "and now another one"
    tracker.make(SubmitReport, task=task(THREE), document=document(1), on_behalf_of=THREE, **clerk)
    assert same(tracker, THREE) == (task(ONE, "other"), task(ONE), task(TWO))
    check_fold(tracker, [*tracker.events()])
