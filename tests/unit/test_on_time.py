"""On time by one of three days: when it was made, when it was verified, and the day that its level has now."""

from datetime import UTC, date, datetime

import pytest
from tests.conftest import names, refused

from directives.domain import errors

KHUNTI, DUMKA = "written-report/JH-PC11", "written-report/JH-PC02"
CLERK, HQ = {"office": "clerk@JH"}, {"office": "headquarters@JH"}
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
DIRECTIVE, LEVEL = "written-report", ("lok_sabha", "JH")


def day(number, month=11):
    """Noon of a day of 2023 in India."""
    return datetime(2023, month, number, 6, 30, tzinfo=UTC)


def judged(meeting):
    (row,) = meeting.tracker.status()
    return row.on_time, row.on_time_by_date, row.late


def submitted(meeting, seat, when, content="A report.\n"):
    meeting.clock.now = when
    meeting.submit(seat, content + seat)


def extended(meeting, when, until):
    meeting.clock.now = when
    level, scope = LEVEL
    return meeting.tracker.extend(DIRECTIVE, until, "Flood.", level=level, scope=scope, **HQ)


def test_two_of_one_day_are_both_on_time_though_one_was_verified_before_the_extension(meeting):
    for seat in ("JH-PC11", "JH-PC02"):
        submitted(meeting, seat, day(16))
    meeting.clock.now = day(17)
    meeting.verify("JH-PC11")
    assert judged(meeting) == (0, 0, 1)
    assert meeting.tracker.task(KHUNTI).on_time is False
    recorded = meeting.names()
    assert names(extended(meeting, day(18), date(2023, 11, 25))) == ["DeadlineExtended"]
    assert meeting.names() == [*recorded, "DeadlineExtended"], "one event, whatever is late"
    meeting.verify("JH-PC02")
    assert judged(meeting) == (2, 0, 0)
    khunti, dumka = meeting.tracker.task(KHUNTI), meeting.tracker.task(DUMKA)
    assert (khunti.on_time, khunti.on_time_by, dumka.on_time_by) == (True, date(2023, 11, 25), date(2023, 11, 25))
    assert (khunti.extension.name, khunti.extension.occurred_at) == ("DeadlineExtended", day(18))
    assert dumka.extension is None, "it was on time when it was verified"
    assert [view.on_time for view in meeting.tracker.tasks(state="verified")] == [True, True]
    (row,) = meeting.tracker.status(unit="JH-PC11")
    assert (row.on_time, row.late) == (1, 0)


def test_an_extension_that_is_too_short_leaves_it_late(meeting):
    submitted(meeting, "JH-PC11", day(20))
    meeting.verify("JH-PC11")
    extended(meeting, day(20), date(2023, 11, 21))
    submitted(meeting, "JH-PC02", day(23))
    meeting.verify("JH-PC02")
    assert judged(meeting) == (1, 0, 1)
    view = meeting.tracker.task(DUMKA)
    assert (view.on_time, view.on_time_by, view.extension) == (False, None, None)


def test_of_several_extensions_the_first_that_reaches_its_day_is_told(meeting):
    submitted(meeting, "JH-PC11", day(20))
    meeting.verify("JH-PC11")
    for until in (20, 25, 30):
        extended(meeting, day(20), date(2023, 11, until))
    assert meeting.tracker.task(KHUNTI).extension.data.due == date(2023, 11, 20)


def test_the_day_by_which_it_was_owed_when_it_was_made_counts_also_where_that_was_taken_away(meeting):
    extended(meeting, day(14), date(2023, 11, 25))
    submitted(meeting, "JH-PC11", day(20))
    meeting.clock.now = day(21)
    meeting.tracker.reschedule(DIRECTIVE, date(2023, 11, 21), "Mistyped.", **HQ)
    assert meeting.tracker.task(KHUNTI).due == date(2023, 11, 21)
    assert meeting.verify("JH-PC11")[0].data.on_time
    assert judged(meeting) == (1, 0, 0)
    assert meeting.tracker.task(KHUNTI).on_time_by == date(2023, 11, 25)


def test_a_completed_level_counts_those_on_time_whom_an_extension_made_so(meeting):
    seats = [view.unit for view in meeting.tracker.tasks()]
    for seat in seats[:-1]:
        submitted(meeting, seat, day(17))
        meeting.verify(seat)
    extended(meeting, day(18), date(2023, 11, 18))
    submitted(meeting, seats[-1], day(19))
    completed = meeting.verify(seats[-1])[1]
    assert (completed.name, completed.data.on_time, completed.data.late) == ("LevelCompleted", 13, 1)
    assert judged(meeting) == (13, 0, 1)


def test_a_return_gives_time(meeting):
    submitted(meeting, "JH-PC11", day(10))
    meeting.clock.now = day(20)
    (returned,) = meeting.give_back("JH-PC11", due=date(2023, 11, 22))
    assert (returned.version, returned.data.due) == (3, date(2023, 11, 22))
    view = meeting.tracker.task(KHUNTI)
    assert (view.state, view.due, view.overdue) == ("returned", date(2023, 11, 22), False)
    assert "with time until 22 November 2023" in meeting.tracker.history(KHUNTI)[-1].sentence
    assert "22 नवंबर 2023 तक का समय" in meeting.tracker.history(KHUNTI, "hi")[-1].sentence
    submitted(meeting, "JH-PC11", day(21), "A corrected report.\n")
    assert meeting.verify("JH-PC11")[0].data.on_time
    assert judged(meeting) == (1, 0, 0)


def test_without_a_day_a_return_changes_no_due_day(meeting):
    submitted(meeting, "JH-PC11", day(10))
    meeting.clock.now = day(20)
    meeting.give_back("JH-PC11")
    assert meeting.tracker.task(KHUNTI).due == date(2023, 11, 15)
    assert meeting.tracker.task(KHUNTI).overdue


@pytest.mark.parametrize("until", [date(2023, 11, 14), date(2023, 11, 19)])
def test_a_return_takes_no_time_away(meeting, until):
    submitted(meeting, "JH-PC11", day(10))
    meeting.clock.now = day(20)
    refused(meeting, errors.InvalidInput, meeting.give_back, "JH-PC11", due=until)


def test_reopened_it_is_judged_anew(meeting):
    submitted(meeting, "JH-PC11", day(16))
    meeting.verify("JH-PC11")
    meeting.tracker.reopen_task(KHUNTI, "Figures.", **CLERK)
    assert judged(meeting) == (0, 0, 0)
    extended(meeting, day(18), date(2023, 11, 25))
    assert judged(meeting) == (0, 0, 0)
    assert all(table.differing == 0 for table in meeting.tracker.rebuild())


@pytest.mark.parametrize("undone", ["rescheduled", "reinstated", "level reinstated"])
def test_an_extension_that_holds_no_more_is_not_told(meeting, undone):
    extended(meeting, day(14), date(2023, 11, 29))
    due = date(2023, 11, 16)
    if undone == "rescheduled":
        meeting.tracker.reschedule(DIRECTIVE, due, "Mistyped.", **HQ)
    else:
        which = {} if undone == "reinstated" else dict(zip(("level", "scope"), LEVEL, strict=True))
        meeting.tracker.withdraw(DIRECTIVE, "Again.", **which, **HQ)
        meeting.tracker.reinstate(DIRECTIVE, "No.", due=due, **which, **HQ)
    submitted(meeting, "JH-PC11", day(18))
    assert not meeting.verify("JH-PC11")[0].data.on_time
    (snow,) = extended(meeting, day(18), date(2023, 11, 30))
    assert meeting.tracker.task(KHUNTI).extension == snow


def test_a_unit_that_moves_is_judged_where_it_is_now(tracker, clock):
    """Two seats have a directive of their own day each for their blocks; one is extended, and a block leaves it."""
    units = [{"code": code, "parent": "JH-AC60", "level": "block", "name": {"en": code, "hi": "ख"}} for code in "NM"]
    tracker.register(units)
    tracker.issue("d", "alliance_support", {"en": "D", "hi": "द"}, NONE, **HQ)
    for scope in ("JH-PC11", "JH-PC02"):
        tracker.assign("d", "block", scope, date(2023, 11, 15), **HQ)
    clock.now = day(17)
    tracker.submit("d/N", office="convenor@N")
    tracker.verify("d/N", **CLERK)
    tracker.extend("d", date(2023, 11, 20), "Flood.", level="block", scope="JH-PC11", **HQ)

    def late(unit):
        return [(row.on_time, row.late) for row in tracker.status(directive="d", unit=unit)]

    assert late("JH-PC11") == [(1, 0)]
    tracker.move("N", "JH-AC10", "Redrawn.")
    assert (late("JH-PC11"), late("JH-PC02"), late("N")) == ([(0, 0)], [(0, 1)], [(0, 1)])
    tracker.move("N", "JH-AC60", "Redrawn.")
    assert late("JH-PC11") == [(1, 0)]
    assert all(table.differing == 0 for table in tracker.rebuild())
