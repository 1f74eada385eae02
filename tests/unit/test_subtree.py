"""The history of a unit and of all below it."""

from datetime import date

import pytest
from tests.stores import fresh

from directives import InvalidInput, Text, Tracker, UnknownUnit, generated_state
from directives.queries import history_below as subtree

HQ = {"office": "headquarters@GA"}
TITLE = Text(en="Report", hi="प्रतिवेदन")


@pytest.fixture(scope="module")
def goa():
    with Tracker(fresh()) as tracker:
        tracker.found([*generated_state("GA", scale=0.02)])
        for name in ("d", "e"):
            tracker.issue(name, "written_report", TITLE, **HQ)
            tracker.assign(name, "booth", "GA", date(2999, 1, 1), **HQ)
            for view in tracker.tasks(directive=name):
                tracker.acknowledge(view.task, office=f"clerk@{view.unit}")
        booth = next(unit for unit in tracker.units() if unit.level == "booth")
        tracker.retire(booth.code, "Merged.")
        tracker.rename("GA-PC01", Text(en="North", hi="उत्तर"))
        yield tracker


def expected(tracker, code):
    with tracker._reading() as models:
        rows = [*models.units.under(""), *models.units.under("~/")]
        there = {row.code for row in rows if code in row.lineage}
    found = []
    for event in tracker.events():
        aggregate, _, rest = event.stream.partition("/")
        if aggregate in ("unit", "task") and rest.rpartition("/")[2] in there:
            found.append(event.position)
    return found


@pytest.mark.parametrize("many", [20_000, 0])
@pytest.mark.parametrize("code", ["GA", "GA-PC02", "GA-AC20", "GA-S01"])
def test_it_has_what_happened_there_and_to_its_tasks_in_log_order(goa, monkeypatch, many, code):
    monkeypatch.setattr(subtree, "MANY", many)
    entries = goa.history_below(code)
    with goa._reading() as models:
        retired = [row.code for row in models.units.under("~/")]
    assert len(retired) == 1
    positions = [entry.position for entry in entries]
    assert positions == expected(goa, code)
    assert all(entry.sentence for entry in entries)
    first = goa.history_below(code, limit=2)
    assert [entry.position for entry in first] == positions[:2]
    rest = goa.history_below(code, after=first[-1].position)
    assert [entry.position for entry in rest] == positions[2:]


def test_a_retired_unit_still_has_its_own(goa):
    with goa._reading() as models:
        (gone,) = [*models.units.under("~/")]
    assert [entry.name for entry in goa.history_below(gone.code)] == [
        "Registered", "Acknowledged", "Acknowledged", "Retired"
    ]  # fmt: skip
    assert goa.history_below(gone.parent)[-1].name == "Retired"


def test_what_is_wrong_is_told(goa):
    with pytest.raises(UnknownUnit):
        goa.history_below("NOWHERE")
    with pytest.raises(InvalidInput, match="limit: must be 1 or more, not 0"):
        goa.history_below("GA", limit=0)
    with pytest.raises(InvalidInput, match="after: 'x'"):
        goa.history_below("GA", after="x")
