"""Lists of tasks, page by page, and only where the totals say that there are some."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import get_args

import pytest
from tests.stores import fresh

from directives import Document, InvalidInput, Stage, Text, Tracker, UnknownTask, UnknownUnit, generated_state
from directives.projections import owed_tasks
from directives.queries import tasks as lists

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@GA"}
DOCUMENT = Document(digest="sha256:" + "0" * 64, media_type="text/plain", size=10)
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}


@pytest.fixture(scope="module")
def goa():
    """Three levels of a state whose tasks stand in every way, some extended, some of units that joined later."""
    now = [datetime(2023, 10, 20, tzinfo=UTC)]
    with Tracker(fresh(), clock=lambda: now[0]) as tracker:
        tracker.found([*generated_state("GA", scale=0.05)])
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, grace_days=20, **HQ)
        for level, days in (("booth", 10), ("vidhan_sabha", 10), ("state", 40)):
            tracker.assign("d", level, "GA", date(2023, 10, 20) + timedelta(days=days), **HQ)
        chosen = Random(1)
        for view in tracker.tasks(directive="d"):
            own, above = {"office": f"clerk@{view.unit}"}, {"office": "clerk@GA", "actor": "above"}
            lot = chosen.choice(["", "submit", "verify", "return", "waive", "extend", "extend"])
            if lot in ("submit", "verify", "return"):
                tracker.work("report submit", view.task, document=DOCUMENT, **own)
            if lot == "verify":
                tracker.verify(view.task, **above)
            elif lot == "return":
                tracker.return_task(view.task, "No.", **above)
            elif lot == "waive":
                tracker.waive(view.task, "Merged.", **above)
            elif lot == "extend":
                tracker.extend_task(view.task, date(2023, 12, 1), "More.", **above)
        now[0] += timedelta(days=9)
        parent = next(unit.parent for unit in tracker.units() if unit.level == "booth")
        late = {"code": "LATE", "parent": parent, "level": "booth", "name": {"en": "Late", "hi": "देर"}}
        tracker.register([late], **HQ)
        now[0] += timedelta(days=3)
        yield tracker


STAGES = get_args(Stage)
OPEN = ("assigned", "acknowledged", "returned")
BOTH = [{"state": state, "overdue": True} for state in STAGES]
FILTERS = [{}, {"overdue": True}, *({"state": state} for state in STAGES), *BOTH]
FILTERS += [{"state": OPEN}, {"state": ("waived", "submitted")}, {"within": 8}]
ORDERS = {
    "directive": lambda place, view: (place[view.level], place[view.unit]),
    "level": lambda place, view: (place[view.level], place[view.unit]),
    "unit": lambda place, view: place[view.unit],
    "due": lambda place, view: (view.due, place[view.level], place[view.unit]),
}


def pages(tracker, size, **wanted):
    found = tracker.tasks(limit=size, **wanted)
    while found and (more := tracker.tasks(limit=size, after=found[-1].task, **wanted)):
        assert len(more) <= size
        found += more
    return found


@pytest.mark.parametrize("wanted", FILTERS)
@pytest.mark.parametrize("by", ORDERS)
def test_every_order_has_the_same_tasks(goa, monkeypatch, by, wanted):
    place = {unit.code: number for number, unit in enumerate(goa.units())}
    place |= {level.code: number for number, level in enumerate(goa.levels)}
    asked = sorted(goa.tasks(**wanted), key=lambda view: ORDERS[by](place, view))
    assert goa.tasks(by=by, **wanted) == asked
    monkeypatch.setattr(lists, "FEW", 2)
    monkeypatch.setattr(owed_tasks, "READ", 3)
    assert goa.tasks(by=by, **wanted) == asked
    assert pages(goa, 7, by=by, **wanted) == asked


@pytest.mark.parametrize("wanted", FILTERS)
@pytest.mark.parametrize("place", [{}, {"unit": "GA-PC01"}, {"level": "booth"}])
def test_pages_make_up_the_list_and_descending_finds_what_looking_at_all_does(goa, monkeypatch, wanted, place):
    everything = goa.tasks(**place)
    asked = [
        view
        for view in everything
        if (wanted.get("state") is None or view.state == wanted["state"] or view.state in (*wanted["state"],))
        and (view.overdue or not wanted.get("overdue"))
        and view.due <= date(2023, 11, 1) + timedelta(days=wanted.get("within", 999))
    ]
    assert len({view.task for view in everything}) == len(everything)
    for few in (1, 5, 10_000):
        monkeypatch.setattr(lists, "FEW", few)
        assert goa.tasks(**place, **wanted) == asked
    monkeypatch.setattr(lists, "FEW", 2)
    monkeypatch.setattr(owed_tasks, "READ", 3)
    for size in (1, 7):
        assert pages(goa, size, **place, **wanted) == asked


def test_the_list_agrees_with_the_totals(goa):
    for row in goa.status():
        stages = [view.state for view in goa.tasks(level=row.level)]
        assert (row.expected, row.verified, row.waiting) == (
            len(stages), stages.count("verified"), stages.count("submitted")
        )  # fmt: skip
        assert row.overdue == len(goa.tasks(level=row.level, overdue=True))


def test_a_page_goes_on_after_a_task_that_is_no_longer_in_the_list(goa):
    overdue = goa.tasks(overdue=True)
    other = next(view for view in goa.tasks(level="booth") if not view.overdue)
    after = goa.tasks(overdue=True, after=other.task)
    assert after == overdue[len(overdue) - len(after) :]


def test_what_is_no_page_is_refused(goa):
    for limit in (0, -1, "x"):
        with pytest.raises(InvalidInput, match="limit: "):
            goa.tasks(limit=limit)
    with pytest.raises(UnknownTask):
        goa.tasks(after="d")
    with pytest.raises(UnknownUnit):
        goa.tasks(after="d/NOWHERE")
