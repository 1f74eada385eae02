"""A folding of the events gives the state rows and read tables that stand, and a plain recount gives the status."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stores import fresh

from directives import DirectivesError, Document, SubmitReport, Text, Tracker, Unit
from directives.domain.values import day_of
from directives.projections.read_models import TABLES, ReadModels

NAME = Text(en="Name", hi="नाम")
SEATS = ["A", "B", "C"]
SEGMENTS = {"A1": "A", "A2": "A", "B1": "B"}
UNITS = [
    Unit(code="X", level="state", name=NAME),
    *(Unit(code=code, parent="X", level="lok_sabha", name=NAME) for code in SEATS),
    *(Unit(code=code, parent=parent, level="vidhan_sabha", name=NAME) for code, parent in SEGMENTS.items()),
]
LEVELS = {unit.code: unit.level for unit in UNITS}
DUE = date(2023, 11, 10)
PERIOD = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 2)}

ASKED = ["lok_sabha", "vidhan_sabha"]
GRACE = 5
JOINING = {f"N{number}": parent for number, parent in enumerate("ABCA")}
PARENTS = {unit.code: unit.parent for unit in UNITS} | JOINING
GROUPS = {"platforms": ["x"], "window_from": "2023-11-01", "window_to": "2023-12-31"}

ACTS = st.one_of(
    st.tuples(st.sampled_from(["assign", "withdraw"]), st.sampled_from(ASKED), st.sampled_from("XAB")),
    st.tuples(st.just("join"), st.sampled_from([*JOINING]), st.integers(0, 9)),
    st.tuples(
        st.sampled_from(["acknowledge", "submit", "submit", "give_back", "verify", "verify", "waive", "post", "count"]),
        st.sampled_from([*SEATS, *SEGMENTS, *JOINING]),
        st.integers(0, 3),
    ),
)


class History:
    """A store, and random acts on it; each moves the clock by some days."""

    def __init__(self, tracker):
        self.tracker = tracker
        self.now = datetime(2023, 11, 1, 6, tzinfo=UTC)
        self.reports = 0

    def clock(self):
        return self.now

    def act(self, verb, where, number):
        before = len(list(self.tracker.events()))
        try:
            getattr(self, verb)(where, number)
        except DirectivesError:
            assert len(list(self.tracker.events())) == before, "a refusal changes nothing"

    def assign(self, level, scope):
        with suppress(DirectivesError):
            self.tracker.assign("d", level, scope, DUE, office="headquarters@X")

    def acknowledge(self, unit, days):
        self.now += timedelta(days=days)
        self.tracker.acknowledge(f"d/{unit}", office=f"convenor@{unit}")

    def submit(self, unit, days):
        self.now += timedelta(days=days)
        self.reports += 1
        document = Document(digest=f"sha256:{self.reports:064x}", media_type="text/plain", size=1)
        self.tracker.make(SubmitReport, task=f"d/{unit}", document=document, office=f"convenor@{unit}", **PERIOD)

    def give_back(self, unit, days):
        self.tracker.return_task(f"d/{unit}", "No.", office="clerk@X", actor=f"P{days}")

    def verify(self, unit, days):
        self.tracker.verify(f"d/{unit}", office="clerk@X", actor=f"P{days}")

    def waive(self, unit, days):
        self.tracker.waive(f"{'dg'[days % 2]}/{unit}", "No.", office="clerk@X")

    def withdraw(self, level, scope):
        with suppress(DirectivesError):
            self.tracker.withdraw("d", "No.", level=level, scope=scope, office="headquarters@X")

    def join(self, unit, days):
        self.now += timedelta(days=days)
        parent = JOINING[unit]
        self.tracker.register([Unit(code=unit, parent=parent, level="vidhan_sabha", name=NAME)], office="clerk@X")

    def post(self, unit, days):
        self.now += timedelta(days=days)
        own = {"office": f"convenor@{unit}"}
        with suppress(DirectivesError):
            self.tracker.work("group create", f"g/{unit}", platform="x", name="Group", **own)
        self.tracker.work("activity post", f"g/{unit}", text="A meeting.", **own)

    def count(self, unit, active):
        self.tracker.work("group count", f"g/{unit}", group="x-1", active=active, office=f"convenor@{unit}")


def rows(session):
    names = [table.name for table in TABLES]
    return {
        name: sorted(map(tuple, session.cursor.execute(f"SELECT * FROM {name}").fetchall()), key=repr) for name in names
    }


def recount(events, unit, level, today):
    """The numbers of a level at or below a unit, from the events alone and one by one."""
    units, tasks, orders = {}, {}, {}
    for event in events:
        match event.name:
            case "Registered":
                units[event.data.code] = event
            case "AssignedToLevel" if event.stream == "directive/d" and event.data.level == level:
                orders[event.data.scope] = event
            case "LevelWithdrawn" if event.data.level == level:
                del orders[event.data.scope]
        if event.stream.startswith("task/d/"):
            tasks[event.stream.split("/")[2]] = event
    completed = {e.data.scope: e.position for e in events if e.name == "LevelCompleted" and e.data.level == level}
    n = Counter()
    for code, joined in units.items():
        above = lineage(code)
        owed = [order for scope, order in orders.items() if scope in above]
        if joined.data.level != level or unit not in above or not owed:
            continue
        order = owed[0]
        fixed = completed.get(order.data.scope, 0)
        if fixed > order.position and joined.position > fixed:
            continue
        due = order.data.due
        if joined.position > order.position:
            due = max(due, day_of(joined.occurred_at, "Asia/Kolkata") + timedelta(days=GRACE))
        last = tasks.get(code)
        name = "" if last is None else last.name
        verified = name == "Verified"
        n.update(
            expected=1,
            done=verified,
            on_time=verified and last.data.on_time,
            late=verified and not last.data.on_time,
            waived=name == "Waived",
            acknowledged=name == "Acknowledged",
            waiting=name == "Submitted",
            returned=name == "Returned",
            overdue=name not in ("Verified", "Waived", "Submitted") and today > due,
        )
    return n


def lineage(code):
    return [] if code is None else [code, *lineage(PARENTS[code])]


@pytest.mark.every_store(slow_on_server=True)
@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_folding_and_recounting(acts):
    with Tracker(fresh(), clock=lambda: history.now) as tracker:
        history = History(tracker)
        tracker.found(UNITS)
        tracker.issue("d", "written_report", NAME, grace_days=GRACE, office="headquarters@X")
        tracker.issue("g", "social_groups", NAME, GROUPS, office="headquarters@X")
        for level in ("lok_sabha", "vidhan_sabha"):
            tracker.assign("g", level, "X", DUE, office="headquarters@X")
        for verb, where, number in acts:
            if verb in ("assign", "withdraw"):
                getattr(history, verb)(where, number)
            else:
                history.act(verb, where, number)
        events = list(tracker.events())
        check_fold(tracker, events)
        check_counts(tracker, events, day_of(history.now, "Asia/Kolkata"))
        check_work(tracker, events)
        check_completions(tracker, events)


def check_fold(tracker, events):
    with tracker._store.reading() as session:
        standing = rows(session)
    with Tracker(fresh()) as other, other._store.writing() as session:
        models = ReadModels(session)
        for event in events:
            models.apply([event])
        models.flush()
        assert rows(session) == standing


def check_counts(tracker, events, today):
    names = [
        "expected",
        "done",
        "on_time",
        "late",
        "waived",
        "acknowledged",
        "waiting",
        "returned",
        "overdue",
    ]
    for unit in (each.code for each in tracker.units()):
        found = {row.level: row for row in tracker.status(directive="d", unit=unit)}
        overdue = Counter(task.level for task in tracker.tasks(directive="d", unit=unit, overdue=True))
        for level in ("lok_sabha", "vidhan_sabha"):
            counted = recount(events, unit, level, today)
            row = found.get(level)
            assert [getattr(row, name, 0) for name in names] == [counted[name] for name in names]
            assert overdue[level] == counted["overdue"]
            assert len(tracker.tasks(directive="d", unit=unit, level=level)) == counted["expected"]


def check_work(tracker, events):
    """What the kind counts, and the days covered, at every unit."""
    levels = {unit.code: unit.level for unit in tracker.units()}
    active, groups, days, waived = Counter(), Counter(), set(), set()
    for event in (event for event in events if event.stream.startswith("task/g/")):
        code = event.stream.split("/")[2]
        match event.name:
            case "GroupCreated":
                groups[code] += 1
            case "WorkersCounted":
                active[code] = event.data.active
            case "ActivityPosted":
                days.add((code, event.data.day))
            case "Waived":
                waived.add(code)
    for unit in levels:
        for row in tracker.status(directive="g", unit=unit):
            at = [code for code in levels if levels[code] == row.level and unit in lineage(code)]
            assert row.work == {"groups": sum(groups[c] for c in at), "active_workers": sum(active[c] for c in at)}
            with tracker._reading() as models:
                standing = models.days.of("g", row.level, unit, date(2023, 1, 1), date(2024, 12, 31))
            assert standing == Counter(day for code, day in days if code in at and code not in waived)


def check_completions(tracker, events):
    completed = Counter((e.data.level, e.data.scope) for e in events if e.name == "LevelCompleted")
    assert all(count == 1 for count in completed.values())
    assert "Completed" not in [event.name for event in events if event.stream == "directive/d"][:-1]
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(events))
    (directive,) = [each for each in tracker.directives() if each.directive == "d"]
    for each in directive.assignments:
        for row in tracker.status(directive="d", level=each.level, unit=each.scope):
            assert (each.expected is not None) == (row.done + row.waived == row.expected > 0)
