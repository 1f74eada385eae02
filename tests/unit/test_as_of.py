"""How directives stood: what was asked for at the time is what is told of that time later."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from directives import (
    DirectivesError,
    Document,
    InvalidInput,
    Text,
    Tracker,
    UnknownDirective,
    UnknownUnit,
    generated_state,
)
from directives.domain.values import day_of
from directives.queries import status_as_of as as_of
from directives.queries.selection import Filter
from directives.queries.status_as_of import AsOf, status_as_of

HQ = {"office": "headquarters@GA"}
DOCUMENT = Document(digest="sha256:" + "0" * 64, media_type="text/plain", size=10)
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
TITLE = Text(en="Report", hi="प्रतिवेदन")
DEEDS = ("work", "work", "acknowledge", "verify", "verify", "return", "waive", "extend", "reopen")
NUMBERS = ("expected", "acknowledged", "waiting", "returned", "waived", "on_time", "late", "overdue")
PLACES = (None, "GA-PC01", "GA-AC01", "GA-AC05", "GA-AC21", "GA-B1")


class Life:
    """A store in which something happens each step, by chance."""

    def __init__(self, seed):
        self.now = datetime(2023, 10, 20, 6, tzinfo=UTC)
        self.chance = Random(seed)
        self.tracker = Tracker("sqlite:///:memory:", clock=lambda: self.now)
        self.tracker.found([*generated_state("GA", scale=0.01)])
        self.joined = 0
        self.issue()

    def step(self):
        self.now += timedelta(hours=self.chance.choice([1, 5, 30]))
        deeds = [
            self.issue,
            self.withdraw,
            self.extend,
            self.move,
            self.move,
            self.retire,
            self.join,
            self.reopen,
        ]
        with suppress(DirectivesError, IndexError):  # refused, or nothing to choose from
            self.chance.choice([*deeds, *[self.act] * 14])()

    def some_unit(self, *levels):
        return self.chance.choice([unit for unit in self.tracker.units() if not levels or unit.level in levels])

    def some_directive(self):
        return self.chance.choice(self.tracker.directives())

    def issue(self):
        name = f"d-{self.chance.randint(1, 2)}"
        self.tracker.issue(name, "written_report", TITLE, PERIOD, grace_days=3, **HQ)
        level = self.chance.choice(["booth", "panchayat", "vidhan_sabha"])
        due = self.now.date() + timedelta(days=self.chance.randint(1, 5))
        self.tracker.assign(name, level, self.some_unit("state", "lok_sabha", "vidhan_sabha").code, due, **HQ)

    def withdraw(self):
        if self.chance.random() < 0.2:
            each = self.chance.choice(self.some_directive().assignments)
            self.tracker.withdraw(self.some_directive().directive, "No.", level=each.level, scope=each.scope, **HQ)

    def extend(self):
        self.tracker.extend(self.some_directive().directive, self.now.date() + timedelta(days=4), "More.", **HQ)

    def reopen(self):
        each = self.chance.choice(self.some_directive().assignments)
        self.tracker.reopen(self.some_directive().directive, each.level, each.scope, "Again.", **HQ)

    def move(self):
        unit = self.some_unit("vidhan_sabha", "block", "panchayat", "booth")
        above = {"vidhan_sabha": ["lok_sabha"], "block": ["vidhan_sabha"], "panchayat": ["block"]}
        self.tracker.move(unit.code, self.some_unit(*above.get(unit.level, ["panchayat", "block"])).code, "Redrawn.")

    def retire(self):
        self.tracker.retire(self.some_unit("booth", "panchayat").code, "Merged.")

    def join(self):
        self.joined += 1
        level = self.chance.choice(["booth", "panchayat"])
        parent = self.some_unit("block").code
        unit = {"code": f"N{self.joined}", "parent": parent, "level": level, "name": TITLE}
        self.tracker.register([unit], **HQ)

    def act(self):
        view = self.chance.choice(self.tracker.tasks(state=self.chance.choice([None, None, "submitted"])))
        own, above = {"office": f"clerk@{view.unit}"}, {"office": "headquarters@GA", "actor": "above"}
        match self.chance.choice(
            ["work", "work", "acknowledge", "verify", "verify", "return", "waive", "extend", "reopen"]
        ):
            case "work":
                self.tracker.work("report submit", view.task, document=DOCUMENT, **own)
            case "acknowledge":
                self.tracker.acknowledge(view.task, **own)
            case "verify":
                self.tracker.verify(view.task, **above)
            case "return":
                self.tracker.return_task(view.task, "No.", **above)
            case "waive":
                self.tracker.waive(view.task, "Merged.", **above)
            case "extend":
                self.tracker.extend_task(view.task, self.now.date() + timedelta(days=6), "More.", **above)
            case _:
                self.tracker.reopen_task(view.task, "Again.", **above)

    def told(self):
        """The status of each place as that of a day tells it.

        It is without work, what waits past its day is overdue, and on time is what was so judged when it was verified.
        """
        return {place: [self._as_of_a_day(row, place) for row in self.tracker.status(unit=place)] for place in PLACES}

    def _as_of_a_day(self, row, place):
        today = day_of(self.now, "Asia/Kolkata")
        waiting = self.tracker.tasks(directive=row.directive, unit=place, level=row.level, state="submitted")
        late = sum(1 for task in waiting if today > task.due)
        verified = self.tracker.tasks(directive=row.directive, unit=place, level=row.level, state="verified")
        events = [event for event in self.tracker.events() if event.name == "Verified"]
        judged = {event.stream: event.data.on_time for event in events}
        on_time = sum(1 for task in verified if judged[f"task/{task.task}"])
        numbers = {"overdue": row.overdue + late, "on_time": on_time, "late": row.done - on_time, "on_time_by_date": 0}
        return row.model_copy(update={"work": {}} | numbers)

    def told_of(self, then):
        store = self.tracker._store
        with self.tracker._reading() as models:
            found = {place: status_as_of(store, models, Filter(unit=place), then) for place in PLACES}
        return {place: [_without_work(row) for row in rows] for place, rows in found.items()}

    def position(self):
        return [event.position for event in self.tracker.events()][-1]


def _without_work(row):
    return row.model_copy(update={"work": {}})


@pytest.mark.parametrize("many", [10_000, 4])
def test_what_was_told_at_the_time_is_told_of_that_time(monkeypatch, many):
    monkeypatch.setattr(as_of, "MANY", many)  # with few, both ways of counting are taken
    seen = Counter()
    for seed in range(4):
        life = Life(seed)
        with life.tracker:
            told = []
            for number in range(250):
                life.step()
                if number % 10 == 0:
                    told.append((AsOf(life.now, life.position()), life.told()))
            for then, rows in told:
                assert life.told_of(then) == rows, (seed, then)
                for row in (row for each in rows.values() for row in each):
                    seen.update({name: getattr(row, name) for name in NUMBERS})
            assert not [each for each in life.tracker.doctor() if each.state == "wrong" and each.check != "evidence"]
    assert all(seen[name] > 20 for name in NUMBERS), seen


@pytest.fixture
def backdated():
    """A report that was handed in on the 21st and recorded on the 25th."""
    now = [datetime(2023, 10, 20, 6, tzinfo=UTC)]
    with Tracker("sqlite:///:memory:", clock=lambda: now[0]) as tracker:
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
    assert [row.overdue for row in backdated.status(as_of=date(2023, 10, 22))] == [0]
    assert [row.overdue for row in backdated.status(as_of=date(2023, 10, 23))] == [40]


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
