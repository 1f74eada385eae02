"""Questions about an earlier day: what was true then, and what was known then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.stores import fresh

from directives import (
    Document,
    InvalidInput,
    RegisterUnits,
    Text,
    Tracker,
    Unit,
    UnknownDirective,
    UnknownUnit,
    generated_state,
    read_organisation,
)

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@GA"}
TOP = {"office": "headquarters@JH"}
CLERK = {"office": "clerk@JH", "actor": "V"}
DOCUMENT = Document(digest="sha256:" + "0" * 64, media_type="text/plain", size=10)
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
NOUGHT = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
TITLE = Text(en="Report", hi="प्रतिवेदन")


def moment(month, day, hour=9):
    return datetime(2023 + (month < 10), month, day, hour - 5, 30, tzinfo=UTC)


class Store:
    """Jharkhand, of which two blocks of Torpa owe a directive that asks for nothing; ``now`` can be set."""

    def __init__(self):
        self.now = moment(12, 1)
        self.tracker = Tracker(fresh(), clock=lambda: self.now, clock_is_right=True)

    def begin(self, due, grace=0):
        self.tracker.issue("d", "alliance_support", TITLE, NOUGHT, grace_days=grace, **TOP)
        self.tracker.assign("d", "block", "JH", due, **TOP)

    def join(self, *codes, **acting):
        units = [Unit(code=code, parent="JH-AC60", level="block", name=TITLE) for code in codes]
        self.tracker.execute(self.tracker.command(RegisterUnits, units=units, reason="R.", **TOP, **acting))

    def verified(self, unit, submitted, verified, recorded):
        """A report of a unit, verified; both are dated before they are written down."""
        self.now = recorded
        self.tracker.submit(f"d/{unit}", office=f"convenor@{unit}", occurred_at=submitted)
        self.tracker.verify(f"d/{unit}", occurred_at=verified, **CLERK)

    def numbers(self, unit=None, **days):
        """Expected, on time, waiting and overdue; None where nothing is owed."""
        rows = self.tracker.status(directive="d", unit=unit, **days)
        return (rows[0].expected, rows[0].on_time, rows[0].waiting, rows[0].overdue) if rows else None


@pytest.fixture
def store():
    made = Store()
    made.tracker.found(read_organisation())
    made.join("B1", "B2")
    yield made
    made.tracker.close()


def test_a_unit_that_joins_a_completed_level_owes_nothing_and_takes_nothing_off_what_is_overdue(store):
    store.begin(date(2023, 12, 5), grace=30)
    for unit in ("B1", "B2"):
        store.tracker.waive(f"d/{unit}", "None.", **TOP)
    store.now = moment(12, 10)
    store.join("B3")
    store.now = moment(12, 12)
    assert store.numbers() == store.numbers(as_of=date(2023, 12, 12)) == (2, 0, 0, 0)
    store.now = moment(12, 20)
    assert store.numbers(as_of=date(2023, 12, 12)) == store.numbers(as_of=date(2023, 12, 4)) == (2, 0, 0, 0)


def test_what_retires_later_is_counted_once_where_it_was(store):
    store.begin(date(2024, 1, 2))
    store.verified("B1", moment(12, 20), moment(12, 21), moment(12, 21))
    store.now = moment(1, 3, hour=20)
    then = {unit: store.numbers(unit) for unit in (None, "JH", "JH-PC11", "JH-AC60", "B1", "B2")}
    assert then[None] == then["JH-AC60"] == (2, 1, 0, 1)
    assert then["B1"] == (1, 1, 0, 0)
    store.now = moment(1, 10)
    for unit in ("B1", "B2", "JH-AC60"):
        store.tracker.retire(unit, "Merged.", **TOP)
    assert store.numbers() == (0, 0, 0, 0)
    assert {unit: store.numbers(unit, as_of=date(2024, 1, 3)) for unit in then} == then


def test_an_act_dated_earlier_does_not_bring_back_what_had_not_happened(store):
    store.begin(date(2024, 1, 4))
    store.now = moment(1, 8)
    store.tracker.submit("d/B1", office="convenor@B1")
    store.now = moment(1, 9)
    store.tracker.extend_task("d/B1", date(2024, 1, 20), "Snow.", occurred_at=moment(1, 5), **TOP)
    assert store.numbers("B1", as_of=date(2024, 1, 6)) == (1, 0, 0, 0), "it had till the 20th, and nothing was in"
    assert store.numbers("B1", as_of=date(2024, 1, 6), known_at=date(2024, 1, 8)) == (1, 0, 0, 1), "nobody knew"
    assert store.numbers("B1", as_of=date(2024, 1, 8)) == (1, 0, 1, 0)


def test_an_act_dated_earlier_does_not_bring_back_a_day_that_was_given_later(store):
    store.begin(date(2024, 1, 4))
    store.now = moment(1, 10)
    store.tracker.extend_task("d/B1", date(2024, 1, 20), "Snow.", **TOP)
    store.now = moment(1, 11)
    store.tracker.acknowledge("d/B1", office="convenor@B1", occurred_at=moment(1, 3))
    assert store.numbers("B1", as_of=date(2024, 1, 6)) == (1, 0, 0, 1)
    assert store.numbers("B1", as_of=date(2024, 1, 10)) == (1, 0, 0, 0)


def test_a_level_is_completed_on_no_day_before_the_last_of_its_tasks_was(store):
    store.begin(date(2023, 12, 4))
    store.join("B3")
    store.verified("B1", moment(12, 2), moment(12, 5), moment(12, 5))
    store.verified("B2", moment(12, 14), moment(12, 15), moment(12, 15))
    store.verified("B3", moment(12, 3), moment(12, 5), moment(12, 20))
    events = {event.name: event for event in store.tracker.history("directive/d")}
    assert events["LevelCompleted"].occurred_at == events["Completed"].occurred_at == moment(12, 15)
    assert store.numbers(as_of=date(2023, 12, 6)) == (3, 2, 0, 1), "the one that was verified on the 15th was late"
    assert store.numbers(as_of=date(2023, 12, 6), known_at=date(2023, 12, 6)) == (3, 1, 0, 2)


def test_what_was_struck_out_never_was_and_what_was_taken_back_was_till_then(store):
    store.begin(date(2023, 12, 4))
    store.now = moment(12, 3)
    (step,) = store.tracker.work("alliance record", "d/B1", what="step", text="T", office="convenor@B1")
    store.verified("B2", moment(12, 4), moment(12, 5), moment(12, 5))
    store.now = moment(12, 8)
    store.tracker.strike("d/B1", step.position, "Wrong unit.", **TOP)
    store.tracker.take_back("d/B2", "By mistake.", **TOP)

    def told(**days):
        (row,) = store.tracker.status(directive="d", **days)
        return row.work["steps"], row.acknowledged, row.on_time, row.waiting

    assert told(as_of=date(2023, 12, 6), known_at=date(2023, 12, 6)) == (1, 1, 1, 0)
    assert told(as_of=date(2023, 12, 6)) == (0, 0, 1, 0), "the step is struck out for every day"
    assert told(as_of=date(2023, 12, 8)) == told() == (0, 0, 0, 1)


def test_who_was_registered_before_an_order_was_there_for_it_and_for_no_order_before(store):
    store.begin(date(2023, 12, 9))
    store.now = moment(12, 10)
    store.join("B3")
    store.tracker.issue("late", "alliance_support", TITLE, NOUGHT, occurred_at=moment(12, 2), **TOP)
    store.tracker.assign("late", "block", "JH", date(2023, 12, 9), occurred_at=moment(12, 2), **TOP)
    rows = store.tracker.status(as_of=date(2023, 12, 5))
    assert {row.directive: row.expected for row in rows} == {"d": 2, "late": 3}
    rows = store.tracker.status(unit="B3", as_of=date(2023, 12, 5))
    assert {row.directive: row.expected for row in rows} == {"late": 1}


@pytest.fixture
def backdated():
    """A report that was handed in on the 21st and recorded on the 25th."""
    now = [datetime(2023, 10, 20, 6, tzinfo=UTC)]
    with Tracker(fresh(), clock=lambda: now[0]) as tracker:
        tracker.found([*generated_state("GA", scale=0.01)])
        tracker.issue("d", "written_report", TITLE, PERIOD, **HQ)
        tracker.assign("d", "vidhan_sabha", "GA", date(2023, 10, 22), **HQ)
        now[0] += timedelta(days=5)
        at = datetime(2023, 10, 21, 6, tzinfo=UTC)
        own = {"office": "clerk@GA-AC01", "occurred_at": at}
        tracker.work("report submit", "d/GA-AC01", document=DOCUMENT, **own)
        yield tracker


def test_what_was_true_and_what_was_known_are_two_questions(backdated):
    def submitted(**days):
        return [row.waiting for row in backdated.status(**days)]

    assert submitted() == [1]
    assert submitted(as_of=date(2023, 10, 20)) == [0]
    assert submitted(as_of=date(2023, 10, 21)) == [1], "true then"
    assert submitted(as_of=date(2023, 10, 21), known_at=date(2023, 10, 24)) == [0], "nobody knew"
    assert submitted(known_at=date(2023, 10, 24)) == [0]
    assert submitted(known_at=date(2023, 10, 25)) == [1]
    assert submitted(known_at=date(2023, 10, 20)) == [0]
    assert [row.overdue for row in backdated.status(as_of=date(2023, 10, 22))] == [0]
    assert [row.overdue for row in backdated.status(as_of=date(2023, 10, 23))] == [39], "what waits is not overdue"
    known = backdated.status(known_at=date(2023, 10, 23))
    assert [row.overdue for row in known] == [40], "as far as was known alone is as of that day"


def test_before_it_was_issued_there_is_nothing(backdated):
    assert backdated.status(as_of=date(2023, 10, 19)) == []
    assert backdated.status(directive="d", as_of=date(2023, 10, 19)) == []
    with pytest.raises(UnknownDirective):
        backdated.status(directive="nothing", as_of=date(2023, 10, 19))
    with pytest.raises(UnknownUnit):
        backdated.status(unit="NOWHERE", as_of=date(2023, 10, 19))


def test_the_future_is_as_now(backdated):
    assert [row.waiting for row in backdated.status(as_of=date(2099, 1, 1), known_at=date(2099, 1, 1))] == [1]


@pytest.mark.parametrize("day", ["2023-10-21", 5, datetime(2023, 10, 21, tzinfo=UTC), date(1, 1, 1), date.max])
@pytest.mark.parametrize("name", ["as_of", "known_at"])
def test_what_is_no_day_is_refused(backdated, name, day):
    with pytest.raises(InvalidInput, match=f"{name}: "):
        backdated.status(**{name: day})


def test_an_earlier_day_leaves_nothing_behind_and_writes_nothing(tmp_path):
    now = [datetime(2023, 10, 20, 6, tzinfo=UTC)]
    with Tracker(tmp_path / "a.db", create=True, clock=lambda: now[0]) as tracker:
        tracker.found([*generated_state("GA", scale=0.01)])
        tracker.issue("d", "written_report", TITLE, PERIOD, **HQ)
        tracker.assign("d", "booth", "GA", date(2023, 10, 22), **HQ)
        booth = next(unit.code for unit in tracker.units() if unit.level == "booth")
        now[0] += timedelta(days=5)
        tracker.retire(booth, "Merged.", **HQ)
        today, kept = tracker.tasks(), (tmp_path / "a.db").read_bytes()
        earlier = tracker.tasks(as_of=date(2023, 10, 21))
        assert len(earlier) == len(today) + 1
        with pytest.raises(UnknownUnit):
            tracker.tasks(unit="NOWHERE", as_of=date(2023, 10, 21))
        with tracker._store.reading() as session:
            assert session.cursor.execute("SELECT name FROM sqlite_temp_master").fetchall() == []
            assert session.cursor.execute("PRAGMA query_only").fetchone()[0] == 1
        assert tracker.tasks() == today
        assert (tmp_path / "a.db").read_bytes() == kept


def test_two_threads_ask_for_two_days_at_once(store):
    store.begin(date(2023, 12, 9))
    store.now = moment(12, 8)
    store.tracker.submit("d/B1", office="convenor@B1")
    store.tracker.retire("B2", "Merged.", **TOP)
    store.now = moment(12, 12)

    def ask(day):
        return [
            (store.numbers(as_of=date(2023, 12, day)), len(store.tracker.tasks(as_of=date(2023, 12, day))))
            for _ in range(20)
        ]

    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(ask, [5, 8, 5, 8])]
    assert found == [[((2, 0, 0, 0), 2)] * 20, [((1, 0, 1, 0), 1)] * 20] * 2


def test_a_history_has_no_order_that_reached_a_unit_by_a_later_move(store):
    for seat, day in (("JH-AC59", 10), ("JH-AC60", 12)):
        store.tracker.issue(seat.lower(), "alliance_support", TITLE, NOUGHT, **TOP)
        store.tracker.assign(seat.lower(), "block", seat, date(2023, 12, day), **TOP)
    store.now = moment(12, 20)
    store.tracker.move("B1", "JH-AC59", "Redrawn.", **TOP)
    told = [entry.name for entry in store.tracker.history("jh-ac59/B1")]
    assert told == ["AssignedToLevel", "Moved"]
    assert store.tracker.history("jh-ac59/B1", as_of=date(2023, 12, 15)) == []
    assert [entry.name for entry in store.tracker.history("jh-ac60/B1", as_of=date(2023, 12, 15))] == told[:1]


def test_the_history_below_a_unit_is_paged_on_an_earlier_day_too(store):
    store.begin(date(2023, 12, 9))
    store.now = moment(12, 5)
    for unit in ("B1", "B2"):
        store.tracker.acknowledge(f"d/{unit}", office=f"convenor@{unit}", occurred_at=moment(12, 2))
    store.now = moment(12, 8)
    store.tracker.submit("d/B1", office="convenor@B1")
    day = {"as_of": date(2023, 12, 5)}
    whole = store.tracker.history_below("JH-AC60", **day)
    assert [entry.name for entry in whole] == ["Registered"] * 3 + ["Acknowledged"] * 2
    paged, after = [], 0
    while page := store.tracker.history_below("JH-AC60", after=after, limit=2, **day):
        paged, after = paged + page, page[-1].position
    assert paged == whole
    assert store.tracker.history_below("JH", limit=3, as_of=date(2019, 1, 1)) == []
