"""Earlier days after random histories: the program, a plain fold, and the definition say the same.

``EARLIER_DAYS=2000`` looks at so many histories; a hundred are looked at in every run.
"""

import os
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from tests.store.definition import Then
from tests.store.late_lives import ZONE, LateLife
from tests.store.plain_fold import PlainFold
from tests.store.test_definition import rows

pytestmark = pytest.mark.every_store(slow_on_server=True)

LIVES = int(os.environ.get("EARLIER_DAYS", "100"))
TOGETHER = 10


def counted(status):
    """The rows of a status that somebody owes, as the plain fold counts them."""
    return {
        (row.directive, row.level): (
            *(row.expected, row.acknowledged, row.waiting, row.returned, row.waived, row.on_time, row.late),
            *(row.overdue, +Counter(row.work)),
        )
        for row in status
        if row.expected
    }


def some_days(life, events, chance):
    """A day as of which, and one as far as was known at which; either can be left out."""
    first = min(event.occurred_at for event in events).date()
    days = [first + timedelta(days=number) for number in range((life.today - first).days + 1)]
    as_of = chance.choice([None, *[chance.choice(days)] * 3])
    known_at = chance.choice([None, None, as_of, chance.choice(days), chance.choice(days)])
    return {"as_of": as_of, "known_at": known_at}


def check(life, day):
    """All that is said of a day at every unit and of every task."""
    tracker, events = life.tracker, [*life.tracker.events()]
    then = Then(events, ZONE, day["as_of"], day["known_at"], life.today)
    plain = PlainFold(events, ZONE, day["as_of"], day["known_at"], life.today)
    for unit in (None, *then.units):
        said = tracker.status(unit=unit, **day)
        assert rows(said) == then.status(unit), unit
        if unit is None:
            assert counted(said) == plain.status(unit)
    stood = {(task.directive, task.unit): (task.state, task.due, task.overdue) for task in tracker.tasks(**day)}
    assert stood == then.tasks()
    assert stood == {key: (task["stage"], task["due"], task["overdue"]) for key, task in plain.owed(None).items()}
    assert {key for key, task in stood.items() if task[2]} == listed(tracker.tasks(overdue=True, by="due", **day))
    assert listed(tracker.waiting(**day)) == then.waiting()
    assert {unit.code: unit.parent for unit in tracker.units(**day)} == then.tree()
    check_days(tracker.daily(**day), then)
    check_days(tracker.daily(each=True, **day), then)
    for directive, unit in [*stood][:3]:
        task = tracker.task(f"{directive}/{unit}", **day)
        assert (task.state, task.due, task.overdue) == stood[directive, unit]


def check_days(records, then):
    """The days covered, added up over scopes or units that are looked at up to the same day."""
    together = {}
    for row in records:
        together.setdefault((row.directive, row.level), []).append(row)
    for (directive, level), of_one in together.items():
        if len({tuple(row.by_day) for row in of_one}) == 1:
            covered = then.covered(directive, level)
            added = Counter(day for row in of_one for day, number in row.by_day.items() for _ in range(number))
            assert added == Counter({day: number for day, number in covered.items() if day in of_one[0].by_day})


def listed(tasks):
    return {(task.directive, task.unit) for task in tasks}


@pytest.mark.parametrize("first", range(0, LIVES, TOGETHER))
def test_the_program_a_plain_fold_and_the_definition_say_the_same(first):
    for seed in range(first, first + TOGETHER):
        chance, life = Random(seed), LateLife(seed + 10_000, steps=45)
        with life.tracker:
            events = [*life.tracker.events()]
            for _ in range(2):
                check(life, some_days(life, events, chance))
