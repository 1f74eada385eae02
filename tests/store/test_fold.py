"""A folding of the events gives the state rows and read tables that stand, and a plain recount gives the status."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from directives import DirectivesError, Document, SubmitReport, Text, Tracker, Unit
from directives.model.values import day_of
from directives.store.tables import TABLES, Tables

NAME = Text(en="Name", hi="नाम")
SEATS = ["A", "B", "C"]
SEGMENTS = {"A1": "A", "A2": "A", "B1": "B"}
UNITS = [
    Unit(code="X", level="state", name=NAME),
    *(Unit(code=code, parent="X", level="lok_sabha", name=NAME) for code in SEATS),
    *(Unit(code=code, parent=parent, level="vidhan_sabha", name=NAME) for code, parent in SEGMENTS.items()),
]
LEVELS = {unit.code: unit.level for unit in UNITS}
PARENTS = {unit.code: unit.parent for unit in UNITS}
DUE = date(2023, 11, 10)
PERIOD = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 2)}

ACTS = st.one_of(
    st.tuples(st.just("assign"), st.sampled_from(["lok_sabha", "vidhan_sabha"]), st.sampled_from("XAB")),
    st.tuples(
        st.sampled_from(["acknowledge", "submit", "submit", "give_back", "verify", "verify"]),
        st.sampled_from([*SEATS, *SEGMENTS]),
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


def rows(tables):
    return {
        name: sorted(map(tuple, tables.cursor.execute(f"SELECT * FROM {name}").fetchall()), key=repr) for name in TABLES
    }


def recount(events, unit, level, today):
    """Done, on time, late and overdue of a level at or below a unit, from the events alone and one by one."""
    stages, scopes = {}, {}
    for event in events:
        if event.name == "AssignedToLevel" and event.data.level == level:
            scopes[event.data.scope] = event.data.due
        if event.stream.startswith("task/"):
            code = event.stream.split("/")[2]
            stages[code] = (event.name, getattr(event.data, "on_time", None))
    n = Counter()
    for code in LEVELS:
        above = lineage(code)
        owed = [due for scope, due in scopes.items() if scope in above]
        if LEVELS[code] != level or unit not in above or not owed:
            continue
        name, on_time = stages.get(code, ("", None))
        verified = name == "Verified"
        n.update(
            expected=1,
            done=verified,
            on_time=verified and on_time,
            late=verified and not on_time,
            acknowledged=name == "Acknowledged",
            submitted=name == "Submitted",
            returned=name == "Returned",
            overdue=not verified and today > owed[0],
        )
    return n


def lineage(code):
    return [] if code is None else [code, *lineage(PARENTS[code])]


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_folding_and_recounting(acts):
    with Tracker("sqlite:///:memory:", clock=lambda: history.now) as tracker:
        history = History(tracker)
        tracker.found(UNITS)
        tracker.issue("d", "written_report", NAME, office="headquarters@X")
        for verb, where, number in acts:
            if verb == "assign":
                history.assign(where, number)
            else:
                history.act(verb, where, number)
        events = list(tracker.events())
        check_fold(tracker, events)
        check_counts(tracker, events, day_of(history.now, "Asia/Kolkata"))
        check_completions(events)


def check_fold(tracker, events):
    with tracker._tables() as tables:
        standing = rows(tables)
    with Tracker("sqlite:///:memory:") as other, other._ledger.rows.writing() as cursor:
        tables = Tables(cursor)
        tables.apply(events)
        tables.flush()
        assert rows(tables) == standing


def check_counts(tracker, events, today):
    names = ["expected", "done", "on_time", "late", "acknowledged", "submitted", "returned", "overdue"]
    for unit in LEVELS:
        found = {row.level: row for row in tracker.status(unit=unit)}
        for level in ("lok_sabha", "vidhan_sabha"):
            counted = recount(events, unit, level, today)
            row = found.get(level)
            assert [getattr(row, name, 0) for name in names] == [counted[name] for name in names]


def check_completions(events):
    completed = Counter((e.data.level, e.data.scope) for e in events if e.name == "LevelCompleted")
    assert all(count == 1 for count in completed.values())
    assert sum(event.name == "Completed" for event in events) <= 1
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(events))
