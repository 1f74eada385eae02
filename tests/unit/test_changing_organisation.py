"""Units that are renamed, moved and retired: events, refusals, quiet cases, and what becomes of tasks and totals."""

from datetime import UTC, date, datetime

import pytest
from tests.conftest import names, refused
from tests.unit.test_changes import CLERK, SEATS

from directives import Text, Unit, read_minutes, read_organisation
from directives.domain import errors

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@JH"}
NAME = Text(en="Name", hi="नाम")
DUE = date(2023, 11, 20)
PERIOD = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 2)}


@pytest.fixture
def segments(meeting):
    """A report is owed by the Vidhan Sabha units under Khunti (JH-PC11), and apart from it under Rajmahal (JH-PC01)."""
    meeting.tracker.issue("d", "written_report", NAME, **HQ)
    for seat in ("JH-PC11", "JH-PC01"):
        meeting.tracker.assign("d", "vidhan_sabha", seat, DUE, **HQ)
    return meeting


def finish(meeting, unit):
    meeting.tracker.submit_report(f"d/{unit}", meeting.report(), office=f"convenor@{unit}", **PERIOD)
    return names(meeting.tracker.verify(f"d/{unit}", **CLERK))


def totals(meeting, unit):
    rows = meeting.tracker.status(directive="d", unit=unit)
    return [(row.expected, row.done) for row in rows]


def segments_of(meeting, seat):
    return [unit.code for unit in meeting.tracker.units() if unit.parent == seat]


def test_a_renamed_unit_keeps_its_code_and_its_history(tracker):
    (event,) = tracker.rename("JH-PC11", NAME)
    assert (event.name, event.data.former_name.en) == ("Renamed", "Khunti")
    assert tracker.rename("JH-PC11", NAME) == ()
    assert tracker.unit("JH-PC11").name == NAME
    told = [entry.sentence for entry in tracker.history("JH-PC11")]
    assert told[1] == "The headquarters of Jharkhand renamed Khunti to Name"
    with pytest.raises(errors.NotEntitled):
        tracker.rename("JH-PC11", NAME, office="convenor@JH-PC01")
    with pytest.raises(errors.UnknownUnit):
        tracker.rename("JH-PC99", NAME)


def test_a_moved_unit_takes_its_task_and_its_numbers_along(segments):
    tracker = segments.tracker
    finish(segments, "JH-AC60")
    assert (totals(segments, "JH-PC11"), totals(segments, "JH-PC01")) == ([(6, 1)], [(6, 0)])
    (event,) = tracker.move("JH-AC60", "JH-PC01", "The boundary was redrawn.")
    assert (event.name, event.data.former_parent) == ("Moved", "JH-PC11")
    assert tracker.move("JH-AC60", "JH-PC01", "The boundary was redrawn.") == ()
    assert (totals(segments, "JH-PC11"), totals(segments, "JH-PC01")) == ([(5, 0)], [(7, 1)])
    assert totals(segments, "JH") == [(12, 1)]
    assert tracker.unit("JH-AC60").path == ("JH", "JH-PC01", "JH-AC60")
    tracker.move("JH-AC60", "JH-PC02", "Not there.")
    assert totals(segments, "JH") == [(11, 0)]
    segments.tracker.register([Unit(code="B1", parent="JH-AC60", level="block", name=NAME)])
    tracker.move("JH-AC60", "JH-PC11", "As before.")
    assert totals(segments, "JH-PC11") == [(6, 1)]
    assert tracker.unit("B1").path == ("JH", "JH-PC11", "JH-AC60", "B1")
    with pytest.raises(errors.NotEntitled):
        tracker.rename("B1", NAME, office="convenor@JH-PC02")


def test_what_is_refused_of_a_move(segments):
    move = segments.tracker.move
    refused(segments, errors.InvalidOrganisation, move, "JH", "JH-PC01", "No.")
    refused(segments, errors.InvalidOrganisation, move, "JH-PC01", "JH-PC02", "No.")
    refused(segments, errors.InvalidOrganisation, move, "JH-PC01", "JH-AC01", "No.")
    refused(segments, errors.UnknownUnit, move, "JH-AC01", "JH-PC99", "No.")
    refused(segments, errors.NotEntitled, move, "JH-AC60", "JH-PC01", "No.", office="convenor@JH-PC01")
    refused(segments, errors.InvalidInput, move, "JH-AC60", "JH-PC01", " ")


def test_the_last_open_unit_that_moves_away_or_retires_completes_the_level(segments):
    tracker = segments.tracker
    *others, last = segments_of(segments, "JH-PC11")
    for unit in others:
        finish(segments, unit)
    assert names(tracker.move(last, "JH-PC02", "Redrawn.")) == ["Moved", "LevelCompleted"]
    assert totals(segments, "JH-PC11") == [(5, 5)]
    *others, last = segments_of(segments, "JH-PC01")
    for unit in others:
        finish(segments, unit)
    assert names(tracker.retire(last, "Dissolved.")) == ["Retired", "LevelCompleted", "Completed"]
    assert tracker.directive("d").completed


def test_an_open_task_that_moves_into_a_completed_level_opens_it(segments):
    for unit in segments_of(segments, "JH-PC11"):
        finish(segments, unit)
    segments.tracker.acknowledge("d/JH-AC01", office="convenor@JH-AC01")
    assert names(segments.tracker.move("JH-AC02", "JH-PC11", "Redrawn.")) == ["Moved"], (
        "it never acted: it owes nothing"
    )
    assert totals(segments, "JH-PC11") == [(6, 6)]
    events = segments.tracker.move("JH-AC01", "JH-PC11", "Redrawn.")
    assert [*names(events)] == ["Moved", "LevelReopened"]
    assert totals(segments, "JH-PC11") == [(8, 6)]


def test_a_scope_that_comes_to_lie_under_another_becomes_part_of_it(segments):
    tracker = segments.tracker
    for code in ("B1", "B2"):
        tracker.register([Unit(code=code, parent="JH-AC60", level="block", name=NAME)])
    tracker.assign("d", "block", "JH-AC60", date(2023, 12, 1), **HQ)
    tracker.assign("d", "block", "JH-PC01", DUE, **HQ)
    finish(segments, "B1")
    events = tracker.move("JH-AC60", "JH-PC01", "Redrawn.")
    assert names(events) == ["Moved", "AssignmentFolded"]
    assert tracker.task("d/B2").due == DUE
    (row,) = tracker.status(directive="d", level="block")
    assert (row.expected, row.done) == (2, 1)
    assert finish(segments, "B2") == ["Verified", "LevelCompleted"]


def test_an_open_scope_folded_into_a_completed_one_completes_the_directive(meeting):
    tracker = meeting.tracker
    for code, parent in (("B1", "JH-AC60"), ("B2", "JH-AC01")):
        tracker.register([Unit(code=code, parent=parent, level="block", name=NAME)])
    tracker.issue("d", "written_report", NAME, **HQ)
    tracker.assign("d", "block", "JH-AC60", DUE, **HQ)
    tracker.assign("d", "block", "JH-PC01", DUE, **HQ)
    assert finish(meeting, "B2") == ["Verified", "LevelCompleted"]
    assert names(tracker.move("JH-AC60", "JH-PC01", "Redrawn.")) == ["Moved", "AssignmentFolded", "Completed"]
    with pytest.raises(errors.UnknownTask, match="joined its level after that was completed"):
        tracker.task("d/B1")


def test_a_retired_unit_owes_nothing_and_its_record_stays(segments):
    tracker = segments.tracker
    segments.acknowledge("JH-PC11")
    finish(segments, "JH-AC60")
    events = tracker.retire("JH-AC60", "Merged.")
    assert names(events) == ["Retired"]
    assert totals(segments, "JH-PC11") == [(5, 0)]
    assert "d/JH-AC60" not in [task.task for task in tracker.tasks(directive="d")]
    assert tracker.status(unit="JH-AC60") == []
    assert tracker.unit("JH-AC60").retired
    assert "JH-AC60" not in [unit.code for unit in tracker.units()]
    history = ["Registered", "ReportRecorded", "Submitted", "Verified", "Retired"]
    assert [entry.name for entry in tracker.history("JH-AC60")] == history
    assert [entry.name for entry in tracker.history("d/JH-AC60")][-2:] == ["Verified", "Retired"]
    for act in (tracker.task, lambda task: tracker.reopen_task(task, "No.", **CLERK)):
        refused(segments, errors.UnknownTask, act, "d/JH-AC60")
    office = {"office": "convenor@JH-AC60"}
    refused(segments, errors.UnitRetired, tracker.acknowledge, "d/JH-AC59", **office)
    refused(segments, errors.UnitRetired, tracker.rename, "JH-AC60", NAME)
    refused(segments, errors.UnitRetired, tracker.move, "JH-AC60", "JH-PC01", "No.")
    refused(
        segments, errors.UnitRetired, tracker.register, [Unit(code="B1", parent="JH-AC60", level="block", name=NAME)]
    )
    refused(segments, errors.UnitRetired, tracker.assign, "d", "block", "JH-AC60", DUE, **HQ)
    refused(segments, errors.UnitRetired, tracker.reassign, "d/JH-AC59", "JH-AC60", "No.", **CLERK)


def test_what_is_refused_of_a_retirement(segments):
    retire = segments.tracker.retire
    refused(segments, errors.UnitsBelow, retire, "JH-PC11", "No.")
    refused(segments, errors.InvalidOrganisation, retire, "JH", "No.")
    refused(segments, errors.NotEntitled, retire, "JH-AC60", "No.", office="convenor@JH-AC60")
    refused(segments, errors.UnknownUnit, retire, "JH-AC99", "No.")


def test_a_daily_record_moves_along(meeting):
    tracker = meeting.tracker
    asked = {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2023-10-30"}
    tracker.issue("g", "social_groups", NAME, asked, **HQ)
    tracker.assign("g", "vidhan_sabha", "JH", DUE, **HQ)
    own = {"task": "g/JH-AC60", "office": "convenor@JH-AC60"}
    tracker.work("group create", platform="x", name="Group", **own)
    tracker.work("activity post", text="Rally", **own)

    def covered(unit):
        return [(row.covered, tracker.status(directive="g", unit=unit)[0].work["groups"]) for row in at(unit)]

    def at(unit):
        return tracker.daily(directive="g", unit=unit)

    meeting.clock.forward(days=2)
    assert (covered("JH-PC11"), covered("JH-PC01")) == ([(1, 1)], [(0, 0)])
    tracker.move("JH-AC60", "JH-PC01", "Redrawn.")
    assert (covered("JH-PC11"), covered("JH-PC01"), covered("JH")) == ([(0, 0)], [(1, 1)], [(1, 1)])
    tracker.retire("JH-AC60", "Merged.")
    assert (covered("JH-PC01"), covered("JH")) == ([(0, 0)], [(0, 0)])


def changed(*codes, **change):
    return [u.model_copy(update=change) if u.code in codes else u for u in read_organisation()]


def test_a_changed_list_records_only_the_differences(tracker):
    units = [
        Unit(code="N1", parent="JH-AC60", level="block", name=NAME),
        *changed("JH-AC60", parent="JH-PC01", name=NAME, attributes={"reservation": "GEN"}),
    ]
    events = tracker.register(units)
    assert [(event.stream, event.name) for event in events] == [
        ("unit/N1", "Registered"),
        ("unit/JH-AC60", "Renamed"),
        ("unit/JH-AC60", "AttributesChanged"),
        ("unit/JH-AC60", "Moved"),
    ]
    assert tracker.register(units) == ()
    assert tracker.unit("JH-AC60").attributes == {"eci_no": "60", "reservation": "GEN"}
    assert tracker.unit("N1").path == ("JH", "JH-PC01", "JH-AC60", "N1")


def test_a_list_of_the_whole_organisation_retires_what_it_lacks(tracker):
    rest = [unit for unit in read_organisation() if unit.code != "JH-PC11" and unit.parent != "JH-PC11"]
    events = tracker.register(rest, retire_missing=True, reason="Merged.")
    assert names(events) == ["Retired"] * 7
    assert events[-1].stream == "unit/JH-PC11"
    assert len(tracker.units()) == 89
    assert tracker.register(rest, retire_missing=True) == ()


@pytest.mark.parametrize(
    ("units", "given", "error", "said"),
    [
        (changed("JH-AC60", level="block"), {}, errors.AlreadyRecorded, "JH-AC60 is registered with another level"),
        (changed("JH-AC60", parent="JH-AC59"), {}, errors.InvalidOrganisation, "cannot report to JH-AC59"),
        (changed("JH-PC11", parent="JH-AC60"), {}, errors.InvalidOrganisation, "cannot report to JH-AC60"),
        (changed("JH", parent="JH-PC11"), {}, errors.InvalidOrganisation, "JH is the top unit and stays it"),
        (changed("JH-PC11", parent=None), {}, errors.InvalidOrganisation, "exactly one top unit"),
        (
            changed()[:1] + changed()[2:],
            {"retire_missing": True},
            errors.InvalidOrganisation,
            "parent: JH-PC01 of JH-AC01",
        ),
        (changed("JH-AC60", name=NAME), {"office": "clerk@JH-PC01"}, errors.NotEntitled, "for JH-AC60"),
        (changed("JH-AC60", parent="JH-PC01"), {"office": "clerk@JH-PC01"}, errors.NotEntitled, "for JH-PC11"),
    ],
)
def test_what_is_refused_of_a_changed_list(tracker, units, given, error, said):
    with pytest.raises(error) as caught:
        tracker.register(units, **given)
    assert said in str(caught.value)
    assert len(list(tracker.events())) == 97


def test_all_seats_done_and_one_retired_leaves_the_level_completed(meeting):
    for seat in SEATS:
        meeting.submit(seat)
        meeting.verify(seat)
    tracker = meeting.tracker
    for unit in segments_of(meeting, "JH-PC11"):
        tracker.retire(unit, "Merged.")
    assert names(tracker.retire("JH-PC11", "Merged.")) == ["Retired"]
    (row,) = tracker.status(directive="written-report")
    assert (row.expected, row.done) == (13, 13)
    assert tracker.directives()[0].assignments[0].expected == 14, "as it was when it was completed"


def test_a_list_takes_no_unit_from_where_the_office_may_not(tracker):
    mine = changed("JH-AC60", parent="JH-PC01")
    (unit,) = [each for each in mine if each.code == "JH-AC60"]
    with pytest.raises(errors.NotEntitled, match="JH-PC11"):
        tracker.register([unit], office="convenor@JH-PC01")
    assert tracker.unit("JH-AC60").parent == "JH-PC11"


def test_the_history_of_a_task_tells_by_which_orders_it_was_owed_where_the_unit_was(segments):
    tracker = segments.tracker
    tracker.acknowledge("d/JH-AC60", office="convenor@JH-AC60")
    tracker.move("JH-AC60", "JH-PC01", "Redrawn.")
    tracker.move("JH-AC60", "JH-PC02", "Redrawn.")
    assert [entry.name for entry in tracker.history("d/JH-AC60")] == [
        "AssignedToLevel",
        "AssignedToLevel",
        "Acknowledged",
        "Moved",
        "Moved",
    ]
    assert [entry.name for entry in tracker.history("d/JH-AC59")] == ["AssignedToLevel"]
    with pytest.raises(errors.UnknownTask, match="never owed anything"):
        tracker.history("d/JH-AC66")


def test_a_fold_is_in_the_history_and_the_meeting_again_changes_nothing(tracker):
    minutes = read_minutes().model_dump(mode="json")
    report = minutes["directives"][0]
    report["assign"] = [{"level": "block", "scope": scope, "due": "2023-12-01"} for scope in ("JH-AC60", "JH-PC01")]
    tracker.register([Unit(code="B1", parent="JH-AC60", level="block", name=NAME)])
    tracker.record_meeting(minutes)
    assert names(tracker.move("JH-AC60", "JH-PC01", "Redrawn.")) == ["Moved", "AssignmentFolded"]
    assert [entry.name for entry in tracker.history("written-report/B1")] == ["AssignedToLevel"] * 2 + [
        "AssignmentFolded"
    ]
    assert tracker.record_meeting(minutes) == ()
    tracker.withdraw("written-report", "No.", level="block", scope="JH-PC01", **HQ)
    assert tracker.record_meeting(minutes) == ()


def test_of_three_scopes_one_under_the_other_all_become_part_of_the_outermost(tracker):
    tracker.issue("d", "written_report", NAME, **HQ)
    tracker.register([Unit(code="B1", parent="JH-AC60", level="block", name=NAME)])
    for scope in ("B1", "JH-AC01", "JH-PC11"):
        if scope == "B1":
            tracker.move("B1", "JH-AC02", "Redrawn.")
        tracker.assign("d", "booth", scope, DUE, **HQ)
    units = [*changed("JH-AC01", parent="JH-PC11"), Unit(code="B1", parent="JH-AC01", level="block", name=NAME)]
    folded = [event.data for event in tracker.register(units) if event.name == "AssignmentFolded"]
    assert sorted((each.scope, each.into) for each in folded) == [("B1", "JH-PC11"), ("JH-AC01", "JH-PC11")]


def test_a_scope_that_retires_is_withdrawn_from_and_holds_nothing_up(meeting):
    tracker = meeting.tracker
    tracker.issue("d", "written_report", NAME, **HQ)
    tracker.assign_to_units("d", ["JH-AC57", "JH-AC58"], DUE, **HQ)
    finish(meeting, "JH-AC58")
    assert names(tracker.retire("JH-AC57", "Merged.")) == ["Retired", "LevelWithdrawn", "Completed"]
    tracker.issue("e", "written_report", NAME, **HQ)
    tracker.assign_to_units("e", ["JH-AC60"], DUE, **HQ)
    tracker.retire("JH-AC60", "Merged.")
    assert names(tracker.assign("e", "vidhan_sabha", "JH", DUE, **HQ)) == ["AssignedToLevel"]
    assert tracker.status(directive="e")[0].expected == 79


def test_a_completed_scope_that_retires_is_not_withdrawn_from(meeting):
    tracker = meeting.tracker
    tracker.issue("d", "written_report", NAME, **HQ)
    tracker.assign_to_units("d", ["JH-AC57", "JH-AC58"], DUE, **HQ)
    finish(meeting, "JH-AC57")
    assert names(tracker.retire("JH-AC57", "Merged.")) == ["Retired"]
    directive = tracker.directive("d")
    assert [each.scope for each in directive.assignments] == ["JH-AC57", "JH-AC58"]
    assert directive.withdrawn_levels == ()
    finish(meeting, "JH-AC58")
    assert tracker.directive("d").completed


def test_what_is_dated_before_a_unit_joined_or_a_directive_was_issued(meeting):
    early = datetime(1950, 1, 1, tzinfo=UTC)
    refused(meeting, errors.OutOfOrder, meeting.tracker.retire, "JH-AC60", "Merged.", occurred_at=early)
    tracker, joined = meeting.tracker, meeting.clock()
    meeting.clock.forward(days=1)
    tracker.issue("d", "written_report", NAME, **HQ)
    tracker.assign("d", "vidhan_sabha", "JH-PC11", DUE, **HQ)
    *others, last = segments_of(meeting, "JH-PC11")
    for unit in others:
        finish(meeting, unit)
    events = tracker.retire(last, "Merged.", occurred_at=joined)
    assert [(event.name, event.occurred_at) for event in events] == [
        ("Retired", joined),
        ("LevelCompleted", meeting.clock()),
        ("Completed", meeting.clock()),
    ]


def test_a_withdrawn_task_of_a_unit_that_retired_or_joined_late_is_unknown(segments):
    tracker = segments.tracker
    for unit in segments_of(segments, "JH-PC11"):
        finish(segments, unit)
    tracker.register([Unit(code="N1", parent="JH-PC11", level="vidhan_sabha", name=NAME)])
    tracker.retire("JH-AC01", "Merged.")
    tracker.withdraw("d", "No.", **HQ)
    for unit in ("N1", "JH-AC01"):
        with pytest.raises(errors.UnknownTask):
            tracker.task(f"d/{unit}")
    assert tracker.task("d/JH-AC02").state == "withdrawn"


def test_a_level_withdrawn_below_and_ordered_above_is_listed_as_owed_only(segments):
    tracker = segments.tracker
    for scope in ("JH-PC11", "JH-PC01"):
        tracker.withdraw("d", "No.", level="vidhan_sabha", scope=scope, **HQ)
    assert len(tracker.tasks(directive="d", state="withdrawn")) == 12
    tracker.assign("d", "vidhan_sabha", "JH", DUE, **HQ)
    assert tracker.tasks(directive="d", state="withdrawn") == []
    assert tracker.task("d/JH-AC60").state == "assigned"
