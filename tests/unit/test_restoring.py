"""Units that were retired by mistake, or came back: with their code, their tasks and what they did."""

from datetime import date, timedelta

import pytest
from tests.conftest import names, refused

from directives import RegisterUnits, Text, Unit
from directives.domain import errors

HQ = {"office": "headquarters@JH"}
NOUGHT = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
DUE = date(2023, 11, 15)
BLOCKS = ["B1", "B2", "B3"]


@pytest.fixture
def blocks(tracker, clock):
    """Three blocks of Torpa, which owe a directive that asks for nothing."""
    units = [Unit(code=code, parent="JH-AC60", level="block", name=Text(en=f"Block {code}")) for code in BLOCKS]
    tracker.register(units)
    clock.forward(hours=1)
    tracker.issue("d", "alliance_support", Text(en="D"), NOUGHT, grace_days=3, **HQ)
    tracker.assign("d", "block", "JH", DUE, **HQ)
    tracker.clock = clock
    return tracker


def record(tracker, what="step", unit="B1", **fields):
    return tracker.work("alliance record", f"d/{unit}", what=what, text="T", office=f"convenor@{unit}", **fields)


def numbers(tracker, unit="JH"):
    (row,) = tracker.status(directive="d", unit=unit)
    return row.expected, row.done, row.overdue, row.work.get("steps")


def sound(tracker):
    assert all(table.differing == 0 for table in tracker.rebuild())
    assert [each for each in tracker.doctor() if each.state == "wrong"] == []


def test_a_unit_retired_by_mistake_is_there_again_with_its_task_and_its_record(blocks):
    record(blocks)
    before = numbers(blocks), numbers(blocks, "JH-AC60"), blocks.task("d/B1"), blocks.records("alliance")
    (gone,) = blocks.retire("B1", "By mistake.", **HQ)
    assert numbers(blocks) == (2, 0, 0, 0)
    (event,) = blocks.restore("B1", "It is there.", **HQ)
    assert (event.name, event.data.takes_back, event.data.parent) == ("Restored", (gone.position,), "JH-AC60")
    after = numbers(blocks), numbers(blocks, "JH-AC60"), blocks.task("d/B1"), blocks.records("alliance")
    assert after == before
    assert [unit.code for unit in blocks.units() if unit.level == "block"] == BLOCKS
    assert blocks.restore("B1", "Again.", **HQ) == ()
    assert [entry.taken_back_by for entry in blocks.history("unit/B1") if entry.name == "Retired"] == [event.position]
    blocks.submit("d/B1", office="convenor@B1")
    assert names(blocks.verify("d/B1", **HQ)) == ["Verified"]
    sound(blocks)


def test_it_has_until_the_day_of_its_restoration_and_the_grace(blocks):
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.clock.forward(days=60)  # 19 December
    blocks.restore("B1", "It is there.", **HQ)
    assert blocks.task("d/B1").due == date(2023, 12, 22)
    assert numbers(blocks) == (3, 0, 2, 0)
    assert [task.task for task in blocks.tasks(overdue=True)] == ["d/B2", "d/B3"]
    assert [task.task for task in blocks.todo("B1")] == ["d/B1"]
    record(blocks, occurred_at=blocks.clock() - timedelta(days=59))
    blocks.clock.forward(days=4)
    assert numbers(blocks) == (3, 0, 3, 1)
    assert [task.task for task in blocks.tasks(overdue=True)] == ["d/B1", "d/B2", "d/B3"]
    blocks.assign("d", "state", "JH", date(2024, 3, 1), **HQ)
    sound(blocks)


def test_what_it_hands_in_within_the_grace_is_on_time(blocks):
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.clock.forward(days=60)  # 19 December
    blocks.restore("B1", "It is there.", **HQ)
    blocks.clock.forward(days=2)
    blocks.submit("d/B1", office="convenor@B1")
    blocks.clock.forward(days=2)
    (event,) = blocks.verify("d/B1", **HQ)
    assert (event.data.due, event.data.on_time) == (date(2023, 12, 22), True)
    for about in ({}, {"as_of": date(2023, 12, 23)}):
        (row,) = blocks.status(directive="d", **about)
        assert (row.done, row.on_time, row.late) == (1, 1, 0)
    (row,) = blocks.status(directive="d", as_of=date(2023, 12, 20))
    assert (row.expected, row.overdue) == (3, 2)
    sound(blocks)


def test_one_order_after_its_restoration_knows_no_grace(blocks):
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.restore("B1", "It is there.", **HQ)
    blocks.issue("e", "alliance_support", Text(en="E"), NOUGHT, grace_days=300, **HQ)
    blocks.assign("e", "block", "JH", DUE, **HQ)
    assert blocks.task("e/B1").due == DUE


def test_as_of_an_earlier_day_it_was_gone(blocks):
    blocks.clock.forward(days=1)
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.clock.forward(days=2)
    blocks.restore("B1", "It is there.", **HQ)
    blocks.clock.forward(days=1)

    def expected(day):
        (row,) = blocks.status(directive="d", as_of=day)
        return row.expected

    first = date(2023, 10, 20)
    assert [expected(first + timedelta(days=days)) for days in range(5)] == [3, 2, 2, 3, 3]


def test_an_open_task_opens_a_completed_level_and_one_never_begun_owes_nothing(blocks):
    record(blocks)
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.retire("B2", "By mistake.", **HQ)
    blocks.submit("d/B3", office="convenor@B3")
    assert names(blocks.verify("d/B3", **HQ)) == ["Verified", "LevelCompleted", "Completed"]
    assert names(blocks.restore("B2", "It is there.", **HQ)) == ["Restored"]
    with pytest.raises(errors.UnknownTask):
        blocks.task("d/B2")
    assert names(blocks.restore("B1", "It is there.", **HQ)) == ["Restored", "LevelReopened"]
    assert blocks.task("d/B2").state == "assigned"
    sound(blocks)


def test_a_task_that_was_done_counts_as_it_stood(blocks):
    for code in BLOCKS:
        blocks.submit(f"d/{code}", office=f"convenor@{code}")
        blocks.verify(f"d/{code}", **HQ)
    blocks.retire("B1", "By mistake.", **HQ)
    assert numbers(blocks)[:2] == (2, 2)
    assert names(blocks.restore("B1", "It is there.", **HQ)) == ["Restored"]
    assert numbers(blocks)[:2] == (3, 3)
    sound(blocks)


def test_what_was_withdrawn_with_it_is_owed_again_and_nothing_else(blocks):
    blocks.issue("e", "alliance_support", Text(en="E"), NOUGHT, **HQ)
    blocks.assign_to_units("e", ["B1", "B2"], DUE, **HQ)
    blocks.issue("f", "alliance_support", Text(en="F"), NOUGHT, **HQ)
    blocks.assign_to_units("f", ["B1"], DUE, **HQ)
    blocks.withdraw("f", "No.", level="block", scope="B1", **HQ)
    assert names(blocks.retire("B1", "By mistake.", **HQ)) == ["Retired", "LevelWithdrawn"]
    assert names(blocks.restore("B1", "It is there.", **HQ)) == ["Restored", "LevelReinstated"]
    assert blocks.task("e/B1").state == "assigned"
    assert blocks.task("f/B1").state == "withdrawn"
    sound(blocks)


def test_what_was_assigned_above_since_takes_it_in(blocks):
    blocks.issue("e", "alliance_support", Text(en="E"), NOUGHT, **HQ)
    blocks.assign_to_units("e", ["B1"], DUE, **HQ)
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.assign("e", "block", "JH", date(2023, 12, 1), **HQ)
    assert names(blocks.restore("B1", "It is there.", **HQ)) == ["Restored", "LevelReinstated", "AssignmentFolded"]
    (row,) = blocks.status(directive="e")
    assert row.expected == 3
    sound(blocks)


def listed(tracker, **changes):
    units = {unit.code: unit for unit in tracker.units()}
    return [
        units.get(code, Unit(code=code, parent="JH-AC60", level="block", name=Text(en=f"Block {code}"))).model_copy(
            update=changes.get(code, {})
        )
        for code in [*units, *(c for c in BLOCKS if c not in units)]
    ]


def test_a_list_that_has_it_again_restores_it(blocks):
    record(blocks)
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.retire("B2", "By mistake.", **HQ)
    again = listed(blocks, B1={"name": Text(en="Torpa East"), "parent": "JH-AC59"})
    events = blocks.register(again, reason="The list of August.")
    assert sorted(names(events)) == ["Renamed", "Restored", "Restored"]
    assert blocks.unit("B1").name.en == "Torpa East"
    assert numbers(blocks, "JH-AC59") == (1, 0, 0, 1)
    assert blocks.register(again) == ()
    sound(blocks)


def test_a_list_brings_back_a_unit_and_those_below_it(blocks):
    booths = [Unit(code="P1", parent="B1", level="panchayat", name=Text(en="P1"))]
    blocks.register(booths)
    blocks.retire("P1", "Merged.", **HQ)
    blocks.retire("B1", "Merged.", **HQ)
    refused_, parentless = errors.UnitRetired, booths
    with pytest.raises(refused_, match="B1 was retired: restore it with directives org restore B1"):
        blocks.register(parentless)
    assert names(blocks.register([*booths, *listed(blocks)])) == ["Restored", "Restored"]
    assert blocks.unit("P1").above[-1] == blocks.unit("B1").name
    sound(blocks)


def test_where_all_are_to_join_one_that_was_retired_does_not(blocks):
    blocks.retire("B1", "Merged.", **HQ)
    unit = Unit(code="B1", parent="JH-AC60", level="block", name=Text(en="Block B1"))
    command = blocks.command(RegisterUnits, units=[unit], joining_only=True, **HQ)
    with pytest.raises(errors.UnitRetired):
        blocks.execute(command)


def test_it_comes_back_under_another_unit(blocks):
    blocks.retire("B1", "By mistake.", **HQ)
    blocks.restore("B1", "It is there.", parent="JH-AC59", **HQ)
    assert (numbers(blocks, "JH-AC59")[0], numbers(blocks, "JH-AC60")[0]) == (1, 2)
    sound(blocks)


class Of:
    """What `refused` needs."""

    def __init__(self, tracker):
        self.tracker = tracker


def test_what_is_refused(blocks):
    of, restore = Of(blocks), blocks.restore
    blocks.retire("B1", "By mistake.", **HQ)
    refused(of, errors.NotEntitled, restore, "B1", "R.", office="convenor@B2")
    refused(of, errors.InvalidInput, restore, "B1", " ", **HQ)
    refused(of, errors.UnknownUnit, restore, "B9", "R.", **HQ)
    refused(of, errors.InvalidOrganisation, restore, "B1", "R.", parent="B2", **HQ)
    before = blocks.clock() - timedelta(hours=1)
    refused(of, errors.OutOfOrder, restore, "B1", "R.", occurred_at=before, **HQ)
    for code in ("B2", "B3"):
        blocks.move(code, "JH-AC59", "Merged.", **HQ)
    blocks.retire("JH-AC60", "Merged.", **HQ)
    error = refused(of, errors.UnitRetired, restore, "B1", "R.", **HQ)
    assert "restore that first" in str(error)


def test_one_that_retires_again_and_again_is_restored_each_time(blocks):
    for day in range(3):
        blocks.clock.forward(days=1)
        blocks.retire("B1", "By mistake.", **HQ)
        (event,) = blocks.restore("B1", f"Day {day}.", **HQ)
    assert event.data.takes_back == (event.position - 1,)
    assert blocks.task("d/B1").due == DUE
    sound(blocks)


def test_days_that_it_covered_are_covered_again(tracker, clock):
    tracker.issue(
        "g",
        "social_groups",
        Text(en="G"),
        {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2023-10-21"},
        **HQ,
    )
    tracker.assign("g", "lok_sabha", "JH-PC11", DUE, **HQ)
    tracker.assign("g", "vidhan_sabha", "JH-PC11", DUE, **HQ)
    own = {"office": "convenor@JH-AC60"}
    tracker.work("group create", "g/JH-AC60", platform="x", name="G", **own)
    tracker.work("activity post", "g/JH-AC60", text="T", **own)
    clock.forward(days=1)

    def covered():
        return [each.by_day for each in tracker.daily(directive="g", level="vidhan_sabha")]

    before = covered()
    tracker.retire("JH-AC60", "By mistake.", **HQ)
    assert covered() != before
    tracker.restore("JH-AC60", "It is there.", **HQ)
    assert covered() == before
    sound(tracker)


def test_a_neighbour_takes_over_no_unit_that_was_retired(blocks):
    of, own = Of(blocks), {"office": "convenor@JH-PC01"}
    blocks.retire("B1", "Merged.", **HQ)
    refused(of, errors.NotEntitled, blocks.restore, "B1", "Ours.", parent="JH-PC01", **own)
    unit = Unit(code="B1", parent="JH-PC01", level="block", name=Text(en="Ours"))
    refused(of, errors.NotEntitled, blocks.register, [unit], **own)
    error = refused(of, errors.InvalidOrganisation, blocks.restore, "B1", "R.", parent="B1", **HQ)
    assert "cannot report to itself" in str(error)
    assert names(blocks.restore("B1", "R.", office="convenor@JH-PC11")) == ["Restored"], "it is above it"


def test_what_was_withdrawn_after_its_retirement_is_owed_again_too(blocks):
    blocks.issue("e", "alliance_support", Text(en="E"), NOUGHT, **HQ)
    blocks.assign_to_units("e", ["B1", "B2"], DUE, **HQ)
    blocks.withdraw("e", "By mistake.", **HQ)
    blocks.retire("B1", "By mistake.", **HQ)
    assert names(blocks.reinstate("e", "It stays.", **HQ)) == ["Reinstated", "LevelWithdrawn"]
    assert names(blocks.restore("B1", "It is there.", **HQ)) == ["Restored", "LevelReinstated"]
    assert blocks.task("e/B1").state == "assigned"
    sound(blocks)
