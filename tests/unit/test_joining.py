"""Units that join: what is registered, what is refused, and what they owe."""

from datetime import date

import pytest

from directives import Text, Unit, read_organisation
from directives.domain import errors

HQ = {"office": "headquarters@JH"}
TITLE = Text(en="Directive", hi="निर्देश")
DUE = date(2023, 11, 15)


def unit(code, parent, level, name=TITLE):
    return Unit(code=code, parent=parent, level=level, name=name)


BLOCK, PANCHAYAT = unit("B1", "JH-AC60", "block"), unit("P1", "B1", "panchayat")


@pytest.fixture
def given(tracker):
    """A directive to the blocks under Khunti, with a grace of a week."""
    none = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
    tracker.register([BLOCK])
    tracker.issue("d", "alliance_support", TITLE, none, grace_days=7, **HQ)
    tracker.assign("d", "block", "JH-PC11", DUE, **HQ)
    return tracker


def finish(tracker, code):
    tracker.submit(f"d/{code}", office=f"convenor@{code}")
    return [event.name for event in tracker.verify(f"d/{code}", office="clerk@JH")]


def status(tracker):
    (row,) = tracker.status(directive="d")
    return row.expected, row.done, row.overdue


def test_units_are_registered_parents_first_and_only_those_that_are_missing(tracker):
    assert [event.data.code for event in tracker.register([PANCHAYAT, BLOCK])] == ["B1", "P1"]
    assert tracker.register([BLOCK, PANCHAYAT]) == ()
    assert tracker.register(read_organisation()) == ()
    more = unit("P2", "B1", "panchayat")
    assert [event.data.code for event in tracker.register([PANCHAYAT, more])] == ["P2"]
    assert [each.code for each in tracker.units() if each.level == "panchayat"] == ["P1", "P2"]


@pytest.mark.parametrize(
    ("units", "error", "said"),
    [
        (
            [unit("JH-AC60", "JH-PC11", "block")],
            errors.AlreadyRecorded,
            "JH-AC60 is registered with another level",
        ),
        ([BLOCK, unit("B2", "B9", "block")], errors.InvalidOrganisation, "parent: B9 of B2 does not exist"),
        ([BLOCK, unit("B1", "JH-AC01", "block")], errors.InvalidOrganisation, "B1 is a duplicate"),
        ([unit("B1", "JH-AC60", "lok_sabha")], errors.InvalidOrganisation, "B1 (lok_sabha) cannot report to JH-AC60"),
        ([unit("B1", "JH-AC60", "ward")], errors.InvalidOrganisation, "level: ward of B1 is unknown"),
        ([unit("X", None, "state")], errors.InvalidOrganisation, "JH, X have none|X, JH have none"),
        ([unit("B1", "B2", "block"), unit("B2", "B1", "booth")], errors.InvalidOrganisation, "cannot report to itself"),
        ([], errors.InvalidOrganisation, "there is no unit"),
    ],
)
def test_what_is_refused_of_units(tracker, units, error, said):
    with pytest.raises(error) as caught:
        tracker.register(units)
    assert any(each in str(caught.value) for each in said.split("|"))
    assert len(list(tracker.events())) == 97


def test_an_office_elsewhere_registers_nothing(tracker):
    with pytest.raises(errors.NotEntitled):
        tracker.register([BLOCK], office="convenor@JH-PC01")
    assert tracker.register([BLOCK], office="convenor@JH-PC11")


def test_who_joins_an_open_level_owes_the_task_with_the_grace(given, clock):
    assert status(given) == (1, 0, 0)
    clock.forward(days=25)  # 14 November
    given.register([unit("B2", "JH-AC59", "block"), unit("B9", "JH-AC01", "block")])
    assert status(given) == (2, 0, 0), "B9 lies outside the scope"
    assert given.task("d/B1").due == DUE
    assert given.task("d/B2").due == date(2023, 11, 21)
    clock.forward(days=2)
    assert status(given) == (2, 0, 1)
    assert [task.unit for task in given.tasks(directive="d", overdue=True)] == ["B1"]
    clock.forward(days=5)  # 21 November
    assert status(given) == (2, 0, 1)
    finish(given, "B1")
    clock.forward(days=1)
    assert status(given) == (2, 1, 1)
    assert [task.unit for task in given.tasks(directive="d", overdue=True)] == ["B2"]
    finish(given, "B2")
    (row,) = given.status(directive="d")
    assert (row.on_time, row.late) == (0, 2)


def test_who_joins_a_completed_level_owes_nothing(given):
    assert finish(given, "B1") == ["Verified", "LevelCompleted", "Completed"]
    given.register([unit("B2", "JH-AC59", "block")])
    assert status(given) == (1, 1, 0)
    assert [task.unit for task in given.tasks(directive="d")] == ["B1"]
    for act in (given.task, lambda task: given.acknowledge(task, office="convenor@B2")):
        with pytest.raises(errors.UnknownTask, match="joined its level after that was completed"):
            act("d/B2")
