"""What kinds of other distributions say of what was taken back: days that are uncovered, and an `evolve` that trips."""

from dataclasses import replace
from datetime import date, timedelta
from warnings import warn

import pytest
from tests.conftest import refused

from directives import Message, StrikeEvent, Text, WorkLeftOut, commands
from directives.directive_kinds import alliance_support, social_groups
from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import kinds
from directives.directive_kinds.social_groups import KeptWork
from directives.directive_kinds.social_groups_record import WorkersCounted
from directives.domain import errors
from directives_cli.errors import run_and_exit

HQ, OWN = {"office": "headquarters@JH"}, {"office": "convenor@JH-PC11"}
WINDOW = {"platforms": ["x"], "window_from": "2023-10-20", "window_to": "2023-10-23"}


def given(meeting, monkeypatch, kind: Kind, parameters):
    """A directive of a kind that is put in the place of one of ours."""
    monkeypatch.setitem(kinds(), kind.name, kind)
    meeting.tracker.issue("d", kind.name, Text(en="D"), parameters, **HQ)
    meeting.tracker.assign("d", "lok_sabha", "JH", date(2023, 12, 1), **HQ)
    return meeting.tracker


def corrected(work, event):
    """To count no workers says that nothing was posted on that day after all."""
    after = social_groups.evolve(work, event)
    if isinstance(event.data, WorkersCounted) and event.data.active == 0:
        kept, day = KeptWork.model_validate(after), event.occurred_at.date()
        days = {month: bits & ~(1 << day.day) for month, bits in kept.days.items()}
        return kept.model_copy(update={"days": days}).model_dump(mode="json")
    return after


def uncovered(work, event):
    day = event.occurred_at.date()
    lost = isinstance(event.data, WorkersCounted) and event.data.active == 0
    return [day] if lost and KeptWork.model_validate(work).covers(day) else []


def test_a_kind_says_that_a_day_is_not_covered_after_all(meeting, monkeypatch):
    kind = replace(social_groups.KIND, evolve=corrected, uncovers=uncovered)
    tracker = given(meeting, monkeypatch, kind, WINDOW)
    tracker.work("group create", "d/JH-PC11", platform="x", name="G", **OWN)
    tracker.work("activity post", "d/JH-PC11", text="T", **OWN)

    def covered():
        (row,) = tracker.daily(directive="d", unit="JH-PC11", level="lok_sabha")
        return row.covered

    assert covered() == 1
    nothing = tracker.work("group count", "d/JH-PC11", group="x-1", active=0, **OWN)[0].position
    assert covered() == 0
    tracker.work("group count", "d/JH-PC11", group="x-1", active=0, **OWN)
    assert covered() == 0
    assert all(table.differing == 0 for table in tracker.rebuild())
    tracker.strike("d/JH-PC11", nothing, "It was posted.", **OWN)
    assert covered() == 0, "the second one says so too"
    assert all(table.differing == 0 for table in tracker.rebuild())


def tripping(work, event):
    """A kind that was written before there were strikes: a briefing without a step before it is a fault."""
    if isinstance(event.data, alliance_support.PartnerBriefed) and not work.get("steps"):
        raise KeyError("steps")
    return alliance_support.evolve(work, event)


@pytest.mark.parametrize("together", [False, True])
def test_a_kind_that_cannot_do_without_an_entry_is_named_and_the_entry_stays(meeting, monkeypatch, together):
    kind = replace(alliance_support.KIND, evolve=tripping)
    asked = {"steps": 0, "briefings": 0, "activities": 0, "confirmations": 0}
    tracker = given(meeting, monkeypatch, kind, asked)
    record = {"task": "d/JH-PC11", "text": "T", **OWN}
    step = tracker.work("alliance record", what="step", **record)[0].position
    tracker.work("alliance record", what="briefing", partner="a", **record)
    error = refused(meeting, errors.KindUnusable, tracker.strike, "d/JH-PC11", step, "Never done.", **OWN)
    assert "kind: alliance_support cannot tell the state of d/JH-PC11 without that entry" in str(error)
    if together:
        strike = tracker.command(StrikeEvent, task="d/JH-PC11", event=step, reason="R", **OWN)
        another = tracker.command(commands()["alliance record"], what="step", **record)
        last = another.model_copy(update={"command_id": "c"})
        carried = tracker.execute_all([another, strike, last], keep_going=True)
        assert (carried.done, [each.error for each in carried.refused]) == (2, ["KindUnusable"])
    assert all(table.differing == 0 for table in tracker.rebuild())


def strict(work, event):
    """A group must be there before its workers are counted."""
    if isinstance(event.data, WorkersCounted) and event.data.group not in KeptWork.model_validate(work).groups:
        raise KeyError(event.data.group)
    return social_groups.evolve(work, event)


def test_work_that_a_kind_cannot_tell_as_it_stood_is_left_out_and_the_kind_is_named(meeting, monkeypatch):
    tracker = given(meeting, monkeypatch, replace(social_groups.KIND, evolve=strict), WINDOW)
    meeting.clock.forward(days=3)
    tracker.work("group create", "d/JH-PC11", platform="x", name="G", **OWN)
    tracker.work("group create", "d/JH-PC01", platform="x", name="G", office="convenor@JH-PC01")
    before = meeting.clock.now - timedelta(days=2)
    tracker.work("group count", "d/JH-PC11", group="x-1", active=5, occurred_at=before, **OWN)
    meeting.clock.forward(days=3)
    day = {"directive": "d", "level": "lok_sabha", "as_of": before.date()}
    with pytest.warns(WorkLeftOut, match=r"kind: social_groups cannot tell the earlier state of d/JH-PC11 \('x-1'\)"):
        (row,) = tracker.status(**day)
    assert (row.work, row.acknowledged) == ({"groups": 0, "active_workers": 0}, 1), "what it did acknowledges"
    with pytest.warns(WorkLeftOut):
        assert tracker.task("d/JH-PC11", as_of=before.date()).state == "acknowledged"
    (row,) = tracker.status(**day | {"as_of": meeting.clock.now.date() - timedelta(days=1)})
    assert row.work == {"groups": 2, "active_workers": 5}


def test_the_terminal_names_such_a_kind_in_a_line(capsys):
    with pytest.raises(SystemExit):
        run_and_exit(lambda _: warn(WorkLeftOut(Message("kind: {kind}", kind="own")), stacklevel=1), "en")
    assert capsys.readouterr().err == "kind: own\n"
